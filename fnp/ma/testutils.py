"""Assertions for tests of masked arrays: pairs with a masked element count as equal."""
import operator

from ..testing import (
    assert_,
    assert_allclose,
    assert_array_almost_equal_nulp,
    assert_raises,
    build_err_msg,
)
from ..testing import assert_array_compare as _compare_plain
from ._root import np
from .core import filled, getmask, mask_or, masked, masked_array, nomask

__all__masked = """
    almost approx assert_almost_equal assert_array_almost_equal assert_array_approx_equal
    assert_array_compare assert_array_equal assert_array_less assert_close assert_equal
    assert_equal_records assert_mask_equal assert_not_equal fail_if_array_equal
""".split()

__some__from_testing = [
    "TestCase", "assert_", "assert_allclose", "assert_array_almost_equal_nulp", "assert_raises",
]

__all__ = __all__masked + __some__from_testing

from unittest import TestCase  # noqa: E402, F401


def _common(a, b):
    """Both as plain data, where neither is masked, and the joint mask."""
    mask = mask_or(getmask(a), getmask(b))
    return filled(a), filled(b), mask


def approx(a, b, fill_value=True, rtol=1e-5, atol=1e-8):
    """Per element, whether values are close, relatively or absolutely."""
    one, two, mask = _common(a, b)
    if one.dtype.char == "O" or two.dtype.char == "O":
        return np.equal(one, two).ravel()
    x = filled(masked_array(one, copy=False, mask=mask), fill_value).astype(np.float64)
    y = filled(masked_array(two, copy=False, mask=mask), 1).astype(np.float64)
    return np.less_equal(abs(x - y), atol + rtol * abs(y)).ravel()


def almost(a, b, decimal=6, fill_value=True):
    """Per element, whether values agree in a number of decimals."""
    one, two, mask = _common(a, b)
    if one.dtype.char == "O" or two.dtype.char == "O":
        return np.equal(one, two).ravel()
    x = filled(masked_array(one, copy=False, mask=mask), fill_value).astype(np.float64)
    y = filled(masked_array(two, copy=False, mask=mask), 1).astype(np.float64)
    return np.less_equal(abs(x - y), 10.0 ** (-decimal)).ravel()


def _assert_equal_on_sequences(actual, desired, err_msg=""):
    assert_equal(len(actual), len(desired), err_msg)
    for k in range(len(desired)):
        assert_equal(actual[k], desired[k], f"item={k!r}\n{err_msg}")


def assert_equal_records(a, b):
    """Assert that two records have the same dtype and equal fields."""
    assert_equal(a.dtype, b.dtype)
    for name in a.dtype.names:
        one, two = operator.getitem(a, name), operator.getitem(b, name)
        if not (one is masked) and not (two is masked):
            assert_equal(one, two)


def assert_equal(actual, desired, err_msg=""):
    """Assert that two objects are equal."""
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg)
        for key, value in desired.items():
            if key not in actual:
                raise AssertionError(f"{key} not in {actual}")
            assert_equal(actual[key], value, f"key={key!r}\n{err_msg}")
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        _assert_equal_on_sequences(actual, desired, err_msg="")
        return
    if not (isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray)):
        if not desired == actual:
            raise AssertionError(build_err_msg([actual, desired], err_msg))
        return
    if (actual is masked) != (desired is masked):
        raise ValueError(
            build_err_msg([actual, desired], err_msg, header="", names=("x", "y"))
        )
    actual = np.asanyarray(actual)
    desired = np.asanyarray(desired)
    if actual.dtype.kind in "SU" and desired.dtype.kind in "SU" and actual.ndim:
        # text is compared one by one
        _assert_equal_on_sequences(actual.tolist(), desired.tolist(), err_msg="")
        return
    assert_array_equal(actual, desired, err_msg)


def fail_if_equal(actual, desired, err_msg=""):
    """Assert that two objects are not equal."""
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        fail_if_equal(len(actual), len(desired), err_msg)
        for key, value in desired.items():
            if key not in actual:
                raise AssertionError(repr(key))
            fail_if_equal(actual[key], value, f"key={key!r}\n{err_msg}")
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        fail_if_equal(len(actual), len(desired), err_msg)
        for k in range(len(desired)):
            fail_if_equal(actual[k], desired[k], f"item={k!r}\n{err_msg}")
        return
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        fail_if_array_equal(actual, desired, err_msg)
        return
    if desired == actual:
        raise AssertionError(build_err_msg([actual, desired], err_msg))


assert_not_equal = fail_if_equal


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    """Assert that two objects agree in a number of decimals."""
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        assert_array_almost_equal(actual, desired, decimal=decimal, err_msg=err_msg,
                                  verbose=verbose)
    elif not np.round(abs(desired - actual), decimal) == 0:
        raise AssertionError(build_err_msg([actual, desired], err_msg=err_msg, verbose=verbose))


assert_close = assert_almost_equal


def assert_array_compare(comparison, x, y, err_msg="", verbose=True, header="",
                         fill_value=True):
    """Assert a comparison for all elements that neither array masks."""
    mask = mask_or(getmask(x), getmask(y))
    x = masked_array(x, copy=False, mask=mask, keep_mask=False, subok=False)
    y = masked_array(y, copy=False, mask=mask, keep_mask=False, subok=False)
    if (x is masked) != (y is masked):
        raise ValueError(
            build_err_msg([x, y], err_msg=err_msg, verbose=verbose, header=header,
                          names=("x", "y"))
        )
    return _compare_plain(
        comparison, x.filled(fill_value), y.filled(fill_value), err_msg=err_msg, verbose=verbose,
        header=header,
    )


def assert_array_equal(x, y, err_msg="", verbose=True):
    """Assert that all elements are equal."""
    assert_array_compare(operator.__eq__, x, y, err_msg=err_msg, verbose=verbose,
                         header="Arrays are not equal")


def fail_if_array_equal(x, y, err_msg="", verbose=True):
    """Assert that not all elements are equal."""

    def compare(x, y):
        return not np.all(approx(x, y))

    assert_array_compare(compare, x, y, err_msg=err_msg, verbose=verbose,
                         header="Arrays are not equal")


def assert_array_approx_equal(x, y, decimal=6, err_msg="", verbose=True):
    """Assert that all elements are close."""

    def compare(x, y):
        return approx(x, y, rtol=10.0**-decimal)

    assert_array_compare(compare, x, y, err_msg=err_msg, verbose=verbose,
                         header="Arrays are not almost equal")


def assert_array_almost_equal(x, y, decimal=6, err_msg="", verbose=True):
    """Assert that all elements agree in a number of decimals."""

    def compare(x, y):
        return almost(x, y, decimal)

    assert_array_compare(compare, x, y, err_msg=err_msg, verbose=verbose,
                         header="Arrays are not almost equal")


def assert_array_less(x, y, err_msg="", verbose=True):
    """Assert that all elements are less."""
    assert_array_compare(operator.__lt__, x, y, err_msg=err_msg, verbose=verbose,
                         header="Arrays are not less-ordered")


def assert_mask_equal(m1, m2, err_msg=""):
    """Assert that two masks are equal."""
    if m1 is nomask:
        assert_(m2 is nomask)
    if m2 is nomask:
        assert_(m1 is nomask)
    assert_array_equal(m1, m2, err_msg=err_msg)

