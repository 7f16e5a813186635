"""Every article as a row of numpy columns: what is counted over many articles is counted here, in milliseconds.

The columns are read once for each state of a database and kept: 37,554 articles take some tens of megabytes.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

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


class Columns(NamedTuple):
    """The articles in the order of their ids; a row is an article."""

    ids: Ints
    keys: tuple[str, ...]
    paragraphs: Ints  # how many an article has
    first: Ints  # id of its first paragraph; the ids of the others follow
    owner: Ints  # by the id of a paragraph, the row of its article
    newest: Ints  # rows, the newest article first, undated ones last
    oldest: Ints
    labels: dict[str, Labels]  # by field: outlet, author, tag, lang, and month of 'date'

    def owners(self, paragraph_ids: Ints) -> Ints:
        """The row of the article of each paragraph."""
        return self.owner[paragraph_ids]

    def mask(self, article_ids: Ints) -> Mask:
        """Which rows are the articles with these ids."""
        return np.isin(self.ids, article_ids, assume_unique=True)


_ARTICLES = """
select articles.id, articles.key, paragraph_count, coalesce(paragraphs.id, 0), published, outlets.name,
    language, month
from articles
left join outlets on outlets.id = articles.outlet_id
left join paragraphs on paragraphs.article_id = articles.id and paragraphs.position = 1
order by articles.id
"""
_AUTHORS = """
select distinct bylines.article_id, authors.name
from bylines join authors on authors.id = bylines.author_id order by 1, 2
"""
_TAGS = "select article_id, scheme || ': ' || value from tags order by 1, 2"


@kept
def columns(connection: sqlite3.Connection) -> Columns:
    """The columns of a corpus, as it is now."""
    rows = connection.execute(_ARTICLES).fetchall()
    ids, keys, paragraphs, first, published, outlets, languages, months = zip(*rows, strict=True) if rows else [()] * 8
    row_of = {each: row for row, each in enumerate(ids)}
    dated = [row for row, each in enumerate(published) if each]
    undated = [row for row, each in enumerate(published) if not each]
    dated.sort(key=lambda row: published[row])
    newest = sorted(dated, key=lambda row: published[row], reverse=True)
    single = range(len(ids))
    labels = {
        "outlet": _labels(single, outlets, len(ids)),
        "lang": _labels(single, languages, len(ids)),
        "date": _labels(single, months, len(ids)),
    }
    for field, query in (("author", _AUTHORS), ("tag", _TAGS)):
        pairs = connection.execute(query).fetchall()
        labels[field] = _labels([row_of[each] for each, _ in pairs], [value for _, value in pairs], len(ids))
    owner = np.zeros(
        max((start + count for start, count in zip(first, paragraphs, strict=True) if start), default=1), np.int64
    )
    for row, (start, count) in enumerate(zip(first, paragraphs, strict=True)):
        owner[start : start + count] = row
    return Columns(
        _ints(ids),
        keys,
        _ints(paragraphs),
        _ints(first),
        owner,
        _ints(newest + undated),
        _ints(dated + undated),
        labels,
    )


def _labels(rows: Sequence[int], values: Sequence[str | None], articles: int) -> Labels:
    """The values in the order of their names, 'not stated' last, also for articles that have no entry."""
    names = sorted({each for each in values if each is not None})
    code = {None: len(names)} | {name: number for number, name in enumerate(names)}
    left = sorted(set(range(articles)).difference(rows))
    return Labels(
        (*names, None), _ints([*rows, *left]), _ints([*(code[each] for each in values), *[len(names)] * len(left)])
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
