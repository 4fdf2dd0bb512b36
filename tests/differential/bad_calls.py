"""Random calls of public functions with arguments that are mostly wrong: types, shapes, sizes, depths. The same ones each time."""
import random
ARRAYS = ["np.arange(6).reshape(2, 3)", "np.zeros(0)", "np.array(5)", "np.array(['a', 'b'])", "np.array([1.5, np.nan])", "np.array([True, False])",
          "np.array([1, None], object)", "np.array([(1, 2.5)], 'i4,f8')", "np.array(['2020-01-01'], 'M8[D]')", "np.zeros((2, 0, 3))", "np.arange(4, dtype='u1')",
          "np.array([1 + 2j])", "np.ones((2, 2))", "np.array([1, 2], 'm8[s]')", "np.array(['x'], 'T')"]
BAD = ["None", "'a'", "-1", "2**70", "1.5", "[[1, 2], [3]]", "[1, 'b']", "{}", "object()", "()", "[]", "(1, 2, 3)", "-5", "np.nan", "b'x'", "True", "1j", "slice(1)", "...",
       "10**9", "[0, 99]", "np.float64(2)", "2**31", "(-1, -1)", "'float64'", "['i4']", "np.zeros((3, 4))", "range(3)", "0", "1", "2", "(0, 0)", "(2, 2)", "lambda: 1"]
ONE = (
    "abs all any argmax argmin argsort around array asarray atleast_2d average cumsum diff diagonal cumprod fix flip fliplr "
    "flatnonzero gradient isfinite max mean median min ndim nonzero prod ptp ravel real round sort squeeze std sum trace "
    "transpose unique var where sqrt sin logical_not floor ediff1d copy nan_to_num cov corrcoef tril histogram bincount "
    "digitize packbits unpackbits size shape rot90 asfortranarray ascontiguousarray nansum nanmax argwhere matrix_transpose "
    "linalg.inv linalg.det linalg.svd linalg.norm linalg.eig linalg.cholesky linalg.qr fft.fft fft.rfft fft.irfft zeros ones "
    "empty arange eye identity diag vander indices frombuffer dtype result_type min_scalar_type iinfo finfo isrealobj "
    "iscomplexobj broadcast_shapes unravel_index ix_ atleast_1d vstack hstack concatenate stack block column_stack"
).split()
TWO = (
    "add subtract multiply divide power floor_divide remainder maximum logical_and bitwise_and left_shift equal less arctan2 "
    "hypot matmul dot inner outer cross kron tensordot vdot reshape resize tile repeat take delete append array_split split "
    "roll rollaxis expand_dims broadcast_to compress choose searchsorted percentile quantile interp insert isin union1d "
    "intersect1d setdiff1d isclose allclose array_equal convolve correlate polyfit polyval linalg.solve linalg.lstsq "
    "linalg.matrix_power full can_cast promote_types astype moveaxis swapaxes squeeze take_along_axis partition argpartition "
    "pad clip copyto putmask put place tril triu trapezoid histogram2d histogramdd unravel_index ravel_multi_index hsplit "
    "vsplit dsplit rot90 flip cumsum sum mean max argmax sort full_like zeros_like empty_like linspace arange "
    "apply_along_axis select digitize lexsort fromiter frombuffer fromstring datetime_as_string busday_count busday_offset "
    "einsum require nanpercentile trim_zeros"
).split()
METHODS = (
    "all any argmax argmin argpartition argsort astype byteswap choose clip compress copy cumprod cumsum diagonal dot fill "
    "flatten getfield item max mean min nonzero partition prod put ravel repeat reshape resize round searchsorted setfield "
    "setflags sort squeeze std sum swapaxes take tobytes tolist trace transpose var view"
).split()
# Where a size that is far too large would be taken at its word, and where memory that nobody set would show.
LARGE = ("tile repeat pad linspace zeros ones empty full eye identity arange bincount resize vander indices fft tri diag histogram "
         "matrix_power broadcast_to split kron left_shift").split()
UNSET = ["empty", "resize(", "object()"]


def bad_calls(count=600, seed=1):
    """`count` different expressions."""
    r, found = random.Random(seed), {}
    while len(found) < count:
        a = r.choice(ARRAYS if r.random() < 0.75 else BAD)
        b, c = r.choice(BAD if r.random() < 0.7 else ARRAYS), r.choice(BAD + ARRAYS)
        kind = r.random()
        if kind < 0.2:
            code = f"np.{r.choice(ONE)}({a if r.random() < 0.6 else b})"
        elif kind < 0.6:
            code = f"np.{r.choice(TWO)}({a}, {b})"
        elif kind < 0.72:
            code = f"np.{r.choice(TWO)}({a}, {b}, {c})"
        elif kind < 0.9:
            some = ", ".join([b, c][:r.choice([0, 1, 1, 1, 2])])
            code = f"a = {r.choice(ARRAYS)}; a.{r.choice(METHODS)}({some})"
        elif kind < 0.95:
            code = f"a = {r.choice(ARRAYS)}; a[{b}]"
        else:
            code = f"a = {r.choice(ARRAYS)}; a[{b}] = {c}; a"
        large = any(size in code for size in ("10**9", "2**31")) and any(name in code for name in LARGE)
        if not large and not any(text in code for text in UNSET):
            found[code] = None
    return list(found)


def bad_files():
    """Files that are short, damaged or of another kind."""
    start = "import io; f = io.BytesIO(); np.save(f, np.arange(5)); raw = f.getvalue(); "
    zipped = "import io; f = io.BytesIO(); np.savez(f, a=np.arange(5)); raw = f.getvalue(); "
    for cut in (0, 1, 5, 6, 7, 8, 9, 10, 11, 20, 60, 127, 128, 129, 167):
        yield start + f"np.load(io.BytesIO(raw[:{cut}]))"
    for at, byte in ((0, 0), (6, 9), (7, 1), (8, 0), (8, 255), (9, 255), (10, 0), (12, 65), (30, 255), (40, 39)):
        yield start + f"b = bytearray(raw); b[{at}] = {byte}; np.load(io.BytesIO(bytes(b)))"
    for cut in (1, 4, 30, 100, 200, 260):
        yield zipped + f"np.load(io.BytesIO(raw[:{cut}]))['a']"
    for text in ("''", "'1 2\\n3'", "'a'", "'1,2\\n3,x'", "'\\x00'", "'1 2 3\\n4 5'", "'# only'"):
        yield f"import io; np.loadtxt(io.StringIO({text}))"
        yield f"import io; np.loadtxt(io.StringIO({text}), delimiter=',', dtype='i4,f8')"
        yield f"import io; np.genfromtxt(io.StringIO({text}), delimiter=',')"
    header = "import io, struct; h = {}; raw = b'\\x93NUMPY\\x01\\x00' + struct.pack('<H', len(h)) + h + bytes(40); "
    for text in ("{'descr': '<i8', 'fortran_order': False, 'shape': (5,)}", "{'descr': '<i8', 'fortran_order': False, 'shape': (-5,)}",
                 "{'descr': '<i8', 'fortran_order': False, 'shape': (2**40, 2**40)}", "{'descr': 'nope', 'fortran_order': False, 'shape': (5,)}",
                 "{'descr': '<i8', 'shape': (5,)}", "{'descr': '<i8', 'fortran_order': 1, 'shape': (5,)}", "{'descr': '<i8', 'fortran_order': False, 'shape': 5}",
                 "{'descr': '|O', 'fortran_order': False, 'shape': (5,)}", "[1, 2]", "{", "__import__('os')", "{'descr': '<i8', 'fortran_order': False, 'shape': (6,)}"):
        yield header.format(repr((text + "\n").encode())) + "np.load(io.BytesIO(raw))"
