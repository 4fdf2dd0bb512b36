"""Arrays as text.

Printing goes in three steps: choose a formatter that gives all elements one width, decide which
elements to show, and fill lines with them.
"""
import contextlib
import functools
import numbers
import operator
import sys

from .._utils import set_module
from . import numerictypes as _nt
from .multiarray import (
    array,
    asarray,
    concatenate,
    datetime_as_string,
    datetime_data,
    dragon4_positional,
    dragon4_scientific,
    dtype as _dtype,
    ndarray,
)
from .numerictypes import complex128, flexible, float64, int_
from .overrides import array_function_dispatch
from .printoptions import format_options
from .umath import absolute, isfinite, isinf, isnat, maximum, minimum, not_equal, signbit

__all__ = ['array2string', 'array_str', 'array_repr', 'set_printoptions', 'get_printoptions',
           'printoptions', 'format_float_positional', 'format_float_scientific']

# ---- options ----

# Versions whose output can be imitated -> the number they are stored as.
_LEGACY = {'1.13': 113, '1.21': 121, '1.25': 125, '2.1': 201, '2.2': 202, False: sys.maxsize}
_LEGACY_NAMES = {number: name for name, number in _LEGACY.items()}
_FLOATMODES = 'fixed', 'unique', 'maxprec', 'maxprec_equal'


# In the order in which `set_printoptions` and the private helpers below take them.
_OPTIONS = ('precision threshold edgeitems linewidth suppress nanstr infstr sign formatter floatmode '
            'legacy override_repr').split()


def _make_options_dict(*args, **kwargs):
    """The options that are not None, checked."""
    named = {**dict(zip(_OPTIONS, args)), **kwargs}
    if not named.keys() <= set(_OPTIONS):
        raise TypeError(f'unknown print options: {sorted(named.keys() - set(_OPTIONS))}')
    given = {name: value for name, value in named.items() if value is not None}
    floatmode, sign, legacy, threshold, precision = map(
        given.get, ('floatmode', 'sign', 'legacy', 'threshold', 'precision'))
    if 'suppress' in given:
        given['suppress'] = bool(given['suppress'])
    if floatmode is not None and floatmode not in _FLOATMODES:
        modes = ', '.join(f'"{mode}"' for mode in _FLOATMODES)
        raise ValueError(f'floatmode option must be one of {modes}')
    if sign not in (None, '-', '+', ' '):
        raise ValueError("sign option must be one of ' ', '+', or '-'")
    if legacy is not None:
        if isinstance(legacy, str) or legacy is False:
            given['legacy'] = _LEGACY.get(legacy, legacy)
        if legacy is True or legacy not in _LEGACY:
            import warnings
            warnings.warn("legacy printing option can currently only be '1.13', '1.21', '1.25', "
                          "'2.1', '2.2' or `False`", stacklevel=3)
    if threshold is not None:
        if not isinstance(threshold, numbers.Number):
            raise TypeError('threshold must be numeric')
        if threshold != threshold:
            raise ValueError('threshold must be non-NAN, try sys.maxsize for untruncated '
                             'representation')
    if precision is not None:
        try:
            given['precision'] = operator.index(precision)
        except TypeError as exc:
            raise TypeError('precision must be an integer') from exc
    return given


@set_module('numpy')
def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None,
                     nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *,
                     legacy=None, override_repr=None):
    """Set how arrays are printed, for the current thread or task.

    Parameters
    ----------
    precision : int, optional
        Digits after the point.
    threshold : number, optional
        Arrays with more elements are summarised.
    edgeitems : int, optional
        How many elements of each axis a summary shows at either end.
    linewidth : int, optional
    suppress : bool, optional
        Never use scientific notation.
    nanstr, infstr : str, optional
        Texts of these values.
    formatter : dict of callables, optional
        By kind of element: 'bool', 'int', 'timedelta', 'datetime', 'float', 'longfloat',
        'complexfloat', 'longcomplexfloat', 'numpystr', 'object', 'void', or the groups 'all',
        'int_kind', 'float_kind', 'complex_kind', 'str_kind'.
    sign : {'-', '+', ' '}, optional
        What stands before positive numbers: nothing, a plus, or room for one.
    floatmode : {'fixed', 'unique', 'maxprec', 'maxprec_equal'}, optional
        Exactly `precision` digits; as many as tell values apart; these, but no more than
        `precision`; the same for all elements.
    legacy : str or False, optional
        Version of NumPy to imitate: '1.13', '1.21', '1.25', '2.1', '2.2'.
    override_repr : callable, optional
        Takes the place of `repr` of arrays.
    """
    _set_printoptions(**locals())


def _set_printoptions(*args, **kwargs):
    if args:
        # Public order: `formatter` stands before `sign`.
        public = [*_OPTIONS[:7], 'formatter', 'sign', 'floatmode']
        if len(args) > len(public):
            raise TypeError(f'set_printoptions() takes at most {len(public)} positional arguments')
        kwargs.update(zip(public, args))
    changes = _make_options_dict(**kwargs)
    # These two are reset where they are not given.
    for name in ('formatter', 'override_repr'):
        changes[name] = kwargs.get(name)
    options = {**format_options.get(), **changes}
    if changes.get('legacy') == 113:
        options['sign'] = '-'
    return format_options.set(options)


@set_module('numpy')
def get_printoptions():
    """The print options in force, as a dict of the arguments of `set_printoptions`."""
    options = {**format_options.get()}
    number = options['legacy']
    options['legacy'] = _LEGACY_NAMES.get(number, number)
    return options


def _get_legacy_print_mode():
    return format_options.get()['legacy']


@set_module('numpy')
@contextlib.contextmanager
def printoptions(*args, **kwargs):
    """Context manager with the arguments of `set_printoptions`.

    >>> with np.printoptions(precision=2):
    ...     print(np.array([2.0]) / 3)
    [0.67]
    """
    with contextlib.ExitStack() as stack:
        stack.callback(format_options.reset, _set_printoptions(*args, **kwargs))
        yield get_printoptions()


# ---- formatters of one element ----

def _none_or_positive_arg(x, name):
    if x is None:
        return -1
    if x < 0:
        raise ValueError(f'{name} must be >= 0')
    return x


@set_module('numpy')
def format_float_scientific(x, precision=None, unique=True, trim='k', sign=False, pad_left=None,
                            exp_digits=None, min_digits=None):
    """A number in scientific notation.

    Parameters
    ----------
    x : float
    precision : int, optional
        Most digits after the point.
    unique : bool
        Print the shortest text that reads back as `x`, cut at `precision`; else the exact value.
    trim : {'k', '.', '0', '-'}
        Of trailing zeros: keep them; drop them; drop all but one after the point; drop the point, too.
    sign : bool
        Print a plus sign.
    pad_left, exp_digits, min_digits : int, optional
        Least widths before the point, of the exponent, and after the point.
    """
    counts = map(_none_or_positive_arg, (precision, pad_left, exp_digits, min_digits),
                 ('precision', 'pad_left', 'exp_digits', 'min_digits'))
    most, left, exponent, least = counts
    _check_digits(most, least)
    return dragon4_scientific(x, most, unique, sign, trim, left, exponent, least)


def _check_digits(most, least):
    if 0 < most < least:
        raise ValueError('min_digits must be less than or equal to precision')


@set_module('numpy')
def format_float_positional(x, precision=None, unique=True, fractional=True, trim='k', sign=False,
                            pad_left=None, pad_right=None, min_digits=None):
    """A number without exponent.

    Parameters
    ----------
    x : float
    precision : int, optional
        Most digits, after the point if `fractional`, else significant ones.
    pad_left, pad_right : int, optional
        Least widths before and after the point.
    unique, trim, sign, min_digits
        As for `format_float_scientific`.
    """
    counts = map(_none_or_positive_arg, (precision, pad_left, pad_right, min_digits),
                 ('precision', 'pad_left', 'pad_right', 'min_digits'))
    most, left, right, least = counts
    if most == 0 and not fractional:
        raise ValueError('precision must be greater than 0 if fractional=False')
    _check_digits(most, least)
    return dragon4_positional(x, most, unique, fractional, sign, trim, left, right, least)


# Largest value printed without exponent, where the type has fewer than eight digits.
_DIGITS = {2: 3, 4: 6}


def _sign_option(sign):
    # Once a truth value: whether to print plus signs.
    return {True: '+', False: '-'}.get(sign, sign)


class FloatingFormat:
    """Formatter that lines up the points of all elements of an array."""

    def __init__(self, data, precision, floatmode, suppress_small, sign=False, *, legacy=None):
        self._legacy = sys.maxsize if legacy is None else legacy
        self.sign = _sign_option(sign)
        if self._legacy <= 113 and data.shape != () and self.sign == '-':
            # That version always had room for a sign.
            self.sign = ' '
        if floatmode == 'unique':
            precision = None
        elif precision is None:
            raise ValueError('precision must be an int for this floatmode')
        self.precision = _none_or_positive_arg(precision, 'precision')
        self.floatmode, self.suppress_small = floatmode, suppress_small
        self._plan(data)

    def _plan(self, data):
        """Decide the notation and the widths before and after the point."""
        finite = data[isfinite(data)]
        self.exp_format = self._wants_exponent(absolute(finite[not_equal(finite, 0)]))
        self.pad_left = self.pad_right = 0
        how = {}
        if finite.size:
            how = self._plan_scientific(finite) if self.exp_format else \
                self._plan_positional(finite)
        if self._legacy > 113 and self.sign == ' ' and finite.size and not signbit(finite).any():
            # (numbers with a sign have their room already)
            self.pad_left += 1
        if finite.size != data.size:
            signed = self.sign != '-' or (data[isinf(data)] < 0).any()
            options = format_options.get()
            widest = max(len(options['nanstr']), len(options['infstr']) + bool(signed))
            self.pad_left = max(self.pad_left, widest - self.pad_right - 1)
        if not self.exp_format:
            how.update(fractional=True, pad_right=self.pad_right)
        self._text = functools.partial(
            dragon4_scientific if self.exp_format else dragon4_positional,
            pad_left=self.pad_left, sign=self.sign == '+', **how)

    def _wants_exponent(self, sizes):
        if not sizes.size:
            return False
        high, low = maximum.reduce(sizes), minimum.reduce(sizes)
        digits = 8
        if self._legacy > 202:
            digits = _DIGITS.get(sizes.dtype.itemsize, 8)
        if float(high) >= 10.0 ** digits:
            return True
        if self.suppress_small:
            return False
        from ._ufunc_config import errstate
        with errstate(over='ignore'):
            return bool(low < 0.0001 or high / low > 1000.)

    def _plan_scientific(self, finite):
        whole = self.floatmode == 'fixed' or self._legacy <= 113
        how = {'precision': self.precision, 'unique': not whole, 'trim': 'k' if whole else '.'}
        first = [dragon4_scientific(x, sign=self.sign == '+', **how).split('e') for x in finite]
        left, right = zip(*(mantissa.split('.') for mantissa, _ in first))
        digits, exp_size = max(map(len, right)), max(len(exponent) for _, exponent in first) - 1
        self.pad_left = 3 if self._legacy <= 113 else max(map(len, left))
        self.pad_right = exp_size + 2 + digits
        return {**how, 'trim': 'k', 'precision': digits, 'min_digits': digits,
                'exp_digits': exp_size}

    def _plan_positional(self, finite):
        fixed = self.floatmode == 'fixed'
        how = {'precision': self.precision, 'unique': not fixed, 'trim': 'k' if fixed else '.'}
        left, right = zip(*(dragon4_positional(x, fractional=True, sign=self.sign == '+',
                                               **how).split('.') for x in finite))
        if self._legacy <= 113:
            self.pad_left = 1 + max(len(part.lstrip('-+')) for part in left)
        else:
            self.pad_left = max(map(len, left))
        self.pad_right = max(map(len, right))
        if self.floatmode in ('fixed', 'maxprec_equal'):
            how.update(trim='k', precision=self.pad_right, min_digits=self.pad_right)
        else:
            # All digits before the point are real ones, also where fewer would read back the same.
            how['min_digits'] = 0
        return how

    def __call__(self, x):
        if isfinite(x):
            return self._text(x)
        return self._special(x).rjust(self.pad_left + self.pad_right + 1)

    def _special(self, x):
        options = format_options.get()
        plus = '+' if self.sign == '+' else ''
        if x != x:
            return plus + options['nanstr']
        return ('-' if x < 0 else plus) + options['infstr']


class ComplexFloatingFormat:
    """Formatter of complex numbers: two real ones, the second with a sign and a j."""

    def __init__(self, x, precision, floatmode, suppress_small, sign=False, *, legacy=None):
        modes = floatmode, floatmode
        if legacy is not None and legacy <= 113:
            # That version lined up the digits of the first part only.
            modes = 'maxprec_equal', 'maxprec'
        signs = _sign_option(sign), '+'
        self.real_format, self.imag_format = (
            FloatingFormat(part, precision, mode, suppress_small, sign=plus, legacy=legacy)
            for part, mode, plus in zip((x.real, x.imag), modes, signs))

    def __call__(self, x):
        real, imag = self.real_format(x.real), self.imag_format(x.imag)
        # The j follows the digits, before what lines up the next column.
        digits = imag.rstrip()
        return f'{real}{digits}j{imag[len(digits):]}'


class IntegerFormat:
    """Formatter of integers, right-aligned."""

    def __init__(self, data, sign='-'):
        if data.size:
            low, high = minimum.reduce(data, axis=None), maximum.reduce(data, axis=None)
            room = sign == ' ' and low >= 0
            widest = max(len(f'{x:{"+" if sign == "+" else ""}d}') for x in (high, low))
            self._spec = f'{"+" if sign == "+" else ""}{widest + room}d'
        else:
            self._spec = 'd'

    def __call__(self, x):
        return format(int(x), self._spec)


class BoolFormat:
    """Formatter of truth values, the true ones padded unless there is just one."""

    def __init__(self, data, **kwargs):
        self._texts = 'False', 'True' if data.ndim == 0 else ' True'

    def __call__(self, x):
        return self._texts[bool(x)]


class _TimelikeFormat:
    """Base of the formatters of dates and durations, which share the treatment of NaT."""

    def __init__(self, data):
        valid = data[~isnat(data)]
        texts = [self._format_non_nat(x) for x in self._extremes(valid)] if valid.size else ['']
        width = max(map(len, texts))
        if valid.size < data.size:
            width = max(width, 5)
        self._width = width

    def _extremes(self, valid):
        return maximum.reduce(valid), minimum.reduce(valid)

    def _format_non_nat(self, x):
        raise NotImplementedError

    def __call__(self, x):
        text = "'NaT'" if isnat(x) else self._format_non_nat(x)
        return text.rjust(self._width)


class DatetimeFormat(_TimelikeFormat):
    """Formatter of dates, in ISO 8601 between quotes."""

    def __init__(self, x, unit=None, timezone=None, casting='same_kind', legacy=False):
        if unit is None:
            unit = datetime_data(x.dtype)[0] if x.dtype.kind == 'M' else 's'
        self.unit, self.casting, self.legacy = unit, casting, legacy
        self.timezone = 'naive' if timezone is None else timezone
        super().__init__(x)

    def __call__(self, x):
        if self.legacy and self.legacy <= 113:
            return self._format_non_nat(x)
        return super().__call__(x)

    def _format_non_nat(self, x):
        text = datetime_as_string(x, unit=self.unit, timezone=self.timezone, casting=self.casting)
        return f"'{text}'"


class TimedeltaFormat(_TimelikeFormat):
    """Formatter of durations: the number of units."""

    def _format_non_nat(self, x):
        return str(x.astype('i8'))


class SubArrayFormat:
    """Formatter of array elements that are arrays themselves."""

    def __init__(self, format_function, **options):
        self.format_function = format_function
        self.threshold, self.edge_items = options['threshold'], options['edgeitems']

    def __call__(self, a):
        self.summary_insert = '...' if a.size > self.threshold else ''
        return self.format_array(a)

    def format_array(self, a):
        if a.ndim == 0:
            return self.format_function(a[()])
        inner = self.format_array if a.ndim > 1 else self.format_function
        texts = []
        for i in _shown(len(a), self.edge_items if self.summary_insert else None):
            texts.append(self.summary_insert if i is None else inner(a[i]))
        return f"[{', '.join(texts)}]"


class StructuredVoidFormat:
    """Formatter of structured elements: one formatter per field."""

    def __init__(self, format_functions):
        self.format_functions = format_functions

    @classmethod
    def from_data(cls, data, **options):
        functions = []
        for name in data.dtype.names:
            function = _get_format_function(data[name], **options)
            if data.dtype[name].shape != ():
                function = SubArrayFormat(function, **options)
            functions.append(function)
        return cls(functions)

    def __call__(self, x):
        texts = [function(field) for field, function in zip(x, self.format_functions)]
        return f'({texts[0]},)' if len(texts) == 1 else f"({', '.join(texts)})"


def _void_scalar_to_string(x, is_repr=True):
    """A structured scalar as text. The C layer calls this."""
    options = format_options.get().copy()
    if options['legacy'] <= 125:
        return StructuredVoidFormat.from_data(array(x), **options)(x)
    if options['formatter'] is None:
        options['formatter'] = {}
    options['formatter'].setdefault('float_kind', str)
    text = StructuredVoidFormat.from_data(array(x), **options)(x)
    if not is_repr:
        return text
    cls = type(x)
    home = cls.__module__.replace('numpy', 'np') if cls.__module__ == ndarray.__module__ else \
        cls.__module__
    home = 'np' if home == ndarray.__module__ else home
    return f'{home}.{cls.__name__}({text}, dtype={_dtype((_nt.void, x.dtype))!s})'


def _object_format(o):
    """`repr`, with a hint around lists, which would look like another dimension."""
    return f'list({o!r})' if type(o) is list else repr(o)


def repr_format(x):
    if isinstance(x, (_nt.str_, _nt.bytes_)):
        return repr(x.item())
    return repr(x)


def str_format(x):
    if isinstance(x, (_nt.str_, _nt.bytes_)):
        return str(x.item())
    return str(x)


def _real_format(data, precision, floatmode, suppress, sign, legacy, **rest):
    return FloatingFormat(data, precision, floatmode, suppress, sign, legacy=legacy)


def _complex_format(data, precision, floatmode, suppress, sign, legacy, **rest):
    return ComplexFloatingFormat(data, precision, floatmode, suppress, sign, legacy=legacy)


# By key of the option `formatter`: the key of its group, and what makes the usual formatter.
_FORMATTERS = {
    'bool': ('bool', lambda data, **options: BoolFormat(data)),
    'int': ('int_kind', lambda data, sign, **options: IntegerFormat(data, sign)),
    'timedelta': ('timedelta', lambda data, **options: TimedeltaFormat(data)),
    'datetime': ('datetime', lambda data, legacy, **options: DatetimeFormat(data, legacy=legacy)),
    'float': ('float_kind', _real_format),
    'longfloat': ('float_kind', _real_format),
    'complexfloat': ('complex_kind', _complex_format),
    'longcomplexfloat': ('complex_kind', _complex_format),
    'object': ('object', lambda data, **options: _object_format),
    'void': ('void', lambda data, **options: str_format),
    'numpystr': ('str_kind', lambda data, **options: repr_format),
}
_KEY_OF_CHAR = {
    '?': 'bool', **dict.fromkeys('bBhHiIlLqQ', 'int'), 'm': 'timedelta', 'M': 'datetime',
    **dict.fromkeys('efd', 'float'), 'g': 'longfloat', **dict.fromkeys('FD', 'complexfloat'),
    'G': 'longcomplexfloat', 'O': 'object', 'V': 'void'}
_MOST_BUILTIN_NUM = 23


def _get_format_function(data, **options):
    """The formatter for the elements of an array."""
    dtype, formatter = data.dtype, options['formatter']
    if dtype.names is not None and issubclass(dtype.type, _nt.void):
        return StructuredVoidFormat.from_data(data, **options)
    key = 'numpystr'
    if dtype.num <= _MOST_BUILTIN_NUM:
        key = _KEY_OF_CHAR.get(dtype.char, key)
    group, make = _FORMATTERS[key]
    if formatter is not None:
        for name in (key, group, 'all'):
            if formatter.get(name) is not None:
                return formatter[name]
    return make(data, **options)


# ---- choice and layout of the elements ----

def _shown(length, edgeitems):
    """Indices to show along an axis, None where some are left out."""
    if edgeitems is None or 2 * edgeitems >= length:
        return range(length)
    return [*range(edgeitems), None, *range(length - edgeitems, length)]


def _leading_trailing(a, edgeitems, index=()):
    """The corners of an array, as one smaller array."""
    axis = len(index)
    if axis == a.ndim:
        return a[index]
    if a.shape[axis] <= 2 * edgeitems:
        return _leading_trailing(a, edgeitems, (*index, slice(None)))
    ends = (slice(None, edgeitems), slice(-edgeitems, None) if edgeitems else slice(0))
    return concatenate([_leading_trailing(a, edgeitems, (*index, end)) for end in ends], axis=axis)


class _Lines:
    """Text built word by word; lines that grow too long are broken."""

    def __init__(self, indent, legacy):
        self.done, self.line = '', indent
        self.indent, self.legacy = indent, legacy

    def put(self, word, width):
        if self.legacy > 113 and len(rows := word.splitlines()) > 1:
            self._put_rows(rows, width)
        else:
            self._put(word, width)

    def _put_rows(self, rows, width):
        # A word of several lines: they stay below each other.
        widest = max(map(len, rows))
        if len(self.line) + widest > width and len(self.line) > len(self.indent):
            self.done += self.line.rstrip() + '\n'
            self.line = self.indent
        margin = ' ' * len(self.line)
        self.done += self.line + rows[0] + '\n'
        self.done += ''.join(margin + row + '\n' for row in rows[1:-1])
        self.line = margin + rows[-1].ljust(widest)

    def _put(self, word, width):
        long = len(self.line) + len(word) > width
        if self.legacy > 113 and len(self.line) <= len(self.indent):
            # A break would not help.
            long = False
        if long:
            self.done += self.line.rstrip() + '\n'
            self.line = self.indent
        self.line += word

    def finish(self):
        return self.done + self.line


def _formatArray(a, format_function, line_width, next_line_prefix, separator, edge_items,
                 summary_insert, legacy):
    """All that is shown of an array, between nested brackets."""
    old = legacy <= 113
    edge = edge_items if summary_insert else None

    def render(index, indent, width):
        axis = len(index)
        left = a.ndim - axis
        if not left:
            return format_function(a[index])
        inner = (indent + ' ', width if old else width - 1)
        places = _shown(a.shape[axis], edge)
        if left > 1:
            between = separator.rstrip() + '\n' * (left - 1)
            rows = []
            for i in places:
                row = summary_insert if i is None else render((*index, i), *inner)
                # That version wrote a comma after the dots, and only one line end.
                rows.append(indent + row + (', \n' if old and i is None else between))
            body = ''.join(rows).removesuffix(between)
        else:
            lines = _Lines(indent, legacy)
            room = width - (len(separator.rstrip()) if old else max(len(separator.rstrip()), 1))
            last = len(places) - 1
            for n, i in enumerate(places):
                if i is None:
                    lines._put(summary_insert, room)
                    lines.line += ', ' if old else separator
                    continue
                lines.put(format_function(a[(*index, i)]), width if old and n == last else room)
                if n != last:
                    lines.line += separator
            body = lines.finish()
        return f'[{body[len(indent):]}]'

    try:
        return render((), next_line_prefix, line_width)
    finally:
        # The closure refers to itself, and would keep the array until the next collection.
        render = None


def _recursive_guard(fillvalue='...'):
    """Decorator: print `fillvalue` for an array that contains itself."""

    def decorate(function):
        running = set()

        @functools.wraps(function)
        def guarded(self, *args, **kwargs):
            from _thread import get_ident
            key = id(self), get_ident()
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return function(self, *args, **kwargs)
            finally:
                running.discard(key)

        return guarded

    return decorate


@_recursive_guard()
def _array2string(a, options, separator=' ', prefix=''):
    data = asarray(a)
    if not a.shape:
        a = data
    summary = ''
    if a.size > options['threshold']:
        summary = '...'
        data = _leading_trailing(data, options['edgeitems'])
    return _formatArray(a, _get_format_function(data, **options), options['linewidth'],
                        ' ' * (1 + len(prefix)), separator, options['edgeitems'], summary,
                        options['legacy'])


@array_function_dispatch(lambda a, *args, **options: (a,), module='numpy', verify=False)
def array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ',
                 prefix='', *, formatter=None, threshold=None, edgeitems=None, sign=None,
                 floatmode=None, suffix='', legacy=None):
    """An array as text.

    Parameters
    ----------
    a : ndarray
    max_line_width, precision, suppress_small, formatter, threshold, edgeitems, sign, floatmode, legacy
        As the options of `set_printoptions`, which they replace for this call.
    separator : str
        Between elements.
    prefix, suffix : str
        Text that will stand before and after: lines are indented and shortened by its length.
    """
    options = {**format_options.get(), **_make_options_dict(
        precision, threshold, edgeitems, max_line_width, suppress_small, None, None, sign,
        formatter, floatmode, legacy)}
    if options['legacy'] <= 113:
        if a.shape == () and a.dtype.names is None:
            return repr(a.item())
    else:
        options['linewidth'] -= len(suffix)
    if not a.size:
        return '[]'
    return _array2string(a, options, separator, prefix)


# ---- repr and str ----

# A list of these reads back as an array of the same type, so that repr leaves the type out.
_typelessdata = [int_, float64, complex128, _nt.bool_]


def dtype_is_implied(dtype):
    """Whether `repr` of an array may leave the dtype out."""
    dtype = _dtype(dtype)
    if _get_legacy_print_mode() <= 113 and dtype.type is _nt.bool_:
        return False
    return dtype.names is None and dtype.isnative and dtype.type in _typelessdata


def dtype_short_repr(dtype):
    """Text that stands after ``dtype=`` in `repr` of an array."""
    if type(dtype).__repr__ is not _dtype.__repr__:
        # A dtype class that prints itself.
        return repr(dtype)
    if dtype.names is not None:
        return str(dtype)
    if issubclass(dtype.type, flexible) or not dtype.isnative:
        return f"'{dtype!s}'"
    name = dtype.name
    plain = name and name[0].isalpha() and name.isalnum()
    return name if plain else repr(name)


def _array_repr_implementation(arr, max_line_width=None, precision=None, suppress_small=None,
                               array2string=array2string):
    options = format_options.get()
    if options['override_repr'] is not None:
        return options['override_repr'](arr)
    width = options['linewidth'] if max_line_width is None else max_line_width
    legacy = options['legacy']
    head = ('array' if type(arr) is ndarray else type(arr).__name__) + '('

    if legacy <= 113 and arr.shape == () and not arr.dtype.names:
        body = repr(arr.item())
    else:
        body = array2string(arr, max_line_width, precision, suppress_small, ', ', head,
                            suffix=')')
    extras = []
    hidden = legacy > 201 and arr.size > options['threshold']
    if (not arr.size and arr.shape != (0,)) or hidden:
        extras.append(f'shape={arr.shape}')
    if not dtype_is_implied(arr.dtype) or not arr.size:
        extras.append(f'dtype={dtype_short_repr(arr.dtype)}')
    if not extras:
        return f'{head}{body})'
    text, tail = f'{head}{body},', ', '.join(extras) + ')'
    if legacy <= 113:
        broken = issubclass(arr.dtype.type, flexible)
    else:
        broken = len(text) - text.rfind('\n') - 1 + len(tail) + 1 > width
    return f"{text}\n{' ' * len(head)}{tail}" if broken else f'{text} {tail}'


@array_function_dispatch(
    lambda arr, max_line_width=None, precision=None, suppress_small=None: (arr,), module='numpy')
def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    """`repr` of an array, with options of `array2string`."""
    return _array_repr_implementation(arr, max_line_width, precision, suppress_small)


@_recursive_guard()
def _guarded_repr_or_str(v):
    return repr(v) if isinstance(v, bytes) else str(v)


def _array_str_implementation(a, max_line_width=None, precision=None, suppress_small=None,
                              array2string=array2string):
    legacy = _get_legacy_print_mode()
    if legacy <= 113 and a.shape == () and not a.dtype.names:
        return str(a.item())
    if a.shape == ():
        # The scalar knows best, an element of a list of one would be padded.
        return _guarded_repr_or_str(ndarray.__getitem__(a, ()))
    return array2string(a, max_line_width, precision, suppress_small, ' ', '')


@array_function_dispatch(
    lambda a, max_line_width=None, precision=None, suppress_small=None: (a,), module='numpy')
def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    """`str` of an array, with options of `array2string`."""
    return _array_str_implementation(a, max_line_width, precision, suppress_small)


# What the C layer calls for repr and str: subclasses that override array2string do not take part.
_array2string_impl = array2string._implementation
_default_array_repr = functools.partial(_array_repr_implementation, array2string=_array2string_impl)
_default_array_str = functools.partial(_array_str_implementation, array2string=_array2string_impl)
