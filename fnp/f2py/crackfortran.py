"""Reading Fortran sources: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    crackfortran crack2fortran markinnerspaces nameargspattern markoutercomma markouterparen get_parameters
    getlincoef postcrack readfortrancode param_eval param_parse analyzevars updatevars crackline expr2name
    myeval DataReader Line
"""
globals().update((name, unwritten(f"f2py.crackfortran.{name}")) for name in _NAMES.split())
