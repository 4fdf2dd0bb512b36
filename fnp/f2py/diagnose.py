"""A report on the installation: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="run",
)
