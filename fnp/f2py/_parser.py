"""Statements as nested blocks: the first half of reading Fortran.

A block is a dictionary: `block` (its kind), `name`, `from` (where), `args`, `body` (blocks in it),
`vars` (name -> what was declared), `externals`, `interfaced`, and more where a statement says so.
Executable statements are passed over, but for calls of dummy procedures, whose signatures are
kept under `_calls` for the second half (`_analyze`).
"""
import re

from ._declarations import (dimensions, entity_declaration, find_outside, intents, matching, merge,
                            parse_attributes, parse_declaration, parse_entity, parse_type,
                            split_outside)
from ._reader import TRIPLE

_END = re.compile(
    r"end\s*(?P<what>python\s*module|abstract\s*interface|block\s*data|module|submodule|interface"
    r"|subroutine|function|program|type|procedure)?(?:\s+\S.*|\s*|\(.*)$", re.I)
_END_OTHER = re.compile(
    r"end\s*(if|do|where|select|associate|forall|enum|block(?!\s*data)|critical|file|team)\b", re.I)
_HEADS = (
    ("python module", re.compile(r"python\s*module\s+(?P<name>[\w$]+)\s*$", re.I)),
    ("block data", re.compile(r"block\s*data\b\s*(?P<name>[\w$]*)\s*$", re.I)),
    ("module", re.compile(r"module\s+(?!procedure\b)(?P<name>[\w$]+)\s*$", re.I)),
    ("submodule", re.compile(r"submodule\s*\(.*\)\s*(?P<name>[\w$]+)\s*$", re.I)),
    ("program", re.compile(r"program\s+(?P<name>[\w$]+)\s*$", re.I)),
    ("abstract interface", re.compile(r"abstract\s*interface\s*(?P<name>)$", re.I)),
    ("interface", re.compile(r"interface\b\s*(?P<name>operator\s*\(.*\)|assignment\s*\(.*\)"
                             r"|(?:read|write)\s*\(.*\)|[\w$]*)\s*$", re.I)),
    ("type", re.compile(r"type\s*(?P<attrs>(?:,[^:]*)?)(?:::|\s)\s*(?P<name>[A-Za-z][\w$]*)\s*$",
                        re.I)),
)
_ROUTINE = re.compile(
    r"(?P<prefix>(?:(?:[^'\"=()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*?(?<=[\s)]))?)(?P<kind>subroutine|function)\s+(?P<name>[\w$]+)\s*"
    r"(?P<rest>(?:\(|result\b|bind\b).*)?$", re.I)
_PREFIX_WORD = re.compile(
    r"\b(pure|impure|elemental|recursive|non_recursive|module|extern)\b", re.I)
_ENHANCEMENT = re.compile(
    r"(threadsafe|fortranname|callstatement|callprotoargument|usercode|pymethoddef)\b\s*(.*)$",
    re.I | re.S)
_ASSIGNMENT = re.compile(r"[A-Za-z_$][\w$%]*\s*(\([^=]*\))?\s*=(?![=>])")
_CALL = re.compile(r"call\s+(?P<name>[\w$]+)\s*(?P<args>\(.*\))?\s*$", re.I)
_ATTRIBUTES = re.compile(
    r"(?P<word>dimension|allocatable|pointer|target|external|intrinsic|optional|required|private"
    r"|public|save|value|volatile|contiguous|protected|asynchronous|intent\s*\([^)]*\)"
    r"|depend\s*\([^)]*\)|check\s*\(|note\s*\()", re.I)
_ROUTINES = ("function", "subroutine")
_HOLDERS = ("module", "python module", "interface", "abstract interface", "program", "block data",
            "submodule", "", *_ROUTINES)


class Parser:
    """Builds blocks from statements."""

    def __init__(self, rename, say, keep=None, complain=None, module="", taken=None):
        self.rename = rename
        self.say = say
        self.complain = complain or (lambda statement, message: None)
        self.keep = keep or (lambda name: True)
        self.module = module
        self.root = self._block("", "", "")
        self.stack = [self.root]
        self.skipped = []
        self.taken = taken or {}

    # blocks

    @staticmethod
    def _block(kind, name, where):
        return {"block": kind, "name": name, "from": where, "args": [], "body": [],
                "externals": [], "interfaced": [], "vars": {}, "entry": {}}

    @property
    def here(self):
        return self.stack[-1]

    def _where(self, file):
        names = [b["name"] for b in self.stack[1:]]
        outer = self.stack[1]["from"] if len(self.stack) > 1 else file
        return ":".join([outer, *names])

    def open(self, kind, name, file):
        block = self._block(kind, name, self._where(file))
        block["parent_block"] = self.here
        self.stack.append(block)
        return block

    def close(self, statement=None):
        if len(self.stack) == 1:
            return
        block = self.stack.pop()
        if block["block"] in _ROUTINES and block["parent_block"]["block"] != "python module" \
                and not self.keep(block["name"]) and not self._is_callback_interface():
            if self.here["block"] in ("interface", "abstract interface"):
                self.here["interfaced"].append(block["name"])
            elif not self.here["block"]:
                self.skipped.append(block["name"])
            return
        self.here["body"].append(block)
        if block["block"] in _ROUTINES and self.here["block"] in ("interface",
                                                                  "abstract interface"):
            self.here["interfaced"].append(block["name"])
            if len(self.stack) > 1:
                self.stack[-2].setdefault("interfaced", []).append(block["name"])

    def _is_callback_interface(self):
        return any("__user__" in b["name"] or b["block"] in _ROUTINES for b in self.stack[1:])

    def finish(self):
        """The outermost blocks, after the last statement."""
        while len(self.stack) > 1:
            self.say(f"Mismatch of blocks encountered: {self.here['block']} "
                     f"{self.here['name']} has no end.\n")
            self.close()
        return self.root["body"]

    # statements

    def feed(self, statement):
        """Take one statement."""
        text = re.sub(r"^\s*\d+\s+(?=[A-Za-z])", "", statement.text).strip()
        if not text:
            return
        if _END_OTHER.match(text) and not text[3:].lstrip().startswith("="):
            return
        m = _END.match(text)
        if m and not _ASSIGNMENT.match(text) and self._ends(m):
            self.close(statement)
            return
        if self._enhancement(text) or self._head(text, statement):
            return
        if self._module_procedure(text):
            return
        if _ASSIGNMENT.match(text) and parse_type(text) is None:
            self._execute(text)
            return
        for handler in (self._declaration, self._specification, self._attributes):
            if handler(text, statement):
                return
        self._execute(text)

    def _ends(self, m):
        return m.group("what") is not None or re.fullmatch(r"end", m.group().strip(), re.I)

    def _enhancement(self, text):
        m = _ENHANCEMENT.match(text)
        if not m:
            return False
        word, rest = m.group(1).lower(), m.group(2)
        kept = self.here.setdefault("f2pyenhancements", {})
        if word in kept and TRIPLE in rest:
            previous = kept[word]
            kept[word] = (previous if isinstance(previous, list) else [previous]) + [rest]
        else:
            kept[word] = rest
        return True

    def _head(self, text, statement):
        if _ASSIGNMENT.match(text):
            return False
        for kind, pattern in _HEADS:
            m = pattern.match(text)
            if m and self.here["block"] in _HOLDERS:
                if kind == "type" and m.group("name").lower() in ("is", "default"):
                    return False
                self._open_named(kind, m, statement)
                return True
        m = _ROUTINE.match(text)
        if m and self.here["block"] in _HOLDERS and self._is_prefix(m.group("prefix")):
            self._open_routine(m, statement)
            return True
        return False

    def _open_named(self, kind, m, statement):
        name = re.sub(r"\s+", "", m.group("name"))
        holder = self.here
        if kind == "type":
            attrs = [a.strip() for a in split_outside(m.group("attrs")) if a.strip()]
            entry = holder["vars"].setdefault(name, {})
            merge(entry, {"attrspec": [re.sub(r"\s+", "", a) for a in attrs]})
        block = self.open(kind, name or f"unknown_{kind.replace(' ', '_')}", statement.file)
        if kind == "type":
            block["varnames"] = []

    @staticmethod
    def _is_prefix(prefix):
        bare = _PREFIX_WORD.sub("", prefix).strip()
        if not bare:
            return True
        found = parse_type(bare)
        return found is not None and not found[1].strip()

    def _open_routine(self, m, statement):
        name, = self.rename([m.group("name")])
        block = self.open(m.group("kind").lower(), name, statement.file)
        prefix = m.group("prefix").strip()
        rest = (m.group("rest") or "").strip()
        if rest.startswith("("):
            end = matching(rest, 0)
            names = [re.sub(r"\s+", "", a) for a in split_outside(rest[1:end - 1])]
            block["args"] = self.rename([n for n in names if n and n != "*"])
            rest = rest[end:]
        result = re.search(r"\bresult\s*\(\s*([\w$]+)\s*\)", rest, re.I)
        if result and block["block"] == "function":
            block["result"], = self.rename([result.group(1)])
        bind = re.search(r"\bbind\s*\((.*?)\)", rest, re.I)
        if bind:
            named = re.search(r"name\s*=\s*(['\"])(.*?)\1", bind.group(1), re.I)
            if named:
                block["bindlang"] = {name: {"lang": "c", "name": named.group(2)}}
            block["_bind"] = named.group(2) if named else name
        words = _PREFIX_WORD.findall(prefix)
        kind = _PREFIX_WORD.sub("", prefix).strip()
        if prefix:
            block["prefix"] = prefix
        if kind and block["block"] == "function":
            block["_type"] = parse_type(kind)[0]
            del block["prefix"]
            block["prefix"] = " ".join([kind, *words])

    def _module_procedure(self, text):
        m = re.match(r"(?:module\s+)?procedure\b(?P<attrs>[^()]*?)(?:::)?\s*(?P<names>[\w$,\s]+)$",
                     text, re.I)
        if not m or self.here["block"] != "interface":
            return False
        self.here.setdefault("implementedby", []).extend(
            n.strip() for n in m.group("names").split(",") if n.strip())
        return True

    def variable(self, name):
        """The dictionary of a variable of the block at hand."""
        name, = self.rename([name])
        return self.here["vars"].setdefault(name, {})

    def _declaration(self, text, statement):
        if re.match(r"procedure\s*\(", text, re.I):
            return True
        found = parse_declaration(text)
        if found is None:
            return False
        decl, attributes, items = found
        attrs = attributes["attrspec"]
        for name, entity in items:
            renamed, = self.rename([name])
            if "external" in attrs and renamed not in self.here["externals"]:
                self.here["externals"].append(renamed)
            full = entity_declaration(decl, attributes, entity)
            old = self.here["vars"].get(renamed, {})
            if old.get("typespec") == "character" == full["typespec"] and statement.directive \
                    and not full.get("charselector"):
                full.pop("charselector", None)
            elif old.get("typespec") not in (None, full["typespec"]):
                old.pop("kindselector", None)
                old.pop("charselector", None)
            merge(self.variable(name), full)
            if self.here["block"] == "type":
                self.here["varnames"].append(renamed)
        if "intent" in attributes and "callback" in attributes["intent"]:
            self._callback_argument(items, statement)
        return True

    def _specification(self, text, statement):
        m = re.match(r"([A-Za-z]+)", text)
        word = m.group(1).lower() if m else ""
        handler = getattr(self, f"_take_{word}", None)
        return handler is not None and handler(text[len(word):], statement) is not False

    def _take_contains(self, rest, statement):
        return not rest.strip()

    def _take_use(self, rest, statement):
        m = re.match(r"\s*(?:,[^:]*)?(?:::)?\s*([\w$]+)\s*(?:,\s*(only\s*:)?(.*))?$", rest, re.I)
        if not m or not rest[:1].isspace() and rest[:1] not in ",:":
            return False
        used = self.here.setdefault("use", {}).setdefault(m.group(1).lower(), {})
        if m.group(3) is not None:
            if m.group(2):
                used["only"] = 1
            names = used.setdefault("map", {})
            for item in split_outside(m.group(3)):
                local, _, name = item.partition("=>")
                if local.strip():
                    names[local.strip()] = (name or local).strip()
        return True

    def _take_implicit(self, rest, statement):
        if rest.strip().lower().startswith("none"):
            self.here["implicit"] = None
            return True
        rules = self.here.get("implicit") or {}
        for item in split_outside(rest):
            m = re.match(r"(?P<type>.*)\((?P<letters>[^()]*)\)\s*$", item.strip())
            found = m and parse_type(m.group("type").strip() or "")
            if not found:
                return False
            for letters in m.group("letters").split(","):
                first, _, last = (x.strip().lower() for x in letters.partition("-"))
                for code in range(ord(first), ord(last or first) + 1):
                    rules[chr(code)] = found[0]
        self.here["implicit"] = rules
        return True

    def _take_parameter(self, rest, statement):
        rest = rest.strip()
        if not rest.startswith("("):
            return False
        for item in split_outside(rest[1:matching(rest, 0) - 1]):
            name, sign, value = item.partition("=")
            if sign:
                merge(self.variable(name.strip()),
                      {"attrspec": ["parameter"], "=": value.strip()})
        return True

    def _take_common(self, rest, statement):
        name = "_BLNK_"
        commons = self.here.setdefault("common", {})
        parts = re.split(r"/\s*([\w$]*)\s*/", rest) if "/" in rest.split("(")[0] \
            else ["", "", rest]
        if parts[0].strip():
            parts = ["", "", parts[0], *parts[1:]]
        for name, items in zip(parts[1::2], parts[2::2]):
            block = commons.setdefault(name or "_BLNK_", [])
            for item in split_outside(items):
                entity = parse_entity(item)
                if entity:
                    renamed, = self.rename([entity[0]])
                    block.append(renamed)
                    merge(self.variable(entity[0]), entity_declaration({}, {}, entity[1]))
        return True

    def _take_data(self, rest, statement):
        if not rest[:1].isspace():
            return False
        parts = _data_groups(rest)
        if parts is None:
            return True
        for names, values in parts:
            self._assign_data(names, values)
        return True

    def _assign_data(self, names, values):
        plain = [n.strip() for n in split_outside(names)]
        if not all(re.fullmatch(r"[A-Za-z_$][\w$]*", n) for n in plain):
            return
        items = _data_items(values)
        if items is None:
            return
        at = 0
        for name in plain:
            var = self.variable(name)
            many = "dimension" in var
            count = len(items) - at if many and name == plain[-1] else 1
            if many and name != plain[-1]:
                sizes = [int(d) if d.isdigit() else None for d in var["dimension"]]
                if None in sizes:
                    return
                count = 1
                for size in sizes:
                    count *= size
            mine = items[at:at + count]
            at += count
            if mine:
                var["="] = f"(/{', '.join(mine)}/)" if many else mine[0].strip()

    def _take_save(self, rest, statement):
        return not rest.strip() or rest[:1].isspace() or rest.startswith("::")

    def _take_entry(self, rest, statement):
        m = re.match(r"\s+([\w$]+)\s*(?:\((.*)\))?", rest)
        if not m:
            return False
        args = [a.strip() for a in split_outside(m.group(2) or "") if a.strip()]
        self.here["entry"][m.group(1)] = args
        return True

    def _take_format(self, rest, statement):
        return rest.lstrip().startswith("(")

    def _take_namelist(self, rest, statement):
        return True

    _take_equivalence = _take_import = _take_namelist

    def _attributes(self, text, statement):
        """`intent(in) a, b`, `optional :: x`, `check(n>0) n`, `dimension a(3)` and their like."""
        m = _ATTRIBUTES.match(text)
        if not m:
            return False
        word = m.group("word").lower()
        end = m.end()
        if word.endswith("("):
            end = matching(text, m.end() - 1)
            if end < 0:
                return False
        attribute, rest = text[:end].strip(), text[end:]
        if rest[:1].isalnum() or rest[:1] == "_":
            return False
        more = []
        while rest.lstrip().startswith(",") and "::" in rest:
            at = find_outside(rest, "::")
            more.append(rest[:at].strip(" ,"))
            rest = rest[at:]
        rest = rest.strip().removeprefix("::").strip()
        attributes = parse_attributes(",".join([attribute, *more]))
        if word == "dimension":
            attributes["attrspec"].remove("dimension")
        if word in ("private", "public") and not rest:
            self.here[f"_{word}"] = True
            return True
        if word.startswith("intent") and not rest and intents(attribute[7:-1]):
            for name in self.here["args"]:
                merge(self.variable(name), attributes)
            self.here.setdefault("_intent", []).extend(attributes["intent"])
            return True
        items = [(parse_entity(e) or _operator(e)) for e in split_outside(rest) if e.strip()]
        if None in items:
            return word not in ("dimension", "value", "target", "save")
        for name, entity in items:
            self._attribute(word, attributes, name, entity)
        if "callback" in attributes.get("intent", ()):
            self._callback_argument(items, statement)
        return True

    def _attribute(self, word, attributes, name, entity):
        renamed, = self.rename([name])
        if word == "external" and renamed not in self.here["externals"]:
            self.here["externals"].append(renamed)
        if word.startswith("intent") and renamed == self.here["name"] \
                and self.here["block"] in _ROUTINES:
            self.here.setdefault("intent", []).extend(attributes["intent"])
            if self.here["block"] == "subroutine":
                return
        if word.startswith(("intent", "depend", "check")):
            entity = {k: v for k, v in entity.items() if k != "dimension"}
        merge(self.variable(name), entity_declaration({}, attributes, entity))

    def _callback_argument(self, items, statement):
        for name, _ in items:
            renamed, = self.rename([name])
            merge(self.variable(name), {"attrspec": ["external"]})
            if renamed not in self.here["externals"]:
                self.here["externals"].append(renamed)
            hidden = "hide" in self.here["vars"][renamed].get("intent", ())
            if renamed not in self.here["args"]:
                self.complain(statement, "missing __user__ module (could be nothing)")
                if not hidden or renamed not in self.here["args"]:
                    shown = f"appending intent(callback) {renamed} to {self.here['name']} arguments"
                    self.complain(statement, shown)
                    self.here.setdefault("_extra_args", []).append(renamed)

    def _execute(self, text):
        """Remember how dummy procedures are called."""
        if self.here["block"] not in _ROUTINES:
            return
        text = re.sub(r"^(else\s*)?if\s*\(", "if(", text, flags=re.I)
        if text.startswith("if("):
            end = matching(text, 2)
            self._functions_in(text[2:end] if end > 0 else text, None)
            text = text[end:].strip() if end > 0 else ""
        m = _CALL.match(text)
        calls = self.here.setdefault("_calls", {})
        if m:
            name = self.taken.get(m.group("name"), m.group("name"))
            inside = (m.group("args") or "()")[1:-1]
            calls.setdefault(name, ("subroutine", _arguments(inside), None))
            self._functions_in(inside, None)
            return
        m = _ASSIGNMENT.match(text)
        target = re.match(r"[\w$]+", text).group() if m else None
        self._functions_in(text[m.end():] if m else text, target)

    def _functions_in(self, text, target):
        calls = self.here.setdefault("_calls", {})
        for m in re.finditer(r"(?<![\w$%])([A-Za-z_$][\w$]*)\s*\(", text):
            end = matching(text, m.end() - 1)
            if end > 0:
                name = self.taken.get(m.group(1), m.group(1))
                calls.setdefault(name, ("function", _arguments(text[m.end():end - 1]), target))


def _operator(text):
    m = re.fullmatch(r"\s*((?:operator|assignment)\s*\(.*\))\s*", text, re.I)
    return (re.sub(r"\s+", "", m.group(1)), {}) if m else None


def _arguments(inside):
    return [a.strip() for a in split_outside(inside) if a.strip() and not a.strip()[0] == "*"]


def _data_groups(rest):
    """[(names, values)] of a DATA statement, or None."""
    groups, position = [], 0
    while rest[position:].strip(" ,"):
        first = find_outside(rest[position:], "/")
        if first < 0:
            return None
        second = find_outside(rest[position + first + 1:], "/")
        if second < 0:
            return None
        names = rest[position:position + first].strip(" ,")
        groups.append((names, rest[position + first + 1:position + first + 1 + second]))
        position += first + second + 2
    return groups


def _data_items(values):
    """The values of a DATA group with repetitions written out."""
    values = values.strip()
    raw = split_outside(values)
    if "(" in values:
        raw = [r.strip() for r in raw]
    items = []
    for item in raw:
        m = re.fullmatch(r"(\s*)(\d+)\s*\*\s*(.+)", item, re.S)
        items += [m.group(1) + m.group(3)] * int(m.group(2)) if m else [item]
    return items


__all__ = ["Parser", "dimensions"]
