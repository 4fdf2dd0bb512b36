"""What `python -m fnpx bench` times: (name, set-up, statement, ratio to reach over NumPy).

A set-up sees numpy as np, and `rng`, Python's random.Random(1). A row is a claim; a claim has a row.
"""
SMALL = "a = np.array([1.0, 2.0, 3.0, 4.0]); b = np.array([4.0, 3.0, 2.0, 1.0])"
TEN = "a = np.arange(10.0)"
MILLION = "x = np.array([rng.gauss(0, 1) for _ in range(10**6)]); y = x[::-1].copy()"

CASES = [
    ("np.add(a, b), 4 elements", SMALL, "np.add(a, b)", 3),
    ("a + b, 4 elements", SMALL, "a + b", 3),
    ("a.sum(), 10 elements", TEN, "a.sum()", 8),
    ("np.array([1, 2, 3])", "", "np.array([1, 2, 3])", 2),
    ("a[1]", TEN, "a[1]", 1.3),
    ("a[2:7]", TEN, "a[2:7]", 1.3),
    ("a[1] = 2.0", TEN, "a[1] = 2.0", 1),
    ("x + y, 1e6 f64", MILLION, "x + y", 1),
    ("x.sum(), 1e6 f64", MILLION, "x.sum()", 1.3),
    ("x.sum(axis=0), (1e5, 3)", MILLION + "; x = x[:300000].reshape(100000, 3).copy()", "x.sum(axis=0)", 6),
    ("x.astype(f4), 1e6 f64", MILLION, "x.astype('f4')", 1),
    ("np.sort(x), 1e6 f64", MILLION, "np.sort(x)", 2.5),
    ("np.sort(x), 1e6 i64", MILLION + "; x = (x * 1e15).astype('i8')", "np.sort(x)", 2.5),
    ("np.argsort(x), 1e6 f64", MILLION, "np.argsort(x)", 3),
    ("x[mask], 1e6 f64", MILLION + "; mask = y > 0", "x[mask]", 4),
    ("x % 0.7, 1e6 f64", MILLION, "x % 0.7", 8),
]
