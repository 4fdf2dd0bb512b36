"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    applyrules debugcapi dictappend errmess getargs getargs2 gentitle getfortranname getrestdoc getusercode
    hasbody isarray iscomplex iscstyledirective isfunction islogical isscalar isstring issubroutine l_and
    l_not l_or outmess process_f2cmap_dict replace show throw_error
"""
globals().update((name, unwritten(f"f2py.auxfuncs.{name}")) for name in _NAMES.split())
