"""From Fortran types to C types: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        cb_routsign2map cb_sign2map common_sign2map f2cexpr get_elsize getarrdims
        getarrdocsign getctype getinit getpydocsign getstrlength load_f2cmap_file
        modsign2map routsign2map sign2map
    """,
    tables="""
        c2buildvalue_map c2capi_map c2py_map c2pycode_map cformat_map depargs f2cmap_all
        f2cmap_default f2cmap_mapped isintent_dict iso_c2py_map iso_c_binding_map
        isoc_c2pycode_map lcb2_map lcb_map
    """,
)
