"""Values of Fortran constants: kinds, parameters, array parameters."""
import ast
import operator
import platform
import re
import warnings

from . import symbolic
from ._declarations import split_outside

_X86 = platform.machine().lower() in ("x86_64", "amd64", "i386", "i686")
# Kinds of iso_fortran_env that a compiler need not be asked for.
ENVIRONMENT_KINDS = {"int8": 1, "int16": 2, "int32": 4, "int64": 8, "real32": 4, "real64": 8,
                     "real128": 16}
_REAL = re.compile(r"(?<![\w.])((?:\d+\.\d*|\.\d+|\d+)(?:[dDeE][+-]?\d+)|\d+\.\d*|\.\d+)"
                   r"(_\w+)?(?![\w.])")
_KINDED = re.compile(r"(?<![\w.])(\d+)_\w+")


def selected_int_kind(r):
    """Kind of the smallest integer that holds `10**r`, -1 if there is none."""
    for kind, digits in ((1, 2), (2, 4), (4, 9), (8, 18), (16, 38)):
        if r <= digits:
            return kind
    return -1


def selected_real_kind(p, r=0, radix=0):
    """Kind of the smallest real with `p` digits and exponents to `r`, -1 if there is none."""
    kinds = [(4, 6, 37), (8, 15, 307), (10, 18, 4931), (16, 33, 4931)]
    for kind, digits, exponent in kinds:
        if kind == 10 and not _X86:
            continue
        if p <= digits and r <= exponent:
            return kind
    return -1


def kind_of(text):
    """What `kind(text)` is of a literal."""
    if isinstance(text, float):
        return 4
    text = str(text).strip("'\" ").lower()
    if text.isdigit() or re.fullmatch(r"[+-]\d+|\.(true|false)\.", text):
        return 4
    suffix = re.search(r"_(\d+)$", text)
    if suffix:
        return int(suffix.group(1))
    if "q" in text:
        return 16
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(d[+-]?\d+)", text):
        return 8
    if re.fullmatch(r"[+-]?(\d+\.\d*|\.\d+|\d+)(e[+-]?\d+)?", text):
        return 4
    raise ValueError(f"kind of {text!r}")


_BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
           ast.Pow: operator.pow, ast.Mod: operator.mod, ast.FloorDiv: operator.floordiv}
_FUNCTIONS = {
    "kind": kind_of, "selected_int_kind": selected_int_kind, "max": max, "min": min, "abs": abs,
    "selected_real_kind": selected_real_kind, "int": int, "mod": lambda a, b: a - b * int(a / b),
    "real": lambda x, kind=4: float(x), "dble": float, "float": float, "ichar": ord, "char": chr,
    "len": len, "nint": lambda x: round(x),
}


class _Walker:
    """Computes a Python syntax tree with Fortran's division."""

    def __init__(self, names):
        self.names = names

    def value(self, node):
        return getattr(self, f"_{type(node).__name__.lower()}", self._other)(node)

    def _other(self, node):
        raise ValueError(f"no constant: {ast.dump(node)}")

    def _constant(self, node):
        return node.value

    def _name(self, node):
        return self.names[node.id]

    def _binop(self, node):
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Div):
            if isinstance(left, int) and isinstance(right, int):
                quotient = abs(left) // abs(right)
                return quotient if (left < 0) == (right < 0) else -quotient
            return left / right
        return _BINARY[type(node.op)](left, right)

    def _unaryop(self, node):
        value = self.value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value

    def _tuple(self, node):
        return [self.value(e) for e in node.elts]

    _list = _tuple

    def _call(self, node):
        function = node.func.id if isinstance(node.func, ast.Name) else None
        table = self.names.get(function)
        if isinstance(table, dict):
            return table[self.value(node.args[0])]
        args = [self._kind_argument(a) if function == "kind" else self.value(a) for a in node.args]
        named = {k.arg: self.value(k.value) for k in node.keywords}
        call = table if callable(table) else _FUNCTIONS[function]
        return call(*args, **named)

    def _kind_argument(self, node):
        return node.value if isinstance(node, ast.Constant) else self.value(node)


def evaluate(text, names):
    """Value of a constant expression of Fortran; ValueError if it has none."""
    text = text.strip()
    bare, quoted = symbolic.eliminate_quotes(text)
    if not quoted:
        text = re.sub(r"\bkind\s*\(\s*([^()]*)\)", _quote_kind, text)
        text = _outside_quotes(text)
        text = text.replace("(/", "[").replace("/)", "]")
        text = re.sub(r"\.true\.", "True", re.sub(r"\.false\.", "False", text, flags=re.I),
                      flags=re.I)
    try:
        return _Walker(names).value(ast.parse(text, mode="eval").body)
    except (SyntaxError, KeyError, TypeError, ZeroDivisionError, AttributeError, IndexError,
            OverflowError) as error:
        raise ValueError(f"no value for {text!r}") from error


def _quote_kind(m):
    inside = m.group(1).strip().strip("'\"")
    return m.group() if re.fullmatch(r"[A-Za-z_]\w*", inside) else f"kind('{inside}')"


def _outside_quotes(text):
    pieces = re.split(r"('[^']*')", text)
    for i in range(0, len(pieces), 2):
        pieces[i] = _KINDED.sub(r"\1", pieces[i])
        pieces[i] = _REAL.sub(lambda m: re.sub("[dD]", "e", m.group(1)), pieces[i])
    return "".join(pieces)


def parameter_value(text, names, params, dimspec=None):
    """Value of a parameter: a number, {index: number} for an array, or its text if unknown."""
    names = {**names, **params}
    if dimspec is None:
        suffixed = re.fullmatch(r"\s*[+-]?[\d.]+(?:[eEdD][+-]?\d+)?_([A-Za-z]\w*)\s*", text)
        if suffixed and suffixed.group(1) not in names:
            return text
        try:
            return evaluate(text, names)
        except ValueError:
            return text
    inside = dimspec.strip()
    inside = inside[1:-1] if inside.startswith("(") else inside
    extents = split_outside(inside)
    if not inside.strip() or len(extents) > 1:
        raise ValueError(f"an array parameter has one dimension, got {dimspec!r}")
    first, sign, last = extents[0].partition(":")
    start = evaluate(first, names) if sign else 1
    text = re.sub(r"^\(/|/\)$", "", text.strip()).strip("[] ")
    values = [evaluate(v, names) for v in split_outside(text)]
    return dict(enumerate(values, start))


def parse_expression(text):
    """The symbolic expression of an extent or a length, or None if it is not of that grammar."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", symbolic.ExprWarning)
        try:
            return symbolic.fromstring(text, language=symbolic.Language.Fortran)
        except (symbolic.ExprWarning, ValueError, symbolic.OpError):
            return None


def put_in(expression, params):
    """`expression` with the values of integer parameters in it."""
    def visit(e):
        if e.op is symbolic.Op.SYMBOL:
            value = params.get(e.data)
            return symbolic.as_number(value) if isinstance(value, int) else None
        if e.op is symbolic.Op.APPLY and isinstance(e.data[0], symbolic.Expr):
            table = params.get(e.data[0].data)
            if isinstance(table, dict) and len(e.data[1]) == 1:
                index = put_in(e.data[1][0], params)
                if index.op is symbolic.Op.INTEGER and index.data[0] in table:
                    return symbolic.as_expr(table[index.data[0]])
            # The name of a function is no variable.
            return symbolic.Expr(e.op, (e.data[0], tuple(put_in(a, params) for a in e.data[1]),
                                        {k: put_in(v, params) for k, v in e.data[2].items()}))
        if e.op is symbolic.Op.APPLY and e.data[0] is symbolic.ArithOp.DIV:
            n, d = (put_in(a, params) for a in e.data[1])
            if n.op is d.op is symbolic.Op.INTEGER and d.data[0]:
                return symbolic.as_number(int(n.data[0] / d.data[0]))
            return n / d
        return None

    return expression.traverse(visit)


def variables_in(expression):
    """Names of the variables an expression is of; names of functions are none."""
    found = []

    def visit(e):
        if e.op is symbolic.Op.APPLY and isinstance(e.data[0], symbolic.Expr):
            for part in (*e.data[1], *e.data[2].values()):
                part.traverse(visit)
            return e
        if e.op is symbolic.Op.SYMBOL and e.data not in found:
            found.append(e.data)
        return None

    expression.traverse(visit)
    return found
