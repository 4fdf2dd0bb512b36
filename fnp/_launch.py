"""The command line of `python -m fnp`: what follows is run as plain Python would run it.

    python -m fnp prog.py [ARG …]     a script, a folder or a zip file with __main__.py
    python -m fnp -m module [ARG …]
    python -m fnp -c code [ARG …]
    python -m fnp - [ARG …]           the program comes on standard input
"""
import os
import sys
import types

from . import _dropin


def main():
    if not _dropin.is_active():
        sys.exit("python -m fnp: the package was already imported beside a real numpy")
    os.environ[_dropin.VARIABLE] = "1"
    args = sys.argv[1:]
    first = args[0] if args else "-"
    if first in ("-h", "--help"):
        print(__doc__.partition("\n\n")[2].rstrip())
        return
    _fresh_main()
    if first == "-m" or first == "-c":
        if len(args) < 2:
            print("Argument expected for the %s option" % first, file=sys.stderr)
            sys.exit(2)
        sys.argv[:] = [first] + args[2:]
        job, what = (_run_module, args[1]) if first == "-m" else (_run_command, args[1])
    elif first == "-":
        sys.argv[:] = args or [""]
        job, what = _run_stdin, None
    elif first.startswith("-"):
        print("unknown option %s: Python's own options stand before -m fnp" % first, file=sys.stderr)
        sys.exit(2)
    else:
        sys.argv[:] = args
        job, what = _run_path, first
    try:
        job(what)
    except BaseException as error:
        _hide_launcher(error)
        raise


def _fresh_main():
    """A `__main__` that holds nothing of the launcher."""
    module = types.ModuleType("__main__")
    module.__dict__.update(
        __annotations__={}, __builtins__=sys.modules["builtins"],
        __loader__=sys.modules["_frozen_importlib"].BuiltinImporter,
    )
    _hold.append(sys.modules["__main__"])  # its code is still running
    sys.modules["__main__"] = module


_hold = []


def _set_first_path(entry):
    """Plain Python would have put `entry`, not the folder of `-m`, first on the path."""
    if not sys.flags.safe_path:
        sys.path[0] = entry


def _run_module(name):
    import runpy

    runpy._run_module_as_main(name, alter_argv=True)


def _run_command(source):
    _set_first_path("")
    if sys.version_info >= (3, 13):  # its tracebacks show the lines of -c, too
        import linecache

        linecache.cache["<string>"] = len(source), None, source.splitlines(True), "<string>"
    _execute(source, "<string>")


def _run_stdin(_):
    _set_first_path("")
    if sys.stdin is not None and sys.stdin.isatty():
        import code

        try:
            import readline  # noqa: F401  (line editing)
        except ImportError:
            pass
        code.interact(local=sys.modules["__main__"].__dict__, exitmsg="")
        return
    _run_source(sys.stdin.buffer.read(), "<stdin>")


def _run_path(path):
    from importlib.machinery import SourceFileLoader, SourcelessFileLoader
    from pkgutil import get_importer

    importer = get_importer(path)
    if importer is not None and (os.path.isdir(path) or type(importer).__name__ != "FileFinder"):
        import runpy

        if not sys.flags.safe_path:
            del sys.path[0]
        sys.path.insert(0, os.path.abspath(path))  # with -P too: it is the program
        runpy._run_module_as_main("__main__", alter_argv=False)
        return
    try:
        with open(path, "rb") as f:
            source = f.read()
    except OSError as error:
        print("%s: can't open file %r: [Errno %d] %s" % (
            sys.executable, os.path.abspath(path), error.errno, error.strerror), file=sys.stderr)
        sys.exit(2)
    _set_first_path(os.path.dirname(os.path.realpath(path)))
    full = os.path.abspath(path)
    loader = (SourcelessFileLoader if path.endswith(".pyc") else SourceFileLoader)("__main__", full)
    sys.modules["__main__"].__loader__ = loader
    if path.endswith(".pyc"):
        source = loader.get_code("__main__")
    _run_source(source, full)


def _run_source(source, filename):
    """As a file: `__file__` and `__cached__` go when it ends, except by SystemExit."""
    space = sys.modules["__main__"].__dict__
    space.update(__file__=filename, __cached__=None)
    try:
        _execute(source, filename)
    except SystemExit:
        raise
    except BaseException:
        _forget_file(space)
        raise
    _forget_file(space)


def _forget_file(space):
    space.pop("__file__", None)
    space.pop("__cached__", None)


def _execute(source, filename):
    if isinstance(source, (str, bytes)):
        source = compile(source, filename, "exec", dont_inherit=True)
    exec(source, sys.modules["__main__"].__dict__)


def _hide_launcher(error):
    """Show the traceback of an uncaught error from the program's own first frame on."""
    inner = error.__traceback__
    while inner is not None and inner.tb_frame.f_globals is globals():
        inner = inner.tb_next
    hook = sys.excepthook

    def show(kind, value, _):
        hook(kind, value.with_traceback(inner), inner)

    sys.excepthook = show
