"""What declarations mean: the second half of reading Fortran.

Types of undeclared names, values of parameters and kinds, extents as C expressions, which scalar
follows from the shape of which array, and the signatures of call-back arguments.
"""
import copy
import re

from . import symbolic
from ._declarations import merge
from ._evaluate import (ENVIRONMENT_KINDS, evaluate, kind_of, parameter_value, parse_expression,
                        put_in, selected_int_kind, selected_real_kind, variables_in)
from ._unparse import interface_text

IMPLICIT = {c: {"typespec": "integer" if c in "ijklmn" else "real"}
            for c in "abcdefghijklmnopqrstuvwxyz$_"}
KIND_FUNCTIONS = {"kind": kind_of, "selected_int_kind": selected_int_kind,
                  "selected_real_kind": selected_real_kind}
ROUTINES = ("function", "subroutine")


class Analyzer:
    """Works through blocks from the outermost to the innermost."""

    def __init__(self, settings):
        self.say = settings["say"]
        self.known_kind = settings["known_kind"]
        self.rename = settings["rename"]
        self.module = settings.get("module", "")
        self.skipped = settings.get("skipped", [])
        self.modules = {}
        self.user_modules = []

    def run(self, blocks):
        """The finished outermost blocks."""
        if self.module and blocks and not any(b["block"] == "python module" for b in blocks):
            blocks = [self._wrapped(blocks)]
        self.say("Post-processing...\n")
        for block in blocks:
            self._block(block, "\t", {}, IMPLICIT)
        return [*self.user_modules, *blocks]

    def _wrapped(self, blocks):
        interface = {"block": "interface", "name": "unknown_interface", "from": f":{self.module}",
                     "body": blocks, "args": [], "externals": [], "vars": {}, "entry": {},
                     "interfaced": [b["name"] for b in blocks if b["block"] in ROUTINES]
                     + self.skipped}
        module = {"block": "python module", "name": self.module, "from": "", "args": [],
                  "body": [interface], "externals": [], "vars": {}, "entry": {},
                  "interfaced": interface["interfaced"]}
        interface["parent_block"] = module
        for block in blocks:
            block["parent_block"] = interface
            self._prefix_where(block)
        return module

    def _prefix_where(self, block):
        block["from"] = f":{self.module}:{block['from']}"
        for part in block["body"]:
            self._prefix_where(part)

    # one block

    def _block(self, block, tab, outer, implicit):
        kind = block["block"]
        if kind != "interface" or not block["name"].startswith("unknown"):
            self.say(f"{tab}Block: {block['name']}\n")
        if "implicit" in block:
            rules = block["implicit"]
            implicit = {} if rules is None else {**implicit, **rules}
        params = {**outer, **self._used(block)}
        params.update(self._parameters(block, params))
        if kind == "module":
            self.modules[block["name"]] = params
            self._access(block)
        if kind in ROUTINES:
            self._routine(block, tab, params, implicit)
        else:
            self._plain(block, params, implicit)
        for part in block["body"]:
            self._block(part, tab + "\t", params, implicit)
        if kind in ROUTINES:
            block["body"] = []
        for name in ("_calls", "_type", "_extra_args", "_private", "_public", "_intent"):
            block.pop(name, None)
        block["sortvars"] = sorted_names(block["vars"])

    def _used(self, block):
        """Parameters that USE statements bring in."""
        found = {}
        for name, used in block.get("use", {}).items():
            if name == "iso_fortran_env":
                table = ENVIRONMENT_KINDS
            else:
                table = self.modules.get(name, {})
            renamed = used.get("map") or {}
            if used.get("only"):
                found.update({n: table[m] for n, m in renamed.items() if m in table})
            else:
                found.update(table)
                found.update({n: table[m] for n, m in renamed.items() if m in table})
        return found

    def _parameters(self, block, outer):
        params = {}
        for name, var in block["vars"].items():
            if "parameter" not in var.get("attrspec", ()) or "=" not in var:
                continue
            known = {**outer, **params}
            dimspec = f"({','.join(var['dimension'])})" if var.get("dimension") else None
            try:
                value = parameter_value(var["="], KIND_FUNCTIONS, known, dimspec)
            except ValueError:
                continue
            if isinstance(value, str) and not var["="].strip()[:1] in "'\"":
                continue
            if isinstance(value, float) and var.get("typespec", "real") == "integer":
                value = int(value)
            params[name] = value
            if isinstance(value, int) and not isinstance(value, bool) \
                    and not re.search(r"kind", var["="], re.I) and dimspec is None:
                var["="] = str(value)
        return params

    def _access(self, block):
        """PUBLIC and PRIVATE of a module; private routines are dropped."""
        default = "private" if block.get("_private") else "public" if block.get("_public") else None
        routines = [b["name"] for b in block["body"] if b["block"] in ROUTINES]
        if default:
            for name in routines:
                block["vars"].setdefault(name, {}).setdefault("attrspec", [])
            for name, var in block["vars"].items():
                attrs = var.setdefault("attrspec", [])
                if not {"public", "private"} & set(attrs):
                    attrs.append(default)
        hidden = {n for n, v in block["vars"].items() if "private" in v.get("attrspec", ())}
        block["body"] = [b for b in block["body"]
                         if b["block"] not in ROUTINES or b["name"] not in hidden]
        block["interfaced"] = [n for n in block["interfaced"] if n not in hidden]

    def _plain(self, block, params, implicit):
        names = set(block["vars"])
        for name, var in block["vars"].items():
            if "typespec" not in var and (block["block"] == "block data" or "dimension" in var):
                self._imply(name, var, implicit)
            self._kind(var, params)
            self._extents(name, var, params, names)
            self._default(var)

    @staticmethod
    def _default(var):
        attrs = var.get("attrspec", [])
        if "=" in var and not {"optional", "required"} & set(attrs):
            var["attrspec"] = [*attrs, "optional"]

    @staticmethod
    def _imply(name, var, implicit):
        if "typespec" not in var and name[0].lower() in implicit:
            merge(var, copy.deepcopy(implicit[name[0].lower()]))

    def _kind(self, var, params):
        """Kinds and lengths that are known as numbers become them."""
        selector = var.get("kindselector")
        if selector and "kind" in selector:
            selector["kind"] = self._kind_value(var["typespec"], selector["kind"], params)
        selector = var.get("charselector")
        if selector:
            for key in ("*", "len", "kind"):
                if key in selector and selector[key] not in ("(*)", "*", ":"):
                    expression = parse_expression(selector[key])
                    if expression is not None:
                        expression = put_in(expression, params)
                        if expression.op is symbolic.Op.INTEGER:
                            selector[key] = str(expression.data[0])

    def _kind_value(self, typespec, text, params):
        if text.isdigit() or self.known_kind(typespec, text.lower()):
            return text
        try:
            value = evaluate(text, {**KIND_FUNCTIONS, **params})
        except ValueError:
            return text
        return str(value) if isinstance(value, int) else text

    # routines

    def _routine(self, block, tab, params, implicit):
        block["args"] += [a for a in block.get("_extra_args", ()) if a not in block["args"]]
        self._types(block, implicit)
        for var in block["vars"].values():
            self._kind(var, params)
        if block.get("parent_block", {}).get("block"):
            block["saved_interface"] = interface_text(
                {**block, "vars": self._relevant(block, copy.deepcopy(block["vars"])),
                 "body": []})
        self._callbacks(block, tab, params, implicit)
        names = set(block["vars"])
        for name, var in block["vars"].items():
            self._default(var)
            self._extents(name, var, params, names)
        if not self._is_signature(block):
            Solver(block).run()
        else:
            self._written_depends(block)
        self._intents(block)
        members = [m for c in block.get("common", {}).values() for m in c]
        if members:
            block["commonvars"] = members
        block["vars"] = self._relevant(block, block["vars"])

    @staticmethod
    def _is_signature(block):
        """Whether a routine stands in a signature file, whose author has said everything."""
        return re.sub(r":.*", "", block["from"].lstrip(":")).endswith(".pyf") \
            or ".pyf:" in block["from"] or block["from"].endswith(".pyf")

    @staticmethod
    def _written_depends(block):
        """`n = shape(a,0)` depends on `a` even where that is not said."""
        Solver(block).run(solve=False)

    def _types(self, block, implicit):
        variables = block["vars"]
        if block["block"] == "function":
            result = block.get("result", block["name"])
            var = variables.setdefault(result, {})
            if "_type" in block and "typespec" not in var:
                merge(var, copy.deepcopy(block["_type"]))
            named = variables.get(block["name"])
            if result != block["name"] and named:
                if "typespec" in named and "typespec" not in var:
                    merge(var, named)
                del variables[block["name"]]
            if "typespec" not in var:
                merge(var, {"typespec": "real"} if not implicit else {})
                self._imply(result, var, implicit)
        for name in block["args"]:
            var = variables.setdefault(name, {})
            if name not in block["externals"]:
                self._imply(name, var, implicit)
        for members in block.get("common", {}).values():
            for name in members:
                self._imply(name, variables.setdefault(name, {}), implicit)
        for name in block["externals"]:
            merge(variables.setdefault(name, {}), {"attrspec": ["external"]})

    @staticmethod
    def _relevant(block, variables):
        """The variables a caller has to do with."""
        keep = {*block["args"], block.get("result", block["name"])}
        keep.update(m for c in block.get("common", {}).values() for m in c)
        keep.update(n for n, v in variables.items() if "callback" in v.get("intent", ()))
        queue = list(keep)
        while queue:
            var = variables.get(queue.pop(), {})
            for other in (*var.get("depend", ()), *mentioned(var, variables)):
                if other in variables and other not in keep:
                    keep.add(other)
                    queue.append(other)
        return {n: v for n, v in variables.items() if n in keep}

    def _extents(self, name, var, params, names):
        """Extents as C expressions of a count."""
        if "dimension" in var:
            var["dimension"] = [extent(d, params) for d in var["dimension"]]
        if "=" in var and "parameter" not in var.get("attrspec", ()):
            expression = parse_expression(var["="])
            if expression is not None and params \
                    and set(variables_in(expression)) & set(params):
                var["="] = put_in(expression, params).tostring(language=symbolic.Language.C)

    @staticmethod
    def _intents(block):
        for name in block["args"]:
            words = block["vars"][name].get("intent", [])
            if {"in", "inout"} <= set(words):
                words.remove("in")

    # call-backs

    def _callbacks(self, block, tab, params, implicit):
        """A `__user__routines` module for the dummy procedures of a routine."""
        explicit = {r["name"]: r for b in block["body"] if b["block"] == "interface"
                    for r in b["body"]}
        mapped = {n for u, used in block.get("use", {}).items() if "__user__" in u
                  for n in used.get("map", {})}
        routines = []
        for name in block["args"]:
            is_external = name in block["externals"] or name in explicit
            if not is_external or name in mapped or self._uses_user_module(block):
                continue
            if name not in block["externals"]:
                block["externals"].append(name)
            merge(block["vars"][name], {"attrspec": ["external"]})
            if name in explicit:
                routine = explicit[name]
            else:
                routine = self._inferred(block, name, implicit)
            routines.append(routine)
        if not routines:
            return
        module = f"{block['name']}__user__routines"
        for routine in routines:
            self._block(routine, tab + "\t\t", params, implicit)
        interface = {"block": "interface", "body": routines, "vars": {},
                     "name": f"{block['name']}_user_interface"}
        self.user_modules.append({
            "block": "python module", "body": [interface], "vars": {}, "name": module,
            "interfaced": [r["name"] for r in routines]})
        block.setdefault("use", {})[module] = {}

    @staticmethod
    def _uses_user_module(block):
        return any("__user__" in u and not used.get("map")
                   for u, used in block.get("use", {}).items())

    def _inferred(self, block, name, implicit):
        """The signature of a dummy procedure from how it is called."""
        kind, values, target = block.get("_calls", {}).get(name, ("subroutine", [], None))
        variables = block["vars"]
        if name in variables and "typespec" in variables[name]:
            kind = "function"
        routine = {"block": kind, "name": name, "args": [], "body": [], "externals": [],
                   "interfaced": [], "vars": {}, "entry": {},
                   "from": f"{block['from']}:{block['name']}:unknown_interface",
                   "parent_block": {"block": "interface"}}
        for value in values:
            arg, var = self._argument(value, block, implicit)
            while arg in routine["args"]:
                arg += "_"
            routine["args"].append(arg)
            routine["vars"][arg] = var
        if kind == "function":
            own = {k: copy.deepcopy(v) for k, v in variables.get(name, {}).items()
                   if k in ("typespec", "kindselector", "charselector")}
            result = target if target and target in variables and target not in routine["args"] \
                else name
            theirs = copy.deepcopy(variables.get(result, {})) if result != name else {}
            theirs.pop("=", None)
            theirs.pop("dimension", None)
            if not own:
                own = {k: theirs[k] for k in ("typespec", "kindselector", "charselector")
                       if k in theirs}
            if not own:
                self._imply(name, own, implicit or IMPLICIT)
            if result != name:
                routine["result"] = result
            routine["vars"][result] = {**{k: v for k, v in theirs.items() if k in (
                "attrspec", "intent")}, **own}
        return routine

    def _argument(self, value, block, implicit):
        """`(name, variable)` for an actual argument."""
        variables = block["vars"]
        base = re.match(r"[A-Za-z_$][\w$]*", value)
        name = base.group() if base else ""
        if name == value:
            var = copy.deepcopy(variables.get(name, {}))
            for key in ("=", "check", "depend"):
                var.pop(key, None)
            if var.get("intent") and "callback" in var["intent"]:
                var["intent"] = []
            if "attrspec" in var:
                var["attrspec"] = [a for a in var["attrspec"] if a not in ("optional", "required",
                                                                          "parameter")]
            self._imply(name, var, implicit or IMPLICIT)
            return name, var
        if name in variables and "dimension" in variables[name]:
            var = {k: copy.deepcopy(v) for k, v in variables[name].items()
                   if k in ("typespec", "kindselector", "charselector")}
        elif re.fullmatch(r"[+-]?\d+(_\w+)?", value):
            var = {"typespec": "integer"}
        elif value[:1] in "'\"":
            var = {"typespec": "character", "charselector": {"*": "(*)"}}
        elif re.fullmatch(r"\.(true|false)\.", value, re.I):
            var = {"typespec": "logical"}
        elif re.search(r"\d[dD][+-]?\d", value):
            var = {"typespec": "double precision"}
        else:
            expression = parse_expression(value)
            types = [variables[n] for n in (variables_in(expression) if expression else ())
                     if n in variables and "typespec" in variables[n]]
            var = {k: copy.deepcopy(v) for k, v in (types or [{"typespec": "real"}])[0].items()
                   if k in ("typespec", "kindselector", "charselector")}
        return f"e_{re.sub(r'[^A-Za-z0-9_]+', '_', value)}_e", var


def mentioned(var, variables):
    """Names of `variables` in the extents, value and length of `var`."""
    texts = [*var.get("dimension", ()), *(var.get("charselector") or {}).values()]
    if "parameter" not in var.get("attrspec", ()):
        texts.append(var.get("=", ""))
    words = {w for t in texts if isinstance(t, str)
             for w in re.findall(r"[A-Za-z_$][\w$]*", re.sub(r"'[^']*'|\"[^\"]*\"", "", t))}
    return [n for n in variables if n in words]


def extent(text, params):
    """`lower:upper`, a count, `*` or `:` as the C expression of a count."""
    text = text.strip()
    if text in ("*", ":", ".."):
        return text
    lower, sign, upper = _split_bounds(text)
    if sign:
        if upper in ("*", ""):
            return "*" if upper else ":"
        low, high = parse_expression(lower), parse_expression(upper)
        if low is None or high is None:
            return f"({upper}) - ({lower}) + 1"
        expression = put_in(high, params) - put_in(low, params) + 1
    else:
        expression = parse_expression(text)
        if expression is None:
            return text
        expression = put_in(expression, params)
    return expression.tostring(language=symbolic.Language.C)


def _split_bounds(text):
    depth = question = 0
    for i, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c == "?":
            question += 1
        elif c == ":" and not depth:
            if question:
                question -= 1
                continue
            return text[:i].strip(), ":", text[i + 1:].strip()
    return text, "", ""


def sorted_names(variables):
    """Names in an order in which each comes after those it depends on."""
    order = [n for n in variables if not variables[n].get("depend")]
    rest = [n for n in variables if n not in order]
    while rest:
        ready = [n for n in rest
                 if all(d in order or d not in variables for d in variables[n]["depend"])]
        if not ready:
            ready = rest[:1]
        order += ready
        rest = [n for n in rest if n not in ready]
    return order


class Solver:
    """Which integers follow from the shape of an argument, and what depends on what."""

    def __init__(self, block):
        self.vars = block["vars"]
        self.args = block["args"]
        self.result = block.get("result", block["name"])

    def run(self, solve=True):
        """Fill `=`, `check`, `depend` and the words optional and required."""
        arrays = [n for n in self.vars if self.vars[n].get("dimension")]
        if solve:
            for name in arrays:
                self._determine(name)
        for name in arrays:
            self._depend(name, solve)
        for name in self.vars:
            self._scalar_depend(name)

    def _is_input(self, var):
        words = set(var.get("intent", ()))
        if "hide" in words or "allocatable" in var.get("attrspec", ()):
            return False
        return not words & {"out", "cache"} or bool(words & {"in", "inout", "inplace", "copy",
                                                             "overwrite"})

    def _is_count(self, name):
        var = self.vars.get(name)
        return var is not None and name in self.args and "dimension" not in var \
            and var.get("typespec") == "integer"

    def _symbols(self, extent_text):
        expression = parse_expression(extent_text)
        if expression is None:
            words = re.findall(r"[A-Za-z_$][\w$]*", extent_text)
            return None, [w for w in dict.fromkeys(words) if w in self.vars]
        names = [s.data for s in expression.symbols() if s.data in self.vars]
        return expression, sorted(names, key=list(self.vars).index)

    def _determine(self, name):
        """Solve extents of one unknown for it."""
        var = self.vars[name]
        if name not in self.args or not self._is_input(var):
            return
        for i, text in enumerate(var["dimension"]):
            if text in ("*", ":", ".."):
                continue
            expression, names = self._symbols(text)
            if expression is None or len(names) != 1 or not self._is_count(names[0]):
                continue
            count = self.vars[names[0]]
            if "=" in count or "required" in count.get("attrspec", ()) or name in names:
                continue
            shape = symbolic.as_symbol("shape")(symbolic.as_symbol(name), symbolic.as_number(i))
            symbol = symbolic.as_symbol(names[0])
            try:
                a, b = expression.linear_solve(symbol)
            except RuntimeError:
                continue
            if a == symbolic.as_number(0):
                continue
            value = ((shape - b) / a).tostring(language=symbolic.Language.C)
            size = shape.tostring(language=symbolic.Language.C)
            merge(count, {"=": value, "check": [f"{size} == {text}"], "depend": [name],
                          "attrspec": ["optional"]})

    def _reaches(self, start, goal, seen=()):
        """Whether `start` depends on `goal`."""
        depends = self.vars.get(start, {}).get("depend", ())
        return goal in depends or any(
            self._reaches(d, goal, (*seen, start)) for d in depends if d not in seen)

    def _depend(self, name, solve):
        """An array depends on the scalars in its extents that it does not determine."""
        var = self.vars[name]
        for i, text in enumerate(var["dimension"]):
            if text in ("*", ":", ".."):
                continue
            _, names = self._symbols(text)
            for other in names:
                if other == name or self._reaches(other, name):
                    continue
                count = self.vars[other]
                if solve and self._is_count(other) and name in self.args \
                        and self._is_input(var) and "=" not in count:
                    words = count.setdefault("intent", [])
                    if not {"in", "inout", "hide"} & set(words):
                        words.append("in")
                    attrs = count.setdefault("attrspec", [])
                    if "required" not in attrs:
                        attrs.append("required")
                    merge(var, {"check": [f"shape({name}, {i}) == {text}"]})
                if other not in var.get("depend", ()):
                    var.setdefault("depend", []).append(other)

    def _scalar_depend(self, name):
        var = self.vars[name]
        for other in mentioned({k: v for k, v in var.items() if k != "dimension"}, self.vars):
            if other != name and other in self.args and not self._reaches(other, name) \
                    and other not in var.get("depend", ()):
                var.setdefault("depend", []).append(other)
