"""pytest plugin: repeat every test that passes, and watch what grows.

Growth is measured after each of several rounds, with the collector run in between: blocks of Python's
allocator, bytes of the C library's, references to objects that everyone shares (None, small ints, dtypes,
types), and resident memory. What grows in every round at a steady pace is reported as a line of JSON in
LEAKS_LOG; what has to settle first (caches, free lists) does not.
"""
import array
import ctypes
import gc
import json
import os
import sys

import pytest

TIMES = int(os.environ.get("LEAKS_TIMES", 100))
ROUNDS = 4
WARM = 8
EXAMPLES = 5  # of hypothesis, for each of the calls
PACE = 0.2  # blocks or references a call that count
HEAP_A_CALL = 16  # bytes of the C library's heap that count, for each call
MEMORY_A_CALL = 1024  # bytes of resident memory that count, for each call


class HeapFacts(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]


try:
    heap_facts = ctypes.CDLL(None).mallinfo2
    heap_facts.restype = HeapFacts
except AttributeError:
    heap_facts = HeapFacts


def heap():
    """Bytes that the C library's allocator has given out."""
    facts = heap_facts()
    return facts.uordblks + facts.hblkhd


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def shared_objects():
    import numpy

    found = [None, True, False, Ellipsis, NotImplemented, (), "", b"", -1, 0, 1, 2, 3]
    for char in numpy.typecodes["All"]:
        found += [numpy.dtype(char), numpy.dtype(char).type, type(numpy.dtype(char))]
    found += [numpy.ndarray, numpy.ufunc, numpy.dtype, numpy.add, numpy.flatiter, numpy.nditer]
    return list({id(o): o for o in found}.values())


class State:
    """Room for one measurement, taken beforehand: measuring allocates nothing that stays."""

    def __init__(self, objects):
        self.objects = objects
        self.counts = array.array("q", bytes(8 * len(objects)))
        self.sizes = array.array("q", bytes(8 * 3))

    def take(self):
        for _ in range(3):
            gc.collect()
        for k, thing in enumerate(self.objects):
            self.counts[k] = sys.getrefcount(thing)
        self.sizes[1] = heap()
        self.sizes[2] = resident()
        self.sizes[0] = sys.getallocatedblocks()


def steady(steps, least):
    """The smallest step if all of them reach `least` (all the same sign), else 0."""
    if min(steps) >= least:
        return min(steps)
    if max(steps) <= -least:
        return max(steps)
    return 0


def fewer_examples(test):
    """A test of hypothesis tries the same EXAMPLES examples at each call from now on, not a hundred."""
    import hypothesis

    function = getattr(test, "__func__", test)
    function._hypothesis_internal_use_settings = hypothesis.settings(
        getattr(function, "_hypothesis_internal_use_settings", None) or hypothesis.settings.default,
        max_examples=EXAMPLES, derandomize=True, database=None)


class Watch:
    def __init__(self):
        self.log = open(os.environ["LEAKS_LOG"], "a", buffering=1)
        self.objects = None

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item):
        outcome = yield
        if outcome.excinfo is not None:
            return
        if self.objects is None:
            self.objects = shared_objects()
        gc.collect()
        gc.freeze()  # what is alive now need not be looked at again
        try:
            grown = self.grown(item)
        except BaseException as error:  # a test that cannot be run twice says nothing
            if isinstance(error, KeyboardInterrupt):
                raise
            self.log.write(json.dumps([item.nodeid, "not repeatable", repr(error)[:200]]) + "\n")
            return
        self.log.write(json.dumps([item.nodeid, "grows" if grown else "steady", grown]) + "\n")

    def grown(self, item):
        each, warm = max(TIMES // ROUNDS, 1), WARM
        if getattr(item.obj, "is_hypothesis_test", False):
            fewer_examples(item.obj)
        states = [State(self.objects) for _ in range(ROUNDS + 1)]
        for _ in range(warm):
            item.runtest()
        for state in reversed(states):
            state.take()  # what the first measurement brings into being stays
        for state in states[1:]:
            for _ in range(each):
                item.runtest()
            state.take()
        pairs = list(zip(states, states[1:]))
        found = {}
        for k, (what, least) in enumerate((("blocks", PACE), ("heap bytes", HEAP_A_CALL), ("resident bytes", MEMORY_A_CALL))):
            step = steady([b.sizes[k] - a.sizes[k] for a, b in pairs], each * least)
            if step > 0:
                found[what] = step / each
        for k, thing in enumerate(self.objects):
            step = steady([b.counts[k] - a.counts[k] for a, b in pairs], each * PACE)
            if step:
                found[f"references of {thing!r:.40}"] = step / each
        return {what: round(n, 2) for what, n in found.items()}


def pytest_configure(config):
    config.pluginmanager.register(Watch(), "leak-watch")
