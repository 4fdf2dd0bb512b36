"""The C function around one routine: arguments in, call, results out."""
import re

from . import _fwrap
from ._cvalues import (c_string, expression, from_python, initial_value, parameter_type,
                       show_value, to_python, unquoted)
from ._signature import Signature
from .auxfuncs import getcallstatement

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(n):
    """1st, 2nd, 3rd, 4th, …, 11th"""
    return f"{n}{'th' if 10 < n % 100 < 14 else _ORDINALS.get(n % 10, 'th')}"


class RoutineWriter:
    """Writes the wrapper of a routine."""

    def __init__(self, module, original, ctype_of, callbacks, fmodule=None, wrapped=False,
                 symbol=None, debug=False):
        self.module = module
        self.original = original
        self.fmodule = fmodule
        self.wrapped = wrapped
        self.symbol = symbol
        self.debug = debug
        self.routine = _fwrap.as_subroutine(original) \
            if wrapped or original["block"] == "function" else original
        self.signature = Signature(self.routine, ctype_of, callbacks)
        self.name = original["name"]
        self.c_name = "_".join(["f2py_rout", module, *([fmodule] if fmodule else []), self.name])
        self.returns = None
        if original["block"] == "function" and not wrapped:
            self.returns = self.signature.by_name[_result(original)]
        self.passed = [a for a in self.signature.args
                       if a is not self.returns and not a.external_only]
        self.done = set()
        self.enhancements = original.get("f2pyenhancements", {})

    # prototypes

    def parameters(self):
        """The C parameter list of the routine."""
        given = self.enhancements.get("callprotoargument")
        if given is not None:
            return given.strip() or "void"
        items = [parameter_type(a, self.wrapped) for a in self.passed]
        if not _fwrap.is_c(self.original):
            items += ["size_t" for a in self.passed if a.string or a.character]
        return ", ".join(items) or "void"

    def return_type(self):
        """What the C function returns."""
        return self.returns.ctype if self.returns else "void"

    def prototype(self):
        """The declaration of the routine, if it has a symbol."""
        if not self.symbol:
            return ""
        return f"extern {self.return_type()} {self.symbol}({self.parameters()});"

    def short(self):
        return self.signature.short()

    def doc_name(self):
        return f"doc_{self.c_name}"

    # the function

    def text(self):
        """The C text."""
        body = []
        for arg in self.signature.sorted:
            body += self._take(arg)
            self.done.add(arg.name)
        lines = [f"static char {self.doc_name()}[] = {c_string(self.signature.doc())};",
                 f"static PyObject *{self.c_name}(const PyObject *capi_self, PyObject *capi_args,",
                 "    PyObject *capi_keywds,",
                 f"    {self.return_type()} (*f2py_func)({self.parameters()}))", "{"]
        lines += ["    " + line for line in self._declarations()]
        lines += ["    " + line for line in self._parse()]
        lines += ["    " + line for line in body]
        lines += ["    " + line for line in self._call()]
        lines += ["    " + line for line in self._results()]
        lines.append("capi_fail:")
        lines.append("    (void)f2py_success;")
        lines += ["    " + line for line in self._cleanup()]
        lines += ["    return capi_buildvalue;", "}", ""]
        return "\n".join(lines)

    def _declarations(self):
        yield "PyObject *volatile capi_buildvalue = NULL;"
        yield "volatile int f2py_success = 1;"
        for arg in self.signature.args:
            name = arg.name
            if not arg.invisible or arg.array:
                yield f"PyObject *{name}_capi = Py_None;"
            if arg.callback:
                yield f"f2py_callback {name}_cb = {{0}};"
                yield f"f2py_callback *{name}_outer = NULL;"
                yield f"int {name}_active = 0;"
                yield f"void *{name}_cptr = NULL;"
                if not arg.invisible:
                    yield f"PyObject *{name}_xa_capi = NULL;"
            elif arg.array:
                rank = len(arg.dims)
                yield f"{arg.ctype} *{name} = NULL;"
                yield f"npy_intp {name}_Dims[{rank}] = {{{', '.join(['-1'] * rank)}}};"
                yield f"const int {name}_Rank = {rank};"
                yield f"PyArrayObject *capi_{name}_as_array = NULL;"
                yield f"int capi_{name}_intent = 0;"
                yield f"int capi_{name}_len = 1;"
                yield f"(void){name}_Rank; (void)capi_{name}_len;"
                if arg.copies:
                    yield f"int capi_overwrite_{name} = {int('overwrite' in arg.intents)};"
            elif arg.string:
                yield f"char *{name} = NULL;"
                yield f"int capi_{name}_len = -1;"
            else:
                zero = "{0}" if arg.ctype.startswith("complex") else "0"
                yield f"{arg.ctype} {name} = {zero};"

    def _parse(self):
        sig = self.signature
        visible = [*sig.required, *sig.optional]
        copies = [a for a in sig.args if a.copies and not a.hidden]
        names = [a.name for a in visible] + [f"{a.name}_extra_args" for a in sig.extra] \
            + [f"overwrite_{a.name}" for a in copies]
        form = "O" * len(sig.required) + "|" + "O" * len(sig.optional) \
            + "O!" * len(sig.extra) + "i" * len(copies)
        targets = [f"&{a.name}_capi" for a in visible]
        targets += [f"&PyTuple_Type, &{a.name}_xa_capi" for a in sig.extra]
        targets += [f"&capi_overwrite_{a.name}" for a in copies]
        yield f"static char *capi_kwlist[] = {{{''.join(c_string(n) + ', ' for n in names)}NULL}};"
        where = c_string(f"{form}:{self.module}.{self.name}")
        given = ", ".join(["capi_args", "capi_keywds", where, "capi_kwlist", *targets])
        yield f"if (!PyArg_ParseTupleAndKeywords({given}))"
        yield "    return NULL;"

    def _place(self, arg):
        """`1st argument`, `2nd keyword` or `hidden`."""
        for word, args in (("argument", self.signature.required),
                           ("keyword", self.signature.optional)):
            if arg in args:
                return f"{ordinal(args.index(arg) + 1)} {word}"
        return "hidden"

    def _take(self, arg):
        if arg.callback:
            yield from self._take_callback(arg)
        elif arg.array:
            yield from self._take_array(arg)
        elif arg.string:
            yield from self._take_string(arg)
        else:
            yield from self._take_scalar(arg)
        if not arg.callback:
            yield from self._checks(arg)

    def _take_scalar(self, arg):
        name = arg.name
        initial = initial_value(arg)
        if arg.hidden:
            if arg.initial is not None:
                yield f"{name} = {initial};"
            return
        kind = "character" if arg.character else arg.ctype
        message = (f"{self.module}.{self.name}() {self._place(arg)} ({name}) "
                   f"can't be converted to {kind}")
        convert = from_python(arg.ctype, name, f"{name}_capi", message,
                              arg.var.get("typespec") == "logical")
        if arg.optional:
            yield f"if ({name}_capi == Py_None) {name} = {initial};"
            yield "else {"
            yield from ("    " + line for line in convert)
            yield "}"
        else:
            yield from convert

    def _take_string(self, arg):
        name, length = arg.name, arg.length
        yield f"capi_{name}_len = {expression(length)};"
        initial = unquoted(arg.initial) if arg.initial is not None else ""
        message = (f"string_from_pyobj failed in converting {self._place(arg)}`{name}' of "
                   f"{self.module}.{self.name} to C string")
        function = "f2py_get_string_inout" if arg.inout and not arg.hidden else "f2py_get_string"
        first = "" if function.endswith("inout") else f"{c_string(initial or '')}, "
        source = "Py_None" if arg.hidden else f"{name}_capi"
        yield f"{name} = {function}(&capi_{name}_len, {source}, {first}{c_string(message)});"
        yield f"if ({name} == NULL) goto capi_fail;"

    def _take_array(self, arg):
        name = arg.name
        for i, text in enumerate(arg.dims):
            if text in ("*", ":", ".."):
                continue
            words = set(re.findall(r"[A-Za-z_$][\w$]*", text)) & set(self.signature.by_name)
            if words <= self.done:
                yield f"{name}_Dims[{i}] = {expression(text)};"
        flags = self._flags(arg)
        yield f"capi_{name}_intent = {' | '.join(flags)};"
        if arg.copies:
            yield f"if (!capi_overwrite_{name}) capi_{name}_intent |= F2PY_INTENT_COPY;"
        size = f"(int)({expression(arg.length)})" if arg.string else \
            "1" if arg.character else f"(int)sizeof({arg.ctype})"
        place = "hidden" if arg.hidden else f"the {self._place(arg)}"
        message = (f"{self.module}.{self.module}.{self.name}: failed to create array from "
                   f"{place} `{name}`")
        yield (f"capi_{name}_as_array = ndarray_from_pyobj({arg.npy}, {size}, {name}_Dims, "
               f"{name}_Rank, capi_{name}_intent, {name}_capi, {c_string(message)});")
        yield f"if (capi_{name}_as_array == NULL) {{"
        yield (f"    if (!PyErr_Occurred()) PyErr_SetString({self.module}_error, "
               f"{c_string(message)});")
        yield "    goto capi_fail;"
        yield "}"
        yield f"{name} = ({arg.ctype} *)PyArray_DATA(capi_{name}_as_array);"
        yield f"capi_{name}_len = (int)PyArray_ITEMSIZE(capi_{name}_as_array);"
        if arg.initial is not None and not arg.initial.strip().startswith("(/"):
            yield from self._fill(arg)

    def _fill(self, arg):
        """Give an array that the caller left out its values: `_i` is the index of each."""
        name, rank = arg.name, len(arg.dims)
        c_order = "c" in arg.intents
        yield f"if ({name}_capi == Py_None) {{"
        yield f"    npy_intp capi_k, capi_size = PyArray_SIZE(capi_{name}_as_array);"
        yield f"    npy_intp _i[{rank}] = {{0}};"
        yield "    for (capi_k = 0; capi_k < capi_size; capi_k++) {"
        yield f"        {name}[capi_k] = {expression(arg.initial)};"
        axes = range(rank - 1, -1, -1) if c_order else range(rank)
        for i in axes:
            yield f"        if (++_i[{i}] < {name}_Dims[{i}]) continue;"
            yield f"        _i[{i}] = 0;"
        yield "    }"
        yield "}"

    @staticmethod
    def _flags(arg):
        words = {"in": "IN", "out": "OUT", "cache": "CACHE", "c": "C", "inplace": "INPLACE",
                 "aligned4": "ALIGNED4", "aligned8": "ALIGNED8", "aligned16": "ALIGNED16"}
        flags = [f"F2PY_INTENT_{words[w]}" for w in sorted(arg.intents) if w in words]
        if arg.hidden:
            flags.append("F2PY_INTENT_HIDE")
        elif arg.inout:
            flags.append("F2PY_INTENT_INOUT")
        elif not flags or flags == ["F2PY_INTENT_C"]:
            flags.append("F2PY_INTENT_IN")
        if arg.optional:
            flags.append("F2PY_OPTIONAL")
        return flags

    def _checks(self, arg):
        for check in arg.var.get("check", ()):
            text = f"({check}) failed for {self._place(arg)} {arg.name}"
            if arg.scalar:
                fmt, value = show_value(arg)
                fmt, value = f"%s: {self.name}:{arg.name}={fmt}", f", {value}"
            elif arg.string:
                fmt, value = f"%s: slen({arg.name})=%d", f", capi_{arg.name}_len"
            else:
                fmt, value = "%s", ""
            yield f"if (!({expression(check)})) {{"
            yield "    char capi_text[F2PY_MESSAGE_BUFFER_SIZE];"
            yield (f"    snprintf(capi_text, sizeof capi_text, {c_string(fmt)}, {c_string(text)}"
                   f"{value});")
            yield f"    PyErr_SetString({self.module}_error, capi_text);"
            yield "    goto capi_fail;"
            yield "}"

    def _take_callback(self, arg):
        name = arg.name
        if arg.signature is None:
            return
        cb = arg.signature.c_name
        if not arg.invisible:
            most = len(arg.signature.required) + len(arg.signature.optional)
            yield f"if (F2PyCapsule_Check({name}_capi)) {{"
            yield f"    {name}_cb.pointer = {name}_cptr = F2PyCapsule_AsVoidPtr({name}_capi);"
            yield "} else {"
            yield f"    {name}_cptr = (void *){cb};"
            yield f"    {name}_cb.function = Py_NewRef({name}_capi);"
            yield (f"    if (!f2py_callback_args({name}_capi, {name}_xa_capi, {most}, "
                   f"&{name}_cb.nofargs, &{name}_cb.args)) {{")
            yield f"        if (!PyErr_Occurred()) PyErr_SetString({self.module}_error,"
            yield f'            "failed in processing argument list for call-back {name}.");'
            yield "        goto capi_fail;"
            yield "    }"
            yield "}"
        yield f"{name}_outer = swap_active_{cb}(&{name}_cb);"
        yield f"{name}_active = 1;"

    def _actual(self, arg):
        if arg.callback:
            return f"{arg.name}_cptr"
        if arg.array or arg.string:
            return arg.name
        return arg.name if arg.by_value and not self.wrapped else f"&{arg.name}"

    def _call(self):
        statement = getcallstatement(self.original)
        if statement is None:
            actual = [self._actual(a) for a in self.passed]
            if not _fwrap.is_c(self.original):
                actual += [f"(size_t)capi_{a.name}_len" if a.string else "(size_t)1"
                           for a in self.passed if a.string or a.character]
            statement = f"(*f2py_func)({', '.join(actual)});"
            if self.returns:
                statement = f"{self.returns.name} = {statement}"
        elif not statement.rstrip().endswith((";", "}")):
            statement += ";"
        if self.debug:
            shown = c_string(f"debug-capi:Fortran call `{self.name}'\n")
            yield f"fprintf(stderr, \"%s\", {shown});"
        callbacks = [a for a in self.signature.args if a.callback and a.signature]
        threadsafe = "threadsafe" in self.enhancements
        if threadsafe:
            yield "PyThreadState *volatile capi_thread = PyEval_SaveThread();"
        if callbacks:
            jumps = " || ".join(f"setjmp({a.name}_cb.jump) != 0" for a in callbacks)
            yield f"if ({jumps}) {{"
            yield "    f2py_success = 0;"
            yield "} else {"
            yield from (f"    {a.name}_cb.armed = 1;" for a in callbacks)
            yield f"    {statement}"
            yield "}"
        else:
            yield statement
        if threadsafe:
            yield "PyEval_RestoreThread(capi_thread);"
        yield "if (PyErr_Occurred()) f2py_success = 0;"
        yield "if (!f2py_success) goto capi_fail;"

    def _results(self):
        for arg in self.signature.args:
            if arg.inout and not arg.hidden and not arg.array and not arg.callback:
                name = arg.name
                if arg.string:
                    yield f"f2py_put_string({name}_capi, {name}, capi_{name}_len);"
                elif arg.character:
                    yield f"if (!f2py_put_character({name}_capi, {name})) goto capi_fail;"
                else:
                    yield (f"if (!f2py_put_scalar({name}_capi, {arg.npy}, &{name})) "
                           "goto capi_fail;")
        items = []
        for arg in self.signature.results:
            if arg.array:
                items.append(f"Py_NewRef((PyObject *)capi_{arg.name}_as_array)")
            elif arg.string:
                items.append(f"f2py_string_result({arg.name}, capi_{arg.name}_len)")
            else:
                items.append(to_python(arg.ctype, arg.name))
        if not items:
            yield "capi_buildvalue = Py_NewRef(Py_None);"
        elif len(items) == 1:
            yield f"capi_buildvalue = {items[0]};"
        else:
            yield f'capi_buildvalue = Py_BuildValue("{"N" * len(items)}", {", ".join(items)});'

    def _cleanup(self):
        for arg in reversed(self.signature.sorted):
            name = arg.name
            if arg.callback and arg.signature:
                yield f"if ({name}_active) swap_active_{arg.signature.c_name}({name}_outer);"
                yield f"Py_XDECREF({name}_cb.args);"
                yield f"Py_XDECREF({name}_cb.function);"
            elif arg.array:
                yield f"Py_XDECREF((PyObject *)capi_{name}_as_array);"
            elif arg.string:
                yield f"free({name});"


def _result(routine):
    return routine.get("result", routine["name"])
