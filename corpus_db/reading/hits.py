"""A Query -> which articles it finds, and how many of the paragraphs of each."""

import sqlite3
from typing import NamedTuple

import numpy as np

from corpus_db.reading import matching
from corpus_db.reading.columns import Columns, Ints, Mask, columns
from corpus_db.reading.having import having
from corpus_db.reading.query import Query
from corpus_db.store import vocabulary


class Hits(NamedTuple):
    """What a query finds, by the rows of `columns`."""

    columns: Columns
    found: Mask  # articles that are found
    paragraphs: Ints  # matching paragraphs of each article, whatever its filters say; all where no word is wanted
    ids: Ints | None  # of the paragraphs with the words, ascending; None where no word is wanted

    @property
    def articles(self) -> int:
        """How many articles are found."""
        return int(self.found.sum())

    @property
    def total(self) -> int:
        """How many paragraphs are found."""
        return int(self.paragraphs[self.found].sum())


def hits(connection: sqlite3.Connection, query: Query) -> Hits:
    """What a query finds. An article is found where it has a matching paragraph, or where no word is wanted."""
    table = columns(connection)
    ids = having(connection, query)
    if ids is None:
        return Hits(table, filtered(connection, query), table.paragraphs, None)
    counts = np.bincount(table.owners(ids), minlength=len(table.ids)) if len(ids) else np.zeros_like(table.ids)
    if not query.groups:  # all but those
        counts = table.paragraphs - counts
    return Hits(table, filtered(connection, query) & (counts > 0), counts, ids if query.groups else None)


def filtered(connection: sqlite3.Connection, query: Query) -> Mask:
    """The articles that the filters and the range of time of a query let through."""
    table = columns(connection)
    condition, parameters = matching.articles(query)
    if condition == "1":
        return np.ones(len(table.ids), dtype=np.bool_)
    return table.mask(vocabulary.ids(connection, f"select id from articles where {condition}", parameters))  # noqa: S608 — our own
