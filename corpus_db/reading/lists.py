"""What lists of the reading room hold: names with their number of articles, and articles in a line each."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple


class Count(NamedTuple):
    """A name and its number of articles; None is 'not stated'. The key is that of an outlet or author."""

    name: str | None
    articles: int
    key: str | None = None


class Line(NamedTuple):
    """An article in a list; published is ISO 8601, as far as stated."""

    key: str
    headline: str | None
    outlet: str | None
    published: str | None
    paragraphs: int
    words: int


_LINES = """
select articles.key, headline, outlets.name, published, paragraph_count, word_count
from {} left join outlets on outlets.id = articles.outlet_id
where {} order by published desc, articles.id desc limit :limit
"""


def newest(
    connection: sqlite3.Connection,
    condition: str = "1",
    parameters: Mapping[str, object] | None = None,
    limit: int = 10,
    articles: str = "articles",
) -> tuple[Line, ...]:
    """The newest articles that meet an SQL condition of ours, undated ones last.

    `articles` is where they are from: the table, or a join of ours that finds some of them first.
    """
    query = _LINES.format(articles, condition)
    return tuple(Line(*row) for row in connection.execute(query, {**(parameters or {}), "limit": limit}))


def counts(connection: sqlite3.Connection, query: str, *parameters: object) -> tuple[Count, ...]:
    """The rows of a query of ours, each a name, a number of articles and perhaps a key."""
    return tuple(Count(*row) for row in connection.execute(query, parameters))


def number(connection: sqlite3.Connection, query: str, *parameters: object) -> int:
    """The one number that a query of ours gives."""
    return int(connection.execute(query, parameters).fetchone()[0])
