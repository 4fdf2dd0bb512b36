"""Build systems behind `f2py -c`: not written yet."""
from ... import _unwritten

_unwritten.declare(globals(), functions="f2py_build_generator")
