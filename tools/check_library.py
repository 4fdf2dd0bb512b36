"""libfnp needs no Python, and has no mutable global outside globals.allow. Prints faults, and exits 1.

    python tools/check_library.py BUILD-FOLDER
"""
import pathlib
import re
import subprocess
import sys

ALLOWED_FILE = pathlib.Path(__file__).with_name("globals.allow")


def allowed():
    rows = [line.split("#")[0].strip() for line in ALLOWED_FILE.read_text().splitlines()]
    return {row for row in rows if row}


def mutable_symbols(archive):
    """Names in writable sections. Constant tables of pointers (.data.rel.ro) do not count."""
    out = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        m = re.match(r"^[0-9a-f]+ .{7} (\.t?(?:data|bss)\S*|\*COM\*)\t([0-9a-f]+)(?: \.hidden)? (\S+)$", line)
        if m and int(m[2], 16) and not m[1].startswith(".data.rel.ro") and not m[3].startswith("."):
            yield re.sub(r"\.\d+$", "", m[3])


def python_symbols(archive):
    out = subprocess.run(["nm", "-u", archive], capture_output=True, text=True, check=True).stdout
    return sorted(set(re.findall(r"^ +U (_?Py\w+)", out, re.M)))


library = sys.argv[1] + "/libfnp.a"
names = sorted(set(mutable_symbols(library)))
sanitizer = ("__asan", "__odr_asan", "__ubsan", ".Lubsan")
extra = [n for n in names if n not in allowed() and not n.startswith(sanitizer)]
python = python_symbols(library)
print("\n".join([f"mutable global: {n}" for n in extra] + [f"needs Python: {n}" for n in python]))
print(f"library: {len(names)} mutable globals, {len(extra)} of them not allowed; {len(python)} symbols of Python")
sys.exit(bool(extra or python))
