"""Generator: random numbers from any bit generator."""
import operator

from .._core._multiarray_umath import _Generator as Generator, _random_complete
from ..lib.array_utils import normalize_axis_index
from . import _draws
from ._draws import np
from ._pcg64 import PCG64
from .bit_generator import BitGenerator, ISpawnableSeedSequence
from .mtrand import RandomState


_CHANCE_TEXTS = ("p must be 1-dimensional", "a and p must have same size", "Probabilities contain NaN", "Probabilities are not non-negative",
                 "Probabilities do not sum to 1. See Notes section of docstring for more information.")


class _Methods:
    """The methods of Generator that are Python."""

    _poisson_lam_max = RandomState._poisson_lam_max

    def __init__(self, bit_generator):
        self._attach(bit_generator)

    @property
    def bit_generator(self):
        """The bit generator that it draws from."""
        return self._bit_generator

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}({type(self._bit_generator).__name__})"

    def __getstate__(self):
        return None

    def __setstate__(self, bit_gen):
        if isinstance(bit_gen, dict):
            self.bit_generator.state = bit_gen

    def __reduce__(self):
        from . import _pickle

        return getattr(_pickle, "__generator_ctor"), (self._bit_generator,), None

    def spawn(self, n_children):
        """New independent generators."""
        bits = self._bit_generator
        if not isinstance(bits._seed_seq, ISpawnableSeedSequence):
            raise TypeError("The underlying SeedSequence does not implement spawning.")
        return [type(self)(g) for g in bits.spawn(n_children)]

    # ---- orders ----

    def shuffle(self, x, axis=0):
        """Permute a sequence in place, along an axis."""
        if isinstance(x, np.ndarray):
            if x.ndim and axis:
                x = np.swapaxes(x, 0, normalize_axis_index(axis, x.ndim))
        elif axis:
            raise NotImplementedError("Axis argument is only supported on ndarray objects")
        _draws.shuffle(self, x, 3)

    def permutation(self, x, axis=0):
        """A permuted copy of a sequence along an axis, or a permutation of range(x)."""
        if isinstance(x, (int, np.integer)):
            made = np.arange(x)
            self.shuffle(made)
            return made
        values = np.asarray(x)
        axis = normalize_axis_index(axis, values.ndim)
        if values.ndim == 1:
            made = values.copy() if np.may_share_memory(values, x) else values
            self.shuffle(made)
            return made
        order = np.arange(values.shape[axis], dtype=np.intp)
        self.shuffle(order)
        return values[(slice(None),) * axis + (order,)]

    def permuted(self, x, *, axis=None, out=None):
        """A copy whose slices along an axis (or all of it) are permuted independently."""
        x = np.asarray(x)
        if out is None:
            out = x.copy(order="K")
        else:
            if not isinstance(out, np.ndarray):
                raise TypeError("out must be a numpy array")
            if out.shape != x.shape:
                raise ValueError("out must have the same shape as x")
            np.copyto(out, x, casting="safe")
        if axis is None:
            if x.ndim > 1:
                if not (out.flags.c_contiguous or out.flags.f_contiguous):
                    flat = out.ravel()
                    self.shuffle(flat)
                    out[...] = flat.reshape(out.shape)
                    return out
                self.shuffle(out.ravel(order="K"))
            else:
                self.shuffle(out)
            return out
        axis = normalize_axis_index(axis, out.ndim)
        self._shuffle_lines(out, axis)
        return out

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Elements of a sequence along an axis, or of range(a), by chance."""
        values = np.asarray(a)
        if values.ndim == 0:
            values = None
            try:
                count = operator.index(a.item() if isinstance(a, np.ndarray) else a)
            except TypeError as error:
                raise ValueError("a must be a sequence or an integer, "
                                 f"not {type(a)}") from error
            empty = "a must be a positive integer unless no samples are taken"
        else:
            axis = normalize_axis_index(axis, values.ndim)
            count = values.shape[axis]
            empty = "a cannot be empty unless no samples are taken"
        scalar = size is None
        if count <= 0 and np.prod(size if size is not None else 1) != 0:
            raise ValueError(empty)
        if p is not None:
            p = _draws.chances(p, count, _CHANCE_TEXTS)
        shape = () if scalar else _draws.shape_of(size)
        wanted = int(np.prod(shape, dtype=np.intp)) if shape else 1
        if replace:
            if p is None:
                found = self.integers(0, count, size=size)
            else:
                cumulated = p.cumsum()
                cumulated /= cumulated[-1]
                found = np.array(cumulated.searchsorted(self.random(size), side="right"), copy=None)
        else:
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when replace is False")
            if wanted < 0:
                raise ValueError("negative dimensions are not allowed")
            if p is not None:
                found = _draws.no_two_alike(self, p, wanted)
            else:
                found = np.empty(wanted, dtype=np.int64)
                self._subset(found, count, shuffle)
            found = found.reshape(shape)
        if scalar and isinstance(found, np.ndarray):
            found = found.item()
        if values is None:
            return int(found) if scalar else found
        if not scalar and found.ndim == 0:
            made = np.empty((), dtype=values.dtype) if values.ndim == 1 else None
            if made is not None:
                made[()] = values[int(found)]
                return made
        return values[(slice(None),) * axis + (found,)]

    # ---- many outcomes ----

    def multinomial(self, n, pvals, size=None):
        """How many of n fall on each outcome, whose probabilities are the last axis of pvals."""
        p = self._outcomes(pvals, pvals)
        if p.ndim < 1 or p.shape[-1] == 0:
            raise ValueError("pvals must have at least 1 dimension and the last dimension of pvals must be greater than 0.")
        n = _draws.trial_counts(n)
        rows = p.shape[:-1]
        shape = rows if isinstance(n, int) else np.broadcast_shapes(n.shape, rows)
        if size is not None:
            wanted = _draws.shape_of(size)
            if shape and np.broadcast_shapes(getattr(n, "shape", ()), rows, wanted) != wanted:
                raise ValueError(f"Output size {wanted} is not compatible with broadcast dimensions of inputs {shape}.")
            shape = wanted
        made = np.zeros((*shape, p.shape[-1]), dtype=np.int64)
        if rows:
            p = np.ascontiguousarray(np.broadcast_to(p, made.shape))
        if not isinstance(n, int):
            n = np.ascontiguousarray(np.broadcast_to(n, shape))
        if made.size:
            self._multinomial(made, n, p)
        return made

    def multivariate_hypergeometric(self, colors, nsample, size=None, method="marginals"):
        """How many of each color are in a sample without replacement."""
        if method not in ("count", "marginals"):
            raise ValueError('method must be "count" or "marginals".')
        try:
            sample = operator.index(nsample)
        except TypeError:
            raise ValueError("nsample must be an integer") from None
        if sample < 0:
            raise ValueError("nsample must be nonnegative.")
        most = np.iinfo(np.int64).max
        balls = np.asarray(colors)
        fits = balls.ndim == 1 and (balls.size == 0 or (balls.dtype.kind in "iu" and bool((balls >= 0).all())
                                                        and int(balls.max()) <= most))
        if not fits:
            raise ValueError("colors must be a one-dimensional sequence of nonnegative integers "
                             f"not exceeding {most}.")
        balls = np.ascontiguousarray(balls, dtype=np.int64)
        total = sum(balls.tolist())
        if total > most:
            raise ValueError("sum(colors) must not exceed the maximum value of a 64 bit signed "
                             f"integer ({most})")
        if method == "marginals" and total >= 1000000000:
            raise ValueError('When method is "marginals", sum(colors) must be less than 1000000000.')
        if method == "count" and total > np.iinfo(np.intp).max // np.dtype(np.intp).itemsize:
            raise ValueError("When method is 'count', sum(colors) must not exceed "
                             f"{np.iinfo(np.intp).max // np.dtype(np.intp).itemsize}")
        if sample > total:
            raise ValueError("nsample > sum(colors)")
        shape = () if size is None else _draws.shape_of(size)
        made = np.zeros((*shape, balls.size), dtype=np.int64)
        if made.size and sample:
            self._colors(made.reshape(-1, balls.size), balls, total, sample, method == "marginals")
        return made

    def dirichlet(self, alpha, size=None):
        """Points of a simplex: gamma numbers over their sum, or by breaking a stick if all are small."""
        len(alpha)
        alpha = _draws.line(alpha)
        if (alpha < 0).any():
            raise ValueError("alpha < 0")
        shape = (() if size is None else _draws.shape_of(size)) + alpha.shape
        if alpha.size == 0 or alpha.max() <= 0 or 0 in shape:
            return np.zeros(shape)
        if alpha.max() < 0.1:
            made, rest = np.empty(shape), np.append(np.cumsum(alpha[::-1])[::-1][1:], 0.0)
            self._sticks(made.reshape(-1, alpha.size), np.ascontiguousarray(alpha), rest)
            return made
        made = np.empty(shape)
        self._simplex(made, np.ascontiguousarray(alpha))
        return made

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8, *, method="svd"):
        """Normal numbers of given means and covariances."""
        if method not in ("eigh", "svd", "cholesky"):
            raise ValueError("method must be one of {'eigh', 'svd', 'cholesky'}")
        mean, cov, shape = _draws.normal_of_many(mean, cov, size, check_valid)
        if mean.dtype.kind == "c" or cov.dtype.kind == "c":
            raise TypeError("mean and cov must not be complex")
        drawn = self.standard_normal(shape).reshape(-1, mean.shape[0])
        cov = cov.astype(np.float64)
        if method == "svd":
            u, s, vh = np.linalg.svd(cov)
            if check_valid != "ignore":
                _draws.report_covariance(np.allclose(np.dot(vh.T * s, vh), cov, rtol=tol, atol=tol), check_valid)
            factor = u * np.sqrt(s)
        elif method == "eigh":
            s, u = np.linalg.eigh(cov)
            if check_valid != "ignore":
                _draws.report_covariance(not (s < -tol).any(), check_valid)
            factor = u * np.sqrt(abs(s))
        else:
            factor = np.linalg.cholesky(cov)
        return (mean + np.dot(drawn, factor.T)).reshape(shape)


_random_complete(Generator, _draws.methods_of(_Methods))


def default_rng(seed=None):
    """A Generator on PCG64, seeded by anything a SeedSequence takes."""
    if isinstance(seed, Generator):
        return seed
    if isinstance(seed, RandomState):
        return Generator(seed._bit_generator)
    return Generator(seed if isinstance(seed, BitGenerator) else PCG64(seed))
