"""Docstrings of objects that are written in C and came without one."""
from .function_base import add_newdoc

_HOME = __name__.rpartition('.')[0]

_DOCS = {
    'flatiter': [
        ('base', 'The array that is iterated over.'),
        ('coords', 'The multi-dimensional index of the current element, as a tuple.'),
        ('index', 'Current flat index into the array.'),
    ],
    'ufunc': [
        ('identity', """
            The identity value of the ufunc, or None.

            Combining it with any value gives that value: 0 for `add`, 1 for `multiply`. A
            reduction of an empty array returns it, and one of several elements may start with it.
            Ufuncs whose identity depends on the dtype, or which have none, as `maximum`, say None
            and need ``initial`` for an empty array.

            Examples
            --------
            >>> np.add.identity
            0
            >>> np.multiply.identity
            1
            """),
        ('nin', 'Number of inputs.'),
        ('nout', 'Number of outputs.'),
        ('nargs', 'Number of inputs and outputs.'),
        ('ntypes', 'Number of loops for built-in types.'),
        ('types', "Loops, as type codes: ``'dd->d'``."),
        ('signature', 'Core dimensions of a generalized ufunc, or None.'),
    ],
}

for _name, _doc in _DOCS.items():
    for _pair in _doc:
        try:
            add_newdoc(_HOME, _name, _pair, warn_on_python=False)
        except AttributeError:
            pass
