"""Declarations: type, attributes and entities of one statement, as dictionaries."""
import re

TYPES = ("double complex", "double precision", "character", "logical", "complex", "integer",
         "real", "byte", "type", "class", "static", "automatic", "undefined")
TYPE_START = re.compile(
    r"(?P<type>double\s*complex|double\s*precision|character|logical|complex|integer|real|byte"
    r"|(?:type|class)(?=\s*\())(?![\w$])", re.I)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def _plain(text, start=0):
    """(index, character, open brackets behind it) of what is not quoted; a quote's ends neither."""
    depth, quote = 0, None
    for i in range(start, len(text)):
        c = text[i]
        if quote or c in "'\"":
            quote = (None if c == quote else quote) if quote else c
            continue
        depth += (c in "([") - (c in ")]")
        yield i, c, depth


def matching(text, start):
    """Index after the bracket that closes the one at `start`; -1 if none does."""
    return next((i + 1 for i, c, depth in _plain(text, start) if c in ")]" and not depth), -1)


def split_outside(text, separator=","):
    """Pieces of `text` between separators that stand in no bracket and no quotes."""
    pieces, last = [], 0
    for i, c, depth in _plain(text):
        if i >= last and not depth and c not in ")]" and text.startswith(separator, i):
            pieces.append(text[last:i])
            last = i + len(separator)
    return [*pieces, text[last:]]


def find_outside(text, what):
    """Index of `what` outside of brackets and quotes, or -1."""
    head = split_outside(text, what)[0]
    return len(head) if len(head) < len(text) else -1


def parse_type(text):
    """`(type dictionary, rest of text)` if it starts with a type, else None."""
    m = TYPE_START.match(text)
    if not m:
        return None
    name = re.sub(r"\s+", " ", m.group("type").lower())
    name = {"doubleprecision": "double precision", "doublecomplex": "double complex"}.get(name, name)
    decl, rest = {"typespec": name}, text[m.end():]
    star = re.match(r"\s*\*\s*(\d+|\()", rest)
    if star:
        end = star.end()
        value = star.group(1)
        if value == "(":
            end = matching(rest, star.end() - 1)
            value = rest[star.end() - 1:end].replace(" ", "")
            if re.fullmatch(r"\(\d+\)", value):
                value = value[1:-1]
        key = "charselector" if name == "character" else "kindselector"
        decl[key] = {"*": value}
        return decl, rest[end:]
    if rest.lstrip().startswith("("):
        start = rest.index("(")
        end = matching(rest, start)
        if end < 0:
            return None
        _selector(decl, rest[start + 1:end - 1].strip())
        rest = rest[end:]
    return decl, rest


def _selector(decl, inside):
    """The bracket after a type."""
    if decl["typespec"] in ("type", "class"):
        decl["typespec"], decl["typename"] = "type", inside
        return
    names = ("len", "kind") if decl["typespec"] == "character" else ("kind",)
    found = {}
    for i, item in enumerate(split_outside(inside)):
        key, sign, value = item.partition("=")
        if sign and re.fullmatch(r"\s*(len|kind|f2py_len)\s*", key, re.I):
            found[key.strip().lower()] = value.strip()
        elif i < len(names):
            found[names[i]] = item.strip()
    if decl["typespec"] != "character":
        decl["kindselector"] = found
    elif found.get("len") == "*":
        del found["len"]
        decl["charselector"] = {"*": "(*)", **found}
    else:
        decl["charselector"] = found


def parse_attributes(text):
    """The attributes of a declaration as a dictionary of what they say."""
    decl = {"attrspec": []}
    for item in split_outside(text):
        item = item.strip()
        if not item:
            continue
        m = re.match(r"(?P<word>[A-Za-z]\w*)\s*(?P<args>\(.*\))?$", item, re.S)
        if not m:
            continue
        word, args = m.group("word").lower(), m.group("args")
        inside = args.strip()[1:-1].strip() if args else ""
        if word == "dimension" and args:
            decl["dimension"] = dimensions(inside)
        elif word == "intent":
            decl.setdefault("intent", []).extend(intents(inside))
        elif word in ("depend", "check") and args:
            decl.setdefault(word, []).extend(p.strip() for p in split_outside(inside))
        elif word == "note" and args:
            decl.setdefault("note", []).append(inside)
        else:
            decl["attrspec"].append(re.sub(r"\s+", "", item))
    return decl


def dimensions(inside):
    """The extents in a bracket, without blanks."""
    return [re.sub(r"\s+", "", d) if "'" not in d and '"' not in d else d.strip()
            for d in split_outside(inside)]


def intents(inside):
    """The words of an intent; `in out` is `inout`."""
    words = [re.sub(r"\s+", "", w) for w in split_outside(inside)]
    return ["inout" if w.lower() == "inout" else w for w in words if w]


def parse_entity(text):
    """`(name, dictionary)` of `name(dims)*len = value`, or None."""
    text = text.strip()
    m = _NAME.match(text)
    if not m:
        return None
    name, rest, decl = m.group(), text[m.end():].strip(), {}
    while rest:
        if rest[0] == "(":
            end = matching(rest, 0)
            if end < 0:
                return None
            decl["dimension"] = dimensions(rest[1:end - 1])
            rest = rest[end:].strip()
        elif rest[0] == "*":
            star = re.match(r"\*\s*(\d+|\w+|\()", rest)
            if not star:
                return None
            end = star.end() if star.group(1) != "(" else matching(rest, star.end() - 1)
            length = rest[1:end].replace(" ", "")
            if re.fullmatch(r"\(\d+\)", length):
                length = length[1:-1]
            decl["*"] = length
            rest = rest[end:].strip()
        elif rest.startswith("=>"):
            decl["="] = rest[2:].strip()
            rest = ""
        elif rest[0] == "=":
            decl["="] = rest[1:].strip()
            rest = ""
        elif rest[0] == "/" and rest.endswith("/") and len(rest) > 1:
            decl["="] = rest[1:-1].strip()
            rest = ""
        else:
            return None
    return name, decl


def parse_declaration(text):
    """A type declaration: `(type, attributes, [(name, entity), …])`, or None."""
    found = parse_type(text)
    if found is None:
        return None
    decl, rest = found
    at = find_outside(rest, "::")
    if at >= 0:
        attributes, entities = rest[:at].strip().lstrip(","), rest[at + 2:]
    else:
        attributes, entities = "", rest.strip()
        if entities.startswith(","):
            return None
    items = [parse_entity(e) for e in split_outside(entities) if e.strip()]
    if None in items:
        return None
    return decl, parse_attributes(attributes), items


def merge(var, decl):
    """Add what `decl` says to a variable's dictionary; later types win, lists are joined."""
    for key, value in decl.items():
        if key == "attrspec":
            mine = var.setdefault("attrspec", [])
            mine.extend(a for a in value if a not in mine)
        elif key in ("intent", "depend", "check", "note"):
            mine = var.setdefault(key, [])
            mine.extend(a for a in value if a not in mine)
            var.setdefault("attrspec", [])
        elif key in ("kindselector", "charselector"):
            var[key] = {**var.get(key, {}), **value}
        elif key == "dimension":
            var.setdefault("attrspec", [])
            # What a directive said of the extents outlives an assumed size.
            if "dimension" not in var or set(value) - {"*", ":"}:
                var[key] = value
        else:
            var[key] = value
    return var


def entity_declaration(decl, attributes, entity):
    """What one entity of a declaration is: type, attributes, and its own dimensions and length."""
    out = {k: dict(v) if isinstance(v, dict) else v for k, v in decl.items()}
    if any(attributes.values()):
        out.update({k: list(v) for k, v in attributes.items()})
    for key, value in entity.items():
        if key == "*":
            which = "charselector" if out.get("typespec") == "character" else "kindselector"
            out[which] = {"*": value}
        else:
            out[key] = value
    return out
