"""Fortran expressions: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    ArithOp Expr ExprWarning Language Op RelOp as_apply as_array as_attr as_complex as_deref as_eq as_expr
    as_factors as_ge as_gt as_integer as_le as_lt as_ne as_number as_numer_denom as_real as_ref as_string
    as_symbol as_term_coeff as_terms as_ternary eliminate_quotes ewarn fromstring get_linear_coefficients
    insert_quotes normalize replace_parenthesis unreplace_parenthesis
"""
globals().update((name, unwritten(f"f2py.symbolic.{name}")) for name in _NAMES.split())
