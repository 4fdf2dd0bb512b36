"""What other packages rely on and NumPy's own tests do not check: which object comes back, which class, which order."""
import ctypes

import pytest

import fnp as np


class Sub(np.ndarray):
    pass


class Low(np.ndarray):
    __array_priority__ = -3.0


class High(np.ndarray):
    __array_priority__ = 3.0


class HasArray:
    def __init__(self, a):
        self.a = a

    def __array__(self, dtype=None, copy=None):
        return self.a


def from_any(a, dtype, flags):
    """PyArray_FromAny, slot 69 of the C-API's table."""
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    table = ctypes.cast(pointer(np._core._multiarray_umath._ARRAY_API, None), ctypes.POINTER(ctypes.c_void_p))
    types = [ctypes.py_object, ctypes.py_object, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_void_p]
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(dtype))
    return ctypes.PYFUNCTYPE(ctypes.py_object, *types)(table[69])(a, dtype, 0, 0, flags, None)


COPY, FORCE, PLAIN = 0x20, 0x10, 0x40


@pytest.mark.parametrize("dtype", ["c8", "f8", "M8[s]", "U5", "i4,f8"])
def test_an_equivalent_dtype_leaves_the_array_as_it_is(dtype):
    old, new = np.dtype(dtype).newbyteorder("="), np.dtype(dtype).newbyteorder("=")
    a = np.zeros((3, 2), old)
    assert a.dtype is old is not new
    for flags in (0, FORCE, PLAIN, PLAIN | FORCE):
        assert from_any(a, new, flags) is a
    assert from_any(a, new, COPY).dtype is new
    b = from_any(a.view(Sub), new, PLAIN)
    assert type(b) is np.ndarray and b.dtype is old
    assert np.asarray(HasArray(a), dtype=new) is a


def test_array_takes_the_dtype_it_was_given_for_a_view_only():
    old, new = np.dtype("c8").newbyteorder("="), np.dtype("c8")
    a = np.zeros((3, 2), old)
    assert np.asarray(a, new).dtype is new and np.asarray(a, new).base is a
    assert np.array(a, new).dtype is old
    assert np.asfortranarray(a, new).dtype is old
    assert np.asarray(a.view(Sub), new).dtype is old


def test_only_arrays_have_an_order_to_keep():
    a = np.ones((3, 2)).T
    assert np.empty_like(a).strides == np.zeros_like(a).strides == (8, 16)
    for o in (memoryview(a), HasArray(a)):
        assert np.empty_like(o).strides == np.ones_like(o).strides == np.full_like(o, 2).strides == (24, 8)
        assert np.empty_like(o, order="F").strides == np.asarray(o).strides == (8, 16)


def test_joined_arrays_take_a_class_of_priority_above_zero():
    plain = np.ones((2, 2))
    sub, low, high = plain.view(Sub), plain.view(Low), plain.view(High)
    for join in (np.concatenate, np.stack, np.hstack, np.vstack, np.block):
        assert type(join([sub, sub])) is type(join([low, low])) is np.ndarray
        assert type(join([plain, high])) is type(join([high, sub])) is High
    assert type(low + plain) is type(plain + low) is np.ndarray
    assert type(low + low) is Low and type(sub + plain) is Sub


def test_bytes_of_a_type_that_no_format_describes():
    a = np.array(["2020-01-01", "NaT"], "M8[s]")
    b = np.frombuffer(a, "M8[s]")
    assert b.base is a and b.tolist() == a.tolist()
    with pytest.raises(ValueError, match="cannot include dtype 'M' in a buffer"):
        memoryview(a)


def test_grids_take_any_sequence_of_slices():
    assert np.mgrid[[slice(0, 2), slice(0, 3)]].tolist() == np.mgrid[0:2, 0:3].tolist()
    assert [x.shape for x in np.ogrid[[slice(0, 2), slice(0, 3)]]] == [(2, 1), (1, 3)]
    assert np.ogrid[[]] == () and np.mgrid[[]].shape == (0,)
    with pytest.raises(AttributeError, match="'int' object has no attribute 'step'"):
        np.mgrid[[1, 2]]


@pytest.mark.parametrize("index", [([0, 1], 0), (np.array([True, True, False]), 0), (0, [0, 1])])
def test_lists_for_object_elements_are_unpacked_as_deep_as_the_result_is(index):
    a = np.zeros((3, 2), object)
    a[index] = [[1, 2], (3, 4)]
    assert a[index].tolist() == [[1, 2], (3, 4)]
    a[index] = [[1, 2]]
    assert a[index].tolist() == [[1, 2], [1, 2]]
    with pytest.raises(ValueError, match="could not broadcast input array"):
        a[index] = [1, 2, 3]
    with pytest.raises(ValueError, match="shape mismatch"):
        a[index] = np.ones((2, 2))


def test_ones_in_front_are_not_told_of():
    with pytest.raises(ValueError, match=r"from shape \(2,\) into shape \(3,\)"):
        np.zeros(3)[:] = np.ones((1, 1, 2))
    with pytest.raises(ValueError, match=r"from shape \(1,3\) into shape \(3,2\)"):
        np.zeros((3, 2))[...] = np.ones((1, 1, 3))


def test_complex_whole_powers_start_from_one():
    inf = float("inf")
    with np.errstate(all="ignore"):
        assert str(np.power(1 + 0j, -1)) == "(1+0j)" and str(np.power(-1j, -1)) == "(-0+1j)"
        assert np.isnan(np.power(complex(inf, 0), -1)) and np.isnan(np.power(complex(inf, 0), 4).imag)
        assert np.power(complex(inf, inf), 2).imag == inf
        assert (np.power(np.array([2j, 1 + 1j]), -2) == [-0.25, -0.5j]).all()


def test_a_complex_number_with_a_nan_part_is_nan_before_it_is_infinite():
    x, y = complex(float("inf"), float("nan")), complex(float("nan"), float("nan"))
    for check in (np.testing.assert_array_equal, np.testing.assert_allclose):
        check([x], [y])
        with pytest.raises(AssertionError, match="inf location mismatch"):
            check([complex(float("inf"), 0)], [1j])


@pytest.fixture(scope="module")
def foreign():
    """A ufunc as SciPy makes them; only its choice of loops is asked for."""
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    table = ctypes.cast(pointer(np._core._multiarray_umath._UFUNC_API, None), ctypes.POINTER(ctypes.c_void_p))
    rows = ["lddd", "ffff", "ddFF", "dddd", "ddDD"]
    types = (ctypes.c_char * (4 * len(rows)))(*[np.dtype(c).num for row in rows for c in row])
    loops, data = (ctypes.c_void_p * len(rows))(), (ctypes.c_void_p * len(rows))()
    make = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int,
                             ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int)(table[1])
    ufunc = make(*(ctypes.cast(x, ctypes.c_void_p) for x in (loops, data, types)), len(rows), 3, 1, -1, b"foreign", b"", 0)
    yield ufunc
    del types, loops, data


@pytest.mark.parametrize("given, loop", [
    ((int, float, float), "lddd"), ((int, "f8", "f8"), "lddd"), ((int, "f4", "f4"), "lddd"), ((float, "f4", "f4"), "ffff"),
    ((float, float, "f4"), "ffff"), ((float, float, float), "dddd"), ((float, "i2", "i2"), "ddFF"), (("i2", "f4", int), "lddd"),
    ((float, "?", "f4"), "ffff"), ((float, "f4", complex), "ddFF"), ((float, float, complex), "ddDD")])
def test_loops_of_other_ufuncs_are_tried_in_their_order(foreign, given, loop):
    given = tuple(np.dtype(g) if isinstance(g, str) else g for g in given)
    assert "".join(d.char for d in foreign.resolve_dtypes(given + (None,))) == loop


@pytest.mark.parametrize("order", "<>=|")
def test_dates_spelt_out_have_a_byte_order_too(order):
    for word, short in (("datetime64", "M8"), ("timedelta64", "m8")):
        assert np.dtype(order + word) == np.dtype(order + short)
        assert np.dtype(order + word + "[s]") == np.dtype(order + short + "[s]")
    assert np.dtype(f"{order}datetime64,i4")[0] == np.dtype(order + "M8")
    with pytest.raises(TypeError, match='^Invalid datetime metadata string "xyz" at position 1$'):
        np.dtype(order + "M8xyz")


def test_what_is_no_dtype_is_unequal_to_one():
    for text in ("decimal128(7, 3)[pyarrow]", "(2,3", "nothing"):
        assert np.dtype("i4") != text and not np.dtype("i4") == text


def test_searchsorted_asks_for_objects():
    class Keys:
        def __array__(self, dtype=None, copy=None):
            return np.array(["b"], object) if dtype == object else np.array([1])

    assert np.searchsorted(np.array(["a", "b", "c"], object), Keys()).tolist() == [1]


def null_strings(dtype):
    """Two missing strings, as C code of others writes them."""
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    table = ctypes.cast(pointer(np._core._multiarray_umath._ARRAY_API, None), ctypes.POINTER(ctypes.c_void_p))
    a = np.array(["x", "y"], dtype)
    allocator = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object)(table[316])(a.dtype)
    for i in range(2):
        ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(table[315])(allocator, a.ctypes.data + 16 * i)
    ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(table[318])(allocator)
    return a


def test_missing_strings_without_an_na_are_empty():
    a, b = null_strings(np.dtypes.StringDType()), np.array(["", "z"], "T")
    assert (a == b).tolist() == (a == "").tolist()[:1] + [False] and (a <= b).all()
    assert np.sort(np.concatenate([b, a])).tolist() == ["", "", "", "z"]
    assert np.strings.add(a, b).tolist() == ["", "z"] and np.strings.find(b, a).tolist() == [0, 0]
    with pytest.raises(ValueError, match="length of a null string"):
        np.strings.str_len(a)
    with pytest.raises(ValueError, match="invalid literal for int"):
        a.astype(int)
    assert np.isnan(null_strings(np.dtypes.StringDType(na_object=np.nan))).all()


class Told(np.ndarray):
    calls = []

    def __array_function__(self, function, types, args, kwargs):
        self.calls.append(function.__name__)
        return super().__array_function__(function, types, args, kwargs)


def test_stacking_joins_by_the_public_concatenate():
    a = np.ones((2, 2)).view(Told)
    for join in (np.stack, np.hstack, np.vstack):
        Told.calls.clear()
        join([a, a])
        assert Told.calls[0] == join.__name__ and Told.calls[-1] == "concatenate"
    Told.calls.clear()
    assert np.empty_like(prototype=a).shape == (2, 2) and Told.calls == ["empty_like"]


def test_umath_lists_numpys_ufuncs_only():
    assert not {u.__name__ for u in vars(np._core.umath).values() if isinstance(u, np.ufunc)} & {"dot", "vdot"}


def test_stacking_raises_dimensions_by_the_public_functions():
    class Duck:
        ndim, shape = 0, ()

        def __array_function__(self, function, types, args, kwargs):
            return "joined" if function is np.concatenate else function._implementation(*args, **kwargs) if function in (
                np.hstack, np.vstack) else self

    assert np.hstack([Duck(), Duck()]) == np.vstack([Duck(), Duck()]) == "joined"


def test_structures_take_the_fields_of_any_array_without_axes():
    masked = np.ma.array([(1, 2.0), (3, 4.0)], dtype="i4,f8", mask=[(0, 1), (0, 0)])
    assert np.array([masked[0], masked[1]]).tolist() == [(1, 2.0), (3, 4.0)]
    assert np.array([np.array(5, "i4").view(Sub)], "i4,f8").tolist() == [(5, 5.0)]


def test_tofile_does_not_ask_a_subclass_for_its_elements(tmp_path):
    class Odd(np.ndarray):
        def __getitem__(self, key):
            raise TypeError('not so')

    path = tmp_path / 'odd'
    with open(path, 'wb') as f:
        np.arange(4, dtype='i2').view(Odd).tofile(f)
    assert path.read_bytes() == np.arange(4, dtype='i2').tobytes()


def test_lists_of_fields_may_be_longer_than_the_names():
    assert np.dtype({'names': [], 'formats': [], 'offsets': [0]}) == np.dtype([])
    assert np.dtype({'names': ['a'], 'formats': ['i4', 'f8'], 'offsets': [0, 4]}) == np.dtype([('a', 'i4')])
    with pytest.raises(ValueError):
        np.dtype({'names': ['a', 'b'], 'formats': ['i4', 'f8'], 'offsets': [0]})
