"""Tools for structured arrays: change, merge, stack and join their fields.

Fields are moved as columns.  Most functions fill a new array by `recursive_fill_fields` or column by
column, and let `_fix_output` choose its class.
"""
import functools

from .. import ma
from .._core import overrides as _overrides
from ..ma import mrecords as _mrec
from ._iotools import _is_string_like
from ._root import np

__all__ = """
    append_fields apply_along_fields assign_fields_by_name drop_fields find_duplicates
    flatten_descr get_fieldstructure get_names get_names_flat join_by merge_arrays
    rec_append_fields rec_drop_fields rec_join recursive_fill_fields rename_fields repack_fields
    require_fields stack_arrays structured_to_unstructured unstructured_to_structured
""".split()

_public = functools.partial(_overrides.array_function_dispatch, module="numpy.lib.recfunctions")


# --- descriptions ---------------------------------------------------------------------------------


def _get_fieldspec(dtype):
    """Pairs of name, or (title, name), and dtype: what makes an equal packed dtype."""
    if dtype.names is None:
        return [("", dtype)]
    spec = []
    for name in dtype.names:
        field = dtype.fields[name]
        spec.append((name if len(field) == 2 else (field[2], name), field[0]))
    return spec


def get_names(adtype):
    """Names of all fields; a structured one is a pair of its name and its fields' names.

    Examples
    --------
    >>> rfn.get_names(np.dtype([('a', int), ('b', [('c', int)])]))
    ('a', ('b', ('c',)))
    """
    names = []
    for name in adtype.names:
        inner = adtype[name]
        names.append(name if inner.names is None else (name, tuple(get_names(inner))))
    return tuple(names)


def get_names_flat(adtype):
    """Names of all fields, those of nested ones after their parent's.

    Examples
    --------
    >>> rfn.get_names_flat(np.dtype([('a', int), ('b', [('c', int)])]))
    ('a', 'b', 'c')
    """
    names = []
    for name in adtype.names:
        names.append(name)
        if adtype[name].names is not None:
            names.extend(get_names_flat(adtype[name]))
    return tuple(names)


def flatten_descr(ndtype):
    """Pairs of name and dtype of all fields that are not structured.

    Examples
    --------
    >>> rfn.flatten_descr(np.dtype([('a', 'i4'), ('b', [('c', 'f8')])]))
    (('a', dtype('int32')), ('c', dtype('float64')))
    """
    if ndtype.names is None:
        return (("", ndtype),)
    pairs = []
    for name in ndtype.names:
        inner = ndtype[name]
        pairs.extend([(name, inner)] if inner.names is None else flatten_descr(inner))
    return tuple(pairs)


def _zip_dtype(seqarrays, flatten=False):
    """The dtype that has the fields of several arrays."""
    fields = []
    for array in seqarrays:
        dtype = array.dtype
        if flatten:
            fields.extend(flatten_descr(dtype))
        elif dtype.names is not None and len(dtype.names) == 1:
            # one field needs no box of its own
            fields.extend(_get_fieldspec(dtype))
        else:
            fields.append(("", dtype))
    return np.dtype(fields)


def _zip_descr(seqarrays, flatten=False):
    return _zip_dtype(seqarrays, flatten=flatten).descr


def get_fieldstructure(adtype, lastname=None, parents=None):
    """For each field the list of fields that it is nested in.

    Parameters
    ----------
    adtype : dtype
    lastname : str, optional
        Field that `adtype` is the dtype of.
    parents : dict, optional
        What is known already.

    Examples
    --------
    >>> rfn.get_fieldstructure(np.dtype([('a', int), ('b', [('c', int)])]))
    {'a': [], 'b': [], 'c': ['b']}
    """
    if parents is None:
        parents = {}
    for name in adtype.names:
        inner = adtype[name]
        path = [] if lastname is None else [*parents.get(lastname, ()), lastname]
        if inner.names is None:
            parents[name] = path
        else:
            parents[name] = [lastname] if lastname else []
            parents.update(get_fieldstructure(inner, name, parents))
            parents[name] = path
    return parents


def _fix_output(output, usemask=True, asrecarray=False):
    """The array in the class that was asked for."""
    if not isinstance(output, ma.MaskedArray):
        usemask = False
    if usemask:
        return output.view(_mrec.MaskedRecords) if asrecarray else output
    output = ma.filled(output)
    return output.view(np.recarray) if asrecarray else output


def _fix_defaults(output, defaults=None):
    """Write defaults into the masked elements of the data."""
    for name in output.dtype.names:
        if defaults and name in defaults:
            output.fill_value[name] = defaults[name]
            output.data[name][output.mask[name]] = defaults[name]
    return output


# --- single arrays --------------------------------------------------------------------------------


@_public(lambda input, output: (input, output))
def recursive_fill_fields(input, output):
    """Copy fields of one array to fields of the same name of another, which may be longer.

    Examples
    --------
    >>> a = np.array([(1, 2.)], dtype=[('a', int), ('b', float)])
    >>> rfn.recursive_fill_fields(a, np.zeros(2, a.dtype)).tolist()
    [(1, 2.0), (0, 0.0)]
    """
    for name in output.dtype.names:
        try:
            column = input[name]
        except ValueError:
            continue
        if column.dtype.names is not None:
            recursive_fill_fields(column, output[name])
        else:
            output[name][: len(column)] = column
    return output


def _filter_fields(dtype, dropped):
    """Fields of a dtype without some; structured ones that lose all of theirs go too."""
    kept = []
    for name in dtype.names:
        inner = dtype[name]
        if name in dropped:
            continue
        if inner.names is None:
            kept.append((name, inner))
        else:
            fields = _filter_fields(inner, dropped)
            if fields:
                kept.append((name, fields))
    return kept


def _names_set(names):
    return {names} if _is_string_like(names) else set(names)


@_public(lambda base, drop_names, usemask=None, asrecarray=None: (base,))
def drop_fields(base, drop_names, usemask=True, asrecarray=False):
    """Copy of an array without some fields, nested ones included.

    Parameters
    ----------
    base : array
    drop_names : str or sequence of str
        Names that do not occur are ignored.
    usemask, asrecarray : bool
        The class of the result.

    Examples
    --------
    >>> a = np.array([(1, 2.)], dtype=[('a', int), ('b', float)])
    >>> rfn.drop_fields(a, 'b').tolist()
    [(1,)]
    """
    dtype = _filter_fields(base.dtype, _names_set(drop_names))
    output = recursive_fill_fields(base, np.empty(base.shape, dtype=dtype))
    return _fix_output(output, usemask=usemask, asrecarray=asrecarray)


def _keep_fields(base, keep_names, usemask=True, asrecarray=False):
    """Copy of an array with some fields, in the given order."""
    dtype = [(name, base.dtype[name]) for name in keep_names]
    output = recursive_fill_fields(base, np.empty(base.shape, dtype=dtype))
    return _fix_output(output, usemask=usemask, asrecarray=asrecarray)


@_public(lambda base, drop_names: (base,))
def rec_drop_fields(base, drop_names):
    """`drop_fields` with a recarray as result."""
    return drop_fields(base, drop_names, usemask=False, asrecarray=True)


@_public(lambda base, namemapper: (base,))
def rename_fields(base, namemapper):
    """View of an array with other names for some fields, nested ones included.

    Examples
    --------
    >>> a = np.array([(1, 2.)], dtype=[('a', int), ('b', float)])
    >>> rfn.rename_fields(a, {'a': 'x'}).dtype.names
    ('x', 'b')
    """

    def renamed(dtype):
        return [
            (namemapper.get(name, name),
             dtype[name] if dtype[name].names is None else renamed(dtype[name]))
            for name in dtype.names
        ]

    return base.view(renamed(base.dtype))


# --- merge and append -----------------------------------------------------------------------------


def _leaves(array):
    """Columns of all fields that are not structured; the array itself without fields."""
    if array.dtype.names is None:
        return [array]
    return [leaf for name in array.dtype.names for leaf in _leaves(array[name])]


def _fill_tail(column, start, fill_value):
    """Write the fill value from a row on, into nested fields too."""
    for leaf in _leaves(column):
        if start < len(leaf):
            leaf[start:] = fill_value


def _mask_tail(mask, start):
    for leaf in _leaves(mask):
        leaf[start:] = True


@_public(
    lambda seqarrays, fill_value=None, flatten=None, usemask=None, asrecarray=None: seqarrays
)
def merge_arrays(seqarrays, fill_value=-1, flatten=False, usemask=False, asrecarray=False):
    """Put arrays side by side, as fields of one.

    Parameters
    ----------
    seqarrays : array or sequence of arrays
    fill_value : number
        For the ends of shorter arrays.
    flatten : bool
        Make all fields of structured arrays fields of the result.
    usemask, asrecarray : bool
        The class of the result.

    Examples
    --------
    >>> rfn.merge_arrays((np.array([1, 2]), np.array([10., 20., 30.]))).tolist()
    [(1, 10.0), (2, 20.0), (-1, 30.0)]
    """
    if isinstance(seqarrays, (np.ndarray, np.void)):
        single = seqarrays
    else:
        single = seqarrays[0] if len(seqarrays) == 1 else None
        single = np.asanyarray(single) if single is not None else None
    if single is not None:
        dtype = single.dtype
        if dtype.names is None:
            dtype = np.dtype([("", dtype)])
        if not flatten or _zip_dtype((single,), flatten=True) == dtype:
            # nothing to rearrange
            single = single.ravel()
            if usemask:
                kind = _mrec.MaskedRecords if asrecarray else ma.MaskedArray
            else:
                kind = np.recarray if asrecarray else np.ndarray
            return single.view(dtype=dtype, type=kind)
        seqarrays = (single,)

    arrays = [np.asanyarray(a).ravel() for a in seqarrays]
    length = max(a.size for a in arrays)
    dtype = _zip_dtype(arrays, flatten=flatten)
    data = np.empty(length, dtype=dtype)
    mask = np.zeros(length, dtype=ma.make_mask_descr(dtype)) if usemask else None
    names = iter(dtype.names)
    for array in arrays:
        columns = _leaves(array) if flatten else [
            array[array.dtype.names[0]]
            if array.dtype.names is not None and len(array.dtype.names) == 1 else array
        ]
        for column in columns:
            name = next(names)
            target = data[name]
            target[: len(column)] = ma.getdata(column)
            _fill_tail(target, len(column), fill_value)
            if usemask:
                mask[name][: len(column)] = ma.getmaskarray(column)
                _mask_tail(mask[name], len(column))
    if usemask:
        output = ma.array(data, mask=mask)
        return output.view(_mrec.MaskedRecords) if asrecarray else output
    return data.view(np.recarray) if asrecarray else data


def _append_fields_dispatcher(base, names, data, dtypes=None, fill_value=None, usemask=None,
                              asrecarray=None):
    yield base
    yield from data


@_public(_append_fields_dispatcher)
def append_fields(base, names, data, dtypes=None, fill_value=-1, usemask=True,
                  asrecarray=False):
    """Add fields to an array.

    Parameters
    ----------
    base : array
    names : str or sequence of str
    data : array or sequence of arrays
    dtypes : dtype or sequence of dtypes, optional
        Types of the new fields.
    fill_value : number
        For the ends of shorter arrays.
    usemask, asrecarray : bool
        The class of the result.

    Examples
    --------
    >>> a = np.array([(1,), (2,)], dtype=[('a', int)])
    >>> rfn.append_fields(a, 'b', [3., 4.], usemask=False).tolist()
    [(1, 3.0), (2, 4.0)]
    """
    if isinstance(names, str):
        names, data = (names,), (data,)
    elif len(names) != len(data):
        raise ValueError("The number of arrays does not match the number of names")
    kinds = list(dtypes) if isinstance(dtypes, (tuple, list)) else [dtypes]
    if len(kinds) == 1:
        kinds *= len(data)
    if len(kinds) != len(data):
        raise ValueError("The dtypes argument must be None, a dtype, or a list.")
    columns = []
    for name, values, kind in zip(names, data, kinds):
        column = np.array(values, kind, copy=None, subok=True)
        columns.append(column.view([(name, column.dtype)]))
    base = merge_arrays(base, usemask=usemask, fill_value=fill_value)
    if len(columns) > 1:
        added = merge_arrays(columns, flatten=True, usemask=usemask, fill_value=fill_value)
    else:
        added = columns[0]
    output = ma.masked_all(
        max(len(base), len(added)),
        dtype=_get_fieldspec(base.dtype) + _get_fieldspec(added.dtype),
    )
    output = recursive_fill_fields(base, output)
    output = recursive_fill_fields(added, output)
    return _fix_output(output, usemask=usemask, asrecarray=asrecarray)


@_public(lambda base, names, data, dtypes=None: (base, *data))
def rec_append_fields(base, names, data, dtypes=None):
    """`append_fields` with a recarray as result."""
    return append_fields(base, names, data=data, dtypes=dtypes, asrecarray=True, usemask=False)


# --- layout ---------------------------------------------------------------------------------------


@_public(lambda a, align=None, recurse=None: (a,))
def repack_fields(a, align=False, recurse=False):
    """Array or dtype without padding between fields, or with that of a C structure.

    Examples
    --------
    >>> dt = np.dtype('u1, i8', align=True)
    >>> rfn.repack_fields(dt).itemsize
    9
    """
    if not isinstance(a, np.dtype):
        return a.astype(repack_fields(a.dtype, align=align, recurse=recurse), copy=False)
    if a.names is None:
        return a
    fields = [
        (name, repack_fields(inner, align=align, recurse=True) if recurse else inner)
        for name, inner in _get_fieldspec(a)
    ]
    # the scalar type may be np.record
    return np.dtype((a.type, np.dtype(fields, align=align)))


def _flat_fields(dtype, offset=0):
    """(base dtype, count, offset) of all fields, nested ones unfolded."""
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        count = 1
        for n in shape:
            count *= n
        if base.names is None and base.subdtype is None:
            return [(base, count, offset)]
        return [
            field for i in range(count) for field in _flat_fields(base, offset + i * base.itemsize)
        ]
    if dtype.names is None:
        return [(dtype, 1, offset)]
    return [
        field for name in dtype.names
        for field in _flat_fields(dtype.fields[name][0], offset + dtype.fields[name][1])
    ]


def _common_stride(fields, itemsize):
    """The distance between neighbouring elements of all fields; None if it varies."""
    places = [offset + i * itemsize for _, count, offset in fields for i in range(count)]
    steps = {b - a for a, b in zip(places, places[1:])} or {itemsize}
    return steps.pop() if len(steps) == 1 else None


@_public(lambda arr, dtype=None, copy=None, casting=None: (arr,))
def structured_to_unstructured(arr, dtype=None, copy=False, casting="unsafe"):
    """Turn the fields of an array into a last axis.

    The result is a view if all fields have one type and equal distances.

    Parameters
    ----------
    arr : structured array
    dtype : dtype, optional
    copy : bool
        Never return a view.
    casting : str

    Examples
    --------
    >>> a = np.array([(1, 2.), (3, 4.)], dtype=[('a', int), ('b', float)])
    >>> rfn.structured_to_unstructured(a)
    array([[1., 2.],
           [3., 4.]])
    """
    if arr.dtype.names is None:
        raise ValueError("arr must be a structured array")
    fields = _flat_fields(arr.dtype)
    if not fields:
        if dtype is None:
            raise ValueError("arr has no fields. Unable to guess dtype")
        raise NotImplementedError("arr with no fields is not supported")
    kinds = [kind for kind, _, _ in fields]
    dtype = np.result_type(*[kind.base for kind in kinds]) if dtype is None else np.dtype(dtype)
    total = sum(count for _, count, _ in fields)

    if not copy and type(arr) in (np.ndarray, np.recarray, np.memmap) \
            and all(kind == dtype for kind in kinds):
        stride = _common_stride(fields, dtype.itemsize)
        if stride is not None:
            first = np.asarray(arr).view(np.dtype({
                "names": ["first"],
                "formats": [dtype],
                "offsets": [fields[0][2]],
                "itemsize": arr.dtype.itemsize,
            }))["first"]
            view = np.lib.stride_tricks.as_strided(
                first, shape=arr.shape + (total,), strides=arr.strides + (stride,),
                writeable=arr.flags.writeable,
            )
            return _as_kind_of(arr, view)

    # first all fields in one level, then packed and of one type
    names = [f"f{i}" for i in range(len(fields))]
    level = np.dtype({
        "names": names,
        "formats": [(kind, (count,)) for kind, count, _ in fields],
        "offsets": [offset for _, _, offset in fields],
        "itemsize": arr.dtype.itemsize,
    })
    packed = np.dtype([
        (name, (dtype, (count,))) for name, (_, count, _) in zip(names, fields)
    ])
    arr = arr.view(level).astype(packed, copy=copy, casting=casting)
    return arr.view((dtype, (total,)))


def _as_kind_of(arr, view):
    if type(arr) is np.memmap:
        # a memmap knows by its memory that it is one
        view = view.view(np.memmap)
        for name in ("_mmap", "filename", "offset", "mode"):
            setattr(view, name, getattr(arr, name))
        return view
    return view if type(arr) is np.ndarray else view.view(type(arr))


@_public(
    lambda arr, dtype=None, names=None, align=None, copy=None, casting=None: (arr,)
)
def unstructured_to_structured(
    arr, dtype=None, names=None, align=False, copy=False, casting="unsafe"
):
    """Turn the last axis of an array into fields.

    Parameters
    ----------
    arr : array
    dtype : dtype, optional
        A structured one.
    names : sequence of str, optional
        Names of the fields, if no dtype is given.
    align : bool
        Lay the fields out as in a C structure.
    copy : bool
    casting : str

    Examples
    --------
    >>> rfn.unstructured_to_structured(np.array([[1, 2]]), names=['a', 'b']).tolist()
    [(1, 2)]
    """
    if arr.shape == ():
        raise ValueError("arr must have at least one dimension")
    length = arr.shape[-1]
    if length == 0:
        raise NotImplementedError("last axis with size 0 is not supported")
    if dtype is None:
        if names is None:
            names = [f"f{i}" for i in range(length)]
        out_dtype = np.dtype([(name, arr.dtype) for name in names], align=align)
        fields = _flat_fields(out_dtype)
    else:
        if names is not None:
            raise ValueError("don't supply both dtype and names")
        out_dtype = np.dtype(dtype)
        fields = _flat_fields(out_dtype) if out_dtype.names != () else []
        if length != sum(count for _, count, _ in fields):
            raise ValueError(
                "The length of the last dimension of arr must be equal to the number of fields "
                "in dtype"
            )
        if align and not out_dtype.isalignedstruct:
            raise ValueError("align was True but dtype is not aligned")

    names = [f"f{i}" for i in range(len(fields))]
    packed = np.dtype([
        (name, (arr.dtype, (count,))) for name, (_, count, _) in zip(names, fields)
    ])
    level = np.dtype({
        "names": names,
        "formats": [(kind, (count,)) for kind, count, _ in fields],
        "offsets": [offset for _, _, offset in fields],
        "itemsize": out_dtype.itemsize,
    })
    arr = np.ascontiguousarray(arr).view(packed)
    arr = arr.astype(level, copy=copy, casting=casting)
    return arr.view(out_dtype)[..., 0]


@_public(lambda func, arr: (arr,))
def apply_along_fields(func, arr):
    """Call a reduction over the fields of each element.

    Examples
    --------
    >>> a = np.array([(1, 3.), (3, 5.)], dtype=[('a', int), ('b', float)])
    >>> rfn.apply_along_fields(np.mean, a)
    array([2., 4.])
    """
    return func(structured_to_unstructured(arr), axis=-1)


@_public(lambda dst, src, zero_unassigned=None: (dst, src))
def assign_fields_by_name(dst, src, zero_unassigned=True):
    """Assign fields of one array to those of the same name of another, in place.

    Parameters
    ----------
    dst, src : arrays
    zero_unassigned : bool
        Whether fields that only `dst` has become zero.

    Examples
    --------
    >>> dst = np.ones(1, dtype=[('a', int), ('b', int)])
    >>> rfn.assign_fields_by_name(dst, np.array([(5,)], dtype=[('b', int)]))
    >>> dst.tolist()
    [(0, 5)]
    """
    if dst.dtype.names is None:
        dst[...] = src
        return
    for name in dst.dtype.names:
        if name in src.dtype.names:
            assign_fields_by_name(dst[name], src[name], zero_unassigned)
        elif zero_unassigned:
            dst[name] = 0


@_public(lambda array, required_dtype: (array,))
def require_fields(array, required_dtype):
    """Copy of an array in another structured dtype; fields are matched by name.

    Examples
    --------
    >>> a = np.ones(1, dtype=[('a', int), ('b', int)])
    >>> rfn.require_fields(a, [('b', float), ('c', int)]).tolist()
    [(1.0, 0)]
    """
    output = np.empty(array.shape, dtype=required_dtype)
    assign_fields_by_name(output, array)
    return output


# --- stack, compare, join -------------------------------------------------------------------------


@_public(
    lambda arrays, defaults=None, usemask=None, asrecarray=None, autoconvert=None: arrays
)
def stack_arrays(arrays, defaults=None, usemask=True, asrecarray=False, autoconvert=False):
    """Put arrays below each other; fields are matched by name, missing ones masked.

    Parameters
    ----------
    arrays : array or sequence of arrays
    defaults : dict, optional
        Values for missing fields.
    usemask, asrecarray : bool
        The class of the result.
    autoconvert : bool
        Promote fields of different types, which is an error otherwise.

    Examples
    --------
    >>> a = np.array([(1,)], dtype=[('a', int)])
    >>> b = np.array([(2, 3)], dtype=[('a', int), ('b', int)])
    >>> rfn.stack_arrays((a, b), usemask=False, defaults={'b': 0}).tolist()
    [(1, 0), (2, 3)]
    """
    if isinstance(arrays, np.ndarray):
        return arrays
    if len(arrays) == 1:
        return arrays[0]
    arrays = [np.asanyarray(a).ravel() for a in arrays]

    # all fields, by name; arrays without fields get one each
    fields, columns = {}, []
    for place, array in enumerate(arrays):
        dtype = array.dtype
        if dtype.names is None:
            fields[place] = [f"f{len(fields)}", dtype]
            columns.append([place])
            continue
        own = []
        for name, kind in _get_fieldspec(dtype):
            key = name[1] if isinstance(name, tuple) else name
            own.append(key)
            if key not in fields:
                fields[key] = [name, kind]
            elif autoconvert:
                fields[key][1] = np.promote_types(fields[key][1], kind)
            elif kind != fields[key][1]:
                raise TypeError(
                    f"Incompatible type '{fields[key][1]}' <> '{kind}'"
                )
        columns.append(own)

    if len(fields) == 1 or all(a.dtype.names is None for a in arrays):
        output = ma.concatenate(arrays)
    else:
        output = ma.masked_all(sum(map(len, arrays)), [tuple(f) for f in fields.values()])
        start = 0
        for array, keys in zip(arrays, columns):
            rows = slice(start, start + len(array))
            start += len(array)
            for key in keys:
                name = fields[key][0]
                name = name[1] if isinstance(name, tuple) else name
                output[name][rows] = array if array.dtype.names is None else array[key]
    return _fix_output(_fix_defaults(output, defaults) if output.dtype.names else output,
                       usemask=usemask, asrecarray=asrecarray)


@_public(lambda a, key=None, ignoremask=None, return_index=None: (a,))
def find_duplicates(a, key=None, ignoremask=True, return_index=False):
    """Elements that occur more than once, all of them.

    Parameters
    ----------
    a : masked structured array
    key : str, optional
        Compare this field only.
    ignoremask : bool
        Leave masked elements out.
    return_index : bool
        Also return where they are.

    Examples
    --------
    >>> a = np.ma.array([1, 1, 2]).view([('a', int)])
    >>> rfn.find_duplicates(a)['a'].tolist()
    [1, 1]
    """
    a = np.asanyarray(a).ravel()
    base = a
    if key:
        for name in get_fieldstructure(a.dtype)[key]:
            base = base[name]
        base = base[key]
    order = base.argsort()
    ordered = base[order]
    # the last word has the mask: rows of a masked array are masked as a whole or not
    same = ordered.filled()[1:] == ordered.filled()[:-1]
    if ignoremask:
        masked = ordered.recordmask if hasattr(ordered, "recordmask") else ordered._mask
        if masked.dtype.names is not None:
            masked = np.array([any(_flat_bools(m)) for m in masked.tolist()], dtype=bool)
        same = np.where(masked[1:], False, same)
    twice = np.zeros(len(base), dtype=bool)
    twice[1:] = same
    twice[:-1] |= twice[1:]
    found = a[order][twice]
    return (found, order[twice]) if return_index else found


def _flat_bools(value):
    if isinstance(value, tuple):
        for part in value:
            yield from _flat_bools(part)
    else:
        yield value


def _check_join(key, r1, r2, jointype, r1postfix, r2postfix):
    if jointype not in ("inner", "outer", "leftouter"):
        raise ValueError(
            "The 'jointype' argument should be in 'inner', 'outer' or 'leftouter' "
            f"(got '{jointype}' instead)"
        )
    for i, name in enumerate(key):
        if name in key[:i]:
            raise ValueError(f"duplicate join key {name!r}")
    for name in key:
        if name not in r1.dtype.names:
            raise ValueError(f"r1 does not have key field {name!r}")
        if name not in r2.dtype.names:
            raise ValueError(f"r2 does not have key field {name!r}")
    shared = (set(r1.dtype.names) & set(r2.dtype.names)) - set(key)
    if shared and not (r1postfix or r2postfix):
        raise ValueError(
            "r1 and r2 contain common names, r1postfix and r2postfix can't both be empty"
        )
    return shared


@_public(
    lambda key, r1, r2, jointype=None, r1postfix=None, r2postfix=None, defaults=None,
    usemask=None, asrecarray=None: (r1, r2)
)
def join_by(key, r1, r2, jointype="inner", r1postfix="1", r2postfix="2", defaults=None,
            usemask=True, asrecarray=False):
    """Join two arrays on key fields, as in a data base.  Keys must be unique in each array.

    Parameters
    ----------
    key : str or sequence of str
    r1, r2 : structured arrays
    jointype : {'inner', 'outer', 'leftouter'}
        Rows whose key is in both, in either, or in the first.
    r1postfix, r2postfix : str
        Appended to names of other fields that both arrays have.
    defaults : dict, optional
        Values for missing fields.
    usemask, asrecarray : bool
        The class of the result.

    Examples
    --------
    >>> a = np.array([(1, 2)], dtype=[('k', int), ('a', int)])
    >>> b = np.array([(1, 3)], dtype=[('k', int), ('b', int)])
    >>> rfn.join_by('k', a, b, usemask=False).tolist()
    [(1, 2, 3)]
    """
    key = (key,) if isinstance(key, str) else tuple(key)
    shared = _check_join(key, r1, r2, jointype, r1postfix, r2postfix)
    r1, r2 = r1.ravel(), r2.ravel()
    first = [name for name in r1.dtype.names if name in key]
    keys1, keys2 = _keep_fields(r1, first), _keep_fields(r2, first)

    # equal keys become neighbours
    both = ma.concatenate((keys1, keys2))
    order = both.argsort(order=key)
    ordered = both[order]
    matched = np.zeros(len(order), dtype=bool)
    matched[1:] = ma.filled(ordered[1:] == ordered[:-1], False)
    matched[:-1] |= matched[1:]
    n1 = len(r1)

    def rows(chosen):
        return chosen[chosen < n1], chosen[chosen >= n1] - n1

    in1, in2 = rows(order[matched])
    common = len(in1)
    alone1 = alone2 = np.empty(0, dtype=np.intp)
    if jointype != "inner":
        alone1, alone2 = rows(order[~matched])
        if jointype == "leftouter":
            alone2 = alone2[:0]

    # the key, then the fields in turn; those of both arrays stand side by side
    fields = _get_fieldspec(keys1.dtype)
    for name, kind in _get_fieldspec(r1.dtype):
        if name in key:
            continue
        if name in shared:
            fields.append((name + r1postfix, kind))
            fields.append((name + r2postfix, r2.dtype[name]))
        else:
            fields.append((name, kind))
    for name, kind in _get_fieldspec(r2.dtype):
        if name in key:
            place = [n for n, _ in fields].index(name)
            fields[place] = (name, max(fields[place][1], kind))
        elif name not in shared:
            fields.append((name, kind))

    output = ma.masked_all(common + len(alone1) + len(alone2), dtype=np.dtype(fields))
    end1 = common + len(alone1)
    for array, matching, alone, start, postfix in (
        (r1, in1, alone1, common, r1postfix),
        (r2, in2, alone2, end1, r2postfix),
    ):
        for name in array.dtype.names:
            column = output[name + postfix if name in shared else name]
            column[:common] = array[name][matching]
            column[start : start + len(alone)] = array[name][alone]
    output.sort(order=key)
    return _fix_output(_fix_defaults(output, defaults), usemask=usemask, asrecarray=asrecarray)


@_public(
    lambda key, r1, r2, jointype=None, r1postfix=None, r2postfix=None, defaults=None: (r1, r2)
)
def rec_join(key, r1, r2, jointype="inner", r1postfix="1", r2postfix="2", defaults=None):
    """`join_by` with a recarray as result."""
    return join_by(
        key, r1, r2, jointype=jointype, r1postfix=r1postfix, r2postfix=r2postfix,
        defaults=defaults, usemask=False, asrecarray=True,
    )
