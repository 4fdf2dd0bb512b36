"""astropy over pyerfa: gufuncs on structs with a type resolver of their own, units, times, tables."""
import io

import astropy.units as u
import erfa
import numpy as np
from astropy.convolution import convolve
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.stats import sigma_clip
from astropy.table import Table
from astropy.time import Time

print(erfa.cal2jd(2020, 1, [1, 2, 3]), erfa.gst06a(2458849.5, [0.1, 0.2], 2458849.5, 0.1))
print(erfa.ufunc.c2s(np.array([[1.0, 2, 3], [3, 2, 1]])), erfa.dat(2020, 1, 1, 0.0))
q = np.arange(4.0) * u.km
print((q / (2 * u.s)).to(u.m / u.s), np.sum(q), np.sqrt(q * q), np.concatenate([q, q]), q.mean())
t = Time(["2020-01-01", "2021-06-01"])
print(t.jd, t.unix, (t[1] - t[0]).jd, t.isot)
c = SkyCoord([10, 20] * u.deg, [5, -5] * u.deg)
print(c.galactic.l, c.separation(c[0]))
table = Table({"a": [1, 2, 3], "b": ["x", "y", "z"]})
table["c"] = table["a"] * 2.5
print(table, table.group_by("b").groups.keys)
stream = io.BytesIO()
fits.PrimaryHDU(np.arange(12, dtype=">i2").reshape(3, 4)).writeto(stream)
stream.seek(0)
print(fits.open(stream)[0].data, sigma_clip(np.array([1.0, 1, 1, 2, 50]), sigma=1.5), convolve(np.arange(5.0), [1, 2, 1]))
