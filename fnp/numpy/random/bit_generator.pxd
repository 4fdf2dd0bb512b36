# The class that every bit generator derives from, as compiled code sees it.
from numpy.random cimport bitgen_t

cdef class BitGenerator:
    cdef readonly object _seed_seq
    cdef readonly object lock
    cdef bitgen_t _bitgen
    cdef readonly object _ctypes
    cdef readonly object _cffi
    cdef readonly object capsule
