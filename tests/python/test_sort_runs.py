"""Sorting of lines that are in order already, backwards, or nearly so; and of long doubles."""
import fnp as np
import pytest

TYPES = list("?bBhHiIqQefdgFDG") + ["S3", "U3", "M8[s]", "m8[s]"]


def key(v, d):
    if d in "FDG":
        return ((v.real != v.real) * 2 + (v.imag != v.imag), 0 if v.real != v.real else v.real,
                0 if v.imag != v.imag else v.imag)
    if d[0] in "Mm":
        return (np.isnat(v), 0 if np.isnat(v) else v.astype("i8"))
    if d in "efdg":
        return (v != v, 0 if v != v else v)
    return v


@pytest.mark.parametrize("d", TYPES)
@pytest.mark.parametrize("n", [2, 17, 65, 130])
def test_runs(d, n):
    rng = np.random.default_rng(n)
    up = np.arange(n)
    lines = [up, up[::-1], up // 3, -(up // 3), rng.integers(0, 3, n), rng.integers(-50, 50, n)]
    lines.append(np.where(up == n - 1, 0, up))
    for line in lines:
        for odd in (False, True):
            a = line.astype("i8").astype(d)
            if odd and d in "efdgFDG":
                a[::9] = np.nan
                a[1::7] = -0.0
            if odd and d[0] in "Mm":
                a[::9] = "NaT"
            want = sorted(range(n), key=lambda i: key(a[i], d))
            keys = [key(a[i], d) for i in want]
            assert np.argsort(a, kind="stable").tolist() == want
            assert [key(v, d) for v in np.sort(a)] == keys
            assert [key(v, d) for v in np.sort(a[::-1])] == keys
            assert [key(v, d) for v in np.sort(np.stack([a, a], 1), axis=0)[:, 1]] == keys
            k = n // 2
            assert key(np.partition(a, k)[k], d) == keys[k]
            assert key(a[np.argpartition(a, k)[k]], d) == keys[k]


def test_counted_halfwords():
    rng = np.random.default_rng(1)
    for d in "hHe":
        for a in (rng.integers(0, 2**16, 140000).astype("u2").view(d), np.full(140000, 7).astype(d)):
            s = np.sort(a)
            s = s[s == s].astype("f8")
            assert (s[1:] >= s[:-1]).all() and len(s) == (a == a).sum()
