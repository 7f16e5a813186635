"""Plain text: pages copied from a browser, wire copy, mail, typescripts. The declared fallback of the formats.

Blocks are paragraphs as the file breaks its lines. Where a text was exported with Markdown's inline marks in it, these
are resolved; its layout stays that of plain text.
"""

import re

from corpus_db.loading.formats import lines
from corpus_db.loading.formats.cover import cover
from corpus_db.loading.formats.inline import fold, is_marked, resolve
from corpus_db.loading.formats.lines import Line
from corpus_db.records import Block, Draft, Form, RawFile

NAME = "plain text"

_BULLET = re.compile(r"[•‣▪▫■□◦●○·∙*+-][ \t\xa0]+(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
# A word broken at the end of a line: the hyphen stays, for which of them belong to the word is not stated.
_CLOSING = frozenset(",.;:!?)]")  # a line that was cut after a link begins with one of these
_HYPHEN = re.compile(r"\w[-\u2010]\Z")


def claims(raw: RawFile) -> bool:  # noqa: ARG001
    """Never: plain text is what is left when no other format claims a file."""
    return False


def read(raw: RawFile) -> tuple[Draft, ...]:
    """One draft of all the blocks of the file, in order."""
    return (Draft(cover(raw.source, blocks(raw.source))),)


def blocks(source: str, start: int = 0, stop: int | None = None) -> list[Block]:
    """The blocks of a stretch of a text, in order."""
    found = lines.lines(source, start, stop)
    marked = is_marked(source[start:stop])
    return [_block(source, group, marked) for group in lines.groups(source, found, lines.layout(source, found))]


def _block(source: str, group: list[Line], marked: bool) -> Block:
    start, stop, first = group[0].start, group[-1].stop, group[0]
    marker = lines.MARKER.match(source, start, first.stop)
    if lines.is_rule(source, first):
        return Block(fold(source[start:stop]), start, stop, Form(rule=True, gap=first.gap, indent=first.indent))
    if marked:
        bullet = _BULLET.match(source, start, stop)
        heading = _HEADING.match(source, start, stop)
        prefix = bullet or heading
        text, runs, links, strong = resolve(source, prefix.end() if prefix else start, stop)
        level = len(heading[1]) if heading else 0
        form = Form(heading=level, item=bool(marker), strong=strong, gap=first.gap, indent=first.indent, links=links)
        return Block(text, start, stop, form, runs)
    quote = source.startswith(">", start)
    form = Form(item=bool(marker), quote=quote, gap=first.gap, indent=first.indent)
    return Block(_text(source, group, quote), start, stop, form)


def _text(source: str, group: list[Line], quote: bool) -> str:
    """The lines of a group as one clean text, without marks of quotation and the bullet of a list item."""
    text = ""
    for line in group:
        piece = source[line.start : line.stop]
        if quote:
            piece = _QUOTED.sub("", piece, count=1)
        piece = fold(piece)
        close = not text or _HYPHEN.search(text) or piece[:1] in _CLOSING
        text = f"{text}{piece}" if close else f"{text} {piece}"
    return text[bullet.end() :] if (bullet := _BULLET.match(text)) else text
