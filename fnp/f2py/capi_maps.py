"""From Fortran types to C types, NumPy types and the words of docstrings."""
import copy
import os
import re

from . import _ctypes_table as _types
from .__version__ import version as f2py_version
from ._isocbind import iso_c2py_map, iso_c_binding_map, isoc_c2pycode_map
from ._unparse import type_text
from .auxfuncs import outmess, process_f2cmap_dict
from . import _model
from .. import _unwritten

__all__ = [
    "getctype", "getstrlength", "getarrdims", "getpydocsign", "getarrdocsign", "getinit",
    "sign2map", "routsign2map", "modsign2map", "cb_sign2map", "cb_routsign2map",
    "common_sign2map", "process_f2cmap_dict"]

_unwritten.declare(globals(), functions="""
    cb_routsign2map cb_sign2map common_sign2map modsign2map routsign2map sign2map getinit
    getpydocsign getarrdocsign getarrdims""", tables="isintent_dict")

c2py_map = _types.column("python")
c2capi_map = _types.column("npy")
c2pycode_map = _types.column("code")
c2buildvalue_map = _types.column("build")
cformat_map = _types.column("format")
depargs, lcb_map, lcb2_map = [], {}, {}

f2cmap_default = {t: {**kinds, **iso_c_binding_map.get(t, {})}
                  for t, kinds in _types.FORTRAN.items()}
f2cmap_all = copy.deepcopy(f2cmap_default)
f2cmap_mapped = []


def load_f2cmap_file(f2cmap_file):
    """Read `dict(real=dict(rk='double'), …)` from a file and add it to the map of kinds."""
    global f2cmap_all, f2cmap_mapped
    f2cmap_all = copy.deepcopy(f2cmap_default)
    if f2cmap_file is None:
        f2cmap_file = ".f2py_f2cmap"
        if not os.path.isfile(f2cmap_file):
            return
    outmess(f"Reading f2cmap from {f2cmap_file!r} ...\n")
    try:
        with open(f2cmap_file) as f:
            added = eval(f.read().lower(), {"__builtins__": {}, "dict": dict}, {})
        f2cmap_all, f2cmap_mapped = process_f2cmap_dict(f2cmap_all, added, c2py_map, True)
    except OSError:
        raise
    except Exception as error:
        outmess(f"Failed to apply user defined f2cmap changes: {error}. Skipping.\n")
    else:
        outmess("Successfully applied user defined f2cmap changes\n")


def getctype(var):
    """C type of a variable of Fortran."""
    spec = var.get("typespec", "")
    if _model.is_external(var):
        return "void"
    if spec == "character":
        return "character" if _model.is_character(var) else "string"
    kinds = f2cmap_all.get(spec)
    if kinds is None:
        outmess(f'getctype: No C-type found in "{var}", assuming void.\n')
        return "void"
    selector = var.get("kindselector") or {}
    if "*" in selector:
        return kinds.get(selector["*"], kinds[""])
    if "kind" not in selector:
        return kinds[""]
    kind = selector["kind"].lower()
    table = {**kinds, **f2cmap_all.get(spec + "kind", {})}
    if kind in table:
        return table[kind]
    outmess(f'getctype: "{type_text(var)}" is mapped to C "{kinds[""]}" (to override define '
            f'dict({spec} = dict({kind}="<C typespec>")) in '
            f"{os.path.join(os.getcwd(), '.f2py_f2cmap')} file).\n")
    return kinds[""]


def f2cexpr(expr):
    """An expression of Fortran with `len(…)` as C writes it."""
    return re.sub(r"\blen\b", "f2py_slen", expr)


def getstrlength(var):
    """Length of a string as a C expression, `-1` if the caller decides."""
    return _model.string_length(var)


def get_elsize(var):
    """Bytes of an item as a C expression."""
    if _model.is_string_type(var):
        return getstrlength(var)
    return "1" if var.get("typespec") == "character" else f"sizeof({getctype(var)})"
