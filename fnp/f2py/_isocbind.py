"""Types of iso_c_binding: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    tables="""
        c_type c_type_dict fortran_type iso_c2py_map iso_c_binding_map isoc_c2pycode_map
        isoc_kindmap
    """,
)
