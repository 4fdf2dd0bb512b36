"""Copies between arrays that are dense along different axes."""
import fnp as np
import pytest


@pytest.mark.parametrize("d", list("bhidFD?gO"))
@pytest.mark.parametrize("shape", [(3, 4), (8, 8), (9, 17), (20, 300), (300, 20), (33, 257), (5, 6, 7),
                                   (8, 9, 10), (2, 3, 300), (4, 5, 6, 7)])
def test_transposed(d, shape):
    a = np.random.default_rng(1).integers(-100, 100, shape).astype(d)
    axes = tuple(range(len(shape)))
    for order in (axes[::-1], axes[1:] + axes[:1], axes[1::-1] + axes[2:]):
        t = a.transpose(order)
        want = np.array([x for x in t.flat], dtype=object).reshape(t.shape).tolist()
        assert t.copy("C").tolist() == want
        assert t.copy("F").tolist() == want
        assert t.ravel().tolist() == [x for x in t.flat]
        for target in (np.zeros(t.shape, d), np.zeros(t.shape, d)[::-1],
                       np.zeros([2 * n for n in t.shape], d)[(slice(None, None, 2),) * t.ndim],
                       np.zeros(t.shape[:-1] + (t.shape[-1] + 3,), d)[..., 1:-2]):
            target[...] = t
            assert target.tolist() == want


def test_onto_itself():
    a = np.arange(1600).reshape(40, 40)
    want = a.T.tolist()
    a[...] = a.T
    assert a.tolist() == want
    b = np.arange(1600).reshape(40, 40)
    b[:20, :20] = b[:20, 20:].T
    assert b[:20, :20].tolist() == b[:20, 20:].T.tolist()
