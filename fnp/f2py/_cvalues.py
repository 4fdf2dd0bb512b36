"""Pieces of C: conversions of one value, expressions, texts."""
import re

from . import _ctypes_table

_SIGNED = ("char", "signed_char", "short", "int", "long")


def c_string(text):
    """A C string literal; long ones in pieces."""
    out = []
    for line in text.split("\n"):
        line = line.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
        out.append(line)
    return '"' + '\\n"\n"'.join(out) + '"' if len(out) > 1 else '"' + out[0] + '"'


def from_python(ctype, target, source, message, logical=False, fail="goto capi_fail"):
    """C statements that convert the object `source` into `target`."""
    error = c_string(message)
    if logical:
        return [f"{{ int capi_true = PyObject_IsTrue({source});",
                f"  if (capi_true < 0) {fail};",
                f"  {target} = ({ctype})capi_true; }}"]
    if ctype == "character":
        return [f"if (!f2py_get_character(&{target}, {source}, {error})) {fail};"]
    if ctype.startswith("complex"):
        return ["{ complex_long_double capi_value;",
                f"  if (!f2py_get_complex(&capi_value, {source}, {error})) {fail};",
                f"  {target}.r = capi_value.r; {target}.i = capi_value.i; }}"]
    if ctype in ("float", "double", "long_double"):
        return ["{ long double capi_value;",
                f"  if (!f2py_get_real(&capi_value, {source}, {error})) {fail};",
                f"  {target} = ({ctype})capi_value; }}"]
    width = 8 if "long" in ctype else 4 if ctype in _SIGNED else 0
    return ["{ long long capi_value;",
            f"  if (!f2py_get_integer(&capi_value, {source}, {width}, {error})) {fail};",
            f"  {target} = ({ctype})capi_value; }}"]


def to_python(ctype, value):
    """A C expression for a new object of the C value."""
    if ctype == "character":
        return f"PyBytes_FromStringAndSize(&{value}, 1)"
    if ctype.startswith("complex"):
        return f"PyComplex_FromDoubles((double){value}.r, (double){value}.i)"
    if ctype in ("float", "double", "long_double"):
        return f"PyFloat_FromDouble((double){value})"
    if ctype in _SIGNED:
        return f"PyLong_FromLong((long){value})"
    if ctype == "long_long":
        return f"PyLong_FromLongLong({value})"
    return f"PyLong_FromUnsignedLongLong({value})"


def expression(text):
    """An expression of a signature or of Fortran as C."""
    text = re.sub(r"\.true\.", "1", re.sub(r"\.false\.", "0", str(text), flags=re.I), flags=re.I)
    text = re.sub(r"(?<![\w.])((?:\d+\.?\d*|\.\d+))[dD]([+-]?\d+)", r"\1e\2", text)
    return re.sub(r"(?<![\w.])(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)_[A-Za-z]\w*", r"\1", text)


def unquoted(text):
    """The characters of a Fortran or C string literal, or None."""
    m = re.fullmatch(r"\s*(['\"])(.*)\1\s*", str(text), re.S)
    return m.group(2) if m else None


def initial_value(arg):
    """The default of a scalar as a C expression."""
    text = arg.initial
    if text is None:
        return f"({arg.ctype}){{0}}" if arg.ctype.startswith("complex") else "0"
    if arg.character:
        literal = unquoted(text)
        if literal is not None:
            char = literal[:1] or "\\0"
            if char == "\\":
                char = literal[:2]
            return "'" + {"'": "\\'"}.get(char, char) + "'"
        return expression(text)
    if arg.ctype.startswith("complex"):
        m = re.fullmatch(r"\s*\(([^,()]+),([^,()]+)\)\s*", text)
        parts = m.groups() if m else (text, "0")
        return f"({arg.ctype}){{{', '.join(expression(p) for p in parts)}}}"
    return expression(text)


def parameter_type(arg, wrapped=False):
    """The C type of a parameter of a Fortran routine."""
    if arg.callback:
        return "void *"
    if arg.string:
        return "char *"
    if arg.by_value and not wrapped and not arg.array:
        return arg.ctype
    return f"{arg.ctype} *"


def show_value(arg):
    """`(printf format, C expression)` for messages."""
    fmt = _ctypes_table.TYPES[arg.ctype]["format"] or "%d"
    if arg.ctype.startswith("complex"):
        return fmt, f"{arg.name}.r, {arg.name}.i"
    if arg.ctype in ("long_long", "unsigned_long_long"):
        return "%lld", f"(long long){arg.name}"
    return fmt, arg.name
