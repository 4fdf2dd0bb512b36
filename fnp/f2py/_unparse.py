"""Blocks as the text of a signature file."""

INDENT = "    "


def type_text(var):
    """`real(kind=8)`, `character*5`, …"""
    name = var["typespec"]
    if name == "type":
        return f"type({var.get('typename', '')})"
    selector = dict(var.get("kindselector") or var.get("charselector") or {})
    if "*" in selector:
        length = selector["*"]
        return f"{name}*({length})" if not length.isdigit() and length[0] != "(" \
            else f"{name}*{length}"
    inside = [f"{k}={selector[k]}" for k in ("len", "f2py_len", "kind") if k in selector]
    return f"{name}({','.join(inside)})" if inside else name


def attribute_texts(var, as_interface=False):
    """The attributes of a variable: `(plain, with bracket)`."""
    plain = [a for a in var.get("attrspec", ()) if a != "external"]
    more = []
    if var.get("dimension"):
        more.append(f"dimension({','.join(var['dimension'])})")
    intents = [i for i in var.get("intent", ()) if not i.startswith("out=")]
    if as_interface:
        intents = [i for i in intents if i in ("in", "out", "inout")]
        if len(set(intents)) > 1:
            intents = ["inout"]
    if intents:
        more.append(f"intent({','.join(intents)})")
    if not as_interface:
        if any(i.startswith("out=") for i in var.get("intent", ())):
            more[-1 if intents else len(more):] = [f"intent({','.join(var['intent'])})"]
        for word in ("note", "check", "depend"):
            if var.get(word):
                more.append(f"{word}({','.join(map(str, var[word]))})")
    return plain, more


def declaration(name, var, as_interface=False):
    """One line that declares `name`, or None if nothing is to be said."""
    if "typespec" not in var:
        return None
    plain, more = attribute_texts(var, as_interface)
    if as_interface:
        plain = [a for a in plain if a not in ("required",)]
        head = ", ".join([type_text(var), *(",".join(plain + more),)]) if plain + more \
            else type_text(var)
    elif plain:
        head = f"{type_text(var)}, {','.join(plain + more)}"
    else:
        head = f"{type_text(var)} {','.join(more)}".rstrip()
    text = f"{head} :: {name}"
    if "=" in var and not as_interface:
        text += f"={var['=']}"
    return text


def variable_lines(block, as_interface=False):
    """Declarations of a routine's or module's variables, arguments first."""
    names = [a for a in block.get("args", ()) if a in block["vars"]]
    names += [n for n in block["vars"] if n not in names]
    lines = []
    for name in names:
        var = block["vars"][name]
        attrs = var.get("attrspec", ())
        if name in block.get("externals", ()) or "external" in attrs:
            called = [i for i in var.get("intent", ()) if i in ("callback", "hide")]
            if "callback" in called:
                lines.append(f"intent({','.join(called)}) {name}")
            lines.append(f"external {name}")
            continue
        line = declaration(name, var, as_interface)
        if line:
            lines.append(line)
    for name in block.get("intent", ()) and [block["name"]]:
        if block["block"] == "subroutine":
            lines.insert(0, f"intent({','.join(block['intent'])}) {name}")
    return lines


def use_lines(block):
    """`use` statements of a block."""
    for module, used in block.get("use", {}).items():
        text = f"use {module}"
        if used.get("only"):
            text += ", only: "
        elif used.get("map"):
            text += ", "
        names = [n if n == m else f"{n}=>{m}" for n, m in used.get("map", {}).items()]
        yield text + ",".join(names)


def common_lines(block):
    """COMMON statements of a block."""
    for name, members in block.get("common", {}).items():
        yield f"common {','.join(members)}" if name == "_BLNK_" \
            else f"common /{name}/ {','.join(members)}"


def _head(block, as_interface):
    kind, name = block["block"], block["name"]
    if name == f"unknown_{kind.replace(' ', '_')}":
        name = ""
    text = f"{kind} {name}" if name or kind == "interface" else kind
    if kind in ("function", "subroutine"):
        args = [a for a in block["args"]
                if "callback" not in block["vars"].get(a, {}).get("intent", ())]
        if args or kind == "function":
            text += f"({','.join(args)})"
        if block.get("result"):
            text += f" result ({block['result']})"
    where = "" if as_interface or "from" not in block else f"! in {block['from']}"
    return f"{text} {where}", f"end {kind} {name}"


def block_lines(block, depth=0, as_interface=False):
    """All lines of a block."""
    indent = INDENT * depth
    head, end = _head(block, as_interface)
    yield indent + head
    inner = INDENT * (depth + 1)
    enhancements = {} if as_interface else block.get("f2pyenhancements", {})
    for word, content in enhancements.items():
        for piece in content if isinstance(content, list) else [content]:
            yield f"{inner}{word} {piece}"
    for line in use_lines(block):
        yield inner + line
    for line in variable_lines(block, as_interface):
        yield inner + line
    for line in () if as_interface else common_lines(block):
        yield inner + line
    for name, args in block.get("entry", {}).items():
        yield f"{inner}entry {name}({','.join(args)})"
    for part in block["body"]:
        yield from block_lines(part, depth + 1, as_interface)
    yield indent + end


def interface_text(block):
    """The block as it was declared, for an interface in a wrapper."""
    return "\n" + "\n".join(block_lines(block, 1, True))


def signature_text(blocks, version):
    """A whole signature file."""
    lines = [line for block in blocks for line in block_lines(block)]
    return "\n".join([
        "!    -*- f90 -*-", "! Note: the context of this file is case sensitive.", "", *lines, "",
        f"! This file was auto-generated with f2py (version:{version}).", "! See:",
        "! https://web.archive.org/web/20140822061353/http://cens.ioc.ee/projects/f2py2e", ""])
