"""Texts of a page with their places in its source -> blocks: disjoint, in the order of the source."""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from typing import NamedTuple

from corpus_db.loading.formats.inline import fold
from corpus_db.records import Block, Form, Link, Run, Scope

_LINE, _STOPS = 80, frozenset('.!?…:"”’»。')


class Element(NamedTuple):
    """What an element hands down to the texts in it."""

    seen: bool
    block: int  # identity of the nearest block element
    form: Form  # without scope, links, emphasis
    scope: Scope | None
    link: str | None
    strong: bool


class Piece(NamedTuple):
    """A text of the tree, and where it stands in the source."""

    text: str
    start: int
    width: int
    link: str | None
    strong: bool


GAP = Piece(" ", 0, 0, None, strong=False)


def _formed(inside: Element, strong: bool, links: tuple[Link, ...]) -> Form:
    """The form of a block in an element; written out, for pages have hundreds of them."""
    heading, item, quote, cell, code, image, rule, _, gap, indent, hidden, _, _ = inside.form
    return Form(heading, item, quote, cell, code, image, rule, strong, gap, indent, hidden, inside.scope, links)


def of_line(piece: Piece, inside: Element, *, alone: bool) -> list[Block]:
    """The block of one text, alone or before a gap; none where it prints nothing."""
    text, start, width, link, strong = piece
    if width != len(text):
        return of_texts([piece], inside)
    clean = fold(text)
    if not clean:
        return []
    links = (Link(0, len(clean), link),) if link is not None else ()
    begin, stop = start + width - len(text.lstrip()), start + len(text.rstrip())
    runs = None if alone else (Run(0, len(clean), begin, stop - begin),)
    return [Block(clean, begin, stop, _formed(inside, strong, links), runs)]


def of_texts(pieces: list[Piece], inside: Element) -> list[Block]:
    """The block that several texts make, with the run of source behind each; none where they print nothing."""
    parts: list[str] = []
    runs: list[Run] = []
    links: list[Link] = []
    length = 0
    opened: tuple[int, str] | None = None
    space = False
    for text, start, width, link, _ in pieces:
        clean = fold(text)
        if not clean or not width:
            space = True
            continue
        if length and (space or text[0].isspace() or _apart(parts[-1], clean)):
            parts.append(" ")
            length += 1
        if opened and opened[1] != link:
            links.append(Link(opened[0], length - (parts[-1] == " "), opened[1]))
            opened = None
        if link is not None and opened is None:
            opened = (length, link)
        left = len(text) - len(text.lstrip()) if width == len(text) else 0
        runs.append(Run(length, len(clean), start + left, len(text.strip()) if width == len(text) else width))
        parts.append(clean)
        length += len(clean)
        space = text[-1].isspace()
    if not runs:
        return []
    if opened:
        links.append(Link(opened[0], length, opened[1]))
    strong = all(each.strong for each in pieces if each.width)
    form = _formed(inside, strong, tuple(links))
    return [Block("".join(parts), runs[0].start, runs[-1].start + runs[-1].width, form, tuple(runs))]


def stops(pieces: list[Piece], strong: bool) -> bool:
    """Whether what stands above a line break is a paragraph: not a short line, and its sentence is over.

    So is what is strong as a whole, where what stands below is not, as `strong` says: a byline, a crosshead.
    """
    if not strong and all(piece.strong for piece in pieces if piece.width):
        return True
    text = "".join(piece.text for piece in pieces).rstrip()
    return len(text) > _LINE and text[-1] in _STOPS


def _apart(before: str, after: str) -> bool:
    """Whether two texts without white space between them are set apart by style: 'Ann Lee' and 'March 3'."""
    return len(before) > 2 and (before[-1].islower() or before[-1].isdigit()) and after[0].isupper() and len(after) > 2


def disjoint(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in the order of the source; where one begins within another the other is cut there."""
    numbers = count()
    rest = [(block.start, next(numbers), block) for block in blocks]
    heapify(rest)
    above: Block | None = None
    while rest:
        _, _, block = heappop(rest)
        if above is not None and block.start < above.stop:
            runs = above.runs or ()
            before = tuple(run for run in runs if run.start + run.width <= block.start)
            after = tuple(run for run in runs if run.start >= block.start)
            if len(before) + len(after) != len(runs) or not before:
                continue  # the same stretch was read twice: the first reading stays
            if after:
                heappush(rest, (after[0].start, next(numbers), _cut(above, after)))
            above = _cut(above, before)
        if above is not None:
            yield above
        above = block
    if above is not None:
        yield above


def _cut(block: Block, runs: tuple[Run, ...]) -> Block:
    """The part of a block that some of its runs make."""
    at, last = runs[0].at, runs[-1]
    links = tuple(link for link in block.form.links if at <= link.start and link.stop <= last.at + last.length)
    moved = tuple(link._replace(start=link.start - at, stop=link.stop - at) for link in links)
    form = block.form._replace(links=moved)
    text = block.text[at : last.at + last.length]
    return Block(
        text, runs[0].start, last.start + last.width, form, tuple(run._replace(at=run.at - at) for run in runs)
    )
