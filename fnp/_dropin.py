"""The drop-in: this package, loaded under the name `numpy`.

`python -m fnp …` and FNP_DROP_IN=1 put a finder first on sys.meta_path. It loads the package from
this folder under the name `numpy`, makes `fnp` and its submodules names of those same modules, and
answers importlib.metadata for `numpy`. Without it, `import fnp` stands beside any real NumPy.

This file needs nothing of the package, since it decides how the package is loaded: `fnp/__init__.py`
calls `decide` before anything else, and a `.pth` file loads it alone at interpreter start.
"""
import os
import sys
from importlib.machinery import ModuleSpec

OWN, ALIAS, VARIABLE = "numpy", "fnp", "FNP_DROP_IN"
HERE = os.path.dirname(os.path.abspath(__file__))

_ENTRY_POINTS = """\
[pkg_config]
numpy = numpy._core.lib.pkgconfig

[array_api]
numpy = numpy

[pyinstaller40]
hook-dirs = numpy:_pyinstaller_hooks_dir

[console_scripts]
f2py = numpy.f2py.f2py2e:main
numpy-config = numpy._configtool:main
"""


class _AliasLoader:
    """Loads `fnp.x` as a second name of the module `numpy.x`."""

    def create_module(self, spec):
        import importlib

        module = importlib.import_module(OWN + spec.name[len(ALIAS):])
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module):
        # The import system has just written the alias' spec onto the module.
        module.__spec__ = module.__spec__.loader_state


class Finder:
    """Meta-path finder of the drop-in; one per process, always first."""

    def find_spec(self, name, path=None, target=None):
        if name == OWN:
            return _own_spec()
        if name in (OWN + "._dropin", ALIAS + "._dropin"):
            return ModuleSpec(name, _SelfLoader())
        if name == ALIAS + ".__main__":
            return None
        if name == ALIAS or name.startswith(ALIAS + "."):
            spec = ModuleSpec(name, _AliasLoader(), origin=HERE)
            if name == ALIAS:
                spec.submodule_search_locations = [HERE]  # `python -m fnp` asks for a package
            return spec
        return None

    def find_distributions(self, context=None):
        name = getattr(context, "name", None)
        if name is None or name.lower() == OWN:
            yield _distribution()

    def invalidate_caches(self):
        pass


class _SelfLoader:
    def create_module(self, spec):
        return sys.modules[__name__]

    def exec_module(self, module):
        pass


def _own_spec():
    from importlib.util import spec_from_file_location

    return spec_from_file_location(
        OWN, os.path.join(HERE, "__init__.py"), submodule_search_locations=[HERE]
    )


def _distribution():
    """What importlib.metadata shows as the installed `numpy`."""
    from importlib import metadata
    from pathlib import Path

    facts = {}
    exec(Path(HERE, "version.py").read_text(), facts)
    texts = {
        "METADATA": "Metadata-Version: 2.4\nName: numpy\nVersion: %s\n"
        "Summary: NumPy, as rebuilt in C by fnp\nRequires-Python: >=3.11\n" % facts["version"],
        "entry_points.txt": _ENTRY_POINTS,
        "top_level.txt": "numpy\n",
        "INSTALLER": "fnp\n",
    }

    class Distribution(metadata.Distribution):
        def read_text(self, filename):
            return texts.get(filename)

        def locate_file(self, path):
            return Path(HERE).parent / path

    return Distribution()


def is_active():
    return any(type(f).__name__ == "Finder" and type(f).__module__ == __name__ for f in sys.meta_path)


def is_wanted():
    return os.environ.get(VARIABLE, "") not in ("", "0")


def install():
    """Put the finder first. A `numpy` that is already loaded stays what it is: refuse."""
    if is_active():
        return
    if OWN in sys.modules:
        raise ImportError(
            "fnp cannot take the name 'numpy': %s was imported before it" % sys.modules[OWN]
        )
    sys.meta_path.insert(0, Finder())
    # Builds ask the command numpy-config where the headers are.
    tools, path = os.path.join(HERE, "_bin"), os.environ.get("PATH", os.defpath)
    if tools not in path.split(os.pathsep):
        os.environ["PATH"] = tools + os.pathsep + path


def decide(package):
    """First statement of the package: is it to be `numpy`? `package` is its module dictionary."""
    if package["__name__"] == OWN:
        return
    if is_launcher() or is_wanted() and OWN not in sys.modules:
        install()
        # Nothing of the package is loaded yet: the module takes its other name, and every relative
        # import below it follows.
        module = sys.modules[ALIAS]
        package.update(__name__=OWN, __package__=OWN, __spec__=_own_spec())
        sys.modules[OWN] = module
        sys.modules[OWN + "._dropin"] = sys.modules[__name__]


def is_launcher():
    """Is runpy just passing through the package on its way to `python -m fnp`?"""
    if not sys.argv or sys.argv[0] != "-m":
        return False
    option = sys.orig_argv[-len(sys.argv)]  # `fnp`, or the `-mfnp` that ends the interpreter's options
    return option == ALIAS or (option.startswith("-") and option.endswith("m" + ALIAS))
