"""Public names that nobody has written yet: they import, and raise when used.

`python -m fnpx parity` counts them by their `__unwritten__`.
"""


def _refuse(name):
    raise NotImplementedError(f"{name} is not written yet")


def unwritten(name):
    """A function under `name` that raises NotImplementedError."""
    def function(*args, **kwargs):
        _refuse(name)

    home, _, function.__name__ = name.rpartition(".")
    function.__qualname__ = function.__name__
    function.__module__ = home or __name__
    function.__doc__ = "Not written yet."
    function.__unwritten__ = True
    return function


def unwritten_class(name):
    """A class that can be named and derived from, but has no instances."""
    def __new__(cls, *args, **kwargs):
        _refuse(name)

    home, _, last = name.rpartition(".")
    return type(last, (), {"__new__": __new__, "__module__": home, "__doc__": "Not written yet.",
                           "__unwritten__": True})


class Table:
    """Stands where a table or a pattern is to be: says so at every use."""

    __unwritten__ = True

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return f"<{self._name}: not written yet>"

    def __getattr__(self, attr):
        if attr.startswith("__"):
            raise AttributeError(attr)
        _refuse(self._name)

    def __call__(self, *args, **kwargs):
        _refuse(self._name)

    __getitem__ = __setitem__ = __delitem__ = __iter__ = __len__ = __contains__ = __call__


def declare(space, functions="", classes="", tables=""):
    """Put names, separated by blanks, into a module's dictionary."""
    home = space["__name__"]
    for make, names in ((unwritten, functions), (unwritten_class, classes), (Table, tables)):
        for name in names.split():
            space[name] = make(f"{home}.{name}")
