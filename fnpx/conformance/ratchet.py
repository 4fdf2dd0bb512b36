"""The ratchet: what passes must go on passing. One compact text file in the repository.

A line with a file's name holds how many of its tests pass or are skipped (NumPy's files skip what
the machine has no memory or compiler for); the indented lines below it name the test
functions that do not pass whole, with the number of their failing cases. A function that is not
named passes whole, so the file shrinks as the package grows. A `*` marks the files of the fast
slice, which `make test` checks.
"""
import collections

BAD = ("failed", "crashed", "timeout", "error")


def load(path):
    """{file: (is in the slice, tests that pass, {function: failing cases})}"""
    table, gaps = {}, {}
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith(" "):
            function, count = line.rsplit(" ", 1)
            gaps[function.strip()] = int(count)
        else:
            name, count = line.rsplit(" ", 1)
            gaps = {}
            table[name.removeprefix("*")] = (name.startswith("*"), int(count), gaps)
    return table


def save(path, table):
    lines = [f"# {line}".rstrip() for line in __doc__.strip().splitlines()]
    for name, (fast, passed, gaps) in sorted(table.items()):
        lines.append(f"{'*' * fast}{name} {passed}")
        lines += [f" {function} {count}" for function, count in sorted(gaps.items())]
    path.write_text("\n".join(lines) + "\n")


def measure(files, outcomes):
    """{file: (tests that pass or skip, gaps)} of a run."""
    passed, gaps = collections.Counter(), collections.defaultdict(collections.Counter)
    for o in outcomes.values():
        passed[o.file] += o.outcome in ("passed", "skipped")
        if o.outcome in BAD:
            gaps[o.file][o.function.partition("::")[2]] += 1
    return {name: (passed[name], dict(gaps[name])) for name in files}


def check(table, measured):
    """Sentences that say what got worse."""
    for name, (passed, gaps) in measured.items():
        if name not in table:
            continue
        _, least, allowed = table[name]
        if passed < least:
            yield f"{name}: {passed} tests pass, {least} did"
        for function, count in gaps.items():
            if count > allowed.get(function, 0):
                yield f"{name}::{function}: {count} cases fail, {allowed.get(function, 0)} did"


def tighten(table, measured, force=False):
    """The table with the files that got better; `force` takes what got worse too."""
    new = dict(table)
    for name, (passed, gaps) in measured.items():
        fast = name in table and table[name][0]
        if force or not any(check(table, {name: (passed, gaps)})):
            new[name] = (fast, passed, gaps)
    return new
