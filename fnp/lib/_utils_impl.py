"""Where headers are, what runs, and help on anything."""
import functools
import os
import sys
import types
import warnings

from .._core.overrides import set_module
from ._quantiles import _median_nancheck  # noqa: F401
from ._root import np

__all__ = ["get_include", "info", "show_runtime"]


@set_module("numpy")
def show_runtime():
    """Print versions, the machine, and what the CPU and the thread pools offer.

    Examples
    --------
    >>> np.show_runtime()  # doctest: +SKIP
    """
    import platform
    from pprint import pprint

    from .._core import _multiarray_umath as core

    report = [
        {
            "numpy_version": np.__version__,
            "python": sys.version,
            "uname": platform.uname(),
        }
    ]
    features = getattr(core, "__cpu_features__", {})
    levels = list(getattr(core, "__cpu_dispatch__", ()))
    report.append({
        "simd_extensions": {
            "baseline": list(getattr(core, "__cpu_baseline__", ())),
            "found": [name for name in levels if features.get(name)],
            "not_found": [name for name in levels if not features.get(name)],
        }
    })
    report.append({"ignore_floating_point_errors_in_matmul": not core._blas_supports_fpe(None)})
    try:
        from threadpoolctl import threadpool_info

        report.extend(threadpool_info())
    except ImportError:
        print(
            "WARNING: `threadpoolctl` not found in system! Install it by "
            "`pip install threadpoolctl`. Once installed, try `np.show_runtime` again for more "
            "detailed build information"
        )
    pprint(report)


@set_module("numpy")
def get_include():
    """The folder of the C headers.

    Examples
    --------
    >>> import os
    >>> os.path.basename(np.get_include())
    'include'
    """
    from .. import _core

    return os.path.join(os.path.dirname(_core.__file__), "include")


class _Deprecate:
    """Decorator that makes a function warn, and say so in its docstring."""

    def __init__(self, old_name=None, new_name=None, message=None):
        self.old_name = old_name
        self.new_name = new_name
        self.message = message

    def __call__(self, func, *args, **kwargs):
        name = self.old_name or func.__name__
        instead = f", use `{self.new_name}` instead!" if self.new_name else "!"
        notice = f"`{name}` is deprecated{instead}"
        if self.message is not None:
            notice += "\n" + self.message

        @functools.wraps(func)
        def warning_first(*args, **kwds):
            warnings.warn(notice, DeprecationWarning, stacklevel=2)
            return func(*args, **kwds)

        warning_first.__name__ = name
        doc = func.__doc__
        if doc is None:
            warning_first.__doc__ = notice
        else:
            # the notice stands at the indentation of the body
            body = doc.expandtabs().split("\n")[1:]
            indent = min((len(x) - len(x.lstrip()) for x in body if x.strip()), default=0)
            first, *rest = doc.split("\n")
            margin = " " * indent
            text = f"{margin}{notice}\n\n{margin if first.strip() else ''}{first}"
            warning_first.__doc__ = "\n".join([text, *rest])
        return warning_first


def _warn_of_deprecate():
    warnings.warn(
        "`deprecate` is deprecated, use `warn` with `DeprecationWarning` instead. "
        "(deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=3,
    )


def deprecate(*args, **kwargs):
    """Decorate a function as deprecated; itself deprecated.

    Parameters
    ----------
    func : callable, optional
    old_name, new_name, message : str, optional
    """
    _warn_of_deprecate()
    if not args:
        return _Deprecate(*args, **kwargs)
    func, *names = args
    return _Deprecate(*names, **kwargs)(func)


def deprecate_with_doc(msg):
    """Decorator that deprecates with a message; itself deprecated."""
    _warn_of_deprecate()
    return _Deprecate(message=msg)


# --- info -----------------------------------------------------------------------------------------


def _split_line(name, arguments, width):
    """A call as text, broken between arguments where it is wider than `width`."""
    indent = " " * (len(name) + 2)
    lines, line = [], name
    for i, argument in enumerate(arguments.split(", ")):
        separator = ", " if i else ""
        if i and len(line) + len(separator) + len(argument) > width:
            lines.append(line + ",")
            line = indent + argument
        else:
            line += separator + argument
    return "\n".join([*lines, line])


def _signature_text(obj):
    import inspect

    try:
        return str(inspect.signature(obj))
    except Exception:
        return "()"


def _head(obj, maxwidth):
    name = getattr(obj, "__name__", "")
    arguments = _signature_text(obj)
    if len(name + arguments) > maxwidth:
        return _split_line(name, arguments, maxwidth)
    return name + arguments


def _info(obj, output=None):
    """Describe an array."""
    native = sys.byteorder
    code = obj.dtype.byteorder
    swapped = code in "<>" and (code == "<") != (native == "little")
    order = {"<": "little", ">": "big"}.get(code, native)
    flags = obj.flags
    print("class: ", type(obj).__name__, file=output)
    print("shape: ", obj.shape, file=output)
    print("strides: ", obj.strides, file=output)
    print("itemsize: ", obj.itemsize, file=output)
    print("aligned: ", bool(flags.aligned), file=output)
    print("contiguous: ", bool(flags.contiguous), file=output)
    print("fortran: ", flags.fortran or flags.f_contiguous, file=output)
    print(f"data pointer: {hex(obj.ctypes._as_parameter_.value)}", file=output)
    print("byteorder: ", order, file=output)
    print("byteswap: ", swapped, file=output)
    print(f"type: {obj.dtype}", file=output)


def _modules_below(toplevel):
    """All loaded modules of a package that have names to offer, itself first."""
    found = [
        (name, module) for name, module in list(sys.modules.items())
        if module is not None and (name == toplevel or name.startswith(toplevel + "."))
    ]
    return sorted(found, key=lambda item: item[0] != toplevel)


def _search(name, toplevel, maxwidth, output):
    """Print help on everything of that name in the package."""
    seen, count = {}, 0
    for module_name, module in _modules_below(toplevel):
        obj = vars(module).get(name)
        if obj is None:
            continue
        count += 1
        if id(obj) in seen:
            print(f"\n     *** Repeat reference found in {module_name} *** ", file=output)
        else:
            seen[id(obj)] = module_name
            print(f"     *** Found in {module_name} ***", file=output)
            info(obj, maxwidth, output)
            print("-" * maxwidth, file=output)
    if count == 0:
        print(f"Help for {name} not found.", file=output)
    elif count > 1:
        print(f"\n     *** Total of {count} references found. ***", file=output)


def _describe_class(cls, maxwidth, output):
    import inspect
    import pydoc

    print(f" {_head(cls, maxwidth)}\n", file=output)
    doc = inspect.getdoc(cls)
    print(inspect.getdoc(cls.__init__) if doc is None else doc, file=output)
    methods = [n for n in pydoc.allmethods(cls) if not n.startswith("_")] \
        if cls is not object else []
    if methods:
        print("\n\nMethods:\n", file=output)
        for method in methods:
            doc = getattr(getattr(cls, method), "__doc__", None)
            summary = pydoc.splitdoc(inspect.cleandoc(doc))[0] if doc else None
            print(f"  {method}  --  {summary}", file=output)


@set_module("numpy")
def info(object=None, maxwidth=76, output=None, toplevel="numpy"):
    """Print help on an object, or a description of an array.

    Parameters
    ----------
    object : object or str, optional
        A string is looked for in all modules.
    maxwidth : int
    output : file-like, optional
        Standard output by default.
    toplevel : str
        Where the search for a string starts.

    Examples
    --------
    >>> np.info('no such name')
    Help for no such name not found.
    """
    import inspect

    if output is None:
        output = sys.stdout
    if object is None:
        info(info, maxwidth, output)
    elif isinstance(object, np.ndarray):
        _info(object, output=output)
    elif isinstance(object, str):
        _search(object, np.__name__ if toplevel == "numpy" else toplevel, maxwidth, output)
    elif inspect.isfunction(object) or inspect.ismethod(object):
        print(f" {_head(object, maxwidth)}\n", file=output)
        print(inspect.getdoc(object), file=output)
    elif inspect.isclass(object):
        _describe_class(object, maxwidth, output)
    elif isinstance(object, types.ModuleType) or hasattr(object, "__doc__"):
        print(inspect.getdoc(object), file=output)


def safe_eval(source):
    """Deprecated: evaluate a Python literal; `ast.literal_eval` does the same."""
    warnings.warn(
        "`safe_eval` is deprecated. Use `ast.literal_eval` instead. Be aware of security "
        "implications, such as memory exhaustion based attacks (deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=2,
    )
    import ast

    return ast.literal_eval(source)


def _opt_info():
    """CPU features, for reports: '*' marks those that are used, '?' those that are missing."""
    from .._core import _multiarray_umath as core

    features = getattr(core, "__cpu_features__", {})
    baseline = list(getattr(core, "__cpu_baseline__", ()))
    levels = getattr(core, "__cpu_dispatch__", ())
    return " ".join(baseline + [f"{n}{'*' if features.get(n) else '?'}" for n in levels])


@set_module("numpy.lib.format")
def drop_metadata(dtype, /):
    """The dtype without metadata, on all levels; the same object if there is none.

    Whether other dtype classes keep metadata of their own is up to them.
    """
    if dtype.fields is not None:
        kept = dtype.metadata is not None
        parts = []
        for name in dtype.names:
            field = dtype.fields[name]
            plain = drop_metadata(field[0])
            kept = kept or plain is not field[0]
            parts.append((name, plain, field[1], field[2] if len(field) > 2 else None))
        if not kept:
            return dtype
        names, formats, offsets, titles = zip(*parts) if parts else ((), (), (), ())
        return np.dtype({
            "names": list(names),
            "formats": list(formats),
            "offsets": list(offsets),
            "titles": list(titles),
            "itemsize": dtype.itemsize,
        }, align=dtype.isalignedstruct)
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        plain = drop_metadata(base)
        if dtype.metadata is None and plain is base:
            return dtype
        return np.dtype((plain, shape))
    if dtype.metadata is None:
        return dtype
    # "T" and the like have no such string
    try:
        return np.dtype(dtype.str)
    except TypeError:
        return dtype
