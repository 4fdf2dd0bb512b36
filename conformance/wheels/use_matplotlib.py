"""matplotlib: lines, images, contours, histograms and text, drawn into pixels."""
import zlib

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import dates, pyplot  # noqa: E402

x = np.linspace(0, 6, 200)
figure, axes = pyplot.subplots(2, 2, figsize=(6, 5))
axes[0, 0].plot(x, np.sin(x), "r--", x, np.cos(x))
axes[0, 1].imshow(np.outer(np.sin(x), np.cos(x)))
axes[1, 0].contourf(np.add.outer(x[:40] ** 2, x[:30]), levels=7)
axes[1, 0].text(3, 3, "text")
print(axes[1, 1].hist(np.sin(x * 50), bins=9)[0])
axes[1, 1].set_yscale("log")
figure.canvas.draw()
pixels = np.asarray(figure.canvas.buffer_rgba())
print(pixels.shape, pixels.dtype, zlib.crc32(pixels.tobytes()))
print(dates.date2num(np.array(["2020-01-01", "2021-05-06T12"], "M8[h]")), matplotlib.colormaps["viridis"]([0.0, 0.5]))
