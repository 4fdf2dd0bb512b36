"""What FrankenNumPy has and NumPy lacks."""
_FUNCTIONS = ("explain", "threads")  # each in a module of its name


def __getattr__(name):
    if name in _FUNCTIONS:
        from importlib import import_module
        function = getattr(import_module(f"{__name__}.{name}"), name)
        globals()[name] = function  # the function, not the module of its name
        return function
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
