"""fnpx.explain: the decisions behind common calls, and silence outside."""
import json
import threading

import fnpx

import fnp as np


def decisions(log, event):
    return [(r.op, r.decision) for r in log if r.event == event]


def test_promotion_and_loop():
    a, b = np.arange(4), np.arange(4.0)
    with fnpx.explain() as log:
        a + b
    (op, decision), = decisions(log, "promotion")
    assert op == "add" and decision == "float64, float64 -> float64"
    assert "int64 and float64" in log[0].reason
    assert decisions(log, "cast")[0][1].startswith("input 0, int64 to float64")
    assert decisions(log, "loop")[0][1].startswith("dd->d over 4 elements, CPU level v")


def test_views_and_copies():
    a = np.arange(6).reshape(2, 3)
    with fnpx.explain() as log:
        a.reshape(6)
        a.T.reshape(6)
        a[[0]]
        a[1:]
        a.astype("f4")
    assert [d for _, d in decisions(log, "view-or-copy")] == [
        "view", "copy of 48 bytes", "copy", "view", "copy"]
    assert ("astype", "int64 to float32, 6 elements") in decisions(log, "cast")


def test_json_lines_and_words():
    with fnpx.explain() as log:
        np.arange(4).reshape(2, 2)
    entry = json.loads(log.json_lines())
    assert entry["event"] == "view-or-copy" and entry["op"] == "reshape"
    assert str(log).startswith("reshape: the result is a view, because ")


def test_nesting_threads_and_silence():
    a = np.arange(4)
    with fnpx.explain() as outer:
        a.reshape(2, 2)
        with fnpx.explain() as inner:
            a.reshape(4, 1)
        other = threading.Thread(target=lambda: a.reshape(1, 4))
        other.start()
        other.join()
    a.reshape(2, 2)
    assert len(outer) == 2 and len(inner) == 1
