"""What is pickled on NumPy is read here, and what is pickled here on NumPy, by each protocol."""
import os
import subprocess
import sys

import pytest

from fnpx.conformance import oracle as oracles

VALUES = """
np.arange(6).reshape(2, 3)      np.asfortranarray(np.ones((2, 3)))      np.array([1, 2], ">f8")     np.array([None, "a"], object)
np.array([(1, 2.5)], "i4,f8")   np.array(["a", "b" * 40], "T")          np.array(["a"], "U3")       np.array(["2020-01-01"], "M8[D]")
np.float64(1.5)                 np.str_("a")                            np.datetime64("2020", "D")  np.void(b"12")
np.dtype("i4,f8")               np.dtype("i4", align=True)              np.dtype(("i4", (2,)))      np.dtype({"names": ["a"], "formats": ["i4"], "offsets": [4], "itemsize": 12})
np.ma.array([1, 2], mask=[1, 0])  np.matrix([1, 2])                     np.rec.array([(1,)], dtype="i4,")  np.char.array(["a"])
np.poly1d([1, 2])               np.polynomial.Polynomial([1, 2])        np.add                      np.strings.upper
np.random.default_rng(1).bit_generator.state  np.random.PCG64(1).state  np.random.RandomState(1).get_state()[2:]
np.random.SeedSequence([5, 2**40], spawn_key=(1, 2), n_children_spawned=3).generate_state(4)
np.exceptions.AxisError(1, 2)   np.linalg.LinAlgError("a")              np.iinfo(int)               np._NoValue
"""
OBJECTS = """np.random.default_rng(1) np.random.RandomState(2) np.random.PCG64(3) np.random.PCG64DXSM(4) np.random.MT19937(5)
np.random.Philox(6) np.random.SFC64(7) np.random.SeedSequence(8,spawn_key=(1,2),n_children_spawned=3)""".split()
LIST = [v for line in VALUES.strip().splitlines() for v in line.split("  ") if v.strip()] + OBJECTS
HELP = f"""
import pickle, re, sys, warnings
warnings.simplefilter("ignore")
import numpy as np
def facts(o):
    if isinstance(o, np.random.SeedSequence):
        return repr(o), o.generate_state(3).tolist(), o.spawn(1)[0].generate_state(2).tolist()
    draw = getattr(o, "random_raw", None) or (o.random if hasattr(o, "bit_generator") or hasattr(o, "rand") else None)
    return re.sub("0x[0-9A-Fa-f]+", "", repr(o)), draw and [float(draw()) for _ in range(3)], repr(getattr(o, "dtype", None))
made = [eval(v) for v in {LIST!r}]
"""
WRITE = HELP + "pickle.dump([[pickle.dumps(o, p) for p in range(6)] for o in made], open(sys.argv[1], 'wb'))"
READ = HELP + """
for o, texts in zip(made, pickle.load(open(sys.argv[1], "rb"))):
    for p, text in enumerate(texts):
        assert facts(pickle.loads(text)) == facts(pickle.loads(pickle.dumps(o, p))), (o, p)
print("read", len(made))
"""


def test_both_ways(tmp_path):
    try:
        oracle = oracles.find()
    except (SystemExit, subprocess.CalledProcessError) as why:
        pytest.skip(f"no NumPy to compare with: {why}")
    plain = {k: v for k, v in os.environ.items() if k != "FNP_DROP_IN"}
    sides = [([oracle.python], plain), ([sys.executable], {**plain, "FNP_DROP_IN": "1"})]
    for (writer, wenv), (reader, renv) in (sides, sides[::-1], sides[1:] * 2):
        file = tmp_path / "pickles"
        subprocess.run([*writer, "-c", WRITE, file], env=wenv, check=True, cwd=tmp_path)
        said = subprocess.run([*reader, "-c", READ, file], env=renv, capture_output=True, text=True, cwd=tmp_path)
        assert said.stdout == f"read {len(LIST)}\n", said.stdout + said.stderr[-2000:]
