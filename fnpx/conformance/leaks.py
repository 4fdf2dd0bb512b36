"""python -m fnpx leaks: repeat NumPy's test functions, and list the ones that leave something behind."""
import argparse
import collections
import json
import pathlib
import subprocess

from . import oracle as oracles
from . import suite

FILES = ["numpy/_core/tests/test_indexing.py", "numpy/_core/tests/test_array_coercion.py", "numpy/_core/tests/test_dtype.py"]


def main(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx leaks", description=__doc__)
    p.add_argument("files", nargs="*", help=f"as for suite; by default {' '.join(FILES)}")
    p.add_argument("--times", type=int, default=100)
    p.add_argument("-k", default=None, help="pytest's choice of tests")
    p.add_argument("--numpy", action="store_true", help="measure NumPy itself, for comparison")
    args = p.parse_args(argv)
    oracle = oracles.find()
    leaking = 0
    for name in suite.choose(suite.available_files(oracle.site), args.files or FILES):
        rows = run_file(name, oracle, args)
        counts = collections.Counter(row[1] for row in rows)
        print(f"{name}: " + ", ".join(f"{n} {what}" for what, n in counts.items()), flush=True)
        for test, what, facts in rows:
            if what == "grows":
                leaking += 1
                print(f"  {test}: {facts}")
    print(f"{leaking} tests leave something behind")
    return 1 if leaking else 0


def run_file(name, oracle, args):
    with suite.prepared(oracle) as work:
        log, leaks, skip = work / "log", work / "leaks", work / "skip"
        skip.touch()
        leaks.touch()
        pathlib.Path(work, "leak_plugin.py").write_text(pathlib.Path(__file__).with_name("leak_plugin.py").read_text())
        env = suite.environment(work, oracle, args.numpy, log, skip, 3600)
        env.update(LEAKS_LOG=str(leaks), LEAKS_TIMES=str(args.times))
        command = suite.command(name, work, oracle, args.numpy) + ["-p", "leak_plugin"]
        if args.k:
            command += ["-k", args.k]
        done = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, errors="replace")
        if done.returncode not in (0, 1):
            print(f"  ended with {done.returncode}: {done.stdout[-400:]}")
        return [json.loads(line) for line in leaks.read_text().splitlines()]
