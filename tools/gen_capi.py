#!/usr/bin/env python3
"""gen_capi.py: write ext/capi/capi.def from the public headers, every slot of the two API tables once.

API_FUNC(table, slot, name) is a function, API_OBJECT(table, slot, name) the address of a type or value. The tables are
filled from the list, so that the extension does not link while one of them is missing.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "fnp/_core/include/numpy"
HEADERS = {"PyArray_API": "__multiarray_api.h", "PyUFunc_API": "__ufunc_api.h"}
PROTOTYPE = re.compile(r"^NPY_NO_EXPORT\s+(?:NPY_\w+\(\d+\)\s+)?.+?\b(\w+)\s*\\?\s*\n\s*\(.*?\);", re.M | re.S)


def rows(table):
    text = (INCLUDE / HEADERS[table]).read_text()
    functions = set(PROTOTYPE.findall(text))
    slots = re.findall(rf"#define (\w+)\s+\(\*?.*?{table}\[(\d+)\]\)", text.replace("\\\n", " "))
    for name, slot in sorted(slots, key=lambda row: int(row[1])):
        kind = "API_FUNC" if name in functions else "API_OBJECT"
        yield f"{kind}({table}, {slot}, {name})"


def main():
    lines = [row for table in HEADERS for row in rows(table)]
    head = "/* Written by tools/gen_capi.py from the public headers: every slot of the two API tables. */\n"
    (ROOT / "ext/capi/capi.def").write_text(head + "\n".join(lines) + "\n")
    print(len(lines), "slots,", sum(line.startswith("API_FUNC") for line in lines), "functions")


sys.exit(main())
