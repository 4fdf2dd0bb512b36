"""The command line: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    main run_main run_compile scaninputline buildmodules callcrackfortran dict_append filter_files f2py_parser
    get_prefix preparse_sysargv get_newer_options make_f2py_compile_parser validate_modulename
    CombineIncludePaths
"""
globals().update((name, unwritten(f"f2py.f2py2e.{name}")) for name in _NAMES.split())
