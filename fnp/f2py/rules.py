"""Wrapper modules: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="buildapi buildmodule",
    tables="""
        arg_rules aux_rules check_rules defmod_rules generationtime module_rules options
        rout_rules routine_rules sepdict stnd typedef_need_dict
    """,
)
