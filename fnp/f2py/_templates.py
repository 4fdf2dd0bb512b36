"""Texts with marks, `#name#`, and tables of them: the small language in which rules for wrappers are written."""
import re
import types

_MARK = re.compile(r"#(\w+)#")


def replace(template, values, defaultsep=""):
    """`template`, a text or a list of them, with `#name#` replaced by `values[name]`.

    A list of values is joined by its text in `values["separatorsfor"]`, or by `defaultsep`. Values may hold marks of
    their own; marks without a value stay.

    Examples
    --------
    >>> replace("f(#args#)", {"args": ["a", "b"], "separatorsfor": {"args": ", "}})
    'f(a, b)'
    """
    if isinstance(template, list):
        return [replace(t, values, defaultsep) for t in template]
    if isinstance(values, list):
        return [replace(template, v, defaultsep) for v in values]
    if isinstance(template, dict):
        return template
    separators = values.get("separatorsfor", {})

    def filled(text, open_names):
        def value_of(mark):
            name = mark.group(1)
            if name not in values or name == "separatorsfor" or name in open_names:
                return mark.group()
            value = values[name]
            if isinstance(value, list):
                value = separators.get(name, defaultsep).join(value)
            if not isinstance(value, str):
                raise TypeError(f"replace() argument 2 must be str, not {type(value).__name__}")
            return filled(value, open_names | {name})
        return _MARK.sub(value_of, text)

    return filled(template, frozenset())


def dictappend(into, more):
    """Add the entries of a dictionary, or of a list of them, to those of `into`, which is returned.

    Texts of one key become a list, lists grow, dictionaries are merged; keys with `_` first are not touched.
    """
    if isinstance(more, list):
        for one in more:
            into = dictappend(into, one)
        return into
    for key, value in more.items():
        if key[0] == "_":
            continue
        mine = into.get(key)
        if key not in into:
            into[key] = value
        elif isinstance(mine, str):
            into[key] = [mine, *(value if isinstance(value, list) else [value])]
        elif isinstance(mine, list):
            mine.extend(value if isinstance(value, list) else [value])
        elif isinstance(mine, dict) and isinstance(value, dict):
            if key == "separatorsfor":
                into[key] = {**value, **mine}
            else:
                dictappend(mine, value)
    return into


def applyrules(rules, values, var={}):
    """The texts of a table of rules for `var`, its marks replaced by `values`.

    An entry is a text, a list, or a dictionary from a question about `var` to what holds if the answer is yes. A table
    whose `_check` says no gives nothing, and one with `_break` is the last of a list of tables.
    """
    if isinstance(rules, list):
        result = {}
        for table in rules:
            made = applyrules(table, values, var)
            result = dictappend(result, made)
            if "_break" in made:
                break
        return result
    if "_check" in rules and not rules["_check"](var):
        return {}
    result = {}
    for key, rule in rules.items():
        if key == "_check":
            continue
        if key == "separatorsfor":
            result[key] = rule
            continue
        made = _apply(rule, values, var)
        if made is not None and made != []:
            result[key] = made[0] if isinstance(made, list) and len(made) == 1 else made
    return result


def _apply(rule, values, var):
    """What one entry gives: a text, a list, or None."""
    if isinstance(rule, str):
        return replace(rule, values)
    if isinstance(rule, list):
        made = [_apply(r, values, var) for r in rule]
        return [m[0] if isinstance(m, list) and len(m) == 1 else m for m in made if m not in (None, [])]
    if isinstance(rule, dict):
        found = []
        for question, answer in rule.items():
            if isinstance(question, types.FunctionType) and question(var):
                made = _apply(answer, values, var)
                found += made if isinstance(made, list) else [] if made is None else [made]
        return found
    raise TypeError(f"applyrules: a rule is a text, a list or a dictionary, not {rule!r}")
