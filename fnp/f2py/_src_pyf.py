"""Templates of signature files (`.pyf.src`).

A subroutine, function, module or interface that has lists `<a,b,c>` in it is written once for each
item. `<name=a,b,c>` names a list, `<name>` uses it, `\\,` is a comma of an item. Lists of
`subroutine <s,d>foo` and of names defined outside of routines (`<_t=real,double precision>`) go
together by position. `<_c>`, `<_t>`, `<prefix>`, … are known names.
"""
import os
import re

from .. import _unwritten

_unwritten.declare(globals(), functions="conv expand_sub find_and_remove_repl_patterns "
                                        "find_repl_patterns parse_structure unique_key")

routine_start_re = re.compile(r"^[ \t]*(?:\w[\w*() \t]*?[ \t]+)??(?:subroutine|function)\b",
                              re.I | re.M)
routine_end_re = re.compile(r"^[ \t]*end[ \t]*(?:subroutine|function)\b.*$", re.I | re.M)
function_start_re = re.compile(r"^[ \t]*(?:\w[\w*() \t]*?[ \t]+)??function\b", re.I | re.M)
named_re = re.compile(r"<\s*(\w+)\s*=\s*([^<>]*?)\s*>")
list_re = re.compile(r"<\s*((?:\\,|[^<>=,])+(?:,(?:\\,|[^<>=,])*)+)\s*>")
template_re = re.compile(r"<\s*(\w+)\s*>")
template_name_re = re.compile(r"\\?(\w+)")
item_re = re.compile(r"\A\\(?P<index>\d+)\Z")
include_src_re = re.compile(r"^[ \t]*include\s*['\"](?P<name>[^'\"]+\.src)['\"]", re.I | re.M)

_special_names = {
    "_c": "s,d,c,z", "_t": "real,double precision,complex,double complex",
    "prefix": "s,d,c,z", "ftype": "real,double precision,complex,double complex",
    "ctype": "float,double,complex_float,complex_double",
    "ftypereal": "real,double precision,\\0,\\1",
    "ctypereal": "float,double,\\0,\\1",
}


def _items(text):
    """Items of a list; `\\0` stands for the item of that index."""
    items = [i.strip().replace("\\,", ",") for i in re.split(r"(?<!\\),", text)]
    out = []
    for item in items:
        m = item_re.match(item)
        out.append(items[int(m.group("index"))] if m else item)
    return out


def _routines(text):
    """`(text outside, routine or "")` pairs that make up `text`."""
    at = 0
    while True:
        start = routine_start_re.search(text, at)
        end = start and routine_end_re.search(text, start.end())
        if not end:
            yield text[at:], ""
            return
        yield text[at:start.start()], text[start.start():end.end()]
        at = end.end()


def _expand(routine, names):
    """A routine once for each item of its lists; what it names stays named."""
    for name, items in named_re.findall(routine):
        names[name] = items
    routine = named_re.sub(r"<\1>", routine)
    lists = {}
    for m in template_re.finditer(routine):
        text = names.get(m.group(1), _special_names.get(m.group(1)))
        if text is not None:
            lists[m.group()] = _items(text)
    for m in list_re.finditer(routine):
        lists[m.group()] = _items(m.group(1))
    if not lists:
        return routine
    first = min(lists, key=routine.index)
    count = len(lists[first])
    copies = []
    for i in range(count):
        text = routine
        for mark, items in lists.items():
            if len(items) == count:
                text = text.replace(mark, items[i])
            elif i == 0:
                print(f"Mismatch in number of replacements (base {first}) for {mark}. Ignoring.")
        copies.append(text)
    return "\n".join(copies)


def process_str(allstr):
    """The text that a template stands for."""
    names, out = {}, []
    for outside, routine in _routines(allstr):
        for name, items in named_re.findall(outside):
            names[name] = items
        out.append(re.sub(r"^[ \t]*\n", "", named_re.sub("", outside), flags=re.M))
        if routine:
            out.append(_expand(routine, names) + "\n")
    return "".join(out)


def resolve_includes(source):
    """Lines of a file with its included templates in place."""
    lines = []
    with open(source) as f:
        for line in f:
            m = include_src_re.match(line)
            name = m and m.group("name")
            if name and not os.path.isabs(name):
                name = os.path.join(os.path.dirname(source), name)
            if name and os.path.isfile(name):
                lines += resolve_includes(name)
            else:
                lines.append(line)
    return lines


def process_file(source):
    """The text that a template file stands for."""
    return process_str("".join(resolve_includes(source)))
