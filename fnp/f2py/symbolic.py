"""Fortran expressions: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        _counter _get_parenthesis_kind _pairs_add as_apply as_array as_complex as_deref
        as_eq as_expr as_factors as_ge as_gt as_integer as_le as_lt as_ne as_number
        as_numer_denom as_real as_ref as_string as_symbol as_term_coeff as_terms
        as_ternary eliminate_quotes ewarn fromstring insert_quotes normalize
        replace_parenthesis unreplace_parenthesis
    """,
    classes="""
        ArithOp Expr ExprWarning Language Op OpError Precedence RelOp _FromStringWorker
        _Pair
    """,
    tables="COUNTER integer_types number_types",
)
