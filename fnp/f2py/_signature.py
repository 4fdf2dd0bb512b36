"""A routine as Python calls it: its arguments by role, its signature and documentation."""
import re

from . import _ctypes_table, _model

TEXT = "NPY_STRING"


class Argument:
    """One argument of a routine, with what the wrapper has to know of it."""

    def __init__(self, name, var, ctype):
        self.name = name
        self.var = var
        self.intents = set(_model.intents(var))
        self.callback = _model.is_external(var)
        self.array = _model.is_array(var)
        self.character = _model.is_character(var) and not self.callback
        self.string = _model.is_string_type(var) and not self.callback
        self.scalar = not (self.array or self.callback or self.string or self.character)
        self.ctype = "char" if self.string else ctype
        self.dims = var.get("dimension", []) if self.array else []
        self.hidden = _model.is_hidden(var)
        self.out = _model.is_out(var)
        self.optional = _model.is_optional(var)
        self.inout = bool(self.intents & {"inout", "outin"}) and "in" not in self.intents
        self.by_value = "c" in self.intents and not self.array or "value" in _model.attributes(var)
        self.external_only = self.callback and "callback" in self.intents
        self.invisible = self.hidden or (self.external_only and "hide" in self.intents)
        self.copies = self.array and bool(self.intents & {"copy", "overwrite"})
        self.derived = var.get("typespec") == "type"
        self.signature = None
        self.callback_name = name

    @property
    def length(self):
        """Length of a string as a C expression, "-1" if the caller decides."""
        text = _model.string_length(self.var)
        return re.sub(r"\blen\b", "f2py_slen", text)

    @property
    def npy(self):
        """NumPy's type number."""
        return TEXT if self.string or self.character else _ctypes_table.TYPES[self.ctype]["npy"]

    @property
    def code(self):
        """NumPy's type character, for documentation."""
        if self.string:
            return "S"
        return "c" if self.character else _ctypes_table.TYPES[self.ctype]["code"]

    @property
    def initial(self):
        """Its value where the caller gives none, or None."""
        return self.var.get("=")

    @property
    def returned(self):
        """Its name among the results."""
        return _model.returned_name(self.name, self.var)

    @property
    def python_type(self):
        """The word for its type in documentation."""
        if self.string:
            return f"string(len={self.length})"
        return _ctypes_table.TYPES[self.ctype]["python"] or self.ctype

    def _array_text(self):
        bounds = ",".join("*" if d == "*" else d for d in self.dims)
        return f"rank-{len(self.dims)} array('{self.code}') with bounds ({bounds})"

    def describe(self):
        """Its line among the parameters."""
        if self.callback:
            other = "" if self.callback_name == self.name else f" => {self.callback_name}"
            return f"{self.name} : call-back function{other}"
        if self.array:
            how = "in/output" if self.inout else "" if "inplace" in self.intents else "input"
            text = f"{self.name} : {how} {self._array_text()}"
        elif self.inout:
            code = "c" if self.string or self.character else self.code
            text = f"{self.name} : in/output rank-0 array({self.python_type},'{code}')"
        else:
            text = f"{self.name} : input {self.python_type}"
        if self.optional and self.initial is not None:
            text += f", optional\n    Default: {self.shown_initial()}"
        return text

    def shown_initial(self):
        """The default as documentation shows it."""
        if self.initial is None:
            return "''" if self.string else ""
        text = str(self.initial)
        if self.character and re.fullmatch(r'".*"', text):
            return "'" + text[1:-1] + "'"
        return text

    def describe_result(self):
        """Its line among the results."""
        if self.array:
            text = f"{self.returned} : {self._array_text()}"
            return text + (f" and {self.name} storage" if self.returned != self.name else "")
        return f"{self.returned} : {self.python_type}"


class Signature:
    """The arguments of a routine in the orders that are needed."""

    def __init__(self, routine, ctype_of, callbacks=None):
        self.routine = routine
        self.name = routine["name"]
        self.args = [Argument(n, routine["vars"][n], ctype_of(routine["vars"][n]))
                     for n in routine["args"]]
        self.by_name = {a.name: a for a in self.args}
        for arg in self.args:
            if arg.callback and callbacks:
                arg.callback_name, arg.signature = callbacks.get(arg.name, (arg.name, None))
        visible = [a for a in self.args if not a.invisible]
        self.required = [a for a in visible if not a.optional]
        self.optional = [a for a in visible if a.optional]
        self.extra = [a for a in visible if a.callback]
        self.results = [a for a in self.args if a.out and not a.callback]
        order = routine.get("sortvars", [])
        place = {n: i for i, n in enumerate(order)}
        self.sorted = sorted(self.args, key=lambda a: (not a.callback, place.get(a.name, -1)))

    def _call(self, optional):
        items = [a.name for a in self.required]
        if optional == "brackets":
            more = [a.name for a in self.optional] + [f"{a.name}_extra_args" for a in self.extra]
            more += [f"overwrite_{a.name}" for a in self.args if a.copies and not a.hidden]
            if more:
                items.append(f"[{','.join(more)}]")
        else:
            items += [f"{a.name}={a.shown_initial()}" for a in self.optional]
            items += [f"{a.name}_extra_args=()" for a in self.extra]
            items += [f"overwrite_{a.name}={int('overwrite' in a.intents)}"
                      for a in self.args if a.copies and not a.hidden]
        results = ",".join(a.returned for a in self.results)
        return f"{results} = {self.name}({','.join(items)})" if results \
            else f"{self.name}({','.join(items)})"

    def short(self):
        """`x = solve(a,[n])`"""
        return self._call("brackets")

    def long(self):
        """`x = solve(a,n=shape(a, 0))`"""
        return self._call("values")

    def callback_lines(self):
        """How a call-back is called."""
        items = [a.name for a in self.required]
        if self.optional:
            items.append(f"[{','.join(a.name for a in self.optional)}]")
        results = ",".join(a.returned for a in self.results)
        yield f"def {self.name}({','.join(items)}): return {results}"
        for title, args in (("Required", self.required), ("Optional", self.optional)):
            if args:
                yield f"{title} arguments:"
                yield from (f"    {a.describe()}" for a in args)
        if self.results:
            yield "Return objects:"
            yield from (f"    {a.describe_result()}" for a in self.results)

    def _other(self, arg):
        """Lines among the other parameters that an argument gives rise to."""
        if arg in self.extra:
            yield f"{arg.name}_extra_args : input tuple, optional\n    Default: ()"
        if arg in self.optional:
            yield arg.describe()
        if arg.copies and not arg.hidden:
            yield (f"overwrite_{arg.name} : input int, optional\n"
                   f"    Default: {int('overwrite' in arg.intents)}")

    def doc(self):
        """The documentation string."""
        sections = []
        other = [line for a in self.args for line in self._other(a)]
        for title, lines in (("Parameters", [a.describe() for a in self.required]),
                             ("Other Parameters", other),
                             ("Returns", [a.describe_result() for a in self.results])):
            if lines:
                sections.append("\n".join([title, "-" * len(title), *lines]) + "\n")
        called = [a.signature for a in self.args if a.callback and a.signature]
        if called:
            lines = [f"    {line}" for s in called for line in s.callback_lines()]
            sections.append("\n".join(["Notes", "-----", "Call-back functions::", "", *lines])
                            + "\n")
        return f"{self.short()}\n\nWrapper for ``{self.name}``.\n\n" + "\n".join(sections)
