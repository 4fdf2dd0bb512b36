"""A picture made of waves, written as PNG and read again, with its contrast spread out.

    python picture.py
"""
import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encode(pixels):
    """Bytes of an 8-bit grey PNG; each row as differences to the row above, modulo 256."""
    height, width = pixels.shape
    above = np.zeros_like(pixels)
    above[1:] = pixels[:-1]
    lines = np.empty((height, width + 1), dtype=np.uint8)
    lines[:, 0] = 2
    np.subtract(pixels, above, out=lines[:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)) + chunk(b"IEND", b"")


def decode(data):
    assert data.startswith(SIGNATURE)
    at, body = len(SIGNATURE), b""
    while at < len(data):
        size = int(np.frombuffer(data, dtype=">u4", count=1, offset=at)[0])
        kind, content = data[at + 4:at + 8], data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height = np.frombuffer(content, dtype=">u4", count=2).tolist()
        elif kind == b"IDAT":
            body += content
        at += size + 12
    lines = np.frombuffer(zlib.decompress(body), dtype=np.uint8).reshape(height, width + 1)
    assert (lines[:, 0] == 2).all()
    return np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8)


def main():
    y, x = np.mgrid[0:96, 0:128]
    waves = (x * x + 3 * y * y) % 251 + (x ^ y) // 2
    pixels = (60 + waves // 4).astype(np.uint8)
    again = decode(encode(pixels))
    print(again.shape, again.dtype, "equal:", np.array_equal(again, pixels))
    counts = np.bincount(again.ravel(), minlength=256)
    share = counts.cumsum() / again.size
    spread = np.floor(share * 255).astype(np.uint8)[again]
    for name, picture in (("before", again), ("after", spread)):
        print(f"{name:8}", np.percentile(picture, [0, 25, 50, 75, 100]), f"{picture.mean():.6f} {picture.std():.6f}")
    blocks = spread.reshape(8, 12, 8, 16).mean(axis=(1, 3))
    with np.printoptions(precision=2, linewidth=100):
        print(blocks)
    shades = np.array(list(" .:-=+*#%@"))
    print("\n".join("".join(shades[row]) for row in (blocks // 25.6).astype(int)))
    edges = np.hypot(*np.gradient(spread.astype(np.float32)))
    print("edges:", edges.dtype, f"{edges.max():.5f}", np.unravel_index(edges.argmax(), edges.shape))


if __name__ == "__main__":
    main()
