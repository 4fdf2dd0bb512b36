"""Every allocation of the cases in memory_cases.py fails in turn: MemoryError, operands as they were, nothing lost."""
import importlib.util
import os
import pathlib
import subprocess
import sys

import pytest

SCRIPT = pathlib.Path(__file__).with_name("memory_cases.py")
KINDS = ["core"] + ["python"] * (importlib.util.find_spec("_testcapi") is not None)
GROUPS = 8


@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.parametrize("kind", KINDS)
def test_failing_allocations(kind, group):
    # In a process of its own: a crash costs one test.
    done = subprocess.run([sys.executable, "-P", str(SCRIPT), kind, f"{group}/{GROUPS}"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", env=dict(os.environ, FNP_NUM_THREADS="1"))
    assert done.returncode == 0, done.stdout[-4000:]
