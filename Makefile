# Front door. Every target does its own set-up, from a Debian with nothing but python3 and make:
#   make run PROG=examples/air_quality.py [ARGS=…]    an unmodified NumPy program on this package
#   make test                                          all tests and checks
#   make suite [FILES='…']                             NumPy's own test files, scored
#   make compare                                       every example, byte for byte against NumPy
#   make bench                                         speed beside NumPy, one table
#   make asan [FILES='…']                              the tests, or these files of NumPy's, under ASan and UBSan
#   make fmt                                           clang-format, pinned version
#   make dev                                           quick build for work on the C code
# Each for another Python, too: make test PYTHON=python3.13
# The checkout itself is the package: the extension is put beside its Python sources, and build/py
# is a Python that sees it. build/ is the quick build, build/opt the optimised, build/asan the sanitised;
# build-3.13/… the same for another Python, whose extension has its own name beside the others.
ifdef PYTHON
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
$(if $(VERSION),,$(error $(PYTHON) does not run))
BUILD  ?= build-$(VERSION)
endif
BUILD  ?= build
ARGS   ?=
PY      = $(BUILD)/py
OPT     = $(BUILD)/opt
SOURCES = $(shell find src include ext tests/c meson.build meson_options.txt -type f 2>/dev/null)

.PHONY: run test suite compare parity bench asan fmt dev clean
run: $(OPT)/done
	@FNP_DROP_IN=1 $(PY) $(PROG) $(ARGS)
test: $(OPT)/done
	@$(PY) tools/check.py $(OPT)
suite: $(OPT)/done
	@$(PY) -m fnpx suite $(FILES)
compare parity bench: $(OPT)/done
	@$(PY) -m fnpx $@ $(ARGS)
asan: $(PY)
	@tools/build.sh $(BUILD) asan
	@$(PY) tools/$(if $(FILES),sanitized.py $(BUILD)/asan -m fnpx suite $(FILES),check.py $(BUILD)/asan)
fmt: $(PY)
	@git ls-files '*.c' '*.h' ':!fnp/_core/include' | xargs $(BUILD)/venv/bin/clang-format -i
dev: $(PY)
	@tools/build.sh $(BUILD) dev
clean:
	rm -rf $(BUILD) build-3.* fnp/_core/*.so

$(PY): tools/setup.sh tools/requirements.txt fnp/dropin.pth
	@tools/setup.sh $(BUILD) $(PYTHON) >&2
$(OPT)/done: $(PY) $(SOURCES)
	@tools/build.sh $(BUILD) opt >&2
