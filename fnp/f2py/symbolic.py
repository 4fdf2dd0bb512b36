"""Fortran, C and Python expressions as polynomials: parse, compute, solve, print.

Array bounds and kinds are small expressions. An `Expr` is a node `(op, data)` in normal form: sums
are `Op.TERMS` (monomial -> coefficient), products `Op.FACTORS` (base -> exponent), everything
that is no polynomial stays an atom. Integer quotients are atoms too, so that no truncation
is ever reordered.
"""
import re
import warnings
from enum import Enum
from functools import reduce
from math import gcd
from operator import add

from ._holes import (  # noqa: F401
    COUNTER, _counter, _get_parenthesis_kind, _pairs_add, eliminate_quotes, insert_quotes,
    replace_parenthesis, unreplace_parenthesis)

__all__ = ["Expr"]


class OpError(Exception):
    """An operation that has no meaning for its operands."""


class ExprWarning(UserWarning):
    """A text that could only be taken as one opaque symbol."""


class Language(Enum):
    """Syntax to read or write."""

    Python = 0
    Fortran = 1
    C = 2


Op = Enum("Op", {
    "INTEGER": 10, "REAL": 12, "COMPLEX": 15, "STRING": 20, "ARRAY": 30, "SYMBOL": 40,
    "TERNARY": 100, "APPLY": 200, "INDEXING": 210, "CONCAT": 220, "RELATIONAL": 300,
    "TERMS": 1000, "FACTORS": 2000, "REF": 3000, "DEREF": 3001}, module=__name__)
Op.__doc__ = "Kinds of nodes."

ArithOp = Enum("ArithOp", "POS NEG ADD SUB MUL DIV POW", module=__name__)
ArithOp.__doc__ = "Operators that can stand as the function of an `Op.APPLY` node."

Precedence = Enum("Precedence", {
    "ATOM": 0, "POWER": 1, "UNARY": 2, "PRODUCT": 3, "SUM": 4, "LT": 6, "EQ": 7, "LAND": 11,
    "LOR": 12, "TERNARY": 13, "ASSIGN": 14, "TUPLE": 15, "NONE": 100}, module=__name__)
Precedence.__doc__ = "How tightly a printed piece holds together; small is tight."

_SIGNS = dict(EQ="==", NE="!=", LT="<", LE="<=", GT=">", GE=">=")


class RelOp(Enum):
    """Comparisons."""

    EQ = 1
    NE = 2
    LT = 3
    LE = 4
    GT = 5
    GE = 6

    @classmethod
    def fromstring(cls, s, language=Language.C):
        """The comparison that `s` writes."""
        for member in cls:
            if member.tostring(language) == s.lower():
                return member
        raise KeyError(s)

    def tostring(self, language=Language.C):
        """This comparison as written in `language`."""
        if language is Language.Fortran:
            return f".{self.name.lower()}."
        return _SIGNS[self.name]


integer_types = (int,)
number_types = (int, float)
_ATOMS_WITHOUT_PARTS = (Op.INTEGER, Op.REAL, Op.STRING, Op.SYMBOL)


def ewarn(message):
    """Warn about `message` as an ExprWarning."""
    warnings.warn(message, ExprWarning, stacklevel=2)


class Expr:
    """A node of an expression; immutable by convention."""

    def __init__(self, op, data):
        self.op = op
        self.data = data

    @staticmethod
    def parse(s, language=Language.C):
        """Same as `fromstring`."""
        return fromstring(s, language=language)

    def _key(self):
        data = self.data
        if self.op in (Op.TERMS, Op.FACTORS):
            return self.op.value, tuple(sorted((k._key(), v) for k, v in data.items()))
        if self.op in (Op.INTEGER, Op.REAL):
            return self.op.value, (data[0], str(data[1]))
        if self.op is Op.SYMBOL:
            return self.op.value, (str(data),)
        return self.op.value, (self.tostring(language=Language.C),)

    def __eq__(self, other):
        return isinstance(other, Expr) and self.op is other.op and self.data == other.data

    def __hash__(self):
        data = self.data
        if isinstance(data, dict):
            data = frozenset(data.items())
        elif self.op is Op.APPLY:
            data = (*data[:2], tuple(sorted(data[2])))
        return hash((self.op, data))

    def __lt__(self, other):
        if isinstance(other, Expr):
            return self._key() < other._key()
        return NotImplemented

    def __le__(self, other):
        return self == other or self < other

    def __gt__(self, other):
        return not self <= other

    def __ge__(self, other):
        return not self < other

    def __repr__(self):
        return f"{type(self).__name__}({self.op}, {self.data!r})"

    def __str__(self):
        return self.tostring()

    def __pos__(self):
        return self

    def __neg__(self):
        return as_number(-1) * self

    def __add__(self, other):
        return _sum(self, other, 1)

    def __radd__(self, other):
        return _sum(other, self, 1)

    def __sub__(self, other):
        return _sum(self, other, -1)

    def __rsub__(self, other):
        return _sum(other, self, -1)

    def __mul__(self, other):
        return _product(self, other)

    def __rmul__(self, other):
        return _product(other, self)

    def __truediv__(self, other):
        return _quotient(self, other)

    def __rtruediv__(self, other):
        return _quotient(other, self)

    def __pow__(self, other):
        return _power(self, other)

    def __floordiv__(self, other):
        return normalize(Expr(Op.CONCAT, (self, as_expr(other))))

    def __rfloordiv__(self, other):
        return normalize(Expr(Op.CONCAT, (as_expr(other), self)))

    def __call__(self, *args, **kwargs):
        return as_apply(self, *args, **kwargs)

    def __getitem__(self, index):
        try:
            where, = index if isinstance(index, tuple) else (index,)
        except ValueError:
            raise OpError(f"one index only, got {index!r}") from None
        return Expr(Op.INDEXING, (self, as_expr(where)))

    def substitute(self, symbols_map):
        """This expression with symbols replaced as `symbols_map` says."""
        return self.traverse(lambda e: symbols_map.get(e) if e.op is Op.SYMBOL else None)

    def traverse(self, visit, *args, **kwargs):
        """Rebuild the tree; a node for which `visit` returns an Expr is replaced by it.

        `visit(node, *args, **kwargs)` is called before the node's parts.
        """
        found = visit(self, *args, **kwargs)
        if found is not None:
            return found

        def again(part):
            return part.traverse(visit, *args, **kwargs) if isinstance(part, Expr) else part

        op, data = self.op, self.data
        if op in _ATOMS_WITHOUT_PARTS:
            return self
        if op is Op.TERMS:
            total = as_number(0)
            for base, coefficient in data.items():
                total = total + again(base) * coefficient
            return total
        if op is Op.FACTORS:
            result = as_number(1)
            for base, exponent in data.items():
                result = result * again(base)**exponent
            return result
        if op is Op.APPLY:
            function, operands = again(data[0]), tuple(map(again, data[1]))
            if function is ArithOp.DIV:
                return operands[0] / operands[1]
            if function is ArithOp.POW:
                return operands[0]**operands[1]
            return Expr(op, (function, operands, {k: again(v) for k, v in data[2].items()}))
        if op in (Op.REF, Op.DEREF):
            return Expr(op, again(data))
        return normalize(Expr(op, tuple(map(again, data))))

    def contains(self, other):
        """Whether `other` is a part of this expression."""
        seen = []

        def look(e):
            if seen:
                return e
            if e == other:
                seen.append(e)
                return e

        self.traverse(look)
        return bool(seen)

    def symbols(self):
        """The set of all symbols in it."""
        found = set()

        def look(e):
            if e.op is Op.SYMBOL:
                found.add(e)

        self.traverse(look)
        return found

    def polynomial_atoms(self):
        """What it is a polynomial of: symbols, calls, indexed items."""
        found = set()

        def look(e):
            if e.op is Op.APPLY and isinstance(e.data[0], ArithOp):
                parts = e.data[1][:1] if e.data[0] is ArithOp.POW else e.data[1]
                for part in parts:
                    part.traverse(look)
                return e
            if e.op in (Op.SYMBOL, Op.INDEXING, Op.APPLY):
                found.add(e)
                return e

        self.traverse(look)
        return found

    def linear_solve(self, symbol):
        """`(a, b)` such that this expression is `a * symbol + b`; RuntimeError if there is none."""
        b = self.substitute({symbol: as_number(0)})
        a = self.substitute({symbol: as_number(1)}) - b
        left, right = as_numer_denom(self), as_numer_denom(a * symbol + b)
        if symbol in a.symbols() or left[0] * right[1] != right[0] * left[1]:
            raise RuntimeError(f"not a {symbol}-linear equation: {a} * {symbol} + {b} == {self}")
        return a, b

    def tostring(self, parent_precedence=Precedence.NONE, language=Language.Fortran):
        """Text of it in `language`, in parentheses where a looser operator stands inside."""
        text, precedence = _print(self, language)
        if precedence.value > parent_precedence.value:
            return f"({text})"
        return text


class _Pair:
    """`left = right` among the arguments of a call."""

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def __repr__(self):
        return f"{type(self).__name__}({self.left}, {self.right})"

    def substitute(self, symbols_map):
        """Both sides with symbols replaced."""
        return _Pair(*(e.substitute(symbols_map) for e in (self.left, self.right)))


# --- makers ----------------------------------------------------------------------------------

def _literal_node(obj, kind, wanted):
    """`obj` as a numeric literal of one of the wanted ops."""
    if getattr(obj, "op", None) in wanted:
        return obj
    for op, numbers in ((Op.INTEGER, int), (Op.REAL, float)):
        if op in wanted and isinstance(obj, numbers):
            return Expr(op, (obj, kind))
    raise OpError(f"no literal of {wanted}: {obj!r}")


def as_number(obj, kind=4):
    """An integer or real literal."""
    return _literal_node(obj, kind, (Op.INTEGER, Op.REAL))


def as_integer(obj, kind=4):
    """An integer literal."""
    return _literal_node(obj, kind, (Op.INTEGER,))


def as_real(obj, kind=4):
    """A real literal; an integer is made one."""
    number = as_number(obj, kind)
    return _literal_node(float(number.data[0]), number.data[1], (Op.REAL,))


def as_complex(real, imag=0):
    """A complex literal of two parts."""
    return Expr(Op.COMPLEX, (as_expr(real), as_expr(imag)))


def as_string(obj, kind=1):
    """A string literal; `obj` has its quotes."""
    return Expr(Op.STRING, (obj, kind))


def as_symbol(obj):
    """A name."""
    return Expr(Op.SYMBOL, obj)


def as_array(obj):
    """An array constructor of expressions."""
    return Expr(Op.ARRAY, (obj,) if isinstance(obj, Expr) else tuple(obj))


def as_ref(expr):
    """C's `&expr`."""
    return Expr(Op.REF, expr)


def as_deref(expr):
    """C's `*expr`."""
    return Expr(Op.DEREF, expr)


def as_apply(func, *args, **kwargs):
    """A call of `func`, which may be an ArithOp."""
    named = {name: as_expr(value) for name, value in kwargs.items()}
    return Expr(Op.APPLY, (func, tuple(map(as_expr, args)), named))


def as_ternary(cond, expr1, expr2):
    """`expr1` where `cond` is true, else `expr2`."""
    return Expr(Op.TERNARY, (cond, expr1, expr2))


def _comparison(which):
    def compare(left, right):
        return Expr(Op.RELATIONAL, (which, as_expr(left), as_expr(right)))

    compare.__name__ = compare.__qualname__ = f"as_{which.name.lower()}"
    compare.__doc__ = f"The comparison `left {_SIGNS[which.name]} right`."
    return compare


as_eq, as_ne, as_lt, as_le, as_gt, as_ge = map(_comparison, RelOp)


_CONVERSIONS = (
    (Expr, lambda e: e),
    (complex, lambda z: as_complex(z.real, z.imag)),
    ((int, float), as_number),
    (str, lambda text: as_string(repr(text))),
    (tuple, lambda items: tuple(map(as_expr, items))),
)


def as_expr(obj):
    """A Python number, string or Expr as an Expr."""
    for types, convert in _CONVERSIONS:
        if isinstance(obj, types):
            return convert(obj)
    raise OpError(f"no expression: {type(obj).__name__}")


# --- arithmetic ------------------------------------------------------------------------------

_ONE = as_number(1)


def _is_number(e):
    return e.op in (Op.INTEGER, Op.REAL)


def _wider(a, b):
    """Kind of a result: the larger one if both are numbers."""
    kinds = (a.data[1], b.data[1])
    return max(kinds) if all(isinstance(k, int) for k in kinds) else kinds[0]


def _terms(e):
    """{monomial: coefficient} of any expression, monomials being Exprs without coefficient."""
    if e.op is Op.TERMS:
        return dict(e.data)
    if _is_number(e):
        return {_ONE: e.data[0]} if e.data[0] else {}
    return {e: 1}


def _from_terms(terms):
    terms = {k: v for k, v in terms.items() if v}
    if not terms:
        return as_number(0)
    if len(terms) == 1:
        (base, coefficient), = terms.items()
        if _is_number(base):
            return as_number(coefficient)
        if coefficient == 1 and isinstance(coefficient, int):
            return base
    return Expr(Op.TERMS, terms)


def _factors(e):
    """{base: exponent} of a monomial."""
    if e.op is Op.FACTORS:
        return dict(e.data)
    return {} if e == _ONE else {e: 1}


def _from_factors(factors):
    factors = {k: v for k, v in factors.items() if v}
    if not factors:
        return _ONE
    if len(factors) == 1:
        (base, exponent), = factors.items()
        if exponent == 1:
            return base
    return Expr(Op.FACTORS, factors)


def _is_complex_pair(a, b):
    kinds = {a.op, b.op}
    return Op.COMPLEX in kinds and kinds <= {Op.COMPLEX, Op.INTEGER, Op.REAL}


def _complex_parts(e):
    return e.data if e.op is Op.COMPLEX else (e, as_number(0))


def _sum(a, b, sign):
    try:
        a, b = as_expr(a), as_expr(b)
    except OpError:
        return NotImplemented
    if _is_number(a) and _is_number(b):
        return as_number(a.data[0] + sign * b.data[0], _wider(a, b))
    if _is_complex_pair(a, b):
        pairs = zip(_complex_parts(a), _complex_parts(b))
        return as_complex(*(_sum(x, y, sign) for x, y in pairs))
    total = _terms(a)
    for base, coefficient in _terms(b).items():
        total[base] = total.get(base, 0) + sign * coefficient
    return _from_terms(total)


def _product(a, b):
    try:
        a, b = as_expr(a), as_expr(b)
    except OpError:
        return NotImplemented
    if _is_number(a) and _is_number(b):
        return as_number(a.data[0] * b.data[0], _wider(a, b))
    if _is_complex_pair(a, b):
        x, y = _complex_parts(a), _complex_parts(b)
        # A part that is no part of a literal adds no zero of its own.
        cross = [x[i] * y[1 - i] for i, literal in ((0, b), (1, a)) if literal.op is Op.COMPLEX]
        square = [x[0] * y[0]] + ([-(x[1] * y[1])] if a.op is b.op else [])
        return as_complex(reduce(add, square), reduce(add, cross))
    total = {}
    for m1, c1 in _terms(a).items():
        for m2, c2 in _terms(b).items():
            factors = _factors(m1)
            for base, exponent in _factors(m2).items():
                factors[base] = factors.get(base, 0) + exponent
            monomial = _from_factors(factors)
            total[monomial] = total.get(monomial, 0) + c1 * c2
    return _from_terms(total)


def _power(a, b):
    b = as_expr(b)
    if b.op is not Op.INTEGER:
        return as_apply(ArithOp.POW, a, b)
    exponent = b.data[0]
    if exponent >= 0:
        if a.op not in (Op.TERMS, Op.COMPLEX) and not _is_number(a):
            return _from_factors({base: n * exponent for base, n in _factors(a).items()})
        result = _ONE
        for _ in range(exponent):
            result = result * a
        return result
    if a.op is Op.FACTORS or a.op is Op.SYMBOL:
        return _from_factors({base: n * exponent for base, n in _factors(a).items()})
    return _quotient(_ONE, _power(a, -exponent))


def _split_quotient(e):
    """Numerator and denominator of a top-level quotient or product."""
    if e.op is Op.APPLY and e.data[0] is ArithOp.DIV:
        return e.data[1]
    if e.op is Op.TERMS and len(e.data) == 1:
        (base, coefficient), = e.data.items()
        n, d = _split_quotient(base)
        return n * coefficient, d
    if e.op is Op.FACTORS:
        n = d = _ONE
        for base, exponent in e.data.items():
            bn, bd = _split_quotient(base)
            if exponent < 0:
                bn, bd = bd, bn
            n, d = n * _power(bn, abs(exponent)), d * _power(bd, abs(exponent))
        return n, d
    return e, _ONE


def _quotient(a, b):
    try:
        a, b = as_expr(a), as_expr(b)
    except OpError:
        return NotImplemented
    if b.op is Op.REAL:
        return a * as_number(1.0 / b.data[0], b.data[1])
    if _is_number(a) and a.data[0] == 0:
        return a
    (an, ad), (bn, bd) = _split_quotient(a), _split_quotient(b)
    n, d = an * bd, ad * bn
    if n == d:
        return _ONE
    nterms, dterms = _terms(n), _terms(d)
    common = 0
    for coefficient in (*nterms.values(), *dterms.values()):
        if not isinstance(coefficient, int):
            common = 1
            break
        common = gcd(common, coefficient)
    if len(dterms) == 1 and next(iter(dterms.values())) < 0:
        common = -common
    if len(nterms) == len(dterms) == 1:
        (nbase, nc), = nterms.items()
        (dbase, dc), = dterms.items()
        nf, df = _factors(nbase), _factors(dbase)
        for base in list(nf):
            if base in df:
                shared = min(nf[base], df[base])
                nf[base] -= shared
                df[base] -= shared
        nterms, dterms = {_from_factors(nf): nc}, {_from_factors(df): dc}
    if common not in (0, 1):
        nterms = {k: v // common for k, v in nterms.items()}
        dterms = {k: v // common for k, v in dterms.items()}
    n, d = _from_terms(nterms), _from_terms(dterms)
    return n if d == _ONE else as_apply(ArithOp.DIV, n, d)


def normalize(obj):
    """The normal form of an expression that was put together by hand."""
    if not isinstance(obj, Expr):
        return obj
    if obj.op is Op.TERMS:
        total = as_number(0)
        for base, coefficient in obj.data.items():
            total = total + base * coefficient
        return total
    if obj.op is Op.FACTORS:
        result = as_number(1)
        for base, exponent in obj.data.items():
            result = result * base**exponent
        return result
    if obj.op is Op.APPLY and obj.data[0] is ArithOp.DIV:
        return obj.data[1][0] / obj.data[1][1]
    if obj.op is Op.CONCAT:
        parts = []
        for part in obj.data:
            for piece in part.data if part.op is Op.CONCAT else (part,):
                last = parts[-1] if parts else None
                if last is not None and last.op is piece.op is Op.STRING \
                        and last.data[1] == piece.data[1] \
                        and last.data[0][-1] == piece.data[0][0]:
                    parts[-1] = as_string(last.data[0][:-1] + piece.data[0][1:], piece.data[1])
                else:
                    parts.append(piece)
        return parts[0] if len(parts) == 1 else Expr(Op.CONCAT, tuple(parts))
    return obj


def as_terms(obj):
    """`obj` in the shape of a sum."""
    return obj if obj.op is Op.TERMS else Expr(Op.TERMS, _terms(obj))


def as_factors(obj):
    """`obj` in the shape of a product."""
    if obj.op is Op.FACTORS:
        return obj
    if obj.op is Op.TERMS and len(obj.data) == 1:
        (base, coefficient), = obj.data.items()
        return Expr(Op.FACTORS, {as_number(coefficient): 1, **_factors(base)})
    return Expr(Op.FACTORS, {obj: 1})


def as_term_coeff(obj):
    """`(term, coefficient)` of an expression of one term."""
    terms = _terms(obj)
    if len(terms) == 1:
        return next(iter(terms.items()))
    return obj, 1


def as_numer_denom(obj):
    """`(numerator, denominator)` with every quotient in `obj` on one line."""
    if obj.op is Op.TERMS:
        n, d = as_number(0), _ONE
        for base, coefficient in obj.data.items():
            bn, bd = as_numer_denom(base)
            n, d = n * bd + bn * coefficient * d, d * bd
        return n, d
    if obj.op is Op.FACTORS:
        n = d = _ONE
        for base, exponent in obj.data.items():
            bn, bd = as_numer_denom(base)
            if exponent < 0:
                bn, bd = bd, bn
            n, d = n * bn**abs(exponent), d * bd**abs(exponent)
        return n, d
    if obj.op is Op.APPLY and obj.data[0] is ArithOp.DIV:
        (an, ad), (bn, bd) = map(as_numer_denom, obj.data[1])
        return an * bd, ad * bn
    return obj, _ONE


# --- text ------------------------------------------------------------------------------------

def _literal(data):
    value, kind = data
    return str(value) if kind == 4 else f"{value}_{kind}"


def _print(e, language):
    """Text of `e` and the precedence of its outermost operator."""
    op, data = e.op, e.data

    def part(x, precedence=Precedence.TUPLE):
        return x.tostring(precedence, language) if isinstance(x, Expr) else str(x)

    if op in (Op.INTEGER, Op.REAL):
        return _literal(data), Precedence.SUM if data[0] < 0 else Precedence.ATOM
    if op is Op.SYMBOL:
        simple = re.fullmatch(r"[\w%@$.]*", str(data))
        return str(data), Precedence.ATOM if simple else Precedence.PRODUCT
    if op is Op.STRING:
        return (data[0] if data[1] == 1 else f"{data[1]}_{data[0]}"), Precedence.ATOM
    if op is Op.COMPLEX:
        return f"({', '.join(map(part, data))})", Precedence.ATOM
    if op is Op.ARRAY:
        return f"[{', '.join(map(part, data))}]", Precedence.ATOM
    if op in (Op.REF, Op.DEREF):
        return ("&" if op is Op.REF else "*") + part(data, Precedence.UNARY), Precedence.UNARY
    if op is Op.INDEXING:
        return f"{part(data[0], Precedence.ATOM)}[{part(data[1])}]", Precedence.ATOM
    if op is Op.CONCAT:
        return " // ".join(part(x, Precedence.PRODUCT) for x in data), Precedence.PRODUCT
    if op is Op.RELATIONAL:
        precedence = Precedence.EQ if data[0] in (RelOp.EQ, RelOp.NE) else Precedence.LT
        sign = data[0].tostring(language)
        return f"{part(data[1], precedence)} {sign} {part(data[2], precedence)}", precedence
    if op is Op.TERNARY:
        cond, yes, no = map(part, data)
        if language is Language.C:
            return f"({cond}?{yes}:{no})", Precedence.ATOM
        if language is Language.Python:
            return f"({yes} if {cond} else {no})", Precedence.ATOM
        return f"merge({yes}, {no}, {cond})", Precedence.ATOM
    if op is Op.TERMS:
        return _print_sum(data, language)
    if op is Op.FACTORS:
        return _print_product(data, language)
    return _print_call(data, language)


def _print_call(data, language):
    function, args, kwargs = data
    if function is ArithOp.DIV:
        n, d = args
        return (f"{n.tostring(Precedence.PRODUCT, language)} / "
                f"{d.tostring(Precedence.POWER, language)}"), Precedence.PRODUCT
    if function is ArithOp.POW:
        base, exponent = args
        if language is Language.C:
            return f"pow({base.tostring(language=language)}, " \
                   f"{exponent.tostring(language=language)})", Precedence.ATOM
        return (f"{base.tostring(Precedence.ATOM, language)} ** "
                f"{exponent.tostring(Precedence.ATOM, language)}"), Precedence.POWER
    items = [a.tostring(Precedence.TUPLE, language) for a in args]
    items += [f"{k}={v.tostring(Precedence.TUPLE, language)}" for k, v in kwargs.items()]
    name = function.tostring(Precedence.ATOM, language) if isinstance(function, Expr) else function
    return f"{name}({', '.join(items)})", Precedence.ATOM


def _print_sum(terms, language):
    text = ""
    for base, coefficient in sorted(terms.items(), key=lambda item: item[0]._key()):
        negative, size = coefficient < 0, abs(coefficient)
        if base == _ONE:
            piece = str(size)
        elif size == 1 and isinstance(size, int):
            piece = base.tostring(Precedence.PRODUCT, language)
        elif base.op is Op.APPLY and base.data[0] is ArithOp.DIV:
            piece = f"{size} * {base.tostring(Precedence.POWER, language)}"
        else:
            piece = f"{size} * {base.tostring(Precedence.PRODUCT, language)}"
        if text:
            text += (" - " if negative else " + ") + piece
        else:
            text = ("-" if negative else "") + piece
    if len(terms) == 1 and not text.startswith("-"):
        return text, Precedence.PRODUCT
    return text, Precedence.SUM


def _print_product(factors, language):
    pieces, below = [], []
    for base, exponent in sorted(factors.items(), key=lambda item: item[0]._key()):
        quotient = base.op is Op.APPLY and base.data[0] is ArithOp.DIV
        piece = base.tostring(Precedence.POWER if quotient else Precedence.PRODUCT, language)
        if exponent == 1:
            pieces.append(piece)
        elif language is not Language.C:
            pieces.append(f"{base.tostring(Precedence.ATOM, language)} ** {exponent}")
        elif 2 <= exponent <= 4:
            pieces += [piece] * exponent
        elif exponent < 0:
            below += [base.tostring(Precedence.UNARY, language)] * -exponent
        else:
            pieces.append(f"pow({base.tostring(language=language)}, {exponent})")
    text = " * ".join(pieces) or "1"
    for piece in below:
        text += f" / {piece}"
    return text, Precedence.PRODUCT


def fromstring(expr, language=Language.C):
    """The expression written in `expr`; what cannot be read becomes one symbol, with a warning."""
    _check_round(expr)
    try:
        return Reader(expr, language).whole()
    except (Unreadable, OpError, ZeroDivisionError):
        ewarn(f"fromstring: treating {expr!r} as symbol (original={expr})")
        return as_symbol(expr.strip())


def _check_round(text):
    bare, _ = eliminate_quotes(text)
    if bare.count("(") != bare.count(")"):
        raise ValueError(f"Mismatch of () parenthesis in {text!r}")


class _FromStringWorker:
    """Reads texts of one language."""

    def __init__(self, language=Language.C):
        self.language = language
        self.original = None
        self.quotes_map = None

    def finalize_string(self, s):
        """`s` with its string literals put back."""
        return insert_quotes(s, self.quotes_map)

    def parse(self, inp):
        """The expression in `inp`."""
        self.original = inp
        _, self.quotes_map = eliminate_quotes(inp)
        return fromstring(inp, self.language)

    def process(self, s, context="expr"):
        """The expressions in a text, or in each of several."""
        if isinstance(s, (list, tuple)):
            return type(s)(self.process(i, context) for i in s)
        return self.parse(s)


# The reader builds expressions: it needs what stands above.
from ._symbolic_reader import Reader, Unreadable  # noqa: E402
