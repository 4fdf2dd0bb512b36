"""Look at how functions were built."""
__all__ = ["opt_func_info"]


def opt_func_info(func_name=None, signature=None):
    """CPU levels that optimised functions use, and those they could use.

    Parameters
    ----------
    func_name : str, optional
        Regular expression that function names have to match.
    signature : str, optional
        Regular expression that signatures, in characters or names of types, have to match.

    Returns
    -------
    dict of function name to dict of signature to {'current': ..., 'available': ...}

    Examples
    --------
    >>> np.lib.introspect.opt_func_info(func_name='no such function')
    {}
    """
    import re

    from .._core import _multiarray_umath as core
    from .._core.multiarray import dtype

    def names(chars):
        return "".join(dtype(c).name for c in chars)

    targets = getattr(core, "__cpu_targets_info__", {})
    found = {}
    for name, by_signature in targets.items():
        if func_name is not None and not re.search(func_name, name):
            continue
        chosen = {
            chars: info
            for chars, info in by_signature.items()
            if signature is None or re.search(signature, chars) or re.search(signature, names(chars))
        }
        if chosen:
            found[name] = chosen
    return found
