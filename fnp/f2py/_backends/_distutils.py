"""Building by distutils: not written yet."""
from ... import _unwritten

_unwritten.declare(globals(), classes="DistutilsBackend")
