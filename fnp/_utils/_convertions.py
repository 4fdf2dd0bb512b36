"""Text and bytes, Latin-1 both ways."""

__all__ = ['asunicode', 'asbytes']


def asbytes(s):
    return s if isinstance(s, bytes) else str(s).encode('latin1')


def asunicode(s):
    return s.decode('latin1') if isinstance(s, bytes) else str(s)
