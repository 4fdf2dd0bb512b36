"""Messages of builds: not written; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="debug error get_threshold good info set_threshold set_verbosity warn",
    classes="Log",
)
