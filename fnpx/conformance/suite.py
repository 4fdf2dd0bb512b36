"""NumPy's own test files, run against this package (or against NumPy itself), crash-proof.

Every file runs in a process of its own. A test that kills it, or runs too long, is recorded as
crashed, and the file goes on behind it.
"""
import contextlib
import dataclasses
import fnmatch
import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading

from . import oracle as oracles

# NumPy's own build and its list of SIMD intrinsics: no behaviour of `import numpy`.
NOT_BEHAVIOUR = (
    "numpy/distutils/*", "numpy/_pyinstaller/*", "*/test_simd.py", "*/test_simd_module.py",
    "*/test_cpu_dispatcher.py", "*/test_cpu_features.py",
)
MOST_CRASHES = 40  # of one file, before it is given up


@dataclasses.dataclass
class Outcome:
    test: str
    outcome: str  # pytest's words, and crashed, timeout
    seconds: float = 0.0
    message: str = ""

    @property
    def file(self):
        return self.test.partition("::")[0]

    @property
    def function(self):
        return self.test.partition("[")[0]


def available_files(site):
    """Test files of the NumPy in `site`, as numpy/…/tests/test_x.py."""
    found = []
    for path in (site / "numpy").rglob("test_*.py"):
        name = path.relative_to(site).as_posix()
        inside = name.split("/tests/", 1)
        if len(inside) != 2 or any(p in inside[1] for p in ("data/", "examples/")):
            continue
        if not any(fnmatch.fnmatch(name, pattern) for pattern in NOT_BEHAVIOUR):
            found.append(name)
    return sorted(found)


def choose(files, patterns):
    """Files that any pattern names: a whole path, a glob, or a bare name such as test_indexing."""
    if not patterns:
        return files
    chosen = []
    for pattern in patterns:
        hits = [f for f in files if fnmatch.fnmatch(f, pattern)
                or fnmatch.fnmatch(pathlib.PurePath(f).stem, pattern.removesuffix(".py"))]
        if not hits:
            raise SystemExit(f"no test file of NumPy matches {pattern!r}")
        chosen += [f for f in hits if f not in chosen]
    return chosen


@contextlib.contextmanager
def prepared(oracle):
    """A scratch folder with a copy of all tests folders and the plugin that runs them."""
    work = pathlib.Path(tempfile.mkdtemp(prefix="numpy-suite-"))
    try:
        for folder in sorted((oracle.site / "numpy").rglob("tests")):
            shutil.copytree(folder, work / folder.relative_to(oracle.site), dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("__pycache__"))
        (work / "pytest.ini").write_text("[pytest]\njunit_family = xunit2\n")
        shutil.copy(pathlib.Path(__file__).with_name("plugin.py"), work / "numpy_suite_plugin.py")
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def run(files, oracle, *, on_numpy=False, jobs=None, file_seconds=1800, test_seconds=300, tell=None):
    """Run test files; returns ({test id: Outcome}, {file: why it could not be run})."""
    with prepared(oracle) as work:
        outcomes, broken, lock, waiting = {}, {}, threading.Lock(), queue.SimpleQueue()
        for name in sorted(files, key=lambda f: -(work / f).stat().st_size):
            waiting.put(name)

        def serve():
            while True:
                try:
                    name = waiting.get_nowait()
                except queue.Empty:
                    return
                done, why = _run_file(name, work, oracle, on_numpy, file_seconds, test_seconds)
                with lock:
                    outcomes.update(done)
                    if why:
                        broken[name] = why
                    if tell:
                        tell(name, done, why)

        threads = [threading.Thread(target=serve) for _ in range(jobs or os.cpu_count() or 1)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        return outcomes, broken


def command(name, work, oracle, on_numpy):
    python = oracle.python if on_numpy else sys.executable
    way = [] if on_numpy else ["-m", "fnp"]
    return [python, *way, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", "-p", "numpy_suite_plugin",
            "--rootdir", str(work), name]


def environment(work, oracle, on_numpy, log, skip, test_seconds):
    facts = {"SUITE_TREE": str(work), "SUITE_LOG": str(log), "SUITE_SKIP": str(skip), "SUITE_SECONDS": str(test_seconds)}
    if on_numpy:
        env = oracles.clean_environment(**facts)
        env["PATH"] = os.path.dirname(oracle.python) + os.pathsep + env["PATH"]
    else:
        env = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", SUITE_WHEEL=str(oracle.site), **facts)
        env["PATH"] = os.path.dirname(sys.executable) + os.pathsep + env["PATH"]
    env["PYTHONPATH"] = str(work) + os.pathsep * bool(env.get("PYTHONPATH")) + env.get("PYTHONPATH", "")
    return env


def _run_file(name, work, oracle, on_numpy, file_seconds, test_seconds):
    """Outcomes of one file, started anew behind every crash; and why it broke off, if it did."""
    stem = name.replace("/", "-")
    log, skip = work / (stem + ".log"), work / (stem + ".skip")
    done, why = {}, None
    words = command(name, work, oracle, on_numpy)
    env = environment(work, oracle, on_numpy, log, skip, test_seconds)
    for _ in range(MOST_CRASHES + 1):
        log.write_text("")
        skip.write_text("\n".join(done))
        try:
            process = subprocess.run(words, cwd=work, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     timeout=file_seconds, text=True, errors="replace", stdin=subprocess.DEVNULL)
            status, said = process.returncode, process.stdout
        except subprocess.TimeoutExpired as late:
            status, said = "timeout", (late.stdout or b"").decode(errors="replace")
        running, broken = _read(log, done)
        if broken:
            why = broken
        if running is None:
            if status not in (0, 1, 2, 5) or (status == 2 and not broken):
                why = f"pytest ended with {status}: {said[-800:]}"
            break
        late = status == "timeout" or "Timeout (" in said
        done[running] = Outcome(running, "timeout" if late else "crashed", 0.0, f"{status}: {_crash_text(said)}")
        if status == "timeout":
            break
    else:
        why = f"given up after {MOST_CRASHES} crashes"
    return done, why


def _read(log, done):
    """Add the outcomes of a log to `done`; returns the test that was running and a broken import."""
    running, broken = None, None
    for line in log.read_text().splitlines():
        try:
            event, *facts = json.loads(line)
        except ValueError:  # cut short by the crash
            continue
        if event == "start":
            running = facts[0]
        elif event == "broken":
            broken = facts[1]
        elif event == "end":
            test, outcome, seconds, message = facts
            before = done.get(test)
            if before is None or before.outcome in ("passed", "skipped"):  # a failing teardown counts
                done[test] = Outcome(test, outcome, seconds, message)
    return (running if running is not None and running not in done else None), broken


def _crash_text(said):
    at = said.rfind("Fatal Python error")
    at = max(at, said.rfind("runtime error:"), said.rfind("ERROR: AddressSanitizer"))
    return said[at:at + 1500] if at >= 0 else said[-600:]


# ---- files of outcomes ----------------------------------------------------------------------------


def write(path, outcomes, broken):
    with open(path, "w") as f:
        for o in sorted(outcomes.values(), key=lambda o: o.test):
            f.write(json.dumps({"id": o.test, "outcome": o.outcome, "seconds": o.seconds, "msg": o.message}) + "\n")
        for name, why in sorted(broken.items()):
            f.write(json.dumps({"id": name, "outcome": "collect-error", "msg": why}) + "\n")


def read(path):
    outcomes, broken = {}, {}
    with open(path) as f:
        for row in map(json.loads, f):
            if row["outcome"] == "collect-error":
                broken[row["id"]] = row["msg"]
            else:
                outcomes[row["id"]] = Outcome(row["id"], row["outcome"], row.get("seconds", 0.0), row.get("msg", ""))
    return outcomes, broken


def on_numpy(files, oracle, jobs=None, tell=None):
    """What the oracle itself makes of these files; measured once per release and kept."""
    folder = oracles.cache() / f"suite-{oracle.version}-py{sys.version_info[0]}.{sys.version_info[1]}"
    folder.mkdir(exist_ok=True)
    kept = {name: folder / (name.replace("/", "-") + ".jsonl") for name in files}
    missing = [name for name in files if not kept[name].exists()]
    if missing:
        outcomes, broken = run(missing, oracle, on_numpy=True, jobs=jobs, tell=tell)
        for name in missing:
            mine = {t: o for t, o in outcomes.items() if o.file == name}
            write(kept[name], mine, {k: v for k, v in broken.items() if k == name})
    together = {}
    for name in files:
        together.update(read(kept[name])[0])
    return together
