"""Hourly air-quality readings: daily and rolling means, sub-indices, worst days, correlations.

    python air_quality.py [FILE.csv]

FILE has a header line, a column of times by the hour, and one column for each pollutant. Hours may be
missing, and so may values. An ordinary NumPy program: it knows nothing of what `numpy` is.
"""
import pathlib
import sys
import tempfile

import numpy as np

DEFAULT = pathlib.Path(__file__).parent / "data" / "air-quality-data.csv"

# India's national air quality index: concentrations at which a sub-index passes from one class to the
# next. Means over 24 hours, for CO and O3 the day's highest mean over 8 hours. CO in mg/m3, all others ug/m3.
CLASSES = np.array(["good", "satisfactory", "moderate", "poor", "very poor", "severe"])
INDEX_AT = np.array([0, 50, 100, 200, 300, 400, 500])
BREAKPOINTS = {
    "PM2.5": [0, 30, 60, 90, 120, 250, 380],
    "PM10": [0, 50, 100, 250, 350, 430, 510],
    "NO2": [0, 40, 80, 180, 280, 400, 520],
    "NH3": [0, 200, 400, 800, 1200, 1800, 2400],
    "SO2": [0, 40, 80, 380, 800, 1600, 2400],
    "CO": [0, 1, 2, 10, 17, 34, 51],
    "O3": [0, 50, 100, 168, 208, 748, 1288],
}
EIGHT_HOURS = ("CO", "O3")
ENOUGH = 0.75  # of the hours of a window must have a value


def read(path):
    """Names of the columns, hours without a gap, and values (hours, columns) with NaN for what is missing."""
    with open(path) as f:
        names = f.readline().strip().split(",")[1:]
    stamps = np.loadtxt(path, dtype="U19", delimiter=",", skiprows=1, usecols=0, ndmin=1)
    values = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=range(1, len(names) + 1), ndmin=2)
    times = stamps.astype("datetime64[h]")
    first = times.min().astype("datetime64[D]").astype("datetime64[h]")
    after = times.max().astype("datetime64[D]") + np.timedelta64(1, "D")
    hours = np.arange(first, after.astype("datetime64[h]"))
    grid = np.full((hours.size, len(names)), np.nan)
    grid[(times - first).astype(np.int64)] = values
    return names, hours, grid


def mean_where_known(windows):
    """Means over the last axis; NaN where fewer than ENOUGH of the values are there."""
    known = np.isfinite(windows)
    count = known.sum(axis=-1)
    total = np.where(known, windows, 0.0).sum(axis=-1)
    means = np.full(count.shape, np.nan)
    np.divide(total, count, out=means, where=count >= ENOUGH * windows.shape[-1])
    return means


def rolling(values, length):
    """Means over the last `length` hours; the first ones see fewer, and so are NaN at first."""
    padded = np.concatenate([np.full((length - 1, *values.shape[1:]), np.nan), values])
    return mean_where_known(np.lib.stride_tricks.sliding_window_view(padded, length, axis=0))


def highest(values, axis):
    """Like nanmax, but NaN and no warning where all are NaN."""
    filled = np.where(np.isnan(values), -np.inf, values).max(axis=axis)
    return np.where(np.isneginf(filled), np.nan, filled)


def sub_indices(names, daily, eight):
    """(days, pollutants) of 0..500 for those pollutants that have breakpoints, and their names."""
    used = [name for name in names if name in BREAKPOINTS]
    table = np.empty((len(daily), len(used)))
    for j, name in enumerate(used):
        source = eight if name in EIGHT_HOURS else daily
        concentration = source[:, names.index(name)]
        table[:, j] = np.interp(concentration, BREAKPOINTS[name], INDEX_AT)
    return used, table


def correlations(values):
    """Matrix of correlations, each of the rows where both have a value; NaN where there are too few."""
    n = values.shape[1]
    matrix = np.full((n, n), np.nan)
    for i in range(n):
        for j in range(i + 1):
            both = np.isfinite(values[:, i]) & np.isfinite(values[:, j])
            x, y = values[both, i], values[both, j]
            if x.size > 1 and np.ptp(x) > 0 and np.ptp(y) > 0:
                matrix[i, j] = matrix[j, i] = np.corrcoef(x, y)[0, 1]
    return matrix


def title(text):
    print(f"\n{text}\n{'-' * len(text)}")


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else DEFAULT
    np.set_printoptions(precision=4, suppress=True, linewidth=100, threshold=60, edgeitems=3)
    names, hours, grid = read(path)
    days = hours[::24].astype("datetime64[D]")

    title("Readings")
    print(f"{hours[0]} to {hours[-1]}: {hours.size} hours, {days.size} days, {len(names)} pollutants")
    known = np.isfinite(grid)
    print("values missing:", np.count_nonzero(~known), "| hours without any:", np.count_nonzero(~known.any(axis=1)))
    print(f"{'':10}{'mean':>10}{'std':>10}{'min':>10}{'median':>10}{'95 %':>10}{'max':>10}")
    for name, column in zip(names, grid.T):
        column = column[np.isfinite(column)]
        if column.size == 0:
            print(f"{name:10}{'-':>10}")
            continue
        low, middle, high = np.percentile(column, [0, 50, 95])
        row = [column.mean(), column.std(), low, middle, high, column.max()]
        print(f"{name:10}" + "".join(f"{v:10.3f}" for v in row))

    title("Daily means")
    by_day = grid.reshape(days.size, 24, len(names))
    daily = mean_where_known(by_day.transpose(0, 2, 1))
    print(daily)
    print(daily.dtype, daily.shape, daily.flags.c_contiguous)

    title("Rolling means, 8 and 24 hours, every twelfth of the hours")
    eight_hourly, day_long = rolling(grid, 8), rolling(grid, 24)
    chosen = np.linspace(0, hours.size - 1, 13).astype(int)
    for when, a, b in zip(hours[chosen], eight_hourly[chosen, 0], day_long[chosen, 0]):
        print(f"{when}  {names[0]} {a:10.4f} {b:10.4f}")

    title("By hour of the day")
    counts = np.isfinite(by_day).sum(axis=0)
    sums = np.where(np.isfinite(by_day), by_day, 0.0).sum(axis=0)
    profile = sums / np.maximum(counts, 1)
    print("hour of the highest mean:", dict(zip(names, profile.argmax(axis=0).tolist())))

    title("By month")
    months = days.astype("datetime64[M]")
    each, first, size = np.unique(months, return_index=True, return_counts=True)
    total = np.add.reduceat(np.nan_to_num(daily), first, axis=0)
    count = np.add.reduceat(np.isfinite(daily).astype(np.int64), first, axis=0)
    monthly = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    for month, n, row in zip(each, size, monthly):
        print(month, f"{n:3}", " ".join(f"{v:8.2f}" for v in row[:6]))

    title("Sub-indices")
    eight = highest(eight_hourly.reshape(days.size, 24, -1), axis=1)
    used, indices = sub_indices(names, daily, eight)
    overall = highest(indices, axis=1)
    leading = np.where(np.isnan(indices), -1.0, indices).argmax(axis=1)
    print(f"{'':8}{'mean':>8}{'max':>8}  days in each class")
    for name, column in zip(used, indices.T):
        column = column[np.isfinite(column)]
        classes = np.bincount(np.searchsorted(INDEX_AT[1:-1], column), minlength=CLASSES.size)
        mean = column.mean() if column.size else np.nan
        print(f"{name:8}{mean:8.2f}{column.max(initial=0.0):8.2f}  {classes}")
    rated = np.isfinite(overall)
    grades = np.searchsorted(INDEX_AT[1:-1], overall[rated])
    for name, n in zip(CLASSES, np.bincount(grades, minlength=CLASSES.size)):
        print(f"{name:14}{n:5} days {100 * n / max(grades.size, 1):7.2f} %")

    title("Worst days")
    order = np.argsort(-overall[rated], kind="stable")[:10]
    for day, value, grade, lead in zip(days[rated][order], overall[rated][order], grades[order], leading[rated][order]):
        print(day, f"{value:8.3f}", f"{CLASSES[grade]:12}", used[lead])
    above = np.concatenate([[False], overall > INDEX_AT[2], [False]])
    edges = np.flatnonzero(above[1:] != above[:-1])
    starts, ends = edges[::2], edges[1::2]
    if starts.size:
        longest = (ends - starts).argmax()
        print(f"{starts.size} spells above {INDEX_AT[2]}; the longest {ends[longest] - starts[longest]} days, "
              f"from {days[starts[longest]]} to {days[ends[longest] - 1]}")

    title("Correlations of daily means")
    matrix = correlations(daily)
    print(" " * 8 + "".join(f"{name:>9}" for name in names))
    for name, row in zip(names, matrix):
        print(f"{name:8}" + "".join(f"{v:9.4f}" for v in row))
    upper = np.triu_indices(len(names), 1)
    ranked = np.argsort(np.nan_to_num(-np.abs(matrix[upper]), nan=np.inf), kind="stable")[:3]
    print("strongest:", [f"{names[upper[0][k]]}-{names[upper[1][k]]}" for k in ranked])

    title("Saved and read back")
    record = np.zeros(days.size, dtype=[("day", "datetime64[D]"), ("index", "f8"), ("lead", "U8")])
    record["day"], record["index"], record["lead"] = days, np.round(overall, 6), np.array(used)[leading]
    with tempfile.TemporaryDirectory() as folder:
        archive, text = pathlib.Path(folder, "result.npz"), pathlib.Path(folder, "result.csv")
        np.savez_compressed(archive, daily=daily, indices=indices, record=record, names=np.array(names))
        np.savetxt(text, np.column_stack([overall, indices]), delimiter=",", fmt="%.6f", comments="",
                   header=",".join(["index", *used]))
        with np.load(archive) as z:
            print("npz:", sorted(z.files), z["record"].dtype)
            same = [np.array_equal(z["daily"], daily, equal_nan=True), np.array_equal(z["indices"], indices, equal_nan=True),
                    bool((z["record"]["day"] == days).all()), z["names"].tolist() == names]
        print("equal:", same)
        again = np.genfromtxt(text, delimiter=",", names=True)
        print("csv:", again.dtype.names, again.shape,
              np.allclose(again["index"], overall, rtol=0, atol=1e-6, equal_nan=True))
    print(record[:2], record[-1])


if __name__ == "__main__":
    main()
