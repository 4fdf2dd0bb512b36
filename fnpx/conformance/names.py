"""Which public names of NumPy are there: in each public module, and on each public class."""
import json
import subprocess
import sys

from . import oracle as oracles

MODULES = """numpy numpy.char numpy.core numpy.ctypeslib numpy.dtypes numpy.emath numpy.exceptions numpy.f2py
numpy.f2py.auxfuncs numpy.f2py.capi_maps numpy.f2py.cb_rules numpy.f2py.cfuncs numpy.f2py.common_rules
numpy.f2py.crackfortran numpy.f2py.f2py2e numpy.f2py.func2subr numpy.f2py.rules numpy.f2py.symbolic
numpy.f2py.use_rules numpy.fft
numpy.lib numpy.lib.array_utils numpy.lib.format numpy.lib.introspect numpy.lib.mixins numpy.lib.npyio
numpy.lib.recfunctions numpy.lib.scimath numpy.lib.stride_tricks numpy.linalg numpy.linalg.lapack_lite
numpy.ma numpy.ma.extras
numpy.ma.mrecords numpy.matlib numpy.polynomial numpy.polynomial.chebyshev numpy.polynomial.hermite
numpy.polynomial.hermite_e numpy.polynomial.laguerre numpy.polynomial.legendre numpy.polynomial.polynomial
numpy.random numpy.rec numpy.strings numpy.testing numpy.testing.overrides numpy.typing numpy.version""".split()

KINDS = r"""
def kind(value, deep=True):
    if getattr(value, "__unwritten__", False) is True:
        return "unwritten"
    if deep and isinstance(value, type) and not issubclass(value, BaseException):
        return {n: kind(getattr(value, n, None), False) for n in dir(value) if not n.startswith("_")}
    return "value"
"""

# Runs on either side: prints {module: {name: "value" | "unwritten" | {attribute of a class: the same}}}.
PROBE = KINDS + r"""
import importlib, json, sys, types, warnings
warnings.simplefilter("ignore")
found = {}
for module in json.loads(sys.argv[1]):
    try:
        m = importlib.import_module(module) if module != "numpy.emath" else importlib.import_module("numpy").emath
    except Exception as error:
        found[module] = f"{type(error).__name__}: {error}"
        continue
    names = {}
    listed = getattr(m, "__all__", None) or [n for n in dir(m) if not n.startswith("_")]
    for name in sorted({*listed, *([n for n in dir(m) if not n.startswith("_")] if module == "numpy" else [])}):
        try:
            value = getattr(m, name)
        except Exception as error:
            names[name] = "unwritten" if isinstance(error, NotImplementedError) else "broken"
            continue
        if not (isinstance(value, types.ModuleType) and module.startswith("numpy.f2py.")):  # what it imports
            names[name] = kind(value)
    found[module] = names
print(json.dumps(found))
"""


def probe(command, env):
    done = subprocess.run([*command, "-c", PROBE, json.dumps(MODULES)], env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} could not list its names:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(oracle):
    """{module: {"public": how many, "missing": [names], "unwritten": [names]}}; methods as Class.name."""
    numpys = probe([oracle.python, "-P"], oracles.clean_environment())
    ours = probe([sys.executable, "-P", "-m", "fnp"], None)
    report = {}
    for module, names in numpys.items():
        if isinstance(names, str):
            continue
        mine = ours.get(module, {})
        row = {"public": len(names), "missing": [], "unwritten": []}
        if isinstance(mine, str):
            row["error"], mine = mine, {}
        for name, what in names.items():
            here = mine.get(name)
            if here is None or here == "broken":
                row["missing"].append(name)
            elif here == "unwritten":
                row["unwritten"].append(name)
            elif isinstance(what, dict) and module in ("numpy", "numpy.random", "numpy.ma"):
                own = here if isinstance(here, dict) else {}
                row["missing"] += [f"{name}.{n}" for n in what if n not in own]
                row["unwritten"] += [f"{name}.{n}" for n in what if own.get(n) == "unwritten"]
        report[module] = row
    return report
