"""Building by Meson: not written yet."""
from ... import _unwritten

_unwritten.declare(globals(), classes="MesonBackend MesonTemplate")
