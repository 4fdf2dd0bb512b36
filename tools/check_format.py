"""check_format.py FILE…: names the files that `make fmt` would change, and exits 1 if there are any."""
import re
import subprocess
import sys

files = sys.argv[1:]
said = subprocess.run(["clang-format", "--dry-run", *files], capture_output=True, text=True)
found = sorted(set(re.findall(r"^(.+?):\d+:\d+: warning: code should be clang-formatted", said.stderr, re.M)))
print("\n".join(found + [f"format: {len(found)} of {len(files)} files differ from make fmt"]))
sys.exit(bool(found or said.returncode))
