#!/usr/bin/env python3
"""gen_layouts.py FACTS.json PYTHON…: write ext/capi/layouts.def, the struct layouts that compiled wheels rely on.

FACTS.json holds what compilers said of NumPy's public headers: {"_meta": {"numpy", "python", "sizeof_by_target"},
"structs": {name: {"sizeof", "alignof", "fields": [{"field", "offset", "size"}]}}, "types": {name: {"tp_basicsize", …}}}.
It is read once for each NumPy release; the rows are checked in, ext/capi/layouts.c asserts them at compile time, and
tests/capi compares the types at run time. What embeds a struct of CPython is written relative to its size, so that the
rows hold for every version of Python. Each PYTHON is an interpreter that has this release of NumPy: a C program
compiled with its headers must find every row, and its own numbers of what embeds CPython's structs become rows, too.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

OUT = pathlib.Path(__file__).resolve().parent.parent / "ext/capi/layouts.def"
# First members that belong to one version of Python, and what the header calls them.
EMBEDDED = {"PyHeapTypeObject": "sizeof(PyHeapTypeObject)", "PyUnicodeObject": "sizeof(PyUnicodeObject)"}
HEADERS = ["Python.h", "stdio.h", "numpy/ndarrayobject.h", "numpy/arrayscalars.h", "numpy/ufuncobject.h", "numpy/dtype_api.h",
           "numpy/random/bitgen.h", "numpy/random/distributions.h"]
CPYTHON = {"PyObject", "PyVarObject", "PyTypeObject", "PyHeapTypeObject", "PyUnicodeObject", "PyBytesObject"}
# Types whose size is that of a CPython struct and a constant.
TYPES_EMBEDDED = {"DTypeMeta": "PyHeapTypeObject", "str_": "PyUnicodeObject"}
# Private in NumPy, or heap types made by Python code: nobody's ABI.
NOT_TYPES = re.compile(r"^API\[|\?|\(|Seedless|ISe|ISpawn|random\._|random\.mtrand|nditer|busday|_Array|flagsobj")


def struct_rows(name, facts, sizes):
    fields = facts["fields"]
    base = next((f["type"] for f in fields if f["offset"] == 0 and f["type"] in EMBEDDED), None)
    under, text = (sizes[base], EMBEDDED[base] + " + ") if base else (0, "")
    yield f"LAYOUT_STRUCT({name}, {text}{facts['sizeof'] - under}, {facts['alignof']})"
    for f in fields:
        inherited = f["field"].startswith("ob_base") or ".ob_base" in f["field"]
        if inherited or base and f["offset"] < under or not f["size"]:
            continue
        yield f"LAYOUT_FIELD({name}, {f['field']}, {text}{f['offset'] - under}, {f['size']})"


def type_rows(types, sizes):
    for name, t in types.items():
        if NOT_TYPES.search(name):
            continue
        base = TYPES_EMBEDDED.get(name)
        size = f"sizeof({base}) + {t['tp_basicsize'] - sizes[base]}" if base else t["tp_basicsize"]
        yield f"LAYOUT_TYPE({name.removeprefix('numpy.')}, {size}, {t['tp_itemsize']}, {t['dictoffset'] if not base else -1}, {t['weakrefoffset'] if not base else -1})"


def ask_compiler(python, names, fields):
    """({struct: size}, {(struct, field): (offset, size)}, version) as the headers of `python` and its NumPy have them."""
    code = "import numpy, sys, sysconfig; print(numpy.get_include(), sysconfig.get_path('include'), '0x%04x' % (sys.hexversion >> 16), numpy.__version__)"
    *include, version, release = subprocess.run([python, "-P", "-c", code], check=True, capture_output=True, text=True).stdout.split()
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "ask.c")
        source.write_text("\n".join([
            "#define NPY_NO_DEPRECATED_API NPY_API_VERSION", "#define NPY_TARGET_VERSION 0x00000015",
            *(f"#include <{h}>" for h in HEADERS), "int main(void)", "{",
            *(f'printf("%zu\\n", sizeof({n}));' for n in names),
            *(f'printf("%zu %zu\\n", offsetof({n}, {f}), sizeof((({n} *)0)->{f}));' for n, f in fields),
            "}"]))
        program = pathlib.Path(folder, "ask")
        subprocess.run(["cc", "-O", "-w", *(f"-I{i}" for i in include), source, "-o", program], check=True)
        lines = subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()
    found = dict(zip(names, map(int, lines)))
    return found, dict(zip(fields, (tuple(map(int, line.split())) for line in lines[len(names):]))), version, release


def ask_types(python, names):
    """{name: [basicsize, itemsize, dictoffset, weakrefoffset]} of the types of `python`'s NumPy."""
    code = ("import functools, json, sys, numpy, numpy.random, numpy.dtypes\n"
            "find = lambda n: type(numpy.dtype) if n == 'DTypeMeta' else functools.reduce(getattr, n.split('.'), numpy)\n"
            "print(json.dumps({n: [(t := find(n)).__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__]"
            " for n in json.loads(sys.argv[1])}))")
    return json.loads(subprocess.run([python, "-P", "-W", "ignore", "-c", code, json.dumps(names)], check=True,
                                     capture_output=True, text=True).stdout)


def version_rows(python, rows, release):
    """What embeds CPython's structs, as this Python has it; every row of `rows` is checked against it."""
    kinds = [re.match(r"LAYOUT_(STRUCT|FIELD|TYPE)\((.*)\)$", r) for r in rows]
    parts = [(m[1], m[2].split(", ")) for m in kinds if m]
    names = sorted(CPYTHON) + [p[0] for kind, p in parts if kind == "STRUCT"]
    fields = [(p[0], p[1]) for kind, p in parts if kind == "FIELD"]
    types = ask_types(python, [p[0] for kind, p in parts if kind == "TYPE"])
    sizes, places, version, has = ask_compiler(python, names, fields)
    assert has == release, f"{python} has NumPy {has}"

    def number(text):
        return eval(re.sub(r"sizeof\((\w+)\)", lambda m: str(sizes[m[1]]), text))

    for name in sorted(CPYTHON):
        yield f"LAYOUT_PYTHON_STRUCT({version}, {name}, {sizes[name]})"
    for kind, p in parts:
        embeds = any("sizeof" in text for text in p)
        if kind == "STRUCT":
            found, wanted = sizes[p[0]], number(p[1])
            row = f"LAYOUT_PYTHON_STRUCT({version}, {p[0]}, {found})"
        elif kind == "FIELD":
            found, wanted = places[p[0], p[1]], (number(p[2]), number(p[3]))
            row = f"LAYOUT_PYTHON_FIELD({version}, {p[0]}, {p[1]}, {found[0]})"
        else:
            own = p[3] == "-1"
            found, wanted = types[p[0]], [*map(number, p[1:])]
            row = f"LAYOUT_PYTHON_TYPE({version}, {p[0]}, {found[0]})"
            found = found[:2] if own else found
            wanted = wanted[:2] if own else wanted
        assert found == wanted, f"{python}: {kind} {p}: {found}, not {wanted}"
        if embeds:
            yield row


def main():
    facts = json.loads(pathlib.Path(sys.argv[1]).read_text())
    meta, structs = facts["_meta"], facts["structs"]
    sizes = {name: structs[name]["sizeof"] for name in CPYTHON}
    rows = [f"/* Written by tools/gen_layouts.py: public layouts of NumPy {meta['numpy']}, {meta['platform']}.",
            " * LAYOUT_STRUCT(struct, size, alignment)  LAYOUT_FIELD(struct, field, offset, size)",
            " * LAYOUT_TARGET(struct, size for wheels built for 2.4, for 2.0, for the default target)",
            " * LAYOUT_TYPE(name in numpy, basicsize, itemsize, dictoffset, weakrefoffset; -1: Python's own)",
            " * LAYOUT_PYTHON_…(version of Python, …): the same of that version's structs and what embeds them */"]
    for name, s in structs.items():
        if name not in CPYTHON:
            rows += struct_rows(name, s, sizes)
    rows += (f"LAYOUT_TARGET({name}, {t['v2_4']}, {t['v2_0']}, {t['default']})" for name, t in meta["sizeof_by_target"].items())
    rows += type_rows(facts["types"], sizes)
    count = len(rows)
    for python in sys.argv[2:]:
        rows += version_rows(python, rows[:count], meta["numpy"])
    OUT.write_text("\n".join(rows) + "\n")
    print(len(rows) - 5, "rows")


sys.exit(main())
