"""The command `numpy-config`: what builds need to know."""
import argparse
from pathlib import Path

from .version import version

_CORE = Path(__file__).parent / '_core'


def main(argv=None):
    parser = argparse.ArgumentParser(prog='numpy-config')
    parser.add_argument('--version', action='version', version=version,
                        help='Print the version and exit.')
    parser.add_argument('--cflags', action='store_true',
                        help='Compile flag needed when using the NumPy headers.')
    parser.add_argument('--pkgconfigdir', action='store_true',
                        help='Print the pkgconfig directory in which `numpy.pc` is stored '
                             '(useful for setting $PKG_CONFIG_PATH).')
    wishes = parser.parse_args(argv)
    if wishes.cflags:
        print(f'-I{_CORE / "include"}')
    if wishes.pkgconfigdir:
        print(_CORE / 'lib' / 'pkgconfig')
    if not (wishes.cflags or wishes.pkgconfigdir):
        parser.print_help()


if __name__ == '__main__':
    main()
