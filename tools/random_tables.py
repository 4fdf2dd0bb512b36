"""Writes the tables of src/random from their formulas: `python tools/random_tables.py`.

ziggurat_tables.h: Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables" (2000), 255 layers
    of equal area and a base. x runs from the edge of the base down; y = f(x) grows by area / x.
log_factorials.h: what it says.
mt19937_jump.h: x^(2^128) modulo the characteristic polynomial of MT19937 (Haramoto, Matsumoto, L'Ecuyer 2008);
    the polynomial comes from the stream itself by Berlekamp and Massey.
"""
import math
import struct
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 50
ROOM = Path(__file__).parents[1] / "src" / "random"
HEAD = "/* Written by tools/random_tables.py from the formulas that it names; do not edit. */\n"


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def edges(r, area, density, inverse):
    """Right edges of the layers: [0] is that of the base's rectangle, [255] = r, [1] the narrowest."""
    x, y = [None] * 256, density(r, 255)
    x[0], x[255] = area / y, r
    for i in range(254, 0, -1):
        x[i] = inverse(area / x[i + 1] + y)
        y = density(x[i], i)
    return x


def normal_edges():
    """In doubles, as the streams want it, with r as published. NumPy's streams come from a table for which the
    density at layer 38, within 0.002 ulp of halfway between two doubles, was rounded up."""
    def density(x, layer):
        y = math.exp(-0.5 * x * x)
        exact = Decimal(-0.5 * x * x).exp()
        if layer == 38 and abs(exact - Decimal(y)) > Decimal("0.498") * Decimal(math.ulp(y)):
            return math.nextafter(y, 1.0)
        return y

    x = edges(3.6541528853610088, 0.004928673233974652, density, lambda y: math.sqrt(-2.0 * math.log(y)))
    return x, [1.0] + [density(x[i], i) for i in range(1, 256)]


def exponential_edges():
    """To 50 digits: r is where the layers close at y = 1."""
    def closes(r):
        y = (-r).exp()
        area, x = r * y + y, r
        for _ in range(255):
            y += area / x
            if y >= 1:
                return False
            x = -y.ln()
        return True

    low, high = Decimal("7.6"), Decimal("7.8")
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (low, middle) if closes(middle) else (middle, high)
    r = high
    return edges(r, (r + 1) * (-r).exp(), lambda x, _: (-x).exp(), lambda y: -y.ln())


def rows(values, per_line):
    lines = [", ".join(values[i:i + per_line]) for i in range(0, len(values), per_line)]
    return "    " + ",\n    ".join(lines) + ",\n"


def ziggurat():
    text = HEAD + """/* Per family: `widest` is the bound below which a draw lies in its layer at once, `step` the width of one
 * unit of a draw, `height` the density at the layer's edge. */
"""
    normals, heights = normal_edges()
    exponentials = exponential_edges()

    def emit(name, bits, widest, step, height):
        nonlocal text
        ctype, word = ("double", "uint64_t") if bits > 32 else ("float", "uint32_t")
        suffix = "" if bits > 32 else "f"
        text += f"static const {word} {name}_widest[256] = {{\n{rows([str(k) for k in widest], 6)}}};\n"
        for what, values in (("step", step), ("height", height)):
            text += f"static const {ctype} {name}_{what}[256] = {{\n{rows([v.hex() + suffix for v in values], 4)}}};\n"

    def ratios(x):
        return [x[255] / x[0], None] + [x[i - 1] / x[i] for i in range(2, 256)]

    half = [0 if q is None else round(q * 2.0**52) for q in ratios(normals)]
    emit("normal64", 52, half, [x / 2.0**52 for x in normals], heights)
    emit("normal32", 23, [0 if q is None else round(q * 2.0**23) for q in ratios(normals)],
         [single(x / 2.0**23) for x in normals], [single(y) for y in heights])
    emit("exponential64", 53, [0 if q is None else 2 * int(q * 2**52) for q in ratios(exponentials)],
         [float(x / 2**53) for x in exponentials], [1.0] + [float((-x).exp()) for x in exponentials[1:]])
    # Nine digits, then rounded: so the streams have it.
    emit("exponential32", 23, [0 if q is None else int(q * 2**23 + Decimal("0.5")) for q in ratios(exponentials)],
         [single(float("%.8e" % (x / 2**23))) for x in exponentials],
         [1.0] + [single(float("%.8e" % (-x).exp())) for x in exponentials[1:]])
    (ROOM / "ziggurat_tables.h").write_text("/* clang-format off */\n" + text + "/* clang-format on */\n")


def twister_bits(count):
    """The lowest bit of each output word, untempered: any linear view of the state will do."""
    n, m = 624, 397
    key, bits = [4357], []
    for _ in range(n - 1):
        key.append(69069 * key[-1] & 0xFFFFFFFF)
    for i in range(count):
        y = key[i] & 0x80000000 | key[i + 1] & 0x7FFFFFFF
        key.append(key[i + m] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0))
        bits.append(key[-1] & 1)
    return bits


def characteristic(bits):
    """Berlekamp and Massey over GF(2): the polynomial as an int, bit i for x^i."""
    now, before, length, gap, seen = 1, 1, 0, 1, 0
    for n, bit in enumerate(bits):
        seen = seen << 1 | bit  # bit i: the output i steps back
        if (now & seen).bit_count() & 1:
            kept = now
            now ^= before << gap
            if 2 * length <= n:
                length, before, gap = n + 1 - length, kept, 0
        gap += 1
    return int(bin(now)[2:].zfill(length + 1)[::-1], 2), length


def jump():
    poly, degree = characteristic(twister_bits(2 * 19937 + 64))
    assert degree == 19937 and poly >> degree == 1
    power = 2
    for _ in range(128):
        power = int("0".join(bin(power)[2:]), 2)
        while (over := power.bit_length() - 1 - degree) >= 0:
            power ^= poly << over
    words = [power >> 64 * i & 2**64 - 1 for i in range(312)]
    text = HEAD + "/* Coefficients of x^0 upwards, 64 to a word. */\n"
    text += f"static const uint64_t jump_polynomial[312] = {{\n{rows([f'{w}u' for w in words], 4)}}};\n"
    (ROOM / "mt19937_jump.h").write_text("/* clang-format off */\n" + text + "/* clang-format on */\n")


def factorials():
    logs, product = [], 1
    for k in range(126):
        product *= max(k, 1)
        logs.append(float(Decimal(product).ln()).hex())
    text = HEAD + "/* log(k!) */\n" + f"static const double log_factorials[126] = {{\n{rows(logs, 4)}}};\n"
    (ROOM / "log_factorials.h").write_text("/* clang-format off */\n" + text + "/* clang-format on */\n")


if __name__ == "__main__":
    factorials()
    ziggurat()
    jump()
