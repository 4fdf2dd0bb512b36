"""Templates of signature files: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        conv expand_sub find_and_remove_repl_patterns find_repl_patterns parse_structure
        process_file process_str resolve_includes unique_key
    """,
    tables="""
        _special_names function_start_re include_src_re item_re list_re named_re
        routine_end_re routine_start_re template_name_re template_re
    """,
)
