"""Where a checkout keeps what is measured and what it is measured by."""
import pathlib
import sys


def root():
    """The checkout: the current folder, or the one this file lies in."""
    for folder in (pathlib.Path.cwd(), pathlib.Path(__file__).resolve().parents[2]):
        if (folder / "conformance").is_dir() and (folder / "fnp").is_dir():
            return folder
    raise SystemExit("run this in a checkout of the project")


def ratchet():
    return root() / "conformance" / "ratchet.txt"


def results():
    """Folder for the outcomes of the last runs, beside the venv of this Python."""
    venv = pathlib.Path(sys.prefix).resolve()
    folder = (venv.parent if root() in venv.parents else root() / "build") / "conformance"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put_between(path, mark, text):
    """Replace what stands between <!-- mark --> and <!-- /mark -->."""
    start, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    whole = path.read_text()
    head, _, rest = whole.partition(start)
    _, found, tail = rest.partition(end)
    if not found:
        raise SystemExit(f"{path} has no marks {start.strip()} … {end}")
    path.write_text(head + start + text + "\n" + end + tail)
