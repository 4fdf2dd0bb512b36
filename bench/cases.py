"""What `python -m fnpx bench` times: (name, set-up, statement, ratio to reach over NumPy).

A set-up sees numpy as np, and `rng`, Python's random.Random(1). A row is a claim; a claim has a row.
"""
SMALL = "a = np.array([1.0, 2.0, 3.0, 4.0]); b = np.array([4.0, 3.0, 2.0, 1.0])"
TEN = "a = np.arange(10.0)"
MILLION = "x = np.array([rng.gauss(0, 1) for _ in range(10**6)]); y = x[::-1].copy()"
COMPLEX = "z = np.array([complex(rng.gauss(0, 1), rng.gauss(0, 1)) for _ in range(65536)])"
DATES = "d = np.arange(10**5).view('M8[D]'); t = d.astype('M8[s]')"
WORDS = "w = np.array([''.join(rng.choices('abcdefghijklmnop', k=rng.randint(3, 12))) for _ in range(10**5)]); v = w[::-1].copy()"

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
    ("x[idx], 1e6 f64", MILLION + "; idx = np.argsort(y)", "x[idx]", 1),
    ("x[idx] = v, 10 f64", "x = np.arange(10.); v = x + 1; idx = np.arange(10)", "x[idx] = v", 1),
    ("np.dot(a, b), 4 elements", SMALL, "np.dot(a, b)", 2),
    ("m @ m, (3, 3)", "m = np.arange(9.).reshape(3, 3)", "m @ m", 2),
    ("m[::-1] @ m, (100, 100)", "m = np.arange(1e4).reshape(100, 100)", "m[::-1] @ m", 1),
    ("np.linalg.inv(m), (3, 3)", "m = np.eye(3) * 2", "np.linalg.inv(m)", 2),
    ("np.einsum('ij,jk', m, m), (50, 50)", "m = np.arange(2500.).reshape(50, 50)", "np.einsum('ij,jk', m, m)", 1),
    ("x + x[:, :1], (1e5, 3)", MILLION + "; x = x[:300000].reshape(100000, 3).copy()", "x + x[:, :1]", 1),
    ("f64 scalar + i64 scalar", "s = np.float64(1.5); i = np.int64(3)", "s + i", 1),
    ("x % 0.7, 1e6 f64", MILLION, "x % 0.7", 8),
    ("np.exp(x), 1e6 f64", MILLION, "np.exp(x)", 1),
    ("np.log(y), 1e6 f64", MILLION + "; y = abs(x)", "np.log(y)", 1),
    ("np.sin(x), 1e6 f64", MILLION, "np.sin(x)", 4),
    ("np.exp(x), 1e6 f32", MILLION + "; x = x.astype('f4')", "np.exp(x)", 1.5),
    ("np.tanh(x), 1e6 f16", MILLION + "; x = x.astype('f2')", "np.tanh(x)", 0.9),
    ("np.sin(x), 1e6 f16", MILLION + "; x = x.astype('f2')", "np.sin(x)", 1),
    ("np.log2(y), 1e6 f32", MILLION + "; y = abs(x).astype('f4')", "np.log2(y)", 0.85),
    ("np.power(x, 3.5), 1e6 f16", MILLION + "; x = abs(x).astype('f2')", "np.power(x, np.float16(3.5))", 10),
    ("np.power(x, 3.0), 1e6 f64 of both signs", MILLION, "np.power(x, 3.0)", 1),
    ("np.exp(x[::2]), 1e6 f32", MILLION + "; x = x.astype('f4')", "np.exp(x[::2])", 1),
    ("np.maximum(x[::2], y[::2]), 1e6 f32", MILLION + "; x = x.astype('f4'); y = y.astype('f4')", "np.maximum(x[::2], y[::2])", 1),
    ("np.hypot(x, y), 1e6 f64", MILLION, "np.hypot(x, y)", 4),
    ("np.fft.fft(a), 4 elements", SMALL, "np.fft.fft(a)", 1),
    ("np.fft.fft(z), 2^16 c128", COMPLEX, "np.fft.fft(z)", 1.5),
    ("np.fft.rfft(z.real), 2^16 f64", COMPLEX + "; z = z.real.copy()", "np.fft.rfft(z)", 1.5),
    ("np.fft.irfft(z), 2^16 f64", COMPLEX + "; z = z[:32769].copy()", "np.fft.irfft(z)", 1.5),
    ("np.fft.fft(z), 10007 (a prime) c128", COMPLEX + "; z = z[:10007].copy()", "np.fft.fft(z)", 1.5),
    ("np.fft.fft(z), (1024, 64) c128", COMPLEX + "; z = z.reshape(1024, 64)", "np.fft.fft(z)", 1.3),
    ("np.fft.fft(z, axis=0), (256, 256) c128", COMPLEX + "; z = z.reshape(256, 256)", "np.fft.fft(z, axis=0)", 1.3),
    ("w == v, 1e5 U12", WORDS, "w == v", 1.5),
    ("np.strings.find(w, 'ab'), 1e5 U12", WORDS, "np.strings.find(w, 'ab')", 1),
    ("np.strings.upper(w), 1e5 U12", WORDS, "np.strings.upper(w)", 5),
    ("np.sort(w), 1e5 U12", WORDS, "np.sort(w)", 1.5),
    ("np.unique(w), 1e5 U12", WORDS, "np.unique(w)", 3),
    ("t == u, 1e5 StringDType", WORDS + "; t = w.astype('T'); u = v.astype('T')", "t == u", 2),
    ("x.astype(f2), 1e6 f64", MILLION, "x.astype('f2')", 1),
    ("np.histogram(x, 100), 1e6 f64", MILLION, "np.histogram(x, 100)", 1.5),
    ("np.convolve(x, k), 1e6 f64, 51 of them", MILLION + "; k = y[:51].copy()", "np.convolve(x, k)", 1.5),
    ("np.interp(x, xp, fp), 1e6 in 1000", MILLION + "; xp = np.sort(y[:1000]); fp = y[:1000].copy()",
     "np.interp(x, xp, fp)", 1),
    ("x.tolist(), 1000 f64", "x = np.arange(1000.0)", "x.tolist()", 1),
    ("i // 7, 1e6 i64", "i = np.arange(10**6) - 500000", "i // 7", 1),
    ("np.divmod(i, 7), 1e6 i64", "i = np.arange(10**6) - 500000", "np.divmod(i, 7)", 5),
    ("t.astype('M8[M]'), 1e5 M8[s]", DATES, "t.astype('M8[M]')", 2),
]

# What several threads are for, timed with --threads. NumPy's own loops use one.
LONG = [
    ("x + y, 1e6 f64", MILLION, "x + y", 1.5),
    ("x.sum(), 1e6 f64", MILLION, "x.sum()", 1.5),
    ("m.sum(axis=1), (1000, 1000)", MILLION + "; m = x.reshape(1000, 1000)", "m.sum(axis=1)", 1.5),
    ("np.sin(x), 1e6 f64", MILLION, "np.sin(x)", 8),
    ("x.astype(f4), 1e6 f64", MILLION, "x.astype('f4')", 1.5),
    ("m.T.copy(), (1000, 1000)", MILLION + "; m = x.reshape(1000, 1000)", "m.T.copy()", 1.5),
    ("np.sort(x), 1e6 f64", MILLION, "np.sort(x)", 1.3),
]
