"""The print options, one value per thread or task."""
import sys
from contextvars import ContextVar

__all__ = ['format_options']

default_format_options_dict = {
    'precision': 8, 'floatmode': 'maxprec', 'suppress': False, 'sign': '-',
    'threshold': 1000, 'edgeitems': 3, 'linewidth': 75,
    'nanstr': 'nan', 'infstr': 'inf', 'formatter': None,
    # Version of NumPy whose output is imitated, as a number: 113 for '1.13'.
    'legacy': sys.maxsize,
    'override_repr': None,
}

format_options = ContextVar('format_options', default=default_format_options_dict)
