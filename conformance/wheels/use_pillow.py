"""Pillow: pictures to arrays and arrays to pictures."""
import io

import numpy as np
from PIL import Image

y, x = np.mgrid[0:8, 0:12]
grey = ((x * 20 + y * 3) % 256).astype(np.uint8)
image = Image.fromarray(grey)
print(image.mode, image.size, np.array_equal(np.asarray(image), grey))
colour = np.stack([grey, grey[::-1], 255 - grey], axis=-1)
buffer = io.BytesIO()
Image.fromarray(colour).save(buffer, "PNG")
back = np.array(Image.open(io.BytesIO(buffer.getvalue())))
print(back.shape, back.dtype, back.flags.writeable, np.array_equal(back, colour), back.sum(axis=(0, 1)))
small = np.asarray(image.resize((6, 4), Image.Resampling.BOX))
print(small, np.asarray(image.rotate(90, expand=True)).shape)
print(np.asarray(Image.fromarray(grey > 100)).dtype, np.asarray(Image.fromarray(grey.astype("f4"))).mean().round(4))
print(np.asarray(Image.fromarray(grey.astype("u2") * 256)).max(), np.array(Image.new("RGBA", (2, 1), (1, 2, 3, 4))))
