"""What machine and interpreter the tests run on."""
import functools
import os
import pathlib
import platform
import re
import sys
import sysconfig
import time

IS_PYPY = sys.implementation.name == "pypy"
IS_PYSTON = hasattr(sys, "pyston_version_info")
IS_WASM = platform.machine() in ("wasm32", "wasm64")
IS_64BIT = sys.maxsize > 2**32
HAS_REFCOUNT = getattr(sys, "getrefcount", None) is not None and not IS_PYSTON
IS_MUSL = "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or "")
NOGIL_BUILD = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
BLAS_SUPPORTS_FPE = platform.system() != "Darwin" or platform.machine() != "arm64"
NUMPY_ROOT = pathlib.Path(__file__).resolve().parents[2]
IS_INSTALLED, IS_EDITABLE = True, False


def _lapack_is_64bit():
    try:
        from ...linalg import _umath_linalg
    except ImportError:
        return False
    return bool(getattr(_umath_linalg, "_ilp64", False))


HAS_LAPACK64 = _lapack_is_64bit()


def _get_glibc_version():
    try:
        name, _, version = os.confstr("CS_GNU_LIBC_VERSION").partition(" ")
    except (AttributeError, OSError, ValueError):
        return "0.0"
    return version if name == "glibc" else "0.0"


_glibcver = _get_glibc_version()


def _glibc_older_than(x):
    """Is this glibc, and older than version `x`, like "2.17"?"""
    def numbers(text):
        return [int(n) for n in re.findall(r"\d+", text)]

    return _glibcver != "0.0" and numbers(_glibcver) < numbers(x)


def _process_stat(path):
    """Fields of /proc/<pid>/stat from the third on; the second may hold spaces."""
    with open(path or f"/proc/{os.getpid()}/stat") as f:
        return f.read().rpartition(")")[2].split()


def memusage(_proc_pid_stat=None):
    """Virtual memory of this process in bytes; None if it cannot be known."""
    try:
        return int(_process_stat(_proc_pid_stat)[20])
    except (OSError, IndexError, ValueError):
        return None


_loaded = time.time()


def jiffies(_proc_pid_stat=None, _load_time=None):
    """User time of this process in hundredths of a second."""
    try:
        return int(_process_stat(_proc_pid_stat)[11])
    except (OSError, IndexError, ValueError):
        return int(100 * (time.time() - (_load_time[0] if _load_time else _loaded)))


_UNITS = {"": 1, "b": 1}
for _power, _letter in enumerate("kmgt", 1):
    _UNITS[_letter] = _UNITS[_letter + "b"] = 1000**_power
    _UNITS[_letter + "ib"] = 1024**_power


def _parse_size(size_str):
    """Bytes of a size such as "1.5 GiB" or "2k"."""
    m = re.fullmatch(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)\s*", size_str.lower())
    if m is None or m[2] not in _UNITS:
        raise ValueError(f"value {size_str!r} not a valid size")
    return int(float(m[1]) * _UNITS[m[2]])


def _get_mem_available():
    """Bytes that may still be used, or None."""
    told = os.environ.get("NPY_AVAILABLE_MEM")
    if told:
        return _parse_size(told)
    try:
        with open("/proc/meminfo") as f:
            rows = dict(line.split(":", 1) for line in f)
    except OSError:
        return None
    kilobytes = {name: int(text.split()[0]) for name, text in rows.items() if text.strip()}
    if "MemAvailable" in kilobytes:
        return 1024 * kilobytes["MemAvailable"]
    return 1024 * (kilobytes["MemFree"] + kilobytes["Cached"])


def check_free_memory(free_bytes):
    """Why `free_bytes` of memory cannot be had; None if they can."""
    told = os.environ.get("NPY_AVAILABLE_MEM")
    if told:
        try:
            free = _parse_size(told)
        except ValueError as error:
            raise ValueError(f"Invalid environment variable NPY_AVAILABLE_MEM: {error}")
        text = f"{free_bytes / 1e9} GB memory required, but environment variable NPY_AVAILABLE_MEM={told} set"
    else:
        free = _get_mem_available()
        if free is None:
            return ("Could not determine available memory; set NPY_AVAILABLE_MEM environment variable "
                    "(e.g. NPY_AVAILABLE_MEM=16GB) to run the test.")
        text = f"{free_bytes / 1e9} GB memory required, but {free / 1e9} GB available"
    return text if free < free_bytes else None


def requires_memory(free_bytes):
    """Decorator: skip where memory is short, and take its failure for an expected one."""
    import pytest

    def decorate(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            lacking = check_free_memory(free_bytes)
            if lacking is not None:
                pytest.skip(lacking)
            try:
                return func(*args, **kwargs)
            except MemoryError:
                pytest.xfail("MemoryError raised")

        return wrapper

    return decorate


def check_support_sve(__cache=[]):
    """Does this CPU have ARM's scalable vectors?"""
    if not __cache:
        try:
            __cache.append(" sve" in pathlib.Path("/proc/cpuinfo").read_text())
        except OSError:
            __cache.append(False)
    return __cache[0]
