"""What articles say they are about: their tags by scheme, with the number of articles that have each."""

import sqlite3
from typing import NamedTuple

from corpus_db.reading.kept import kept
from corpus_db.reading.lists import number
from corpus_db.reading.names import fold, known
from corpus_db.reading.paging import Part, part


class Tag(NamedTuple):
    """A tag as stated, and its number of articles."""

    value: str
    articles: int


class Scheme(NamedTuple):
    """The tags of a scheme, most articles first."""

    name: str
    articles: int  # that have a tag of the scheme
    tags: Part[Tag]


class Listing(NamedTuple):
    """The schemes that are shown, of all."""

    schemes: tuple[Scheme, ...]
    all: tuple[str, ...]  # schemes of the corpus
    unstated: int  # articles without any tag


_FEW, _SIZE = 30, 300  # tags of a scheme among others, and of one by itself
_ALL = "select scheme, value, articles from tag_counts order by scheme, articles desc, value"
_ARTICLES = "select scheme, count(distinct article_id) from tags group by scheme"
_WITHOUT = "select (select count(*) from articles) - (select count(distinct article_id) from tags)"


def tags(
    connection: sqlite3.Connection,
    *,
    scheme: str = "",
    text: str = "",
    after: str | None = None,
    size: int | None = None,
) -> Listing:
    """The tags of one scheme, or the first of each; those with these words in them."""
    everything, articles = _all(connection), _articles(connection)
    wanted = fold(text)
    size = size or (_SIZE if scheme else _FEW)
    shown = []
    for name, values in everything.items():
        if not scheme or name == scheme:
            chosen = [each for each, folded in values if wanted in folded]
            shown.append(Scheme(name, articles[name], part(chosen, lambda each: each.value, after, size)))
    return Listing(tuple(shown), tuple(everything), _without(connection))


@kept
def _all(connection: sqlite3.Connection) -> dict[str, list[tuple[Tag, str]]]:
    """The tags of each scheme, with their folded values."""
    found: dict[str, list[tuple[Tag, str]]] = {}
    names = known(connection)["tag"]
    for scheme, value, articles in connection.execute(_ALL):
        found.setdefault(scheme, []).append((Tag(value, articles), names[f"{scheme}: {value}"].other or ""))
    return found


@kept
def _articles(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute(_ARTICLES).fetchall())


@kept
def _without(connection: sqlite3.Connection) -> int:
    return number(connection, _WITHOUT)
