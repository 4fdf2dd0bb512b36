"""contourpy (pybind11): contour lines and filled contours."""
import contourpy
import numpy as np

x, y = np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-1, 1, 17))
z = x * x + 2 * y * y
for name in ("serial", "threaded", "mpl2014", "mpl2005"):
    generator = contourpy.contour_generator(x, y, z, name=name)
    lines = generator.lines(0.5)
    if isinstance(lines, tuple):  # points and codes apart
        lines = lines[0]
    points = np.concatenate(lines)
    print(name, len(lines), points.shape, points.dtype, np.round(np.abs(points).sum(), 6))
masked = np.ma.array(z, mask=z > 1.5)
generator = contourpy.contour_generator(z=masked, fill_type="OuterOffset", line_type="SeparateCode")
polygons, offsets = generator.filled(0.2, 0.8)
print(len(polygons), [p.shape for p in polygons], [o.tolist() for o in offsets])
lines, codes = generator.lines(1.0)
print(len(lines), [c.dtype for c in codes], [np.bincount(c).tolist() for c in codes])
try:
    contourpy.contour_generator(z=np.zeros(3))
except (TypeError, ValueError) as error:
    print(type(error).__name__, error)
