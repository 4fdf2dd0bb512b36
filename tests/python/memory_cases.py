"""Run one case of CASES while each of its allocations fails in turn, and tell what went wrong.

    python memory_cases.py core|python CASE | K/N       K/N: each N-th case, from the K-th on

core: the library's allocator and the default handler of array data; python: the interpreter's allocators
(_testcapi). Every failure must end in MemoryError or in the right result, the arrays that the case
only reads or must not half-write are as they were, and no block stays behind.
"""
import gc
import sys

import fnp as np
from fnp._core import _multiarray_umath as ext

# name: (set-up, expression, names that a failure leaves as they were)
CASES = {
    "add": ("a = np.arange(24.).reshape(4, 6); b = np.arange(6.)", "a + b", "a b"),
    "add small": ("a = np.arange(4.); b = np.arange(4.)", "a + b", "a b"),
    "add scalar": ("a = np.arange(4.)", "a + 1", "a"),
    "add casting": ("a = np.arange(20000, dtype='i2'); b = np.ones(20000)", "a + b", "a b"),
    "add swapped": ("a = np.arange(20000, dtype='>i4')", "a + a", "a"),
    "divmod": ("a = np.arange(1, 9)", "np.divmod(a, 3)", "a"),
    "add where out": ("a = np.arange(4.); m = a > 1; o = np.zeros(4)", "np.add(a, a, out=o, where=m)", "a m"),
    "object add": ("a = np.array([1, 'x', None, 2.5], object); b = np.array([2, 'y', [], 1], object)",
                   "np.add(a[[0, 1]], b[[0, 1]])", "a b"),
    "outer": ("a = np.arange(5.)", "np.multiply.outer(a, a)", "a"),
    "sum": ("a = np.arange(24.).reshape(2, 3, 4)", "a.sum(axis=1)", "a"),
    "sum casting": ("a = np.arange(20000, dtype='f2')", "a.sum(dtype='f8')", "a"),
    "reduceat": ("a = np.arange(24.).reshape(4, 6)", "np.add.reduceat(a, [0, 2, 1], axis=1)", "a"),
    "accumulate": ("a = np.arange(24, dtype='i2').reshape(4, 6)", "np.add.accumulate(a, axis=0, dtype=float)", "a"),
    "at": ("a = np.zeros(6); i = np.array([0, 1, 1, 5])", "np.add.at(a.copy(), i, 1)", "a i"),
    "mean": ("a = np.arange(24.).reshape(4, 6)", "a.mean(axis=0)", "a"),
    "matmul": ("a = np.arange(12.).reshape(3, 4); b = np.arange(8).reshape(4, 2)", "a @ b", "a b"),
    "einsum": ("a = np.arange(12.).reshape(3, 4)", "np.einsum('ij,kj->ik', a, a)", "a"),
    "astype": ("a = np.arange(20000)", "a.astype('f4')", "a"),
    "astype text": ("a = np.arange(20.)", "a.astype('U')", "a"),
    "astype bytes to number": ("a = np.array([b'1', b'22'])", "a.astype(int)", "a"),
    "astype object": ("a = np.arange(20.)", "a.astype(object)", "a"),
    "astype struct": ("a = np.ones(3, [('a', 'i4'), ('b', 'f8', 2)])", "a.astype([('a', 'f8'), ('b', 'O', 2)])", "a"),
    "astype string": ("a = np.array(['x' * 40, 'y'])", "a.astype(np.dtypes.StringDType())", "a"),
    "array nested": ("s = [[1, 2.5, 3], [4, 5, 6]]", "np.array(s)", ""),
    "array strings": ("s = ['abc', 'defgh']", "np.array(s)", ""),
    "array objects": ("s = [1, None, 'x']", "np.array(s)", ""),
    "array of arrays": ("a = np.arange(3.); s = [a, a, a]", "np.array(s)", "a"),
    "array struct": ("s = [(1, 'x', 2.), (3, 'yy', 4.)]", "np.array(s, 'i4,U3,O')", ""),
    "array datetime": ("s = ['2020-01-01', '2021-05']", "np.array(s, 'M8[D]')", ""),
    "zeros": ("", "np.zeros((30, 40))", ""),
    "empty objects": ("", "np.empty((3, 4), object)", ""),
    "full": ("", "np.full((3, 4), 7, 'i2')", ""),
    "arange": ("", "np.arange(0, 10, 0.5)", ""),
    "linspace": ("", "np.linspace(0, 1, 50)", ""),
    "frombuffer": ("b = bytes(80)", "np.frombuffer(b, 'f8')", ""),
    "slice": ("a = np.arange(24).reshape(4, 6)", "a[1:3, ::-1]", "a"),
    "element": ("a = np.arange(24.).reshape(4, 6)", "a[1, 2]", "a"),
    "integer index": ("a = np.arange(24).reshape(4, 6); i = np.array([0, 3])", "a[i, 1:]", "a i"),
    "integer pair": ("a = np.arange(24).reshape(4, 6); i = [[0], [3]]", "a[i, [1, 2]]", "a"),
    "boolean index": ("a = np.arange(24.).reshape(4, 6); m = a > 5", "a[m]", "a m"),
    "field": ("a = np.ones(3, [('a', 'i4'), ('b', 'f8', 2)])", "a['b']", "a"),
    "fields": ("a = np.ones(3, [('a', 'i4'), ('b', 'f8', 2)]); s = ['a', 'b']", "a[s]", "a"),
    "assign slice": ("a = np.arange(24.); b = np.arange(12)", "a.__setitem__(slice(0, 12), b[::-1])", "b"),
    "assign overlapping": ("a = np.arange(24.)", "a.__setitem__(slice(1, None), a[:-1].copy())", ""),
    "assign integers": ("a = np.zeros((4, 6)); i = np.array([0, 3])", "a.__setitem__(i, [[1], [2]])", "i"),
    "assign boolean": ("a = np.arange(24.).reshape(4, 6); m = a > 5", "a.__setitem__(m, 0)", "m"),
    "assign object": ("a = np.empty(4, object); b = [1, 2., 'x', None]", "a.__setitem__(slice(None), b)", ""),
    "take": ("a = np.arange(24.).reshape(4, 6)", "a.take([0, 2, 5], axis=1)", "a"),
    "put": ("a = np.arange(24.)", "np.put(a.copy(), [1, 2], [5])", "a"),
    "choose": ("a = np.array([0, 1, 1])", "np.choose(a, [[1, 2, 3], [4, 5, 6]])", "a"),
    "where": ("a = np.arange(24.); m = a > 3", "np.where(m, a, 0)", "a m"),
    "nonzero": ("a = np.arange(24).reshape(4, 6) % 3", "a.nonzero()", "a"),
    "repeat": ("a = np.arange(6)", "a.repeat([1, 2, 3, 0, 1, 2])", "a"),
    "sort": ("a = np.arange(300.)[::-1].copy()", "np.sort(a)", "a"),
    "sort axis": ("a = np.arange(24)[::-1].reshape(4, 6).copy()", "np.sort(a, axis=0, kind='stable')", "a"),
    "sort in place": ("a = np.arange(24)[::-1].reshape(4, 6)", "a.copy().sort(axis=0)", "a"),
    "sort objects": ("a = np.array(['b', 'a', 'c'] * 9, object)", "np.sort(a)", "a"),
    "sort text": ("a = np.array(['b', 'a', 'c'] * 9)", "np.sort(a)", "a"),
    "argsort": ("a = np.arange(300)[::-1].copy()", "a.argsort()", "a"),
    "lexsort": ("a = np.arange(30)[::-1].copy()", "np.lexsort((a, a % 3))", "a"),
    "partition": ("a = np.arange(300)[::-1].copy()", "np.partition(a, 5)", "a"),
    "searchsorted": ("a = np.arange(24.)", "a.searchsorted([3, 4.5])", "a"),
    "unique": ("a = np.array([3, 1, 3, 2])", "np.unique(a)", "a"),
    "argmax": ("a = np.arange(24.).reshape(4, 6)", "a.argmax(axis=1)", "a"),
    "concatenate": ("a = np.arange(6); b = np.arange(3.)", "np.concatenate((a, b))", "a b"),
    "stack": ("a = np.arange(6)", "np.stack((a, a), axis=1)", "a"),
    "reshape copy": ("a = np.arange(24).reshape(4, 6).T", "a.reshape(-1)", "a"),
    "resize": ("a = np.arange(6)", "np.resize(a, (4, 4))", "a"),
    "transpose": ("a = np.arange(24).reshape(4, 6)", "a.transpose(1, 0)", "a"),
    "broadcast_to": ("a = np.arange(6)", "np.broadcast_to(a, (3, 6))", "a"),
    "nditer": ("a = np.arange(24.).reshape(4, 6)", "[x.copy() for x in np.nditer([a, None], ['buffered', 'external_loop'])]"
               .replace("x.copy()", "x[0].sum()"), "a"),
    "flat": ("a = np.arange(24.).reshape(4, 6)", "list(a.flat[3:6])", "a"),
    "tolist": ("a = np.arange(24.).reshape(4, 6)", "a.tolist()", "a"),
    "tobytes": ("a = np.arange(24.).reshape(4, 6).T", "a.tobytes()", "a"),
    "copy order": ("a = np.arange(24.).reshape(4, 6)", "a.copy(order='F')", "a"),
    "repr": ("a = np.arange(6.).reshape(2, 3)", "repr(a)", "a"),
    "dtype struct": ("", "np.dtype([('a', 'i4'), ('b', [('c', 'f8', (2, 2)), ('d', 'U5')])], align=True)", ""),
    "dtype text": ("", "np.dtype('i4,f8,(2,3)U5')", ""),
    "dtype dict": ("s = {'names': ['a', 'b'], 'formats': ['i4', 'f8'], 'offsets': [4, 8]}", "np.dtype(s)", ""),
    "result_type": ("a = np.arange(3, dtype='i2')", "np.result_type(a, 'f4', 3.0)", "a"),
    "string add": ("a = np.array(['ab', 'cde'])", "np.strings.add(a, 'x')", "a"),
    "stringdtype add": ("a = np.array(['ab' * 20, 'c'], 'T')", "np.strings.add(a, 'x' * 30)", "a"),
    "stringdtype sort": ("a = np.array(['ab' * 20, 'c'], 'T')", "np.sort(a)", "a"),
    "replace": ("a = np.array(['abab', 'cde'])", "np.strings.replace(a, 'a', 'xyz')", "a"),
    "loadtxt": ("s = ['1 2 3', '4 5 6']", "np.loadtxt(s)", ""),
    "fromstring": ("", "np.fromstring('1 2 3 4', sep=' ')", ""),
    "reduce": ("a = np.arange(6.)", "a.__reduce__()", "a"),
    "setstate": ("s = np.arange(6.).__reduce__()[2]", "np.empty(0).__setstate__(s)", ""),
    "datetime": ("a = np.array(['2020-01-01'], 'M8[D]')", "a + np.timedelta64(3, 'h')", "a"),
    "busday": ("a = np.array(['2020-01-01'], 'M8[D]')", "np.busday_offset(a, 5, 'forward', holidays=['2020-01-03'])", "a"),
    "bincount": ("a = np.array([1, 2, 2])", "np.bincount(a)", "a"),
    "interp": ("a = np.arange(5.)", "np.interp([1.5, 2.5], a, a * 2)", "a"),
    "packbits": ("a = np.array([1, 0, 1], 'u1')", "np.unpackbits(np.packbits(a))", "a"),
    "ravel_multi_index": ("", "np.ravel_multi_index(([1, 2], [3, 4]), (5, 6))", ""),
    "linalg solve": ("a = np.eye(3) * 2; b = np.arange(3.)", "np.linalg.solve(a, b)", "a b"),
    "linalg svd": ("a = np.arange(12.).reshape(3, 4)", "np.linalg.svd(a)", "a"),
    "fft": ("a = np.arange(12.)", "np.fft.fft(a)", "a"),
    "rfft": ("a = np.arange(30.).reshape(2, 15)", "np.fft.rfft(a)", "a"),
    "correlate": ("a = np.arange(12.)", "np.correlate(a, a[:3])", "a"),
    "clip": ("a = np.arange(12.)", "a.clip(2, 5)", "a"),
    "round": ("a = np.arange(12.) / 7", "a.round(2)", "a"),
    "compare text": ("a = np.array(['ab', 'cde'])", "a == 'ab'", "a"),
    "scalar math": ("a = np.float64(3); b = np.int32(4)", "a * b + 2, b // 3, np.longdouble(a)", ""),
    "vectorize": ("f = np.frompyfunc(lambda x, y: (x, y), 2, 2)", "f([1, 2], 3)", ""),
}

# Cases with Python functions or displays of their own below them.
IN_PYTHON = {"einsum", "stack", "repr", "loadtxt", "linalg solve", "linalg svd", "fft", "rfft"}


class Core:
    """The library's allocator and array data."""

    def __init__(self):
        self.off()

    @staticmethod
    def on(n):
        ext._fail_allocation_after(n)

    @staticmethod
    def off():
        return ext._fail_allocation_after(-1)


class Python:
    """The allocators of the interpreter."""

    def __init__(self):
        import _testcapi

        self.set, self.remove = _testcapi.set_nomemory, _testcapi.remove_mem_hooks
    def on(self, n):
        self.set(n + 1, n + 2)

    def off(self):
        self.remove()


def kept(space, names):
    return [(name, space[name].dtype.str, space[name].tolist()) for name in names]


def use_up(held):
    """Array objects that wait for their next use are taken, or there would be no allocation to fail."""
    held += [np.empty((1,) * k) for k in range(5) for _ in range(8)]


def attempt(code, space, source, n):
    """One run in which allocation n fails: its result, or the error."""
    result = error = None
    source.on(n)
    try:
        result = eval(code, space)
    except BaseException as e:
        error = e
    finally:
        try:
            failed = source.off()
        except MemoryError:  # the call itself met the failure
            failed = source.off()
    if error is not None:
        error = error.with_traceback(None)
        error.__context__ = None
    return result, error, failed


class Case:
    def __init__(self, name, source, most=400):
        setup, expression, names = CASES[name]
        self.source, self.most, self.space, self.names = source, most, {"np": np}, names.split()
        exec(setup, self.space)
        self.code = compile(expression, name, "eval")
        self.wanted = repr(eval(self.code, self.space))
        self.count = 0

    def operands(self):
        return [(name, self.space[name].dtype.str, repr(self.space[name].tolist())) for name in self.names]

    def walk(self):
        """Faults of one pass over all allocations; counts them."""
        faults, before, held, quiet = [], self.operands(), [], 0
        for _ in range(8):
            use_up(held)
        for n in range(self.most):
            use_up(held)
            result, error, failed = attempt(self.code, self.space, self.source, n)
            if error is not None and not isinstance(error, MemoryError):
                faults.append(f"allocation {n}: {error!r}")
            if error is None and repr(result) != self.wanted:
                faults.append(f"allocation {n}: {result!r:.200} instead of {self.wanted:.200}")
            if self.operands() != before:
                faults.append(f"allocation {n}: operands changed")
                before = self.operands()
            # Python's hook does not tell whether it struck: a row of successes is the end.
            if error is not None or failed:
                quiet, self.count = 0, n + 1
            else:
                quiet += 1
            if quiet > (0 if failed is False else 20):
                break
        return faults

    def growth(self, passes=4):
        """Blocks that are left behind by some passes, of which nothing is looked at."""
        for _ in range(passes):
            for n in range(self.count + 1):
                attempt(self.code, self.space, self.source, n)
        for _ in range(3):
            gc.collect()
        return sys.getallocatedblocks()


def calls_python(code, space):
    """Whether functions written in Python run below the case."""
    frames = []
    sys.setprofile(lambda frame, event, _: frames.append(frame.f_code) if event == "call" else None)
    try:
        eval(code, space)
    finally:
        sys.setprofile(None)
    return any(f is not code and f.co_filename != __file__ for f in frames)


def examine(kind, name):
    case = Case(name, {"core": Core, "python": Python}[kind]())
    # From 3.12 on the interpreter itself crashes where it finds no memory for frames, functions and tracebacks.
    if kind == "python" and sys.version_info >= (3, 12) and calls_python(case.code, case.space):
        return False
    faults = case.walk()
    [MemoryError() for _ in range(40)]  # Python keeps some for later
    totals = [case.growth(), case.growth()]
    while totals[-1] - totals[-2] >= 4 and len(totals) < 100:  # what is kept for the next use fills up first
        totals.append(case.growth())
    steps = [b - a for a, b in zip(totals, totals[1:])]
    # The interpreter itself loses blocks where its own allocations fail in Python code.
    if case.count and min(steps) >= 4 and not (kind == "python" and name in IN_PYTHON):
        faults.append(f"blocks that stay behind in four passes: {steps}")
    for fault in faults:
        print(f"{name}: {fault}")
    print(f"{case.count} allocations of {name!r} ({kind}), {len(faults)} faults", flush=True)
    return bool(faults)


def main(kind, which):
    first, _, step = which.partition("/")
    names = list(CASES)[int(first)::int(step)] if step and first.isdigit() else [which]
    return max([examine(kind, name) for name in names])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
