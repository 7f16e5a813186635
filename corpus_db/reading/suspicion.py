"""Dates, lengths and languages that a careful reader looks at first: possible, but more often a mistake."""

import sqlite3
from datetime import date, timedelta
from typing import NamedTuple

from corpus_db.reading.kept import kept
from corpus_db.reading.lists import Count, Line, newest, number

EARLY = 1900  # a news article published before this year is more often a date that was misread
SHORT, LONG = 50, 5_000  # words: shorter ones are often teasers or captions, longer ones several articles in one
MANY, TIMES_USUAL = 10, 10  # articles of an outlet on a day, at least, and times as many as on its other days
_FEW, _OF_MOST = 3, 10  # articles in a language, at most; the commonest has so many times as many


class Day(NamedTuple):
    """A day on which an outlet has unusually many articles: maybe that of a crawl, not of publication."""

    outlet: str
    key: str
    day: str
    articles: int
    dated: int  # articles of the outlet with a day
    days: int  # days on which it has articles


class Dates(NamedTuple):
    """Dates to be doubted; `tomorrow` is the first day that counts as the future."""

    tomorrow: str
    future: int
    early: int
    days: tuple[Day, ...]


class Lengths(NamedTuple):
    """Articles that are very short or very long, and the five shortest and longest of them."""

    without_paragraphs: int
    short: int
    long: int
    shortest: tuple[Line, ...]
    longest: tuple[Line, ...]


_DAYS = """
with days as (
    select outlet_id, substr(published, 1, 10) as day, count(*) as articles
    from articles where outlet_id is not null and length(published) >= 10 group by 1, 2
),
sizes as (select outlet_id, sum(articles) as dated, count(*) as days from days group by 1)
select name, key, day, articles, dated, days
from days join sizes using (outlet_id) join outlets on outlets.id = days.outlet_id
where articles >= :many and articles > :times * (dated - articles) / max(1.0, days - 1)
order by articles desc, name, day limit 30
"""
_LENGTHS = """
select coalesce(sum(paragraph_count = 0), 0), coalesce(sum(word_count < :short), 0),
    coalesce(sum(word_count > :long), 0)
from articles
"""
_LANGUAGES = "select language, count(*) from articles where language is not null group by language order by 2, 1"
_EXTREMES = """
select articles.key, headline, outlets.name, published, paragraph_count, word_count
from articles left join outlets on outlets.id = articles.outlet_id
"""


def dates(connection: sqlite3.Connection, today: date) -> Dates:
    """Dates later than today, before EARLY, and days with too many articles of an outlet."""
    tomorrow = (today + timedelta(days=1)).isoformat()
    return Dates(
        tomorrow,
        number(connection, "select count(*) from articles where published >= ?", tomorrow),
        number(connection, "select count(*) from articles where published < ?", str(EARLY)),
        _days(connection),
    )


@kept
def _days(connection: sqlite3.Connection) -> tuple[Day, ...]:
    rows = connection.execute(_DAYS, {"many": MANY, "times": TIMES_USUAL})
    return tuple(Day(*row) for row in rows)


@kept
def lengths(connection: sqlite3.Connection) -> Lengths:
    """Articles shorter than SHORT and longer than LONG words."""
    bounds = {"short": SHORT, "long": LONG}
    shortest = f"{_EXTREMES} where word_count < :short order by word_count, articles.id limit 5"
    longest = f"{_EXTREMES} where word_count > :long order by word_count desc, articles.id limit 5"
    without, short, long = connection.execute(_LENGTHS, bounds).fetchone()
    return Lengths(
        without,
        short,
        long,
        tuple(Line(*row) for row in connection.execute(shortest, bounds)),
        tuple(Line(*row) for row in connection.execute(longest, bounds)),
    )


@kept
def lone_languages(connection: sqlite3.Connection) -> tuple[tuple[Count, tuple[Line, ...]], ...]:
    """Languages in which there are hardly any articles, with these: often a text that is too short to tell."""
    rows = [Count(*row) for row in connection.execute(_LANGUAGES)]
    most = max((each.articles for each in rows), default=0)
    return tuple(
        (each, newest(connection, "language = :language", {"language": each.name}, _FEW))
        for each in rows
        if each.articles <= _FEW and each.articles * _OF_MOST <= most
    )
