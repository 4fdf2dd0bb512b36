"""A path that compiled users of `random` import."""
