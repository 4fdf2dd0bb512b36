"""Docstrings and signatures of objects that are written in C and came without.

The first line of an entry is the signature where there is one; `inspect` reads it from there.
"""
from . import multiarray as _ma
from ._multiarray_umath import add_docstring
from .numeric import ufunc as _ufunc
from .overrides import ARRAY_FUNCTIONS, array_function_like_doc

_FUNCTIONS = '''
arange(start_or_stop, /, stop=None, step=1, *, dtype=None, device=None, like=None)
    Numbers from `start` to `stop`, the end left out, at distances of `step`.
array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None)
    Array from nested sequences, buffers, or anything that offers itself as one.
asanyarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)
    Array from anything; arrays and subclasses pass through.
asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)
    Array from anything; arrays pass through, subclasses become base arrays.
ascontiguousarray(a, dtype=None, *, like=None)
    Array of one dimension or more in C order.
asfortranarray(a, dtype=None, *, like=None)
    Array of one dimension or more in Fortran order.
compare_chararrays(a1, a2, cmp, rstrip)
    Compare strings element by element; `cmp` is one of the six operators.
concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')
    Join arrays along an axis that they have.
datetime_data(dtype, /)
    Unit of a time dtype, and how many of it.
empty(shape, dtype=None, order='C', *, device=None, like=None)
    New array of arbitrary content.
empty_like(prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None)
    New array of arbitrary content, with the shape and type of another.
from_dlpack(x, /, *, device=None, copy=None)
    Array over the memory of an object that exports DLPack.
frombuffer(buffer, dtype=None, count=-1, offset=0, *, like=None)
    Array over the memory of an object.
fromfile(file, dtype=None, count=-1, sep='', offset=0, *, like=None)
    Array from a file, of binary data or with `sep` of text.
fromiter(iter, dtype, count=-1, *, like=None)
    Array of one dimension from an iterable.
frompyfunc(func, /, nin, nout, **kwargs)
    Ufunc on objects from a Python function.
fromstring(string, dtype=None, count=-1, *, sep, like=None)
    Array from numbers in a text.
nested_iters(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', buffersize=0)
    Iterators for nested loops over groups of axes.
promote_types(type1, type2, /)
    The smallest dtype to which both can be cast safely.
zeros(shape, dtype=None, order='C', *, device=None, like=None)
    New array of zeros.
'''

_METHODS = {
    'ndarray': '''
ndarray(shape, dtype=None, buffer=None, offset=0, strides=None, order=None)
    N-dimensional array: elements of one type in a regular layout of memory.
''',
    'dtype': '''
dtype(dtype, align=False, copy=False, **kwargs)
    Type of array elements: how many bytes, and what they mean.
.newbyteorder(self, new_order='S', /)
    The type with another byte order.
''',
    'flatiter': '''
flatiter()
    Iterator over an array's elements in C order; made by `ndarray.flat`.
.__array__(self, dtype=None, /, *, copy=None)
    The elements as an array of one dimension.
.copy(self, /)
    Copy of the elements, of one dimension.
.base
    The array that is iterated over.
.coords
    The index of the next element in every dimension.
.index
    Current flat index into the array.
''',
    'nditer': '''
nditer(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, itershape=None, buffersize=0)
    Iterator over several arrays at once, broadcast, cast and buffered as asked.
.reset(self, /)
    Back to the first element.
.copy(self, /)
    A copy, at the same place.
.iternext(self, /)
    One step; False at the end.
.remove_axis(self, i, /)
    Take an axis out of the iteration.
.remove_multi_index(self, /)
    No longer track the index, so that axes may be joined.
.enable_external_loop(self, /)
    Give whole inner loops from now on.
.debug_print(self, /)
    Print what is inside.
.close(self, /)
    Write back what is pending.
''',
    'broadcast': '''
broadcast(*arrays)
    Arrays broadcast against each other, to iterate over or to ask for the shape.
.reset(self, /)
    Back to the first element.
''',
    'busdaycalendar': '''
busdaycalendar(weekmask='1111100', holidays=None)
    Which days are business days.
''',
    'ufunc': '''
ufunc()
    Function on arrays, element by element.
.reduce(self, array, /, axis=0, dtype=None, out=None, **kwargs)
    Combine the elements along axes into one.
.accumulate(self, array, /, axis=0, dtype=None, out=None)
    All intermediate results of combining the elements along an axis.
.reduceat(self, array, /, indices, axis=0, dtype=None, out=None)
    Reductions of slices of an axis.
.outer(self, A, B, /, **kwargs)
    Apply to all pairs of elements.
.at(self, a, indices, b=None, /)
    Apply in place where the indices point, once for each of them.
.resolve_dtypes(self, /, dtypes, *, signature=None, casting=None, reduction=False)
    The dtypes that a call would use.
._resolve_dtypes_and_context(self, /, dtypes, *, signature=None, casting=None, reduction=False)
    The dtypes that a call would use, and what `_get_strided_loop` needs.
._get_strided_loop(self, call_info, /, *, fixed_strides=None)
    The C function of a loop.
.identity
    The identity value of the ufunc, or None where there is not exactly one. Combining it with any value gives that value: 0 for `add`, 1 for `multiply`. A reduction of an empty array returns it, and every other reduction may start with it. Ufuncs such as `maximum` have none, and then need ``initial`` for empty arrays.
.nargs
    Number of inputs and outputs.
.nin
    Number of inputs.
.nout
    Number of outputs.
.ntypes
    Number of loops for built-in types.
.types
    Those loops, as type codes: ``'dd->d'``.
.signature
    Core dimensions, as text, of a ufunc that works on more than single elements.
''',
}


def _describe(obj, name, signature, text):
    signed = f'{name}({signature}\n--\n\n{text}' if signature else text
    have = getattr(obj, '__doc__', None)
    if have and not signature and len(have) < len(text):
        have = None
    lacks_signature = signature and getattr(obj, '__text_signature__', None) is None
    if have and not lacks_signature:
        return
    if have and lacks_signature:
        # Keep what it says, below the signature.
        signed = f'{name}({signature}\n--\n\n{have}'
    try:
        add_docstring(obj, signed.replace('(self', '($self', 1), True)
    except Exception:
        # Written in Python, or closed: it goes without.
        pass


def _entries(text):
    lines = text.strip('\n').split('\n')
    for head, body in zip(lines[::2], lines[1::2]):
        name, _, signature = head.partition('(')
        yield name, signature, body.strip()


for _name, _signature, _text in _entries(_FUNCTIONS):
    _function = getattr(_ma, _name, None)
    _function = getattr(_function, '_implementation', _function)
    if _function is None:
        continue
    if 'like=None' in _signature:
        _text += '\n\n    ' + array_function_like_doc
        ARRAY_FUNCTIONS.add(_function)
    _describe(_function, _name, _signature, _text)

for _owner, _entry_text in _METHODS.items():
    _cls = _ufunc if _owner == 'ufunc' else getattr(_ma, _owner)
    for _name, _signature, _text in _entries(_entry_text):
        _object = vars(_cls).get(_name[1:]) if _name[0] == '.' else _cls
        if _object is not None:
            _describe(_object, _name.lstrip('.'), _signature, _text)

del _cls, _owner, _entry_text, _function, _name, _object, _signature, _text
