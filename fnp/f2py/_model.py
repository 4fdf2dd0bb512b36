"""Questions about variables and routines of the dictionaries that `crackfortran` returns."""


def attributes(var):
    """The plain attributes."""
    return var.get("attrspec", ())


def intents(var):
    """The words of the intent."""
    return [i.lower() for i in var.get("intent", ())]


def is_external(var):
    """A dummy procedure."""
    return "external" in attributes(var)


def is_array(var):
    """Has extents and is no procedure."""
    return "dimension" in var and not is_external(var)


def is_character(var):
    """One `character` without a length: C's `char`."""
    return var.get("typespec") == "character" and not var.get("charselector")


def is_string_type(var):
    """A `character` with a length."""
    return var.get("typespec") == "character" and bool(var.get("charselector"))


def is_scalar(var):
    """A number or logical that is no array."""
    return not is_array(var) and not is_external(var) and var.get("typespec") != "character"


def is_callback(var):
    """A hidden call-back: `intent(callback)`."""
    return "callback" in intents(var)


def is_out(var):
    """Returned to the caller."""
    return "out" in intents(var) or any(i.startswith("out=") for i in intents(var))


def is_hidden(var):
    """No argument of the Python function."""
    words = set(intents(var))
    return "hide" in words or (
        is_out(var) and not words & {"in", "inout", "inplace", "c_in"}
        and not ({"copy", "overwrite"} & words and "in" in words))


def is_in(var):
    """Taken from the caller."""
    words = set(intents(var))
    return not words & {"hide", "inplace", "inout", "out"} or "in" in words


def is_optional(var):
    """May be left out by the caller."""
    return "optional" in attributes(var) and "required" not in attributes(var) \
        and not is_hidden(var)


def returned_name(name, var):
    """Name of a returned value: `intent(out=lu)` renames it."""
    for word in var.get("intent", ()):
        if word.lower().startswith("out="):
            return word[4:].strip()
    return name


def string_length(var):
    """Length of a string as a C expression, `-1` if the caller decides."""
    selector = var.get("charselector") or {}
    length = selector.get("*", selector.get("len"))
    if length is None:
        return "1"
    if length in ("(*)", "*", ":"):
        return selector.get("f2py_len", "-1")
    return length.strip("()") if length.startswith("(") else length


def result_name(routine):
    """Name of the variable that a function returns."""
    return routine.get("result", routine["name"])
