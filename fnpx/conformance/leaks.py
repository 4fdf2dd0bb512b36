"""python -m fnpx leaks: repeat NumPy's test functions, and list the ones that leave something behind.

Each test that passes runs --times times more. Those whose references, blocks or memory grow steadily are run
once more, here and on NumPy, to tell a leak of this package from a test that grows by itself. The verdicts:

    steady           nothing grows
    leaks            grows here, and not (or less) on NumPy
    grows anywhere   the test itself grows; NumPy shows it, too
    not repeatable   the test cannot run twice
"""
import argparse
import collections
import json
import subprocess
import pathlib

from . import oracle as oracles
from . import suite

FILES = ["numpy/_core/tests/test_indexing.py", "numpy/_core/tests/test_array_coercion.py", "numpy/_core/tests/test_dtype.py"]


def main(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx leaks", description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="*", help=f"as for suite; by default {' '.join(FILES)}")
    p.add_argument("--times", type=int, default=100)
    p.add_argument("-k", default=None, help="pytest's choice of tests")
    p.add_argument("--numpy", action="store_true", help="measure NumPy itself")
    p.add_argument("-v", "--verbose", action="store_true", help="print the verdict of every test function")
    args = p.parse_args(argv)
    oracle = oracles.find()
    chosen = suite.choose(suite.available_files(oracle.site), args.files or FILES)
    counts, leaks = collections.Counter(), []
    with suite.prepared(oracle) as work:
        pathlib.Path(work, "leak_plugin.py").write_text(pathlib.Path(__file__).with_name("leak_plugin.py").read_text())
        for name in chosen:
            rows = measure([name], work, oracle, args, args.numpy)
            if not args.numpy:
                rows = judged(rows, work, oracle, args)
            report(name, rows, args.verbose)
            counts.update(verdict for verdict, _ in rows.values())
            leaks += [test for test, (verdict, _) in rows.items() if verdict == "leaks"]
    print(f"{len(chosen)} files, each test {args.times} times: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
    return 1 if leaks or not counts else 0


def judged(rows, work, oracle, args):
    """The verdicts of a file's tests. Those that seem to grow are run again: ten times as often, since a leak
    keeps its pace and what settles slows down; and on NumPy."""
    for more, on_numpy in ((10, False), (1, True)):
        growing = [test for test, (verdict, _) in rows.items() if verdict in ("grows", "leaks")]
        again = measure(growing, work, oracle, args, on_numpy, more) if growing else {}
        for test in growing:
            facts, (verdict, found) = rows[test][1], again.get(test, ("", {}))
            if verdict not in ("grows", "steady"):
                continue
            if on_numpy:
                kept = {what: n for what, n in facts.items() if abs(n) > 1.25 * abs(found.get(what, 0))}
                rows[test] = ("leaks", kept) if kept else ("grows anywhere", facts)
            else:
                kept = {what: n for what, n in found.items() if abs(n) > 0.75 * abs(facts.get(what, 0))}
                rows[test] = ("leaks", kept) if kept else ("steady", {})
    return {test: ("leaks", facts) if verdict == "grows" else (verdict, facts) for test, (verdict, facts) in rows.items()}


def report(name, rows, verbose):
    counts = collections.Counter(verdict for verdict, _ in rows.values())
    print(f"{name}: " + ", ".join(f"{n} {what}" for what, n in counts.items()), flush=True)
    functions = collections.defaultdict(collections.Counter)
    for test, (verdict, facts) in rows.items():
        functions[test.partition("[")[0]][verdict] += 1
        if verdict != "steady":
            print(f"  {verdict:<15} {test}: {facts}")
    if verbose:
        for function, verdicts in functions.items():
            print(f"  {function}: " + ", ".join(f"{n} {what}" for what, n in verdicts.items()))


def measure(tests, work, oracle, args, on_numpy, more=1):
    """{test: (what was seen, facts)}; a crash costs one test."""
    log, leaks, skip = work / "log", work / "leaks", work / "skip"
    env = suite.environment(work, oracle, on_numpy, log, skip, 3600)
    env.update(LEAKS_LOG=str(leaks), LEAKS_TIMES=str(args.times * more), PYTHONHASHSEED="0")
    command = suite.command(tests[0], work, oracle, on_numpy) + tests[1:] + ["-p", "leak_plugin"]
    if args.k:
        command += ["-k", args.k]
    leaks.write_text("")
    over = []
    for _ in range(suite.MOST_CRASHES):
        log.write_text("")
        skip.write_text("\n".join(over))
        done = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, errors="replace")
        if done.returncode in (0, 1, 5):
            break
        events = [json.loads(line) for line in log.read_text().splitlines() if line.endswith("]")]
        started = [event[1] for event in events if event[0] == "start"]
        if not started:
            print(f"  ended with {done.returncode}: {done.stdout[-400:]}")
            break
        over += started
        with open(leaks, "a") as f:
            f.write(json.dumps([started[-1], "crashed", f"{done.returncode}: {done.stdout[-300:]}"]) + "\n")
    return {test: (what, facts) for test, what, facts in map(json.loads, leaks.read_text().splitlines())}
