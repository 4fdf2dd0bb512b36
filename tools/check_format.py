"""check_format.py FILE…: names the files that `make fmt` would change, and exits 1 if there are any."""
import pathlib
import subprocess
import sys

found = []
for name in sys.argv[1:]:
    text = pathlib.Path(name).read_bytes()
    if subprocess.run(["clang-format", name], stdout=subprocess.PIPE, check=True).stdout != text:
        found.append(name)
print("\n".join(found + [f"format: {len(found)} of {len(sys.argv) - 1} files differ from make fmt"]))
sys.exit(bool(found))
