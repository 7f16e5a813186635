"""Who writes: all authors with their numbers, and one author with the outlets, months and articles."""

import sqlite3
from typing import NamedTuple

from corpus_db.reading.kept import kept
from corpus_db.reading.lists import Count, Line, newest, number
from corpus_db.reading.names import fold, known
from corpus_db.reading.paging import Part, initial, initials, part


class Author(NamedTuple):
    """A name that bylines have. First and last are ISO 8601, None where all is undated."""

    key: str
    name: str
    articles: int
    words: int
    first: str | None
    last: str | None


class Listing(NamedTuple):
    """A part of the authors, and what else a list of them needs."""

    part: Part[Author]
    all: int  # authors with an article
    unstated: int  # articles without author
    doubted: int  # articles with a name that was read as the author's and doubted
    most: int  # articles of the author who has the most
    initials: tuple[str, ...]


class Portrait(NamedTuple):
    """An author at length. Counts are of articles with the name in the byline, most articles first, months in order."""

    author: Author
    paragraphs: int
    undated: int
    doubted: int  # articles in which the name was read as the author's and doubted
    printed: tuple[Count, ...]  # the name as bylines print it
    outlets: tuple[Count, ...]
    others: tuple[Count, ...]  # who else is named in the same bylines
    months: tuple[Count, ...]
    languages: tuple[Count, ...]
    articles: tuple[Line, ...]


SORTS = ("articles", "name", "words", "first", "last")
_SIZE = 100  # authors of a page
_ALL = """
select authors.key, authors.name, articles, words, first, last
from author_counts join authors on authors.id = author_id order by articles desc, authors.key
"""
_WITHOUT = "select (select count(*) from articles) - (select count(distinct article_id) from bylines)"
# The articles of an author, found first: of a plain join the planner may read all articles, or all bylines, instead.
_ARTICLES = "(select distinct article_id from bylines where author_id = :author) as own"
_OWN = f"{_ARTICLES} cross join articles on articles.id = own.article_id"
_SUMS = f"select coalesce(sum(paragraph_count), 0), count(*) - count(published) from {_OWN}"  # noqa: S608 — our own
_MONTHS = f"select month, count(*) from {_OWN} where month is not null group by 1 order by 1"  # noqa: S608
_LANGUAGES = f"select language, count(*) from {_OWN} group by 1 order by 2 desc, 1"  # noqa: S608
_OUTLETS = f"""
select outlets.name, count(*), outlets.key from {_OWN} left join outlets on outlets.id = articles.outlet_id
group by articles.outlet_id order by 2 desc, 1 is null, 1
"""  # noqa: S608
_OTHERS = f"""
select authors.name, count(distinct other.article_id), authors.key
from {_ARTICLES} cross join bylines as other on other.article_id = own.article_id and other.author_id <> :author
join authors on authors.id = other.author_id group by other.author_id order by 2 desc, authors.key limit 10
"""  # noqa: S608
_PRINTED = "select name, count(*) from bylines where author_id = :author group by 1 order by 2 desc, 1"
_DOUBTED = "select count(distinct article_id) from doubted_bylines where author_id = :author"


def authors(
    connection: sqlite3.Connection,
    *,
    sort: str = "articles",
    text: str = "",
    letter: str = "",
    after: str | None = None,
    size: int = _SIZE,
) -> Listing:
    """Authors in the order of SORTS, undated ones last; those with words in their name, or with an initial."""
    everything, names = _all(connection), _names(connection)
    wanted = fold(text)
    chosen = [
        each
        for each, name in zip(everything, names, strict=True)
        if (not letter or initial(name) == letter) and wanted in name
    ]
    if sort != "articles":  # the order in which they are kept
        chosen.sort(key=lambda each: _place(each, sort))
    return Listing(
        part(chosen, lambda each: each.key, after, size),
        len(everything),
        *_unnamed(connection),
        everything[0].articles if everything else 0,
        _initials(connection),
    )


def author(connection: sqlite3.Connection, key: str) -> Portrait | None:
    """The author with this key who has an article, or None."""
    row = connection.execute("select id from authors where key = ?", [key]).fetchone()
    found = next((each for each in _all(connection) if each.key == key), None)
    if row is None or found is None:
        return None
    this = {"author": row[0]}
    paragraphs, undated = connection.execute(_SUMS, this).fetchone()
    return Portrait(
        author=found,
        paragraphs=paragraphs,
        undated=undated,
        doubted=connection.execute(_DOUBTED, this).fetchone()[0],
        articles=newest(connection, parameters=this, limit=50, articles=_OWN),
        **{
            name: tuple(Count(*each) for each in connection.execute(query, this))
            for name, query in (
                ("printed", _PRINTED),
                ("outlets", _OUTLETS),
                ("others", _OTHERS),
                ("months", _MONTHS),
                ("languages", _LANGUAGES),
            )
        },
    )


@kept
def _all(connection: sqlite3.Connection) -> tuple[Author, ...]:
    return tuple(Author(*row) for row in connection.execute(_ALL))


@kept
def _names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The folded names of all authors, in the same order."""
    return tuple(known(connection)["author"][each.name].folded for each in _all(connection))


@kept
def _unnamed(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many articles have no author, and how many have one that is doubted."""
    doubted = "select count(distinct article_id) from doubted_bylines"
    return number(connection, _WITHOUT), number(connection, doubted)


@kept
def _initials(connection: sqlite3.Connection) -> tuple[str, ...]:
    return initials(_names(connection))


def _place(each: Author, sort: str) -> tuple[object, ...]:
    """Where an author stands: words descending, last dates too, names and first dates ascending; then by name."""
    if sort == "words":
        return (-each.words, each.key)
    if sort == "last":
        return (each.last is None, tuple(-ord(char) for char in each.last or ""), each.key)
    return (each.first is None, each.first or "", each.key) if sort == "first" else (each.key,)
