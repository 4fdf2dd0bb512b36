"""python -m fnpx bench: time each case on NumPy and here, side by side, one thread each; or --threads.

Two processes stay alive, one for each side, and take turns at samples of the same case. A sample is
the shortest of a few runs in the thread's processor time, each pair of samples gives a ratio, and the
median is reported: so what else the machine does strikes neither or both. The last row is the
processor time of an import above that of bare Python, in milliseconds, the shortest of as many.
With --threads N both sides may use N threads, the cases are those of LONG, and the clock is the wall's: then the
machine should be idle.
"""
import argparse
import json
import os
import pathlib
import runpy
import statistics
import subprocess
import sys

from .conformance import oracle as oracles
from .conformance import paths

def threads(count):
    """The environment in which either side uses so many."""
    return {name: str(count) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "FNP_NUM_THREADS")}


ONE_THREAD = threads(1)
IMPORT = "import, ms above Python"
MOST_MS = 40
# Runs in either process: reads [set-up, statement, seconds, clock of `time`] lines, answers with seconds for one call.
WORKER = r"""
import json, random, sys, time, timeit
import numpy as np
key, timer, count, runs = None, None, 1, 1
for line in sys.stdin:
    setup, statement, seconds, clock = json.loads(line)
    if (setup, statement) != key:
        key, space = (setup, statement), {"np": np, "rng": random.Random(1)}
        try:
            exec(setup, space)
            timer, count = timeit.Timer(statement, timer=getattr(time, clock), globals=space), 1
            while (taken := timer.timeit(count)) < seconds / 20:
                count *= 2
            runs = min(10, max(3, round(seconds / taken)))
        except Exception as error:
            timer = None
            failure = f"{type(error).__name__}: {error}"
    print(json.dumps(min(timer.repeat(runs, count)) / count if timer else failure), flush=True)
"""


class Side:
    """A process that times statements on one of the two."""

    def __init__(self, command, env, clock="thread_time"):
        self.clock = clock
        self.process = subprocess.Popen([*command, "-c", WORKER], env=env, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def sample(self, setup, statement, seconds):
        self.process.stdin.write(json.dumps([setup, statement, seconds, self.clock]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        return json.loads(answer) if answer else "the process died"

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def sides(oracle, count=1):
    """The two commands with their environments: NumPy's, ours."""
    return (
        ([oracle.python, "-P"], oracles.clean_environment(**threads(count))),
        ([sys.executable, "-P", "-m", "fnp"], {**os.environ, **threads(count)}),
    )


def measure(cases, oracle, pairs, seconds, count=1):
    """[(name, seconds on NumPy, seconds here, ratio, wanted)], the middle three None where one side failed."""
    rows = []
    (numpy_command, numpy_env), (our_command, our_env) = sides(oracle, count)
    clock = "thread_time" if count == 1 else "perf_counter"
    for name, setup, statement, wanted in cases:
        both = Side(numpy_command, numpy_env, clock), Side(our_command, our_env, clock)
        warm = [side.sample(setup, statement, seconds) for side in both]
        failed = next((answer for answer in warm if isinstance(answer, str)), None)
        times = []
        for k in range(pairs if failed is None else 0):
            order = (0, 1) if k % 2 else (1, 0)
            taken = {i: both[i].sample(setup, statement, seconds) for i in order}
            times.append((taken[0], taken[1]))
        for side in both:
            side.close()
        if failed is not None:
            rows.append((name, None, None, None, wanted))
            print(f"  {name}: {failed}", file=sys.stderr)
            continue
        rows.append((name, statistics.median(t[0] for t in times), statistics.median(t[1] for t in times),
                     statistics.median(a / b for a, b in times), wanted))
        print("  " + " | ".join(_cells(rows[-1])), file=sys.stderr, flush=True)
    return rows


def import_times(oracle, pairs):
    """Milliseconds that `import numpy` takes above bare Python: (NumPy, here)."""
    bare, loaded = [[], []], [[], []]
    for _ in range(pairs):
        for i, (command, env) in enumerate(sides(oracle)):
            python = [command[0], "-P"]
            env = {**env, "FNP_DROP_IN": "1"} if i else env  # the name numpy, without the launcher's own work
            without = {k: v for k, v in env.items() if k != "FNP_DROP_IN"}
            loaded[i].append(_run(python, "import numpy", env))
            bare[i].append(_run(python, "pass", without))
    return tuple(1000 * (min(loaded[i]) - min(bare[i])) for i in (0, 1))


def _run(command, code, env):
    process = subprocess.Popen([*command, "-c", code], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime if process.returncode == 0 else float("nan")


def _duration(seconds):
    for unit, scale in (("ns", 1e9), ("µs", 1e6), ("ms", 1e3)):
        if seconds * scale < 1000:
            break
    return f"{seconds * scale:.3g} {unit}"


def _cells(row):
    name, numpys, ours, ratio, wanted = row
    if ratio is None:
        return [name, "-", "-", "-", f"≥ {wanted}×"]
    return [name, _duration(numpys), _duration(ours), f"**{ratio:.2f}×**" if ratio >= wanted else f"{ratio:.2f}×", f"≥ {wanted}×"]


def table(rows, imports, oracle, count=1):
    """The report as a Markdown table."""
    lines = [f"| case, {'one thread' if count == 1 else f'{count} threads'} | NumPy {oracle.version} | fnp | ratio | goal |", "|---|---|---|---|---|"]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in rows]
    if imports:
        numpys, ours = imports
        lines.append(f"| {IMPORT} | {numpys:.0f} | {ours:.0f} | {numpys / ours:.2f}× | ≤ {MOST_MS} |")
    return "\n".join([*lines, "", f"On {processor()}."])


def processor():
    """What the machine says it computes on: ratios differ between processors."""
    try:
        for line in open("/proc/cpuinfo"):
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return "an unknown processor"


def main(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx bench", description=__doc__)
    p.add_argument("cases", nargs="*", help="parts of the names of the cases to run; all by default")
    p.add_argument("--pairs", type=int, default=15)
    p.add_argument("--seconds", type=float, default=0.02, help="of one sample, about")
    p.add_argument("--readme", action="store_true", help="put the table into README.md, between its marks")
    p.add_argument("--threads", type=int, default=1, help="how many each side may use")
    p.add_argument("--seam", action="store_true", help="instead: what the seam of explain() costs while it is off")
    args = p.parse_args(argv)
    if args.seam:
        from . import seam
        return seam.report(Side, ONE_THREAD)
    oracle = oracles.find()
    single = args.threads == 1
    cases = runpy.run_path(str(paths.root() / "bench" / "cases.py"))["CASES" if single else "LONG"]
    if args.cases:
        cases = [c for c in cases if any(part in c[0] for part in args.cases)]
    rows = measure(cases, oracle, args.pairs, args.seconds, args.threads)
    imports = import_times(oracle, args.pairs) if single and not args.cases else None
    text = table(rows, imports, oracle, args.threads)
    print(text)
    reached = sum(row[3] is not None and row[3] >= row[4] for row in rows)
    print(f"\n{reached} of {len(rows)} goals reached; oracle: {oracle}")
    if args.readme:
        paths.put_between(paths.root() / "README.md", "bench" if single else "threads", text)
    return 0
