"""What is otherwise from one version of Python to the next, as it is on NumPy."""
import inspect
import pickle
import sys

import pytest

import fnp as np
import fnp.typing

NAMED_ALIASES = sys.version_info >= (3, 12)


def test_ints_of_every_length():
    values = [0, 1, -1, 2**15, 2**30 - 1, 1 - 2**30, 2**30, -2**30, 2**31, 2**60, -2**60, 2**62, 2**63 - 1, -2**63]
    assert np.array(values).tolist() == values
    assert np.array([values, values[::-1]]).tolist() == [values, values[::-1]]
    assert [np.array([v]).item() for v in values] == values
    assert np.array(values + [2**64]).dtype == object


@pytest.mark.parametrize("offset", [-1, -2**40])
def test_fields_begin_inside(offset):
    with pytest.raises(ValueError, match="invalid offset"):
        np.dtype({"a": ("i4", offset)})


def test_pickles_with_numbers_for_booleans():
    assert np.dtype("f8", 0, 1) is not None and np.dtype("f8", False, True) == np.dtype("f8")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="gone")
@pytest.mark.filterwarnings("ignore")
def test_distutils_until_3_11():
    import fnp.distutils  # noqa: F401


@pytest.mark.skipif(sys.version_info < (3, 12), reason="there")
def test_no_distutils():
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'fnp\.distutils'$"):
        import fnp.distutils.misc_util  # noqa: F401
    with pytest.raises(AttributeError, match="^`numpy.distutils` is not available from Python 3.12 onwards$"):
        np.distutils


@pytest.mark.parametrize("name", ["ArrayLike", "DTypeLike"])
def test_aliases_for_annotations(name):
    alias = getattr(np.typing, name)
    assert alias is getattr(np._typing, name)
    assert (repr(alias) == name) is NAMED_ALIASES
    assert hasattr(np._typing, f"_{name}Alias") is NAMED_ALIASES
    if NAMED_ALIASES:
        assert alias.__value__ is getattr(np._typing, f"_{name}Alias")
        assert alias.__module__ == "fnp._typing" and pickle.loads(pickle.dumps(alias)) is alias

        def function(x: alias):
            pass

        assert str(inspect.signature(function)) == f"(x: {name})"
