"""bottleneck: its own tests."""
import pathlib
import re
import subprocess
import sys

import bottleneck as bn

command = ["-q", "-p", "no:cacheprovider", "-W", "ignore::DeprecationWarning", str(pathlib.Path(bn.__file__).parent)]
done = subprocess.run([sys.executable, "-m", "pytest", *command], capture_output=True, text=True)
counts = dict((what, int(n)) for n, what in re.findall(r"(\d+) (passed|failed|errors?|skipped)", done.stdout))
if set(counts) - {"passed", "skipped"} or done.returncode:
    print(done.stdout[-6000:])
print(f"tests: {counts.get('passed', 0)} passed")
sys.exit(done.returncode)
