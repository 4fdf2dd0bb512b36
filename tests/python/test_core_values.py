"""What NumPy's own test files leave open: memory of empty arrays, orders of joined arrays, messages."""
import pickle

import pytest

import fnp as np


def test_blocks_of_empty_arrays_do_not_serve_longer_elements():
    for _ in range(50):
        empty = np.ones(0, "G")
        results = [-empty, empty + empty]
        narrow = np.empty(0, "u1")
        narrow.dtype = "V64"
        del empty, results, narrow
        values = [np.array(k, "G") for k in range(40)] + [np.zeros((), "V64") for _ in range(40)]
        assert all(v == k for k, v in enumerate(values[:40]))


@pytest.mark.parametrize("array", [
    np.arange(4).reshape(1, 4),
    np.arange(8).reshape(2, 4)[:1],
    np.asfortranarray(np.arange(4).reshape(1, 4)),
    np.broadcast_to(np.arange(3), (1, 3)),
])
def test_axes_without_extent_leave_c_order(array):
    assert np.concatenate([array, array]).flags.c_contiguous
    assert np.stack([array, array]).flags.c_contiguous


def test_python_numbers_are_weak_among_joined_arrays():
    assert np.concatenate([np.float32(1), 1.0], axis=None).dtype == "f4"
    assert np.choose([0, 1], [np.float32(1), 1]).dtype == "f4"


def test_a_structure_assigned_to_itself_is_read_first():
    a = np.array([(1, 2, 3)], dtype=[("a", "i8"), ("b", "i8"), ("c", "f4")])
    a[["a", "b"]] = a[["b", "a"]]
    assert a[0].item() == (2, 1, 3.0)


def test_transposed_arrays_travel_out_of_band():
    a = np.arange(24).reshape(2, 3, 4).transpose(1, 0, 2)
    rebuild, (buffer, dtype, shape, order, axes) = a.__reduce_ex__(5)[:2]
    assert (shape, order, axes) == ((2, 3, 4), "K", (1, 0, 2))
    assert (pickle.loads(pickle.dumps(a, 5)) == a).all()


def test_dot_calls_the_type():
    spans = np.arange(3).astype("m8[s]")
    assert np.dot(spans, spans) == np.timedelta64(5)
    assert type(np.dot(np.array([1, 2], object), [3, 4])) is int
    with pytest.raises(ValueError, match="dot not available for this type"):
        np.dot(np.zeros(2, "M8[s]"), np.zeros(2, "M8[s]"))


def test_complex_scalars_warn_as_scalars():
    with pytest.warns(RuntimeWarning, match="encountered in scalar divide"):
        np.complex64(1) / np.complex64(0)
    with pytest.raises(TypeError, match="unsupported operand"):
        np.complex64(1) // 1


def test_partition_of_tiny_negative_numbers():
    for kind, tiny in ('f8', -1e-308), ('f4', -1e-39):
        a = np.array([tiny, 0.0, 2 * tiny, -0.0, tiny] * 5, kind)
        for kth in 0, 3, [1, 20]:
            assert sorted(np.partition(a, kth).tolist()) == np.sort(a).tolist()
            assert not np.isnan(np.partition(a, kth)).any()


def test_lapack_lite_factors_and_refuses_short_arrays():
    from fnp.linalg import lapack_lite
    a = np.arange(6.0).reshape(2, 3) + np.eye(2, 3)  # by columns: the 3 by 2 matrix a.T
    q, tau, work = a.copy(), np.zeros(2), np.zeros(64)
    assert lapack_lite.dgeqrf(3, 2, q, 3, tau, work, 64, 0)["info"] == 0
    r = np.triu(q.T[:2])
    assert lapack_lite.dorgqr(3, 2, 2, q, 3, tau, work, 64, 0)["info"] == 0
    np.testing.assert_allclose(q.T @ r, a.T)
    b, s, iwork = np.ones((1, 3)), np.zeros(2), np.zeros(1, "i4")
    found = lapack_lite.dgelsd(3, 2, 1, a.copy(), 3, b, 3, s, -1.0, 0, np.zeros(2000), 2000, iwork, 0)
    assert found["rank"] == 2
    np.testing.assert_allclose(b[0, :2], np.linalg.lstsq(a.T, np.ones(3))[0])
    with pytest.raises(lapack_lite.LapackError, match="tau is too small"):
        lapack_lite.dgeqrf(3, 2, q, 3, np.zeros(1), work, 64, 0)
    with pytest.raises(lapack_lite.LapackError, match="a is not of type NPY_CDOUBLE in lapack_lite.zgeqrf"):
        lapack_lite.zgeqrf(3, 2, q, 3, tau, work, 64, 0)
