"""Wrappers of callbacks: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="buildcallback buildcallbacks",
    tables="cb_arg_rules cb_map cb_rout_rules cb_routine_rules",
)
