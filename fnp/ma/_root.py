"""What every module of this folder starts from: `np`, the package this copy was loaded as."""
import sys

np = sys.modules[__package__.rpartition(".")[0]]
