# Written by tools/gen_stubs.py from the package itself.
import builtins
from .. import asmatrix as asmatrix
from .. import bmat as bmat
from .. import matrix as matrix

__all__: builtins.list[builtins.str]
