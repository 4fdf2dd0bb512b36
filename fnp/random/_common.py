"""What compiled users of `random` import, and a bit generator's functions for ctypes and cffi."""
from collections import namedtuple

interface = namedtuple("interface", ["state_address", "state", "next_uint64", "next_uint32", "next_double", "bit_generator"])


def by_ctypes(state, generator, next_uint64, next_uint32, next_double):
    """The interface with ctypes' pointers and functions, from addresses."""
    from ctypes import CFUNCTYPE, c_double, c_uint32, c_uint64, c_void_p

    def function(result, address):
        return CFUNCTYPE(result, c_void_p)(address)

    return interface(state, c_void_p(state), function(c_uint64, next_uint64), function(c_uint32, next_uint32),
                     function(c_double, next_double), c_void_p(generator))


def by_cffi(state, generator, next_uint64, next_uint32, next_double):
    """The interface with cffi's pointers and functions, from addresses."""
    try:
        import cffi
    except ImportError as error:
        raise ImportError("cffi cannot be imported.") from error
    ffi = cffi.FFI()

    def function(result, address):
        return ffi.cast(f"{result} (*)(void *)", address)

    return interface(state, ffi.cast("void *", state), function("uint64_t", next_uint64),
                     function("uint32_t", next_uint32), function("double", next_double), ffi.cast("void *", generator))
