"""What the library decided during a block of code, and why.

    with fnpx.explain() as log:
        a + b
    print(log)

Each record names the call, the kind of decision (promotion, cast, view-or-copy, loop, threads,
policy), what was decided and the reason. Records are those of the thread that runs the block.
Without such a block the cost is one predicted branch per decision.
"""
from collections import namedtuple

Record = namedtuple("Record", "event op decision reason words json")


def _ledger_type():
    import fnp._core._multiarray_umath as core  # the running instance, under either name
    return core._Ledger


class Log:
    """Decisions of a block, oldest first: iterate, index, print, or write as JSON lines."""

    def __init__(self, stream=None):
        self._ledger = _ledger_type()()
        self._records = []
        self._stream = stream

    def __enter__(self):
        self._ledger.start()
        return self

    def __exit__(self, *exc):
        self._ledger.stop()
        if self._stream is not None:
            for record in self.records:
                self._stream.write(record.words + "\n")
        return False

    @property
    def records(self):
        """All records so far."""
        self._records += [Record(*entry) for entry in self._ledger.drain()]
        return list(self._records)

    def json_lines(self):
        """The records as text, one JSON object per line."""
        return "".join(record.json + "\n" for record in self.records)

    def write(self, path):
        """Append the records to a file as JSON lines."""
        with open(path, "a", encoding="utf-8") as f:
            f.write(self.json_lines())

    def __iter__(self):
        return iter(self.records)

    def __len__(self):
        return len(self.records)

    def __getitem__(self, index):
        return self.records[index]

    def __str__(self):
        return "\n".join(record.words for record in self.records)

    def __repr__(self):
        return f"<fnpx.explain: {len(self)} decisions>"


def explain(stream=None):
    """Context manager that gives a `Log`; with `stream`, sentences are also written there at the end."""
    return Log(stream)
