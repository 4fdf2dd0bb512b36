"""Parts of text readers: split lines, check names, convert strings, and make dtypes from hints."""
from .._utils import asbytes, asunicode
from .._core import numerictypes as _types
from ._root import np


def _decode_line(line, encoding=None):
    """Bytes as text: latin1 if the encoding is not given."""
    if isinstance(line, bytes):
        return line.decode("latin1" if encoding is None else encoding)
    return line


def _accepts(obj, other):
    try:
        obj + other
    except (TypeError, ValueError):
        return False
    return True


def _is_string_like(obj):
    """Whether an object behaves like str."""
    return _accepts(obj, "")


def _is_bytes_like(obj):
    """Whether an object behaves like bytes."""
    return _accepts(obj, b"")


def has_nested_fields(ndtype):
    """Whether a field of a structured dtype is structured itself.

    Examples
    --------
    >>> np.lib._iotools.has_nested_fields(np.dtype([('a', int)]))
    False
    """
    return any(ndtype[name].names is not None for name in ndtype.names or ())


def flatten_dtype(ndtype, flatten_base=False):
    """The dtypes of all fields, nested ones unfolded.

    Parameters
    ----------
    ndtype : dtype
    flatten_base : bool
        Repeat the base of subarrays for each of their elements.
    """
    if ndtype.names is None:
        if flatten_base:
            return [ndtype.base] * int(np.prod(ndtype.shape))
        return [ndtype.base]
    return [
        part for name in ndtype.names
        for part in flatten_dtype(ndtype.fields[name][0], flatten_base)
    ]


class LineSplitter:
    """Splits lines of text into fields.

    Parameters
    ----------
    delimiter : str, int or sequence of int, optional
        A string between fields (white space by default), the width of all fields, or their widths.
    comments : str, optional
        What follows it is dropped.
    autostrip : bool
        Strip the fields.
    """

    def __init__(self, delimiter=None, comments="#", autostrip=True, encoding=None):
        delimiter = _decode_line(delimiter)
        self.comments = _decode_line(comments)
        if delimiter is None or isinstance(delimiter, str):
            delimiter = delimiter or None
            split = self._delimited_splitter
        elif hasattr(delimiter, "__iter__"):
            split = self._variablewidth_splitter
            ends = np.cumsum([0, *delimiter])
            delimiter = [slice(a, b) for a, b in zip(ends, ends[1:])]
        elif int(delimiter):
            split = self._fixedwidth_splitter
            delimiter = int(delimiter)
        else:
            split, delimiter = self._delimited_splitter, None
        self.delimiter = delimiter
        self._handyman = self.autostrip(split) if autostrip else split
        self.encoding = encoding

    def autostrip(self, method):
        """The method, with its results stripped."""
        return lambda text: [field.strip() for field in method(text)]

    def _without_comment(self, line, also=""):
        if self.comments is not None:
            line = line.partition(self.comments)[0]
        return line.strip(also) if also else line

    def _delimited_splitter(self, line):
        line = self._without_comment(line, " \r\n")
        return line.split(self.delimiter) if line else []

    def _fixedwidth_splitter(self, line):
        line = self._without_comment(line).strip("\r\n")
        width = self.delimiter
        return [line[at : at + width] for at in range(0, len(line), width)]

    def _variablewidth_splitter(self, line):
        line = self._without_comment(line)
        return [line[part] for part in self.delimiter] if line else []

    def __call__(self, line):
        return self._handyman(_decode_line(line, self.encoding))


class NameValidator:
    """Makes names that can be field names.

    Parameters
    ----------
    excludelist : sequence of str, optional
        Names that get an underscore appended, besides 'return', 'file' and 'print'.
    deletechars : str, optional
        Characters that are removed.
    case_sensitive : {True, False, 'upper', 'lower'}, optional
        False and 'upper' make names upper case.
    replace_space : str
    """

    defaultexcludelist = ("return", "file", "print")
    defaultdeletechars = frozenset(r"""~!@#$%^&*()-=+~\|]}[{';: /?.>,<""")

    def __init__(self, excludelist=None, deletechars=None, case_sensitive=None,
                 replace_space="_"):
        self.excludelist = [*(excludelist or ()), *self.defaultexcludelist]
        self.deletechars = set(
            self.defaultdeletechars if deletechars is None else deletechars
        ) | {'"'}
        if case_sensitive is None or case_sensitive is True:
            self.case_converter = lambda name: name
        elif case_sensitive is False or case_sensitive.startswith("u"):
            self.case_converter = lambda name: name.upper()
        elif case_sensitive.startswith("l"):
            self.case_converter = lambda name: name.lower()
        else:
            raise ValueError(f"unrecognized case_sensitive value {case_sensitive}.")
        self.replace_space = replace_space

    def validate(self, names, defaultfmt="f%i", nbfields=None):
        """A tuple of as many valid and different names as fields.

        Parameters
        ----------
        names : sequence of str, or None
        defaultfmt : str
            Format of names that are missing.
        nbfields : int, optional
            Number of fields, if it is not that of the names.
        """
        if names is None:
            if nbfields is None:
                return None
            names = []
        elif isinstance(names, str):
            names = [names]
        names = list(names)
        if nbfields is not None:
            names = names[:nbfields] + [""] * (nbfields - len(names))

        valid, times = [], {}
        number = 0
        for name in names:
            name = self.case_converter(name).strip()
            if self.replace_space:
                name = name.replace(" ", self.replace_space)
            name = "".join(c for c in name if c not in self.deletechars)
            if name == "":
                while (name := defaultfmt % number) in names:
                    number += 1
                number += 1
            elif name in self.excludelist:
                name += "_"
            seen = times.get(name, 0)
            valid.append(f"{name}_{seen}" if seen else name)
            times[name] = seen + 1
        return tuple(valid)

    def __call__(self, names, defaultfmt="f%i", nbfields=None):
        return self.validate(names, defaultfmt=defaultfmt, nbfields=nbfields)


def str2bool(value):
    """'TRUE' or 'FALSE', in any case, as a bool."""
    found = {"TRUE": True, "FALSE": False}.get(value.upper())
    if found is None:
        raise ValueError("Invalid boolean")
    return found


class ConverterError(Exception):
    """A value cannot be converted."""


class ConverterLockError(ConverterError):
    """A locked converter would have to be upgraded."""


class ConversionWarning(UserWarning):
    """Lines of a text file do not fit."""


class StringConverter:
    """Converts strings, and can find out the type that fits them.

    The types that are tried, one after the other, are in the list ``_mapper``: with a function, and the
    value that stands for missing ones.

    Parameters
    ----------
    dtype_or_func : dtype or callable, optional
        bool, which gives way to all others, by default.
    default : optional
        What missing values become.
    missing_values : str or sequence of str, optional
    locked : bool
        Never change the type.
    """

    @classmethod
    def _getdtype(cls, val):
        return np.array(val).dtype

    @classmethod
    def _getsubdtype(cls, val):
        return np.array(val).dtype.type

    @classmethod
    def _dtypeortype(cls, dtype):
        """The scalar type; of datetimes the dtype, which has the unit."""
        return dtype if dtype.type == np.datetime64 else dtype.type

    @classmethod
    def upgrade_mapper(cls, func, default=None):
        """Try more functions before strings.

        Parameters
        ----------
        func : callable, or sequence of (type, callable, default)
        default : optional
            Default, or a sequence of them, for functions alone.
        """
        if hasattr(func, "__call__"):
            cls._mapper.insert(-1, (cls._getsubdtype(default), func, default))
            return
        if isinstance(func[0], (tuple, list)):
            for entry in func:
                cls._mapper.insert(-1, entry)
            return
        defaults = list(default or ())
        defaults += [None] * (len(func) - len(defaults))
        for function, value in zip(func, defaults):
            cls._mapper.insert(-1, (cls._getsubdtype(value), function, value))

    @classmethod
    def _find_map_entry(cls, dtype):
        """(place, entry) of the type itself, or of one that it derives from."""
        for fits in (lambda kind: dtype.type == kind,
                     lambda kind: np.issubdtype(dtype.type, kind)):
            for place, entry in enumerate(cls._mapper):
                if fits(entry[0]):
                    return place, entry
        raise LookupError

    def __init__(self, dtype_or_func=None, default=None, missing_values=None, locked=False):
        missing = () if missing_values is None else missing_values
        if isinstance(missing, str):
            missing = missing.split(",")
        self._locked = bool(locked)
        if dtype_or_func is None:
            # the first of all types, unless it turns out not to fit
            self._status, self.func, self.default = 0, str2bool, default or False
            self.type = self._dtypeortype(np.dtype(bool))
        else:
            dtype, default = self._start_with(dtype_or_func, default)
            self.type = self._dtypeortype(dtype)
        self.missing_values = {*missing, ""}
        self._callingfunction = self._strict_call
        self._checked = False
        self._initial_default = default

    def _start_with(self, dtype_or_func, default):
        """Set function, status and default; return the dtype and the default that was found."""
        try:
            dtype, func = np.dtype(dtype_or_func), None
        except TypeError:
            func = dtype_or_func
            if not callable(func):
                raise TypeError(
                    "The input argument `dtype` is neither a function nor a dtype "
                    f"(got '{type(func)}' instead)"
                ) from None
            if default is None:
                # what the function makes of nothing in particular
                try:
                    default = func("0")
                except ValueError:
                    pass
            dtype = self._getdtype(default)
        try:
            place, (_, usual, standard) = self._find_map_entry(dtype)
        except LookupError:
            place, usual, standard = 0, self._mapper[-1][1], None
        self._status = place
        self.default = default if default is not None else standard
        if func is None:
            func = self._exact_function(dtype) if usual is int else usual
        self.func = func
        return dtype, default

    @staticmethod
    def _exact_function(dtype):
        """A conversion to integers that fails where the type is too narrow."""
        for exact in (np.uint64, np.int64):
            if issubclass(dtype.type, exact):
                return exact
        return lambda text: int(float(text))

    def _loose_call(self, value):
        try:
            return self.func(value)
        except ValueError:
            return self.default

    def _strict_call(self, value):
        try:
            converted = self.func(value)
            if self.func is int:
                # raises where the type is too narrow
                try:
                    np.array(value, dtype=self.type)
                except OverflowError:
                    raise ValueError from None
            return converted
        except ValueError:
            if value.strip() in self.missing_values:
                if not self._status:
                    self._checked = False
                return self.default
            raise ValueError(f"Cannot convert string '{value}'") from None

    def __call__(self, value):
        return self._callingfunction(value)

    def _do_upgrade(self):
        """Go on to the next type."""
        if self._locked:
            raise ConverterLockError("Converter is locked and cannot be upgraded")
        last = len(self._mapper) - 1
        if self._status == last:
            raise ConverterError("Could not find a valid conversion function")
        self._status += 1
        if self._status < last and self._mapper[self._status][0] in (np.longdouble, np.integer,
                                                                     np.floating,
                                                                     np.complexfloating):
            self._status = self._next_concrete(self._status)
        self.type, self.func, default = self._mapper[self._status]
        self.default = default if self._initial_default is None else self._initial_default

    def _next_concrete(self, status):
        """Abstract types, and wider ones of the same strings, have nothing new to offer."""
        while issubclass(self._mapper[status][0], np.number):
            status += 1
        return status

    def upgrade(self, value):
        """Convert a string, going on to other types until one fits."""
        self._checked = True
        while True:
            try:
                return self._strict_call(value)
            except ValueError:
                self._do_upgrade()

    def iterupgrade(self, value):
        """Find the type that fits all strings of a sequence."""
        self._checked = True
        for item in value if hasattr(value, "__iter__") else (value,):
            while True:
                try:
                    self._strict_call(item)
                    break
                except ValueError:
                    self._do_upgrade()

    def update(self, func, default=None, testing_value=None, missing_values="", locked=False):
        """Set the function by hand.

        Parameters
        ----------
        func : callable
        default : optional
        testing_value : str, optional
            Its conversion tells the type of the output.
        missing_values : str or sequence of str, optional
            Added to what is known; None removes all.
        locked : bool
        """
        sample = default
        if default is None:
            try:
                sample = func(testing_value or "1")
            except (TypeError, ValueError):
                pass
        else:
            self.default = default
        self.type = self._dtypeortype(self._getdtype(sample))
        self.func, self._locked = func, locked
        # a string adds its characters
        self.missing_values = set() if missing_values is None \
            else self.missing_values.union(missing_values)


def _build_mapper():
    """The types in their order.  Numbers after complex are found by superclass only."""
    nan = float("nan")
    mapper = [(_types.bool, str2bool, False), (_types.int_, int, -1)]
    if _types.int_ is not _types.int64:
        mapper.append((_types.int64, int, -1))
    mapper += [
        (_types.float64, float, nan),
        (_types.complex128, complex, nan + 0j),
        (_types.longdouble, _types.longdouble, nan),
        (_types.integer, int, -1),
        (_types.floating, float, nan),
        (_types.complexfloating, complex, nan + 0j),
        (_types.str_, asunicode, "???"),
        (_types.bytes_, asbytes, "???"),
    ]
    return mapper


StringConverter._mapper = _build_mapper()


def easy_dtype(ndtype, names=None, defaultfmt="f%i", **validationargs):
    """A dtype from a loose description, with names given apart.

    Parameters
    ----------
    ndtype : dtype, or sequence of types
    names : str or sequence of str, optional
    defaultfmt : str
        For fields without a name.
    **validationargs
        For `NameValidator`.

    Examples
    --------
    >>> np.lib._iotools.easy_dtype('i4, f8', names='a, b').names
    ('a', 'b')
    """
    if isinstance(names, str):
        names = names.split(",")
    validate = NameValidator(**validationargs)
    try:
        ndtype = np.dtype(ndtype)
    except TypeError:
        # a sequence of types
        names = validate(names, nbfields=len(ndtype), defaultfmt=defaultfmt)
        return np.dtype({"formats": ndtype, "names": names})
    if names is None:
        if ndtype.names is not None:
            # names that NumPy made up can be given the other format
            standard = tuple(f"f{i}" for i in range(len(ndtype.names)))
            if ndtype.names == standard and defaultfmt != "f%i":
                ndtype.names = validate([""] * len(standard), defaultfmt=defaultfmt)
            else:
                ndtype.names = validate(ndtype.names, defaultfmt=defaultfmt)
        return ndtype
    if ndtype.names is None:
        names = validate(names, nbfields=len(names), defaultfmt=defaultfmt)
        return np.dtype([(name, ndtype) for name in names])
    ndtype.names = validate(names, nbfields=len(ndtype.names), defaultfmt=defaultfmt)
    return ndtype
