"""The backend of the past: numpy.distutils is gone with Python 3.12, and never was part of this
package."""
from ._backend import Backend


class DistutilsBackend(Backend):
    """Refuses; Meson builds instead."""

    def compile(self):
        """There is nothing to build with."""
        raise NotImplementedError("the distutils backend is not provided; use --backend meson")
