"""`__array_function__` (NEP 18) and `like=` (NEP 35) around functions of ours.

The work is done by the C type `_ArrayFunctionDispatcher`; here are the decorators that make one.
"""
import collections
import functools

from .._utils import root_name, set_module
from .._utils._inspect import getargspec
from ._multiarray_umath import (
    _ArrayFunctionDispatcher,
    _get_implementing_args,
    add_docstring,
)

# Every function that can be overridden, for `numpy.testing.overrides`.
ARRAY_FUNCTIONS = set()

ArgSpec = collections.namedtuple('ArgSpec', 'args varargs keywords defaults')

array_function_like_doc = """like : array_like, optional
        Reference object: when it implements ``__array_function__``, its library creates the
        result. NumPy arrays need no such hint."""

_VARIADIC = 0x0C  # CO_VARARGS | CO_VARKEYWORDS


def get_array_function_like_doc(public_api, docstring_template=''):
    ARRAY_FUNCTIONS.add(public_api)
    template = public_api.__doc__ or docstring_template
    return template.replace('${ARRAY_FUNCTION_LIKE}', array_function_like_doc)


def finalize_array_function_like(public_api):
    public_api.__doc__ = get_array_function_like_doc(public_api)
    return public_api


def verify_matching_signatures(implementation, dispatcher):
    """Raise RuntimeError unless both take the same arguments and the dispatcher's defaults are None."""
    a, b = implementation.__code__, dispatcher.__code__
    count = a.co_argcount
    same = (
        count == b.co_argcount
        and a.co_flags & _VARIADIC == b.co_flags & _VARIADIC
        and a.co_varnames[:count] == b.co_varnames[:count]
        and len(implementation.__defaults__ or ()) == len(dispatcher.__defaults__ or ())
    )
    if same and a.co_flags & _VARIADIC:
        same = getargspec(implementation)[1:3] == getargspec(dispatcher)[1:3]
    if not same:
        raise RuntimeError(f'implementation and dispatcher for {implementation} have '
                           'different function signatures')
    for value in dispatcher.__defaults__ or ():
        if value is not None:
            raise RuntimeError('dispatcher functions can only use None for '
                               'default argument values')


def _check_like(implementation):
    code = implementation.__code__
    last = code.co_argcount + code.co_kwonlyargcount - 1
    if not code.co_kwonlyargcount or code.co_varnames[last] != 'like':
        raise RuntimeError('__array_function__ expects `like=` to be the last argument and a '
                           f'keyword-only argument. {implementation} does not seem to comply.')


def array_function_dispatch(dispatcher=None, module=None, verify=True, docs_from_dispatcher=False):
    """Decorator: let arguments with `__array_function__` take over calls.

    Parameters
    ----------
    dispatcher : callable, optional
        Called with the same arguments, returns those that may override. None is for functions
        that dispatch on ``like=`` alone.
    module : str, optional
        Home that users see.
    verify : bool
        Check the dispatcher's signature against the implementation's.
    docs_from_dispatcher : bool
        Take the docstring from the dispatcher, for implementations in C.
    """
    home = None if module is None else root_name(module)

    def decorate(implementation):
        if verify:
            if dispatcher is None:
                _check_like(implementation)
            else:
                verify_matching_signatures(implementation, dispatcher)
        if docs_from_dispatcher:
            text = dispatcher.__doc__
            if text is not None:
                add_docstring(implementation, text)
        public_api = functools.wraps(implementation)(
            _ArrayFunctionDispatcher(dispatcher, implementation))
        if home is not None:
            public_api.__module__ = home
        ARRAY_FUNCTIONS.add(public_api)
        return public_api

    return decorate


def array_function_from_dispatcher(implementation, module=None, verify=True,
                                   docs_from_dispatcher=True):
    """Like `array_function_dispatch`, but decorates the dispatcher."""

    def decorate(dispatcher):
        return array_function_dispatch(dispatcher, module, verify=verify,
                                       docs_from_dispatcher=docs_from_dispatcher)(implementation)

    return decorate
