"""Short ways against the plain rules: products by BLAS in any layout, indices, masks, short inner runs."""
import itertools

import pytest

import fnp as np

RNG = np.random.RandomState(5)
TYPES = ["?", "i1", "i2", "f4", "f8", "c16", "S3", "S5", "U3", "V24"]


def of_type(n, dtype):
    return np.arange(n * np.dtype(dtype).itemsize, dtype="u1").view(dtype) if dtype[0] == "V" else np.arange(n).astype(dtype)


@pytest.mark.parametrize("dtype", ["f4", "f8", "c8", "c16"])
@pytest.mark.parametrize("m, k, n", [(40, 30, 20), (1, 70, 33), (33, 70, 1), (64, 1, 9), (20, 20, 20), (3, 4, 5)])
def test_products_in_any_layout(dtype, m, k, n):
    a = RNG.randint(-4, 5, (m, k)).astype(dtype)
    b = RNG.randint(-4, 5, (k, n)).astype(dtype)
    if dtype[0] == "c":
        a, b = a + 1j * a[::-1], b - 1j * b[:, ::-1]
        a, b = a.astype(dtype), b.astype(dtype)
    want = np.einsum("ij,jk->ik", a.astype("c16"), b.astype("c16"))
    layouts = [lambda x: x, lambda x: np.asfortranarray(x), lambda x: x[::-1].copy()[::-1], lambda x: x[:, ::-1].copy()[:, ::-1],
               lambda x: np.repeat(x, 2, 0)[::2], lambda x: np.repeat(x, 2, 1)[:, ::2]]
    for f, g in itertools.product(layouts, layouts):
        assert (f(a) @ g(b) == want).all()
        out = np.empty((n, m), dtype).T
        assert (np.matmul(f(a), g(b), out=out) == want).all() and (out == want).all()
        assert (np.dot(f(a), g(b)) == want).all()
        assert (np.inner(f(a), g(b).T) == want).all()
    assert (a @ a.T == np.einsum("ij,kj->ik", a.astype("c16"), a.astype("c16"))).all()
    assert (np.stack([a, a + 1]) @ b == np.stack([want, (a + 1) @ b])).all()


@pytest.mark.parametrize("dtype", ["f4", "f8", "c8", "c16", "i4", "i8", "?"])
@pytest.mark.parametrize("n", [0, 1, 5, 31, 32, 100])
def test_sums_of_products(dtype, n):
    a, b = RNG.randint(-3, 4, n).astype(dtype), RNG.randint(-3, 4, n).astype(dtype)
    if dtype[0] == "c":
        a = a + a.dtype.type(1j)
    terms = [x * y for x, y in zip(a, b)]
    want = any(terms) if dtype == "?" else sum(terms)
    conjugate = any(terms) if dtype == "?" else sum(x.conjugate() * y for x, y in zip(a, b))
    for got in np.dot(a, b), a.dot(b), a @ b, np.inner(a, b):
        assert got == want and type(got) is a.dtype.type
    assert np.vdot(a, b) == conjugate and np.vecdot(a, b) == conjugate


@pytest.mark.parametrize("dtype", TYPES)
def test_positions(dtype):
    x = of_type(60, dtype)
    for index in (np.array([3, 59, 0, 3]), np.array([-1, 5, -60]), RNG.randint(-60, 60, 3000)):
        assert list(x[index]) == list(x.take(index)) == [x[k] for k in index]
        y, z = x.copy(), x.copy()
        for k, v in zip(index, x[index[::-1]]):
            z[k] = v
        y[index] = x[index[::-1]]
        assert list(y) == list(z)
        np.put(y, index, x[:7])
        for i, k in enumerate(index):
            z[k] = x[i % 7]
        assert list(y) == list(z)
    for bad in (60, -61, 2**62, -2**63):
        with pytest.raises(IndexError, match="out of bounds for axis 0 with size 60"):
            x[np.array([0, bad])]
        with pytest.raises(IndexError):
            y[np.array([0, bad])] = x[:2]
    g = x.reshape(4, 5, 3)
    i, j, k = RNG.randint(-4, 4, (6, 1, 2)), RNG.randint(-5, 5, (7, 1)), np.array([2, -1])
    assert g[i, j, k].tolist() == [[[g[p[0, c], q[0], k[c]].tolist() for c in range(2)] for q in j] for p in i]
    assert g[i, j].tobytes() == b"".join(g[p[0, c], q[0]].tobytes() for p in i for q in j for c in range(2))
    assert g[:, [1, -1]].tolist() == np.stack([g[:, 1], g[:, 4]], 1).tolist()


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("nv", [1, 2, 63, 64, 200])
def test_masks(dtype, nv):
    x, v, mask = of_type(150, dtype), of_type(nv, dtype), RNG.rand(150) > 0.4
    y, z, w = x.copy(), x.copy(), x.copy()
    used = 0
    for i in range(150):
        if mask[i]:
            y[i], z[i] = v[i % nv], v[used % nv]
            used += 1
    np.putmask(w, mask, v)
    assert list(w) == list(y)
    w = x.copy()
    np.place(w, mask, v)
    assert list(w) == list(z)


@pytest.mark.parametrize("shape", [(1, 1), (700, 3), (3, 700), (2, 513, 3), (40, 5, 2), (0, 3)])
def test_short_inner_runs(shape):
    a = RNG.randint(0, 9, shape).astype(float)
    for axes in itertools.permutations(range(len(shape))):
        for step in (1, -1):
            x = a.transpose(axes)[::step]
            assert x.copy().tolist() == x.tolist()
            assert (x + x[..., ::-1]).tolist() == np.array([p + q for p, q in zip(x.flat, x[..., ::-1].flat)]).reshape(x.shape).tolist()
            assert (x * x.astype("i4")).tolist() == (x * x).tolist()
            out = np.zeros(x.shape)
            np.add(x, 1, out=out, where=x > 4)
            assert out.tolist() == np.where(x > 4, x + 1, 0).tolist()
    assert np.concatenate([a, a], axis=-1).tolist() == [row for row in np.append(a, a, -1).tolist()]


def test_lapack_keeps_types_and_errors():
    for dtype, real in (("f4", "f4"), ("f8", "f8"), ("c8", "f4"), ("c16", "f8"), ("i4", "f8"), ("?", "f8")):
        a = np.array([[2, 1], [0, 3]]).astype(dtype)
        full = dtype if dtype[0] in "fc" else "f8"
        assert np.linalg.inv(a).dtype == np.linalg.solve(a, a).dtype == np.linalg.cholesky(a + a).dtype == full
        assert np.linalg.det(a).dtype == full and np.linalg.eigvalsh(a).dtype == real
        assert [x.dtype for x in np.linalg.eigh(a)] == [real, full]
        assert [x.dtype for x in np.linalg.slogdet(a)] == [full, real]
        assert [x.dtype for x in np.linalg.svd(a)] == [full, real, full]
    with pytest.raises(np.linalg.LinAlgError, match="Singular matrix"):
        np.linalg.inv(np.zeros((2, 2)))
    with pytest.raises(np.linalg.LinAlgError, match="Matrix is not positive definite"):
        np.linalg.cholesky(-np.eye(2))
    with pytest.raises(np.linalg.LinAlgError, match="must be square"):
        np.linalg.det(np.zeros((2, 3)))
    assert np.linalg.det(np.zeros((0, 0))) == 1


SCALARS = [np.int8(-3), np.uint8(200), np.int16(-300), np.uint16(60000), np.int32(7), np.uint32(2**32 - 1), np.int64(-2**53 - 1), np.int64(5),
           np.uint64(2**64 - 1), np.float32(1.5), np.float64(-0.0), np.float64(2.5), np.bool_(True), np.bool_(False), np.complex128(1 - 2j), 3, 2.5, True, 1j]


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "equal", "less", "greater_equal"])
def test_scalars_are_arrays_of_one(name):
    import operator
    op = {"add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "equal": operator.eq, "less": operator.lt,
          "greater_equal": operator.ge}[name]
    for x, y in itertools.product(SCALARS, SCALARS):
        if isinstance(x, (int, float, complex)) and not isinstance(x, np.generic):
            continue
        if name == "subtract" and isinstance(x, np.bool_) and isinstance(y, (bool, np.bool_)):
            continue
        with np.errstate(over="ignore"):
            try:
                want = getattr(np, name)(np.array([x]), y)[0]
                got = op(x, y)
            except OverflowError:
                continue
        assert type(got) is type(want) and (got == want or want != want), (x, y, got, want)
        a = np.array([x, x])
        assert getattr(np, name)(a, y).tolist() == getattr(np, name)(a, np.array([y])).tolist() or not isinstance(y, np.generic)


def test_scalar_parts_and_hashes():
    for x in SCALARS[:15]:
        assert hash(x) == hash(x.item()) and type(x.real) is type(x.real + x.real) or isinstance(x, np.bool_)
        assert x.real == x.item().real and x.imag == x.item().imag
    assert (round(np.float64(2.5)), round(np.float64(-3.5)), np.int64(-5).bit_count(), np.uint64(2**64 - 1).bit_count()) == (2, -4, 2, 64)
    assert int(np.float64(1e300)) == int(1e300) and complex(np.complex128(1j)) == 1j and abs(np.complex128(3 - 4j)) == 5
    for bad in np.nan, np.inf:
        for f in int, round:
            with pytest.raises((ValueError, OverflowError), match="cannot convert float"):
                f(np.float64(bad))
    assert type(np.True_ & True) is type(False | np.True_) is type(~np.True_) is np.bool_ and type(np.True_ & 1) is np.int64


def test_nothing_to_take_away():
    a, b = np.arange(4.0), np.zeros((1, 3))
    assert a.squeeze() is a and np.squeeze(a) is a and b.squeeze(axis=()) is b and b.squeeze().shape == (3,)
    assert a.ravel() is not a and a.ravel().base is a and np.ascontiguousarray(a) is a


@pytest.mark.parametrize("dtype", ["?", "i1", "i2", "f4", "f8", "c16", "i8"])
def test_small_assignments(dtype):
    for order in "CF":
        a = np.arange(12).reshape(3, 4).astype(dtype).copy(order)
        b = np.zeros((3, 4), dtype, order)
        b[:] = a
        assert b.tolist() == a.tolist()
        b[...] = a[::-1, ::-1]
        assert b.tolist() == a.tolist()[::-1] or b.tolist() == [row[::-1] for row in a.tolist()[::-1]]
        b[:, 1], b[1:, 2:], b[2] = 1, 0, a[0]
        want = [list(row[::-1]) for row in a.tolist()[::-1]]
        for row in want:
            row[1] = a.dtype.type(1).item()
        for row in want[1:]:
            row[2:] = [a.dtype.type(0).item()] * 2
        want[2] = a[0].tolist()
        assert b.tolist() == want
        b.fill(1)
        assert b.tolist() == np.ones((3, 4), dtype).tolist()
        c = np.arange(8).astype(dtype)
        c[1:] = c[:-1]
        assert c.tolist() == [c[0].item(), *np.arange(7).astype(dtype).tolist()]
    with pytest.raises(ValueError, match="could not broadcast"):
        b[:] = np.zeros((2, 4), dtype)
    b.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        b[:] = a


@pytest.mark.parametrize("dtype", ["?", "u1", "i4", "i8", "f4", "f8", "c8", "c16"])
def test_first_extremes(dtype):
    import math
    for shape in (1,), (7,), (300,), (3000,), (40, 2), (5, 300), (300, 5), (3, 4, 5):
        a = RNG.randint(0, 2 if dtype == "?" else 30, shape).astype(dtype)
        if dtype[0] == "c":
            a = a + a.dtype.type(1j) * RNG.randint(0, 3, shape).astype(a.real.dtype)
        for nan in (False, True):
            if nan and dtype[0] in "fc":
                a.flat[a.size // 2] = a.flat[a.size - 1] = math.nan
            for axis in range(a.ndim):
                lines = np.moveaxis(a, axis, -1).reshape(-1, a.shape[axis]).tolist()
                for largest in (True, False):
                    want = []
                    for line in lines:
                        bad = [k for k, v in enumerate(line) if v != v]
                        keys = [(v.real, v.imag) for v in line]
                        want.append(bad[0] if bad else keys.index(max(keys) if largest else min(keys)))
                    got = a.argmax(axis) if largest else a.argmin(axis)
                    assert np.ravel(got).tolist() == want, (shape, axis, largest)


def test_byteswap():
    for dtype in "i1", "i2", "f4", "f8", "c8", "c16", "M8[s]", "g":
        a = np.arange(12).astype(dtype).reshape(3, 4)
        for x in (a, a.T, a[::2], a[:, ::-1]):
            unit = x.itemsize // (2 if dtype[0] == "c" else 1)
            want = b"".join(v[i:i + unit][::-1] for e in x.flat for v in [e.tobytes()] for i in range(0, x.itemsize, unit))
            assert x.byteswap().tobytes() == want and x.byteswap().byteswap().tobytes() == x.tobytes()


@pytest.mark.parametrize("dtype", ["u1", "i2", "f4", "f8", "c16", "S5", "V24"])
def test_masks_that_are_not_dense(dtype):
    for n in 0, 1, 7, 5000:
        wide = RNG.rand(n, 3) > 0.5
        x = of_type(n, dtype)
        for mask in wide[:, 1], wide[::-1, 2]:
            want = [k for k in range(n) if mask[k]]
            assert np.flatnonzero(mask).tolist() == want == mask.nonzero()[0].tolist()
            assert list(x[mask]) == [x[k] for k in want]
            y = x.copy()
            y[mask] = x[:1] if n else x
            z = x.copy()
            z[mask] = x[::-1][:len(want)]
            for k, position in enumerate(want):
                assert y[position] == x[0] and z[position] == x[::-1][k]
            assert list(y[~mask]) == list(z[~mask]) == list(x[~mask])
            rows = x.repeat(2).reshape(n, 2)
            assert np.compress(mask, rows, axis=0).tolist() == [rows[k].tolist() for k in want]
