#!/usr/bin/env python3
"""Write ext/capi/capi.def and ext/capi/absent.c from the public headers.

capi.def holds each slot of the two tables once: API_FUNC(table, slot, name) and API_OBJECT(table, slot, expression).
absent.c defines every function of the tables as a weak symbol that raises NotImplementedError with its name and returns
its type's error value; a real definition elsewhere replaces it at link time."""
import pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INC = ROOT / "fnp/_core/include/numpy"
PROTO = re.compile(r"^NPY_NO_EXPORT\s+(?:NPY_\w+\(\d+\)\s+)?(.+?)\b(\w+)\s*\\?\s*\n\s*\((.*?)\);", re.M | re.S)


def prototypes(text):
    return {m[2]: (" ".join(m[1].split()), " ".join(m[3].split())) for m in PROTO.finditer(text)}


def slots(text, table):
    out = {}
    for m in re.finditer(r"#define (\w+)\s+(\(\*?.*?)%s\[(\d+)\]\)" % table, text.replace("\\\n", " ")):
        out[int(m[3])] = (m[1], m[2])
    return out


def main():
    rows, stubs = [], []
    for table, header in (("PyArray_API", "__multiarray_api.h"), ("PyUFunc_API", "__ufunc_api.h")):
        text = (INC / header).read_text()
        protos = prototypes(text)
        for slot, (name, _) in sorted(slots(text, table).items()):
            kind = "API_FUNC" if name in protos else "API_OBJECT"
            rows.append(f"{kind}({table}, {slot}, {name})")
            if name not in protos:
                continue
            ret, args = protos[name]
            if args == "void":
                decl = "void"
            else:
                decl = args
            fail = "return 0; /* NPY_FAIL */" if re.search(r"Converter2?$", name) else {"void": "return;", "int": "return -1;", "npy_intp": "return -1;"}.get(ret)
            if fail is None:
                fail = "return NULL;" if "*" in ret else "return 0;"
            stubs.append(f"ABSENT {ret} {name}({decl})\n{{\n    absent(\"{name}\");\n    {fail}\n}}\n")
    head = "/* Written by tools/gen_capi.py from the public headers: every slot of the two API tables. */\n"
    (ROOT / "ext/capi/capi.def").write_text(head + "\n".join(rows) + "\n")
    (ROOT / "ext/capi/absent.c").write_text(
        "/* Written by tools/gen_capi.py. The API functions that nobody has written yet: each raises NotImplementedError\n"
        " * with its name and returns its type's error value; a definition elsewhere replaces the weak one. */\n"
        '#include "ext.h"\n\n#define ABSENT __attribute__((weak, visibility("hidden")))\n\n'
        "static void absent(const char *name)\n{\n    PyGILState_STATE gil = PyGILState_Ensure();\n"
        '    PyErr_Format(PyExc_NotImplementedError, "%s is not written yet", name);\n    PyGILState_Release(gil);\n}\n\n'
        + "\n".join(stubs))
    print(len(rows), "slots,", len(stubs), "functions")


sys.exit(main())
