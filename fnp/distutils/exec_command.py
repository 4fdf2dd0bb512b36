"""Running commands: not written; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        exec_command filepath_from_subprocess_output find_executable
        forward_bytes_to_stdout get_pythonexe temp_file_name
    """,
)
