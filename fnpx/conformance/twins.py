"""python -m fnpx twins: evaluate expressions on NumPy and here, and show what differs.

    python -m fnpx twins 'np.arange(3) / 0' 'np.array([1, [2]])'
    python -m fnpx twins --file EXPRESSIONS.txt      one a line; `a; b; c` runs a and b first

Compared are the kind of result, dtype, shape, strides, flags, bytes, repr, warnings, and the type and
text of an error.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

from . import oracle as oracles

# Runs on either side: reads a JSON string of code a line, answers with a JSON list.
WORKER = r"""
import ast, json, sys, warnings, os
import numpy as np

def contents(value):
    # The bytes, but for those that pad an 80-bit float to 16.
    if value.dtype.hasobject or value.size > 4096:
        return None
    raw = value.tobytes()
    if value.dtype.char in "gG":
        raw = b"".join(raw[i:i + 10] for i in range(0, len(raw), 16))
    return raw.hex()

def facts(value, depth=0):
    kind = type(value).__name__
    if isinstance(value, np.ndarray):
        raw = contents(value)
        return [kind, str(value.dtype.descr if value.dtype.names else value.dtype.str), list(value.shape),
                list(value.strides), [value.flags[f] for f in ("C", "F", "A", "W")], raw, text(value)]
    if isinstance(value, np.generic):
        return [kind, value.dtype.str, contents(value), text(value), str(value)]
    if isinstance(value, (tuple, list)) and depth < 4:
        return [kind, [facts(v, depth + 1) for v in value]]
    return [kind, text(value)]

def text(value):
    import re
    return re.sub(r"0x[0-9a-f]{6,}", "0x", repr(value))

def run(code):
    import re
    space = {"np": np}
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            tree = ast.parse(code)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "<twins>", "exec"), space)
            answer = ["value", facts(eval(compile(ast.Expression(last.value), "<twins>", "eval"), space)) if last else None]
        except Exception as error:
            answer = ["error", type(error).__name__, re.sub(r"0x[0-9a-f]{6,}", "0x", str(error))]
    return answer + [sorted({(w.category.__name__, re.sub(r"0x[0-9a-f]{6,}", "0x", str(w.message))) for w in seen})]

out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), file=out, flush=True)
"""


class Worker:
    def __init__(self, command, env):
        self.start = command, env
        self.process = None

    def ask(self, code):
        if self.process is None:
            command, env = self.start
            self.process = subprocess.Popen([*command, "-c", WORKER], env=env, stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.process.stdin.write(json.dumps(code) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        answer = self.process.stdout.readline()
        if answer:
            return json.loads(answer)
        status = self.process.wait()
        self.process = None
        return ["died", status, []]

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()


class Twins:
    """NumPy and this package, side by side."""

    def __init__(self, oracle=None):
        oracle = oracle or oracles.find()
        self.numpy = Worker([oracle.python, "-P"], oracles.clean_environment())
        self.ours = Worker([sys.executable, "-P", "-m", "fnp"], dict(os.environ))

    def differ(self, code):
        """None, or the two answers."""
        answers = self.numpy.ask(code), self.ours.ask(code)
        return None if answers[0] == answers[1] else answers

    def close(self):
        self.numpy.close()
        self.ours.close()


def shown(answers):
    """The parts in which two answers differ, a line for each side."""
    numpys, ours = answers
    if numpys[0] == ours[0] == "value" and numpys[1] and ours[1] and len(numpys[1]) == len(ours[1]):
        pairs = [(a, b) for a, b in zip([*numpys[1], *numpys[2:]], [*ours[1], *ours[2:]]) if a != b]
        numpys, ours = [p[0] for p in pairs], [p[1] for p in pairs]
    return f"  NumPy: {str(numpys)[:600]}\n  here:  {str(ours)[:600]}"


def main(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx twins", description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("code", nargs="*")
    p.add_argument("--file", type=pathlib.Path)
    args = p.parse_args(argv)
    lines = list(args.code)
    if args.file:
        lines += [line for line in args.file.read_text().splitlines() if line.strip() and not line.startswith("#")]
    twins, differing = Twins(), 0
    for code in lines:
        answers = twins.differ(code)
        if answers:
            differing += 1
            print(f"{code}\n{shown(answers)}")
    twins.close()
    print(f"{differing} of {len(lines)} differ")
    return 1 if differing else 0
