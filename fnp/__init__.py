"""NumPy, rebuilt in C."""
from . import _dropin; _dropin.decide(globals())  # is this package `numpy` here? before all else
