"""Functions as subroutines: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        assubr createfuncwrapper createsubrwrapper useiso_c_binding var2fixfortran
    """,
    tables="isoc_kindmap",
)
