"""The command line: `f2py [options] files`, and with `-c` compiling as well."""
import argparse
import os
import pprint
import re
import shlex
import sys
import tempfile

from .. import _unwritten
from . import auxfuncs, capi_maps, crackfortran, rules
from .__version__ import version as f2py_version
from .auxfuncs import errmess, get_f2py_modulename, outmess

_unwritten.declare(globals(), functions="get_newer_options get_prefix")

show = pprint.pprint
numpy_version = f2py_version
MESON_ONLY_VER = True

__usage__ = f"""\
f2py: wrap Fortran and C for Python.

  f2py [options] files [only: names :] [skip: names :] …
        Write the C and Fortran sources of an extension module.
  f2py -h file.pyf [options] files
        Write a signature file ("stdout": to the terminal).
  f2py -c [options] files
        Write, compile and link an extension module.

Options
  -m NAME                  name of the module; "untitled" if there is none
  -h FILE                  write signatures to FILE and stop
  --overwrite-signature    replace FILE
  --[no-]lower             [do not] take names in lower case; --lower comes with -h
  --build-dir DIR          where to write
  --include-paths P1:P2    where to look for included files
  -include<HEADER>         lines for the C file
  --f2cmap FILE            C types of Fortran kinds; .f2py_f2cmap if there is one
  --[no-]wrap-functions    [do not] call functions through subroutines
  --[no-]latex-doc         [do not] write documentation in LaTeX
  --short-latex            LaTeX without the frame of a document
  --[no-]rest-doc          [do not] write documentation in reStructuredText
  --debug-capi             wrappers that trace what they do
  --[no-]freethreading-compatible   [do not] say that the module needs no global lock
  --quiet, --verbose       say less, more
  -v                       version

Options with -c
  --backend meson          what builds
  --dep NAME               a dependency for Meson
  --f77flags=…, --f90flags=…, --opt=…, --arch=…, --noopt, --noarch, --debug
  -L/path -lname -Dname[=value] -Uname -I/path  objects and libraries

Version {f2py_version}
"""


class CombineIncludePaths(argparse.Action):
    """Collects `--include-paths a:b` and `--include_paths` into one set."""

    def __call__(self, parser, namespace, values, option_string=None):
        paths = set(getattr(namespace, "include_paths", None) or ())
        text = values if isinstance(values, str) else ",".join(values)
        paths.update(p for p in re.split(rf"[,{re.escape(os.pathsep)}]", text) if p)
        namespace.include_paths = paths


def f2py_parser():
    """A parser for the options that are looked at before all others."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("-I", dest="include_paths", action=CombineIncludePaths)
    parser.add_argument("--include-paths", dest="include_paths", action=CombineIncludePaths)
    parser.add_argument("--include_paths", dest="include_paths", action=CombineIncludePaths)
    parser.add_argument("--freethreading-compatible", dest="ftcompat",
                        action=argparse.BooleanOptionalAction)
    return parser


_FLAGS = {
    "--overwrite-signature": ("overwrite", True), "--lower": ("do-lower", 1),
    "--no-lower": ("do-lower", 0), "--wrap-functions": ("wrapfuncs", 1),
    "--no-wrap-functions": ("wrapfuncs", 0), "--latex-doc": ("dolatexdoc", 1),
    "--no-latex-doc": ("dolatexdoc", 0), "--rest-doc": ("dorestdoc", 1),
    "--no-rest-doc": ("dorestdoc", 0), "--short-latex": ("shortlatex", 1),
    "--debug-capi": ("debug", True), "--build-only": ("build-only", 1),
    "--skip-empty-wrappers": ("emptygen", False),
    "--freethreading-compatible": ("freethreading", True),
    "--no-freethreading-compatible": ("freethreading", False),
}
_WITH_VALUE = {"-m": "module", "-h": "signsfile", "--build-dir": "buildpath",
               "--f2cmap": "f2cmap_file", "--coutput": "coutput",
               "--f2py-wrapper-output": "f2py_wrapper_output"}


def scaninputline(inputline):
    """`(files, options)` of the words of a command line."""
    parsed, words = f2py_parser().parse_known_args([
        w for w in _plain_includes(inputline)])
    options = {"buildpath": "./", "wrapfuncs": 1, "verbose": 1, "include_paths":
               sorted(parsed.include_paths or ()), "freethreading": bool(parsed.ftcompat)}
    files, only, skip, includes = [], [], [], []
    target, lower = files, None
    words = iter(words)
    for word in words:
        if word in ("", ":"):
            target = files if word else target
        elif word == "only:":
            target = only
        elif word == "skip:":
            target = skip
        elif word in _FLAGS:
            key, value = _FLAGS[word]
            if key == "do-lower":
                lower = value
            else:
                options[key] = value
        elif word in _WITH_VALUE:
            value = next(words, None)
            if value is None:
                raise SystemExit(f"f2py: {word} needs a value")
            options[_WITH_VALUE[word]] = value
        elif word == "--quiet":
            options["verbose"] = 0
        elif word == "--verbose":
            options["verbose"] = options["verbose"] + 1
        elif word.startswith("-include"):
            includes.append(f"#include {word[len('-include'):]}")
        elif word.startswith("--"):
            sys.stderr.write(f"Unknown option {word!r}\n")
            raise SystemExit(1)
        elif word.startswith("-") and target is files:
            sys.stderr.write(f"Unknown option {word!r}\n")
            raise SystemExit(1)
        elif target is not files or _is_readable(word):
            target.append(word)
    if not files and "module" not in options:
        print(__usage__)
        raise SystemExit
    if options["buildpath"] != "./":
        os.makedirs(options["buildpath"], exist_ok=True)
    if "signsfile" in options:
        _check_signature_file(options)
        lower = 1 if lower is None else lower
    options.update(onlyfuncs=only, skipfuncs=skip, includes=includes)
    options["do-lower"] = lower or 0
    if "module" not in options and "signsfile" not in options:
        options["module"] = "untitled"
    return files, options


def _is_readable(path):
    try:
        with open(path, "rb"):
            return True
    except OSError as error:
        errmess(f'OSError: {error}. Skipping file "{path}".\n')
        return False


def _plain_includes(words):
    """`--include-paths a b` given as one word is two."""
    for word in words:
        if word.startswith(("--include-paths ", "--include_paths ")):
            yield from word.split(None, 1)
        else:
            yield word


def _check_signature_file(options):
    path = options["signsfile"]
    if path == "stdout":
        return
    if not os.path.dirname(path):
        path = options["signsfile"] = os.path.join(options["buildpath"], path)
    if os.path.isfile(path) and not options.get("overwrite"):
        sys.stderr.write(f"Signature file {path!r} exists!!! "
                         "Use --overwrite-signature to overwrite.\n")
        raise SystemExit(1)


def callcrackfortran(files, options):
    """The blocks of `files`; writes the signature file if one is asked for."""
    crackfortran.reset_global_f2py_vars()
    crackfortran.debug = []
    crackfortran.verbose = options["verbose"]
    crackfortran.quiet = not options["verbose"]
    crackfortran.f77modulename = options.get("module", "")
    crackfortran.include_paths[:] = options["include_paths"]
    crackfortran.onlyfuncs[:] = options["onlyfuncs"]
    crackfortran.skipfuncs[:] = options["skipfuncs"]
    crackfortran.dolowercase = options["do-lower"]
    blocks = crackfortran.crackfortran(files)
    if "signsfile" in options:
        outmess(f"Saving signatures to file \"{options['signsfile']}\"\n")
        text = crackfortran.crack2fortran(blocks)
        if options["signsfile"] == "stdout":
            sys.stdout.write(text)
        else:
            with open(options["signsfile"], "w") as f:
                f.write(text)
    for block in blocks:
        if block["block"] == "python module" and options.get("coutput"):
            block["coutput"] = options["coutput"]
    return blocks


def buildmodules(lst):
    """Write the files of all modules: {module: its files}."""
    outmess("Building modules...\n")
    users = [b for b in lst if "__user__" in b["name"]]
    found = {}
    for block in lst:
        if "__user__" in block["name"]:
            continue
        if block["block"] != "python module":
            sys.stderr.write(f"buildmodules: {block['block']} \"{block['name']}\" stands in no "
                             "python module. Skipping.\n")
            continue
        found[block["name"]] = rules.buildmodule(block, users)
    return found


def dict_append(d_out, d_in):
    """Add the values of `d_in` to the lists of `d_out`."""
    for key, value in d_in.items():
        mine = d_out.setdefault(key, [])
        mine.extend(value if isinstance(value, list) else [value])


def run_main(comline_list):
    """What `f2py` does without `-c`; the files it wrote as {module: {"csrc": […], "h": […]}}."""
    from . import get_include

    files, options = scaninputline(list(comline_list))
    auxfuncs.options.clear()
    auxfuncs.options.update(options)
    rules.options.clear()
    rules.options.update(options)
    auxfuncs.debugoptions[:] = ["capi"] if options.get("debug") else []
    auxfuncs.wrapfuncs = options["wrapfuncs"]
    capi_maps.load_f2cmap_file(options.get("f2cmap_file"))
    blocks = callcrackfortran(files, options)
    if "signsfile" in options:
        if options["verbose"] > 1:
            outmess("Stopping. Edit the signature file and then run f2py on the signature file: "
                    f"{os.path.basename(sys.argv[0])} {options['signsfile']}\n")
        return {}
    for block in blocks:
        if block["block"] != "python module":
            raise TypeError("All blocks must be python module blocks but got "
                            f"{block['block']!r}")
    found = buildmodules(blocks)
    runtime = os.path.join(get_include(), "fortranobject")
    for parts in found.values():
        dict_append(parts, {"csrc": runtime + ".c", "h": runtime + ".h"})
    return found


def filter_files(prefix, suffix, files, remove_prefix=None):
    """`(files that start and end so, the others)`."""
    chosen, rest = [], []
    for name in files:
        name = name.strip()
        if re.match(prefix, name) and re.search(rf"{suffix}\Z", name):
            chosen.append(name[len(prefix):] if remove_prefix else name)
        else:
            rest.append(name)
    return chosen, rest


# --- compiling -------------------------------------------------------------------------------

def validate_modulename(pyf_files, modulename="untitled"):
    """The module's name: a signature file has the last word."""
    if len(pyf_files) > 1:
        raise ValueError("Only one .pyf file per call")
    if pyf_files:
        name = get_f2py_modulename(pyf_files[0])
        if name and modulename not in ("untitled", name):
            outmess(f"Ignoring -m {modulename}.\n{pyf_files[0]} defines {name} to be the "
                    "modulename.\n")
        return name or modulename
    return modulename


def make_f2py_compile_parser():
    """A parser for what `-c` needs to know first."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--dep", action="append", dest="dependencies")
    parser.add_argument("--backend", choices=["meson", "distutils"], default="meson")
    parser.add_argument("-m", dest="module_name")
    return parser


def preparse_sysargv():
    """Take `--dep`, `--backend` and `-m` off sys.argv."""
    args, rest = make_f2py_compile_parser().parse_known_args(sys.argv[1:])
    sys.argv[1:] = rest
    if args.backend == "distutils":
        why = "Python>=3.12" if sys.version_info >= (3, 12) else "this package"
        outmess(f"Cannot use distutils backend with {why}, using meson backend instead.\n")
    return {"dependencies": args.dependencies or [], "backend": "meson",
            "modulename": args.module_name or "untitled"}


_BUILD_FLAG = re.compile(
    r"--(?P<name>f77flags|f90flags|opt|arch|fcompiler|compiler|f77exec|f90exec)(?:=(?P<value>.*))?"
    r"|--(?P<alone>noopt|noarch|debug|help-fcompiler)")
_OBJECTS = (".o", ".a", ".so", ".obj", ".lib", ".dll", ".dylib")


class _CompileLine:
    """The words of a command line with `-c`, by what they are for."""

    def __init__(self, words):
        self.sources, self.objects, self.f2py = [], [], []
        self.include_dirs, self.library_dirs, self.libraries = [], [], []
        self.defines, self.undefines, self.fortran, self.links = [], [], [], []
        self.build_dir, names = None, False
        words = iter(_plain_includes(words))
        for word in words:
            if word in ("only:", "skip:"):
                names = True
                self.f2py.append(word)
            elif names:
                names = word != ":"
                self.f2py.append(word)
            elif word == "-c":
                pass
            elif word == "--build-dir":
                self.build_dir = next(words, None)
            elif word in _WITH_VALUE or word in ("--include-paths", "--include_paths"):
                self.f2py += [word, next(words, "")]
            elif not self._build_word(word):
                self._file(word)

    def _build_word(self, word):
        m = _BUILD_FLAG.fullmatch(word)
        if m:
            self._flag(m)
        elif word.startswith("-I"):
            self.include_dirs.append(word[2:])
            self.f2py.append(word)
        elif word.startswith("-L"):
            self.library_dirs.append(word[2:])
        elif word.startswith("-l"):
            self.libraries.append(word[2:])
        elif word.startswith("-D"):
            name, sign, value = word[2:].partition("=")
            self.defines.append((name, value if sign else None))
        elif word.startswith("-U"):
            self.undefines.append(word[2:])
        elif word.startswith(("-Wl,", "-framework", "--link-")):
            self.links.append(word)
        else:
            return False
        return True

    def _flag(self, m):
        name, value = m.group("name"), m.group("value") or ""
        if name in ("f77flags", "f90flags", "opt", "arch"):
            self.fortran += shlex.split(value.strip().strip("'\""))
        elif name in ("fcompiler", "compiler", "f77exec", "f90exec"):
            outmess(f"--{name} cannot be used with meson,"
                    "set compiler with the FC environment variable\n")
        elif m.group("alone") == "debug":
            self.fortran.append("debug")

    def _file(self, word):
        if word.startswith("-"):
            self.f2py.append(word)
        elif word.endswith(_OBJECTS) or re.search(r"\.so\.\d", word):
            self.objects.append(word)
        else:
            self.sources.append(word)


def run_compile():
    """What `f2py -c` does."""
    from ._backends import f2py_build_generator

    argv = preparse_sysargv()
    outmess(f"Using {argv['backend']} backend\n")
    line = _CompileLine(sys.argv[1:])
    signatures, sources = filter_files("", "[.]pyf([.]src|)", line.sources)
    signatures = [_from_template(s) for s in signatures]
    name = validate_modulename(signatures, argv["modulename"])
    if not {"--lower", "--no-lower"} & set(line.f2py) and not signatures:
        outmess("Will pass --lower to f2py\n"
                "See https://numpy.org/doc/stable/f2py/buildtools/meson.html\n")
        line.f2py.append("--lower")
    remove = line.build_dir is None
    build_dir = line.build_dir or tempfile.mkdtemp()
    os.makedirs(build_dir, exist_ok=True)
    c_sources = [s for s in sources if s.endswith((".c", ".cc", ".cpp"))]
    fortran = [s for s in sources if s not in c_sources]
    options, names = _split_names(line.f2py)
    found = run_main(["-m", name, "--build-dir", build_dir, *options,
                      *(signatures or fortran), *names])
    generated = [path for parts in found.values()
                 for key in ("csrc", "fsrc") for path in parts.get(key, ())]
    backend = f2py_build_generator(argv["backend"])(
        modulename=name, sources=[*generated, *sources], extra_objects=line.objects,
        build_dir=build_dir, include_dirs=line.include_dirs, library_dirs=line.library_dirs,
        libraries=line.libraries, define_macros=line.defines, undef_macros=line.undefines,
        f2py_flags=line.f2py, sysinfo_flags=[], fc_flags=line.fortran, flib_flags=line.links,
        setup_flags=[], remove_build_dir=remove,
        extra_dat={"dependencies": argv["dependencies"]})
    backend.compile()


def _split_names(words):
    """`(options, the part with only: and skip:)`"""
    for i, word in enumerate(words):
        if word in ("only:", "skip:"):
            rest = [w for w in words[i:] if not w.startswith("--")]
            return words[:i] + [w for w in words[i:] if w.startswith("--")], rest
    return words, []


def _from_template(path):
    """A `.pyf.src` file as the `.pyf` it stands for."""
    if not path.endswith(".src"):
        return path
    from ._src_pyf import process_file

    target = path.removesuffix(".src")
    text = process_file(path)
    with open(target, "w") as f:
        f.write(text)
    return target


def main():
    """The command `f2py`."""
    words = sys.argv[1:]
    if "--help-link" in words:
        sys.argv.remove("--help-link")
        outmess("Use --dep for meson builds\n")
        return
    if not words or words == ["--help"]:
        sys.stdout.write(__usage__)
        return
    if words == ["-v"]:
        print(f2py_version)
        sys.exit()
    if "-c" in words:
        run_compile()
    else:
        signatures = [w for w in words if w.endswith(".pyf")
                      and (words.index(w) == 0 or words[words.index(w) - 1] != "-h")]
        validate_modulename(signatures[:2] if len(signatures) > 1 else [])
        run_main(words)
