"""Numbers of a bit generator through cffi: `.cffi` has its C functions and their state."""
from ... import PCG64


def uniforms(count, seed=None):
    """A list of `count` floats in [0, 1)."""
    bits = PCG64(seed)
    source = bits.cffi
    with bits.lock:
        return [source.next_double(source.state) for _ in range(count)]


def words(count, seed=None):
    """A list of `count` unsigned words of 32 bits."""
    bits = PCG64(seed)
    source = bits.cffi
    with bits.lock:
        return [source.next_uint32(source.state) for _ in range(count)]
