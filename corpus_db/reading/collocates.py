"""A query -> the words that stand beside what it finds more often than elsewhere.

The window is so many words to the left and right of a hit, within its paragraph; a word in the windows of two hits
counts once, the hits themselves do not (surface co-occurrence: Evert, Corpora and collocations, 2008). It is compared
with the rest of what the filters of the query let through. Sources: log-likelihood, Dunning, Accurate methods for the
statistics of surprise and coincidence, 1993; logDice, Rychlý, A lexicographer-friendly association score, 2008.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress, islice
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import keyness, marking, names, subcorpora
from corpus_db.reading.columns import Ints
from corpus_db.reading.hits import hits
from corpus_db.reading.kept import kept_lately
from corpus_db.reading.marking import Piece
from corpus_db.reading.query import Filter, Query
from corpus_db.reading.subcorpora import LIMIT, Counted
from corpus_db.reading.words import starts, words

Sort = Literal["g2", "dice", "count"]
SORTS: tuple[Sort, ...] = get_args(Sort)
WIDEST = 10  # words of a window, either side
TOP = 200  # words that a page shows
_FAR = 1_000_000  # words: farther than any paragraph is long
_AT_ONCE = 500  # paragraphs whose words are told at once


class Collocate(NamedTuple):
    """A word beside the hits."""

    word: str
    near: int  # times within the windows
    before: int  # … of these before the nearest hit
    behind: int
    times: int  # in the whole text
    expected: float  # times within the windows, were it spread evenly
    g2: float
    dice: float  # logDice


class Collocates(NamedTuple):
    """The words beside the hits of a query."""

    query: Query
    unknown: tuple[Filter, ...]
    window: int
    hits: int
    near: int  # words within the windows
    words: int  # of the text that was counted
    articles: int  # whose text it is
    of: int  # articles that the filters let through; more where the text is a sample
    collocates: tuple[Collocate, ...]
    tested: int
    threshold: float  # G² that bears so many tests


def collocates(
    connection: sqlite3.Connection,
    query: Query,
    *,
    window: int = 5,
    minimum: int = 5,
    sort: Sort = "g2",
    limit: int | None = LIMIT,
) -> Collocates:
    """Words that stand at least `minimum` times within `window` words (1 to 10) of a hit, more often than expected.

    `limit` is the number of words of text after which no further article is read; None reads all.
    """
    settled, unknown = names.settle(connection, query)
    window = max(1, min(WIDEST, window))
    counted = subcorpora.counted(connection, _unworded(settled), "articles", limit)
    beside = _count(connection, settled, counted.counted, window)
    chosen = [word for word in {**beside.before, **beside.behind} if beside.near(word) >= minimum]
    found = [_collocate(word, beside, counted) for word in chosen]
    more = (each for each in found if each.near > each.expected)
    return Collocates(
        query=settled,
        unknown=unknown,
        window=window,
        hits=beside.hits,
        near=beside.size,
        words=counted.size,
        articles=counted.counted,
        of=counted.of,
        collocates=tuple(sorted(more, key=_ORDERS[sort])),
        tested=len(found),
        threshold=keyness.threshold(len(found)),
    )


_ORDERS: dict[Sort, Callable[[Collocate], tuple[float, str]]] = {
    "g2": lambda each: (-each.g2, each.word),
    "dice": lambda each: (-each.dice, each.word),
    "count": lambda each: (-each.near, each.word),
}


class _Beside(NamedTuple):
    """What stands in the windows of all hits, and in the hits."""

    before: Counter[str]
    behind: Counter[str]
    within: Counter[str]
    hits: int
    size: int  # words within the windows
    nodes: int  # words within the hits

    def near(self, word: str) -> int:
        """How often a word stands within the windows."""
        return self.before[word] + self.behind[word]


def _unworded(query: Query) -> Query:
    """What the filters of a query let through."""
    return query._replace(groups=(), excluded=())


@kept_lately
def _count(connection: sqlite3.Connection, query: Query, articles: int, window: int) -> _Beside:
    """What stands beside the hits of a query, in so many of the articles that its filters let through."""
    rows = subcorpora.select(connection, _unworded(query)).rows[:articles]
    before: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    within: Counter[str] = Counter()
    number = 0
    found = hits(connection, query)
    if found.ids is not None and len(found.ids):
        ids = found.ids[np.isin(found.columns.owners(found.ids), rows)]
        marked = marking.whole(connection, query, ids.tolist())
        while some := [marking.pieces(each) for _, each in islice(marked, _AT_ONCE)]:
            number += sum(piece.hit for pieces in some for piece in pieces)
            found_words, distance = distances(some)
            before.update(compress(found_words, (-window <= distance) & (distance < 0)))
            behind.update(compress(found_words, (distance > 0) & (distance <= window)))
            within.update(compress(found_words, distance == 0))
    return _Beside(before, behind, within, number, before.total() + behind.total(), within.total())


def distances(paragraphs: Sequence[Sequence[Piece]]) -> tuple[list[str], Ints]:
    """The words of paragraphs, and how many words each is from the nearest hit of its paragraph.

    Below 0 before the hit, 0 within it; of two hits as near, the one before counts; far beyond any window where
    the paragraph has no hit.

    >>> found, distance = distances([[Piece("The old ", False), Piece("dam", True), Piece(" broke.", False)]])
    >>> list(zip(found, distance.tolist()))
    [('the', -2), ('old', -1), ('dam', 0), ('broke', 1)]
    """
    runs = [piece for pieces in paragraphs for piece in (*pieces, Piece("\n", False))]
    text = "".join(piece.text for piece in runs)
    edges = np.cumsum([0, *(len(piece.text) for piece in runs)])
    places = starts(text)
    hit = np.array([piece.hit for piece in runs], dtype=np.bool_)[np.searchsorted(edges, places, side="right") - 1]
    ends = np.cumsum([sum(len(piece.text) for piece in pieces) + 1 for pieces in paragraphs])
    paragraph = np.searchsorted(ends, places, side="right")
    number = np.arange(len(places))
    last = np.maximum.accumulate(np.where(hit, number, -1))
    following = len(places) - 1 - np.maximum.accumulate(np.where(hit, number[::-1], -1)[::-1])[::-1]
    behind = np.where((last >= 0) & (paragraph[last] == paragraph), number - last, _FAR)
    within = following < len(places)
    before = np.where(within & (paragraph[np.where(within, following, 0)] == paragraph), following - number, _FAR)
    return words(text), np.where(behind <= before, behind, -before)


def _collocate(word: str, beside: _Beside, counted: Counted) -> Collocate:
    """The figures of a word. The words of the hits themselves are no part of the text that it is compared with."""
    near, size = beside.near(word), counted.size - beside.nodes
    others = counted.words[word] - beside.within[word]
    return Collocate(
        word=word,
        near=near,
        before=beside.before[word],
        behind=beside.behind[word],
        times=counted.words[word],
        expected=beside.size * others / size,
        g2=keyness.association(near, beside.size, others, size),
        dice=keyness.log_dice(near, beside.hits, counted.words[word]),
    )
