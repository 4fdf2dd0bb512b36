"""Laws that hold for all arrays, whatever their shape, type and layout in memory."""
import bisect
import copy
import io
import math
import pickle

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import fnp as np

settings.register_profile("laws", max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("laws")

PLAIN = ["?", "b", "B", "h", "H", "i", "I", "q", "Q", "e", "f", "d", "F", "D", "M8[s]", "m8[D]", "S3", "U2",
         [("a", "i2"), ("b", "f8", (2,))]]
TYPES = st.sampled_from([np.dtype(t).newbyteorder(o) for t in PLAIN for o in "<>"])
NUMBERS = st.sampled_from([np.dtype(t) for t in "bBhHiIqQfd"])
SHAPES = st.lists(st.integers(0, 4), max_size=4).map(tuple)


@st.composite
def arrays(draw, types=TYPES, shapes=SHAPES):
    """An array in any order of axes, with gaps, backwards, or off its alignment."""
    shape, dtype = draw(shapes), draw(types)
    steps = [draw(st.sampled_from([1, 1, -1, 2, -2])) for _ in shape]
    order = draw(st.permutations(range(len(shape))))
    room = [shape[i] * abs(steps[i]) for i in order]
    count, shift = math.prod(room), draw(st.sampled_from([0, 0, 1]))
    memory = np.zeros(count * dtype.itemsize + shift, "u1")[shift:]
    base = memory[:count * dtype.itemsize].view(dtype).reshape(room)
    values = np.array(draw(st.lists(st.integers(0, 100), min_size=count, max_size=count)), "i8").reshape(room)
    for name in dtype.names or [()]:
        target = base[name] if name else base
        target[...] = values.reshape(values.shape + (1,) * (target.ndim - values.ndim)).astype(target.dtype)
    return base.transpose([order.index(i) for i in range(len(shape))])[(..., *(slice(None, None, s) for s in steps))]


@st.composite
def indices(draw, shape):
    """A basic, integer, boolean or mixed index that fits `shape`."""
    items = []
    length = draw(st.integers(1, 3))
    for axis, n in enumerate(shape):
        if draw(st.booleans()):
            items += [None] * (draw(st.integers(0, 5)) == 0)
        kind = draw(st.sampled_from(["slice", "int", "array", "mask", "stop"]))
        if kind == "stop":
            if draw(st.booleans()):
                items.append(...)
            break
        if kind == "slice" or n == 0:
            bound = st.none() | st.integers(-6, 6)
            items.append(slice(draw(bound), draw(bound), draw(st.sampled_from([None, 1, -1, 2, -3]))))
        elif kind == "int":
            items.append(draw(st.integers(-n, n - 1)))
        elif kind == "array":
            items.append(np.array(draw(st.lists(st.integers(-n, n - 1), min_size=length, max_size=length))))
        else:
            on = set(draw(st.lists(st.integers(0, n - 1), min_size=min(length, n), max_size=min(length, n), unique=True)))
            assume(len(on) == length)
            items.append(np.array([i in on for i in range(n)]))
    return tuple(items)


def same(a, b):
    return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()


def refers(x):
    """For each element of x the place of the element in x.ravel()."""
    return np.arange(x.size).reshape(x.shape)


@given(arrays(), st.data())
def test_reshape_keeps_the_order_of_elements(x, data):
    for order in "CF":
        flat = x.reshape(-1, order=order) if x.size else x.ravel(order)
        assert same(flat.reshape(x.shape, order=order), x)
        assert same(flat, x.ravel(order))
    shape = data.draw(st.permutations(x.shape))
    assert same(x.reshape(shape).ravel(), x.ravel())


@given(arrays(), st.data())
def test_transposes_undo_each_other(x, data):
    axes = data.draw(st.permutations(range(x.ndim)))
    assert same(x.transpose(axes).transpose(np.argsort(axes) if axes else ()), x)
    assert np.shares_memory(x, x.T) == (x.size > 0)
    if x.ndim:
        a, b = data.draw(st.integers(-x.ndim, x.ndim - 1)), data.draw(st.integers(-x.ndim, x.ndim - 1))
        assert same(np.moveaxis(np.moveaxis(x, a, b), b, a), x)
        assert same(x.swapaxes(a, b).swapaxes(a, b), x)


@given(arrays(types=NUMBERS), SHAPES)
def test_broadcasting_repeats(x, more):
    shape = np.broadcast_shapes(x.shape, (*more, *(1,) * x.ndim))
    wide = np.broadcast_to(x, shape)
    assert same(np.ascontiguousarray(wide).reshape(shape), (x + np.zeros(shape, x.dtype)).astype(x.dtype))
    assert not wide.flags.writeable


@given(arrays(), st.data())
def test_an_index_picks_what_it_picks_from_the_numbered_elements(x, data):
    index = data.draw(indices(x.shape))
    try:
        places = refers(x)[index]
    except IndexError:
        with pytest.raises(IndexError):
            x[index]
        return
    assert same(np.asarray(x[index]).reshape(np.shape(places)), x.ravel()[places])


@given(arrays(types=NUMBERS), st.data())
def test_assignment_changes_what_the_index_picks_and_nothing_else(x, data):
    index = data.draw(indices(x.shape))
    try:
        places = np.unique(refers(x)[index])
    except IndexError:
        return
    before = x.ravel().copy()
    x[index] = 101
    after = x.ravel()
    assert (after[places] == 101).all()
    rest = np.ones(x.size, bool)
    rest[places] = False
    assert same(after[rest], before[rest])


@given(arrays(types=NUMBERS, shapes=st.tuples(st.integers(0, 12))), st.data())
def test_overlapping_assignment_reads_before_it_writes(x, data):
    bound, step = st.none() | st.integers(-12, 12), st.sampled_from([1, -1, 2, -2, 3])
    source = slice(data.draw(bound), data.draw(bound), data.draw(step))
    target = slice(data.draw(bound), data.draw(bound), data.draw(step))
    assume(len(x[source]) == len(x[target]))
    want = x.copy()
    want[target] = x[source].copy()
    x[target] = x[source]
    assert same(x, want)


@given(arrays(), st.sampled_from(["C", "F", "A", "K"]))
def test_copies_are_equal_and_apart(x, order):
    for y in (x.copy(order), copy.copy(x), copy.deepcopy(x)):
        assert same(y, x) and not np.shares_memory(x, y)
    for protocol in (2, 5):  # a pickle that is not a buffer loads in native order, but for fields
        y = pickle.loads(pickle.dumps(x, protocol))
        assert y.dtype in (x.dtype, x.dtype.newbyteorder("=")) and same(y.astype(x.dtype), x)
    assert order not in "CF" or x.copy(order).flags[f"{order}_CONTIGUOUS"]


@given(arrays())
def test_files_give_back_what_they_were_given(x):
    file = io.BytesIO()
    np.save(file, x)
    np.savez(file2 := io.BytesIO(), here=x)
    file.seek(0), file2.seek(0)
    assert same(np.load(file), x)
    assert same(np.load(file2)["here"], x)


@pytest.mark.filterwarnings("ignore:Casting complex values")
@given(arrays(), TYPES)
def test_a_safe_cast_can_be_undone(x, wide):
    assume(x.dtype.names is None and wide.names is None and x.dtype.kind not in "Mm")
    assume(x.dtype.kind == wide.kind or x.dtype.kind in "biuf" and wide.kind in "iufc")
    assume(np.can_cast(x.dtype, wide, "safe"))
    assert same(x.astype(wide).astype(x.dtype), x)


@given(arrays(types=NUMBERS, shapes=st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)), st.data())
def test_sorting(x, data):
    axis = data.draw(st.integers(0, x.ndim - 1))
    for kind in (None, "stable", "heapsort"):
        y = np.sort(x, axis=axis, kind=kind)
        rows = np.moveaxis(y, axis, -1).reshape(-1, x.shape[axis]).tolist()
        assert rows == [sorted(r) for r in np.moveaxis(x, axis, -1).reshape(-1, x.shape[axis]).tolist()]
        assert same(np.take_along_axis(x, np.argsort(x, axis=axis, kind=kind), axis), y)
    order = np.argsort(x.ravel(), kind="stable").tolist()
    assert order == sorted(range(x.size), key=x.ravel().tolist().__getitem__)
    k = data.draw(st.integers(0, x.shape[axis] - 1))
    assert same(np.take(np.partition(x, k, axis=axis), k, axis), np.take(np.sort(x, axis=axis), k, axis))


@given(st.lists(st.integers(-9, 9), max_size=20), st.lists(st.integers(-9, 9), max_size=8))
def test_searchsorted_is_bisect(line, keys):
    line.sort()
    for side, way in (("left", bisect.bisect_left), ("right", bisect.bisect_right)):
        assert np.searchsorted(np.array(line, "i4"), np.array(keys, "i8"), side).tolist() == [way(line, k) for k in keys]


@given(arrays(types=st.sampled_from([np.dtype(t) for t in "bBhHiIqQ"])), st.data())
def test_integer_reductions_are_exact(x, data):
    axes = data.draw(st.sets(st.integers(0, max(x.ndim - 1, 0)), max_size=x.ndim)) if x.ndim else ()
    assert int(x.sum()) == sum(map(int, x.ravel().tolist()))
    assert same(np.asarray(x.sum(axis=tuple(axes)).sum()), np.asarray(x.sum()))
    for axis in range(x.ndim):
        assert same(np.add.accumulate(x, axis=axis), np.cumsum(x, axis=axis, dtype=np.add.accumulate(x, axis=axis).dtype))
        if x.shape[axis]:
            assert same(np.take(np.cumsum(x, axis=axis), -1, axis), x.sum(axis=axis))
            assert same(np.maximum.reduce(x, axis=axis), np.take(np.sort(x, axis=axis), -1, axis))


@given(arrays(shapes=st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)), st.data())
def test_parts_put_together_make_the_whole(x, data):
    axis = data.draw(st.integers(0, x.ndim - 1))
    cut = data.draw(st.lists(st.integers(0, x.shape[axis]), max_size=3).map(sorted))
    assert same(np.concatenate(np.split(x, cut, axis=axis), axis=axis), np.asarray(x, x.dtype.newbyteorder("=")))
    assert same(np.unstack(np.stack([x, x], axis=axis), axis=axis)[1], np.asarray(x, x.dtype.newbyteorder("=")))


@given(st.floats(), st.sampled_from([np.float64, np.float32, np.float16, np.longdouble]))
def test_numbers_survive_their_text(value, kind):
    with np.errstate(all="ignore"):
        x = kind(value)
    assert kind(str(x)) == x or x != x
    assert np.array(str(x)).astype(kind) == x or x != x
    y = np.fromstring(str(x), kind, sep=" ")[0]
    assert y == x or x != x


@given(st.integers(-10**11, 10**11), st.sampled_from("YMWDhms"), st.sampled_from(["M8", "m8"]))
def test_dates_survive_their_text(count, unit, kind):
    if unit in "YMW":
        count %= 9000
    x = np.array(count, "i8").view(f"{kind}[{unit}]")[()]
    if kind == "M8":
        assert np.datetime64(str(x)) == x and np.datetime64(str(x)).dtype in (x.dtype, np.dtype("M8[D]"))
        assert np.datetime64(x.item(), unit) == x
    else:
        assert x.astype("i8") == count and (x + x) // 2 == x


@given(arrays(types=NUMBERS))
def test_where_and_masks_agree(x):
    mask = x > 50
    assert same(np.where(mask, x, x), np.ascontiguousarray(x).reshape(x.shape))
    assert same(x[mask], np.compress(mask.ravel(), x.ravel()))
    assert same(np.stack(np.nonzero(mask), -1) if x.ndim else np.argwhere(mask), np.argwhere(mask))
    assert np.count_nonzero(mask) == mask.sum() == len(x[mask])
