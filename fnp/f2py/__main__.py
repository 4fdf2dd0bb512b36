"""`python -m numpy.f2py`."""
from .f2py2e import main

main()
