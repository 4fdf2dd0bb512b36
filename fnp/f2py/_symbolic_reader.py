"""Expressions in Fortran, C and Python from their text, by recursive descent."""
import re

from .symbolic import _SIGNS as SIGNS, _Pair as Pair
from .symbolic import (
    Expr, Language, Op, RelOp, as_apply, as_array, as_complex, as_deref, as_number, as_ref,
    as_string, as_symbol, as_ternary)

_TOKEN = re.compile(r"""\s*(?:
    (?P<string>(?:[A-Za-z_]\w*_)?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))
  | (?P<real>(?:\d+\.(?![A-Za-z]{2}|\d)|\d+\.\d+|\.\d+)(?:[eEdD][+-]?\d+)?(?:_\w+)?
            |\d+[eEdD][+-]?\d+(?:_\w+)?)
  | (?P<integer>\d+(?:_\w+)?)
  | (?P<name>[A-Za-z_@$][\w@$]*)
  | (?P<dotted>\.(?:eq|ne|lt|le|gt|ge)\.)
  | (?P<sign>\(/|/\)|//|\*\*|==|!=|<=|>=|->|&&|\|\||[-+*/()\[\],?:=<>&!%|^~.])
)""", re.X | re.I)
_CLOSING = {"(": ")", "(/": "/)", "[": "]"}


class Unreadable(Exception):
    """The text is not of the grammar."""


class Reader:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text, language):
        self.language = language
        self.tokens = []
        depth, position = [], 0
        text = text.rstrip()
        while position < len(text):
            m = _TOKEN.match(text, position)
            if m is None:
                raise Unreadable
            kind, value, position = m.lastgroup, m.group(m.lastgroup), m.end()
            if kind == "sign":
                for piece in self._split(value, depth):
                    self._balance(piece, depth)
                    self.tokens.append((kind, piece))
            else:
                self.tokens.append((kind, value))
        if depth:
            raise Unreadable
        self.at = 0

    def _split(self, sign, depth):
        """Signs that mean something else in this language or at this place."""
        if sign == "**" and self.language is Language.C:
            return "*", "*"
        if sign == "//" and self.language is Language.C:
            return "/", "/"
        if sign == "/)" and (not depth or depth[-1] != "(/"):
            return "/", ")"
        return sign,

    @staticmethod
    def _balance(sign, depth):
        if sign in _CLOSING:
            depth.append(sign)
        elif sign in _CLOSING.values():
            if not depth or _CLOSING[depth.pop()] != sign:
                raise Unreadable

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def take(self, *signs):
        """The next sign if it is one of these, else None."""
        kind, value = self.peek()
        if kind in ("sign", "dotted") and value.lower() in signs:
            self.at += 1
            return value.lower()
        return None

    def need(self, sign):
        if self.take(sign) is None:
            raise Unreadable

    def whole(self):
        items = self.items(None)
        if self.at != len(self.tokens) or not items:
            raise Unreadable
        if len(items) == 1:
            return items[0]
        return self.tuple(items)

    @staticmethod
    def tuple(items):
        return as_complex(*items) if len(items) == 2 else as_array(items)

    def items(self, closing):
        """Expressions and pairs, separated by commas, up to a closing sign."""
        found = []
        if closing and self.take(closing):
            return found
        while True:
            e = self.ternary()
            if self.take("="):
                e = Pair(e, self.ternary())
            found.append(e)
            if not self.take(","):
                break
        if closing:
            self.need(closing)
        return found

    def ternary(self):
        cond = self.comparison()
        if self.take("?"):
            yes = self.ternary()
            self.need(":")
            return as_ternary(cond, yes, self.ternary())
        return cond

    def comparison(self):
        left = self.sum()
        while sign := self.take("==", "!=", "<", "<=", ">", ">=", *_DOTTED):
            if sign in _DOTTED and self.language is not Language.Fortran:
                raise Unreadable
            which = RelOp.fromstring(sign, Language.Fortran if sign in _DOTTED else Language.C)
            left = Expr(Op.RELATIONAL, (which, left, self.sum()))
        return left

    def sum(self):
        sign = self.take("+", "-")
        total = self.product()
        if sign == "-":
            total = -total
        while sign := self.take("+", "-", "//"):
            other = self.product()
            if sign == "//":
                total = Expr(Op.CONCAT, (total, other))
            else:
                total = total + other if sign == "+" else total - other
        return total

    def product(self):
        result = self.unary()
        while sign := self.take("*", "/"):
            other = self.unary()
            result = result * other if sign == "*" else result / other
        return result

    def unary(self):
        if self.take("*"):
            return as_deref(self.unary())
        if self.take("**"):
            return as_deref(as_deref(self.unary()))
        if self.take("&"):
            return as_ref(self.unary())
        base = self.postfix()
        if self.take("**"):
            sign = self.take("-", "+")
            exponent = self.unary()
            return base**(-exponent if sign == "-" else exponent)
        return base

    def postfix(self):
        e = self.atom()
        while True:
            if e.op in (Op.SYMBOL, Op.APPLY, Op.INDEXING) and self.take("("):
                args = self.items(")")
                plain = [a for a in args if not isinstance(a, Pair)]
                named = {a.left.data: a.right for a in args if isinstance(a, Pair)}
                e = as_apply(e, *plain, **named)
            elif self.take("["):
                e = e[tuple(self.items("]"))]
            else:
                return e

    def atom(self):
        kind, value = self.peek()
        self.at += 1
        if kind == "integer":
            digits, _, suffix = value.partition("_")
            return as_number(int(digits), _kind(suffix))
        if kind == "real":
            digits, _, suffix = value.lower().partition("_")
            kind = 8 if "d" in digits else 4
            return as_number(float(digits.replace("d", "e")), _kind(value[len(digits) + 1:], kind))
        if kind == "string":
            at = min(i for i in (value.find('"'), value.find("'")) if i >= 0)
            return as_string(value[at:], value[:at - 1] if at else 1)
        if kind == "name":
            return as_symbol(value)
        if kind == "sign" and value in _CLOSING:
            items = self.items(_CLOSING[value])
            if value == "(":
                if not items or any(isinstance(i, Pair) for i in items):
                    raise Unreadable
                return items[0] if len(items) == 1 else self.tuple(items)
            return as_array(items)
        raise Unreadable


_DOTTED = tuple(f".{name.lower()}." for name in SIGNS)


def _kind(suffix, default=4):
    return int(suffix) if suffix.isdigit() else suffix or default
