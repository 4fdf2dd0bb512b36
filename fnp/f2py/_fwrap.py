"""Fortran wrappers: what C cannot call directly gets a subroutine that it can.

Functions become subroutines with one argument more; extents of assumed-shape arguments become
arguments; COMMON blocks and modules hand out the addresses of what is in them.
"""
import copy
import re

from . import _model
from ._evaluate import ENVIRONMENT_KINDS
from ._unparse import interface_text, type_text
from .crackfortran import undo_rmbadname1

PREFIX = "f2pywrap"


def fixed_form(lines):
    """Lines of fixed form, broken at column 66."""
    out = []
    for line in lines:
        text = line.strip()
        out.append("      " + text[:60])
        text = text[60:]
        while text:
            out.append("     &" + text[:60])
            text = text[60:]
    return "\n".join(out) + "\n"


def free_form(lines):
    """Lines of free form, broken where they are long."""
    out = []
    for line in lines:
        while len(line) > 100:
            at = line.rfind(",", 0, 100) + 1 or 100
            out.append(line[:at] + " &")
            line = "  & " + line[at:]
        out.append(line)
    return "\n".join(out) + "\n"


def has_assumed_shape(routine):
    """Has an argument that needs a descriptor."""
    return any(":" in routine["vars"].get(a, {}).get("dimension", ()) for a in routine["args"])


def is_c(routine):
    """Declared `intent(c)`: written in C."""
    return "c" in [i.lower() for i in routine.get("intent", ())] or any(
        i.lower() == "c" for i in routine["vars"].get(routine["name"], {}).get("intent", ()))


def needs_wrapper(routine, wrap_functions=True):
    """Whether C reaches the routine through Fortran only."""
    if is_c(routine) or not _fortran_name(routine):
        return False
    if routine["block"] == "function" and wrap_functions:
        return True
    return has_assumed_shape(routine)


def _fortran_name(routine):
    name = routine.get("f2pyenhancements", {}).get("fortranname")
    return undo_rmbadname1(routine["name"] if name is None else name.strip())


def needs_interface(routine):
    """Whether Fortran itself must see the declaration of an external routine to call it."""
    result = routine["vars"].get(_model.result_name(routine), {})
    return has_assumed_shape(routine) or (
        routine["block"] == "function" and _model.is_array(result))


def as_subroutine(routine):
    """`(the routine as C sees it, with a function's result and hidden extents as arguments)`."""
    routine = copy.copy(routine)
    routine["vars"] = {n: copy.deepcopy(v) for n, v in routine["vars"].items()}
    routine["args"] = list(routine["args"])
    variables = routine["vars"]
    if routine["block"] == "function":
        result = _model.result_name(routine)
        fortran = _fortran_name(routine)
        var = variables.setdefault(result, {"typespec": "real"})
        if fortran != result and fortran in variables and fortran not in routine["args"]:
            del variables[fortran]
        words = [i for i in var.get("intent", ()) if i.startswith("out=")]
        var["intent"] = [*words, "out", "hide"] + (["c_result"] if is_c(routine) else [])
        if result not in routine["args"]:
            routine["args"].insert(0, result)
        if result not in routine.get("sortvars", []):
            routine["sortvars"] = [*routine.get("sortvars", []), result]
    extents = []
    for name in list(routine["args"]):
        var = variables[name]
        for i, text in enumerate(var.get("dimension", ())):
            if text == ":":
                extent = f"f2py_{name}_d{i}"
                var["dimension"][i] = extent
                variables[extent] = {"typespec": "integer", "intent": ["hide"], "attrspec": [],
                                     "=": f"shape({name}, {i})", "depend": [name]}
                if _model.is_hidden(var):
                    variables[extent].update({"=": "-1", "depend": []})
                extents.append(extent)
    routine["args"] += extents
    routine["sortvars"] = [*routine.get("sortvars", []), *extents]
    return routine


def _kind_uses(variables, names, blocks):
    """USE statements for the kinds that are names."""
    kinds = set()
    for name in names:
        var = variables.get(name, {})
        selector = var.get("kindselector") or var.get("charselector") or {}
        kinds.update(w.lower() for w in re.findall(r"[A-Za-z_]\w*", selector.get("kind", "")))
    found = {k for k in kinds if k.startswith("c_")}
    if found:
        yield f"use iso_c_binding, only: {','.join(sorted(found))}"
    machine = {k for k in kinds if k in ENVIRONMENT_KINDS}
    if machine:
        yield f"use iso_fortran_env, only: {','.join(sorted(machine))}"
    if kinds - found - machine:
        from ._unparse import use_lines
        for block in blocks:
            for line in use_lines(block):
                if "__user__" not in line and "iso_" not in line:
                    yield line


def _declare(name, var, shape=None):
    text = f"{type_text(var)} {name}"
    return text + (f"({','.join(shape)})" if shape else "")


def _fortran_extent(text):
    return text if re.fullmatch(r"[\w\s+\-*/(),]+", text) and "shape(" not in text else "*"


def _argument_lines(routine, original):
    """Declarations of the wrapper's arguments; counts come before what they measure."""
    lines, arrays = [], []
    variables = routine["vars"]
    for name in routine["args"]:
        var = variables[name]
        if _model.is_callback(var) or name == _model.result_name(original) \
                and original["block"] == "function":
            continue
        if _model.is_external(var):
            lines.append(f"external {name}")
        elif _model.is_array(var):
            assumed = any(d.startswith("f2py_") for d in var["dimension"])
            shape = var["dimension"] if assumed else ["*"]
            arrays.append(_declare(name, var, shape))
        else:
            lines.append(_declare(name, var))
    return lines + arrays


def wrapper_lines(original, module=None, parents=()):
    """`(name of the wrapper, its lines)` for a function, or for assumed-shape arguments."""
    routine = as_subroutine(original)
    fortran = _fortran_name(original)
    name = f"{PREFIX}_{module}_{fortran}" if module else f"{PREFIX}{fortran}"
    result = _model.result_name(original) if original["block"] == "function" else None
    passed = [a for a in routine["args"] if not _model.is_callback(routine["vars"][a])]
    shown = [f"{fortran}f2pywrap" if a == result else a for a in passed]
    actual = [a for a in original["args"] if not _model.is_callback(original["vars"][a])]
    lines = [f"subroutine {name} ({', '.join(shown)})"]
    if module:
        lines.append(f"use {module}, only: {fortran}")
    lines += _kind_uses(routine["vars"], passed, [original, *parents])
    lines += _argument_lines(routine, original)
    call = f"{fortran}({', '.join(actual)})"
    if result:
        var = routine["vars"][result]
        shape = [_fortran_extent(d) for d in var["dimension"]] if _model.is_array(var) else None
        local = dict(var)
        selector = var.get("charselector") or {}
        if selector.get("*") == "(*)" and not module:
            local["charselector"] = {"len": f"len({fortran}f2pywrap)"}
        lines.append(_declare(f"{fortran}f2pywrap", var, shape))
        if needs_interface(original) and not module:
            lines += _interface(original)
        elif not module:
            lines += [f"external {fortran}", _declare(fortran, local, shape)]
        lines.append(f"{fortran}f2pywrap = {call}")
    else:
        if not module:
            lines += _interface(original)
        lines.append(f"call {call}")
    return name, [*lines, f"end subroutine {name}"]


def _interface(routine):
    text = routine.get("saved_interface") or interface_text({**routine, "body": []})
    renamed = _fortran_name(routine)
    if renamed != routine["name"]:
        text = re.sub(rf"\b{re.escape(routine['name'])}\b", renamed, text)
    return ["interface", *text.strip("\n").split("\n"), "end interface"]


def common_lines(name, members, variables, parents=()):
    """A subroutine that hands out the addresses in a COMMON block."""
    head = f"f2pyinit{name.lower()}"
    lines = [f"subroutine {head}(setupfunc)", "external setupfunc"]
    lines[1:1] = list(_kind_uses(variables, members, parents))
    for member in members:
        var = variables[member]
        lines.append(_declare(member, var, var.get("dimension")))
    block = "" if name == "_BLNK_" else f"/{name}/ "
    lines.append(f"common {block}{','.join(members)}")
    lines.append(f"call setupfunc({','.join(members)})")
    return [*lines, f"end subroutine {head}"]


def getdims_lines(module, name, var):
    """A subroutine that looks at, makes or frees an allocatable array."""
    rank = len(var["dimension"])
    head = f"f2py_{module}_getdims_{name}"
    state = "associated" if "pointer" in _model.attributes(var) else "allocated"
    extents = ",".join(f"s({i + 1})" for i in range(rank))
    return [
        f"subroutine {head}(r, s, f2pysetdata, job)",
        "use iso_c_binding, only: c_intptr_t",
        f"use {module}, only: d => {name}",
        "integer r, job, i, there",
        f"integer(c_intptr_t) s({rank})",
        "external f2pysetdata",
        "logical other",
        f"if ({state}(d) .and. job /= 0) then",
        "  other = job == 2",
        f"  do i = 1, {rank}",
        "    if (s(i) /= size(d, i)) other = .true.",
        "  end do",
        "  if (other) deallocate(d)",
        "end if",
        f"if (.not. {state}(d) .and. job == 1) allocate(d({extents}))",
        "there = 0",
        f"if ({state}(d)) then",
        "  there = 1",
        f"  do i = 1, {rank}",
        "    s(i) = size(d, i)",
        "  end do",
        "end if",
        "call f2pysetdata(d, there)",
        f"end subroutine {head}",
    ]


def module_lines(name, variables, routines):
    """A subroutine that hands out the addresses in a module."""
    lines = [f"subroutine f2pyinit{name}(f2pysetupfunc)"]
    passed = []
    imported = []
    for var_name, var in variables:
        if {"allocatable", "pointer"} & set(_model.attributes(var)):
            passed.append(f"f2py_{name}_getdims_{var_name}")
        else:
            imported.append(var_name)
            passed.append(var_name)
    imported += routines
    passed += routines
    if imported:
        lines.append(f"use {name}, only: {', '.join(imported)}")
    lines.append("external f2pysetupfunc")
    lines += [f"external {p}" for p in passed if p.startswith(f"f2py_{name}_getdims_")]
    lines.append(f"call f2pysetupfunc({', '.join(passed)})")
    return [*lines, f"end subroutine f2pyinit{name}"]
