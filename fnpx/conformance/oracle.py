"""The oracle: an interpreter that has the real NumPy, and the folder its NumPy lies in.

FNP_ORACLE_PYTHON names one; else a venv with the reference release is made in the cache.
"""
import dataclasses
import fcntl
import importlib.util
import json
import os
import pathlib
import subprocess
import sys

TOOLS = ["pytest<9", "hypothesis", "pytest-xdist"]  # NumPy 2.4's files trip over pytest 9's deprecations


@dataclasses.dataclass(frozen=True)
class Oracle:
    python: str
    version: str
    site: pathlib.Path  # the folder that holds numpy/

    def __str__(self):
        return f"NumPy {self.version} of {self.python}"


def cache():
    """The folder for what is fetched or measured once."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = pathlib.Path(home, "fnpx")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def reference_version():
    """The release that the package under test follows, without importing it."""
    spec = importlib.util.find_spec("fnp")
    facts = {}
    exec((pathlib.Path(spec.submodule_search_locations[0]) / "version.py").read_text(), facts)
    return facts["version"]


def clean_environment(**more):
    """Environment for a child that must see nothing of the drop-in."""
    hidden = ("FNP_DROP_IN", "PYTHONPATH", "LD_PRELOAD", "PYTHONMALLOC")
    env = {k: v for k, v in os.environ.items() if k not in hidden}
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    return {**env, **more}


def find():
    """The oracle to measure by."""
    named = os.environ.get("FNP_ORACLE_PYTHON")
    return _ask(named) if named else _ask(str(_own_venv() / "bin" / "python"))


def _own_venv():
    version = reference_version()
    tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    venv = cache() / f"numpy-{version}-{tag}"
    if (venv / "ready").exists():
        return venv
    with open(cache() / f"{venv.name}.lock", "w") as lock:  # pytest-xdist's workers may all want it at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (venv / "ready").exists():
            return venv
        print(f"fetching NumPy {version}, the oracle, into {venv}", file=sys.stderr, flush=True)
        env = clean_environment()
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True, env=env)
        subprocess.run([str(venv / "bin" / "pip"), "-q", "--disable-pip-version-check", "install",
                        f"numpy=={version}", *TOOLS], check=True, env=env)
        (venv / "ready").touch()
    return venv


def _ask(python):
    code = "import json, numpy; print(json.dumps([numpy.__version__, numpy.__file__]))"
    try:
        answer = subprocess.run([python, "-P", "-c", code], capture_output=True, text=True, check=True,
                                env=clean_environment(), cwd="/")
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"the oracle {python} cannot import numpy: {getattr(error, 'stderr', '') or error}")
    version, path = json.loads(answer.stdout)
    return Oracle(os.path.abspath(python), version, pathlib.Path(path).parent.parent)
