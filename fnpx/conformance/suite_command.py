"""python -m fnpx suite: run NumPy's own test files, score them, keep the ratchet."""
import argparse
import collections
import sys
import time

from . import oracle as oracles
from . import paths, ratchet, score, suite


def arguments(argv):
    p = argparse.ArgumentParser(prog="python -m fnpx suite", description=__doc__)
    p.add_argument("files", nargs="*", help="paths, globs or bare names (test_indexing); all by default")
    p.add_argument("--jobs", type=int, help="processes at once; by default one per CPU")
    p.add_argument("--out", help="write outcomes here, one JSON object a line")
    p.add_argument("--from", dest="source", help="score the outcomes in this file instead of running")
    p.add_argument("--differ", action="store_true", help="list every test that differs, not the groups of reasons")
    p.add_argument("--ratchet", action="store_true", help="check the ratchet; without FILES: its fast slice")
    p.add_argument("--update", action="store_true", help="take what got better into the ratchet")
    p.add_argument("--force", action="store_true", help="with --update: take what got worse, too")
    p.add_argument("--slice", action="store_true", help="with --update: put these files into the fast slice")
    return p.parse_args(argv)


def main(argv):
    args = arguments(argv)
    oracle = oracles.find()
    table = ratchet.load(paths.ratchet()) if paths.ratchet().exists() else {}
    everything = suite.available_files(oracle.site)
    if args.ratchet and not args.files:
        files = [name for name, (fast, *_) in table.items() if fast]
    else:
        files = suite.choose(everything, args.files)
    print(f"{len(files)} files of NumPy {oracle.version}'s suite; oracle: {oracle.python}", flush=True)
    start = time.monotonic()
    ours, broken = suite.read(args.source) if args.source else suite.run(files, oracle, jobs=args.jobs, tell=_tell)
    out = args.out or paths.results() / ("suite.jsonl" if files == everything else "suite-part.jsonl")
    suite.write(out, ours, broken)
    measured = ratchet.measure(files, ours)
    worse = list(ratchet.check(table, measured))
    if not args.ratchet:
        _report(files, oracle, ours, broken, args)
    if args.update:
        table = ratchet.tighten(table, measured, args.force)
        if args.slice:
            table.update({name: (True, *table[name][1:]) for name in files})
        ratchet.save(paths.ratchet(), table)
    print("\n".join(worse))
    passed = sum(count for count, _ in measured.values())
    print(f"{passed} tests pass or skip in {len(files)} files, {len(worse)} worse than the ratchet; "
          f"{time.monotonic() - start:.0f} s; outcomes in {out}")
    return 1 if worse and args.ratchet else 0


def _tell(name, done, why):
    counts = collections.Counter(o.outcome for o in done.values())
    text = ", ".join(f"{n} {what}" for what, n in sorted(counts.items(), key=lambda c: -c[1]))
    print(f"  {name}: {text or 'nothing ran'}{'  BROKEN' if why else ''}", flush=True)


def _report(files, oracle, ours, broken, args):
    known = suite.on_numpy(files, oracle, jobs=args.jobs, tell=_tell)
    scores = score.by_file(known, ours)
    print("\npassed here / passed on NumPy")
    for name in sorted(scores):
        print(f"  {name}: {scores[name]}")
    differing = list(score.differences(known, ours))
    if args.differ:
        for o in differing:
            print(f"{o.test}  {score.reason(o)}")
    else:
        groups = collections.Counter(score.reason(o) for o in differing)
        if groups:
            print("\nmost common reasons of what differs (--differ lists each test)")
        for text, count in groups.most_common(25):
            print(f"  {count:6} {text}")
    for name, why in sorted(broken.items()):
        print(f"\n{name} could not be run whole:\n{why[-1200:]}")
    crashed = [o for o in ours.values() if o.outcome in ("crashed", "timeout")]
    for o in crashed[:40]:
        print(f"{o.outcome}: {o.test} {o.message[:300]!r}")
    print(f"\nin all: {score.total(scores)}; {len(crashed)} crashes, {len(broken)} files not whole", file=sys.stdout)
