#!/usr/bin/env python3
"""gen_pxd.py: write fnp/numpy/api*.pxi and random/c_distributions.pxd, what Cython sees of the C-API, from the public headers.

Enumerators and flag macros by name (the C compiler knows the values), and each function of ext/capi/capi.def in Cython's
types: arrays, descriptors and iterators are objects of their classes, so reference counts are Cython's. A function that
*steals* a reference still steals it: callers write Py_INCREF before.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "fnp/_core/include/numpy"
OUT = ROOT / "fnp/numpy"
HEAD = "# Written by tools/gen_pxd.py from the public headers.\n"
PROTOTYPE = re.compile(r"^NPY_NO_EXPORT\s+(?:NPY_\w+\(\d+\)\s+)?(.+?)\b(\w+)\s*\\?\s*\n\s*\((.*?)\);", re.M | re.S)
DRAWS = re.compile(r"^DECLDIR (\w+) (random_\w+)\((.*?)\);", re.M | re.S)
ENUMS = {"NPY_TYPES", "NPY_TYPECHAR", "NPY_SORTKIND", "NPY_SELECTKIND", "NPY_SEARCHSIDE", "NPY_SCALARKIND", "NPY_ORDER",
         "NPY_CASTING", "NPY_CLIPMODE", "NPY_DATETIMEUNIT", "NPY_ARRAYMETHOD_FLAGS", "NPY_CORRELATEMODE"}
FLAGS = re.compile(r"^[ \t]*#[ \t]*define\s+(NPY_(?:ARRAY|ITER|NEIGHBORHOOD_ITER)_\w+|NPY_(?:MAXDIMS|MAXARGS|RAVEL_AXIS|NAT|DATETIME_NAT|"
                   r"U?INTP|U?INT(?:8|16|32|64)|FLOAT(?:16|32|64)|COMPLEX(?:64|128)|DEFAULT_INT|DEFAULT_TYPE|FAIL|SUCCEED|"
                   r"FALSE|TRUE|USE_GETITEM|USE_SETITEM|NEEDS_INIT|NEEDS_PYAPI|LIST_PICKLE|ITEM_REFCOUNT|"
                   r"ITEM_HASOBJECT|ITEM_IS_POINTER|FROM_FIELDS|ALIGNED_STRUCT))\s+\S", re.M)
# Not declared: variable types, callbacks and structs that Cython code has no use for.
SKIP = {"PyUFunc_AddWrappingLoop", "PyUFunc_AddLoopsFromSpecs", "PyArray_RegisterCastFunc", "PyArray_MultiIterFromObjects",
        "PyArray_MultiIterNew", "PyArray_Converter", "PyArray_OutputConverter", "PyArray_AsCArray", "PyArray_ConvertToCommonType"}
CLASSES = {"PyArrayObject": "ndarray", "PyArray_Descr": "dtype", "PyUFuncObject": "ufunc", "PyArrayIterObject": "flatiter",
           "PyArrayMultiIterObject": "broadcast", "PyObject": "object"}
PREDICATE = re.compile(r"_(Is|Has|Can|Equiv|Valid|Compare|Check(?!Axis|FromAny)|Requires|Iteration|Element|Get(NDim|NOp|End)|getfperr|Multiply)")
# Safe without the lock, by the documentation.
NOGIL = re.compile(r"^(NpyIter_(Get(?!IterView|IterNext)|Has|Is|Requires|Iteration|Goto|Reset)|NpyString_|PyDataMem_(NEW|FREE|RENEW)|PyArray_(Multiply|Overflow|CompareLists|GetPtr))")


def comma_separated(args):
    """Split at commas outside parentheses."""
    return re.split(r",\s*(?![^()]*\))", args)


def argument(text):
    text = re.sub(r"NPY_UNUSED\(\w+\)", "", text).strip()
    text = re.sub(r"\b\w+\[\]$", "*", text)  # PyArrayObject *op[]
    text = re.sub(r"\bFILE\b", "stdio.FILE", text)
    text = re.sub(r"\b(\w+) const\b", r"const \1", text)
    text = re.sub(r"\s*\*\s*const\s*\*", " **", text)
    match = re.fullmatch(r"(?:const )?(\w+)\s*\*", text)
    if match and match[1] in CLASSES:
        return CLASSES[match[1]]
    return re.sub(r"\s+", " ", text.replace("*", " * ")).strip().replace(" *", "*").replace("*", " *").replace("* *", "**")


def returned(kind, name):
    kind = argument(kind)
    if kind == "char" and name.startswith("NpyIter"):
        kind = "npy_bool"
    return {"unsigned char": "npy_bool", "unsigned int": "unsigned int"}.get(kind, kind)


def declaration(kind, name, args):
    if "NPY_ARRAYMETHOD_FLAGS" in kind:
        kind = "int"
    result = returned(kind, name)
    inside = [] if args == "void" else [argument(a) for a in comma_separated(args)]
    if name in ("NpyIter_GetIterNext", "NpyIter_GetGetMultiIndex"):
        result = result.removesuffix(" *")
    tail = " nogil" if NOGIL.match(name) else ""
    if result == "int" and not PREDICATE.search(name):
        fails = 0 if name.startswith("NpyIter") or name.endswith(("Converter", "Converter2")) else -1
        tail = f" except {fails}" + tail
    elif name == "PyArray_PyIntAsIntp":
        tail = " except? -1"
    elif result == "NpyIter *":
        tail = " except NULL"
    return f"    {result} {name}({', '.join(inside)}){tail}".replace("* ", "*")


def functions(header):
    text = (INCLUDE / header).read_text()
    for kind, name, args in PROTOTYPE.findall(text):
        if name not in SKIP and "Spec" not in args:
            yield declaration(" ".join(kind.split()), name, " ".join(args.split()))


def enum_blocks(text):
    for match in re.finditer(r"(?:typedef\s+)?enum\s*(\w*)\s*\{(.*?)\}\s*(\w*)\s*;", text, re.S):
        name = match[3] or match[1]
        body = re.sub(r"/\*.*?\*/|//[^\n]*|#[^\n]*", "", match[2], flags=re.S)
        members = [m.split("=")[0].strip() for m in body.split(",") if m.strip()]
        members = [m for m in members if re.fullmatch(r"NPY_\w+", m)]
        if name in ENUMS and members:
            yield name, members


def main():
    text = "".join((INCLUDE / h).read_text() for h in ("ndarraytypes.h", "npy_common.h", "dtype_api.h", "npy_2_compat.h"))
    lines = ['cdef extern from "numpy/arrayobject.h":']
    seen = set()
    for name, members in enum_blocks(text):
        lines.append(f"    ctypedef enum {name}:")
        lines += (f"        {m}" for m in members if m not in seen)
        seen.update(members)
    flags = [m for m in dict.fromkeys(FLAGS.findall(text)) if m not in seen]
    lines += ["    enum:", *(f"        {m}" for m in flags)]
    (OUT / "api_enums.pxi").write_text(HEAD + "\n".join(lines) + "\n")

    objects = re.findall(r"^API_OBJECT\(PyArray_API, \d+, (Py\w+_Type)\)", (ROOT / "ext/capi/capi.def").read_text(), re.M)
    body = ['cdef extern from "numpy/arrayobject.h":', *(f"    PyTypeObject {o}" for o in objects),
            "    object PyArray_MultiIterNew(int, ...)", *functions("__multiarray_api.h")]
    (OUT / "api.pxi").write_text(HEAD + "\n".join(body) + "\n")
    body = ['cdef extern from "numpy/ufuncobject.h":', *functions("__ufunc_api.h")]
    (OUT / "api_ufunc.pxi").write_text(HEAD + "\n".join(body) + "\n")
    text = (INCLUDE / "random/distributions.h").read_text()
    body = ["from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t",
            "from numpy cimport npy_bool, npy_intp", "from numpy.random cimport bitgen_t", "",
            'cdef extern from "numpy/random/distributions.h" nogil:',
            "    ctypedef bint bool", "    ctypedef int64_t RAND_INT_TYPE", "    ctypedef struct binomial_t:", "        pass",
            *(f"    {kind} {name}({' '.join(args.split())}) noexcept" for kind, name, args in DRAWS.findall(text))]
    (OUT / "random/c_distributions.pxd").write_text(HEAD + "\n".join(body) + "\n")


sys.exit(main())
