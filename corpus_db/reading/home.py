"""What a corpus holds at a glance: totals, who publishes and writes most, when, and the newest articles."""

import sqlite3
from typing import NamedTuple

from corpus_db.reading.totals import Totals, totals


class Count(NamedTuple):
    """A name and its number of articles; None is 'not stated'."""

    name: str | None
    articles: int


class Line(NamedTuple):
    """An article in a list."""

    key: str
    headline: str | None
    outlet: str | None
    published: str | None
    paragraphs: int


class Home(NamedTuple):
    """Most articles first; months in order; the newest articles first, undated ones last."""

    totals: Totals
    outlets: tuple[Count, ...]
    authors: tuple[Count, ...]
    months: tuple[Count, ...]
    articles: tuple[Line, ...]


_OUTLETS = """
select outlets.name, count(*) from articles left join outlets on outlets.id = articles.outlet_id
group by articles.outlet_id order by 2 desc, 1 is null, 1 limit 10
"""
_AUTHORS = """
select authors.name, count(*) from bylines join authors on authors.id = bylines.author_id
group by bylines.author_id order by 2 desc, 1 limit 10
"""
_ARTICLES = """
select articles.key, headline, outlets.name, published, paragraph_count
from articles left join outlets on outlets.id = articles.outlet_id
order by published is null, published desc, articles.id limit 10
"""


def home(connection: sqlite3.Connection) -> Home:
    """The numbers and lists of the home page."""
    months = "select month, count(*) from articles where month is not null group by month order by month"
    return Home(
        totals(connection),
        tuple(Count(*row) for row in connection.execute(_OUTLETS)),
        tuple(Count(*row) for row in connection.execute(_AUTHORS)),
        tuple(Count(*row) for row in connection.execute(months)),
        tuple(Line(*row) for row in connection.execute(_ARTICLES)),
    )
