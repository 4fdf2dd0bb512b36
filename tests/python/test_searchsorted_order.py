"""searchsorted finds for every type, stride and sorter what counting finds."""
import fnp as np
import pytest


def before(x, y):
    """x sorts before y: NaN and NaT last."""
    if np.isnan(x):
        return False
    return bool(np.isnan(y) or x < y) if not isinstance(x, np.datetime64) else bool(np.isnat(y) or x < y)


@pytest.mark.parametrize("d", list("bBhHiIqQefdg") + ["M8[s]"])
@pytest.mark.parametrize("n", [1, 7, 60])
def test_by_counting(d, n):
    rng = np.random.default_rng(n)
    a = rng.integers(0, 40, n).astype("i8").astype(d)
    v = rng.integers(0, 50, 40).astype("i8").astype(d)
    if d in "efdg":
        a[::5] = v[::7] = np.nan
    if d[0] == "M":
        a[::5] = v[::7] = "NaT"
    s, order = np.sort(a), np.argsort(a)
    left = [sum(before(e, k) for e in a) for k in v]
    right = [sum(not before(k, e) for e in a) for k in v]
    for line, sorter in ((s, None), (a, order), (np.repeat(s, 2)[::2], None)):
        assert line.searchsorted(v, sorter=sorter).tolist() == left
        assert line.searchsorted(v, "right", sorter=sorter).tolist() == right
        assert line.searchsorted(v[3], sorter=sorter) == left[3]
