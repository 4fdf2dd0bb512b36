"""C helpers of wrapper modules: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="append_needs buildcfuncs errmess get_needs",
    tables="""
        callbacks cfuncs commonhooks cppmacros f90modhooks includes includes0 needs
        outneeds typedefs typedefs_generated userincludes
    """,
)
