"""A raw file as it was read: its decoded text cut at the borders of its blocks, each with its role.

What stands in no block is there as well, so that one can check what was kept, what was set aside and what is markup.
A large file is shown window by window.
"""

import re
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus_db.reading.agreement import agrees
from corpus_db.reading.rawfile import Listed, source

WINDOW = 200_000  # code points on a page: what a browser lays out at once
FOLDED = 1_000  # code points in no block, beyond which they are folded up
# Characters that print nothing are shown as pictures of themselves, lone surrogates as what they are: no characters.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {127: 0x2421}
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"[\r\n]")
_INDENT = 200  # code points before a block that are looked through for the beginning of its line


class Mark(NamedTuple):
    """A block of the raw file: its span, its role, the article it belongs to, its number there, its clean text."""

    start: int
    stop: int
    role: str
    key: str
    position: int
    text: str


class Stretch(NamedTuple):
    """A run of text with no border in it. `facts` are those that it states, such as 'author: Ann Lee'."""

    text: str
    start: int
    anchored: bool  # a block or a fact begins here
    facts: tuple[str, ...]


class Piece(NamedTuple):
    """What the window shows of a block, or of what stands between blocks: `mark` is None there.

    `begins` says whether the block begins in the window, `leads` whether it is the first on its line, `agrees` whether
    the file has the text there that the corpus has.
    """

    mark: Mark | None
    begins: bool
    leads: bool
    agrees: bool
    stretches: tuple[Stretch, ...]


class Tally(NamedTuple):
    """How many blocks of the file have a role, their code points, and where the first of them begins."""

    role: str
    blocks: int
    characters: int
    first: int


class Window(NamedTuple):
    """A part of the raw file, `start:stop` of `length` code points; where the ones before and after it begin.

    `differing` counts the blocks shown that do not agree with the file.
    `tallies` count in the whole file, most blocks first; so do `outside`, the code points that stand in no block, and
    `visible`, those of them that are no white space.
    """

    start: int
    stop: int
    length: int
    previous: int | None
    next: int | None
    pieces: tuple[Piece, ...]
    differing: int
    tallies: tuple[Tally, ...]
    outside: int
    visible: int


class RawView(NamedTuple):
    """The raw file of an article. `window` is None where `problem` says why it cannot be shown.

    `archived` says that the file is an archive (MHTML), and what is shown the page in it, decoded.
    """

    key: str
    headline: str | None
    file: Listed
    window: Window | None
    problem: str | None
    archived: bool = False


_FILE = """
select raw_files.id, articles.key, headline, path, sha256, bytes, format, encoding
from articles join raw_files on raw_files.id = articles.raw_file_id where articles.key = ?
"""
_MARKS = """
select start, stop, 'paragraph', key, position, text
from articles join paragraphs on article_id = articles.id where articles.raw_file_id = :file
union all
select start, stop, role, key, position, text
from furniture left join articles on articles.id = article_id where furniture.raw_file_id = :file
order by start
"""
_FACTS = """
select start, stop, field || ': ' || value from articles join facts on article_id = articles.id
where articles.raw_file_id = ? and start is not null and source <> 'body text' order by start
"""

Range = tuple[int, int, str]  # of a fact, with its words


def raw_view(connection: sqlite3.Connection, key: str, at: int | None = None) -> RawView | None:
    """The raw file of the article with this key, around the position `at` or its first paragraph; None without it."""
    row = connection.execute(_FILE, [key]).fetchone()
    if row is None:
        return None
    raw_file_id, key, headline, *columns = row
    listed = Listed(*columns)
    found = source(connection, listed)
    if found.text is None:
        return RawView(key, headline, listed, None, found.problem)
    marks = [Mark(*each) for each in connection.execute(_MARKS, {"file": raw_file_id})]
    facts: list[Range] = [(start, stop, words) for start, stop, words in connection.execute(_FACTS, [raw_file_id])]
    if max((each.stop for each in marks), default=0) > len(found.text):
        problem = "The spans of the corpus end behind the text of the raw file: load it again."
        return RawView(key, headline, listed, None, problem)
    if at is None:
        at = next((mark.start for mark in marks if mark.role == "paragraph" and mark.key == key), 0)
    window = _window(found.text, _disjoint(marks), facts, at)
    return RawView(key, headline, listed, window, None, found.archived)


def _disjoint(marks: list[Mark]) -> list[Mark]:
    """The marks in order, without what a damaged database says twice of the same text."""
    found: list[Mark] = []
    for mark in marks:
        begin = max(mark.start, found[-1].stop if found else 0)
        if begin < mark.stop:
            found.append(mark if begin == mark.start else mark._replace(start=begin))
    return found


def _window(text: str, marks: list[Mark], facts: list[Range], at: int) -> Window:
    """The window that the position `at` stands in; windows begin at multiples of their length."""
    start = min(max(at, 0), len(text) - 1) // WINDOW * WINDOW
    stop = min(start + WINDOW, len(text))
    outside = list(_outside(marks, len(text)))
    pieces = tuple(_pieces(text, start, stop, marks, facts))
    return Window(
        start,
        stop,
        len(text),
        start - WINDOW if start else None,
        stop if stop < len(text) else None,
        pieces,
        sum(not piece.agrees for piece in pieces),
        _tallies(marks),
        sum(end - begin for begin, end in outside),
        sum(len("".join(text[begin:end].split())) for begin, end in outside),
    )


def _outside(marks: list[Mark], length: int) -> Iterator[tuple[int, int]]:
    """Spans between the marks."""
    edges = [0, *(edge for mark in marks for edge in (mark.start, mark.stop)), length]
    return ((begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end)


def _tallies(marks: list[Mark]) -> tuple[Tally, ...]:
    found: dict[str, Tally] = {}
    for mark in marks:
        _, blocks, characters, first = found.get(mark.role, Tally(mark.role, 0, 0, mark.start))
        found[mark.role] = Tally(mark.role, blocks + 1, characters + mark.stop - mark.start, first)
    return tuple(sorted(found.values(), key=lambda tally: (-tally.blocks, tally.role)))


def _pieces(text: str, start: int, stop: int, marks: list[Mark], facts: list[Range]) -> Iterator[Piece]:
    """The text of a window, without a gap: blocks and what stands between them, in turn."""
    near = [fact for fact in facts if fact[0] < stop and fact[1] > start]
    at = start
    for mark in marks:
        if mark.stop <= start or mark.start >= stop:
            continue
        if at < mark.start:
            yield Piece(None, False, False, True, tuple(_stretches(text, at, mark.start, None, near)))
        begin, at = max(mark.start, start), min(mark.stop, stop)
        leads, same = _leads(text, mark.start), agrees(mark.text, text[mark.start : mark.stop])
        yield Piece(mark, begin == mark.start, leads, same, tuple(_stretches(text, begin, at, mark, near)))
    if at < stop:
        yield Piece(None, False, False, True, tuple(_stretches(text, at, stop, None, near)))


def _leads(text: str, start: int) -> bool:
    """Whether nothing but white space stands before a position on its line."""
    before = text[max(0, start - _INDENT) : start]
    line = _BREAK.split(before)[-1]
    return not line.strip() and (len(line) < len(before) or start == len(before))


def _stretches(text: str, start: int, stop: int, mark: Mark | None, facts: list[Range]) -> Iterator[Stretch]:
    """The text cut where facts begin and end."""
    here = [fact for fact in facts if fact[0] < stop and fact[1] > start]
    begins = {fact[0] for fact in here} | ({mark.start} if mark else set())
    cuts = {edge for fact in here for edge in fact[:2] if start < edge < stop}
    for begin, end in pairwise(sorted({start, stop, *cuts})):
        said = dict.fromkeys(words for first, last, words in here if first <= begin and end <= last)
        shown = _SURROGATE.sub("\ufffd", text[begin:end]).translate(_PICTURES)
        yield Stretch(shown, begin, begin in begins, tuple(said))
