"""The two light parts of `inspect` that package code uses without paying for its import."""
import types

__all__ = ['getargspec', 'formatargspec']

_HAS_STAR, _HAS_STARSTAR = 0x04, 0x08


def getargspec(func):
    """(positional names, name of *args, name of **kwargs, defaults) of a Python function."""
    func = getattr(func, '__func__', func) if isinstance(func, types.MethodType) else func
    if not isinstance(func, types.FunctionType):
        raise TypeError('arg is not a Python function')
    code, names = func.__code__, func.__code__.co_varnames
    end = code.co_argcount + code.co_kwonlyargcount
    star = starstar = None
    if code.co_flags & _HAS_STAR:
        star, end = names[end], end + 1
    if code.co_flags & _HAS_STARSTAR:
        starstar = names[end]
    return list(names[:code.co_argcount]), star, starstar, func.__defaults__


def formatargspec(args, varargs=None, varkw=None, defaults=None):
    """The text of a parameter list, parentheses included."""
    defaults = defaults or ()
    bare = len(args) - len(defaults)
    parts = [a if i < bare else f'{a}={defaults[i - bare]!r}' for i, a in enumerate(args)]
    if varargs is not None:
        parts.append('*' + varargs)
    if varkw is not None:
        parts.append('**' + varkw)
    return f"({', '.join(parts)})"
