"""What RandomState and Generator share: integers, orders, choices, draws of many outcomes."""
import operator
import sys
import warnings
from collections.abc import Sequence

np = sys.modules[__package__.partition(".")[0]]

_SPECIAL = ("__module__", "__dict__", "__weakref__", "__doc__")


def shape_of(size):
    """The shape that a `size` means."""
    try:
        return (operator.index(size),)
    except TypeError:
        return tuple(map(operator.index, size))


def methods_of(half):
    """What a Python class adds to a type in C; errors name the method alone."""
    for name, value in vars(half).items():
        if hasattr(value, "__code__"):
            value.__qualname__ = name
    return {k: v for k, v in vars(half).items() if k not in _SPECIAL}


# ---- integers ----

_WIDTHS = {np.dtype(k): (np.iinfo(k).bits, int(np.iinfo(k).min), int(np.iinfo(k).max)) for k in "bBhHiIlLqQ"}
_WIDTHS[np.dtype(bool)] = 1, 0, 1
_PYTHON = {int: np.dtype(int), bool: np.dtype(bool), np.int64: np.dtype(np.int64)}


def integers(source, low, high, size, dtype, closed, masked):
    """Integers of a built-in type in [low, high), or [low, high] if closed, as an array or a scalar."""
    kind = _PYTHON.get(dtype) if isinstance(dtype, type) else None
    kind = np.dtype(dtype) if kind is None else kind
    if not kind.isnative:
        text = ("Providing a dtype with a non-native byteorder is not supported. If you require platform-independent "
                "byteorder, call byteswap when required.")
        if not masked:
            raise ValueError(text)
        warnings.warn(text + "\nIn future version, providing byteorder will raise a ValueError", DeprecationWarning,
                      stacklevel=2)
        kind = kind.newbyteorder("=")
    if kind not in _WIDTHS:
        raise TypeError(f"Unsupported dtype {kind!r} for {'randint' if masked else 'integers'}")
    single = high is None
    if single:
        low, high = 0, low
    if np.ndim(low) or np.ndim(high):
        return _integers_between(source, np.asarray(low), np.asarray(high), size, kind, closed, masked, single)
    first, last = int(low), int(high)
    last -= not closed
    made = np.empty(1 if size is None else size, dtype=kind)
    if made.size:
        _check_range(kind, first, last, first > last, closed, single)
    source._integers(made, first & 0xFFFFFFFFFFFFFFFF, last - first, masked)
    if size is not None:
        return made
    return made.item() if dtype is int or dtype is bool else made[0]


def _check_range(kind, first, last, empty, closed, single):
    _, least, most = _WIDTHS[kind]
    if first < least:
        raise ValueError(f"low is out of bounds for {kind.name}")
    if last > most:
        raise ValueError(f"high is out of bounds for {kind.name}")
    if empty:
        if single:
            raise ValueError("high < 0" if closed else "high <= 0")
        raise ValueError("low > high" if closed else "low >= high")


def _whole(values):
    """An array of integers, of Python's where no type of ours is sure to hold them."""
    if values.dtype.kind in "biu":
        return values
    exact = np.empty(values.shape, dtype=object)
    exact.reshape(-1)[...] = [int(v) for v in values.ravel().tolist()]
    return exact


def _integers_between(source, lows, highs, size, kind, closed, masked, single):
    lows, highs = _whole(lows), _whole(highs)
    shape = np.broadcast(lows, highs).shape
    if size is not None:
        wanted = shape_of(size)
        np.broadcast(lows, highs, np.broadcast_to(False, wanted))
        if np.broadcast_shapes(shape, wanted) != wanted:
            raise ValueError(f"Output size {wanted} is not compatible with broadcast dimensions of inputs "
                             f"{np.broadcast_shapes(shape, wanted)}.")
        shape = wanted
    made = np.empty(shape, dtype=kind)
    if not made.size:
        return made
    empty = (lows > highs if closed else lows >= highs).any()
    _check_range(kind, int(lows.min()), int(highs.max()) - (not closed), empty, closed, single)
    if lows.size == 1 and highs.size == 1:
        first, last = int(lows.item()), int(highs.item()) - (not closed)
        source._integers(made, first & 0xFFFFFFFFFFFFFFFF, last - first, masked)
        return made
    firsts, spans = _words(lows), _words(highs)
    spans = spans - firsts
    if not closed:
        spans -= _ONE
    source._integers_each(made, *(w if w.shape == shape else np.ascontiguousarray(np.broadcast_to(w, shape))
                                  for w in (firsts, spans)), masked)
    return made


_ONE = np.uint64(1)


def _words(values):
    """As uint64, modulo 2**64."""
    if values.dtype == object:
        values = values & 0xFFFFFFFFFFFFFFFF
    return np.asarray(values).astype(np.uint64, order="C")


# ---- orders ----

def shuffle(source, x, stacklevel, old=False):
    """Permute a sequence in place, along its first axis."""
    if isinstance(x, np.ndarray) and not x.flags.writeable:
        raise ValueError("array is read-only")
    if type(x) is list:
        source._shuffle_list(x)
        return
    if type(x) is np.ndarray and x.ndim and x.size:
        if x.ndim == 1 or x.flags.c_contiguous:
            source._shuffle(x)
            return
    count = len(x)
    if isinstance(x, np.ndarray):
        if x.size == 0:
            return
        if x.ndim > 1 or x.dtype.names is not None or not old:
            spare = np.empty_like(x[0, ...])
            with source._bit_generator.lock:
                for i in range(count - 1, 0, -1):
                    j = source._interval(i)
                    if i != j:
                        spare[...] = x[j, ...]
                        x[j, ...] = x[i, ...]
                        x[i, ...] = spare
            return
        if x.dtype.hasobject:
            warnings.warn("Shuffling a one dimensional array subclass containing objects gives incorrect results for "
                          "most array subclasses.  Please use the new random number API instead: "
                          "https://numpy.org/doc/stable/reference/random/index.html\n"
                          "The new API fixes this issue. This version will not be fixed due to stability guarantees "
                          "of the API.", UserWarning, stacklevel=stacklevel)
    elif not isinstance(x, Sequence):
        warnings.warn(f"you are shuffling a '{type(x).__name__}' object which is not a subclass of 'Sequence'; "
                      "`shuffle` is not guaranteed to behave correctly. E.g., non-numpy array/tensor objects with view "
                      "semantics may contain duplicates after shuffling.", UserWarning, stacklevel=stacklevel)
    with source._bit_generator.lock:
        for i in range(count - 1, 0, -1):
            j = source._interval(i)
            x[i], x[j] = x[j], x[i]


def no_two_alike(source, p, wanted):
    """That many different indices with probabilities p: draws, drops what it has, draws the rest."""
    if np.count_nonzero(p > 0) < wanted:
        raise ValueError("Fewer non-zero entries in p than size")
    p, found = p.copy(), np.empty(0, dtype=np.int64)
    while found.size < wanted:
        u = source.random(wanted - found.size)
        p[found] = 0
        cumulated = np.cumsum(p)
        cumulated /= cumulated[-1]
        new = cumulated.searchsorted(u, side="right")
        _, first = np.unique(new, return_index=True)
        found = np.concatenate([found, new[np.sort(first)]])
    return found


def total_of(p):
    """Kahan's sum."""
    total = rest = 0.0
    for x in p.tolist():
        y = x - rest
        t = total + y
        rest = (t - total) - y
        total = t
    return total


def chances(p, count, texts):
    """Probabilities of a choice among `count`; texts: of what may be wrong, in the order of the checks."""
    len(p)
    tolerance = np.sqrt(np.finfo(np.float64).eps)
    if isinstance(p, np.ndarray) and p.dtype.kind == "f":
        tolerance = max(tolerance, np.sqrt(np.finfo(p.dtype).eps))
    p = np.asarray(p, dtype=np.float64)
    total = total_of(p) if p.ndim == 1 else 0.0
    wrong = (p.ndim != 1, p.size != count, total != total, bool((p < 0).any()), abs(total - 1.0) > tolerance)
    if True in wrong:
        raise ValueError(texts[wrong.index(True)])
    return p


# ---- many outcomes ----

def line(values):
    """One-dimensional float64 array."""
    if isinstance(values, np.ndarray) and values.ndim > 1:
        raise ValueError("object too deep for desired array")
    return np.array(values, dtype=np.float64, ndmax=1)


def refuse_sum(given):
    """The ValueError for probabilities of which all but the last add up to more than one."""
    text = "sum(pvals[:-1]) > 1.0"
    narrow = isinstance(given, np.ndarray) and given.dtype.kind == "f" and given.dtype != np.float64
    if narrow and not (given[..., :-1].sum(axis=-1) > 1.0).any():
        text = ("sum(pvals[:-1].astype(np.float64)) > 1.0. The pvals array is cast to 64-bit floating point prior to "
                "checking the sum. Precision changes when casting may cause problems even if the sum of the original "
                "pvals is valid.")
    raise ValueError(text)


def trial_count(n):
    """How often a draw is made, an int not below zero."""
    if isinstance(n, (str, bytes)):
        raise TypeError("an integer is required")
    if (n := int(n)) < 0:
        raise ValueError("n < 0")
    return n


def trial_counts(n):
    """The same for arrays as well: an int, or an array of int64."""
    if isinstance(n, int) or np.ndim(n) == 0:
        return trial_count(n)
    n = np.asarray(n).astype(np.int64, casting="safe" if isinstance(n, np.ndarray) else "unsafe")
    if (n < 0).any():
        raise ValueError("n < 0")
    return n


def normal_of_many(mean, cov, size, check_valid):
    """Checked (mean, cov, shape of the result) of a multivariate normal distribution."""
    if check_valid not in ("warn", "raise", "ignore"):
        raise ValueError("check_valid must equal 'warn', 'raise', or 'ignore'")
    mean, cov = np.array(mean), np.array(cov)
    if mean.ndim != 1:
        raise ValueError("mean must be 1 dimensional")
    if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
        raise ValueError("cov must be 2 dimensional and square")
    if mean.shape[0] != cov.shape[0]:
        raise ValueError("mean and cov must have same length")
    shape = () if size is None else (size,) if isinstance(size, (int, np.integer)) else tuple(size)
    return mean, cov, shape + mean.shape


def report_covariance(positive, check_valid):
    """Warn or raise for a covariance that is none."""
    if positive:
        return
    text = "covariance is not symmetric positive-semidefinite."
    if check_valid == "raise":
        raise ValueError(text)
    warnings.warn(text, RuntimeWarning, stacklevel=3)
