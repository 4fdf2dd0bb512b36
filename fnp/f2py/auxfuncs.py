"""Questions about parsed variables and routines, under the names that users of f2py know.

The answers are in `_model`; a predicate `isx(var)` takes one of `crackfortran`'s dictionaries.
"""
import re
import sys
from pprint import pprint as show  # noqa: F401

from ._templates import applyrules, dictappend, replace  # noqa: F401
from . import _model
from .__version__ import version as f2py_version  # noqa: F401

options = {}
debugoptions = []
wrapfuncs = 1


def outmess(t):
    """Write `t` if verbose."""
    if options.get("verbose", 1):
        sys.stdout.write(t)
        sys.stdout.flush()


def errmess(t):
    """Write `t` to standard error."""
    sys.stderr.write(t)


def debugcapi(var):
    """Whether wrappers trace what they do."""
    return "capi" in debugoptions


class F2PYError(Exception):
    """A signature that cannot be wrapped."""


class throw_error:
    """A predicate that refuses."""

    def __init__(self, mess):
        self.mess = mess

    def __call__(self, var):
        raise F2PYError(f"\n\n  var = {var}\n  Message: {self.mess}\n")


def l_and(*f):
    """All of the predicates."""
    return lambda var: all(p(var) for p in f)


def l_or(*f):
    """Any of the predicates."""
    return lambda var: any(p(var) for p in f)


def l_not(f):
    """Not the predicate."""
    return lambda var: not f(var)


# --- variables -------------------------------------------------------------------------------

isexternal = _model.is_external
isarray = _model.is_array
isintent_callback = _model.is_callback
isintent_out = _model.is_out
isintent_hide = _model.is_hidden
isintent_in = _model.is_in


def isscalar(var):
    """A variable that is no array, string or procedure."""
    return not (isarray(var) or isstring(var) or isexternal(var))


def ischaracter(var):
    """One `character` without a length."""
    return _model.is_character(var) and not isarray(var) and not isexternal(var)


def ischaracterarray(var):
    """An array of `character` without a length."""
    return isarray(var) and _model.is_character(var)


def isstring(var):
    """One `character` with a length."""
    return _model.is_string_type(var) and not isarray(var) and not isexternal(var)


def isstringarray(var):
    """An array of `character` with a length."""
    return isarray(var) and _model.is_string_type(var)


isarrayofstrings = isstringarray
ischaracter_or_characterarray = l_or(ischaracter, ischaracterarray)
isstring_or_stringarray = l_or(isstring, isstringarray)


def _size(var):
    selector = var.get("kindselector") or {}
    return str(selector.get("*", selector.get("kind", "")))


def _number(types, sizes=None, array=False, doc=""):
    """A predicate for numbers of given Fortran types and kinds."""
    def predicate(var):
        return var.get("typespec") in types and bool(isarray(var)) is array \
            and not isexternal(var) and (sizes is None or _size(var) in sizes)

    predicate.__doc__ = doc
    return predicate


_INT, _LOG = ("integer",), ("logical",)
_COMPLEX, _REAL = ("complex", "double complex"), ("real",)
iscomplex = _number(_COMPLEX, doc="A complex number.")
iscomplexarray = _number(_COMPLEX, array=True, doc="An array of complex numbers.")
islogical = _number(_LOG, doc="A logical.")
isinteger = _number(_INT, doc="An integer.")
isreal = _number(_REAL, doc="A real.")
isint1 = _number(_INT, ("1",), doc="An integer of one byte.")
islong_long = _number(("integer", "logical"), ("8",), doc="An integer of eight bytes.")
isdouble = _number(_REAL, ("8",), doc="A real of eight bytes.")
islong_double = _number(_REAL, ("16",), doc="A real of sixteen bytes.")
islong_complex = _number(("complex",), ("32",), doc="A complex of two such reals.")
isunsigned = _number(_INT, ("-1", "-2", "-4", "-8"), doc="An unsigned integer.")
isunsigned_char = _number(_INT, ("-1",), doc="C's unsigned char.")
isunsigned_short = _number(_INT, ("-2",), doc="C's unsigned short.")
isunsigned_long_long = _number(_INT, ("-8",), doc="C's unsigned long long.")
_INTS = ("integer", "logical")
isint1array = _number(_INT, ("1",), True, "An array of integers of one byte.")
isunsignedarray = _number(_INTS, ("-4",), True, "An array of C's unsigned.")
isunsigned_chararray = _number(_INTS, ("-1",), True, "An array of C's unsigned char.")
isunsigned_shortarray = _number(_INTS, ("-2",), True, "An array of C's unsigned short.")
isunsigned_long_longarray = _number(_INTS, ("-8",), True, "An array of C's unsigned long long.")
issigned_chararray = _number(_INTS, ("1",), True, "An array of C's signed char.")
issigned_shortarray = _number(_INTS, ("2",), True, "An array of C's short.")
issigned_array = _number(_INTS, ("4",), True, "An array of C's int.")
issigned_long_longarray = _number(_INTS, ("8",), True, "An array of C's long long.")


def _attribute(word):
    """A predicate for a plain attribute."""
    def predicate(var):
        return word in _model.attributes(var)

    predicate.__doc__ = f"Has the attribute {word}."
    return predicate


isallocatable, isattr_value, isprivate = map(_attribute, ("allocatable", "value", "private"))


def isoptional(var):
    """May be left out by the caller."""
    return _model.is_optional(var)


def isrequired(var):
    """Must be given by the caller."""
    return not isoptional(var) and isintent_nothide(var)


def isvariable(var):
    """Not only a parameter's name with its value."""
    return not (len(var) == 1 and _model.attributes(var) and var["attrspec"][0] in (
        "public", "private"))


def _intent(word):
    """A predicate for a word of the intent."""
    def predicate(var):
        return word in _model.intents(var)

    predicate.__doc__ = f"Has intent({word})."
    predicate.__name__ = f"isintent_{word}"
    return predicate


isintent_c, isintent_cache, isintent_copy, isintent_aux, isintent_overwrite = map(
    _intent, ("c", "cache", "copy", "aux", "overwrite"))
isintent_inplace, isintent_aligned4, isintent_aligned8, isintent_aligned16 = map(
    _intent, ("inplace", "aligned4", "aligned8", "aligned16"))


def isintent_inout(var):
    """Changed in place, and nothing else."""
    words = set(_model.intents(var))
    return bool(words & {"inout", "outin"}) and not words & {"in", "hide", "inplace"}


isintent_nothide = l_not(isintent_hide)
isintent_dict = {
    isintent_in: "INTENT_IN", isintent_inout: "INTENT_INOUT", isintent_out: "INTENT_OUT",
    isintent_hide: "INTENT_HIDE", isintent_cache: "INTENT_CACHE", isintent_c: "INTENT_C",
    isoptional: "OPTIONAL", isintent_inplace: "INTENT_INPLACE",
    isintent_aligned4: "INTENT_ALIGNED4", isintent_aligned8: "INTENT_ALIGNED8",
    isintent_aligned16: "INTENT_ALIGNED16"}
ismutable = l_and(isarray, l_or(isintent_inout, isintent_inplace))


def hasinitvalue(var):
    """Has a value to start with."""
    return "=" in var


def hasinitvalueasstring(var):
    """Has a string to start with."""
    return hasinitvalue(var) and var["="][:1] in "'\""


def hasnote(var):
    """Has a remark for the documentation."""
    return "note" in var


def get_kind(var):
    """The kind as it is written, or None."""
    return _size(var) or None


# --- routines --------------------------------------------------------------------------------

def _block(*kinds):
    """A predicate for kinds of blocks."""
    def predicate(rout):
        return rout.get("block") in kinds

    predicate.__doc__ = f"Is a {' or '.join(kinds)}."
    return predicate


isfunction, issubroutine = _block("function"), _block("subroutine")
isroutine, ismodule = _block("function", "subroutine"), _block("module")


def ismoduleroutine(rout):
    """Stands in a Fortran 90 module."""
    return "modulename" in rout


def _result(rout):
    return rout["vars"].get(_model.result_name(rout), {})


def _function(predicate, doc):
    def question(rout):
        return isfunction(rout) and bool(predicate(_result(rout)))

    question.__doc__ = doc
    return question


islogicalfunction = _function(islogical, "Returns a logical.")
islong_longfunction = _function(islong_long, "Returns an integer of eight bytes.")
islong_doublefunction = _function(islong_double, "Returns a real of sixteen bytes.")
iscomplexfunction = _function(iscomplex, "Returns a complex number.")
isstringfunction = _function(lambda v: v.get("typespec") == "character", "Returns a string.")


def hasassumedshape(rout):
    """Has an argument with extents `:`."""
    return any(":" in rout["vars"].get(a, {}).get("dimension", ()) for a in rout["args"])


def requiresf90wrapper(rout):
    """Can be called from C only through Fortran 90."""
    return ismoduleroutine(rout) or hasassumedshape(rout)


def isfunction_wrap(rout):
    """A function that is called through a subroutine."""
    return bool(wrapfuncs) and isfunction(rout) and not isintent_c(rout) and not isexternal(rout)


def issubroutine_wrap(rout):
    """A subroutine that is called through another one."""
    return issubroutine(rout) and not isintent_c(rout) and hasassumedshape(rout)


def hasexternals(rout):
    """Has dummy procedures."""
    return bool(rout.get("externals"))


def hascommon(rout):
    """Has COMMON blocks."""
    return bool(rout.get("common"))


def containscommon(rout):
    """It or a block in it has COMMON blocks."""
    return hascommon(rout) or any(containscommon(b) for b in rout.get("body", ()))


def containsmodule(block):
    """It or a block in it is a module."""
    return ismodule(block) or any(containsmodule(b) for b in block.get("body", ()))


def hasbody(rout):
    """Has blocks in it."""
    return bool(rout.get("body"))


def hasvariables(rout):
    """Has variables."""
    return bool(rout.get("vars"))


def hasderivedtypes(rout):
    """The block is the definition of a derived type."""
    return rout.get("block") == "type"


def hasresultnote(rout):
    """Its result has a remark."""
    return isfunction(rout) and hasnote(_result(rout))


def isdummyroutine(rout):
    """Is called by its call statement only."""
    return "fortranname" in rout.get("f2pyenhancements", {}) and not getfortranname(rout)


def _enhancement(word):
    """The text of an f2py statement in a routine, or None."""
    def get(rout):
        text = rout.get("f2pyenhancements", {}).get(word)
        if isinstance(text, list):
            return [block_text(t) for t in text]
        return None if text is None else block_text(text)

    get.__doc__ = f"The text of its statement {word}, or None."
    return get


def block_text(text):
    """The text between three quotes, or all of it."""
    m = re.search(r"'''(.*?)'''", text, re.S)
    return m.group(1) if m else text.strip()


getcallstatement, getusercode, getpymethoddef, _fortranname = map(
    _enhancement, ("callstatement", "usercode", "pymethoddef", "fortranname"))
hascallstatement = l_and(lambda rout: getcallstatement(rout) is not None)


def isthreadsafe(rout):
    """Gives up the interpreter's lock."""
    return "threadsafe" in rout.get("f2pyenhancements", {})


def getfortranname(rout):
    """Its name in Fortran."""
    name = _fortranname(rout)
    return rout["name"] if name is None else name


def getargs(rout):
    """`(arguments, the same sorted by what they depend on)`."""
    args = rout.get("args", [])
    order = rout.get("sortvars", args)
    return args, [a for a in order if a in args] + [a for a in args if a not in order]


def getuseblocks(pymod):
    """Modules that the routines of a module use, but for those that f2py knows."""
    return [used for part in pymod.get("body", ()) for block in part.get("body", ())
            for used in block.get("use", {}) if "__" not in used]


# --- texts -----------------------------------------------------------------------------------

def stripcomma(s):
    """`s` without a comma at its end."""
    return s.removesuffix(",")


def gentitle(name):
    """A title in a line of stars."""
    line = (80 - len(name) - 6) // 2
    return f"/*{line * '*'} {name} {line * '*'}*/"


def flatlist(lst):
    """All leaves of nested lists."""
    if isinstance(lst, list):
        return [leaf for part in lst for leaf in flatlist(part)]
    return [lst]


def iscstyledirective(f2py_line):
    """Whether a directive holds C, whose case matters."""
    return any(w in f2py_line.lower() for w in ("callstatement", "callprotoargument",
                                                "pymethoddef"))


def isfalse(var):
    """No."""
    return 0


def istrue(var):
    """Yes."""
    return 1


_MODULE_HEAD = re.compile(r"\s*python\s*module\s*(?P<name>[\w_]+)", re.I)


def get_f2py_modulename(source):
    """The module that a signature file is for."""
    with open(source) as f:
        for line in f:
            m = _MODULE_HEAD.match(line)
            if m and not re.search(r"__user__", m.group("name"), re.I):
                return m.group("name")
    return None


def process_f2cmap_dict(f2cmap_all, new_map, c2py_map, verbose=False):
    """Add `new_map` to a map of kinds; `(map, C types that were added)`."""
    mapped = []
    for spec, kinds in new_map.items():
        table = f2cmap_all.setdefault(spec.lower(), {})
        for kind, ctype in {str(k).lower(): c for k, c in kinds.items()}.items():
            shown = f'"{spec.lower()}(kind={kind})"'
            if ctype not in c2py_map:
                if verbose:
                    outmess(f"\tIgnoring map of {shown}: {ctype!r} must be in "
                            f"{list(c2py_map)}\n")
                continue
            if kind in table:
                outmess(f"\tWarning: redefinition of {shown}: "
                        f"{table[kind]!r} -> {ctype!r}\n")
            table[kind] = ctype
            if verbose:
                outmess(f'\tMapping {shown} to "{ctype}"\n')
            mapped.append(ctype)
    return f2cmap_all, mapped


def getmultilineblock(rout, blockname, comment=1, counter=0):
    """The `counter`-th text of a statement of a routine, or None; one of several lines stands between comments."""
    texts = rout.get("f2pyenhancements", {}).get(blockname)
    texts = texts if isinstance(texts, list) else [] if texts is None else [texts]
    if counter >= len(texts):
        return None
    text = texts[counter]
    if not text.startswith("'''"):
        return text
    text = block_text(text)
    if comment:
        text = f"\t/* start {blockname} multiline ({counter}) */\n{text}\n\t/* end multiline ({counter})*/"
    return text


def getdimension(var):
    """The extents of a variable's attribute `dimension`, in a list; None without one."""
    found = [a for a in var.get("attrspec") or () if "dimension" in a]
    if not found:
        return None
    return re.findall(r"\bdimension\s*\((.*)\)", found[0])


def getargs2(rout):
    """As `getargs`, with arguments before them that only the wrapper has."""
    args = rout.get("args", [])
    hidden = [a for a in rout["vars"] if isintent_aux(rout["vars"][a]) and a not in args]
    order = rout.get("sortvars", hidden + args)
    every = hidden + args
    return every, [a for a in order if a in every] + [a for a in every if a not in order]


def getrestdoc(rout):
    """Text for the documentation that a block carries, or None."""
    texts = rout.get("f2pymultilines")
    if texts is None:
        return None
    return texts.get((rout["block"], rout["name"]) if rout["block"] == "python module" else None)


def getusercode1(rout):
    """The second text of the statement usercode, or None."""
    texts = getusercode(rout)
    return texts[1] if isinstance(texts, list) and len(texts) > 1 else None


def containsderivedtypes(rout):
    """1 if a block is, or directly holds, the definition of a derived type."""
    return int(any(block.get("block") == "type" for block in [rout, *rout.get("body", ())]))


def iscomplexfunction_warn(rout):
    """Whether a function returns a complex number, which C compilers may not take: then it warns."""
    if not iscomplexfunction(rout):
        return 0
    outmess("warning: a function returns a complex number, and compilers differ in how: callbacks may need "
            "-DF2PY_CB_RETURNCOMPLEX\n")
    return 1


def getcallprotoargument(rout, cb_map={}):
    """The types of a routine's arguments in C, as in a prototype: its own statement, or what they follow from."""
    own = rout.get("f2pyenhancements", {}).get("callprotoargument")
    if own is not None:
        return own
    if hascallstatement(rout):
        outmess("warning: callstatement is defined without callprotoargument\n")
        return None
    from .capi_maps import getctype
    kinds, lengths = [], []
    for name in rout["args"]:
        if name in cb_map:
            kinds.append(f"{cb_map[name]}_typedef")
            continue
        var = rout["vars"][name]
        by_value = isattr_value(var) or isintent_c(var) and isscalar(var) or isstring(var)
        kinds.append(getctype(var) + ("" if by_value else "*"))
        if isstring(var) or isstringarray(var):
            lengths.append("size_t")
    return ",".join(kinds + lengths) or "void"


for _name, _made in list(globals().items()):
    if getattr(_made, "__module__", None) == __name__ and "<locals>" in getattr(_made, "__qualname__", ""):
        _made.__name__ = _made.__qualname__ = _name
del _name, _made
