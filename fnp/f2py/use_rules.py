"""USE statements: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="buildusevar buildusevars",
    tables="usemodule_rules",
)
