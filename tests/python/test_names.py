"""What packages name is there, and what most of them name is written."""
import importlib
import pathlib
import subprocess
import sys

import pytest

TEXT = pathlib.Path(__file__).with_name("names_in_use.txt").read_text()


def table():
    """{name below numpy: number of packages}."""
    found, count = {}, None
    for line in TEXT.splitlines():
        if line.startswith("#"):
            continue
        words = line.split()
        if not line.startswith(" "):
            count = int(words.pop(0))
        found.update(dict.fromkeys(words, count))
    return found


def resolve(path):
    thing, place = importlib.import_module("fnp"), "fnp"
    for part in path.split("."):
        place += "." + part
        try:
            thing = getattr(thing, part)
        except AttributeError:
            thing = importlib.import_module(place)
    return thing


@pytest.mark.filterwarnings("ignore")
def test_every_name_is_there():
    missing = []
    for name in table():
        try:
            resolve(name)
        except Exception as error:
            missing.append(f"{name}: {error}")
    assert not missing


@pytest.mark.filterwarnings("ignore")
def test_what_many_packages_use_is_written():
    many = [name for name, count in table().items() if count >= 14]
    assert len(many) > 70
    assert [name for name in many if getattr(resolve(name), "__unwritten__", False) is True] == []


def test_unwritten_names_import_and_refuse():
    from fnp.f2py import crackfortran, rules

    table = rules.module_rules
    for use in (crackfortran.getlincoef, lambda: table["double"], lambda: table.items, lambda: len(table)):
        with pytest.raises(NotImplementedError, match=r"fnp\.f2py\..* is not written yet"):
            use()
    assert not hasattr(table, "__array__")


def test_parity_counts_what_refuses():
    import json

    from fnpx.conformance import names

    code = names.PROBE.replace("import importlib, json", "import fnp, importlib, json")
    done = subprocess.run([sys.executable, "-c", code, json.dumps(["fnp.f2py", "fnp._made_up"])],
                          capture_output=True, text=True, timeout=120)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["fnp.f2py"] == {"get_include": "value", "run_main": "value"}
    assert found["fnp._made_up"].startswith("ModuleNotFoundError")
    space = {}
    exec(names.KINDS, space)
    from fnp._unwritten import Table, unwritten, unwritten_class

    class Half:
        done = len
        missing = unwritten("x.missing")

    assert space["kind"](Half) == {"done": "value", "missing": "unwritten"}
    assert {space["kind"](make("x.y")) for make in (Table, unwritten, unwritten_class)} == {"unwritten"}


def test_every_public_module_imports():
    code = ("import pkgutil, sys, warnings\nwarnings.simplefilter('ignore')\nimport fnp\nbroken = []\n"
            "for _, name, _ in pkgutil.walk_packages(fnp.__path__, 'fnp.', onerror=broken.append):\n"
            "    if name.rpartition('.')[2] not in ('__main__', 'conftest', 'setup', 'distutils'):\n"
            "        __import__(name)\n"
            "if sys.version_info >= (3, 12):\n"
            "    assert broken == ['fnp.distutils']\n"
            "    broken.clear()\n"
            "assert not broken, broken\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
