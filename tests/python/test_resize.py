"""ndarray.resize and its keyword."""
import pytest

import fnp as np


@pytest.mark.parametrize("flag", [True, False, 1, 0, np.int32(1)])
def test_any_integer_says_whether_references_are_checked(flag):
    a = np.arange(6)
    a.resize(2, 2, refcheck=flag)
    assert a.tolist() == [[0, 1], [2, 3]]


@pytest.mark.parametrize("flag", [None, "x", 2.5, np.True_])
def test_other_flags_are_refused_and_nothing_changes(flag):
    a = np.arange(6)
    with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
        a.resize(3, refcheck=flag)
    assert a.tolist() == [0, 1, 2, 3, 4, 5]
