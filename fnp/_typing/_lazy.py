"""Modules here are empty until someone asks for a name of theirs."""


def room(module):
    """The `__getattr__` of a module: the first name asked for fills it."""

    def __getattr__(name):
        if name[:2] != '__':
            import sys
            from importlib import import_module

            _definitions = import_module(f'{__package__}._definitions')
            space = vars(sys.modules[module])
            space.update((known, getattr(_definitions, known))
                         for known in _definitions.ROOMS[module.rpartition('.')[2]])
            if name in space:
                return space[name]
            if hasattr(_definitions, name) and name not in ('ROOMS',):
                return getattr(_definitions, name)
        raise AttributeError(f'module {module!r} has no attribute {name!r}')

    return __getattr__
