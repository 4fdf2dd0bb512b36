"""python -m fnpx bench --seam: what the seam of explain() costs while it is off.

The package is built a second time with the seam compiled out, into build/bare, and the two builds take
turns at np.add of 4 elements, in several pairs of processes, since a process' memory layout is luck.
"""
import os
import pathlib
import statistics
import subprocess
import sys

from .conformance import paths

SETUP = "a = np.array([1.0, 2.0, 3.0, 4.0]); b = np.array([4.0, 3.0, 2.0, 1.0])"
STATEMENT = "np.add(a, b)"
MOST_NS = 2


def bare_tree():
    """The package without the seam, built beside the folder of the running Python's venv."""
    build = pathlib.Path(sys.prefix).parent
    subprocess.run([paths.root() / "tools" / "build.sh", build, "bare"], cwd=paths.root(), check=True)
    return build.resolve() / "bare" / "tree"


def measure(side, env, processes, pairs, seconds):
    """Medians in ns: with the seam, without it, and of the paired differences."""
    command = [sys.executable, "-P", "-m", "fnp"]
    without = {**env, "PYTHONPATH": str(bare_tree())}
    times = []
    for _ in range(processes):
        both = side(command, env), side(command, without)
        for k in range(pairs + 1):
            order = (0, 1) if k % 2 else (1, 0)
            taken = {i: 1e9 * both[i].sample(SETUP, STATEMENT, seconds) for i in order}
            if k:
                times.append((taken[0], taken[1]))
        for one in both:
            one.close()
    return tuple(map(statistics.median, zip(*((a, b, a - b) for a, b in times))))


def report(side, env, processes=8, pairs=20, seconds=0.005):
    env = {k: v for k, v in {**os.environ, **env}.items() if k != "FNP_DROP_IN"}
    on, off, difference = measure(side, env, processes, pairs, seconds)
    print(f"{STATEMENT}, 4 elements: {on:.1f} ns with the seam of explain(), {off:.1f} ns without it; "
          f"median difference {difference:+.2f} ns (goal: below {MOST_NS})")
    return 0 if difference < MOST_NS else 1
