#!/usr/bin/env python3
"""gen_layouts.py FACTS.json: write ext/capi/layouts.def, the struct layouts that compiled wheels rely on.

FACTS.json holds what compilers said of NumPy's public headers: {"_meta": {"numpy", "python", "sizeof_by_target"},
"structs": {name: {"sizeof", "alignof", "fields": [{"field", "offset", "size"}]}}, "types": {name: {"tp_basicsize", …}}}.
It is read once for each NumPy release; the rows are checked in, ext/capi/layouts.c asserts them at compile time, and
tests/capi compares the types at run time. What embeds a struct of CPython is written relative to its size, so that the
rows hold for every version of Python.
"""
import json
import pathlib
import re
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "ext/capi/layouts.def"
# First members that belong to one version of Python, and what the header calls them.
EMBEDDED = {"PyHeapTypeObject": "sizeof(PyHeapTypeObject)", "PyUnicodeObject": "sizeof(PyUnicodeObject)"}
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


def main():
    facts = json.loads(pathlib.Path(sys.argv[1]).read_text())
    meta, structs = facts["_meta"], facts["structs"]
    sizes = {name: structs[name]["sizeof"] for name in CPYTHON}
    rows = [f"/* Written by tools/gen_layouts.py: public layouts of NumPy {meta['numpy']}, {meta['platform']}.",
            " * LAYOUT_STRUCT(struct, size, alignment)  LAYOUT_FIELD(struct, field, offset, size)",
            " * LAYOUT_TARGET(struct, size for wheels built for 2.4, for 2.0, for the default target)",
            " * LAYOUT_TYPE(name in numpy, basicsize, itemsize, dictoffset, weakrefoffset; -1: Python's own) */"]
    for name, s in structs.items():
        if name not in CPYTHON:
            rows += struct_rows(name, s, sizes)
    rows += (f"LAYOUT_TARGET({name}, {t['v2_4']}, {t['v2_0']}, {t['default']})" for name, t in meta["sizeof_by_target"].items())
    rows += type_rows(facts["types"], sizes)
    OUT.write_text("\n".join(rows) + "\n")
    print(len(rows) - 4, "rows")


sys.exit(main())
