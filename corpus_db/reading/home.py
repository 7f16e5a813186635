"""What a corpus holds at a glance: totals, who publishes and writes most, when, what about, and the newest articles."""

import sqlite3
from typing import NamedTuple

from corpus_db.reading.examples import Example, examples
from corpus_db.reading.kept import kept
from corpus_db.reading.lists import Count, Line, counts, newest, number
from corpus_db.reading.totals import Totals, totals


class Home(NamedTuple):
    """Most articles first; months in order; the newest articles first, undated ones last."""

    totals: Totals
    without_headline: int
    examples: tuple[Example, ...]
    months: tuple[Count, ...]
    outlets: tuple[Count, ...]
    authors: tuple[Count, ...]
    tags: tuple[Count, ...]  # 'scheme: value'
    articles: tuple[Line, ...]


_MONTHS = "select month, sum(articles) from article_counts where month is not null group by month order by month"
_OUTLETS = """
select outlets.name, found.articles, outlets.key
from (select outlet_id, sum(articles) as articles from article_counts group by outlet_id) as found
join outlets on outlets.id = found.outlet_id order by 2 desc, 1, 3 limit 10
"""
_AUTHORS = """
select authors.name, articles, authors.key from author_counts join authors on authors.id = author_id
order by 2 desc, 1, 3 limit 10
"""
_TAGS = "select scheme || ': ' || value, articles from tag_counts order by 2 desc, 1 limit 15"
_WITHOUT_HEADLINE = "select count(*) from articles where headline is null"


@kept
def home(connection: sqlite3.Connection) -> Home:
    """The numbers and lists of the home page."""
    return Home(
        totals=totals(connection),
        without_headline=number(connection, _WITHOUT_HEADLINE),
        examples=examples(connection),
        months=counts(connection, _MONTHS),
        outlets=counts(connection, _OUTLETS),
        authors=counts(connection, _AUTHORS),
        tags=counts(connection, _TAGS),
        articles=newest(connection),
    )
