"""The expressions of every topic mean the same on NumPy and here, but for those in known.txt.

known.txt names what is known to differ, one expression a line (newlines as \\n); an entry that no longer
differs fails the test, so the list only shrinks. TWINS_UPDATE=1 rewrites it.
"""
import os
import pathlib

import pytest

from fnpx.conformance import twins

from expressions import TOPICS

KNOWN = pathlib.Path(__file__).with_name("known.txt")


def known():
    return set(KNOWN.read_text().splitlines()) if KNOWN.exists() else set()


@pytest.mark.skipif(not (KNOWN.exists() or os.environ.get("TWINS_UPDATE")), reason="no known.txt yet")
@pytest.mark.parametrize("topic", TOPICS)
def test_topic(topic):
    both, found, expected = twins.Twins(), {}, known()
    codes = list(dict.fromkeys(TOPICS[topic]()))
    for code in codes:
        answers = both.differ(code)
        if answers:
            found[f"{topic}: {code}".replace("\n", "\\n")] = answers
    both.close()
    mine = {line for line in expected if line.startswith(topic + ": ")}
    if os.environ.get("TWINS_UPDATE"):
        KNOWN.write_text("".join(line + "\n" for line in sorted(expected - mine | set(found))))
        return
    new = [f"{line}\n{twins.shown(found[line])}" for line in found if line not in mine]
    stale = sorted(mine - set(found))
    assert not new, f"{len(new)} of {len(codes)} differ:\n" + "\n".join(new[:40])
    assert not stale, f"no longer differ, remove from known.txt: {stale[:40]}"
