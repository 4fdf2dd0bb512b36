"""How close this package is to NumPy, measured: NumPy's own suite, programs, public names."""
