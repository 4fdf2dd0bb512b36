"""Random numbers: bit generators, Generator on top of them, and RandomState with its old streams."""
from . import _bounded_integers, _common, _pickle, bit_generator, mtrand  # noqa: F401
from ._generator import Generator, default_rng
from ._mt19937 import MT19937
from ._pcg64 import PCG64, PCG64DXSM
from ._philox import Philox
from ._sfc64 import SFC64
from .bit_generator import BitGenerator, SeedSequence
from .mtrand import *  # noqa: F403
from .mtrand import __all__ as _old
from .mtrand import get_bit_generator, set_bit_generator  # noqa: F401

__all__ = sorted([*_old, "BitGenerator", "Generator", "MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64",
                  "SeedSequence", "default_rng"])
default_rng.__module__ = __name__
del _old


def __RandomState_ctor():
    """What very old pickles of RandomState call."""
    return RandomState(seed=0)  # noqa: F405


from .._pytesttester import PytestTester  # noqa: E402

test = PytestTester(__name__)
del PytestTester
