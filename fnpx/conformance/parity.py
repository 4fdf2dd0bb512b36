"""python -m fnpx parity: write docs/parity.md, and the status in README.md, from measured results, never by hand.

Names are counted now. The scores come from the outcomes that the last whole `suite` run left, and the
wheels' rows from the last `python -m fnpx wheels`; what was not measured is said to be so.
"""
import argparse
import collections
import datetime
import json
import re

from . import names, paths, score, suite
from . import oracle as oracles


def main(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx parity", description=__doc__)
    p.add_argument("--print", action="store_true", dest="only_print", help="print the page and write nothing")
    args = p.parse_args(argv)
    page = write_page()
    if args.only_print:
        print(page)
    else:
        path = paths.root() / "docs" / "parity.md"
        path.write_text(page)
        paths.put_between(paths.root() / "README.md", "status", status(oracles.find()))
        print(f"wrote {path}, and the status in README.md")
    return 0


def status(oracle):
    """README's sentence on the last whole run of the suite, and what is unwritten."""
    path = paths.results() / "suite.jsonl"
    if not path.exists():
        return "Not measured yet."
    ours, broken = suite.read(path)
    s = score.total(score.by_file(suite.on_numpy(suite.available_files(oracle.site), oracle), ours))
    crashes = sum(o.outcome in ("crashed", "timeout") for o in ours.values())
    unwritten = {module: row["unwritten"] for module, row in names.measure(oracle).items() if row["unwritten"]}
    return (f"Of the {s.tests:,} tests of NumPy {oracle.version}'s own suite that pass on NumPy, {s.passed:,} pass here "
            f"({score.percent(s.passed, s.tests)} %), and {s.whole:,} of {s.functions:,} test functions pass whole "
            f"({score.percent(s.whole, s.functions)} %); {crashes} tests crash, {len(broken)} files do not import.\n"
            + ("Names that import and say that they are unwritten when called: "
               + ", ".join(f"{len(found)} of `{module}`" for module, found in sorted(unwritten.items())) + "."
               if unwritten else "No public name is unwritten.")
            + _right_wheels())


def _right_wheels():
    path = paths.results() / "wheels.json"
    right = [f"{r['wheel']} {r['version']}" for r in (json.loads(path.read_text()) if path.exists() else []) if r["right"]]
    return f"\nCompiled wheels from PyPI that give NumPy's results unchanged: {', '.join(sorted(right))}." if right else ""


def write_page():
    oracle = oracles.find()
    today = datetime.date.today().isoformat()
    parts = [
        "# Parity with NumPy\n",
        f"Written on {today} by `python -m fnpx parity` against NumPy {oracle.version}; not to be edited by hand.\n",
        *suite_part(oracle), *names_part(oracle), *capi_part(), *wheels_part(),
    ]
    return "\n".join(parts)


def suite_part(oracle):
    path = paths.results() / "suite.jsonl"
    yield "## NumPy's own test files\n"
    if not path.exists():
        yield "Not measured yet (`make suite`).\n"
        return
    ours, broken = suite.read(path)
    files = suite.available_files(oracle.site)
    scores = score.by_file(suite.on_numpy(files, oracle), ours)
    crashes = sum(o.outcome in ("crashed", "timeout") for o in ours.values())
    yield f"In all: **{score.total(scores)}** of what passes on NumPy; {crashes} crashes, {len(broken)} files not whole.\n"
    yield "| files | tests here / on NumPy | % | functions here / on NumPy | % |\n|---|---|---|---|---|"
    groups = collections.defaultdict(score.Score)
    for name, s in scores.items():
        groups[name.rpartition("/tests/")[0]] += s
    for name, s in sorted(groups.items()):
        yield _row(f"**{name}**", s)
    for name, s in sorted(scores.items()):
        yield _row(name, s)
    yield ""


def _row(name, s):
    return (f"| {name} | {s.passed} / {s.tests} | {score.percent(s.passed, s.tests)} "
            f"| {s.whole} / {s.functions} | {score.percent(s.whole, s.functions)} |")


def names_part(oracle):
    report = names.measure(oracle)
    (paths.results() / "names.json").write_text(json.dumps(report, indent=1))
    public = sum(row["public"] for row in report.values())
    missing = sum(len(row["missing"]) for row in report.values())
    unwritten = sum(len(row["unwritten"]) for row in report.values())
    yield "## Public names\n"
    yield (f"{public} names in {len(report)} public modules. {unwritten} import, and raise NotImplementedError when "
           f"called; {missing} are not there (methods of classes included).\n")
    yield "| module | public | unwritten | missing |\n|---|---|---|---|"
    for module, row in sorted(report.items()):
        listed = [", ".join(f"`{n}`" for n in row[kind]) for kind in ("unwritten", "missing")]
        if "error" in row:
            listed[1] = f"does not import: {row['error'].splitlines()[0][:120]}"
        yield f"| {module} | {row['public']} | {listed[0]} | {listed[1]} |"
    yield ""


def capi_part():
    rows = re.findall(r"^API_(FUNC|OBJECT)\(\w+, \d+, (\w+)\)", (paths.root() / "ext/capi/capi.def").read_text(), re.M)
    functions = [name for kind, name in rows if kind == "FUNC"]
    client = "".join(p.read_text() for p in sorted((paths.root() / "tests/capi/client").glob("*.c")))
    uncalled = [name for name in functions if not re.search(rf"\b{name}\b", client)]
    yield "## C-API\n"
    yield (f"{len(rows)} slots of the two tables have names in NumPy's headers; all are filled, {len(functions)} of them with "
           f"functions. The compiled client of tests/capi calls {len(functions) - len(uncalled)} of them and compares what "
           "it sees with NumPy.\n")
    if uncalled:
        yield "Not called: " + ", ".join(f"`{name}`" for name in uncalled) + ".\n"


def wheels_part():
    path = paths.results() / "wheels.json"
    yield "## Compiled wheels from PyPI, unchanged\n"
    if not path.exists():
        yield "Not measured yet (`python -m fnpx wheels`).\n"
        return
    yield "| wheel | version | result |\n|---|---|---|"
    for row in json.loads(path.read_text()):
        yield f"| {row['wheel']} | {row['version']} | {row['result']} |"
    yield ""
