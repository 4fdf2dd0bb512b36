"""A small ledger: structured arrays, dates, sorting by several keys, groups, and text in and out.

    python ledger.py
"""
import io

import numpy as np

TEXT = """\
2024-02-27, north, pears,   12, 1.25
2024-03-01, south, apples,   7, 0.80
2024-02-29, north, apples,  30, 0.75
2024-03-01, west,  plums,    3, 2.10
2024-02-28, south, pears,   18, 1.20
2024-03-04, north, plums,    9, 2.05
2024-03-04, west,  apples,  22, 0.82
"""
ROW = np.dtype([("day", "datetime64[D]"), ("place", "U8"), ("goods", "U8"), ("count", "i4"), ("price", "f8")])


def main():
    rows = np.loadtxt(io.StringIO(TEXT), dtype=ROW, delimiter=",", converters=lambda s: s.strip(), encoding=None)
    print(rows.dtype)
    order = np.lexsort((rows["count"], rows["goods"], rows["place"]))
    for row in rows[order]:
        print(row["day"], f"{row['place']:8}{row['goods']:8}{row['count']:5}{row['price']:7.2f}")
    worth = rows["count"] * rows["price"]
    for key in ("place", "goods"):
        names, which = np.unique(rows[key], return_inverse=True)
        print(key, dict(zip(names.tolist(), np.round(np.bincount(which, weights=worth), 2).tolist())))
    weekday = (rows["day"].astype("i8") + 3) % 7  # 1970-01-01 was a Thursday; 0 is Monday
    print("weekdays:", weekday, "busiest:", np.bincount(weekday, minlength=7).argmax())
    days = np.arange(rows["day"].min(), rows["day"].max() + 1)
    running = np.zeros(days.size)
    np.add.at(running, np.searchsorted(days, rows["day"]), worth)
    print(np.cumsum(running))
    print("gaps:", np.diff(np.sort(rows["day"])))
    best = rows[worth.argmax()]
    print(best, type(best).__name__, best.dtype.names)
    out = io.StringIO()
    np.savetxt(out, np.column_stack([rows["count"], worth]), fmt=["%5d", "%10.3e"], header="count worth")
    print(out.getvalue(), end="")
    raw = rows.tobytes()
    again = np.frombuffer(raw, dtype=ROW)
    print(len(raw), (again == rows).all(), again.flags.writeable)
    print(rows[rows["price"] > 1][["place", "price"]])


if __name__ == "__main__":
    main()
