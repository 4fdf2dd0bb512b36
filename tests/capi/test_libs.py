"""The archives that extensions link against, libnpymath.a and libnpyrandom.a: one C program, linked with ours and with
NumPy's, prints the same."""
import os
import pathlib
import subprocess
import sysconfig

import pytest

import fnp
from fnpx.conformance import oracle as oracles

SOURCE = pathlib.Path(__file__).with_name("libs_client.c")
HERE = pathlib.Path(fnp.__file__).parent
# What make asan has built links with its runtime only.
SANITIZED = ["-fsanitize=address,undefined"] if "asan" in os.environ.get("LD_PRELOAD", "") else []


def printed(package, folder):
    program = folder / "client"
    include = [f"-I{package}/_core/include", f"-I{sysconfig.get_path('include')}"]
    archives = [f"-L{package}/_core/lib", f"-L{package}/random/lib", "-lnpyrandom", "-lnpymath", "-lm"]
    subprocess.run(["cc", "-w", *SANITIZED, *include, SOURCE, "-o", program, *archives], check=True)
    return subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()


def test_links_and_runs(tmp_path):
    lines = printed(HERE, tmp_path)
    assert len(lines) > 4000 and lines[0].startswith("standard_uniform(G) 0x1.7bae")


def test_same_as_numpy(tmp_path):
    try:
        oracle = oracles.find()
    except (SystemExit, subprocess.CalledProcessError) as why:
        pytest.skip(f"no NumPy to compare with: {why}")
    assert printed(HERE, tmp_path) == printed(oracle.site / "numpy", tmp_path)
