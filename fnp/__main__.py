"""python -m fnp PROGRAM …: run an unmodified NumPy program on this package."""
from ._launch import main

main()
