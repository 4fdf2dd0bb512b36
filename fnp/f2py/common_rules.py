"""Wrappers of COMMON blocks: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="buildhooks findcommonblocks",
)
