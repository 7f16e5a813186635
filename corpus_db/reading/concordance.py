"""A query -> its hits, each in the words around it (keyword in context), sorted by what stands beside them.

A hit is what FTS5 marks: a word, a phrase, each word of a near search; each is a line. The words around it are of the
same paragraph. To sort lines all must be at hand: where there are too many, it is a sample of whole articles in the
order of their keys (see `subcorpora`); `every` gives all lines one after the other, whatever their number.
"""

import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import marking, names
from corpus_db.reading.columns import Ints
from corpus_db.reading.hits import Hits, hits
from corpus_db.reading.marking import Piece
from corpus_db.reading.query import Filter, Query
from corpus_db.reading.subcorpora import by_key
from corpus_db.reading.words import spans, words

Sort = Literal[
    "document", "left1", "left2", "left3", "right1", "right2", "right3", "node", "newest", "oldest", "outlet"
]
SORTS: tuple[Sort, ...] = get_args(Sort)
NARROWEST, WIDEST = 5, 20  # words around a hit
LIMIT = 5_000  # paragraphs whose hits are sorted at once
PAGE = 50  # lines of a page
_AT_ONCE = 500  # paragraphs whose words are told at once


class Line(NamedTuple):
    """A hit with the words around it, as printed, and where it stands."""

    key: str  # of the article
    position: int  # of the paragraph in its article
    number: int  # of the hit in its paragraph, from 1
    before: str
    node: str
    after: str
    headline: str | None
    outlet: str | None
    published: str | None
    language: str | None


class Group(NamedTuple):
    """An outlet, None where it is not stated, and its hits among all lines."""

    outlet: str | None
    lines: int
    articles: int


class Concordance(NamedTuple):
    """A page of lines."""

    query: Query
    unknown: tuple[Filter, ...]
    sort: Sort
    width: int
    articles: int  # with hits
    paragraphs: int
    sampled: int  # paragraphs whose hits are at hand; fewer than `paragraphs` where it is a sample
    total: int  # lines that are at hand
    first: int  # number of the first line of the page, from 1; 0 where there is none
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]  # most lines first


def concordance(
    connection: sqlite3.Connection,
    query: Query,
    *,
    width: int = 10,
    sort: Sort = "document",
    by_outlet: bool = False,
    page: int = 1,
    size: int = PAGE,
    limit: int = LIMIT,
) -> Concordance:
    """The lines of a page, from 1, with `width` words (5 to 20) on either side.

    `by_outlet` puts the lines of an outlet together, the outlet with most of them first. Of more than `limit`
    paragraphs with hits, a sample is taken.
    """
    settled, unknown = names.settle(connection, query)
    width = max(NARROWEST, min(WIDEST, width))
    found = hits(connection, settled)
    sample = _sample(found, limit)
    entries = sorted(_entries(connection, found, settled, sample, width), key=_ORDERS[sort])
    lines = [entry.line for entry in entries]
    groups = _groups(lines)
    if by_outlet:
        rank = {group.outlet: number for number, group in enumerate(groups)}
        lines.sort(key=lambda line: rank[line.outlet])
    start = size * max(0, min(page - 1, (len(lines) - 1) // size))
    return Concordance(
        query=settled,
        unknown=unknown,
        sort=sort,
        width=width,
        articles=found.articles if settled.groups else 0,
        paragraphs=found.total if settled.groups else 0,
        sampled=len(sample),
        total=len(lines),
        first=start + 1 if lines else 0,
        lines=tuple(lines[start : start + size]),
        groups=groups,
    )


def every(connection: sqlite3.Connection, query: Query, *, width: int = 10, chunk: int = 1_000) -> Iterator[Line]:
    """All lines of a query in the order of the corpus, made a chunk of paragraphs at a time."""
    settled = names.settle(connection, query).query
    found = hits(connection, settled)
    ids = _paragraphs(found)
    for start in range(0, len(ids), chunk):
        some = ids[start : start + chunk]
        for entry in _entries(connection, found, settled, some, max(NARROWEST, min(WIDEST, width))):
            yield entry.line


def _paragraphs(found: Hits) -> Ints:
    """The paragraphs with hits that are found, ascending."""
    if found.ids is None or not len(found.ids):
        return np.zeros(0, dtype=np.int64)
    return found.ids[found.found[found.columns.owners(found.ids)]]


def _sample(found: Hits, limit: int) -> Ints:
    """The paragraphs with hits of the first articles by key that have no more than `limit`; at least of one."""
    ids = _paragraphs(found)
    if len(ids) <= limit:
        return ids
    rows = by_key(found.columns, found.found)
    enough = max(1, int(np.searchsorted(np.cumsum(found.paragraphs[rows]), limit, side="right")))
    return ids[np.isin(found.columns.owners(ids), rows[:enough])]


class _Entry(NamedTuple):
    """A line, and what it is sorted by: its words as the index has them, those nearest to the hit first."""

    line: Line
    left: list[str]
    node: list[str]
    right: list[str]


_ARTICLE = """
select articles.key, headline, outlets.name, published, language
from articles left join outlets on outlets.id = articles.outlet_id where articles.id = ?
"""


def _entries(connection: sqlite3.Connection, found: Hits, query: Query, ids: Ints, width: int) -> Iterator[_Entry]:
    """The lines of some paragraphs, in the order of their ids."""
    article = lru_cache(lambda row: connection.execute(_ARTICLE, [int(found.columns.ids[row])]).fetchone())
    marked = marking.whole(connection, query, ids.tolist())
    while some := list(islice(marked, _AT_ONCE)):
        rows = found.columns.owners(np.array([paragraph for paragraph, _ in some])).tolist()
        paragraphs = [marking.pieces(text) for _, text in some]
        around = _around(paragraphs, width)
        for (paragraph, _), row, pieces in zip(some, rows, paragraphs, strict=True):
            key, *rest = article(row)
            position = paragraph - int(found.columns.first[row]) + 1
            for number in range(1, 1 + sum(piece.hit for piece in pieces)):
                printed, entry = next(around)
                yield _Entry(Line(key, position, number, *printed, *rest), *entry)


def _around(
    paragraphs: Sequence[Sequence[Piece]], width: int
) -> Iterator[tuple[tuple[str, str, str], tuple[list[str], list[str], list[str]]]]:
    """Each hit of some paragraphs: what stands before, in and after it, as printed; the words left, in and right of it.

    The words of all paragraphs are told at once, which takes a tenth of the time.
    """
    texts = ["".join(piece.text for piece in pieces) for pieces in paragraphs]
    text = "\n".join(texts)
    told, places = words(text), spans(text)
    starts = [start for start, _ in places]
    begin = 0
    for pieces, own in zip(paragraphs, texts, strict=True):
        end = begin + len(own)
        low, high = bisect_left(starts, begin), bisect_left(starts, end)
        at = begin
        for piece in pieces:
            stop = at + len(piece.text)
            if piece.hit:
                first, behind = bisect_left(starts, at, low, high), bisect_left(starts, stop, low, high)
                left, right = max(low, first - width), min(high, behind + width)
                before = text[starts[left] if left > low else begin : at].strip()
                after = text[stop : places[right - 1][1] if right < high else end].strip()
                yield (before, piece.text, after), (told[left:first][::-1], told[first:behind], told[behind:right])
            at = stop
        begin = end + 1


def _groups(lines: list[Line]) -> tuple[Group, ...]:
    """Outlets, the one with most lines first, 'not stated' last of equals."""
    counts = Counter(line.outlet for line in lines)
    articles = Counter(outlet for outlet, _ in {(line.outlet, line.key) for line in lines})
    groups = (Group(outlet, count, articles[outlet]) for outlet, count in counts.items())
    return tuple(sorted(groups, key=lambda each: (-each.lines, each.outlet is None, each.outlet or "")))


def _by(side: Literal["left", "right"], which: int) -> Callable[[_Entry], tuple[object, ...]]:
    """Sorts by a word beside the hit, then by those farther away, then by those nearer."""

    def key(entry: _Entry) -> tuple[object, ...]:
        found = entry.left if side == "left" else entry.right
        return (*(found[which - 1 :] or [""]), *found[: which - 1])

    return key


_ORDERS: dict[Sort, Callable[[_Entry], tuple[object, ...]]] = {
    "document": lambda _: (),
    "left1": _by("left", 1),
    "left2": _by("left", 2),
    "left3": _by("left", 3),
    "right1": _by("right", 1),
    "right2": _by("right", 2),
    "right3": _by("right", 3),
    "node": lambda entry: (*entry.node, "", *entry.right),
    "newest": lambda entry: (entry.line.published is None, *(-ord(each) for each in entry.line.published or "")),
    "oldest": lambda entry: (entry.line.published is None, entry.line.published or ""),
    "outlet": lambda entry: (entry.line.outlet is None, entry.line.outlet or ""),
}
