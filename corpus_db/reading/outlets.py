"""Who publishes: all outlets with their numbers, and one outlet with who writes there, when, and what about."""

import json
import sqlite3
from typing import NamedTuple

import numpy as np

from corpus_db.reading.columns import columns
from corpus_db.reading.kept import kept
from corpus_db.reading.lists import Count, Line, counts, newest, number
from corpus_db.reading.names import fold, known
from corpus_db.reading.paging import Part, initial, initials, part
from corpus_db.store import vocabulary


class Outlet(NamedTuple):
    """An outlet and what it has in the corpus; first and last are ISO 8601, None where all is undated."""

    key: str
    name: str
    domain: str | None
    country: str | None
    kind: str | None
    articles: int
    paragraphs: int
    words: int
    first: str | None
    last: str | None


class Listing(NamedTuple):
    """A part of the outlets, and what else a list of them needs."""

    part: Part[Outlet]
    all: int  # outlets of the corpus
    unstated: int  # articles without outlet
    most: int  # articles of the outlet that has the most
    initials: tuple[str, ...]


class Portrait(NamedTuple):
    """An outlet at length. Counts are of its articles, most articles first, months in order."""

    outlet: Outlet
    undated: int
    without_author: int
    syndicated_by_others: int  # articles of other outlets that say they were first published here
    syndicated: int  # its own that were first published elsewhere
    months: tuple[Count, ...]
    authors: tuple[Count, ...]
    all_authors: int
    tags: tuple[Count, ...]  # 'scheme: value'
    languages: tuple[Count, ...]
    articles: tuple[Line, ...]


SORTS = ("articles", "name", "country", "kind", "paragraphs", "words", "first", "last")
_SIZE, _AUTHORS = 100, 20  # outlets of a page, authors of an outlet that it names
_ALL = """
select outlets.key, name, domain, country, kind, coalesce(sum(articles), 0), coalesce(sum(paragraphs), 0),
    coalesce(sum(words), 0), (select min(published) from articles where outlet_id = outlets.id),
    (select max(published) from articles where outlet_id = outlets.id)
from outlets left join article_counts on article_counts.outlet_id = outlets.id
group by outlets.id
"""
_OF_OUTLET = "select id from articles where outlet_id = :outlet"
_KEYS = "select name, key from authors where name in (select value from json_each(?)) order by key"
_TAGS = """
select scheme || ': ' || value, count(*) from articles join tags on tags.article_id = articles.id
where articles.outlet_id = ? group by 1 order by 2 desc, 1 limit 20
"""
_MONTHS = "select month, sum(articles) from article_counts where outlet_id = ? group by 1 order by 1"
_LANGUAGES = """
select language, sum(articles) from article_counts where outlet_id = ? group by 1 order by 2 desc, 1 is null, 1
"""
_SYNDICATED = "select coalesce(sum(syndicated), 0) from article_counts where outlet_id = ?"
_LARGEST = """
with largest as (
    select outlet_id, sum(articles) as articles from article_counts
    where outlet_id is not null and month is not null group by 1 order by 2 desc, 1 limit 12
)
select outlets.key, name, month, sum(article_counts.articles)
from largest join outlets on outlets.id = largest.outlet_id
join article_counts on article_counts.outlet_id = largest.outlet_id
where month is not null group by largest.outlet_id, 3 order by largest.articles desc, largest.outlet_id, 3
"""
_BY_OTHERS = "select count(*) from articles where syndicated_from_id = ?"


def outlets(
    connection: sqlite3.Connection,
    *,
    sort: str = "articles",
    text: str = "",
    letter: str = "",
    after: str | None = None,
    size: int = _SIZE,
) -> Listing:
    """Outlets in the order of SORTS, what is not stated last; those with words in their name, or with an initial."""
    everything, names = _all(connection), _names(connection)
    wanted = fold(text)
    chosen = [
        (each, name)
        for each, name in zip(everything, names, strict=True)
        if (not letter or initial(name) == letter) and (wanted in name or wanted in each.key)
    ]
    chosen.sort(key=lambda pair: _place(pair[0], pair[1], sort))
    return Listing(
        part([each for each, _ in chosen], lambda each: each.key, after, size),
        len(everything),
        number(connection, "select coalesce(sum(articles), 0) from article_counts where outlet_id is null"),
        max((each.articles for each in everything), default=0),
        initials(names),
    )


def outlet(connection: sqlite3.Connection, key: str) -> Portrait | None:
    """The outlet with this key, or None."""
    row = connection.execute("select id from outlets where key = ?", [key]).fetchone()
    if row is None:
        return None
    (outlet_id,) = row
    months = counts(connection, _MONTHS, outlet_id)
    authors = _authors(connection, outlet_id)
    return Portrait(
        outlet=next(each for each in _all(connection) if each.key == key),
        undated=sum(each.articles for each in months if each.name is None),
        without_author=authors.without,
        syndicated_by_others=number(connection, _BY_OTHERS, outlet_id),
        syndicated=number(connection, _SYNDICATED, outlet_id),
        months=tuple(each for each in months if each.name),
        languages=counts(connection, _LANGUAGES, outlet_id),
        authors=authors.most,
        all_authors=authors.all,
        tags=counts(connection, _TAGS, outlet_id),
        articles=newest(connection, "articles.outlet_id = :outlet", {"outlet": outlet_id}, 20),
    )


class _Authors(NamedTuple):
    """Who writes for an outlet: those with most articles, how many all are, and how many articles name nobody."""

    most: tuple[Count, ...]
    all: int
    without: int


def _authors(connection: sqlite3.Connection, outlet_id: int) -> _Authors:
    """Counted in the columns: SQLite takes a quarter of a second to join 65,000 articles with their bylines."""
    rows = columns(connection)
    labels = rows.labels["author"]
    found = labels.counts(rows.mask(vocabulary.ids(connection, _OF_OUTLET, {"outlet": outlet_id})))
    there = np.flatnonzero(found[:-1])
    least = np.sort(found[there])[-_AUTHORS:][:1]  # all with as many articles as the last that is shown
    articles = {labels.values[at]: int(found[at]) for at in there[found[there] >= least].tolist()}
    keyed = connection.execute(_KEYS, [json.dumps(list(articles))]).fetchall()
    most = sorted((Count(name, articles[name], key) for name, key in keyed), key=lambda each: -each.articles)
    return _Authors(tuple(most[:_AUTHORS]), len(there), int(found[-1]))


@kept
def largest(connection: sqlite3.Connection) -> tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]:
    """The outlets with most dated articles: key, name, and the number of articles of each month that has one."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for key, name, month, articles in connection.execute(_LARGEST):
        found.setdefault((key, name), []).append((month, articles))
    return tuple((key, name, tuple(months)) for (key, name), months in found.items())


@kept
def _all(connection: sqlite3.Connection) -> tuple[Outlet, ...]:
    return tuple(Outlet(*row) for row in connection.execute(_ALL))


@kept
def _names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The folded names of all outlets, in the same order."""
    return tuple(known(connection)["outlet"][each.name].folded for each in _all(connection))


def _place(each: Outlet, name: str, sort: str) -> tuple[object, ...]:
    """Where an outlet stands: numbers and last dates descending, names and first dates ascending; then by name."""
    value = name if sort == "name" else getattr(each, sort) if sort in SORTS else each.articles
    if isinstance(value, int):
        return (-value, name, each.key)
    if sort == "last":
        return (value is None, tuple(-ord(char) for char in value or ""), name, each.key)
    return (value is None, value or "", name, each.key)
