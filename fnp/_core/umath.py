"""The ufuncs, and what steers them."""
from . import _multiarray_umath
from ._multiarray_umath import *  # noqa: F403
from ._multiarray_umath import _extobj_contextvar, _get_extobj_dict, _make_extobj  # noqa: F401

# (The products' own ufuncs are no part of NumPy's list.)
globals().update((name, value) for name, value in vars(_multiarray_umath).items()
                 if name[:2] != '__' and name not in ('_dot', '_vdot'))

__all__ = '''
    absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_count
    bitwise_or bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide
    divmod e equal euler_gamma exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod
    frexp frompyfunc gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat
    lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and
    logical_not logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative
    nextafter not_equal pi positive power rad2deg radians reciprocal remainder right_shift rint
    sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc vecdot vecmat
'''.split()
