"""Declarations for cffi, read from the public headers: what `ffi.cdef` understands of distributions.h."""
import os
import re

_PROTOTYPE = re.compile(r"^DECLDIR\s+([\w ]+?\**\s*random_\w+\([^)]*\));", re.M)
_TYPES = """
typedef intptr_t npy_intp;
typedef unsigned char npy_bool;
typedef struct bitgen {
    void *state;
    uint64_t (*next_uint64)(void *);
    uint32_t (*next_uint32)(void *);
    double (*next_double)(void *);
    uint64_t (*next_raw)(void *);
} bitgen_t;
typedef struct binomial { ...; } binomial_t;
"""


def parse_distributions_h(ffi, inc_dir):
    """Declare the types and the functions of numpy/random/distributions.h below `inc_dir`."""
    with open(os.path.join(inc_dir, "random", "distributions.h")) as header:
        prototypes = _PROTOTYPE.findall(header.read())
    whole = [" ".join(p.split()).replace("RAND_INT_TYPE", "int64_t") for p in prototypes]
    ffi.cdef(_TYPES.replace("{ ...; }", "{ char opaque[256]; }"))
    ffi.cdef("\n".join(p + ";" for p in whole if "binomial_t" not in p))
    return len(whole)
