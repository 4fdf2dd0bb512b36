"""The stubs parse and have every public name of their module; tools/gen_stubs.py writes them."""
import ast
import importlib
import pathlib
import sys

import pytest

import fnp

PACKAGE = pathlib.Path(fnp.__file__).parent
GONE = {PACKAGE / "distutils/__init__.pyi"} if sys.version_info >= (3, 12) else set()
STUBS = sorted({*PACKAGE.rglob("*.pyi")} - GONE)


def names_in(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.AnnAssign):
            yield node.target.id
        elif isinstance(node, ast.Assign):
            yield node.targets[0].id
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name for alias in node.names)


def test_package_is_typed():
    assert (PACKAGE / "py.typed").exists() and len(STUBS) > 30


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", STUBS, ids=[str(s.relative_to(PACKAGE)) for s in STUBS])
def test_stub_has_the_public_names(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(p for p in parts if p != "__init__"))
    assert set(getattr(module, "__all__", ())) <= set(names_in(path))
