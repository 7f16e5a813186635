"""A query -> its hits, each in the words around it (keyword in context), sorted by what stands beside them.

A hit is what FTS5 marks: a word, a phrase, each word of a near search; each is a line. The words around it are of the
same paragraph. To sort lines all must be at hand: where there are too many, it is a sample of whole articles in the
order of their keys (see `subcorpora`); `every` gives all lines one after the other, whatever their number.
"""

import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import marking, names
from corpus_db.reading.columns import Ints
from corpus_db.reading.hits import Hits, hits
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
    lines = list(_lines(connection, settled, sample, width))
    groups = _groups(lines)
    lines.sort(key=_ORDERS[sort])
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
        yield from _lines(connection, settled, ids[start : start + chunk], max(NARROWEST, min(WIDEST, width)))


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


_PARAGRAPH = """
select articles.key, paragraphs.position, headline, outlets.name, published, language
from paragraphs
join articles on articles.id = paragraphs.article_id
left join outlets on outlets.id = articles.outlet_id
where paragraphs.id = ?
"""


def _lines(connection: sqlite3.Connection, query: Query, ids: Ints, width: int) -> Iterator[Line]:
    """The lines of some paragraphs, in the order of their ids."""
    for paragraph, marked in marking.whole(connection, query, ids.tolist()):
        key, position, headline, outlet, published, language = connection.execute(_PARAGRAPH, [paragraph]).fetchone()
        pieces = marking.pieces(marked)
        text = "".join(piece.text for piece in pieces)
        places = spans(text)
        starts = [start for start, _ in places]
        number, at = 0, 0
        for piece in pieces:
            stop = at + len(piece.text)
            if piece.hit:
                number += 1
                first, behind = bisect_left(starts, at), bisect_left(starts, stop)
                yield Line(
                    key,
                    position,
                    number,
                    text[places[first - width][0] if first > width else 0 : at].strip(),
                    piece.text,
                    text[stop : places[behind + width - 1][1] if behind + width <= len(places) else len(text)].strip(),
                    headline,
                    outlet,
                    published,
                    language,
                )
            at = stop


def _groups(lines: list[Line]) -> tuple[Group, ...]:
    """Outlets, the one with most lines first, 'not stated' last of equals."""
    counts = Counter(line.outlet for line in lines)
    articles = Counter(outlet for outlet, _ in {(line.outlet, line.key) for line in lines})
    groups = (Group(outlet, count, articles[outlet]) for outlet, count in counts.items())
    return tuple(sorted(groups, key=lambda each: (-each.lines, each.outlet is None, each.outlet or "")))


def _left(which: int) -> Callable[[Line], tuple[str, ...]]:
    """Sorts by a word to the left of the hit, then by those farther left, then by those nearer."""
    return lambda line: _from(words(line.before)[::-1], which)


def _right(which: int) -> Callable[[Line], tuple[str, ...]]:
    return lambda line: _from(words(line.after), which)


def _from(found: list[str], which: int) -> tuple[str, ...]:
    return (*(found[which - 1 :] or [""]), *found[: which - 1])


_ORDERS: dict[Sort, Callable[[Line], tuple[object, ...]]] = {
    "document": lambda _: (),
    "left1": _left(1),
    "left2": _left(2),
    "left3": _left(3),
    "right1": _right(1),
    "right2": _right(2),
    "right3": _right(3),
    "node": lambda line: (*words(line.node), "", *words(line.after)),
    "newest": lambda line: (line.published is None, *(-ord(each) for each in line.published or "")),
    "oldest": lambda line: (line.published is None, line.published or ""),
    "outlet": lambda line: (line.outlet is None, line.outlet or ""),
}
