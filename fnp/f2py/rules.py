"""From parsed modules to files: the C module, the Fortran wrappers, the documentation."""
import os

from .. import _unwritten
from . import _ctypes_table, capi_maps  # noqa: F401
from .__version__ import version as f2py_version
from ._modgen import ModuleWriter
from .auxfuncs import errmess, outmess

_unwritten.declare(
    globals(), functions="buildapi",
    tables="""
        arg_rules aux_rules check_rules defmod_rules generationtime module_rules rout_rules
        routine_rules sepdict stnd typedef_need_dict
    """)

numpy_version = f2py_version
options = {}


def buildmodule(m, um):
    """Write the files of module `m`, whose call-backs stand in the modules `um`.

    Returns {"csrc": […], "h": […]} and, if there are any, "fsrc" and "ltx".
    """
    name = m["name"]
    outmess(f'    Building module "{name}"...\n')
    settings = {"wrapfuncs": options.get("wrapfuncs", True), "debug": options.get("debug"),
                "includes": options.get("includes", ()),
                "freethreading": options.get("freethreading")}
    writer = ModuleWriter(m, um, capi_maps.getctype, settings, f2py_version, outmess, errmess)
    writer.build()
    folder = options.get("buildpath", "./")
    found = {"csrc": [], "h": []}

    def save(ending, text, message):
        path = os.path.join(folder, name + ending)
        with open(path, "w") as f:
            f.write(text)
        if message:
            outmess(message.format(path))
        return path

    found["csrc"].append(save("module.c", writer.c_text(),
                              f'    Wrote C/API module "{name}" to file "{{}}"\n'))
    if options.get("dorestdoc"):
        found["rest"] = [save("module.rest", rest_text(writer),
                              '    ReST Documentation is saved to file "{}"\n')]
    if options.get("dolatexdoc"):
        found["ltx"] = [save("module.tex", latex_text(writer, options.get("shortlatex")),
                             '    Documentation is saved to file "{}"\n')]
    fortran = []
    text = writer.f77_text()
    path = save("-f2pywrappers.f", text,
                text and '    Fortran 77 wrappers are saved to "{}"\n')
    if text:
        fortran.append(path)
    text = writer.f90_text()
    if text:
        fortran.append(save("-f2pywrappers2.f90", text,
                            '    Fortran 90 wrappers are saved to "{}"\n'))
    if fortran:
        found["fsrc"] = fortran
    return found


def rest_text(writer):
    """The documentation in reStructuredText."""
    title = f"Module {writer.name}"
    lines = [".. -*- rest -*-", "", title, "=" * len(title), ""]
    for routine in writer.routines:
        lines += [routine.name, "-" * len(routine.name), "", "::", ""]
        lines += ["    " + line for line in routine.signature.doc().splitlines()]
        lines.append("")
    return "\n".join(lines)


def latex_text(writer, short=False):
    """The documentation in LaTeX; a part of a document if `short`."""
    body = [f"\\section{{Module \\texttt{{{_tex(writer.name)}}}}}"]
    for routine in writer.routines:
        body += [f"\\subsection{{{_tex(routine.name)}}}", "\\begin{verbatim}",
                 routine.signature.doc().rstrip(), "\\end{verbatim}"]
    if not short:
        body = ["\\documentclass{article}", "\\begin{document}", *body, "\\end{document}"]
    return "\n".join(body) + "\n"


def _tex(text):
    return text.replace("_", "\\_")
