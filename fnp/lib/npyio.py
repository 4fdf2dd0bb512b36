"""What the readers of array files return and use."""
from ._npyio_impl import DataSource, NpzFile, __doc__  # noqa: F401
