"""Build systems behind `f2py -c`: not written yet."""
from ..._unwritten import unwritten

f2py_build_generator = unwritten("f2py._backends.f2py_build_generator")
