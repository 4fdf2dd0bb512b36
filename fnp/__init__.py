"""NumPy, rebuilt in C."""
