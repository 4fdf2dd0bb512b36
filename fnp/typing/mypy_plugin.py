"""The plugin for mypy, which NumPy has deprecated: annotations need none."""

__all__ = []


def plugin(version):
    """Entry point for mypy."""
    raise NotImplementedError(f'{__name__}.plugin is not written: mypy needs no plugin, '
                              'remove it from its configuration')
