"""Catching, counting and silencing warnings."""
import contextlib
import functools
import re
import sys
import warnings
from warnings import WarningMessage

_DEPRECATED = (
    "NumPy warning suppression and assertion utilities are deprecated. Use warnings.catch_warnings, "
    "warnings.filterwarnings, pytest.warns, or pytest.filterwarnings instead. (Deprecated NumPy 2.4)"
)


def assert_warns(warning_class, *args, **kwargs):
    """Fail unless a `warning_class` is warned in the block, or by `args[0](*args[1:], **kwargs)`.

    Deprecated; use ``pytest.warns``.
    """
    warnings.warn(_DEPRECATED, DeprecationWarning, stacklevel=2)
    if not args and kwargs:
        raise RuntimeError(
            "assert_warns does not use 'match' kwarg, use pytest.warns instead" if "match" in kwargs
            else "assert_warns(...) needs at least one arg"
        )
    if not args:
        return _expecting(warning_class)
    func, *rest = args
    with _expecting(warning_class, func.__name__):
        return func(*rest, **kwargs)


@contextlib.contextmanager
def _expecting(warning_class, name=None):
    __tracebackhide__ = True
    with suppress_warnings(_warn=False) as catcher:
        seen = catcher.record(warning_class)
        yield
        if not seen:
            raise AssertionError("No warning raised" + _calling(name))


def assert_no_warnings(*args, **kwargs):
    """Fail if anything is warned in the block, or by `args[0](*args[1:], **kwargs)`."""
    if not args:
        return _expecting_none()
    func, *rest = args
    with _expecting_none(func.__name__):
        return func(*rest, **kwargs)


@contextlib.contextmanager
def _expecting_none(name=None):
    __tracebackhide__ = True
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield
        if seen:
            raise AssertionError(f"Got warnings{_calling(name)}: {seen}")


def _calling(name):
    return "" if name is None else f" when calling {name}"


class clear_and_catch_warnings(warnings.catch_warnings):
    """catch_warnings that starts with empty once-registries of `modules`, and restores them.

    A subclass can name modules for all its uses in `class_modules`.
    """

    class_modules = ()

    def __init__(self, record=False, modules=()):
        super().__init__(record=record)
        self.modules = {*modules, *self.class_modules}
        self._registries = {}

    def __enter__(self):
        for module in self.modules:
            if hasattr(module, "__warningregistry__"):
                self._registries[module] = dict(module.__warningregistry__)
                module.__warningregistry__.clear()
        return super().__enter__()

    def __exit__(self, *exc_info):
        super().__exit__(*exc_info)
        for module in self.modules:
            if hasattr(module, "__warningregistry__"):
                module.__warningregistry__.clear()
            if module in self._registries:
                module.__warningregistry__.update(self._registries.pop(module))


class _Rule:
    """One filter or record of suppress_warnings: matches like `warnings.filterwarnings`."""

    def __init__(self, category, message, module, log):
        self.category, self.text, self.module, self.log = category, message, module, log
        self.pattern = re.compile(message, re.IGNORECASE)

    def matches(self, category, text, filename):
        if not issubclass(category, self.category) or not self.pattern.match(text):
            return False
        if self.module is None:
            return True
        source = self.module.__file__
        return filename == (source[:-1] if source.endswith(".pyc") else source)

    def quiets(self):
        """Have the warnings module drop what needs no record."""
        name = "" if self.module is None else re.escape(self.module.__name__) + "$"
        action = "ignore" if self.log is None else "always"
        warnings.filterwarnings(action, category=self.category, message=self.text, module=name)


class suppress_warnings:
    """Context manager and decorator that drops or records chosen warnings; deprecated.

    `filter` drops matching warnings, `record` keeps them in the list it returns and in `log`. What
    matches neither goes to the caller's own handler: always, or once per `module`, `location` or
    for the whole block (`once`). Rules set inside the block end with it; later rules come first.
    """

    def __init__(self, forwarding_rule="always", _warn=True):
        if _warn:
            warnings.warn(_DEPRECATED, DeprecationWarning, stacklevel=2)
        if forwarding_rule not in ("always", "module", "once", "location"):
            raise ValueError("unsupported forwarding rule.")
        self._forwarding_rule = forwarding_rule
        self._lasting = []
        self._entered = False

    def filter(self, category=Warning, message="", module=None):
        """Drop warnings of `category` whose text starts with the pattern `message`, from `module`."""
        self._add(category, message, module, None)

    def record(self, category=Warning, message="", module=None):
        """Keep such warnings instead; returns the list that they are kept in."""
        return self._add(category, message, module, [])

    def _add(self, category, message, module, log):
        rule = _Rule(category, message, module, log)
        if self._entered:
            self._passing.append(rule)
            self._apply(rule)
        else:
            self._lasting.append(rule)
        return log

    def _apply(self, rule):
        rule.quiets()
        if rule.module is not None:
            registry = getattr(rule.module, "__warningregistry__", None)
            if registry is not None and rule.module not in self._registries:
                self._registries[rule.module] = dict(registry)
                registry.clear()
            self._touched.add(rule.module)

    def __enter__(self):
        if self._entered:
            raise RuntimeError("cannot enter suppress_warnings twice.")
        self._entered = True
        self._passing, self._forwarded, self.log = [], set(), []
        self._touched, self._registries = set(), {}
        self._saved = warnings.filters, warnings.showwarning
        warnings.filters = warnings.filters[:]
        warnings._filters_mutated()
        warnings.showwarning = self._show
        for rule in self._lasting:
            if rule.log is not None:
                del rule.log[:]
            self._apply(rule)
        return self

    def __exit__(self, *exc_info):
        warnings.filters, warnings.showwarning = self._saved
        warnings._filters_mutated()
        for module in self._touched:
            registry = getattr(module, "__warningregistry__", None)
            if registry is not None:
                registry.clear()
                registry.update(self._registries.get(module, {}))
        self._entered = False

    def _show(self, message, category, filename, lineno, *args, **kwargs):
        text = str(message)
        for rule in (*reversed(self._passing), *reversed(self._lasting)):
            if rule.matches(category, text, filename):
                if rule.log is not None:
                    kept = WarningMessage(message, category, filename, lineno)
                    self.log.append(kept)
                    rule.log.append(kept)
                return
        place = {
            "always": None, "once": (text, category), "module": (text, category, filename),
            "location": (text, category, filename, lineno),
        }[self._forwarding_rule]
        if place is not None:
            if place in self._forwarded:
                return
            self._forwarded.add(place)
        self._saved[1](message, category, filename, lineno, *args, **kwargs)

    def __call__(self, func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            with self:
                return func(*args, **kwargs)

        return wrapper
