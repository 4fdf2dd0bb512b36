"""Wrappers of Fortran 90 modules: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="buildhooks findf90modules",
    tables="fgetdims1 fgetdims2 fgetdims2_sa isintent_dict options",
)
