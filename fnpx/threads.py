"""How many threads a long loop may use.

    fnpx.threads()              # the limit now
    fnpx.threads(4)             # set it; 0: what FNP_NUM_THREADS, OMP_NUM_THREADS, affinity and cgroup say
    with fnpx.threads(1):       # set it for a block
        ...

The limit is the process's, not the calling thread's. Results do not depend on it. BLAS and LAPACK have limits of
their own.
"""


class Limit(int):
    """The limit as it is now; left as a context, the former one holds again."""

    def __new__(cls, now, former):
        self = super().__new__(cls, now)
        self._former = former
        return self

    def __enter__(self):
        return int(self)

    def __exit__(self, *exc):
        _core()._thread_limit(self._former)
        return False


def _core():
    import fnp._core._multiarray_umath as core  # the running instance, under either name
    return core


def threads(limit=None):
    """The number of threads that long loops may use; with `limit`, set it first (ValueError if negative)."""
    core = _core()
    now = core._thread_limit()
    former = now if limit is None else core._thread_limit(limit)
    return Limit(core._thread_limit(), former)
