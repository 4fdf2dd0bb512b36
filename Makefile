# Front door. `make dev` builds into ./build and puts the extension beside its Python sources,
# so that the checkout itself is importable; build/py is a Python that sees it.
BUILD ?= build
VENV   = $(BUILD)/venv
TOOLS  = PATH=$(abspath $(VENV))/bin:$$PATH

.PHONY: dev
dev: $(BUILD)/build.ninja
	@$(TOOLS) ninja -C $(BUILD) -j2 > $(BUILD)/ninja.log 2>&1 || { grep -E -A6 'error|warning|FAILED' $(BUILD)/ninja.log | head -60; tail -3 $(BUILD)/ninja.log; exit 1; }
	@grep -A4 'warning:' $(BUILD)/ninja.log | head -20; cp -pu $(BUILD)/ext/*.so fnp/_core/

$(VENV)/bin/python:
	python3 -m venv $(VENV)
	$(VENV)/bin/pip -q install meson ninja 'pytest<9' hypothesis pytest-xdist typing_extensions
	(echo $(CURDIR); cat fnp/dropin.pth) > $$($(VENV)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/fnp_tree.pth

$(BUILD)/build.ninja: | $(VENV)/bin/python
	$(TOOLS) meson setup $(BUILD) -Doptimization=1 -Dlevels=
	printf '#!/bin/sh\nexec $(abspath $(VENV))/bin/python "$$@"\n' > $(BUILD)/py && chmod +x $(BUILD)/py
