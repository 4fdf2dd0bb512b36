"""Joining arrays, and raising their number of dimensions."""
import functools
import itertools

from . import multiarray as _mu, numeric as _nx, overrides  # noqa: F401
from .multiarray import array, asanyarray, normalize_axis_index

__all__ = ['atleast_1d', 'atleast_2d', 'atleast_3d', 'block', 'hstack', 'stack', 'unstack',
           'vstack']

array_function_dispatch = functools.partial(overrides.array_function_dispatch, module='numpy')

# The public function: a class may leave stacking as it is and take over only the joining.
_join = _mu.concatenate
_join_blocks = _join._implementation
_PLAIN = frozenset([_mu.ndarray, list, tuple, int, float])  # what no class has a say in


def _to_1d(a):
    a = asanyarray(a)
    return a if a.ndim else a.reshape(1)


def _to_2d(a):
    a = asanyarray(a)
    return a if a.ndim > 1 else a[None, :] if a.ndim else a.reshape(1, 1)


def _to_3d(a):
    a = asanyarray(a)
    if a.ndim > 2:
        return a
    if a.ndim == 2:
        return a[:, :, None]
    return a[None, :, None] if a.ndim else a.reshape(1, 1, 1)


@array_function_dispatch(lambda *arys: arys)
def atleast_1d(*arys):
    """Arguments as arrays of one dimension or more."""
    return _to_1d(arys[0]) if len(arys) == 1 else tuple(map(_to_1d, arys))


@array_function_dispatch(lambda *arys: arys)
def atleast_2d(*arys):
    """Arguments as arrays of two dimensions or more; new axes come first."""
    return _to_2d(arys[0]) if len(arys) == 1 else tuple(map(_to_2d, arys))


@array_function_dispatch(lambda *arys: arys)
def atleast_3d(*arys):
    """Arguments as arrays of three dimensions or more: (n,) becomes (1, n, 1), (m, n) (m, n, 1)."""
    return _to_3d(arys[0]) if len(arys) == 1 else tuple(map(_to_3d, arys))


def _sequence_dispatcher(arrays):
    # Generators would be used up by looking at them.
    if not hasattr(arrays, '__getitem__'):
        raise TypeError('arrays to stack must be passed as a "sequence" type such as list or tuple.')
    return tuple(arrays)


@array_function_dispatch(
    lambda tup, *, dtype=None, casting=None: _sequence_dispatcher(tup), verify=False)
def vstack(tup, *, dtype=None, casting='same_kind'):
    """Join arrays row after row; those of one dimension are rows.

    >>> np.vstack([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    if type(tup) not in (list, tuple):
        tup = _sequence_dispatcher(tup)
    parts = [_to_2d(a) if type(a) in _PLAIN else atleast_2d(a) for a in tup]
    return _join(parts, 0, dtype=dtype, casting=casting)


@array_function_dispatch(
    lambda tup, *, dtype=None, casting=None: _sequence_dispatcher(tup), verify=False)
def hstack(tup, *, dtype=None, casting='same_kind'):
    """Join arrays along the second axis, or the first of those with one dimension."""
    if type(tup) not in (list, tuple):
        tup = _sequence_dispatcher(tup)
    parts = [_to_1d(a) if type(a) in _PLAIN else atleast_1d(a) for a in tup]
    flat = bool(parts) and parts[0].ndim == 1
    return _join(parts, 0 if flat else 1, dtype=dtype, casting=casting)


def _stack_dispatcher(arrays, axis=None, out=None, *, dtype=None, casting=None):
    arrays = _sequence_dispatcher(arrays)
    return arrays if out is None else [*arrays, out]


@array_function_dispatch(_stack_dispatcher)
def stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind'):
    """Join arrays of one shape along a new axis."""
    arrays = [asanyarray(a) for a in _sequence_dispatcher(arrays)]
    if not arrays:
        raise ValueError('need at least one array to stack')
    first = arrays[0].shape
    for a in arrays:
        if a.shape != first:
            raise ValueError('all input arrays must have the same shape')
    ndim = len(first) + 1
    place = (slice(None),) * normalize_axis_index(axis, ndim) + (None,)
    return _join([a[place] for a in arrays], axis=axis, out=out, dtype=dtype, casting=casting)


@array_function_dispatch(lambda x, /, *, axis=None: (x,))
def unstack(x, /, *, axis=0):
    """Split along an axis into a tuple of arrays without it: the reverse of `stack`."""
    if x.ndim == 0:
        raise ValueError('Input array must be at least 1-d.')
    return tuple(_nx.moveaxis(x, axis, 0))


# ---- block ----

def _block_format_index(index):
    return 'arrays' + ''.join(f'[{i}]' for i in index if i is not None)


def _survey(arrays, index=()):
    """(index of the first leaf, greatest ndim, total size, index of an empty list or None)."""
    if isinstance(arrays, tuple):
        raise TypeError(f'{_block_format_index(index)} is a tuple. Only lists can be used to '
                        'arrange blocks, and np.block does not allow implicit conversion '
                        'from tuple to ndarray.')
    if not isinstance(arrays, list):
        return index, _mu_ndim(arrays), _mu_size(arrays), None
    if not arrays:
        return (*index, None), 0, 0, index
    first = empty = None
    ndim = size = 0
    for i, part in enumerate(arrays):
        leaf, part_ndim, part_size, part_empty = _survey(part, (*index, i))
        if first is None:
            first = leaf
        elif len(leaf) != len(first):
            raise ValueError(
                f'List depths are mismatched. First element was at depth {len(first)}, but there '
                f'is an element at depth {len(leaf)} ({_block_format_index(leaf)})')
        empty = part_empty if part_empty is not None else empty
        ndim, size = max(ndim, part_ndim), size + part_size
    return first, ndim, size, empty


def _mu_ndim(a):
    found = getattr(a, 'ndim', None)
    return asanyarray(a).ndim if found is None else found


def _mu_size(a):
    found = getattr(a, 'size', None)
    return asanyarray(a).size if found is None else found


def _atleast_nd(a, ndim):
    return array(a, ndmin=ndim, copy=None, subok=True)


def _block_setup(arrays):
    """(arrays, depth of the lists, ndim of the result, its number of elements)."""
    first, ndim, size, empty = _survey(arrays)
    if empty is not None:
        raise ValueError(f'List at {_block_format_index(empty)} cannot be empty')
    depth = len(first)
    return arrays, depth, max(ndim, depth), size


def _concatenate_shapes(shapes, axis):
    """Shape of the joined arrays, and the slices along `axis` where each one goes."""
    ends = [*itertools.accumulate((shape[axis] for shape in shapes), initial=0)]
    head, tail = shapes[0][:axis], shapes[0][axis + 1:]
    for shape in shapes:
        if shape[:axis] != head or shape[axis + 1:] != tail:
            raise ValueError(f'Mismatched array shapes in block along axis {axis}.')
    return (*head, ends[-1], *tail), [(slice(*pair),) for pair in zip(ends, ends[1:])]


def _block_info_recursion(arrays, max_depth, result_ndim, depth=0):
    """Shape of the result, where every leaf goes in it, and the leaves as arrays."""
    if depth == max_depth:
        leaf = _atleast_nd(arrays, result_ndim)
        return leaf.shape, [()], [leaf]
    parts = [_block_info_recursion(part, max_depth, result_ndim, depth + 1) for part in arrays]
    axis = result_ndim - max_depth + depth
    shape, prefixes = _concatenate_shapes([part[0] for part in parts], axis)
    places = [prefix + place for prefix, part in zip(prefixes, parts) for place in part[1]]
    return shape, places, [leaf for part in parts for leaf in part[2]]


def _block_slicing(arrays, list_ndim, result_ndim):
    """Allocate once, then copy each leaf to its place: best for much data."""
    shape, places, leaves = _block_info_recursion(arrays, list_ndim, result_ndim)
    fortran = all(a.flags['F_CONTIGUOUS'] for a in leaves)
    order = 'F' if fortran and not all(a.flags['C_CONTIGUOUS'] for a in leaves) else 'C'
    result = _mu.empty(shape, dtype=_mu.result_type(*[a.dtype for a in leaves]), order=order)
    for place, leaf in zip(places, leaves):
        result[(Ellipsis, *place)] = leaf
    return result


def _block_concatenate(arrays, list_ndim, result_ndim):
    """Join level by level: best for little data."""

    def build(part, depth):
        if depth == list_ndim:
            return _atleast_nd(part, result_ndim)
        return _join_blocks([build(p, depth + 1) for p in part], axis=depth - list_ndim)

    result = build(arrays, 0)
    # Without any list nothing was joined, and the result would still be the argument.
    return result.copy() if list_ndim == 0 else result


def _block_dispatcher(arrays):
    if type(arrays) is list:
        for part in arrays:
            yield from _block_dispatcher(part)
    else:
        yield arrays


# Joining level by level copies the data once per level: above this many elements, do not.
_LARGE_BLOCK = 2 * 512 * 512


@array_function_dispatch(_block_dispatcher)
def block(arrays):
    """Assemble an array from nested lists of blocks.

    Blocks in the innermost lists are joined along the last axis, those one level out along the
    second last, and so on. Scalars and small arrays get leading axes of length one.

    Examples
    --------
    >>> np.block([[np.eye(2), np.zeros((2, 1))], [np.ones((1, 3))]]).shape
    (3, 3)
    """
    arrays, list_ndim, result_ndim, size = _block_setup(arrays)
    build = _block_slicing if list_ndim * size > _LARGE_BLOCK else _block_concatenate
    return build(arrays, list_ndim, result_ndim)
