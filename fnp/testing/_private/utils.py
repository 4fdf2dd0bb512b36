"""All helpers of `testing` under the path that test files import; each part has its own file."""
import sys
from unittest.case import SkipTest

from .compare import (
    assert_,
    assert_allclose,
    assert_almost_equal,
    assert_approx_equal,
    assert_array_almost_equal,
    assert_array_compare,
    assert_array_equal,
    assert_array_less,
    assert_equal,
    assert_string_equal,
    build_err_msg,
    print_assert_equal,
)
from .machine import (
    _get_glibc_version,
    _get_mem_available,
    _glibc_older_than,
    _glibcver,
    _parse_size,
    BLAS_SUPPORTS_FPE,
    HAS_LAPACK64,
    HAS_REFCOUNT,
    IS_64BIT,
    IS_EDITABLE,
    IS_INSTALLED,
    IS_MUSL,
    IS_PYPY,
    IS_PYSTON,
    IS_WASM,
    NOGIL_BUILD,
    NUMPY_ROOT,
    check_free_memory,
    check_support_sve,
    jiffies,
    memusage,
    requires_memory,
)
from .running import (
    IgnoreException,
    KnownFailureException,
    KnownFailureTest,
    _assert_valid_refcount,
    _gen_alignment_data,
    _no_tracing,
    assert_no_gc_cycles,
    assert_raises,
    assert_raises_regex,
    break_cycles,
    decorate_methods,
    measure,
    run_threaded,
    rundocs,
    runstring,
    tempdir,
    temppath,
)
from .ulp import (
    assert_array_almost_equal_nulp,
    assert_array_max_ulp,
    integer_repr,
    nulp_diff,
)
from .warned import (
    assert_no_warnings,
    assert_warns,
    clear_and_catch_warnings,
    suppress_warnings,
)

verbose = 0

__all__ = [
    "assert_equal", "assert_almost_equal", "assert_approx_equal", "assert_array_equal",
    "assert_array_less", "assert_string_equal", "assert_array_almost_equal", "assert_raises",
    "build_err_msg", "decorate_methods", "jiffies", "memusage", "print_assert_equal", "rundocs",
    "runstring", "verbose", "measure", "assert_", "assert_array_almost_equal_nulp",
    "assert_raises_regex", "assert_array_max_ulp", "assert_warns", "assert_no_warnings",
    "assert_allclose", "IgnoreException", "clear_and_catch_warnings", "SkipTest",
    "KnownFailureException", "temppath", "tempdir", "IS_PYPY", "HAS_REFCOUNT", "IS_WASM",
    "suppress_warnings", "assert_array_compare", "assert_no_gc_cycles", "break_cycles",
    "HAS_LAPACK64", "IS_PYSTON", "IS_MUSL", "check_support_sve", "NOGIL_BUILD", "IS_EDITABLE",
    "IS_INSTALLED", "NUMPY_ROOT", "run_threaded", "IS_64BIT", "BLAS_SUPPORTS_FPE",
]

for _name in __all__:
    _value = globals()[_name]
    if getattr(_value, "__module__", "").startswith(__package__ + "."):
        _value.__module__ = __name__
del _name, _value
