"""The runner of NumPy's suite loses no outcome to a crash, and the ratchet only tightens."""
import dataclasses

import pytest

from fnpx.conformance import oracle as oracles
from fnpx.conformance import ratchet, score, suite

CRASHING = """\
import os, sys, time
import pytest
from . import helper
from numpy._core import tests

def test_place():
    assert __name__ == "numpy._core.tests.test_crash" and helper.x == 1 and tests.__path__

@pytest.mark.parametrize("i", range(3))
def test_crash(i):
    if i == 1:
        os.abort()

def test_after(): pass
def test_exit(): os._exit(3)
def test_slow(): time.sleep(60)
def test_fails(): assert 1 == 2
def test_skips(): pytest.skip("no")
@pytest.mark.xfail
def test_known(): assert False
class TestTeardown:
    def teardown_method(self): raise ValueError("late")
    def test_it(self): pass
"""


@pytest.fixture
def fake(tmp_path):
    """An oracle whose NumPy has two test files of our own."""
    folder = tmp_path / "numpy" / "_core" / "tests"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "helper.py").write_text("x = 1\n")
    (folder / "test_crash.py").write_text(CRASHING)
    (folder / "test_broken.py").write_text("import no_such_module\n")
    return dataclasses.replace(oracles.find(), site=tmp_path)


def test_crashes_cost_one_test(fake):
    files = suite.available_files(fake.site)
    assert files == ["numpy/_core/tests/test_broken.py", "numpy/_core/tests/test_crash.py"]
    outcomes, broken = suite.run(files, fake, on_numpy=True, jobs=1, test_seconds=3)
    found = {o.test.partition("::")[2]: o.outcome for o in outcomes.values()}
    assert found == {
        "test_place": "passed", "test_crash[0]": "passed", "test_crash[1]": "crashed", "test_crash[2]": "passed",
        "test_after": "passed", "test_exit": "crashed", "test_slow": "timeout", "test_fails": "failed",
        "test_skips": "skipped", "test_known": "xfailed", "TestTeardown::test_it": "failed",
    }
    assert list(broken) == ["numpy/_core/tests/test_broken.py"] and "no_such_module" in broken[files[0]]


def make(**outcomes):
    return {f"f.py::{k}": suite.Outcome(f"f.py::{k}", v) for k, v in outcomes.items()}


def test_scores():
    numpys = make(a="passed", b="passed", c="failed") | {
        f"f.py::p[{i}]": suite.Outcome(f"f.py::p[{i}]", "passed") for i in range(4)}
    ours = make(a="passed", b="skipped", c="passed") | {
        f"f.py::p[{i}]": suite.Outcome(f"f.py::p[{i}]", "passed" if i else "failed") for i in range(4)}
    assert score.by_file(numpys, ours) == {"f.py": score.Score(tests=6, passed=4, functions=3, whole=1)}
    assert [o.test for o in score.differences(numpys, ours)] == ["f.py::b", "f.py::p[0]"]


def test_ratchet(tmp_path):
    first = ratchet.measure(["f.py"], make(a="passed", b="failed", c="crashed"))
    table = ratchet.tighten({}, first)
    ratchet.save(tmp_path / "r", table)
    assert ratchet.load(tmp_path / "r") == table == {"f.py": (False, 1, {"b": 1, "c": 1})}
    assert not list(ratchet.check(table, first))
    worse = ratchet.measure(["f.py"], make(a="failed", b="passed", c="crashed"))
    assert any("::a" in line for line in ratchet.check(table, worse))
    assert ratchet.tighten(table, worse) == table
    better = ratchet.measure(["f.py"], make(a="passed", b="passed", c="failed"))
    assert ratchet.tighten(table, better) == {"f.py": (False, 2, {"c": 1})}
    gone = ratchet.measure(["f.py"], {})
    assert any("0 tests pass" in line for line in ratchet.check(table, gone))
