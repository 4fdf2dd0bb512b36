"""Docstrings of objects that are written in C and came without one."""
