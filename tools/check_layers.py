"""Includes point down only. Prints each one that does not, and exits 1.

    python tools/check_layers.py
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Each room, and what it may see directly; it sees what those see too.
BELOW = {
    "base": [],
    "sce": ["base"], "numtext": ["base"], "calendar": ["base"],
    "runtime": ["sce", "numtext", "calendar"],
    "dtype": ["runtime"], "kernel": ["dtype"], "array": ["kernel"], "ufunc": ["array"],
    "func": ["ufunc"], "text": ["ufunc"], "linalg": ["ufunc"], "fft": ["ufunc"], "io": ["ufunc"],
    "random": ["base"],
    "all": ["func", "text", "linalg", "fft", "io", "random"],
}
# Room of each public header that does not carry its room's name.
PUBLIC = {
    "status.h": "base", "errors.def": "base", "units.def": "calendar", "distributions.def": "random", "events.def": "runtime",
    "dtypes.def": "dtype", "view.h": "dtype", "loop.h": "dtype", "cast.h": "array", "index.h": "array", "sort.h": "func", "select.h": "func",
    "half.h": "base", "iter.h": "array", "strings.h": "text", "textread.h": "io", "fnp.h": "all",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)


def seen_from(room):
    rooms, queue = {room}, [room]
    while queue:
        for below in BELOW[queue.pop()]:
            if below not in rooms:
                rooms.add(below)
                queue.append(below)
    return rooms


def room_of(path):
    """Room of a file under src/ or include/fnp/; None for one that this check does not know."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "src":
        return parts[1] if parts[1] in BELOW else None
    name = parts[-1]
    stem = name.partition(".")[0].partition("_")[0]
    return PUBLIC.get(name) or (stem if stem in BELOW else PUBLIC.get(stem + ".h"))


def faults():
    files = [p for top in ("src", "include/fnp") for p in sorted((ROOT / top).rglob("*")) if p.suffix in (".c", ".h", ".def")]
    for path in files:
        here, room = path.relative_to(ROOT), room_of(path)
        if room is None:
            yield f"{here}: no room is known for this file (BELOW, PUBLIC in tools/check_layers.py)"
            continue
        for name in INCLUDE.findall(path.read_text(errors="replace")):
            if name == "Python.h" or name.startswith("numpy/"):
                yield f"{here}: includes {name}; only ext/ may"
            target = next((t for t in (path.parent / name, ROOT / "include" / name, ROOT / "src" / name) if t.exists()), None)
            if target is None or ROOT not in target.resolve().parents:
                continue
            target = target.resolve()
            if target.relative_to(ROOT).parts[0] == "ext":
                yield f"{here}: includes {name} of ext/"
            elif target.relative_to(ROOT).parts[0] in ("src", "include") and room_of(target) not in seen_from(room):
                yield f"{here} ({room}): includes {name} ({room_of(target)}), which is not below it"
    for path in sorted((ROOT / "ext").rglob("*")):
        if path.suffix not in (".c", ".h"):
            continue
        for name in INCLUDE.findall(path.read_text(errors="replace")):
            if not (path.parent / name).exists() and (ROOT / "src" / name).exists():
                yield f"{path.relative_to(ROOT)}: includes {name} of src/; ext/ sees public headers only"


found = list(faults())
print("\n".join(found + [f"layers: {len(found)} faults"]))
sys.exit(bool(found))
