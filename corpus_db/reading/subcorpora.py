"""A Query -> a part of the corpus, and its words counted.

What is too long to count at once is sampled: whole articles in the order of their keys, until there are words enough. A
key is a hash of the raw bytes, so that this order is as good as a random one, and everyone who has the files gets the
same.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import matching
from corpus_db.reading.columns import Columns, Ints, Mask
from corpus_db.reading.hits import hits
from corpus_db.reading.kept import kept_lately
from corpus_db.reading.query import Query
from corpus_db.reading.words import words

Unit = Literal["articles", "paragraphs"]
UNITS: tuple[Unit, ...] = get_args(Unit)
LIMIT = 2_000_000  # words that are counted of a subcorpus, unless told otherwise: about a second


class Subcorpus(NamedTuple):
    """Articles in the order of their keys, and which of their paragraphs belong to it."""

    table: Columns
    rows: Ints  # of the articles
    paragraphs: Ints | None  # ids, ascending; None where whole articles belong to it
    inside: bool = True  # False where it is all the other paragraphs

    @property
    def articles(self) -> int:
        """How many articles have a part in it."""
        return len(self.rows)


class Counted(NamedTuple):
    """The words of a subcorpus, or of a sample of it."""

    words: Counter[str]
    articles: Counter[str]  # in how many articles each word stands
    size: int  # words that were counted
    counted: int  # articles that they were counted in
    of: int  # articles of the subcorpus


def select(connection: sqlite3.Connection, query: Query, unit: Unit = "articles") -> Subcorpus:
    """What a query finds: articles, whole, or only the paragraphs that match."""
    found = hits(connection, query)
    rows = by_key(found.columns, found.found)
    return Subcorpus(found.columns, rows, _paragraphs(connection, query) if unit == "paragraphs" else None)


def rest(connection: sqlite3.Connection, query: Query, unit: Unit = "articles") -> Subcorpus:
    """All that a query does not find."""
    found = hits(connection, query)
    table = found.columns
    ids = _paragraphs(connection, query) if unit == "paragraphs" else None
    if ids is None:
        return Subcorpus(table, by_key(table, ~found.found), None)
    left = ~found.found | (found.paragraphs < table.paragraphs)
    return Subcorpus(table, by_key(table, left), ids[found.found[table.owners(ids)]], inside=False)


def by_key(table: Columns, chosen: Mask) -> Ints:
    """The rows of the chosen articles in the order of their keys."""
    return table.keyed[chosen[table.keyed]]


def _paragraphs(connection: sqlite3.Connection, query: Query) -> Ints | None:
    """The paragraphs that have the words of a query; None where it says nothing of words."""
    condition, values = matching.paragraphs(query)
    if condition == "1":
        return None
    statement = f"select id from paragraphs where {condition} order by id"  # noqa: S608 — our own condition
    return np.fromiter((each for (each,) in connection.execute(statement, values)), dtype=np.int64)


def texts(connection: sqlite3.Connection, subcorpus: Subcorpus) -> Iterator[str]:
    """What each article has of the subcorpus: its paragraphs, a line each."""
    ids, table = subcorpus.paragraphs, subcorpus.table
    for row in subcorpus.rows.tolist():
        found = connection.execute(
            "select id, text from paragraphs where article_id = ? order by position", [int(table.ids[row])]
        ).fetchall()
        if ids is not None:
            first = int(table.first[row])
            start, stop = np.searchsorted(ids, [first, first + int(table.paragraphs[row])])
            chosen = set(ids[start:stop].tolist())
            found = [each for each in found if (each[0] in chosen) == subcorpus.inside]
        yield "\n".join(text for _, text in found)


def counted(
    connection: sqlite3.Connection, query: Query, unit: Unit, limit: int | None, *, others: bool = False
) -> Counted:
    """The words of what a query finds, or of all `others`. Whoever sorts a list anew asks for the same words again.

    They are remembered, and must not be changed; not where all are counted, which can be much to keep.
    """
    work = _counted if limit is None else _counted_lately
    return work(connection, query, unit, limit, others)


def _counted(connection: sqlite3.Connection, query: Query, unit: Unit, limit: int | None, others: bool) -> Counted:
    return count(connection, (rest if others else select)(connection, query, unit), limit)


_counted_lately = kept_lately(_counted)


def count(connection: sqlite3.Connection, subcorpus: Subcorpus, limit: int | None = LIMIT) -> Counted:
    """The words of a subcorpus; no more articles than reach `limit` words."""
    counts: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    size = counted = 0
    for text in texts(connection, subcorpus):
        if limit is not None and size >= limit:
            break
        found = words(text)
        counts.update(found)
        articles.update(set(found))
        size += len(found)
        counted += 1
    return Counted(counts, articles, size, counted, subcorpus.articles)
