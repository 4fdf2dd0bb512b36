"""Texts with holes: literals and brackets out of the way, and back again."""
import re

COUNTER = iter(range(1, 1 << 62))
_counter = COUNTER
_QUOTED = re.compile(r"""(?:\b[A-Za-z_]\w*_)?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")


def eliminate_quotes(s):
    """`s` with a placeholder for each string literal, and the table to put them back."""
    table = {}

    def hide(m):
        name = "SINGLE" if m.group(1)[0] == "'" else "DOUBLE"
        kind = m.group()[:m.start(1) - m.start()]
        key = f"{kind[:-1]}@__f2py_QUOTES_{name}_{next(COUNTER)}@"
        table[key] = m.group(1)
        return key

    hidden = _QUOTED.sub(hide, s)
    return hidden, table


def insert_quotes(s, d):
    """Undo `eliminate_quotes`."""
    for key, literal in (d or {}).items():
        kind = key[:key.index("@")]
        s = s.replace(key, f"{kind}_{literal}" if kind else literal)
    return s


_BRACKETS = {"ROUNDDIV": ("(/", "/)"), "ROUND": ("(", ")"), "SQUARE": ("[", "]"),
             "CURLY": ("{", "}")}


def replace_parenthesis(s):
    """`s` with a placeholder for each outermost bracket, and the table of what was inside."""
    table, out, position = {}, [], 0
    while position < len(s):
        for name, (opening, closing) in _BRACKETS.items():
            if s.startswith(opening, position):
                break
        else:
            out.append(s[position])
            position += 1
            continue
        depth, start = 0, position + len(opening)
        while position < len(s):
            if s.startswith(opening, position):
                depth += 1
                position += len(opening)
            elif s.startswith(closing, position):
                depth -= 1
                position += len(closing)
                if not depth:
                    break
            else:
                position += 1
        if depth:
            raise ValueError(f"Mismatch of {opening}{closing} parenthesis in {s!r}")
        key = f"@__f2py_PARENTHESIS_{name}_{next(COUNTER)}@"
        table[key] = s[start:position - len(closing)]
        out.append(key)
    return "".join(out), table


def _get_parenthesis_kind(s):
    """Name of the bracket a placeholder of `replace_parenthesis` stands for."""
    return s.removeprefix("@__f2py_PARENTHESIS_").split("_")[0]


def unreplace_parenthesis(s, d):
    """Undo `replace_parenthesis`."""
    for key, inside in d.items():
        opening, closing = _BRACKETS[_get_parenthesis_kind(key)]
        s = s.replace(key, opening + inside + closing)
    return s


def _pairs_add(d, k, v):
    """Add `v` to the entry `k` of a table of counts, dropping what becomes zero."""
    d[k] = d.get(k, 0) + v
    if not d[k]:
        del d[k]
