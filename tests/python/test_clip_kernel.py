"""clip between two numbers: NaNs stay, bounds that are NaN win, and zeros keep their sign."""
import pytest

import fnp as np


@pytest.mark.parametrize('kind', ['f2', 'f4', 'f8'])
def test_clip_of_special_values(kind):
    x = np.array([np.nan, -np.inf, np.inf, -2, -1, -0.5, 0.0, 1, 2] * 5, kind)
    want = np.minimum(np.maximum(x, np.array(-1, kind)), np.array(1, kind))
    assert np.array_equal(np.clip(x, -1, 1), want, equal_nan=True)
    assert np.isnan(np.clip(x, np.array(np.nan, kind), 1)).all()
    assert np.isnan(np.clip(x, 0, np.array(np.nan, kind))).all()


@pytest.mark.parametrize('kind', ['f4', 'f8'])
def test_clip_of_zeros(kind):
    zeros = np.array([0.0, -0.0] * 20, kind)
    for low, high in ((0.0, 1), (-0.0, 1), (-1, 0.0), (-1, -0.0)):
        for x in (zeros, zeros[::-1], zeros[::3]):
            got = np.clip(x, np.array(low, kind), np.array(high, kind))
            assert np.array_equal(np.signbit(got), np.signbit(x))
