"""The `test` function of every package: runs its tests with pytest."""
import sys

__all__ = ['PytestTester']


class PytestTester:
    """Runs the tests of a module.

    Parameters
    ----------
    module_name : str
    """

    def __init__(self, module_name):
        self.module_name = module_name
        self.__module__ = module_name

    def __call__(self, label='fast', verbose=1, extra_argv=None, doctests=False, coverage=False,
                 durations=-1, tests=None):
        """Run tests; True when all passed.

        Parameters
        ----------
        label : {'fast', 'full', '', str}
            'fast' leaves slow tests out; any other text is a mark expression of pytest.
        verbose : int
        extra_argv : list, optional
            More arguments of pytest.
        doctests : bool
            Not supported.
        coverage : bool
            Report coverage of the module; needs pytest-cov.
        durations : int
            Report so many slowest tests, all with 0, none with -1.
        tests : list of str, optional
            Modules to test instead.
        """
        import pytest

        if doctests:
            raise ValueError('Doctests not supported')
        folder = sys.modules[self.module_name].__path__[0]
        args = ['-l', '-q', '-W', 'ignore:numpy.distutils', *(extra_argv or ())]
        if verbose > 1:
            args.append('-' + 'v' * (verbose - 1))
        if coverage:
            args.append('--cov=' + folder)
        if label == 'fast':
            args += ['-m', 'not slow']
        elif label != 'full':
            args += ['-m', label]
        if durations >= 0:
            args.append(f'--durations={durations}')
        args += ['--pyargs', *([self.module_name] if tests is None else tests)]
        try:
            return pytest.main(args) == 0
        except SystemExit as stop:
            return stop.code == 0
