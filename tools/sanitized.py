"""sanitized.py FOLDER COMMAND…: run Python with COMMAND on the sanitised build in FOLDER, and group what
AddressSanitizer and UndefinedBehaviorSanitizer reported in it and its children. Exits 1 if they did.

    python tools/sanitized.py build/asan -m fnpx suite test_indexing

Memory that Python itself never frees at exit is not looked for (detect_leaks=0); the C tests, which have
no Python, run with leak detection on.
"""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys

# GCC 12's stand-in stack, which stack use after return needs, is not aligned for vectors of 64 bytes (its bug 110027).
ADDRESS = (
    "allocator_may_return_null=1", "detect_stack_use_after_return=0", "strict_string_checks=1",
    "handle_segv=2", "handle_sigbus=2", "handle_sigfpe=2", "handle_abort=2", "quarantine_size_mb=64",
)
UNDEFINED = ("print_stacktrace=1",)
OURS = re.compile(r" in (\S+) (?:\.\./)*((?:src|ext|include|tests)/\S+?:\d+)")


def c_environment():
    """Changes to the environment for programs that are sanitised as a whole."""
    return {"ASAN_OPTIONS": ":".join((*ADDRESS, "detect_leaks=1")), "UBSAN_OPTIONS": ":".join((*UNDEFINED, "halt_on_error=1"))}


def python_environment(folder, reports=None):
    """Changes to the environment for plain Python that loads the sanitised extension; with a folder
    `reports`, each process writes there what is found, and goes on where it can."""
    libraries = [subprocess.run(["cc", f"-print-file-name={name}"], capture_output=True, text=True).stdout.strip()
                 for name in ("libasan.so", "libubsan.so")]
    place = [f"log_path={reports}/report"] if reports else []
    site = folder.resolve() / "site"
    site.mkdir(exist_ok=True)
    # With both runtimes loaded, the log path of one never reaches the other.
    (site / "sitecustomize.py").write_text(
        f"import ctypes\nctypes.CDLL({libraries[1]!r}).__sanitizer_set_report_path({f'{reports}/undefined'.encode()!r})\n"
        if reports else "")
    return {
        "PYTHONPATH": os.pathsep.join([str(site), str((folder / "tree").resolve())]), "LD_PRELOAD": " ".join(libraries), "PYTHONMALLOC": "malloc",
        "ASAN_OPTIONS": ":".join((*ADDRESS, "detect_leaks=0", *place)),
        "UBSAN_OPTIONS": ":".join((*UNDEFINED, f"halt_on_error={0 if reports else 1}", *place)),
    }


def read(reports):
    """{cause: [text, …]} of all reports in a folder."""
    causes = collections.defaultdict(list)
    for path in sorted(pathlib.Path(reports).glob("*")):
        text = path.read_text(errors="replace")
        starts = [m.start() for m in re.finditer(r"^(?:=+\n)?(?:==\d+==)?(?=ERROR: \w+Sanitizer|\S+: runtime error:)", text, re.M)]
        for start, end in zip(starts, [*starts[1:], len(text)]):
            causes[_cause(text[start:end])].append(text[start:end])
    return causes


def _cause(text):
    undefined = re.search(r"(\S+?:\d+):\d+: runtime error: (.*)", text)
    if undefined:
        what = re.sub(r"0x[0-9a-f]+|-?\d[\d.e+]*", "N", undefined[2])
        return f"{undefined[1].removeprefix('../../')}: {what}"
    what = re.search(r"ERROR: (\w+Sanitizer: \S+)", text)
    frame = OURS.search(text)
    return f"{frame[2] if frame else 'outside our sources'}: {what[1] if what else text[:60]}"


def show(causes, lines=14):
    for cause, texts in sorted(causes.items(), key=lambda c: -len(c[1])):
        print(f"\n{len(texts)} × {cause}")
        print("\n".join("    " + line for line in texts[0].splitlines()[:lines]))
    print(f"\nsanitizers: {sum(map(len, causes.values()))} reports of {len(causes)} causes")


def main(folder, *command):
    folder = pathlib.Path(folder)
    reports = folder.resolve() / f"reports-{os.getpid()}"
    reports.mkdir()
    env = {k: v for k, v in os.environ.items() if k != "FNP_DROP_IN"} | python_environment(folder, reports)
    env["PATH"] = os.path.dirname(sys.executable) + os.pathsep + env["PATH"]
    status = subprocess.run([sys.executable, "-P", *command], env=env).returncode
    causes = read(reports)
    show(causes)
    if not causes:
        shutil.rmtree(reports)
    else:
        print(f"in full: {reports}")
    return 1 if causes else status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
