"""Public names that nobody has written yet: they import, and raise when called.

`python -m fnpx parity` counts them by their `__unwritten__`.
"""


def unwritten(name):
    """A function under `name` that raises NotImplementedError."""
    def function(*args, **kwargs):
        raise NotImplementedError(f"{name} is not written yet")

    home, _, function.__name__ = name.rpartition(".")
    function.__qualname__ = function.__name__
    function.__module__ = home or __name__
    function.__doc__ = "Not written yet."
    function.__unwritten__ = True
    return function
