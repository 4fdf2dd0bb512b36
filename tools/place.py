"""place.py FOLDER TREE: copy what was built in FOLDER for the packages (extensions, generated
modules) to where the package in TREE imports it from. Meson's own list of installed files says where."""
import filecmp
import json
import pathlib
import shutil
import sys

folder, tree = map(pathlib.Path, sys.argv[1:])
top = folder.resolve()
placed = 0
for source, target in json.loads((folder / "meson-info/intro-installed.json").read_text()).items():
    source, parts = pathlib.Path(source), pathlib.Path(target).parts
    # Debian's own Python installs into dist-packages
    packages = next((i for i, p in enumerate(parts) if p in ("site-packages", "dist-packages")), None)
    if packages is None or top not in source.parents or not source.is_file():
        continue
    placed += 1
    target = tree.joinpath(*parts[packages + 1:])
    if not target.exists() or not filecmp.cmp(source, target, shallow=False):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # a running process keeps the file it has mapped
        shutil.copy2(source, target)
if not placed:
    sys.exit(f"{folder}: nothing is installed into a folder of packages")
