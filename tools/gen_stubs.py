#!/usr/bin/env python3
"""gen_stubs.py [--check]: write the .pyi files below fnp/, what editors and type checkers see of the package.

They are read off the running package: names, the signatures that inspect finds, classes with their bases and members,
the types of constants. A type that the package does not state is Any. --check only tells which files are stale.
"""
import builtins
import importlib
import inspect
import keyword
import pathlib
import re
import sys
import types
import warnings

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MODULES = """fnp fnp.char fnp.ctypeslib fnp.dtypes fnp.exceptions fnp.f2py fnp.fft fnp.lib fnp.lib.array_utils fnp.lib.format
fnp.lib.introspect fnp.lib.mixins fnp.lib.npyio fnp.lib.scimath fnp.lib.stride_tricks fnp.linalg fnp.ma fnp.ma.extras
fnp.matlib fnp.matrixlib fnp.polynomial fnp.polynomial.chebyshev fnp.polynomial.hermite fnp.polynomial.hermite_e
fnp.polynomial.laguerre fnp.polynomial.legendre fnp.polynomial.polynomial fnp.polynomial.polyutils fnp.random fnp.rec
fnp.strings fnp.testing fnp.testing.overrides fnp.typing fnp.version fnp._core fnp.distutils""".split()
HEAD = "# Written by tools/gen_stubs.py from the package itself.\n"
USED = {"builtins": "import builtins", "Any": "from typing import Any", "Generic": "from typing import Generic",
        "TypeAlias": "from typing import TypeAlias", "Self": "from typing_extensions import Self",
        "TypeVar": "from typing_extensions import TypeVar"}
# Classes that annotations subscript, and with how many types.
PARAMETERS = {"ndarray": 2, "dtype": 1, "number": 1, "integer": 1, "signedinteger": 1, "unsignedinteger": 1, "inexact": 1,
              "floating": 1, "complexfloating": 2, "flatiter": 1}
VARIABLES = 'T0 = TypeVar("T0", default=Any)\nT1 = TypeVar("T1", default=Any)\n\n'
RETURNS = {"__len__": "int", "__bool__": "bool", "__repr__": "str", "__str__": "str", "__format__": "str", "__int__": "int",
           "__float__": "float", "__complex__": "complex", "__index__": "int", "__contains__": "bool", "__hash__": "int",
           "__setitem__": "None", "__delitem__": "None", "__enter__": "Self"}
# What every class has from object, or what no caller names.
SKIPPED = set("""__annotations__ __class__ __delattr__ __dict__ __dir__ __doc__ __getattribute__ __getnewargs__ __init_subclass__
__module__ __new__ __reduce__ __reduce_ex__ __setattr__ __setstate__ __getstate__ __sizeof__ __subclasshook__ __weakref__ __slots__
__text_signature__ __abstractmethods__ __parameters__ __orig_bases__ __init__ __getattr__ __match_args__ __qualname__ __class_getitem__ __final__""".split())


def literal(value):
    """A default as text, or "..." if it is not one that a stub can hold."""
    if value is None or type(value) in (bool, int, str):
        return repr(value)
    if type(value) is float and value == value and abs(value) != float("inf"):
        return repr(value)
    return "..."


def parameters(signature, method):
    """The text between the parentheses; a method's first parameter is self or cls."""
    shown, star, positional = [], False, False
    given = list(signature.parameters.values())
    for i, p in enumerate(given):
        if positional and p.kind is not p.POSITIONAL_ONLY:
            shown.append("/")
            positional = False
        positional = positional or p.kind is p.POSITIONAL_ONLY and not (method and i == 0)
        if p.kind is p.KEYWORD_ONLY and not star:
            shown.append("*")
            star = True
        star = star or p.kind is p.VAR_POSITIONAL
        prefix = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}.get(p.kind, "")
        typed = "" if method and i == 0 else ": Any"
        default = "" if p.default is p.empty else f" = {literal(p.default)}"
        shown.append(f"{prefix}{p.name}{typed}{default}")
    return ", ".join(shown + ["/"] * positional)


def function(name, value, method="", indent=""):
    """A function's stub; `method`: "" or the name of its first parameter."""
    try:
        signature = inspect.signature(value)
        names = list(signature.parameters)
        inside = parameters(signature, bool(method) and bool(names) and names[0] in ("self", "cls", "object", "type", "instance"))
        if method and not (names and names[0] in ("self", "cls", "object", "type", "instance")):
            inside = ", ".join([method] + [inside] * bool(inside))
        if any(keyword.iskeyword(n) for n in names):
            raise ValueError(names)
    except (TypeError, ValueError):
        inside = ", ".join([method] * bool(method) + ["*args: Any", "**kwargs: Any"])
    result = RETURNS.get(name)
    result = "Any" if result is None else result if result in ("None", "Self") else f"builtins.{result}"
    return f"{indent}def {name}({inside}) -> {result}: ..."


def is_alias(value):
    """Whether it is a type made of others."""
    return type(value).__module__ == "typing" or isinstance(value, (types.GenericAlias, types.UnionType))


def names_of(module):
    """The names that a module's stub has."""
    listed = getattr(module, "__all__", None)
    found = set(listed or (n for n in dir(module) if not n.startswith("_")))
    if module.__name__ == "fnp":
        found |= {n for n in dir(module) if not n.startswith("_")} | {"__version__"}
    return sorted(n for n in found if n.isidentifier() and not keyword.iskeyword(n) and hasattr(module, n))


class Stub:
    """One module's stub."""

    def __init__(self, module, modules):
        self.module, self.modules = module, modules
        self.name = module.__name__
        self.is_package = hasattr(module, "__path__") and pathlib.Path(module.__file__).name == "__init__.py"
        self.path = pathlib.Path(module.__file__).with_suffix(".pyi")
        self.public = names_of(module)
        self.imports, self.body = set(), []
        self.needs_variables = False

    def relative(self, other):
        """`other`, a module's name, as this file imports from it."""
        here = self.name if self.is_package else self.name.rpartition(".")[0]
        up = "."
        while other != here and not other.startswith(here + "."):
            here = here.rpartition(".")[0]
            up += "."
        return up + other[len(here):].lstrip(".")

    def home(self, value):
        """The module whose stub has this class, function or ufunc under its own name, if another's."""
        home, name = getattr(value, "__module__", None), getattr(value, "__name__", None)
        home = home if home in self.modules else "fnp"  # ufuncs name no module
        other = self.modules[home]
        return home if home != self.name and name in names_of(other) and getattr(other, name) is value else None

    def reference(self, cls):
        """The text that names a class here, or None."""
        if cls.__module__ == "builtins":
            return f"builtins.{cls.__name__}" if hasattr(builtins, cls.__name__) else None
        if getattr(self.module, cls.__name__, None) is cls and cls.__name__ in self.public:
            return cls.__name__
        home = self.home(cls)
        if home:
            self.imports.add(f"from {self.relative(home)} import {cls.__name__}")
            return cls.__name__
        if cls.__module__.partition(".")[0] in sys.stdlib_module_names and cls.__module__[0] != "_":
            self.imports.add(f"import {cls.__module__}")
            return f"{cls.__module__}.{cls.__qualname__}"
        return None

    def bases(self, cls):
        count = PARAMETERS.get(cls.__name__, 0) if cls.__module__ == "fnp" else 0
        mine = [f"T{i}" for i in range(count)]
        shown, seen = [], []
        for base in cls.__mro__[1:]:
            if base is object or any(issubclass(b, base) for b in seen) or base.__module__ == "typing":
                continue
            text = self.reference(base)
            if text is None:
                continue
            seen.append(base)
            wanted = PARAMETERS.get(base.__name__, 0) if base.__module__ == "fnp" else 0
            if mine and wanted:
                text += f"[{', '.join(mine[:wanted])}]"
            shown.append(text)
        if count:
            self.needs_variables = True
            shown.append(f"Generic[{', '.join(mine)}]")
        return shown

    def member(self, cls, name, value):
        if isinstance(value, (property, types.GetSetDescriptorType, types.MemberDescriptorType)) or inspect.isdatadescriptor(value):
            yield f"    @property\n    def {name}(self) -> Any: ..."
            if isinstance(value, property) and value.fset:
                yield f"    @{name}.setter\n    def {name}(self, value: Any) -> None: ..."
        elif isinstance(value, staticmethod):
            yield "    @staticmethod\n" + function(name, value.__func__, "", "    ")
        elif isinstance(value, (classmethod, types.ClassMethodDescriptorType)):
            yield "    @classmethod\n" + function(name, getattr(cls, name), "cls", "    ")
        elif inspect.isroutine(value) or callable(value) and not isinstance(value, type):
            yield function(name, value, "self", "    ")
        elif value is None:
            yield f"    {name}: None" + "  # type: ignore[assignment]" * (name == "__hash__")
        else:
            yield f"    {name}: {self.type_of(value)}"

    def type_of(self, value):
        return self.reference(type(value)) or "Any"

    def class_stub(self, name, cls):
        lines = [f"class {name}({', '.join(self.bases(cls))}):".replace("()", "")]
        if "__new__" in cls.__dict__ or "__init__" in cls.__dict__:
            text = function("__init__", cls, "self", "    ").replace(" -> Any", " -> None")
            lines.append(text)
        for member, value in sorted(cls.__dict__.items()):
            special = member.startswith("__") and member.endswith("__")
            if member in SKIPPED or keyword.iskeyword(member) or not member.isidentifier() or member.startswith("_") and not special:
                continue
            text = list(self.member(cls, member, value))
            above = next((base for base in cls.__mro__[1:] if member in base.__dict__), object)
            if above.__module__.partition(".")[0] != "fnp" or text != list(self.member(above, member, above.__dict__[member])):
                lines += text
        return "\n".join(lines) if len(lines) > 1 else lines[0] + " ..."

    def row(self, name):
        value = getattr(self.module, name)
        own = getattr(value, "__name__", None)
        if isinstance(value, types.ModuleType):
            parent, _, last = value.__name__.rpartition(".")
            if value.__name__ in self.modules:
                self.imports.add(f"from {self.relative(parent)} import {last} as {name}")
            else:
                self.body.append(f"{name}: Any")
            return
        if isinstance(value, type) or callable(value) and own and not is_alias(value):
            home = self.home(value)
            if home:
                self.imports.add(f"from {self.relative(home)} import {own} as {name}")
            elif own != name and own in self.public and getattr(self.module, own) is value:
                self.body.append(f"{name} = {own}")
            elif isinstance(value, type):
                self.body.append(self.class_stub(name, value))
            elif inspect.isroutine(value) or hasattr(value, "__wrapped__"):
                self.body.append(function(name, value))
            else:
                self.body.append(f"{name}: {self.type_of(value)}")
        elif value is None:
            self.body.append(f"{name}: None")
        elif is_alias(value):
            if name == "NDArray":
                self.imports.add("from .. import dtype, ndarray")
                self.needs_variables = True
                self.body.append("NDArray: TypeAlias = ndarray[Any, dtype[T0]]")
            else:
                self.body.append(f"{name}: TypeAlias = Any")
        else:
            self.body.append(f"{name}: {self.type_of(value)}")

    def text(self):
        for name in self.public:
            self.row(name)
        if getattr(self.module, "__all__", None):
            self.body.append("__all__: builtins.list[builtins.str]")
        body = VARIABLES * self.needs_variables + "\n".join(self.body) + "\n"
        self.imports |= {line for word, line in USED.items() if re.search(rf"\b{word}\b", body)}
        return HEAD + "".join(i + "\n" for i in sorted(self.imports, key=lambda i: ("from ." in i, i))) + "\n" + body


def main():
    warnings.simplefilter("ignore")
    loaded = {name: importlib.import_module(name) for name in MODULES}
    stale = []
    for module in loaded.values():
        stub = Stub(module, loaded)
        text = stub.text()
        compile(text, str(stub.path), "exec")
        if not stub.path.exists() or stub.path.read_text() != text:
            stale.append(str(stub.path.relative_to(ROOT)))
            if "--check" not in sys.argv:
                stub.path.write_text(text)
    if "--check" in sys.argv and stale:
        print("stale, run tools/gen_stubs.py:", *stale)
        return 1
    return 0


sys.exit(main())
