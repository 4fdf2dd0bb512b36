"""pytest plugin: repeat every test that passes, and watch what grows.

Growth is measured after each of several rounds, with the collector run in between: blocks of Python's
allocator, references to objects that everyone shares (None, small ints, dtypes, types), and resident
memory. What grows in every round by at least once a call is reported as a line of JSON in LEAKS_LOG.
"""
import gc
import json
import os
import sys

import pytest

TIMES = int(os.environ.get("LEAKS_TIMES", 100))
ROUNDS = 4
MEMORY_A_CALL = 512  # bytes of resident memory that count, for each call


def shared_objects():
    import numpy

    found = [None, True, False, Ellipsis, NotImplemented, (), "", b"", -1, 0, 1, 2, 3]
    for char in numpy.typecodes["All"]:
        found += [numpy.dtype(char), numpy.dtype(char).type, type(numpy.dtype(char))]
    return found + [numpy.ndarray, numpy.ufunc, numpy.dtype, numpy.add, numpy.flatiter, numpy.nditer]


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def state(objects):
    for _ in range(3):
        gc.collect()
    counts = [sys.getrefcount(o) for o in objects]
    return sys.getallocatedblocks(), counts, resident()


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
        try:
            grown = self.grown(item)
        except BaseException as error:  # a test that cannot be run twice says nothing
            if isinstance(error, KeyboardInterrupt):
                raise
            self.log.write(json.dumps([item.nodeid, "not repeatable", repr(error)[:200]]) + "\n")
            return
        self.log.write(json.dumps([item.nodeid, "grows" if grown else "steady", grown]) + "\n")

    def grown(self, item):
        each = max(TIMES // ROUNDS, 1)
        for _ in range(5):
            item.runtest()
        before, steps = state(self.objects), []
        for _ in range(ROUNDS):
            for _ in range(each):
                item.runtest()
            after = state(self.objects)
            steps.append((after[0] - before[0], [a - b for a, b in zip(after[1], before[1])], after[2] - before[2]))
            before = after
        found = {}
        if min(s[0] for s in steps) >= each:
            found["blocks a call"] = round(min(s[0] for s in steps) / each, 2)
        for k, thing in enumerate(self.objects):
            least = min(s[1][k] for s in steps)
            most = max(s[1][k] for s in steps)
            if least >= each or most <= -each:
                found[f"references of {thing!r:.40} a call"] = round((least if least > 0 else most) / each, 2)
        if min(s[2] for s in steps) >= each * MEMORY_A_CALL:
            found["bytes a call"] = min(s[2] for s in steps) // each
        return found


def pytest_configure(config):
    config.pluginmanager.register(Watch(), "leak-watch")
