"""What FrankenNumPy has and NumPy lacks."""


def __getattr__(name):
    if name == "explain":
        from .explain import explain
        globals()["explain"] = explain  # the function, not the module of its name
        return explain
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
