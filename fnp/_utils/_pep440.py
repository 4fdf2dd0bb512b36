"""Version numbers in the order of PEP 440."""
import functools
import itertools
import re

__all__ = ['VERSION_PATTERN', 'InvalidVersion', 'Version', 'parse']

VERSION_PATTERN = (r'v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)'
                   r'(?:[-_.]?(?P<pre_l>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?P<pre_n>\d*))?'
                   r'(?:-(?P<post_n1>\d+)|[-_.]?(?P<post_l>post|rev|r)[-_.]?(?P<post_n2>\d*))?'
                   r'(?:[-_.]?(?P<dev_l>dev)[-_.]?(?P<dev_n>\d*))?'
                   r'(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?')

_STAGE = {'alpha': 'a', 'beta': 'b', 'c': 'rc', 'pre': 'rc', 'preview': 'rc'}


class InvalidVersion(ValueError):
    """The text is no version of PEP 440."""


@functools.total_ordering
class Version:
    """One version; compares by PEP 440.

    >>> Version('1.0rc1') < Version('1.0') < Version('1.0.post1') == Version('1.post1')
    True
    """

    def __init__(self, version):
        m = re.fullmatch(VERSION_PATTERN, version.strip(), re.I)
        if m is None:
            raise InvalidVersion(f"Invalid version: '{version}'")
        g = m.groupdict()
        self.epoch = int(g['epoch'] or 0)
        self.release = tuple(map(int, g['release'].split('.')))
        stage = (g['pre_l'] or '').lower()
        self.pre = (_STAGE.get(stage, stage), int(g['pre_n'] or 0)) if stage else None
        self.post = int(g['post_n1'] or g['post_n2'] or 0) if g['post_n1'] or g['post_l'] else None
        self.dev = int(g['dev_n'] or 0) if g['dev_l'] else None
        self.local = re.sub('[-_]', '.', g['local'].lower()) if g['local'] else None
        self._key = self._sort_key()

    def _sort_key(self):
        trimmed = self.release[::-1]
        trimmed = tuple(itertools.dropwhile(lambda n: n == 0, trimmed))[::-1]
        # a bare development release stands before every pre-release, a final one after them
        stage = self.pre or (('',) if self.dev is not None and self.post is None else ('~',))
        local = tuple((1, int(p), '') if p.isdigit() else (0, 0, p) for p in self.local.split('.')) if self.local else ()
        return (self.epoch, trimmed, stage, -1 if self.post is None else self.post,
                float('inf') if self.dev is None else self.dev, local)

    @property
    def base_version(self):
        """Epoch and release only."""
        return (f'{self.epoch}!' if self.epoch else '') + '.'.join(map(str, self.release))

    @property
    def public(self):
        """Everything but the local part."""
        return str(self).partition('+')[0]

    @property
    def is_prerelease(self):
        """Whether this precedes its final release."""
        return self.pre is not None or self.dev is not None

    @property
    def is_postrelease(self):
        """Whether this follows its final release."""
        return self.post is not None

    def __str__(self):
        return (self.base_version + ('%s%d' % self.pre if self.pre else '')
                + (f'.post{self.post}' if self.post is not None else '')
                + (f'.dev{self.dev}' if self.dev is not None else '') + (f'+{self.local}' if self.local else ''))

    def __repr__(self):
        return f"<Version('{self}')>"

    def __hash__(self):
        return hash(self._key)

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, Version) else NotImplemented


def parse(version):
    """`version` as a Version."""
    return Version(version)
