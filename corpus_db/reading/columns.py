"""Every article as a row of numpy columns: what is counted over many articles is counted here, in milliseconds.

The columns are read once for each state of a database and kept: 37,554 articles take some tens of megabytes.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.reading.kept import kept

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Labels(NamedTuple):
    """The values of a field, and which article has which: an entry for each; None is 'not stated'."""

    values: tuple[str | None, ...]
    rows: Ints  # the row of an article
    codes: Ints  # … and the number of its value in `values`

    def counts(self, chosen: Mask, weights: Ints | None = None) -> Ints:
        """How many of the chosen articles have each value; with weights, how much these weigh together."""
        there = chosen[self.rows]
        weighed = None if weights is None else weights[self.rows[there]]
        return np.bincount(self.codes[there], weighed, len(self.values)).astype(np.int64)

    def place(self, value: str) -> int | None:
        """The number of a value that is stated; None where no article states it."""
        place = bisect_left(self.values, value, hi=len(self.values) - 1)  # type: ignore[type-var]  # None stands last
        return place if place < len(self.values) - 1 and self.values[place] == value else None


class Columns(NamedTuple):
    """The articles in the order of their ids; a row is an article."""

    ids: Ints
    keys: tuple[str, ...]
    paragraphs: Ints  # how many an article has
    first: Ints  # id of its first paragraph; the ids of the others follow
    owner: Ints  # by the id of a paragraph, the row of its article
    newest: Ints  # rows, the newest article first, undated ones last
    oldest: Ints
    keyed: Ints  # rows in the order of their keys
    labels: dict[str, Labels]  # by field: outlet, author, tag, lang, and month of 'date'

    def owners(self, paragraph_ids: Ints) -> Ints:
        """The row of the article of each paragraph."""
        return self.owner[paragraph_ids]

    def mask(self, article_ids: Ints) -> Mask:
        """Which rows are the articles with these ids."""
        return np.isin(self.ids, article_ids, assume_unique=True)


_ARTICLES = """
select articles.id, articles.key, paragraph_count, coalesce(paragraphs.id, 0), published, outlet_id, language, month
from articles left join paragraphs on paragraphs.article_id = articles.id and paragraphs.position = 1
order by articles.id
"""
_OUTLETS = "select id, name from outlets"
_AUTHORS = "select id, name from authors"
_BYLINES = "select article_id, author_id from bylines"
_TAGS = "select article_id, scheme || ': ' || value from tags"


@kept
def columns(connection: sqlite3.Connection) -> Columns:
    """The columns of a corpus, as it is now."""
    rows = connection.execute(_ARTICLES).fetchall()
    ids, keys, paragraphs, first, published, outlets, languages, months = zip(*rows, strict=True) if rows else [()] * 8
    outlet, author = (dict(connection.execute(query).fetchall()) for query in (_OUTLETS, _AUTHORS))
    known, single, counts, starts = _ints(ids), np.arange(len(ids)), _ints(paragraphs), _ints(first)
    written, bylines = _pairs(connection, _BYLINES)
    tagged, tags = _pairs(connection, _TAGS)
    newest, oldest = _by_date(published)
    return Columns(
        ids=known,
        keys=keys,
        paragraphs=counts,
        first=starts,
        owner=_owner(starts, counts),
        newest=newest,
        oldest=oldest,
        keyed=_ints(sorted(range(len(keys)), key=keys.__getitem__)),
        labels={
            "outlet": _labels(single, [outlet.get(each) for each in outlets], len(ids)),
            "lang": _labels(single, languages, len(ids)),
            "date": _labels(single, months, len(ids)),
            "author": _labels(np.searchsorted(known, written), [author[each] for each in bylines], len(ids)),
            "tag": _labels(np.searchsorted(known, tagged), tags, len(ids)),
        },
    )


def _pairs(connection: sqlite3.Connection, query: str) -> tuple[Ints, tuple[Any, ...]]:
    """The ids of articles that a query gives, and what it says of each."""
    rows = connection.execute(query).fetchall()
    article_ids, values = zip(*rows, strict=True) if rows else ((), ())
    return _ints(article_ids), values


def _owner(first: Ints, paragraphs: Ints) -> Ints:
    """By the id of a paragraph, the row of its article: the ids of an article follow one another."""
    found = np.zeros(int((first + paragraphs).max(initial=1)), np.int64)
    behind = np.cumsum(paragraphs)
    within = np.arange(behind[-1] if len(behind) else 0) - np.repeat(behind - paragraphs, paragraphs)
    found[np.repeat(first, paragraphs) + within] = np.repeat(np.arange(len(first)), paragraphs)
    return found


def _by_date(published: Sequence[str | None]) -> tuple[Ints, Ints]:
    """The rows, the newest first and the oldest first; of a date, and of none, in their order, undated ones last."""
    place = {value: number for number, value in enumerate(sorted({each for each in published if each}), 1)}
    codes = _ints([place[each] if each else 0 for each in published])
    undated = codes == 0
    return np.lexsort((-codes, undated)), np.lexsort((codes, undated))


def _labels(rows: Ints, values: Sequence[str | None], articles: int) -> Labels:
    """The values in the order of their names, 'not stated' last, also for articles that have no entry; none twice."""
    names = sorted({each for each in values if each is not None})
    code: dict[str | None, int] = {None: len(names)} | {name: number for number, name in enumerate(names)}
    lacking = np.ones(articles, dtype=np.bool_)
    lacking[rows] = False
    left = np.flatnonzero(lacking)
    codes = _ints([code[each] for each in values])
    if len(rows) > articles - len(left):  # an article that has several may have one twice
        pairs = np.sort(rows * len(names) + codes)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        rows, codes = pairs // len(names), pairs % len(names)
    return Labels((*names, None), np.concatenate([rows, left]), np.concatenate([codes, np.full(len(left), len(names))]))


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
