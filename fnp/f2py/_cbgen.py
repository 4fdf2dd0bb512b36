"""The C function that Fortran calls where it means to call a Python function."""
import re

from ._cvalues import c_string, expression, from_python, parameter_type, to_python
from ._fwrap import as_subroutine, is_c
from ._signature import Signature


class CallbackWriter:
    """Writes one call-back."""

    def __init__(self, module, user_module, original, ctype_of):
        self.module = module
        self.routine = as_subroutine(original) if original["block"] == "function" else original
        self.signature = Signature(self.routine, ctype_of)
        self.original = original
        self.name = original["name"]
        self.c_name = f"cb_{self.name}_in_{user_module}"
        self.signature.c_name = self.c_name
        self.result = None
        if original["block"] == "function":
            self.result = self.signature.by_name[original.get("result", self.name)]
        self.params = [a for a in self.signature.args if a is not self.result]
        self.exported = None

    def _returns(self):
        if self.result is None or self.result.string or self.result.array \
                or self.result.character:
            return "void"
        return self.result.ctype

    def parameters(self):
        """The C parameter list that Fortran's call has."""
        items = []
        if self.result is not None and self._returns() == "void":
            items += [f"char *{self.result.name}_ret", "size_t capi_ret_len"]
        for arg in self.params:
            kind = parameter_type(arg)
            items.append(f"{kind}{'' if kind.endswith('*') else ' '}{arg.name}_cb_ptr")
        if not is_c(self.original):
            items += [f"size_t {arg.name}_cb_len" for arg in self.params
                      if arg.string or arg.character]
        return ", ".join(items) or "void"

    def text(self):
        """The C text: the active call-back, and the function."""
        active = f"active_{self.c_name}"
        key = c_string(active)
        lines = [
            "#ifdef F2PY_USE_PYTHON_TLS",
            f"static f2py_callback *swap_{active}(f2py_callback *cb)",
            f"{{ return F2PySwapThreadLocalCallbackPtr({key}, cb); }}",
            f"static f2py_callback *get_{active}(void)",
            f"{{ return F2PyGetThreadLocalCallbackPtr({key}); }}",
            "#else",
            f"static F2PY_THREAD_LOCAL f2py_callback *{active};",
            f"static f2py_callback *swap_{active}(f2py_callback *cb)",
            f"{{ f2py_callback *old = {active}; {active} = cb; return old; }}",
            f"static f2py_callback *get_{active}(void) {{ return {active}; }}",
            "#endif",
            f"static {self._returns()} {self.c_name}({self.parameters()})", "{"]
        lines += ["    " + line for line in self._body()]
        lines += ["}", ""]
        if self.exported:
            call = f"{self.c_name}({', '.join(self._names())})"
            word = "" if self._returns() == "void" else "return "
            lines += [f"extern {self._returns()} {self.exported}({self.parameters()});",
                      f"{self._returns()} {self.exported}({self.parameters()})",
                      f"{{ {word}{call}; }}", ""]
        return "\n".join(lines)

    def _names(self):
        """Names of the C parameters."""
        text = self.parameters()
        return re.findall(r"(\w+)(?=,|$)", text) if text != "void" else []

    def _body(self):
        returns = self._returns()
        if returns != "void":
            zero = "{0}" if returns.startswith("complex") else "0"
            yield f"{returns} {self.result.name} = {zero};"
        yield "f2py_callback capi_local = {0};"
        yield f"f2py_callback *capi_cb = get_active_{self.c_name}();"
        yield "if (capi_cb != NULL && capi_cb->pointer != NULL) {"
        direct = f"(({returns} (*)({self.parameters()}))capi_cb->pointer)" \
                 f"({', '.join(self._names())});"
        if returns == "void":
            yield f"    {direct}"
            yield "    return;"
        else:
            yield f"    return {direct}"
        yield "}"
        yield "int capi_known = capi_cb != NULL, capi_jump = 0;"
        yield "jmp_buf *capi_to = NULL;"
        yield "PyGILState_STATE capi_lock = PyGILState_Ensure();"
        yield "PyObject *capi_given = NULL, *capi_return = NULL;"
        yield "Py_ssize_t capi_n = 0;"
        yield "(void)capi_n;"
        for arg in self.params:
            yield from self._local(arg)
        visible = [*self.signature.required, *self.signature.optional]
        yield "if (!capi_known) capi_cb = &capi_local;"
        yield (f"if (!f2py_callback_find(capi_cb, {self.module}_module, {self.module}_error, "
               f"{c_string(self.name)}, capi_known, {len(visible)})) goto capi_fail;")
        yield f"capi_given = PyTuple_New({len(visible)});"
        yield "if (capi_given == NULL) goto capi_fail;"
        for i, arg in enumerate(visible):
            yield from self._give(i, arg)
        yield "capi_return = f2py_callback_call(capi_cb, capi_given);"
        yield "capi_given = NULL;"
        yield "if (capi_return == NULL) goto capi_fail;"
        yield "capi_n = PyTuple_GET_SIZE(capi_return);"
        for i, arg in enumerate(self.signature.results):
            yield f"if (capi_n > {i}) {{"
            yield f"    PyObject *capi_item = PyTuple_GET_ITEM(capi_return, {i});"
            yield from ("    " + line for line in self._receive(arg))
            yield "}"
        yield "goto capi_done;"
        yield "capi_fail:"
        yield f'fprintf(stderr, "Call-back {self.c_name} failed.\\n");'
        yield "Py_XDECREF(capi_given);"
        yield "if (capi_known && capi_cb->armed) { capi_jump = 1; capi_to = &capi_cb->jump; }"
        yield "capi_done:"
        yield "Py_XDECREF(capi_return);"
        yield "Py_XDECREF(capi_local.function);"
        yield "Py_XDECREF(capi_local.args);"
        yield "PyGILState_Release(capi_lock);"
        yield "if (capi_jump) longjmp(*capi_to, -1);"
        if returns != "void":
            yield f"return {self.result.name};"

    def _local(self, arg):
        """C variables with the values of scalar arguments, for extents."""
        name = arg.name
        if arg.array or arg.callback:
            return
        if arg.string:
            yield f"int capi_{name}_len = (int){name}_cb_len; (void)capi_{name}_len;"
        elif arg.by_value:
            yield f"{arg.ctype} {name} = {name}_cb_ptr; (void){name};"
        else:
            yield f"{arg.ctype} {name} = *{name}_cb_ptr; (void){name};"

    def _extent(self, text):
        words = set(re.findall(r"[A-Za-z_$][\w$]*", text))
        if text in ("*", ":") or not words <= {a.name for a in self.params}:
            return "1"
        return expression(text)

    def _give(self, i, arg):
        name = arg.name
        if arg.array:
            extents = ", ".join(self._extent(d) for d in arg.dims)
            size = f"(npy_intp){name}_cb_len" if arg.string else "1" if arg.character else "0"
            flags = "NPY_ARRAY_CARRAY" if "c" in arg.intents else "NPY_ARRAY_FARRAY"
            yield "{"
            yield f"    npy_intp capi_dims[] = {{{extents}}};"
            yield (f"    PyObject *capi_array = PyArray_New(&PyArray_Type, {len(arg.dims)}, "
                   f"capi_dims, {arg.npy}, NULL, (char *){name}_cb_ptr, (int){size}, {flags}, "
                   "NULL);")
            yield "    if (capi_array == NULL) goto capi_fail;"
            yield f"    PyTuple_SET_ITEM(capi_given, {i}, capi_array);"
            yield "}"
            return
        if arg.callback:
            value = "Py_NewRef(Py_None)"
        elif arg.string:
            value = f"PyUnicode_DecodeLatin1({name}_cb_ptr, (Py_ssize_t){name}_cb_len, NULL)"
        elif arg.inout:
            value = (f"PyArray_New(&PyArray_Type, 0, NULL, {arg.npy}, NULL, "
                     f"(char *){name}_cb_ptr, 1, NPY_ARRAY_CARRAY, NULL)")
        else:
            value = to_python(arg.ctype, name)
        yield "{"
        yield f"    PyObject *capi_value = {value};"
        yield "    if (capi_value == NULL) goto capi_fail;"
        yield f"    PyTuple_SET_ITEM(capi_given, {i}, capi_value);"
        yield "}"

    def _receive(self, arg):
        name = arg.name
        what = "return_value" if arg is self.result else f"argument {name}"
        message = (f"{arg.ctype}_from_pyobj failed in converting {what} of call-back function "
                   f"{self.c_name} to C {arg.ctype}\n")
        if arg.array:
            extents = ", ".join(self._extent(d) for d in arg.dims)
            order = "F2PY_INTENT_IN" + (" | F2PY_INTENT_C" if "c" in arg.intents else "")
            size = f"(int){name}_cb_len" if arg.string else "1" \
                if arg.character else f"(int)sizeof({arg.ctype})"
            yield f"npy_intp capi_dims[] = {{{extents}}};"
            yield (f"PyArrayObject *capi_array = ndarray_from_pyobj({arg.npy}, {size}, capi_dims, "
                   f"{len(arg.dims)}, {order}, capi_item, {c_string(message)});")
            yield "if (capi_array == NULL) goto capi_fail;"
            yield (f"memcpy({name}_cb_ptr, PyArray_DATA(capi_array), "
                   "(size_t)PyArray_NBYTES(capi_array));")
            yield "Py_DECREF((PyObject *)capi_array);"
            return
        if arg.string or (arg is self.result and self._returns() == "void"):
            target, length = (f"{name}_ret", "capi_ret_len") if arg is self.result \
                else (f"{name}_cb_ptr", f"{name}_cb_len")
            yield f"int capi_len = (int){length};"
            yield f'char *capi_text = f2py_get_string(&capi_len, capi_item, "", {c_string(message)});'
            yield "if (capi_text == NULL) goto capi_fail;"
            yield f"memcpy({target}, capi_text, (size_t)capi_len);"
            yield "free(capi_text);"
            return
        target = name if arg is self.result else f"(*{name}_cb_ptr)"
        yield from from_python(arg.ctype, target, "capi_item", message,
                               arg.var.get("typespec") == "logical")
