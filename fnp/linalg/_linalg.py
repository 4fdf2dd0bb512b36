"""The functions of numpy.linalg: checks, types and wrapping around the gufuncs of _umath_linalg.

A failure that LAPACK reports comes back as the invalid flag; an errstate with a callback turns it into LinAlgError.
"""
import contextlib
import functools
import math
import operator
import warnings
from collections import namedtuple

from .._core import (
    abs, add, all, amax, amin, argsort, array, asanyarray, asarray, atleast_2d, cdouble, complexfloating, count_nonzero, csingle,
    divide, dot, double, empty, errstate, finfo, inexact, inf, intc, intp, isfinite, isnan, matmul as _core_matmul, moveaxis,
    multiply, newaxis, object_, overrides, prod, reciprocal, single, sort, sqrt, sum, swapaxes, zeros)
from .._core import cross as _core_cross
from .._core import diagonal as _core_diagonal
from .._core import matrix_transpose as _core_matrix_transpose
from .._core import outer as _core_outer
from .._core import tensordot as _core_tensordot
from .._core import trace as _core_trace
from .._core import transpose as _core_transpose
from .._core import vecdot as _core_vecdot
from .._core.numeric import normalize_axis_index, normalize_axis_tuple
from .._globals import _NoValue
from .._utils import set_module
from ..lib._twodim_base_impl import eye, triu
from . import _umath_linalg
from .._core._multiarray_umath import _lapack_quick as _quick

__all__ = (
    "cholesky cond cross det diagonal eig eigh eigvals eigvalsh inv lstsq LinAlgError matmul matrix_norm matrix_power "
    "matrix_rank matrix_transpose multi_dot norm outer pinv qr slogdet solve svd svdvals tensordot tensorinv tensorsolve trace "
    "vecdot vector_norm").split()

fortran_int = intc
array_function_dispatch = functools.partial(overrides.array_function_dispatch, module="numpy.linalg")


class EigResult(namedtuple('_EigResult', 'eigenvalues eigenvectors')):
    __slots__ = ()


class EighResult(namedtuple('_EighResult', 'eigenvalues eigenvectors')):
    __slots__ = ()


class QRResult(namedtuple('_QRResult', 'Q R')):
    __slots__ = ()


class SlogdetResult(namedtuple('_SlogdetResult', 'sign logabsdet')):
    __slots__ = ()


class SVDResult(namedtuple('_SVDResult', 'U S Vh')):
    __slots__ = ()


@set_module("numpy.linalg")
class LinAlgError(ValueError):
    """Raised when a matrix does not admit what was asked of it."""


# ---- errors from the gufuncs -----------------------------------------------------------------------------------------


def _raiser(text):
    """An error callback for errstate(call=...) that raises LinAlgError(text)."""
    def raise_error(err, flag):
        raise LinAlgError(text)
    return raise_error


_raise_linalgerror_singular = _raiser("Singular matrix")
_raise_linalgerror_nonposdef = _raiser("Matrix is not positive definite")
_raise_linalgerror_eigenvalues_nonconvergence = _raiser("Eigenvalues did not converge")
_raise_linalgerror_svd_nonconvergence = _raiser("SVD did not converge")
_raise_linalgerror_lstsq = _raiser("SVD did not converge in Linear Least Squares")
_raise_linalgerror_qr = _raiser("Incorrect argument found while performing QR factorization")


def _failing(callback):
    """Calls back where LAPACK fails; without a callback, floating-point errors are what the user made them."""
    if callback is None:
        return contextlib.nullcontext()
    return errstate(call=callback, invalid="call", over="ignore", divide="ignore", under="ignore")


# ---- operands ------------------------------------------------------------------------------------------------------------


def _makearray(a):
    """The array and the wrapper of its class."""
    new = asarray(a)
    wrap = getattr(a, "__array_wrap__", new.__array_wrap__)
    return new, wrap


def isComplexType(t):
    """Whether a scalar type is complex."""
    return issubclass(t, complexfloating)


_PAIRS = ((single, csingle), (double, cdouble))
_real_types_map = {t: real for real, cplx in _PAIRS for t in (real, cplx)}
_complex_types_map = {t: cplx for real, cplx in _PAIRS for t in (real, cplx)}


def _realType(t, default=double):
    return _real_types_map.get(t, default)


def _complexType(t, default=cdouble):
    return _complex_types_map.get(t, default)


def _commonType(*arrays):
    """(type to compute in, type of the result) for LAPACK."""
    widest, is_complex = single, False
    for a in arrays:
        kind = a.dtype.type
        if not issubclass(kind, inexact):
            widest = double
            continue
        real = _realType(kind, default=None)
        if real is None:
            raise TypeError(f"array type {a.dtype.name} is unsupported in linalg")
        is_complex = is_complex or isComplexType(kind)
        if real is double:
            widest = double
    return (_complex_types_map[widest],) * 2 if is_complex else (widest,) * 2


def _to_native_byte_order(*arrays):
    native = [asarray(a, dtype=a.dtype.newbyteorder("=")) if a.dtype.byteorder not in "=|" else a for a in arrays]
    return native[0] if len(native) == 1 else native


def _assert_2d(*arrays):
    for a in arrays:
        if a.ndim != 2:
            raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be two-dimensional")


def _assert_stacked_2d(*arrays):
    for a in arrays:
        if a.ndim < 2:
            raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")


def _assert_stacked_square(*arrays):
    for a in arrays:
        if a.ndim < 2:
            raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
        rows, columns = a.shape[-2:]
        if rows != columns:
            raise LinAlgError("Last 2 dimensions of the array must be square")


def _assert_finite(*arrays):
    for a in arrays:
        if not isfinite(a).all():
            raise LinAlgError("Array must not contain infs or NaNs")


def _is_empty_2d(a):
    return a.size == 0 and prod(a.shape[-2:]) == 0


# ---- dispatchers -------------------------------------------------------------------------------------------------------------


def _unary_dispatcher(a):
    return (a,)


def _solve_dispatcher(a, b):
    return (a, b)


def _tensorsolve_dispatcher(a, b, axes=None):
    return (a, b)


def _tensorinv_dispatcher(a, ind=None):
    return (a,)


def _matrix_power_dispatcher(a, n):
    return (a,)


def _cholesky_dispatcher(a, /, *, upper=None):
    return (a,)


def _outer_dispatcher(x1, x2):
    return (x1, x2)


def _qr_dispatcher(a, mode=None):
    return (a,)


def _eigvalsh_dispatcher(a, UPLO=None):
    return (a,)


def _svd_dispatcher(a, full_matrices=None, compute_uv=None, hermitian=None):
    return (a,)


def _svdvals_dispatcher(x):
    return (x,)


def _cond_dispatcher(x, p=None):
    return (x,)


def _matrix_rank_dispatcher(A, tol=None, hermitian=None, *, rtol=None):
    return (A,)


def _pinv_dispatcher(a, rcond=None, hermitian=None, *, rtol=None):
    return (a,)


def _lstsq_dispatcher(a, b, rcond=None):
    return (a, b)


def _norm_dispatcher(x, ord=None, axis=None, keepdims=None):
    return (x,)


def _multidot_dispatcher(arrays, *, out=None):
    yield from arrays
    yield out


def _diagonal_dispatcher(x, /, *, offset=None):
    return (x,)


def _trace_dispatcher(x, /, *, offset=None, dtype=None):
    return (x,)


def _cross_dispatcher(x1, x2, /, *, axis=None):
    return (x1, x2)


def _matmul_dispatcher(x1, x2, /):
    return (x1, x2)


def _tensordot_dispatcher(x1, x2, /, *, axes=None):
    return (x1, x2)


def _matrix_transpose_dispatcher(x):
    return (x,)


def _matrix_norm_dispatcher(x, /, *, keepdims=None, ord=None):
    return (x,)


def _vector_norm_dispatcher(x, /, *, axis=None, keepdims=None, ord=None):
    return (x,)


def _vecdot_dispatcher(x1, x2, /, *, axis=None):
    return (x1, x2)


class _Lapack:
    """Operands of one call into LAPACK, the type to compute in and the type of the results.

    In the description of a gufunc, "tt->tr" and the like, t is that type, r its real and c its complex twin.
    """

    def __init__(self, *operands, check=_assert_stacked_square):
        made = [_makearray(x) for x in operands]
        self.arrays = [array for array, _ in made]
        self.wrap = made[-1][1]
        check(self.arrays[0])
        self.computed, self.wanted = _commonType(*self.arrays)
        self.is_complex = issubclass(self.computed, complexfloating)

    def run(self, gufunc, description, failure=None, *more):
        """What the gufunc gives for the operands and `more`, as it comes."""
        signature = description.translate(_COMPLEX_LETTERS if self.is_complex else _REAL_LETTERS)
        with _failing(failure):
            return gufunc(*self.arrays, *more, signature=signature)

    def __call__(self, gufunc, description, failure=None, *more):
        """The same in the wanted types."""
        found = self.run(gufunc, description, failure, *more)
        letters = description.partition("->")[2]
        if len(letters) == 1:
            return self.cast(found, letters)
        return [self.cast(array, letter) for array, letter in zip(found, letters)]

    def cast(self, array, letter):
        twins = {"r": _realType, "c": _complexType}
        dtype = twins[letter](self.wanted) if letter in twins else self.wanted
        return array.astype(dtype, copy=False)


_COMPLEX_LETTERS = str.maketrans("trc", "DdD")
_REAL_LETTERS = str.maketrans("trc", "ddD")


# ---- equations -----------------------------------------------------------------------------------------------------------------


@array_function_dispatch(_tensorsolve_dispatcher)
def tensorsolve(a, b, axes=None):
    """x with tensordot(a, x, b.ndim) == b; `axes` of a are moved to the end first."""
    a, wrap = _makearray(a)
    b = asarray(b)
    if axes is not None:
        rest = [k for k in range(a.ndim) if k not in [ax % a.ndim for ax in axes]]
        a = a.transpose(rest + [ax % a.ndim for ax in axes])
    shape = a.shape[b.ndim:]
    columns = math.prod(shape)
    if a.size != columns * columns and a.size != columns ** 2:
        raise LinAlgError("Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])")
    res = wrap(solve(a.reshape(columns, columns), b.ravel()))
    res.shape = shape
    return res


@array_function_dispatch(_solve_dispatcher)
def solve(a, b):
    """x with a @ x == b. A one-dimensional b is one vector for all matrices."""
    gufunc = _umath_linalg.solve1 if getattr(b, "ndim", 0) == 1 else _umath_linalg.solve
    if (x := _quick(gufunc, _raise_linalgerror_singular, a, b)) is not None:
        return x
    call = _Lapack(a, b)
    gufunc = _umath_linalg.solve1 if call.arrays[1].ndim == 1 else _umath_linalg.solve
    return call.wrap(call(gufunc, "tt->t", _raise_linalgerror_singular))


@array_function_dispatch(_tensorinv_dispatcher)
def tensorinv(a, ind=2):
    """Inverse of tensordot over the first `ind` axes."""
    a = asarray(a)
    if ind <= 0:
        raise ValueError("Invalid ind argument.")
    turned = a.shape[ind:] + a.shape[:ind]
    flat = a.reshape(math.prod(a.shape[ind:]), -1)
    return inv(flat).reshape(*turned)


@array_function_dispatch(_unary_dispatcher)
def inv(a):
    """Inverse of square matrices."""
    if (x := _quick(_umath_linalg.inv, _raise_linalgerror_singular, a)) is not None:
        return x
    call = _Lapack(a)
    return call.wrap(call(_umath_linalg.inv, "t->t", _raise_linalgerror_singular))


@array_function_dispatch(_matrix_power_dispatcher)
def matrix_power(a, n):
    """a multiplied n times with itself; negative n: the inverse."""
    a = asanyarray(a)
    _assert_stacked_square(a)
    try:
        n = operator.index(n)
    except TypeError as e:
        raise TypeError("exponent must be an integer") from e
    if a.dtype != object:
        product = _core_matmul
    elif a.ndim == 2:
        product = dot
    else:
        raise NotImplementedError("matrix_power not supported for stacks of object arrays")
    if n == 0:
        identity = empty(a.shape, a.dtype) if type(a).__module__ == "builtins" else a.copy()
        identity[...] = eye(a.shape[-2], dtype=a.dtype)
        return identity
    if n < 0:
        a, n = inv(a), -n
    if n <= 3:
        if n == 1:
            return a
        square = product(a, a)
        return square if n == 2 else product(square, a)
    result = None
    while n:
        if n & 1:
            result = a if result is None else product(result, a)
        n >>= 1
        if n:
            a = product(a, a)
    return result


# ---- factorizations ---------------------------------------------------------------------------------------------------------------


@array_function_dispatch(_cholesky_dispatcher)
def cholesky(a, /, *, upper=False):
    """Lower (or upper) triangular factor of a positive definite matrix."""
    gufunc = _umath_linalg.cholesky_up if upper else _umath_linalg.cholesky_lo
    if (x := _quick(gufunc, _raise_linalgerror_nonposdef, a)) is not None:
        return x
    call = _Lapack(a)
    return call.wrap(call(gufunc, "t->t", _raise_linalgerror_nonposdef))


@array_function_dispatch(_outer_dispatcher)
def outer(x1, x2, /):
    """Products of all pairs of two vectors."""
    x1, x2 = asanyarray(x1), asanyarray(x2)
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError(f"Input arrays must be one-dimensional, but they are {x1.ndim=} and {x2.ndim=}.")
    return _core_outer(x1, x2, out=None)


_OLD_QR_MODES = dict.fromkeys(
    ("f", "full"), ("reduced", "The 'full' option is deprecated in favor of 'reduced'.\nFor backward compatibility let mode default."))
_OLD_QR_MODES |= dict.fromkeys(("e", "economic"), ("economic", "The 'economic' option is deprecated."))
_QR_MODES = {"reduced", "complete", "r", "raw", "economic"}


@array_function_dispatch(_qr_dispatcher)
def qr(a, mode="reduced"):
    """Orthonormal q and upper triangular r with a == q @ r."""
    if mode in _OLD_QR_MODES:
        mode, advice = _OLD_QR_MODES[mode]
        warnings.warn(advice, DeprecationWarning, stacklevel=2)
    if mode not in _QR_MODES:
        raise ValueError(f"Unrecognized mode '{mode}'")
    call = _Lapack(a, check=_assert_stacked_2d)
    # LAPACK leaves r and the reflectors in the array itself: a private copy in the type it computes in.
    packed = array(call.arrays[0], dtype=cdouble if call.is_complex else double, order="K")
    call.arrays = [packed]
    tau = call.run(_umath_linalg.qr_r_raw, "t->t", _raise_linalgerror_qr)
    if mode == "raw":
        return call.wrap(call.cast(swapaxes(packed, -1, -2), "t")), call.cast(tau, "t")
    if mode == "economic":
        return call.wrap(call.cast(packed, "t"))
    rows, columns = packed.shape[-2:]
    is_square = mode == "complete" and rows > columns
    size = rows if is_square else min(rows, columns)
    upper = call.wrap(call.cast(triu(packed[..., :size, :]), "t"))
    if mode == "r":
        return upper
    q = call(_umath_linalg.qr_complete if is_square else _umath_linalg.qr_reduced, "tt->t", _raise_linalgerror_qr, tau)
    return QRResult(call.wrap(q), upper)


# ---- eigenvalues -----------------------------------------------------------------------------------------------------------------------


def _finite_square(a):
    _assert_stacked_square(a)
    _assert_finite(a)


def _is_real(call, w):
    """Whether the eigenvalues of a real matrix have no imaginary parts."""
    return not (call.is_complex or w.imag.any())


@array_function_dispatch(_unary_dispatcher)
def eigvals(a):
    """Eigenvalues of general matrices."""
    call = _Lapack(a, check=_finite_square)
    w = call.run(_umath_linalg.eigvals, "t->c", _raise_linalgerror_eigenvalues_nonconvergence)
    return call.cast(w.real, "r") if _is_real(call, w) else call.cast(w, "c")


def _by_triangle(UPLO, lower, upper):
    """The gufunc that reads the named triangle."""
    side = UPLO.upper()
    if side not in ("L", "U"):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    return lower if side == "L" else upper


@array_function_dispatch(_eigvalsh_dispatcher)
def eigvalsh(a, UPLO="L"):
    """Eigenvalues of symmetric or Hermitian matrices, ascending."""
    gufunc = _by_triangle(UPLO, _umath_linalg.eigvalsh_lo, _umath_linalg.eigvalsh_up)
    if (w := _quick(gufunc, _raise_linalgerror_eigenvalues_nonconvergence, a)) is not None:
        return w
    return _Lapack(a)(gufunc, "t->r", _raise_linalgerror_eigenvalues_nonconvergence)


@array_function_dispatch(_unary_dispatcher)
def eig(a):
    """Eigenvalues and right eigenvectors of general matrices."""
    call = _Lapack(a, check=_finite_square)
    w, v = call.run(_umath_linalg.eig, "t->cc", _raise_linalgerror_eigenvalues_nonconvergence)
    if _is_real(call, w):
        w, v, letter = w.real, v.real, "r"
    else:
        letter = "c"
    return EigResult(call.cast(w, letter), call.wrap(call.cast(v, letter)))


@array_function_dispatch(_eigvalsh_dispatcher)
def eigh(a, UPLO="L"):
    """Eigenvalues and orthonormal eigenvectors of symmetric or Hermitian matrices."""
    gufunc = _by_triangle(UPLO, _umath_linalg.eigh_lo, _umath_linalg.eigh_up)
    if (found := _quick(gufunc, _raise_linalgerror_eigenvalues_nonconvergence, a)) is not None:
        return EighResult(*found)
    call = _Lapack(a)
    w, v = call(gufunc, "t->rt", _raise_linalgerror_eigenvalues_nonconvergence)
    return EighResult(w, call.wrap(v))


# ---- singular values ----------------------------------------------------------------------------------------------------------------------


def _hermitian_svd(a, wrap, compute_uv):
    """Through the eigenvalues: their absolute values, largest first; signs go into one factor."""
    if not compute_uv:
        s = abs(eigvalsh(a))
        return sort(s)[..., ::-1]
    s, u = eigh(a)
    negative = s < 0
    sgn = 1 - 2 * negative.astype(s.dtype)
    s = abs(s)
    order = argsort(s)[..., ::-1]
    from ..lib._shape_base_impl import take_along_axis
    sgn = take_along_axis(sgn, order, axis=-1)
    s = take_along_axis(s, order, axis=-1)
    u = take_along_axis(u, order[..., newaxis, :], axis=-1)
    vt = _core_matrix_transpose(u * sgn[..., newaxis, :]).conjugate()
    return SVDResult(wrap(u), s, wrap(vt))


@array_function_dispatch(_svd_dispatcher)
def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """Singular value decomposition a == (u * s) @ vh."""
    if hermitian:
        return _hermitian_svd(*_makearray(a), compute_uv)
    gufunc = _umath_linalg.svd if not compute_uv else _umath_linalg.svd_f if full_matrices else _umath_linalg.svd_s
    if (found := _quick(gufunc, _raise_linalgerror_svd_nonconvergence, a)) is not None:
        return SVDResult(*found) if compute_uv else found
    call = _Lapack(a, check=_assert_stacked_2d)
    if not compute_uv:
        return call(_umath_linalg.svd, "t->r", _raise_linalgerror_svd_nonconvergence)
    u, s, vh = call(gufunc, "t->trt", _raise_linalgerror_svd_nonconvergence)
    return SVDResult(call.wrap(u), s, call.wrap(vh))


@array_function_dispatch(_svdvals_dispatcher)
def svdvals(x, /):
    """Singular values, largest first."""
    return svd(x, compute_uv=False, hermitian=False)


@array_function_dispatch(_cond_dispatcher)
def cond(x, p=None):
    """Condition number in the norm p."""
    x = asarray(x)
    if _is_empty_2d(x):
        raise LinAlgError("cond is not defined on empty arrays")
    if p is None or p in (2, -2):
        s = svd(x, compute_uv=False)
        with errstate(all="ignore"):
            r = s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    else:
        call = _Lapack(x)
        with errstate(all="ignore"):
            inverse = call.run(_umath_linalg.inv, "t->t")
            r = norm(x, p, axis=(-2, -1)) * norm(inverse, p, axis=(-2, -1))
        r = call.cast(r, "r")
    r = asarray(r)
    lost = isnan(r)
    if lost.any(): # NaN of a finite matrix means that the inverse does not exist
        lost &= ~isnan(x).any(axis=(-2, -1))
        if r.ndim > 0:
            r[lost] = inf
        elif lost:
            r = r.dtype.type(inf)
    return r[()] if getattr(r, "ndim", 1) == 0 else r


@array_function_dispatch(_matrix_rank_dispatcher)
def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    """Number of singular values above the tolerance."""
    if tol is not None and rtol is not None:
        raise ValueError("`tol` and `rtol` can't be both set.")
    A = asarray(A)
    if A.ndim < 2:  # a vector has rank 1, unless it is zero
        return int(A.astype(bool).any())
    values = svd(A, compute_uv=False, hermitian=hermitian)
    if tol is not None:
        return count_nonzero(values > asarray(tol)[..., newaxis], axis=-1)
    relative = finfo(values.dtype).eps * max(A.shape[-2:]) if rtol is None else asarray(rtol)[..., newaxis]
    largest = amax(values, axis=-1, keepdims=True, initial=0)
    return count_nonzero(values > largest * relative, axis=-1)


@array_function_dispatch(_pinv_dispatcher)
def pinv(a, rcond=None, hermitian=False, *, rtol=_NoValue):
    """Moore and Penrose's pseudo-inverse through the singular values."""
    if rcond is not None and rtol is not _NoValue:
        raise ValueError("`rtol` and `rcond` can't be both set.")
    a, wrap = _makearray(a)
    cutoff = rcond if rcond is not None else 1e-15 if rtol is _NoValue else rtol
    if cutoff is None:
        cutoff = finfo(a.dtype).eps * max(a.shape[-2:])
    if _is_empty_2d(a):
        return wrap(empty((*a.shape[:-2], a.shape[-1], a.shape[-2]), dtype=a.dtype))
    left, values, right = svd(a.conjugate(), full_matrices=False, hermitian=hermitian)
    counts = values > asarray(cutoff)[..., newaxis] * amax(values, axis=-1, keepdims=True)
    inverses = divide(1, values, where=counts, out=values)
    inverses[~counts] = 0
    scaled = multiply(inverses[..., newaxis], _core_matrix_transpose(left))
    return wrap(_core_matmul(_core_matrix_transpose(right), scaled))


# ---- determinants ---------------------------------------------------------------------------------------------------------------------------


@array_function_dispatch(_unary_dispatcher)
def slogdet(a):
    """Sign and logarithm of the absolute value of the determinant."""
    if (found := _quick(_umath_linalg.slogdet, None, a)) is not None:
        return SlogdetResult(*found)
    call = _Lapack(a)
    sign, logdet = call(_umath_linalg.slogdet, "t->tr")
    return SlogdetResult(sign, logdet)


@array_function_dispatch(_unary_dispatcher)
def det(a):
    """Determinant of square matrices."""
    if (d := _quick(_umath_linalg.det, None, a)) is not None:
        return d
    return _Lapack(a)(_umath_linalg.det, "t->t")


# ---- least squares --------------------------------------------------------------------------------------------------------------------------


@array_function_dispatch(_lstsq_dispatcher)
def lstsq(a, b, rcond=None):
    """(x, residuals, rank, singular values) of the least-squares solution of a @ x == b."""
    a, _ = _makearray(a)
    b, wrap = _makearray(b)
    vector = b.ndim == 1
    if vector:
        b = b[:, newaxis]
    _assert_2d(a, b)
    m, n = a.shape
    rows, nrhs = b.shape
    if rows != m:
        raise LinAlgError("Incompatible dimensions")
    t, result_t = _commonType(a, b)
    if rcond is None:
        rcond = finfo(t).eps * max(n, m)
    signature = "DDd->Ddid" if isComplexType(t) else "ddd->ddid"
    if nrhs == 0: # LAPACK wants a column: one of zeros, dropped again
        b = zeros(b.shape[:-2] + (m, 1), dtype=b.dtype)
    with _failing(_raise_linalgerror_lstsq):
        x, residuals, rank, s = _umath_linalg.lstsq(a, b, rcond, signature=signature)
    if m == 0:
        x[...] = 0
    if nrhs == 0:
        x, residuals = x[..., :0], residuals[..., :0]
    if vector:
        x = x.squeeze(axis=-1)
    if rank != n or m <= n:
        residuals = array([], _realType(result_t))
    real = _realType(result_t)
    return wrap(x.astype(result_t, copy=True)), wrap(residuals.astype(real, copy=True)), rank, s.astype(real, copy=False)


# ---- norms ----------------------------------------------------------------------------------------------------------------------------------------


def _multi_svd_norm(x, row_axis, col_axis, op, initial=None):
    """op over the singular values along two axes."""
    s = svd(moveaxis(x, (row_axis, col_axis), (-2, -1)), compute_uv=False)
    return op(s, axis=-1) if initial is None else op(s, axis=-1, initial=initial)


def _vector_part(x, ord, axis, keepdims):
    if ord == inf:
        return abs(x).max(axis=axis, keepdims=keepdims, initial=0)
    if ord == -inf:
        return abs(x).min(axis=axis, keepdims=keepdims)
    if ord == 0:
        return (x != 0).astype(x.real.dtype).sum(axis=axis, keepdims=keepdims)
    if ord == 1:
        return add.reduce(abs(x), axis=axis, keepdims=keepdims)
    if ord is None or ord == 2:
        squares = (x.conj() * x).real
        return sqrt(add.reduce(squares, axis=axis, keepdims=keepdims))
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    powers = abs(x)
    powers **= ord
    total = add.reduce(powers, axis=axis, keepdims=keepdims)
    total **= reciprocal(ord, dtype=total.dtype)
    return total


def _matrix_part(x, ord, axis, keepdims):
    row, col = axis
    nd = x.ndim
    row, col = normalize_axis_index(row, nd), normalize_axis_index(col, nd)
    if row == col:
        raise ValueError("Duplicate axes given.")
    # reductions one after the other: the second axis moves down when it stood behind the first
    if ord == 2:
        r = _multi_svd_norm(x, row, col, amax, 0)
    elif ord == -2:
        r = _multi_svd_norm(x, row, col, amin)
    elif ord in (1, -1):
        sums = add.reduce(abs(x), axis=row)
        after = col - 1 if col > row else col
        r = sums.max(axis=after, initial=0) if ord == 1 else sums.min(axis=after)
    elif ord in (inf, -inf):
        sums = add.reduce(abs(x), axis=col)
        after = row - 1 if row > col else row
        r = sums.max(axis=after, initial=0) if ord == inf else sums.min(axis=after)
    elif ord in (None, "fro", "f"):
        r = sqrt(add.reduce((x.conj() * x).real, axis=axis))
    elif ord == "nuc":
        r = _multi_svd_norm(x, row, col, sum, 0)
    else:
        raise ValueError("Invalid norm order for matrices.")
    if keepdims:
        shape = list(x.shape)
        shape[row] = shape[col] = 1
        r = r.reshape(shape)
    return r


@array_function_dispatch(_norm_dispatcher)
def norm(x, ord=None, axis=None, keepdims=False):
    """Norm of a vector or matrix, or of those along the given axes."""
    x = asarray(x)
    if not issubclass(x.dtype.type, (inexact, object_)):
        x = x.astype(float)
    if axis is None:
        nd = x.ndim
        if ord is None or (ord in ("f", "fro") and nd == 2) or (ord == 2 and nd == 1):
            x = x.ravel(order="K")
            if isComplexType(x.dtype.type):
                squared = x.real.dot(x.real) + x.imag.dot(x.imag)
            else:
                squared = x.dot(x)
            r = sqrt(squared)
            return r.reshape(nd * [1]) if keepdims else r
        axis = tuple(range(nd))
    elif not isinstance(axis, tuple):
        try:
            axis = (int(axis),)
        except Exception as e:
            raise TypeError("'axis' must be None, an integer or a tuple of integers") from e
    if len(axis) == 1:
        return _vector_part(x, ord, axis[0], keepdims)
    if len(axis) == 2:
        return _matrix_part(x, ord, axis, keepdims)
    raise ValueError("Improper number of dimensions to norm.")


@array_function_dispatch(_matrix_norm_dispatcher)
def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    """Norm over the last two axes."""
    x = asanyarray(x)
    return norm(x, axis=(-2, -1), keepdims=keepdims, ord=ord)


@array_function_dispatch(_vector_norm_dispatcher)
def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    """Vector norm over one, several or all axes."""
    x = asanyarray(x)
    shape = list(x.shape)
    if axis is None:
        x = x.ravel()
        along = 0
    elif isinstance(axis, tuple):
        # the axes become one, in front
        chosen = normalize_axis_tuple(axis, x.ndim)
        rest = tuple(i for i in range(x.ndim) if i not in chosen)
        x = _core_transpose(x, chosen + rest).reshape((math.prod(x.shape[i] for i in chosen), *[x.shape[i] for i in rest]))
        along = 0
    else:
        along = axis
    r = norm(x, axis=along, ord=ord)
    if keepdims:
        gone = normalize_axis_tuple(range(len(shape)) if axis is None else axis, len(shape))
        for i in gone:
            shape[i] = 1
        r = r.reshape(tuple(shape))
    return r


# ---- products --------------------------------------------------------------------------------------------------------------------------------------------


@array_function_dispatch(_multidot_dispatcher)
def multi_dot(arrays, *, out=None):
    """Product of several matrices in the cheapest order."""
    n = len(arrays)
    if n < 2:
        raise ValueError("Expecting at least two arrays.")
    if n == 2:
        return dot(arrays[0], arrays[1], out=out)
    arrays = [asanyarray(a) for a in arrays]
    first_nd, last_nd = arrays[0].ndim, arrays[-1].ndim
    if first_nd == 1:
        arrays[0] = atleast_2d(arrays[0])
    if last_nd == 1:
        arrays[-1] = atleast_2d(arrays[-1]).T
    _assert_2d(*arrays)
    if n == 3:
        result = _multi_dot_three(*arrays, out=out)
    else:
        result = _multi_dot(arrays, _multi_dot_matrix_chain_order(arrays), 0, n - 1, out=out)
    if first_nd == 1 and last_nd == 1:
        return result[0, 0]
    return result.ravel() if first_nd == 1 or last_nd == 1 else result


def _multi_dot_three(A, B, C, out=None):
    p, q = A.shape
    r, s = C.shape
    left_first = p * r * (q + s)
    right_first = q * s * (r + p)
    return dot(dot(A, B), C, out=out) if left_first < right_first else dot(A, dot(B, C), out=out)


def _multi_dot_matrix_chain_order(arrays, return_costs=False):
    """Where to split each chain: dynamic programming over its length (Cormen et al., Introduction to Algorithms, 15.2)."""
    n = len(arrays)
    sizes = [a.shape[0] for a in arrays] + [arrays[-1].shape[1]]
    cost = zeros((n, n), dtype=double)
    split = empty((n, n), dtype=intp)
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            best, where = None, i
            for k in range(i, j):
                q = cost[i, k] + cost[k + 1, j] + sizes[i] * sizes[k + 1] * sizes[j + 1]
                if best is None or q < best:
                    best, where = q, k
            cost[i, j], split[i, j] = best, where
    return (split, cost) if return_costs else split


def _multi_dot(arrays, order, i, j, out=None):
    if i == j:
        assert out is None
        return arrays[i]
    k = order[i, j]
    return dot(_multi_dot(arrays, order, i, k), _multi_dot(arrays, order, k + 1, j), out=out)


@array_function_dispatch(_diagonal_dispatcher)
def diagonal(x, /, *, offset=0):
    """Diagonals of the last two axes."""
    return _core_diagonal(x, offset, axis1=-2, axis2=-1)


@array_function_dispatch(_trace_dispatcher)
def trace(x, /, *, offset=0, dtype=None):
    """Sums of the diagonals of the last two axes."""
    return _core_trace(x, offset, axis1=-2, axis2=-1, dtype=dtype)


@array_function_dispatch(_cross_dispatcher)
def cross(x1, x2, /, *, axis=-1):
    """Cross product of three-dimensional vectors."""
    x1, x2 = asanyarray(x1), asanyarray(x2)
    if x1.shape[axis] != 3 or x2.shape[axis] != 3:
        raise ValueError("Both input arrays must be (arrays of) 3-dimensional vectors, "
                         f"but they are {x1.shape[axis]} and {x2.shape[axis]} dimensional instead.")
    return _core_cross(x1, x2, axis=axis)


@array_function_dispatch(_matmul_dispatcher)
def matmul(x1, x2, /):
    """Matrix product."""
    return _core_matmul(x1, x2)


@array_function_dispatch(_tensordot_dispatcher)
def tensordot(x1, x2, /, *, axes=2):
    """Sum of products over given axes."""
    return _core_tensordot(x1, x2, axes=axes)


@array_function_dispatch(_matrix_transpose_dispatcher)
def matrix_transpose(x, /):
    """The last two axes exchanged."""
    return _core_matrix_transpose(x)


@array_function_dispatch(_vecdot_dispatcher)
def vecdot(x1, x2, /, *, axis=-1):
    """Sum of products of vectors, the first conjugated."""
    return _core_vecdot(x1, x2, axis=axis)
