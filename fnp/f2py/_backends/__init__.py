"""Ways to build an extension module from generated sources."""


def f2py_build_generator(name):
    """The backend class of a name."""
    if name == "meson":
        from ._meson import MesonBackend
        return MesonBackend
    if name == "distutils":
        from ._distutils import DistutilsBackend
        return DistutilsBackend
    raise ValueError(f"Unknown backend: {name}")
