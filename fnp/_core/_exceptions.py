"""Exceptions that the C layer raises. They keep their arguments and build the message when it is asked for."""


def _display_as_base(cls):
    """Show the public base's name in tracebacks; pickles keep finding the class by `__qualname__`."""
    cls.__name__ = cls.__base__.__name__
    return cls


def _unpack_tuple(tup):
    return tup[0] if len(tup) == 1 else tup


class UFuncTypeError(TypeError):
    """A ufunc has no loop, or no permitted cast, for its operands."""

    def __init__(self, ufunc):
        self.ufunc = ufunc


@_display_as_base
class _UFuncNoLoopError(UFuncTypeError):
    """No loop for these dtypes."""

    def __init__(self, ufunc, dtypes):
        self.ufunc = ufunc
        self.dtypes = tuple(dtypes)

    def __str__(self):
        nin = self.ufunc.nin
        inputs, outputs = (_unpack_tuple(part) for part in (self.dtypes[:nin], self.dtypes[nin:]))
        return (f'ufunc {self.ufunc.__name__!r} did not contain a loop with signature '
                f'matching types {inputs!r} -> {outputs!r}')


@_display_as_base
class _UFuncBinaryResolutionError(_UFuncNoLoopError):
    """The two operands cannot be combined."""

    def __init__(self, ufunc, dtypes):
        super().__init__(ufunc, dtypes)
        if len(self.dtypes) != 2:
            raise AssertionError('two dtypes expected')

    def __str__(self):
        left, right = self.dtypes
        return (f'ufunc {self.ufunc.__name__!r} cannot use operands '
                f'with types {left!r} and {right!r}')


class _UFuncCastingError(UFuncTypeError):
    """The cast that a loop needs is not permitted."""

    def __init__(self, ufunc, casting, from_, to):
        self.ufunc, self.casting, self.from_, self.to = ufunc, casting, from_, to

    def _describe(self, which, index, count):
        number = f'{index} ' if count != 1 else ''
        return (f'Cannot cast ufunc {self.ufunc.__name__!r} {which} {number}from {self.from_!r} '
                f'to {self.to!r} with casting rule {self.casting!r}')


# The two leaf classes sit one level below the public name.
def _display_as_root(cls):
    cls.__name__ = UFuncTypeError.__name__
    return cls


_display_as_root(_UFuncCastingError)


@_display_as_root
class _UFuncInputCastingError(_UFuncCastingError):
    """An input cannot be cast."""

    def __init__(self, ufunc, casting, from_, to, i):
        super().__init__(ufunc, casting, from_, to)
        self.in_i = i

    def __str__(self):
        return self._describe('input', self.in_i, self.ufunc.nin)


@_display_as_root
class _UFuncOutputCastingError(_UFuncCastingError):
    """The result cannot be cast to the output."""

    def __init__(self, ufunc, casting, from_, to, i):
        super().__init__(ufunc, casting, from_, to)
        self.out_i = i

    def __str__(self):
        return self._describe('output', self.out_i, self.ufunc.nout)


@_display_as_base
class _ArrayMemoryError(MemoryError):
    """An array does not fit into memory."""

    def __init__(self, shape, dtype):
        self.shape, self.dtype = shape, dtype

    @property
    def _total_size(self):
        size = self.dtype.itemsize
        for n in self.shape:
            size *= n
        return size

    @staticmethod
    def _size_to_string(num_bytes):
        """A size with three significant digits and a binary unit."""
        if num_bytes < 1024:
            return f'{num_bytes} bytes'
        value, units = float(num_bytes), iter(('KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'))
        # The unit grows while the rounded number would still show four digits and reach 1024.
        unit = ''
        while round(value) >= 1024:
            following = next(units, None)
            if following is None:
                break
            unit, value = following, value / 1024
        return f'{value:#.3g} {unit}' if value < 1000 else f'{value:#.0f} {unit}'

    def __str__(self):
        return (f'Unable to allocate {self._size_to_string(self._total_size)} for an array '
                f'with shape {self.shape} and data type {self.dtype}')
