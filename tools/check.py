"""check.py FOLDER: every test and check against the build in FOLDER, one line each; exits 1 if any failed.

C tests, Python tests, differential tests against NumPy, NumPy's own suite by the ratchet's fast slice,
layers, the library's symbols, format. The full output of a step that fails is shown.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import time

import sanitized

ROOT = pathlib.Path(__file__).resolve().parent.parent
os.chdir(ROOT)
folder = pathlib.Path(sys.argv[1])
asan = folder.name == "asan"
env = {k: v for k, v in os.environ.items() if k != "FNP_DROP_IN"}
env["PATH"] = os.path.dirname(sys.executable) + os.pathsep + env["PATH"]
if asan:
    reports = (folder / "reports").resolve()
    shutil.rmtree(reports, ignore_errors=True)
    reports.mkdir()
    python_env = env | sanitized.python_environment(folder, reports)
    plain_env = env | sanitized.c_environment()
else:
    python_env = plain_env = env
PY = sys.executable
JOBS = os.environ.get("JOBS", "2")
SOURCES = subprocess.run(["git", "ls-files", "*.c", "*.h"], capture_output=True, text=True).stdout.split()
OURS = [f for f in SOURCES if not f.startswith("fnp/_core/include/")]


def pytest(*paths):
    return [PY, "-P", "-m", "pytest", "-q", "-n", JOBS, "-p", "no:cacheprovider", *paths]


STEPS = [
    ("layers", [PY, "tools/check_layers.py"]),
    ("library", [PY, "tools/check_library.py", str(folder)]),
    ("format", [PY, "tools/check_format.py", *OURS]),
    ("C tests", ["meson", "test", "-C", str(folder), "--print-errorlogs", "--no-rebuild"]),
    ("Python tests", pytest("tests/python", "tests/capi")),
]
if pathlib.Path("tests/differential").is_dir():
    STEPS.append(("against NumPy", pytest("tests/differential")))
if pathlib.Path("conformance/ratchet.txt").exists():
    STEPS.append(("NumPy's suite", [PY, "-P", "-m", "fnpx", "suite", "--ratchet"]))

failed = []
for name, command in STEPS:
    start = time.monotonic()
    on_python = command[1:3] == ["-P", "-m"]
    p = subprocess.run(command, env=python_env if on_python else plain_env, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, text=True, errors="replace")
    lines = [line for line in p.stdout.splitlines() if line.strip()]
    ok = p.returncode == 0
    if not ok:
        failed.append(name)
        print("\n".join(lines[-200:]))
    last = next((line.strip("= ") for line in reversed(lines)), "")
    print(f"{'ok  ' if ok else 'FAIL'} {name:<15} {time.monotonic() - start:6.1f} s  {last[:100]}", flush=True)
if asan:
    causes = sanitized.read(reports)
    sanitized.show(causes)
    if causes:
        failed.append("sanitizers")
print("all passed" if not failed else "failed: " + ", ".join(failed))
sys.exit(bool(failed))
