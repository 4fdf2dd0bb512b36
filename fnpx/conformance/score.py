"""Scores: of the tests and test functions that pass on NumPy, how many pass here."""
import collections
import dataclasses


def percent(part, whole):
    """To one decimal, and 100 only where nothing is missing."""
    return f"{(1000 * part // whole if whole else 0) / 10:.1f}"


@dataclasses.dataclass
class Score:
    tests: int = 0  # that pass on NumPy
    passed: int = 0  # of these, here
    functions: int = 0  # distinct test functions with a test that passes on NumPy
    whole: int = 0  # of these, the ones whose every such test passes here

    def __add__(self, other):
        return Score(*(a + b for a, b in zip(dataclasses.astuple(self), dataclasses.astuple(other))))

    def __str__(self):
        if not self.tests:
            return "nothing to pass"
        return (f"{self.passed}/{self.tests} tests {percent(self.passed, self.tests)} %, "
                f"{self.whole}/{self.functions} functions {percent(self.whole, self.functions)} %")


def by_file(numpys, ours):
    """{file: Score} from two {test id: Outcome}."""
    functions = collections.defaultdict(lambda: True)
    scores = collections.defaultdict(Score)
    for test, outcome in numpys.items():
        if outcome.outcome != "passed":
            continue
        passed = test in ours and ours[test].outcome == "passed"
        score = scores[outcome.file]
        score.tests += 1
        score.passed += passed
        functions[outcome.function] &= passed
    for function, whole in functions.items():
        score = scores[function.partition("::")[0]]
        score.functions += 1
        score.whole += whole
    return dict(scores)


def total(scores):
    return sum(scores.values(), Score())


def differences(numpys, ours):
    """Outcomes here of tests that pass on NumPy but not here; `missing` if they did not run."""
    from .suite import Outcome

    for test, outcome in sorted(numpys.items()):
        if outcome.outcome == "passed":
            mine = ours.get(test) or Outcome(test, "missing")
            if mine.outcome != "passed":
                yield mine


def reason(outcome):
    """The last line of a failure's message that names an error, shortened: failures group by it."""
    lines = [line[1:].strip() if line.startswith("E") else line.strip() for line in outcome.message.splitlines()]
    lines = [line for line in lines if line]
    named = [line for line in lines if "Error" in line or "Warning" in line or "Exception" in line]
    return f"{outcome.outcome}: {(named or lines or [''])[-1][:140]}"
