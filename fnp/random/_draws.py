"""What RandomState and Generator share: shapes, checks of parameters, integers, permutations."""
import operator
import sys

np = sys.modules[__package__.partition(".")[0]]


def shape_of(size, *parameters):
    """The shape of a draw: `size`, to which the parameters must broadcast, or theirs; None for a scalar."""
    if not any(np.ndim(p) for p in parameters):
        if size is None:
            return None
        return (operator.index(size),) if np.ndim(size) == 0 else tuple(map(operator.index, size))
    theirs = np.broadcast_shapes(*(np.shape(p) for p in parameters))
    if size is None:
        return theirs
    wanted = (size,) if np.ndim(size) == 0 else tuple(size)
    try:
        fits = np.broadcast_shapes(wanted, theirs) == wanted
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"Output size {wanted} is not compatible with broadcast dimensions of inputs {theirs}.")
    return wanted


def filled(shape, fill, dtype=np.float64):
    """An array that `fill` has written, or its one element as a Python number where shape is None."""
    made = np.empty(1 if shape is None else shape, dtype=dtype)
    fill(made)
    return made


def answer(values, shape):
    return values.item() if shape is None else values


def require(condition, text):
    """Every element of a parameter must do; NaN does not."""
    if not np.all(condition):
        raise ValueError(text)


WIDTHS = {np.dtype(k): np.iinfo(k).bits for k in "bBhHiIlLqQ"} | {np.dtype(bool): 1}


def integers(stream, low, high, size, dtype, closed, masked):
    """Integers of a built-in type in [low, high), or [low, high] if closed, as an array or a scalar."""
    python = dtype is int or dtype is bool
    kind = np.dtype(dtype)
    if kind not in WIDTHS:
        raise TypeError(f"Unsupported dtype {kind!r} for randint" if masked else f"Unsupported dtype {kind!r} for integers")
    if not kind.isnative:
        raise ValueError("Providing a dtype with a non-native byteorder is not supported. If you require "
                         "platform-independent byteorder, call byteswap when required.")
    if high is None:
        low, high = 0, low
    width, (least, most) = WIDTHS[kind], (0, 1) if kind.kind == "b" else (np.iinfo(kind).min, np.iinfo(kind).max)
    lows, highs = np.asarray(low), np.asarray(high)
    if lows.size == 1 and highs.size == 1:
        first, last = int(lows.item()), int(highs.item()) - (not closed)
        _check_range(first, last, least, most, closed)
        shape = shape_of(size, *([lows, highs] if lows.ndim or highs.ndim else []))
        raw = np.empty(1 if shape is None else shape, dtype=np.uint64)
        stream.integers(raw, last - first, masked, width)
        found = (raw + np.uint64(first & (2**64 - 1))).astype(kind)
        if shape is None:
            return found.item() if python else found.reshape(())[()]
        return found
    shape = shape_of(size, lows, highs)
    found, one = np.empty(shape, dtype=kind), np.empty(1, dtype=np.uint64)
    pairs = zip(np.broadcast_to(lows, shape).ravel().tolist(), np.broadcast_to(highs, shape).ravel().tolist())
    flat = found.reshape(-1)
    for i, (first, last) in enumerate(pairs):
        first, last = int(first), int(last) - (not closed)
        _check_range(first, last, least, most, closed)
        stream.integers(one, last - first, masked, width)
        flat[i] = first + int(one[0])
    return found


def _check_range(first, last, least, most, closed):
    if first < least:
        raise ValueError(f"low is out of bounds for {_NAMES[least, most]}")
    if last > most:
        raise ValueError(f"high is out of bounds for {_NAMES[least, most]}")
    if first > last:
        raise ValueError("low > high" if closed else "low >= high" if (first, last) != (0, -1) else "high <= 0")


_NAMES = {(0, 1): "bool"} | {(int(np.iinfo(k).min), int(np.iinfo(k).max)): np.dtype(k).name for k in "bBhHiIlL"}


def shuffle(stream, x, masked):
    """Permute a sequence in place, along its first axis."""
    for i in range(len(x) - 1, 0, -1):
        j = stream.interval(i, masked)
        if isinstance(x, np.ndarray) and x.ndim > 1:
            x[[i, j]] = x[[j, i]]
        else:
            x[i], x[j] = x[j], x[i]


def population(a):
    """(number to choose from, array to choose from or None)"""
    values = np.asarray(a)
    if values.ndim == 0:
        try:
            count = operator.index(values.item())
        except TypeError as error:
            raise ValueError("a must be a sequence or an integer, not %s" % type(a)) from error
        return count, None
    return values.shape[0], values


def probabilities(p, count):
    """Cumulated probabilities of a choice."""
    p = np.asarray(p, dtype=np.float64)
    if p.ndim != 1:
        raise ValueError("'p' must be 1-dimensional")
    if p.size != count:
        raise ValueError("'a' and 'p' must have same size")
    total = p.sum()
    if np.isnan(total):
        raise ValueError("probabilities contain NaN")
    if (p < 0).any():
        raise ValueError("probabilities are not non-negative")
    if abs(total - 1.0) > max(np.sqrt(np.finfo(np.float64).eps), 1e-8):
        raise ValueError("probabilities do not sum to 1")
    cumulated = p.cumsum()
    return p, cumulated / cumulated[-1]
