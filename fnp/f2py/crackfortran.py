"""Reading Fortran sources and signature files: `crackfortran(files)` gives nested dictionaries.

The module's variables are its settings: `verbose`, `quiet`, `dolowercase`, `f77modulename`,
`include_paths`, `onlyfuncs`, `skipfuncs`. The work is done in `_reader` (statements), `_parser`
(blocks), `_analyze` (what declarations mean) and `_unparse` (signature files).
"""
import os
import re

from .. import _unwritten
from . import _evaluate, _unparse
from .__version__ import version
from ._analyze import IMPLICIT as defaultimplicitrules, Analyzer, sorted_names
from ._declarations import parse_type
from ._parser import Parser
from ._reader import Reader, source_form

_unwritten.declare(
    globals(),
    functions="""
        _calc_depend_dict _ensure_exprdict _eval_length _get_depend_dict _is_intent_callback
        _is_visit_pair _is_kind_number _resolvenameargspattern _resolvetypedefpattern
        _simplifyargs analyzeargs analyzebody analyzecommon analyzeline analyzevars appenddecl
        appendmultiline buildimplicitrules common2fortran crack2fortrangen crackline
        cracktypespec cracktypespec0 determineexprtype expr2name get_parameters get_usedict
        get_useparameters getblockname getlincoef myeval openhook param_parse parse_name_for_bind
        postcrack postcrack2 readfortrancode setattrspec setcharselector setkindselector
        setmesstext sortvarnames true_intent_list updatevars use2fortran vars2fortran
    """,
    tables="""
        _intentcallbackpattern analyzeargs_re_1 beforethisafter beginpattern beginpattern77
        beginpattern90 callfunpattern callnameargspattern callpattern charselector commonpattern
        containspattern crackline_bind_1 crackline_bindlang crackline_re_1 datapattern
        determineexprtype_re_1 determineexprtype_re_2 determineexprtype_re_3
        determineexprtype_re_4 determineexprtype_re_5 dimensionpattern endifpattern endifs
        endpattern entrypattern externalpattern f2pyenhancementspattern formatpattern
        fortrantypes functionpattern getlincoef_re_1 groupbegins77 groupbegins90 groupends
        implicitpattern intentpattern intrinsicpattern kindselector lenarraypattern
        lenkindpattern moduleprocedurepattern moduleprocedures multilinepattern namepattern
        operatorpattern optionalpattern parameterpattern privatepattern publicpattern
        real16pattern real8pattern requiredpattern selectpattern subroutinepattern
        typedefpattern typespattern typespattern4implicit usepattern word_pattern isintent_dict
    """,
)

f2py_version = version
COMMON_FREE_EXTENSIONS = [".f90", ".f95", ".f03", ".f08"]
COMMON_FIXED_EXTENSIONS = [".for", ".ftn", ".f77", ".f"]
tabchar = 4 * " "
skipfunctions = []
defaultimplicitrules = {k: dict(v) for k, v in defaultimplicitrules.items()}

# Names that C, or the code around the wrappers, has taken.
badnames = {name: f"{name}_bn" for name in """
    int double float char short long void case while return signed unsigned if for typedef sizeof
    union struct static register new break do goto switch continue else inline extern delete const
    auto len rank shape index slen size _i max min flen fshape string complex_double float_double
    stdin stderr stdout type default
    """.split()}
invbadnames = {v: k for k, v in badnames.items()}

# name @(@args@)@ result @(@name@)@ bind @(@…@)@: a routine's head with its outer brackets marked.
nameargspattern = re.compile(
    r"\s*(?P<name>\b[\w$]+\b)\s*(?:@\(@\s*(?P<args>[\w\s,]*)\s*@\)@)?\s*"
    r"(?:(?:result\s*@\(@\s*(?P<result>\b[\w$]+\b)\s*@\)@|bind\s*@\(@\s*(?P<bind>[^@]*)@\)@)\s*)*"
    r"\Z", re.I)


def reset_global_f2py_vars():
    """Put all settings back to what they are after import."""
    globals().update(
        f77modulename="", pyffilename="", sourcecodeform="fix", strictf77=1, quiet=0, verbose=1,
        skipemptyends=0, ignorecontains=1, dolowercase=1, debug=[], include_paths=[],
        onlyfuncs=[], skipfuncs=[], usermodules=[], f90modulevars={}, currentfilename="",
        filepositiontext="", gotnextfile=1, neededmodule=-1, expectbegin=1, skipblocksuntil=-1,
        groupcounter=0, groupname="", groupcache=None, grouplist={0: []}, previous_context=None)


reset_global_f2py_vars()


def outmess(line, flag=1):
    """Write `line` unless the module is quiet."""
    if not verbose or quiet:
        return
    print((filepositiontext if flag else "") + line, end="", flush=True)


# --- names -----------------------------------------------------------------------------------

def rmbadname1(name):
    """`name`, or the one used instead of it if C has taken it."""
    if name not in badnames:
        return name
    outmess(f'rmbadname1: Replacing "{name}" with "{badnames[name]}".\n', 0)
    return badnames[name]


def rmbadname(names):
    """`rmbadname1` of each."""
    return [rmbadname1(n) for n in names]


def undo_rmbadname1(name):
    """The name in the Fortran source."""
    return invbadnames.get(name, name)


def undo_rmbadname(names):
    """`undo_rmbadname1` of each."""
    return [undo_rmbadname1(n) for n in names]


# --- texts -----------------------------------------------------------------------------------

_INNER = re.compile(r"""\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""")


def markinnerspaces(line):
    """Blanks between quotes as `@_@`."""
    return _INNER.sub(lambda m: m.group().replace(" ", "@_@"), line)


def _mark(line, at_depth, table):
    """Replace characters by `table` where the depth of brackets is `at_depth`."""
    out, depth = [], 0
    for c in line:
        if c == ")":
            depth -= 1
        out.append(table.get(c, c) if depth == at_depth else c)
        if c == "(":
            depth += 1
    return "".join(out)


def markouterparen(line):
    """Outermost brackets as `@(@` and `@)@`."""
    return _mark(line, 0, {"(": "@(@", ")": "@)@"})


def unmarkouterparen(line):
    """Undo `markouterparen`."""
    return line.replace("@(@", "(").replace("@)@", ")")


def markoutercomma(line, comma=","):
    """Commas outside of brackets as `@,@`."""
    return _mark(line, 0, {comma: f"@{comma}@"})


def split_by_unquoted(line, characters):
    """`(before, rest)` at the first of `characters` outside of quotes."""
    hidden = _INNER.sub(lambda m: "\0" * len(m.group()), line)
    at = min((i for i in map(hidden.find, characters) if i >= 0), default=len(line))
    return line[:at], line[at:]


def removespaces(expr):
    """`expr` without the blanks that separate nothing."""
    return re.sub(r"(?<!\w)\s+|\s+(?!\w)", "", expr.strip())


def is_free_format(fname):
    """Whether a file is in free form."""
    return source_form(fname) == "free"


# --- values ----------------------------------------------------------------------------------

_kind_func = _evaluate.kind_of
_selected_int_kind_func = _evaluate.selected_int_kind
_selected_real_kind_func = _evaluate.selected_real_kind


def param_eval(v, g_params, params, dimspec=None):
    """Value of a parameter: a number, {index: value} for an array, its own text if unknown."""
    return _evaluate.parameter_value(v, g_params, params, dimspec)


def _eval_scalar(value, params):
    """Text of the value of a constant expression; the expression if it has none."""
    if _kind_number.fullmatch(value):
        value = value.split("_")[0]
    try:
        found = _evaluate.evaluate(value, params)
    except ValueError:
        return value
    return repr(found) if isinstance(found, str) else str(found)


_kind_number = re.compile(r"\d+_\w+")


def get_sorted_names(vars):
    """Names of variables, each after those it depends on."""
    return sorted_names(vars)


# --- the whole -------------------------------------------------------------------------------

def crackfortran(files):
    """The blocks of Fortran and signature files.

    >>> crackfortran(["solver.f90"])[0]["name"]    # doctest: +SKIP
    'solver'
    """
    from . import capi_maps

    files = [files] if isinstance(files, (str, os.PathLike)) else list(files)

    def announce(path, form):
        strict = form == "fix" and os.path.splitext(path)[1].lower() in COMMON_FIXED_EXTENSIONS
        shown = "fix,strict" if strict else form
        outmess(f"\tReading file {path!r} (format:{shown})\n", 0)

    def complain(statement, message):
        outmess(f'Line #{statement.line} in {statement.file}:"{statement.text}"\n'
                f"\tanalyzeline: {message}\n", 0)

    def keep(name):
        return name not in skipfuncs and (not onlyfuncs or name in onlyfuncs)

    outmess("Reading fortran codes...\n", 0)
    parser = Parser(rmbadname, lambda m: outmess("crackline: " + m, 0), keep, complain,
                    f77modulename, badnames)
    for statement in Reader(files, include_paths, dolowercase, announce):
        if verbose > 1:
            outmess(f"analyzeline: {statement.file}:{statement.line}: {statement.text}\n", 0)
        parser.feed(statement)
    blocks = parser.finish()

    def known_kind(typespec, kind):
        return kind in capi_maps.f2cmap_all.get(typespec, {})

    analyzer = Analyzer({"say": lambda m: outmess(m, 0), "rename": rmbadname,
                         "known_kind": known_kind, "module": f77modulename,
                         "skipped": parser.skipped})
    blocks = analyzer.run(blocks)
    if post_processing_hooks:
        outmess("Applying post-processing hooks...\n", 0)
        for hook in post_processing_hooks:
            outmess(f"  {hook.__name__}\n", 0)
            blocks = traverse(blocks, hook)
    outmess("Post-processing (stage 2)...\n", 0)
    return blocks


def crack2fortran(block):
    """Signature file of the blocks that `crackfortran` returned."""
    return _unparse.signature_text(block if isinstance(block, list) else [block], version)


# --- hooks -----------------------------------------------------------------------------------

def traverse(obj, visit, parents=(), result=None, *args, **kwargs):
    """Rebuild nested lists and dictionaries, giving every item to `visit` first.

    `visit(item, parents, result, *args, **kwargs)` gets `(key, value)` and returns the pair to use
    instead, or None to go into the value; a key of None drops the item.
    """
    root = not (isinstance(obj, tuple) and len(obj) == 2)
    item = (None, obj) if root else obj
    changed = visit(item, list(parents), result, *args, **kwargs)
    if changed is not None:
        return changed[1] if root else changed
    key, value = item
    chain = [*parents, item]
    if isinstance(value, list):
        out = []
        for i, v in enumerate(value):
            k, v = traverse((i, v), visit, chain, value, *args, **kwargs)
            if k is not None:
                out.append(v)
    elif isinstance(value, dict):
        out = {}
        for name, v in value.items():
            if name == "parent_block":
                out[name] = v
                continue
            k, v = traverse((name, v), visit, chain, value, *args, **kwargs)
            if k is not None:
                out[k] = v
    else:
        out = value
    return out if root else (key, out)


def _plain_characters(routine):
    return [n for n, v in routine.get("vars", {}).items()
            if v.get("typespec") == "character" and not v.get("charselector")
            and not v.get("dimension")]


def character_backward_compatibility_hook(item, parents, result, *args, **kwargs):
    """Signature files of before 1.24 take scalar characters for strings: `*x`, `x[0]`."""
    _, block = item
    if not isinstance(block, dict) or block.get("block") not in ("function", "subroutine"):
        return None
    names = _plain_characters(block)
    if not names:
        return None
    alternatives = "|".join(map(re.escape, names))
    starred = re.compile(rf"(^|[(|&,?:=!<>])(\s*)\*\s*({alternatives})\b(?!\s*\()")
    indexed = re.compile(rf"\b({alternatives})\s*\[\s*0\s*\]")

    def modern(text):
        return indexed.sub(r"\1", starred.sub(r"\1\2\3", text))

    for name, var in block["vars"].items():
        for word in ("check", "dimension"):
            if word in var:
                old, var[word] = var[word], [modern(t) for t in var[word]]
                for i, (a, b) in enumerate(zip(old, var[word])):
                    _tell(block, f"{word}.{i}", a, b)
        if isinstance(var.get("="), str):
            old, var["="] = var["="], modern(var["="])
            _tell(block, f"{name}.=", old, var["="])
    enhancements = block.get("f2pyenhancements", {})
    call = enhancements.get("callstatement")
    if isinstance(call, str):
        def arguments(m):
            return m.group(1) + re.sub(
                rf"(^|,)(\s*)({alternatives})(?=\s*(?:,|$))", r"\1\2&\3", m.group(2)) + ")"

        new = re.sub(r"(\(\s*\*\s*f2py_func\s*\)\s*\()([^()]*)\)", arguments, call)
        _tell(block, "f2pyenhancements.callstatement", call, new)
        enhancements["callstatement"] = new
    return None


def _tell(block, place, old, new):
    if old != new:
        outmess(f"In: {block['from']}:{block['name']}\n"
                f"character_bc_hook[{place}]: replaced `{old}` -> `{new}`\n", 0)


post_processing_hooks = [character_backward_compatibility_hook]
__all__ = ["crackfortran", "crack2fortran", "parse_type"]
