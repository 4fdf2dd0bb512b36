"""Building with Meson."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ._backend import Backend

_FORTRAN = (".f", ".for", ".ftn", ".f77", ".f90", ".f95", ".f03", ".f08")


def quoted(text):
    """A Meson string."""
    return "'''" + str(text) + "'''"


class MesonTemplate:
    """The text of a `meson.build` for one extension module."""

    def __init__(self, modulename, sources, deps, libraries, library_dirs, include_dirs,
                 object_files, linker_args, fortran_args, build_type, python_exe, c_args=()):
        self.modulename = modulename
        self.sources = sources
        self.deps = deps
        self.libraries = libraries
        self.library_dirs = library_dirs
        self.include_dirs = include_dirs
        self.objects = object_files
        self.linker_args = linker_args
        self.fortran_args = fortran_args
        self.build_type = build_type
        self.python_exe = python_exe
        self.c_args = list(c_args)
        self.indent = " " * 2

    def languages(self):
        """C, and Fortran if there is any."""
        fortran = any(Path(s).suffix.lower() in _FORTRAN for s in self.sources)
        return ["c", "fortran"] if fortran else ["c"]

    def _lines(self):
        includes = [f"-I{d}" for d in self.include_dirs]
        links = [f"-L{d}" for d in self.library_dirs] + [f"-l{lib}" for lib in self.libraries]
        names = ", ".join(f"'{lang}'" for lang in self.languages())
        yield f"project({quoted(self.modulename)}, [{names}],"
        yield "  version: '0.1', meson_version: '>= 1.1.0',"
        yield f"  default_options: ['warning_level=1', 'buildtype={self.build_type}'])"
        yield f"py = import('python').find_installation({quoted(self.python_exe)}, pure: false)"
        yield f"py.extension_module({quoted(self.modulename)},"
        yield from self._list("", self.sources)
        deps = ["py.dependency()", *(f"dependency({quoted(d)})" for d in self.deps)]
        yield f"  dependencies: [{', '.join(deps)}],"
        yield from self._list("c_args", [*includes, *self.c_args])
        if "fortran" in self.languages():
            yield from self._list("fortran_args", [*includes, *self.fortran_args])
        yield from self._list("link_args", [*links, *self.linker_args])
        yield from self._list("objects", self.objects)
        yield ")"

    def _list(self, name, items):
        if not items and not name:
            raise ValueError("nothing to build")
        if items:
            yield f"  {name + ': ' if name else ''}["
            for item in items:
                yield f"    {quoted(item)},"
            yield "  ],"

    def generate_meson_build(self):
        """The whole file."""
        return "\n".join(self._lines()) + "\n"


class MesonBackend(Backend):
    """Writes a Meson project into `build_dir` and builds it there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dependencies = (self.extra_dat or {}).get("dependencies", [])
        self.meson_build_dir = "bbdir"
        debug = any("debug" in str(f) for f in self.fc_flags)
        self.build_type = "debug" if debug else "release"

    def _includes(self):
        import importlib

        package = __package__.split(".")[0]
        numpy = importlib.import_module(package)
        return [numpy.get_include(), os.path.join(os.path.dirname(__file__), "..", "src")]

    def _macros(self):
        defined = [f"-D{name}" if value in (None, "") else f"-D{name}={value}"
                   for name, value in self.define_macros]
        return defined + [f"-U{name}" for name in self.undef_macros]

    def write_meson_build(self, build_dir):
        """Put `meson.build` into `build_dir`."""
        runtime = Path(__file__).parent.parent / "src" / "fortranobject.c"
        sources = [Path(s).resolve() for s in self.sources if not str(s).endswith(".pyf")]
        if runtime.resolve() not in sources:
            sources.append(runtime.resolve())
        template = MesonTemplate(
            self.modulename, sources, self.dependencies, self.libraries, self.library_dirs,
            [*self._includes(), *(os.path.abspath(d) for d in self.include_dirs), os.getcwd()],
            list(map(str, self.extra_objects)), self.flib_flags, self._fortran_flags(),
            self.build_type, sys.executable, ["-fno-strict-aliasing", *self._macros()])
        Path(build_dir).mkdir(parents=True, exist_ok=True)
        Path(build_dir, "meson.build").write_text(template.generate_meson_build())

    def _fortran_flags(self):
        flags = []
        for flag in map(str, self.fc_flags):
            if flag not in flags and "debug" != flag.lstrip("-"):
                flags.append(flag)
        return flags

    def run_meson(self, build_dir):
        """Configure and build."""
        beside = os.path.dirname(sys.executable)
        path = os.pathsep.join([os.environ.get("PATH", ""), beside])
        meson = shutil.which("meson", path=path) or "meson"
        for command in ([meson, "setup", self.meson_build_dir, *self.setup_flags],
                        [meson, "compile", "-C", self.meson_build_dir]):
            done = subprocess.run(command, cwd=build_dir, env={**os.environ, "PATH": path})
            if done.returncode:
                raise subprocess.CalledProcessError(done.returncode, command)

    def compile(self):
        """Build the module and put it into the working folder."""
        self.sources = [str(s) for s in self.sources]
        self.write_meson_build(self.build_dir)
        for name in self.extra_objects:
            if not os.path.isabs(name) and os.path.exists(name):
                shutil.copy(name, Path(self.build_dir, os.path.basename(name)))
        self.run_meson(self.build_dir)
        folder = Path(self.build_dir, self.meson_build_dir)
        for path in folder.glob(f"{self.modulename}*"):
            if path.is_file() and path.suffix in (".so", ".pyd", ".dll"):
                shutil.move(str(path), str(Path.cwd() / path.name))
        if self.remove_build_dir:
            shutil.rmtree(self.build_dir, ignore_errors=True)
