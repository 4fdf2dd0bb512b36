"""Fortran files and signature files as a stream of statements.

Fixed and free form, continuations, comments, `!f2py` directives, include files and the
three-quote blocks of signature files are dealt with here; what comes out is one statement per
item, without comments and, where asked for, in lower case outside of quotes.
"""
import codecs
import os
import re
from typing import NamedTuple

FREE = (".f90", ".f95", ".f03", ".f08")
FIXED = (".for", ".ftn", ".f77", ".f")

_MARK = re.compile(r"-\*-\s*(?:mode:\s*)?(fortran|f90|f77|fix)\s*-\*-", re.I)
_INCLUDE = re.compile(r"\s*include\s*(['\"])(?P<name>[^'\"]+)\1", re.I)
_KEPT_WHOLE = re.compile(
    r"\s*(callstatement|callprotoargument|usercode|pymethoddef|fortranname|threadsafe)\b", re.I)
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
TRIPLE = "'''"


class Statement(NamedTuple):
    """One statement and where it starts."""

    text: str
    file: str
    line: int
    directive: bool = False


def read_text(path):
    """The characters of a source file, whatever Unicode encoding it is in."""
    with open(path, "rb") as f:
        data = f.read()
    marks = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
             (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
             (codecs.BOM_UTF16_BE, "utf-16"))
    for mark, encoding in marks:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def source_form(path, text=None):
    """"fix" or "free": by a mark in the first line, the extension, then by the look of it."""
    if text is None:
        text = read_text(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = _MARK.search(first)
    if mark:
        return "free" if mark.group(1).lower() == "f90" else "fix"
    extension = os.path.splitext(str(path))[1].lower()
    if extension in FIXED:
        return "fix"
    if extension in FREE:
        looks_fixed = re.match(r"[cC*]\s+\w+\s+\w", first)
        return "fix" if looks_fixed else "free"
    if extension == ".pyf":
        return "free"
    return "free" if _looks_free(text) else "fix"


def _looks_free(text):
    for line in text.splitlines()[:200]:
        if not line.strip() or line[0] in "cC*!dD#":
            continue
        if line[0] not in " \t\r0123456789" or line.rstrip().endswith("&"):
            return True
    return False


def without_comment(line, signature=False):
    """`line` up to its `!` comment."""
    quote = None
    for i, c in enumerate(line):
        if quote:
            if c == quote:
                quote = None
        elif c in "'\"":
            quote = c
        elif c == "!" and not (signature and line[i + 1:i + 2] == "="):
            return line[:i]
    return line


def lowered(text):
    """`text` in lower case, but for what stands in quotes."""
    out, end = [], 0
    for m in _QUOTED.finditer(text):
        out += [text[end:m.start()].lower(), m.group()]
        end = m.end()
    return "".join(out) + text[end:].lower()


def split_statements(text):
    """The statements between the semicolons of a line."""
    if _KEPT_WHOLE.match(text) or TRIPLE in text:
        return [text]
    parts, end, last = [], 0, 0
    quotes = [m.span() for m in _QUOTED.finditer(text)]
    while (end := text.find(";", end)) >= 0:
        if not any(a < end < b for a, b in quotes):
            parts.append(text[last:end])
            last = end + 1
        end += 1
    return [p for p in (*parts, text[last:]) if p.strip()]


class Reader:
    """Iterates over the statements of files."""

    def __init__(self, files, include_paths=(), lower=True, announce=None):
        self.files = files
        self.include_paths = list(include_paths)
        self.lower = lower
        self.announce = announce or (lambda path, form: None)
        self.form = "free"
        self.path = ""

    def __iter__(self):
        for path in self.files:
            yield from self._file(str(path))

    def _file(self, path, form=None):
        text = read_text(path)
        form = form or source_form(path, text)
        outer, self.form, self.path = (self.form, self.path), form, path
        self.announce(path, form)
        logical = self._fixed if form == "fix" else self._free
        for line, number, directive in logical(text.expandtabs(8).splitlines(), path):
            include = _INCLUDE.fullmatch(line.rstrip())
            if include:
                found = self._find(include.group("name"), path)
                if found:
                    yield from self._file(found, form)
                continue
            for statement in split_statements(line):
                yield Statement(self._case(statement), path, number, directive)
        self.form, self.path = outer

    def _find(self, name, path):
        for folder in (os.path.dirname(path), *self.include_paths):
            candidate = os.path.join(str(folder), name)
            if os.path.isfile(candidate):
                return candidate
        return None

    def _case(self, statement):
        if not self.lower:
            return statement
        if TRIPLE in statement:
            return statement
        m = _KEPT_WHOLE.match(statement)
        if m:
            rest = statement[m.end():]
            if m.group(1).lower() in ("fortranname", "threadsafe"):
                rest = rest.lower()
            return m.group().lower() + rest
        return lowered(statement)

    def _fixed(self, lines, path):
        """Logical lines of fixed form: (text, number, directive)."""
        text, start, directive = "", 0, False
        strict = os.path.splitext(path)[1].lower() in FIXED
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            special = line[0] in "cC*!dD#" and line[1:5].lower() == "f2py"
            if special:
                line = " " * 5 + line[5:]
            elif line[0] in "cC*!dD#" or line.lstrip().startswith("!"):
                continue
            elif strict:
                line = line[:72]
            more = line[:5].strip() == "" and line[5:6] not in ("", " ", "0")
            body = without_comment(line[6:] if more else line)
            if more and text:
                # A blank line of a comment ends no quote: the columns up to 72 belong to it.
                text += body
                continue
            if text.strip():
                yield text, start, directive
            text, start, directive = body, number, special
        if text.strip():
            yield text, start, directive

    def _free(self, lines, path):
        """Logical lines of free form: (text, number, directive)."""
        signature = path.lower().endswith(".pyf")
        text, start, directive, multi = None, 0, False, None
        for number, line in enumerate(lines, 1):
            if multi is not None:
                multi.append(line)
                if TRIPLE in line:
                    yield "\n".join(multi), start, directive
                    multi = None
                continue
            special = line.lstrip()[:5].lower() == "!f2py"
            if special:
                at = line.lower().index("!f2py")
                line = line[:at] + " " * 5 + line[at + 5:]
            if signature or special:
                if line.count(TRIPLE) % 2:
                    multi, start, directive = [line], number, special
                    continue
                if TRIPLE in line:
                    yield line, number, special
                    continue
            line = without_comment(line, signature or special).rstrip()
            if text is not None:
                piece = line.lstrip()
                if not piece:
                    continue
                if piece.startswith("&"):
                    piece = piece[1:]
                elif text and text[-1] not in " (,":
                    piece = " " + piece
                text += piece
            elif line.strip():
                text, start, directive = line, number, special
            else:
                continue
            if text.endswith("&"):
                text = text[:-1].rstrip() + " "
                continue
            yield text, start, directive
            text = None
        if text is not None:
            yield text, start, directive
