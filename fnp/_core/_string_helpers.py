"""Case mapping of ASCII letters only, whatever the locale."""

_all_chars = tuple(map(chr, range(256)))
_ascii_upper = _all_chars[ord('A'):ord('Z') + 1]
_ascii_lower = _all_chars[ord('a'):ord('z') + 1]
LOWER_TABLE = tuple(c.lower() if c in _ascii_upper else c for c in _all_chars)
UPPER_TABLE = tuple(c.upper() if c in _ascii_lower else c for c in _all_chars)

_to_lower = {ord(a): b for a, b in zip(_ascii_upper, _ascii_lower)}
_to_upper = {ord(a): b for a, b in zip(_ascii_lower, _ascii_upper)}


def english_lower(s):
    return s.translate(_to_lower)


def english_upper(s):
    return s.translate(_to_upper)


def english_capitalize(s):
    return english_upper(s[:1]) + s[1:]
