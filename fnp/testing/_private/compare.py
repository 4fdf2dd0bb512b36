"""The assertions that compare values. Array comparisons all go through `_Comparison`."""
import contextlib
import difflib
import operator
import sys

np = sys.modules[__package__.partition(".")[0]]

_NAMES = ("ACTUAL", "DESIRED")
_SHOWN_LINES, _SHOWN_PLACES, _LINE_WIDTH = 3, 5, 79


def assert_(val, msg=""):
    """An assert statement that `python -O` keeps; `msg` may be a function that makes the text."""
    __tracebackhide__ = True
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def build_err_msg(arrays, err_msg, header="Items are not equal:", verbose=True, names=_NAMES, precision=8):
    """The text of a failed comparison: header, message, and each value under its name."""
    err_msg = str(err_msg)
    text = "\n" + header
    if err_msg:
        fits = "\n" not in err_msg and len(err_msg) < _LINE_WIDTH - len(header)
        text += (" " if fits else "\n") + err_msg
    if verbose:
        for i, value in enumerate(arrays):
            text += f"\n {names[i]}: {_shortened(value, precision)}"
    return text


def _shortened(value, precision):
    try:
        if isinstance(value, np.ndarray):
            shown = np.array_repr(value, precision=precision)
        else:
            shown = repr(value)
    except Exception as error:
        return f"[repr failed for <{type(value).__name__}>: {error}]"
    lines = shown.split("\n")
    return shown if len(lines) <= _SHOWN_LINES + 1 else "\n".join(lines[:_SHOWN_LINES]) + "..."


def print_assert_equal(test_string, actual, desired):
    """Fail with `test_string` in the message unless `actual == desired`."""
    import pprint

    __tracebackhide__ = True
    if not actual == desired:
        raise AssertionError(
            f"{test_string} failed\nACTUAL: \n{pprint.pformat(actual)}\nDESIRED: \n{pprint.pformat(desired)}\n"
        )


# ---- arrays ---------------------------------------------------------------------------------------


def assert_array_compare(comparison, x, y, err_msg="", verbose=True, header="", precision=6, equal_nan=True,
                         equal_inf=True, *, strict=False, names=_NAMES):
    """Fail unless `comparison(x, y)` holds everywhere.

    With `equal_nan` and `equal_inf`, NaN, NaT and infinities must stand at the same places, and
    then count as equal. A scalar is compared with each element, unless `strict`, which also wants
    equal dtypes.
    """
    __tracebackhide__ = True
    job = _Comparison(x, y, err_msg, verbose, header, precision, names)
    try:
        job.run(comparison, equal_nan, equal_inf, strict)
    except ValueError:
        import traceback

        text = f"error during assertion:\n\n{traceback.format_exc()}\n\n{header}"
        raise ValueError(build_err_msg([job.x, job.y], err_msg, header=text, verbose=verbose, names=names,
                                       precision=precision))


def _holds(answer):
    """Does a comparison hold everywhere? Masked elements do not object; a plain bool may come too."""
    if not isinstance(answer, np.ndarray) and not isinstance(answer, np.generic):
        return bool(answer)
    answer = answer.all()
    return answer is True or not (answer == False)  # noqa: E712  (a masked answer equals nothing)


def _plain(marks):
    """Boolean ndarray of marks; a masked one is not set."""
    if hasattr(marks, "filled"):
        marks = marks.filled(False)
    return np.asarray(marks, dtype=bool)


def _is_inf(a):
    """Where `a` is infinite; a complex number of which one part is NaN is not."""
    return np.isinf(a) & ~np.isnan(a) if a.dtype.kind == "c" else np.isinf(a)


class _Comparison:
    def __init__(self, x, y, err_msg, verbose, header, precision, names):
        self.x, self.y = np.asanyarray(x), np.asanyarray(y)
        self.err_msg, self.verbose, self.header = err_msg, verbose, header
        self.precision, self.names = precision, names

    def fail(self, reason, x=None, y=None):
        __tracebackhide__ = True
        if reason:
            reason = f"{self.err_msg}\n{reason}"
        else:
            reason = self.err_msg
        values = [self.x if x is None else x, self.y if y is None else y]
        raise AssertionError(build_err_msg(values, reason, verbose=self.verbose, header=self.header,
                                           names=self.names, precision=self.precision))

    def run(self, comparison, equal_nan, equal_inf, strict):
        __tracebackhide__ = True
        x, y = self.x, self.y
        one_is_scalar = (x.ndim == 0 or y.ndim == 0) and not strict
        if not one_is_scalar and x.shape != y.shape:
            self.fail(f"(shapes {x.shape}, {y.shape} mismatch)")
        if strict and x.dtype != y.dtype:
            self.fail(f"(dtypes {x.dtype}, {y.dtype} mismatch)")
        special = self.special_places(equal_nan, equal_inf)
        if special is not None:
            if special.ndim:
                rest = ~special
                x, y = x[rest] if x.ndim else x, y[rest] if y.ndim else y
                if not _plain(rest).any():
                    return
            elif special:
                return
        answer = comparison(x, y)
        if not _holds(answer):
            self.fail(self.report(x, y, answer, special))

    def special_places(self, equal_nan, equal_inf):
        """Marks of elements that are settled already: both NaN, NaT or the same infinity."""
        x, y = self.x, self.y
        kinds = x.dtype.kind + y.dtype.kind
        if all(kind in "?biufc" for kind in kinds):
            if not any(kind in "fc" for kind in kinds):
                return None
            found = self.same_places(np.isnan, "nan") if equal_nan else None
            if equal_inf:
                infinite = self.same_places(_is_inf, "inf")
                self.same_infinities(infinite if found is None else infinite & ~found)
                found = infinite if found is None else found | infinite
            return found
        if equal_nan and kinds in ("MM", "mm"):
            return self.same_places(np.isnat, "NaT")
        if equal_nan and kinds == "TT" and all(hasattr(a.dtype, "na_object") for a in (x, y)):
            return self.same_places(np.isnan, "nan")  # pandas.NA, too, is one
        return None

    def same_places(self, test, name):
        __tracebackhide__ = True
        here, there = test(self.x), test(self.y)
        if not _holds(here == there):
            self.fail(f"{name} location mismatch:")
        # A scalar's mark stands for all; a subclass that cannot hold bools gives one answer.
        if isinstance(here, bool) or here.ndim == 0:
            return np.bool(here)
        if isinstance(there, bool) or there.ndim == 0:
            return np.bool(there)
        return there

    def same_infinities(self, places):
        __tracebackhide__ = True
        if places.ndim == 0:
            x, y = (self.x, self.y) if places else (None, None)
        else:
            x, y = (a[places] if a.ndim else a for a in (self.x, self.y))
        if x is not None and not _holds(x == y):
            self.fail("inf values mismatch:", x, y)

    def report(self, x, y, answer, special):
        """How many, where, and how far: the middle lines of the message."""
        single = not isinstance(answer, (np.ndarray, np.generic))
        wrong = np.array(not answer) if single else _plain(np.logical_not(answer))
        count = int(np.count_nonzero(wrong))
        total = special.size if special is not None and special.ndim else wrong.size
        if single and x.ndim:
            total = x.size
        lines = [f"Mismatched elements: {count} / {total} ({100 * count / total:.3g}%)"]
        if wrong.ndim:
            lines += self.places_of(wrong, special)
        with contextlib.suppress(TypeError), np.errstate(all="ignore"):
            lines += self.differences(x, y, wrong)
        return "\n".join(lines)

    def places_of(self, wrong, special):
        if special is not None and special.ndim:
            everywhere = np.zeros(special.shape, dtype=bool)
            everywhere[_plain(~special)] = wrong
            wrong = everywhere
        places = np.argwhere(wrong)
        if len(places) == 1:
            yield "Mismatch at index:"
        elif len(places) <= _SHOWN_PLACES:
            yield "Mismatch at indices:"
        else:
            yield f"First {_SHOWN_PLACES} mismatches are at indices:"
        for place in places[:_SHOWN_PLACES].tolist():
            values = [a[tuple(place)] if a.ndim else a[()] for a in (self.x, self.y)]
            yield f" {place}: {values[0]} ({self.names[0]}), {values[1]} ({self.names[1]})"

    def differences(self, x, y, wrong):
        if "b" in x.dtype.kind + y.dtype.kind and x.dtype.kind == y.dtype.kind:
            return  # two bools have no difference
        distance = abs(x - y)
        if x.dtype.kind == "u" and y.dtype.kind == "u":
            distance = np.minimum(distance, abs(y - x))
        if wrong.ndim:
            distance = distance[wrong]
            y = y[wrong] if y.ndim else y
        yield "Max absolute difference among violations: " + _number(_largest(distance))
        nonzero = np.asarray(y != 0, dtype=bool)
        if not nonzero.any():
            yield "Max relative difference among violations: inf"
            return
        if nonzero.ndim:
            distance, y = distance[nonzero], y[nonzero]
        yield "Max relative difference among violations: " + _number(_largest(distance / abs(y)))


def _largest(values):
    return np.max(np.asarray(values)) if np.ndim(values) else values


def _number(value):
    return np.array2string(value) if isinstance(value, (np.ndarray, np.generic)) else str(value)


def assert_array_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    """Fail unless two arrays have one shape and equal elements; NaN equals NaN here.

    Examples
    --------
    >>> np.testing.assert_array_equal([1.0, np.nan], [1.0, np.nan])
    """
    __tracebackhide__ = True
    assert_array_compare(operator.eq, actual, desired, err_msg, verbose, "Arrays are not equal", strict=strict)


def assert_array_almost_equal(actual, desired, decimal=6, err_msg="", verbose=True):
    """Fail where |actual - desired| >= 1.5 * 10**-decimal. New tests should use assert_allclose."""
    __tracebackhide__ = True

    def close(x, y):
        # Signed and wide enough for the difference of unsigned integers.
        y = np.asanyarray(y, dtype=np.result_type(y, 1.0))
        distance = abs(x - y)
        if distance.dtype.kind != "f":
            distance = distance.astype(np.float64)
        return distance < 1.5 * 10.0 ** (-decimal)

    assert_array_compare(close, actual, desired, err_msg, verbose,
                         f"Arrays are not almost equal to {decimal} decimals", precision=decimal)


def assert_array_less(x, y, err_msg="", verbose=True, *, strict=False):
    """Fail unless x < y everywhere; NaN must stand at the same places."""
    __tracebackhide__ = True
    assert_array_compare(operator.lt, x, y, err_msg, verbose, "Arrays are not strictly ordered `x < y`",
                         equal_inf=False, strict=strict, names=("x", "y"))


def assert_allclose(actual, desired, rtol=1e-7, atol=0, equal_nan=True, err_msg="", verbose=True, *, strict=False):
    """Fail where |actual - desired| > atol + rtol * |desired|.

    Examples
    --------
    >>> np.testing.assert_allclose([1.0, 2.0], [1.0, 2.0 + 1e-9])
    """
    __tracebackhide__ = True

    def close(x, y):
        return np.isclose(x, y, rtol=rtol, atol=atol, equal_nan=equal_nan)

    assert_array_compare(close, np.asanyarray(actual), np.asanyarray(desired), str(err_msg), verbose,
                         f"Not equal to tolerance rtol={rtol:g}, atol={atol:g}", equal_nan=equal_nan, strict=strict)


# ---- any objects ----------------------------------------------------------------------------------


def assert_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    """Fail unless two objects are equal: containers item by item, arrays by elements.

    Unlike ``==``, NaN equals NaN, NaT equals NaT of its kind, and 0.0 is not -0.0.
    """
    __tracebackhide__ = True
    members = _members(actual, desired)
    if members is not None:
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for label, one, other in members:
            assert_equal(one, other, f"{label}\n{err_msg}", verbose)
    elif isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        assert_array_equal(actual, desired, err_msg, verbose, strict=strict)
    elif not _items_are_equal(actual, desired):
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose))


def _members(actual, desired):
    """Labelled pairs of what two containers of one sort hold; None if they are not containers."""
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        return ((f"key={key!r}", _held(actual, key), value) for key, value in desired.items())
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        pairs = zip(actual, desired, strict=False)  # lengths are compared first
        return ((f"item={i}", *pair) for i, pair in enumerate(pairs))
    return None


def _held(mapping, key):
    if key not in mapping:
        raise AssertionError(repr(key))
    return mapping[key]


def _items_are_equal(actual, desired):
    if _is_complex(actual) or _is_complex(desired):
        parts = zip(_parts(actual), _parts(desired), strict=True)
        return all(_items_are_equal(a, d) for a, d in parts)
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):  # parts of a polynomial
        try:
            assert_array_equal(actual, desired)
        except AssertionError:
            return False
        return True
    if np.isscalar(desired) != np.isscalar(actual):
        return False
    with contextlib.suppress(TypeError, ValueError, NotImplementedError):
        if np.isnat(desired) and np.isnat(actual):
            return np.array(desired).dtype.type is np.array(actual).dtype.type
    with contextlib.suppress(TypeError, ValueError, NotImplementedError):
        if np.isnan(desired) and np.isnan(actual):
            return True
        if desired == 0 and actual == 0 and bool(np.signbit(desired)) != bool(np.signbit(actual)):
            return False
    return bool(desired == actual)


def _is_complex(value):
    try:
        return np.iscomplexobj(value)
    except (TypeError, ValueError):
        return False


def _parts(value):
    return (np.real(value), np.imag(value)) if _is_complex(value) else (value, 0)


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    """Fail where |desired - actual| >= 1.5 * 10**-decimal. New tests should use assert_allclose."""
    __tracebackhide__ = True

    def fail():
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose,
                                           header=f"Arrays are not almost equal to {decimal} decimals"))

    if _is_complex(actual) or _is_complex(desired):
        try:
            for a, d in zip(_parts(actual), _parts(desired), strict=True):
                assert_almost_equal(a, d, decimal=decimal)
        except AssertionError:
            fail()
        return
    if isinstance(actual, (np.ndarray, tuple, list)) or isinstance(desired, (np.ndarray, tuple, list)):
        assert_array_almost_equal(actual, desired, decimal, err_msg, verbose=verbose)
        return
    with contextlib.suppress(TypeError, NotImplementedError):
        if not (np.isfinite(desired) and np.isfinite(actual)):
            both_nan = np.isnan(desired) and np.isnan(actual)
            if not both_nan and desired != actual:
                fail()
            return
    if abs(desired - actual) >= np.float64(1.5 * 10.0 ** (-decimal)):
        fail()


def assert_approx_equal(actual, desired, significant=7, err_msg="", verbose=True):
    """Fail unless two numbers agree to `significant` digits."""
    __tracebackhide__ = True
    actual, desired = float(actual), float(desired)
    if actual == desired:
        return

    def fail():
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose,
                                           header=f"Items are not equal to {significant} significant digits:"))

    if not (np.isfinite(actual) and np.isfinite(desired)):
        if not (np.isnan(actual) and np.isnan(desired)):
            fail()
        return
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = 10.0 ** np.floor(np.log10(0.5 * (abs(actual) + abs(desired))))
    if abs(desired / scale - actual / scale) >= 10.0 ** -(significant - 1):
        fail()


def assert_string_equal(actual, desired):
    """Fail unless two strings are equal; the message shows the lines that differ."""
    __tracebackhide__ = True
    for text in (actual, desired):
        if not isinstance(text, str):
            raise AssertionError(repr(type(text)))
    if actual == desired:
        return
    lines = difflib.Differ().compare(actual.splitlines(True), desired.splitlines(True))
    changed = "".join(line for line in lines if line[:2] in ("- ", "+ "))
    raise AssertionError("Differences in strings:\n" + changed.rstrip())
