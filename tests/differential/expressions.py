"""Expressions that must mean the same on NumPy and here, by topic: lists grown over types, shapes and edges."""
import itertools

from bad_calls import bad_calls, bad_files

KINDS = ["?", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "e", "f", "d", "g", "F", "D", "G"]
MORE = KINDS + ["S3", "U3", "V4", "O", "M8[D]", "m8[s]", "M8", "i4,f8", ">i4", ">f8", ">U2", ">M8[us]"]
VALUES = {
    "?": "[True, False, True]", "float": "[0.0, -0.0, 1.5, -2.25, np.inf, -np.inf, np.nan, 1e300]",
    "complex": "[0j, 1-2j, complex(np.nan, 1), complex(np.inf, -0.0)]", "signed": "[0, 1, -1, 2, 7, -128, 127]",
    "unsigned": "[0, 1, 2, 7, 255, 128]",
}


def values(kind):
    if kind == "?":
        return VALUES["?"]
    group = "float" if kind in "efdg" else "complex" if kind in "FDG" else "signed" if kind in "bhilq" else "unsigned"
    return VALUES[group]


def made(kind):
    text = values(kind)
    if kind == "e":
        text = text.replace("1e300", "6e4")
    if kind == "f":
        text = text.replace("1e300", "1e30")
    return f"np.array({text}, '{kind}')"


def creation():
    for shape in ("()", "(0,)", "(3,)", "(2, 3)", "(2, 0, 3)", "3", "[2, 2]"):
        for name in ("zeros", "ones"):
            yield from (f"np.{name}({shape}, '{k}')" for k in MORE if k != "i4,f8" or name == "zeros")
        yield from (f"np.full({shape}, {v})" for v in ("1", "1.5", "True", "'ab'", "None", "np.float32(2)", "1j", "2**70"))
        yield f"np.empty({shape}).shape, np.empty({shape}, 'F', order='F').strides"
    for data in ("1", "1.5", "[1, 2]", "[1, 2.5]", "[1, True]", "[[1, 2], [3, 4]]", "[]", "[[]]", "[[], []]", "'abc'", "b'ab'",
                 "['a', 'bcd']", "[b'a', 'b']", "[1, 'a']", "None", "[None, 1]", "2**62", "2**63", "2**64", "-2**63", "-2**63-1",
                 "[2**63, 1]", "[2**63, -1]", "[1j, 1]", "range(4)", "(1, (2, 3))", "[[1, 2], [3]]", "[[[1]], [[2]]]", "{1: 2}",
                 "[np.float32(1), 2]", "np.arange(3)", "[np.arange(2), [3, 4]]", "float('nan')", "[True, None]", "[(1, 2), [3, 4]]",
                 "np.datetime64('2020-01-01')", "[np.datetime64('2020-01'), np.datetime64('2020-01-02')]", "bytearray(b'abc')",
                 "memoryview(b'abcd')", "[np.timedelta64(1, 's'), 2]", "'2020'", "slice(1)", "..."):
        yield f"np.array({data})"
        yield from (f"np.array({data}, dtype='{k}')" for k in ("i4", "f8", "S", "U2", "O", "?", "M8[D]", "D"))
        yield f"np.array({data}, ndmin=3)"
        yield f"np.array({data}, order='F')"
    for args in ("5", "2, 5", "5, 2, -1", "0, 1, 0.25", "3.0", "1, 2", "0", "-3", "1, 10, 3", "2.5, 7", "0, -1, 0.5", "1j, 3",
                 "np.datetime64('2020-01-01'), np.datetime64('2020-01-04')", "1, 3, dtype='f4'", "3, dtype='?'", "4, dtype='?'",
                 "5, dtype='S1'", "'a'", "0, 3, 0", "10**20", "np.int8(3)", "True"):
        yield f"np.arange({args})"
    for args in ("0, 1, 5", "0, 1, 5, endpoint=False", "1, 1, 3", "0, 10, 0", "0, 10, 1", "2, -2, 4", "0, 1, -1", "0, 1j, 3", "0, 5, 4, dtype=int",
                 "[0, 1], [1, 2], 3", "0, 1, 3, retstep=True"):
        yield f"np.linspace({args})"
    yield from ("np.eye(3)", "np.eye(2, 4, 1, dtype='i2')", "np.identity(2)", "np.diag([1, 2])", "np.tri(3)", "np.logspace(0, 2, 3)",
                "np.geomspace(1, 8, 4)", "np.indices((2, 2))", "np.frombuffer(b'abcdefgh', 'i2')", "np.frombuffer(b'abc', 'i2')",
                "np.fromiter(range(3), float)", "np.fromstring('1 2 3', sep=' ')", "np.fromfunction(lambda i, j: i + j, (2, 2))",
                "np.meshgrid([1, 2], [3, 4, 5])", "np.zeros((2,) * 65)", "np.zeros(-1)", "np.zeros((2**40, 2**40))", "np.zeros('a')",
                "np.zeros(2, 'nope')", "np.zeros(2.5)", "np.zeros((1, -2))", "np.zeros_like(np.array([[1, 2]], order='F'))",
                "np.ones_like([1.5, 2], dtype=int)", "np.full_like(np.arange(3), 2.7)", "np.empty_like(np.zeros((2, 3, 4)).transpose(2, 0, 1)).strides",
                "np.vander([1, 2, 3])", "np.triu(np.arange(9).reshape(3, 3))", "np.mgrid[0:2, 0:3]", "np.ogrid[0:2, 0:3]", "np.r_[1:4, 7, 8]", "np.c_[[1, 2], [3, 4]]")


INDEXED = ["np.arange(24).reshape(2, 3, 4)", "np.arange(6.0)", "np.array(5)", "np.zeros((0, 3))", "np.asfortranarray(np.arange(6).reshape(2, 3))",
           "np.arange(10)[::2]", "np.array([(1, 2.5), (3, 4.5)], dtype='i4,f8')"]
INDICES = ["0", "-1", "1", "5", "-7", "()", "...", "None", "np.newaxis, 0", ":", "::-1", "1:", ":-1", "0:2, 1", "..., 0", "0, ...", "..., None",
           "[0, 1]", "[0, -1, 0]", "[]", "[[0, 1], [1, 0]]", "[True, False]", "True", "False", "np.array(1)", "np.array([1, 0], 'u1')",
           "1.0", "'a'", "[1.5]", "np.array([0.0])", "[0, 9]", "(0, [1, 0])", "([0, 1], [1, 0])", "([0], slice(None), [1])", "slice(None), [0, 1]",
           "np.array([], int)", "(0, 0, 0, 0)", "'f0'", "['f0', 'f1']", "['f1']", "1:1", "::2", "3:0:-2", "..., ...", "np.ones(2, bool)",
           "np.array([[True, False, True], [False, True, False]])", "10**30", "np.int8(1)", "None, None", "[0, 1], [0, 1, 2]"]


def indexing():
    for array, index in itertools.product(INDEXED, INDICES):
        yield f"{array}[{index}]"
    for array, index in itertools.product(INDEXED[:5], INDICES):
        for value in ("9", "[7, 8]", "np.arange(4)"):
            yield f"a = {array}; a[{index}] = {value}; a"
    for call in ("take([0, 1])", "take([[0, 1], [2, 3]])", "take([0, 30])", "take([0, 30], mode='clip')", "take(-1)", "take([0], axis=1)", "ravel()",
                 "flat[3]", "flat[[1, 2]]", "flat[::3]", "item(2)", "item(0, 1)", "item(99)", "nonzero()", "tolist()", "choose([1, 2])",
                 "repeat(2)", "repeat([1, 2])", "repeat(2, axis=0)", "compress([True, False])", "squeeze()", "diagonal()", "trace()",
                 "swapaxes(0, 1)", "swapaxes(0, 5)", "transpose(1, 0)", "transpose(0, 0)", "T", "mT", "reshape(-1)", "reshape(2, -1)",
                 "reshape(7, -1)", "reshape(-1, -1)", "reshape(3, 2, order='F')", "argsort()", "copy(order='F')", "astype('f4')", "view('i4')",
                 "view('i2')", "byteswap()", "tobytes()", "fill(3)", "searchsorted(2)", "argmax()", "argmin(axis=0)", "argmax(axis=5)", "ptp()",
                 "cumsum()", "cumprod(axis=0)", "round(1)", "clip(1, 3)", "sort()", "partition(1)", "squeeze(axis=1)", "resize(3)", "setflags(write=False)",
                 "conj()", "real", "imag", "nbytes", "base is None", "dot(2)", "put([0], 5)", "any()", "all(axis=0)", "std()", "var(axis=0)", "mean()"):
        yield from (f"{array}.{call}" for array in INDEXED)


def gaps():
    """Which bytes between fields an assignment leaves alone."""
    start = ("s = np.dtype({'names': ['a', 'd'], 'formats': ['u1', 'u1'], 'offsets': [0, 3], 'itemsize': 4}); "
             "b = np.zeros(24, 'u1'); a = b.view(s); v = np.full(24, 9, 'u1').view(s); ")
    for line in ("a[[0, 1, 2]] = v[:3]", "a[[0, 1, 2]] = v[0]", "a[[0, 1, 2]] = 7", "a[np.arange(6) < 3] = v[:3]", "a[:3] = v[:3]",
                 "a[...] = v", "a[0] = v[0]", "a[[[0, 1], [2, 3]]] = v[0]", "np.copyto(a, v, where=np.arange(6) < 3)",
                 "np.place(a, np.arange(6) < 3, v)", "a.put([0, 1], v[:2])", "np.putmask(a, np.arange(6) < 3, v)", "a.fill(v[0])", "a.flat[:3] = v[:3]", "a.flat[[0, 1]] = v[:2]",
                 "a.reshape(2, 3)[:, [0, 1]] = v[:2]", "a.reshape(2, 3)[[0, 1], ::2] = v[:2]", "np.take(v, [0, 1, 2], out=a[:3])"):
        yield start + line + "; b"
    for value in ("v[[0, 1]]", "v[np.arange(6) < 3]", "v.take([0, 1])", "v.repeat(2)", "v.compress([True, False, True])"):
        yield start + f"{value}.view('u1')"


def dtypes():
    for spec in MORE + ["float", "int", "bool", "str", "bytes", "object", "complex", "f4", "<f4", "=i8", "|u1", "a3", "i3", "f9", "S", "U0", "V", "M8[25s]",
                        "m8[D]", "datetime64[ns]", "timedelta64", "M8[fortnight]", "M8[s/3]", "i4, f8", "(2,3)f4", "i4,(2,)u1", "3i4", "", "x", "int16", "uint", "longlong",
                        "float128", "float96", "void", "str_", "intp", "p", "P", "c8", "b1", "i4,", "S10,U2", "bool8", "object_", "T"]:
        yield f"np.dtype('{spec}')"
        yield f"d = np.dtype('{spec}'); d.str, d.kind, d.char, d.num, d.itemsize, d.alignment, d.byteorder, d.name, d.names, d.shape, d.isnative, d.flags, d.hasobject, d.descr"
        yield f"str(np.dtype('{spec}')), hash(np.dtype('{spec}')) == hash(np.dtype('{spec}')), np.dtype('{spec}').newbyteorder()"
        yield f"import pickle; pickle.loads(pickle.dumps(np.dtype('{spec}'))), pickle.dumps(np.dtype('{spec}'), 2)"
    for spec in ("[('a', 'i4'), ('b', 'f8')]", "[('a', 'i4', 2), (('title', 'b'), 'S3')]", "{'names': ['a', 'b'], 'formats': ['i1', 'f8']}",
                 "{'names': ['a', 'b'], 'formats': ['i1', 'f8'], 'offsets': [4, 8], 'itemsize': 32}", "{'a': ('i4', 0), 'b': ('u1', 2)}",
                 "[('', 'i4'), ('', 'f4')]", "[('a', 'i4'), ('a', 'f4')]", "[('a', 'i4', (2, 3))]", "('i4', (2,))", "('i4', {'x': ('i2', 0)})",
                 "[('a', [('b', 'i2')])]", "None", "np.float64", "np.number", "int", "[]", "[('a', 3)]", "1.5", "[(1, 'i4')]", "type", "list"):
        yield f"np.dtype({spec})"
        yield f"np.dtype({spec}, align=True)"
        yield f"d = np.dtype({spec}); d.fields, d.itemsize, d.alignment, d.isalignedstruct, str(d)"
    for pair in itertools.product(MORE, MORE):
        yield "np.result_type('{0}', '{1}')".format(*pair)
        yield "np.can_cast('{0}', '{1}'), np.can_cast('{0}', '{1}', 'same_kind'), np.can_cast('{0}', '{1}', 'unsafe'), np.can_cast('{0}', '{1}', 'equiv')".format(*pair)
    for kind, value in itertools.product(KINDS, ("1", "1.5", "1j", "True", "300", "-1", "2**70")):
        yield f"np.result_type(np.dtype('{kind}'), {value})"
    for value in ("1", "300", "-1", "2**40", "2**70", "1.5", "1e300", "1j", "True", "'ab'", "np.float64(1)", "np.array([1])", "None"):
        yield f"np.min_scalar_type({value})"


def casts():
    for a, b in itertools.product(KINDS, MORE[:-1]):
        yield f"{made(a)}.astype('{b}')"
    for text in ("['1', '2.5', 'x']", "['1', '-3']", "['1e3', 'nan', ' 4 ']", "['True', '']", "['2020-01-01', 'NaT']", "['1+2j']", "[b'12', b'3.5']", "[b'7']"):
        yield from (f"np.array({text}).astype('{k}')" for k in ("i4", "f8", "?", "D", "M8[D]", "U3", "S2", "O"))
    for unit in ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns"):
        yield f"np.array(['2020-02-29T12:34:56', 'NaT', '1969-12-31']).astype('M8[{unit}]')"
        yield f"np.array(['2020-02-29T12:34:56', 'NaT']).astype('M8[us]').astype('M8[{unit}]').astype('U')"
        yield f"np.array([1, -5, 100]).astype('m8[{unit}]'), np.array([1, -5, 100]).astype('m8[{unit}]').astype('m8[h]')"
    for casting in ("no", "equiv", "safe", "same_kind", "unsafe", "same_value", "nope"):
        yield from (f"np.array([1.0, 2.5]).astype('{k}', casting='{casting}')" for k in ("f8", "f4", "i4", "D", ">f8", "U5"))


UNARY = """absolute negative positive sign conjugate isnan isinf isfinite signbit floor ceil trunc rint sqrt square cbrt reciprocal
exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh degrees radians
logical_not invert spacing modf frexp bitwise_count fabs isnat""".split()
BINARY = """add subtract multiply divide floor_divide remainder fmod power float_power divmod maximum minimum fmax fmin equal not_equal
less less_equal greater greater_equal logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor left_shift right_shift
gcd lcm copysign nextafter hypot arctan2 logaddexp logaddexp2 heaviside ldexp""".split()
INEXACT = set("""exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh cbrt power
float_power hypot arctan2 logaddexp logaddexp2 sqrt reciprocal divide""".split())  # the last bits are another test's


def types_only(call):
    return f"r = {call}; r = r if isinstance(r, tuple) else (r,); [(x.dtype.str, x.shape, np.isnan(x).tolist() if x.dtype.kind in 'fc' else 0) for x in r]"


def ufuncs():
    for name, kind in itertools.product(UNARY, KINDS + ["O", "M8[D]", "m8[s]", "U2"]):
        call = f"np.{name}({made(kind)})" if kind in KINDS else f"np.{name}(np.array([1, 2], '{kind}'))"
        yield types_only(call) if name in INEXACT else call
    small = ["?", "b", "B", "h", "l", "L", "e", "f", "d", "D"]
    for name, a, b in itertools.product(BINARY, small, small):
        call = f"np.{name}(np.array([1, 2, 3], '{a}'), np.array([2, 2, 1], '{b}'))"
        yield types_only(call) if name in INEXACT else call
    for name, kind in itertools.product(BINARY, small + ["M8[D]", "m8[s]", "O", "U1"]):
        for other in ("2", "2.5", "-1", "True", "300", "'a'", "None", "np.timedelta64(3, 's')"):
            call = f"np.{name}(np.array([1, 2], '{kind}'), {other})"
            yield types_only(call) if name in INEXACT else call
    for name, kind in itertools.product(["floor_divide", "remainder", "fmod", "divmod", "maximum", "fmin", "less", "equal", "add", "multiply"], "bBlLefd"):
        yield f"np.{name}.outer({made(kind)}, {made(kind)})"
    for method, kind in itertools.product(("reduce", "accumulate"), small):
        yield from (f"np.{name}.{method}(np.array([3, 1, 2, 2], '{kind}'))" for name in ("add", "multiply", "maximum", "minimum", "logical_or", "bitwise_xor", "subtract", "equal"))
    for args in ("axis=0", "axis=1", "axis=None", "axis=(0, 1)", "axis=()", "axis=2", "keepdims=True", "dtype='f4'", "initial=10", "where=[[True], [False]]",
                 "out=np.zeros(3)", "axis=-3", "axis=(0, 0)", "axis='a'", "dtype='S1'"):
        yield from (f"np.{name}.reduce(np.arange(6).reshape(2, 3), {args})" for name in ("add", "maximum", "logical_and", "subtract", "arctan2"))
    for args in ("[1, 2], [3, 4], out=np.zeros(2)", "[1, 2], [3, 4], out=np.zeros(3)", "[1, 2], [1, 2, 3]", "1, 2, where=False, out=np.array(7)", "[1, 2], 3, dtype='f4'",
                 "[1.5], [2.5], dtype='i4'", "[1.5], 1, casting='no', dtype='i8'", "1", "1, 2, 3, 4", "1, 2, foo=3", "[1, 2], 3, signature='dd->d'", "[1], 2, sig='ff->f'",
                 "[1], 2, out=(None,)", "[1], 2, out=3", "[1, 2], [3, 4], where=[True, False], out=np.zeros(2, int)", "[1], 2, order='X'", "[1], 2, subok=1",
                 "'a', 'b'", "[None], 1", "object(), 1", "np.zeros((2, 3)), np.zeros((3, 2))", "[1], 2, axis=0", "np.array([1, 2])[::-1], [1, 2]"):
        yield f"np.add({args})"
    for expression in ("a = np.arange(5); np.add.at(a, [0, 0, 1], 1); a", "np.add.reduceat(np.arange(8), [0, 4, 1, 5])", "np.add.reduceat([1, 2], [2])",
                       "a = np.arange(4.0); a += 1.5; a", "a = np.arange(4); a += 1.5; a", "a = np.arange(4); a /= 2", "a = np.arange(3, dtype='u1'); a - 1",
                       "np.uint8(200) + np.uint8(100)", "np.int8(-128) * -1", "np.uint8(1) + 300", "np.float32(3) + 1.5", "np.int32(5) // 0", "np.float64(1) / 0",
                       "np.array([1, 2]) // 0", "np.array([1, 2]) % 0", "np.array([1.0, 2]) % 0", "2 ** np.array([-1, 2])", "np.array([2, 3]) ** -1", "np.int64(2) ** -1",
                       "-np.array([True])", "np.array([True]) - np.array([False])", "~np.array([1.5])", "np.arange(4) @ np.arange(4)", "np.ones((2, 3)) @ np.ones((3, 2))",
                       "np.ones((2, 3)) @ np.ones((2, 3))", "np.matmul(1, 2)", "divmod(np.arange(-3, 3), 2)", "np.arange(3) == 'a'", "np.arange(3) < None", "np.arange(3) == [1, 2]",
                       "np.add.types, np.add.nin, np.add.nout, np.add.nargs, np.add.ntypes, np.add.identity, np.add.signature", "np.matmul.signature, np.sqrt.types", "repr(np.add), np.add.__name__"):
        yield expression


def printing():
    arrays = ["np.arange(5)", "np.arange(5.0)", "np.arange(24).reshape(2, 3, 4)", "np.array([1.5, np.nan, -np.inf])", "np.array([1e-10, 1.0, 1e10])", "np.array([0.1, 0.25, 1/3])",
              "np.array([1+2j, -0.5j])", "np.array([True, False])", "np.array(['a', 'bcd'])", "np.array([b'x', b'yz'])", "np.array([None, 'x', 2.5], dtype=object)",
              "np.array(['2020-01-01', 'NaT'], 'M8[D]')", "np.array([1, 2], 'm8[s]')", "np.array([(1, 2.5, 'ab')], 'i4,f8,U3')", "np.zeros((0, 3))", "np.array(3)", "np.array(2.5)",
              "np.array('abc')", "np.arange(2000)", "np.arange(3000).reshape(30, 100)", "np.array([1e300, 1e-300])", "np.float32([1/3, 1e20])", "np.float16([1/3, 6e4])", "np.longdouble([1/3])",
              "np.array([1e16, 1.0])", "np.array([123456789.123456789, 0.001])", "np.array([-0.0, 0.0])", "np.array([[1, 22], [333, 4444]])", "np.array([], 'U3')", "np.zeros(3, 'V3')",
              "np.array([1, 2], '>i4')", "np.ones((2, 2, 2, 2))", "np.array([1e5, 1e6, 1e-5])", "np.array([99999.5, 1e8])", "np.eye(3)", "np.array([{}, []], object)", "np.float32(0.1) * np.arange(3, dtype='f4')"]
    for array in arrays:
        yield f"repr({array}), str({array}), format({array}.ravel()[0] if {array}.size else 0)"
        for options in ("precision=3", "precision=3, suppress=True", "threshold=5", "threshold=5, edgeitems=1", "linewidth=20", "sign='+'", "sign=' '", "floatmode='fixed'", "floatmode='unique'",
                        "floatmode='maxprec_equal', precision=4", "nanstr='N', infstr='I'", "legacy='1.13'", "legacy='1.21'", "legacy='1.25'", "formatter={'float': lambda x: 'f', 'int': hex}"):
            yield f"with np.printoptions({options}): r = repr({array}), str({array})\nr"
        yield f"np.array2string({array}, separator=', ', prefix='xx'), np.array_repr({array}, max_line_width=30), np.array_str({array}, precision=2)"
    for scalar in ("np.float64(0.1)", "np.float32(0.1)", "np.float16(0.1)", "np.longdouble(0.1)", "np.float64(1e22)", "np.float64(1e16)", "np.float64(-0.0)", "np.float64('nan')", "np.complex128(1-0j)",
                   "np.complex64(0.1+1e20j)", "np.int8(5)", "np.bool_(True)", "np.str_('a')", "np.bytes_(b'a')", "np.datetime64('2020-01-01T00')", "np.timedelta64(5, 'D')", "np.void(b'ab')", "np.float64(123456789.0)",
                   "np.float32(16777216.0)", "np.float64(5e-324)", "np.uint64(2**64 - 1)", "np.array([(1, 2)], 'i4,i4')[0]"):
        yield f"repr({scalar}), str({scalar}), format({scalar})"
    for call in ("format_float_positional(1/3)", "format_float_positional(1e-20, precision=5)", "format_float_scientific(12345.678, precision=2)", "format_float_positional(2.5, unique=False, precision=0)",
                 "format_float_positional(np.float16(0.1))", "format_float_scientific(np.float32(1e-45))", "format_float_positional(1.0, trim='-')", "format_float_positional(1e300)", "base_repr(255, 16)", "binary_repr(-5, 8)"):
        yield f"np.{call}"


def functions():
    a, b, f = "np.array([[3, 1, 2], [9, 7, 8]])", "np.array([5, 3, 5, 1])", "np.array([[1.5, np.nan], [2.5, 0.0]])"
    for call in ("sort({a})", "sort({a}, axis=None)", "argsort({b}, kind='stable')", "sort({f})", "partition({b}, 2)", "argpartition({b}, 2)[2]", "lexsort(({b}, {b}))", "searchsorted([1, 3, 5], {b})",
                 "searchsorted([1, 3, 5], {b}, side='right')", "where({a} > 2)", "where({a} > 2, {a}, 0)", "where([True, False], 1, 2.5)", "nonzero({a} - 1)", "argwhere({a} > 2)", "concatenate([{a}, {a}])",
                 "concatenate([{a}, {a}], axis=1)", "concatenate([{a}, {b}])", "concatenate([])", "concatenate([{a}, {a}], axis=2)", "concatenate(['a', [1]])", "stack([{b}, {b}], axis=1)", "vstack([{b}, {b}])",
                 "hstack([{a}, {a}])", "dstack([{b}, {b}])", "split({b}, 2)", "split({b}, 3)", "array_split({b}, 3)", "tile({b}, 2)", "repeat({a}, 2, axis=1)", "roll({a}, 1)", "roll({a}, 1, axis=1)", "flip({a})",
                 "rot90({a})", "unique({b})", "unique({b}, return_counts=True, return_inverse=True)", "unique({f})", "bincount({b})", "bincount([-1])", "histogram({b})", "digitize({b}, [2, 4])", "interp(2.5, [1, 2, 3], [3, 2, 0])",
                 "cumsum({a})", "cumsum({a}, axis=1)", "diff({a})", "ediff1d({b})", "gradient({b})", "cross([1, 2, 3], [4, 5, 6])", "dot({a}, [1, 2, 3])", "dot({a}, {a})", "inner({b}, {b})", "outer([1, 2], [3, 4])",
                 "kron([1, 2], [1, 1])", "trace({a})", "vdot({b}, {b})", "tensordot({a}, {a})", "einsum('ij,ij->i', {a}, {a})", "einsum('ij->ji', {a})", "einsum('ii', {a})", "clip({a}, 2, 7)", "clip({a}, None, None)",
                 "round({f}, 1)", "mean({a}, axis=0)", "mean([])", "var({a})", "std({a}, ddof=1)", "median({a})", "median({f})", "percentile({a}, 30)", "quantile({b}, [0.25, 0.5], method='lower')", "average({b}, weights=[1, 2, 3, 4])",
                 "nanmean({f})", "nansum({f}, axis=0)", "nanmax([np.nan])", "max({a})", "max([])", "min({a}, axis=1, keepdims=True)", "ptp({a}, axis=0)", "argmax({f})", "nanargmin({f})", "all({a})", "any({f})", "sum({f})", "prod({a})",
                 "count_nonzero({a})", "allclose({f}, {f})", "allclose({f}, {f}, equal_nan=True)", "isclose(1, 1 + 1e-9)", "array_equal({a}, {a})", "broadcast_to({b}, (2, 4))", "broadcast_to({b}, (2, 3))", "broadcast_shapes((2, 1), (3,))",
                 "broadcast_arrays([1], [[1], [2]])", "expand_dims({b}, (0, 2))", "squeeze({b}[None])", "moveaxis({a}, 0, 1)", "swapaxes({a}, 0, 1)", "atleast_2d(3)", "pad({b}, 2)", "pad({b}, (1, 2), mode='reflect')", "insert({b}, 1, 9)",
                 "delete({b}, 1)", "append({b}, 7)", "resize({b}, (2, 3))", "trim_zeros([0, 1, 0])", "in1d({b}, [5])", "isin({b}, [5, 1])", "union1d({b}, [2])", "intersect1d({b}, [5, 1])", "setdiff1d({b}, [5])", "setxor1d({b}, [5, 8])",
                 "polyfit([0, 1, 2], [1, 3, 5], 1).round(8)", "polyval([1, 2], 3)", "roots([1, -3, 2]).round(8)", "convolve([1, 2], [1, 1, 1])", "correlate([1, 2, 3], [0, 1])", "packbits([1, 0, 1])", "unpackbits(np.array([7], 'u1'))",
                 "unravel_index([5, 3], (2, 3))", "ravel_multi_index(([0, 1], [1, 2]), (2, 3))", "take_along_axis({a}, {a}.argsort(), 1)", "put_along_axis", "choose([0, 1], [[1, 2], [3, 4]])", "select([{b} > 3], [{b}], 0)",
                 "piecewise({b}, [{b} > 3], [1, 0])", "apply_along_axis(sum, 0, {a})", "vectorize(lambda x: x + 1)({b})", "nan_to_num({f})", "real_if_close([1 + 0j])", "iscomplexobj(1j)", "isreal({f})", "sign(-3.5)", "cov({a})", "corrcoef([1, 2, 3], [3, 2, 1.5])",
                 "ix_([0, 1], [2])", "diag_indices(2)", "tril_indices(2)", "fill_diagonal", "may_share_memory({b}, {b})", "shares_memory({b}, {b}[1:])", "array_repr({b})", "datetime_as_string(np.datetime64('2020-01-01T01', 'h'))", "busday_count('2020-01-01', '2020-02-01')",
                 "is_busday(['2020-01-04', '2020-01-06'])", "isscalar(3)", "ndim([[1]])", "shape([[1]])", "size([1, 2])", "iinfo('i4')", "finfo('f4')", "finfo(float).eps", "geterr()", "result_type()", "typename('d')", "mintypecode('fd')", "common_type({b})", "ndindex(2, 2)",
                 "copyto", "putmask", "place", "extract({b} > 3, {b})", "compress([1, 0], {a}, axis=0)", "char.upper(['a', 'b'])", "strings.find(['abc'], 'b')", "char.add(['a'], ['b'])", "trapezoid([1, 2, 3])", "sinc(0.0)", "i0(0.0)", "unwrap([0, 7.0])", "angle(1j)",
                 "fft.fft([1, 0, 0, 0])", "linalg.norm([3, 4])", "linalg.det([[1, 2], [3, 4]]).round(8)", "linalg.inv([[2.0, 0], [0, 4]])", "linalg.solve([[2.0, 0], [0, 4]], [1, 1])", "linalg.matrix_rank(np.eye(2))"):
        yield "np." + call.format(a=a, b=b, f=f)


def refusals():
    """Which of several errors comes first, and which flags are raised."""
    for index in ("..., ..., 'a'", "..., 'a', ...", "'a', ..., ...", "..., ..., 1.5", "..., ..., [1.5]", "..., ..., 7", "7, ..., ...",
                  "..., ..., np.array(['a'])", "..., ..., [[1, 2], [3]]", "[[1, 2], [3]], ..., ...", "..., ..., 10**30", "0, 0, 0, ..., ..."):
        yield f"np.arange(6).reshape(2, 3)[{index}]"
    for value in ("5e-324+5e-324j", "np.complex64(1e-45+1e-45j)", "np.full(20, 5e-324+5e-324j)", "np.full(20, 1e-45+1e-45j, 'F')", "np.full(7, 1.5e308+1.5e308j)",
                  "np.full(7, 1.5e308+1.5e308j)[::2]", "np.complex128(1.5e308+1.5e308j)", "np.full(20, complex(1, np.nan))", "np.full(3, 1e-200+1e-180j)",
                  "np.full(2, np.longdouble('1e4932')) * (1+1j)"):
        yield f"np.seterr(all='raise'); np.abs({value})"
    yield "np.seterr(all='warn'); 1"
    record = "s = np.array([(1, 2.5), (3, 4.5)], dtype='i4,f8'); "
    for call in ("np.clip(s, 1, 3)", "np.matmul(s, s)", "np.vecdot(s, s)", "s.any()", "np.logical_and.reduce(s)", "np.logical_and.accumulate(s)", "np.equal.reduce(s)",
                 "np.less.reduce(s)", "s.dot(2)", "s.dot(2.5)", "s.dot('a')", "s.dot(s)", "np.inner(s, 2)", "s.searchsorted(2)", "s.searchsorted('a')",
                 "np.arange(3).searchsorted(s)"):
        yield record + call
    yield from ("np.equal.reduce(np.zeros(2, 'S3'))", "np.clip(np.zeros(2, 'M8[s]'), 1.5, 3)", "np.clip('a', 1, 2)", "np.matmul('a', 'b')",
                "np.dot(np.zeros(2, 'M8[s]'), np.zeros(2, 'i4'))", "np.zeros(2, 'M8[s]').searchsorted(2)", "np.dtype(([], 'f8'))",
                "np.array(5).cumsum(axis=0)", "np.array(5).cumprod(axis=1)", "np.zeros((0, 3)).sum(axis=1)", "np.add.reduceat(np.zeros((3, 0)), [0, 1])")
    for kind in "STU":
        yield f"np.multiply(np.array(['1'], '{kind}'), np.timedelta64(3, 's'))"
        yield f"np.strings.slice(np.array(['abc'], '{kind}'), np.array(['1'], '{kind}'))"
        yield f"np.strings.find(np.array(['abc'], '{kind}'), np.array(['a'], '{kind}'), 1.5)"
    for signature in ("dtype='T'", "dtype=np.dtypes.StringDType", "signature='TT->T'", "signature=(None, 'U', None)", "signature=('U', 'U', None)", "dtype='f8'"):
        yield f"np.add(np.array(['b'], 'T'), 'a', {signature})"
        yield f"np.add('3', 6, {signature})"


def sums():
    """The order of additions is part of a result: numbers that cancel, in every order of axes, cut and joined."""
    for shape in ((4, 6), (3, 4, 5), (2, 3, 4, 3), (40, 11, 100), (3, 200, 60)):
        size = 2 ** len(shape)
        for n in shape:
            size *= n
        big = f"np.array([1e16, 1, -1e16, 3, -2, 1e-3, 7])[np.arange({size}) ** 2 % 11 % 7].reshape({tuple(2 * n for n in shape)})"
        whole = ", ".join(f":{n}" for n in shape)
        cut = ", ".join("::2" if k % 2 else f":{n}" for k, n in enumerate(shape))
        turned = ", ".join(f"{n - 1}::-1" if k == 0 else f":{n}" for k, n in enumerate(shape))
        small = len(shape) < 4 and max(shape) < 10
        for part in (f"[{whole}]", f"[{whole}].copy()", f"[{cut}]", f"[{turned}]"):
            for axes in [None, *(c for k in range(2, len(shape)) for c in itertools.combinations(range(len(shape)), k))]:
                for order in itertools.permutations(range(len(shape))) if small else (range(len(shape)), range(len(shape))[::-1]):
                    a = f"a = {big}{part}.transpose({tuple(order)}); "
                    yield a + f"a.sum(axis={axes})"
                    if order[0] == 0:
                        yield a + f"a.astype('f4').sum(axis={axes}, dtype='f8', initial=3)"
                        yield a + f"a.sum(axis={axes}, where=a != 7)"
                        yield a + f"np.add.reduce(a.astype('>f8'), axis={axes})"
                        yield a + f"np.hypot.reduce(a / 7, axis={axes})"
                        yield a + f"a.astype(object).sum(axis={axes})"


TOPICS = {f.__name__: f for f in (creation, indexing, dtypes, casts, ufuncs, printing, functions, sums, gaps, refusals, bad_calls, bad_files)}
