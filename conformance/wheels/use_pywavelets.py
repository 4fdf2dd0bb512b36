"""Wavelet transforms there and back, through Cython's memory views."""
import numpy as np
import pywt

x = np.sin(np.linspace(0, 10, 64))
image = np.outer(x, x)
near, detail = pywt.dwt(x, "db4")
print(f"{near.sum():.10g} {detail.sum():.10g}", np.allclose(pywt.idwt(near, detail, "db4"), x))
parts = pywt.wavedec2(image, "haar", level=2)
print(len(parts), parts[0].shape, np.allclose(pywt.waverec2(parts, "haar"), image))
print(pywt.cwt(x, [1, 2, 4], "morl")[0].shape, pywt.swt(x, "db2", level=2)[0][0][:3])
