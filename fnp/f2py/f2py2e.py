"""The command line: not written yet; every name raises when used."""
from .. import _unwritten
from .__version__ import version as f2py_version

_unwritten.declare(
    globals(),
    functions="""
        buildmodules callcrackfortran dict_append f2py_parser filter_files
        get_newer_options get_prefix make_f2py_compile_parser preparse_sysargv run_compile
        run_main scaninputline validate_modulename
    """,
    classes="CombineIncludePaths",
)


def main():
    """Run the command line: `-v` answers with the version, the rest is not written yet."""
    import sys

    if sys.argv[1:] == ["-v"]:
        print(f2py_version)
        return
    _unwritten.unwritten(f"{__name__}.main")()
