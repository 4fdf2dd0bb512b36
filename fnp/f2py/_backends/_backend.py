"""What build systems share: not written yet."""
from ... import _unwritten

_unwritten.declare(globals(), classes="Backend")
