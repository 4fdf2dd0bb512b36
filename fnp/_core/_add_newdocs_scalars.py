"""Docstrings of the scalar types (see `_add_newdocs`)."""
