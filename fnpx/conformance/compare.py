"""python -m fnpx compare: run programs on NumPy and on this package, and compare byte for byte.

Without arguments every program in examples/ is run, and each one that reads a table of data once
more on altered copies of it: other values, another length, other gaps.
"""
import argparse
import difflib
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from . import oracle as oracles
from . import paths


def main(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx compare", description=__doc__)
    p.add_argument("programs", nargs="*", help="programs; all of examples/ by default")
    args = p.parse_args(argv)
    oracle = oracles.find()
    examples = paths.root() / "examples"
    programs = [pathlib.Path(a) for a in args.programs] or sorted(examples.glob("*.py"))
    print(f"oracle: {oracle}")
    differing = 0
    with tempfile.TemporaryDirectory() as scratch:
        for program in programs:
            for label, extra in runs_of(program, pathlib.Path(scratch)):
                differing += not _same(oracle, program, label, extra)
    print(f"{differing} runs differ" if differing else "every run prints the same bytes")
    return 1 if differing else 0


def runs_of(program, scratch):
    """(label, arguments) for every run of a program."""
    yield "", []
    for data in sorted((program.parent / "data").glob(program.stem.replace("_", "-") + "*.csv")):
        for kind in ALTERED:
            path = scratch / f"{program.stem}-{kind.replace(' ', '-')}.csv"
            path.write_text(altered(data.read_text(), kind))
            yield kind, [str(path)]


ALTERED = {
    # rows kept (part of the file), rows dropped, values dropped, factor and offset of the values
    "short": ((0.0, 0.004), 0.0, 0.0, (1.0, 0.0)),
    "gaps": ((0.2, 0.5), 0.05, 0.04, (0.7, 3.0)),
    "sparse": ((0.6, 1.0), 0.4, 0.5, (1.3, 0.0)),
    "long": ((0.0, 1.0), 0.002, 0.01, (0.31, 1.7)),
}


def altered(text, kind):
    """The same table with other values, another length and other gaps; always the same for a kind."""
    (first, last), rows_lost, values_lost, (factor, offset) = ALTERED[kind]
    chance = random.Random(kind)
    header, *rows = text.splitlines()
    rows = rows[int(first * len(rows)):int(last * len(rows))]
    kept = []
    for i, row in enumerate(rows):
        if i and chance.random() < rows_lost:
            continue
        stamp, *values = row.split(",")
        cells = ["" if chance.random() < values_lost or not v else f"{float(v) * factor + offset:.2f}" for v in values]
        kept.append(",".join([stamp, *cells]))
    return "\n".join([header, *kept]) + "\n"


def _same(oracle, program, label, extra):
    results = []
    for command, env in (
        ([oracle.python, str(program), *extra], oracles.clean_environment()),
        ([sys.executable, "-m", "fnp", str(program), *extra], None),
    ):
        start = time.monotonic()
        done = subprocess.run(command, capture_output=True, env=env)
        results.append((done.returncode, done.stdout, done.stderr, time.monotonic() - start))
    numpys, ours = results
    same = numpys[:2] == ours[:2] and bool(numpys[2]) == bool(ours[2])
    name = f"{program.name} {label}".strip()
    print(f"{'same  ' if same else 'DIFFER'} {name:32} {len(ours[1]):6} bytes, "
          f"{numpys[3]:.2f} s on NumPy, {ours[3]:.2f} s here", flush=True)
    if not same:
        _show(numpys, ours)
    return same


def _show(numpys, ours):
    if numpys[0] != ours[0]:
        print(f"    exit code {numpys[0]} on NumPy, {ours[0]} here")
    texts = [r[1].decode(errors="replace").splitlines() for r in (numpys, ours)]
    for line in list(difflib.unified_diff(*texts, "NumPy", "here", lineterm="", n=0))[:20]:
        print("   ", line)
    for line in ours[2].decode(errors="replace").splitlines()[-5:]:
        print("    here, stderr:", line)
    if numpys[2]:
        print("    NumPy, stderr:", numpys[2].decode(errors="replace").splitlines()[-1])
