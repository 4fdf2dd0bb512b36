"""python -m fnpx wheels: compiled wheels from PyPI, unchanged, on this package.

Each wheel is put into the cache without its dependencies. The program use_NAME.py in
conformance/wheels/ then runs on NumPy and here, and must print the same bytes; a program that runs a
wheel's own tests prints `tests: N passed` as its last line.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

from . import oracle as oracles
from . import paths

WHEELS = {
    "bottleneck": ["bottleneck"], "numexpr": ["numexpr"], "h5py": ["h5py"], "shapely": ["shapely"],
    "contourpy": ["contourpy"], "pyarrow": ["pyarrow"], "pillow": ["pillow"],
    "pandas": ["pandas", "python-dateutil", "six", "tzdata"], "scipy": ["scipy"],
    "scikit_learn": ["scikit-learn", "scipy", "joblib", "threadpoolctl", "cloudpickle", "narwhals"],
    "matplotlib": ["matplotlib", "contourpy", "pillow", "cycler", "kiwisolver", "pyparsing", "packaging", "fonttools",
                   "python-dateutil", "six"],
    "ml_dtypes": ["ml_dtypes"], "pywavelets": ["pywavelets"], "numba": ["numba", "llvmlite"],
    "astropy": ["astropy", "pyerfa", "astropy-iers-data", "pyyaml", "packaging"],
    "tables": ["tables", "blosc2", "ndindex", "msgpack", "numexpr", "py-cpuinfo", "typing_extensions", "packaging",
               "netCDF4", "cftime", "certifi"],
}
SECONDS = 1800


def folder():
    """Where the wheels lie, each downloaded once."""
    where = oracles.cache() / f"wheels-cp{sys.version_info[0]}{sys.version_info[1]}"
    where.mkdir(exist_ok=True)
    return where


def fetch(names):
    where = folder()
    for name in names:
        if (where / f".{name}").exists():
            continue
        print(f"fetching {name}", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", "install", "--no-deps",
                        "--only-binary", ":all:", "--target", str(where), *WHEELS[name]],
                       check=True, env=oracles.clean_environment())
        (where / f".{name}").touch()
    return where


def version(where, name):
    found = [re.match(rf"{name}-([^-]+)\.dist-info$", p.name, re.I) for p in where.iterdir()]
    return next((m[1] for m in found if m), "?")


def run(program, where, oracle, on_numpy):
    if on_numpy:
        command, env = [oracle.python], oracles.clean_environment()
    else:
        command, env = [sys.executable, "-m", "fnp"], dict(os.environ)
    env["PYTHONPATH"] = os.pathsep.join(p for p in (str(where), env.get("PYTHONPATH")) if p)
    try:
        done = subprocess.run([*command, str(program)], env=env, capture_output=True, text=True, errors="replace",
                              timeout=SECONDS, cwd=program.parent)
    except subprocess.TimeoutExpired:
        return "timeout", "", ""
    return done.returncode, done.stdout, done.stderr


def judge(numpys, ours):
    """(is it right, sentence)"""
    if ours[0] != 0:
        last = (ours[2].strip().splitlines() or ["no message"])[-1]
        how = f"killed by signal {-ours[0]}" if isinstance(ours[0], int) and ours[0] < 0 else f"ended with {ours[0]}"
        tests = next((line for line in reversed(ours[1].splitlines()) if line.startswith("tests:")), "")
        return False, "; ".join(p for p in (tests, how, last[:160]) if p)
    if numpys[1] == ours[1]:
        last = (ours[1].strip().splitlines() or [""])[-1]
        return True, last if last.startswith("tests:") else f"same {len(ours[1])} bytes as on NumPy"
    pairs = zip(numpys[1].splitlines() + [""], ours[1].splitlines() + [""])
    first = next(((a, b) for a, b in pairs if a != b), ("", ""))
    return False, f"NumPy: {first[0][:70]!r}, here: {first[1][:70]!r}"


def main(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx wheels", description=__doc__)
    p.add_argument("names", nargs="*", help=", ".join(WHEELS))
    args = p.parse_args(argv)
    oracle = oracles.find()
    names = args.names or list(WHEELS)
    where = fetch(names)
    rows, wrong = [], 0
    for name in names:
        program = paths.root() / "conformance" / "wheels" / f"use_{name}.py"
        right, sentence = judge(run(program, where, oracle, True), run(program, where, oracle, False))
        wrong += not right
        rows.append({"wheel": name, "version": version(where, name), "result": sentence, "right": right})
        print(f"{'ok  ' if right else 'FAIL'} {name} {rows[-1]['version']}: {sentence}", flush=True)
    record = paths.results() / "wheels.json"
    kept = [r for r in (json.loads(pathlib.Path(record).read_text()) if record.exists() else []) if r["wheel"] not in names]
    record.write_text(json.dumps(kept + rows, indent=1))
    print(f"{len(names) - wrong} of {len(names)} wheels right; oracle: {oracle}")
    return 1 if wrong else 0
