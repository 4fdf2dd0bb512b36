"""Dates to text and back, for every unit and over wide ranges."""
import datetime

import fnp as np


def test_seconds_and_below_agree_with_datetime():
    rng = np.random.default_rng(1)
    ticks = rng.integers(-62_135_596_800, 253_402_300_799, 500)
    epoch = datetime.datetime(1970, 1, 1)
    for unit, scale in (("s", 1), ("ms", 1000), ("us", 1000000)):
        part = rng.integers(0, scale, 500)
        a = (ticks * scale + part).astype(f"M8[{unit}]")
        want = [epoch + datetime.timedelta(seconds=int(t), microseconds=int(p) * (1000000 // scale))
                for t, p in zip(ticks, part)]
        assert a.tolist() == want
        text = a.astype("U")
        assert [t[:19] for t in text.tolist()] == [w.isoformat()[:19].rjust(19, "0") for w in want]
        assert (text.astype(a.dtype) == a).all()
        assert (np.array(text.tolist(), dtype=a.dtype) == a).all()
        assert str(a[3]) == text[3]


def test_common_forms_and_what_is_wrong_in_them():
    assert np.datetime64("2020-02-29") == np.datetime64("2020-02", "D") + np.timedelta64(28, "D")
    assert np.datetime64("2020-02-29T23:59").dtype == "M8[m]"
    assert np.datetime64("2020-02-29 23:59:58").dtype == "M8[s]"
    for wrong in ("2019-02-29", "2020-13-01", "2020-00-10", "2020-01-01T24:00", "2020-01-01T10:60",
                  "2020-01-01T10:10:60", "2020/01-01", "2o20-01-01"):
        try:
            np.datetime64(wrong)
        except ValueError:
            continue
        raise AssertionError(wrong)


def test_units_of_results():
    d = np.array(["2020-01-01", "NaT"], "M8[D]")
    t = np.array([1, 2], "m8[15s]")
    assert (d - d).dtype == "m8[D]" and (d - d[0]).dtype == "m8[D]" and (d + (d - d)).dtype == "M8[D]"
    assert (t * 2).dtype == t.dtype and (2 * t[0]).dtype == t.dtype and (t / t).dtype == "f8"
    assert type(t[0] + t[1]) is np.timedelta64 and np.datetime_data((t[0] + t[1]).dtype) == ("s", 15)
    assert np.isnat(d - d).tolist() == [False, True] and (d == d).tolist() == [True, False]
