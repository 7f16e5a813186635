"""Decoded text -> its lines, and which line breaks end a paragraph.

A file is written in one of a few ways: paragraphs on one line each, with or without blank lines between; hard-wrapped
at a width; wrapped and double-spaced, as text taken from a PDF. The lines tell which: where a text is wrapped at a
width, the first word of the next line would not have fitted on the line before, almost everywhere.
"""

import re
from itertools import pairwise
from typing import NamedTuple

# White space, and characters that print nothing: soft hyphen, zero-width space, word joiner, byte order mark.
INVISIBLE = "\u00ad\u180e\u200b\u2060\ufeff"
BLANK = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_NOTHING = BLANK + INVISIBLE

_LINE = re.compile(r"([^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*)(\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\Z)")
_WORD = re.compile(r"\S+")
# Marks before an item of a list: '• ', '- ', '* ', '1. ', 'a) '.
MARKER = re.compile(r"(?:[•‣▪▫■□◦●○·∙*+–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])[ \t\xa0]+(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_RULE = re.compile(r"[\W_]+\Z")
_SENTENCE_END = re.compile(r"""[.!?…:;。！？][\])}'"’”»›*_]*\Z""")
# A line that ends in 'according to', 'told', 'the' goes on in the next one, whatever that begins with.
_LEADS_ON = re.compile(r"\b[a-z]{1,4}\Z")
_CONTINUES = re.compile(r"[,.;:!?)\]’”»]|\(?([^\W\d_])")
# Lower-case words that begin lines of their own: 'by Ann Lee', 'from The Post', 'von Max Braun', an address.
_APART = re.compile(
    r"""(?:https?|www|by|from|von|par|por|di|da|de|door|af|av|od|przez|via|photo|image|foto
         |updated|published|publié|mis\ à\ jour|publicado|actualizado|aggiornato|pubblicato|gepubliceerd|bijgewerkt)\b
      |(?:\w[\w-]*\.)+[a-z]{2,6}(?:/|\s|\Z)
      |[^\W\d_]{2,12}\.?,?\ \d{1,2}\.?\ [^\W\d_]{3,12}\.?\ \d{4}""",
    re.I | re.X,
)  # … a domain, a day: 'gio 8 gen 2026'

MIN_WIDTH, MAX_WIDTH = 40, 132  # columns of mail, typescripts and terminals


class Line(NamedTuple):
    """A line with something on it: its span without surrounding blanks, its columns, the blank lines above."""

    start: int
    stop: int
    indent: int
    gap: int


class Layout(NamedTuple):
    """How a text is broken into lines: wrapped at `width` columns, with `spacing` blank lines within a paragraph."""

    width: int | None
    spacing: int = 0


def lines(source: str, start: int = 0, stop: int | None = None) -> list[Line]:
    """The lines of `source[start:stop]` that print something, in order."""
    found, blanks = [], 0
    for match in _LINE.finditer(source, start, len(source) if stop is None else stop):
        text = match[1]
        left = text.lstrip(_NOTHING)
        if left:
            indent = len(text) - len(left)
            columns = len(text[:indent].translate(_ERASE).expandtabs(8))
            begin = match.start() + indent
            found.append(Line(begin, begin + len(left.rstrip(_NOTHING)), columns, blanks))
            blanks = 0
        else:
            blanks += 1
    return found


_ERASE = {ord(char): None for char in INVISIBLE}


def layout(source: str, found: list[Line]) -> Layout:
    """How these lines of `source` are broken."""
    gaps = [line.gap for line in found[1:]]
    doubled = gaps.count(0) < 0.1 * len(gaps) and gaps.count(1) > 0 and max(gaps) > 1
    for spacing in (1, 0) if doubled else (0,):
        if width := _width(source, found, spacing):
            return Layout(width, spacing)
    return Layout(None)


def _width(source: str, found: list[Line], spacing: int) -> int | None:
    """The column at which lines with `spacing` blank lines between them are wrapped, or None."""
    pairs = [(a, b) for a, b in pairwise(found) if b.gap == spacing and not _opens(source, a, b)]
    if len(pairs) < 2:
        return None
    if len(pairs) < 5:  # too few to judge by shares: all of them have to look wrapped
        return _small_width(source, pairs)
    widths = sorted(_columns(a) for a, _ in pairs)
    width = widths[int(0.97 * (len(widths) - 1))]
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return None
    forced = sum(_columns(a) + 1 + _first_word(source, b) > width - 1 for a, b in pairs)
    running = sum(_runs_on(source, a, b) for a, b in pairs)
    return width if forced > 0.7 * len(pairs) and running > 0.3 * len(pairs) else None


def _small_width(source: str, pairs: list[tuple[Line, Line]]) -> int | None:
    """The column at which a few lines are wrapped: each is full and leaves its sentence open."""
    width = max(max(_columns(a), _columns(b)) for a, b in pairs)
    for a, b in pairs:
        open_ = not _SENTENCE_END.search(source, max(a.start, a.stop - 8), a.stop)
        if not (open_ and _columns(a) + 1 + _first_word(source, b) > width - 1):
            return None
    return width if 1.5 * MIN_WIDTH <= width <= MAX_WIDTH else None


def _columns(line: Line) -> int:
    return line.indent + line.stop - line.start


def _first_word(source: str, line: Line) -> int:
    match = _WORD.match(source, line.start, line.stop)
    return len(match[0]) if match else 0


def _runs_on(source: str, a: Line, b: Line, *, small: bool = False) -> bool:
    """Whether line `b` goes on in the middle of the sentence that `a` leaves open.

    It does not begin with a capital; `small` asks for a small letter, which not every script has.
    """
    match = _CONTINUES.match(source, b.start, b.stop)
    if match is None or _SENTENCE_END.search(source, max(a.start, a.stop - 8), a.stop):
        return False
    return match[1] is None or (match[1].islower() if small else not match[1].isupper())


def _opens(source: str, a: Line, b: Line) -> bool:
    """Whether `b` begins something new whatever the width: a list item, a rule, another level of quotation."""
    if MARKER.match(source, b.start, b.stop) or is_rule(source, b) or is_rule(source, a):
        return True
    return _quotation(source, a) != _quotation(source, b)


def _quotation(source: str, line: Line) -> int:
    if not source.startswith(">", line.start):
        return 0
    match = _QUOTED.match(source, line.start, line.stop)
    return match[0].count(">") if match else 0


def is_rule(source: str, line: Line) -> bool:
    """Whether a line is marks only: `***`, `- - -`, `=====`."""
    return bool(_RULE.match(source, line.start, line.stop))


def groups(source: str, found: list[Line], how: Layout) -> list[list[Line]]:
    """The lines, those of one paragraph together."""
    result: list[list[Line]] = []
    for line, after in zip(found, [*found[1:], None], strict=False):
        if result and _joins(source, result[-1], line, after, how):
            result[-1].append(line)
        else:
            result.append([line])
    return result


def _joins(source: str, group: list[Line], line: Line, after: Line | None, how: Layout) -> bool:
    """Whether `line` belongs to the paragraph of the lines in `group`."""
    last = group[-1]
    if line.gap > how.spacing + 1 or _opens(source, last, line):
        return False
    if how.width is not None and line.gap <= how.spacing:
        if line.indent > last.indent + 1 and not MARKER.match(source, group[0].start):
            return False
        full = _columns(last) + 1 + _first_word(source, line) > how.width - 1
        return full or _runs_on(source, last, line)
    return _cut(source, group, line, after)


def _cut(source: str, group: list[Line], line: Line, after: Line | None) -> bool:
    """Whether a paragraph was cut before `line`, as where a copied page put each link on a line of its own."""
    last = group[-1]
    if last.stop - group[0].start < MIN_WIDTH or _APART.match(source, line.start, line.stop):
        return False
    if _runs_on(source, last, line, small=True):
        return True
    link = after is not None and line.stop - line.start < MIN_WIDTH and _runs_on(source, line, after, small=True)
    return link and bool(_LEADS_ON.search(source, last.stop - 6, last.stop))
