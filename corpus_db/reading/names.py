"""A Query as typed -> a Query with the names that the corpus has: `outlet:guardian` -> `outlet:"The Guardian"`."""

import sqlite3
import unicodedata
from typing import NamedTuple

from corpus_db.reading import languages
from corpus_db.reading.kept import kept
from corpus_db.reading.query import Filter, Query

_NAMES = {
    "outlet": "select name, domain from outlets order by name",
    "author": "select name, null from authors order by name",
    "tag": "select distinct scheme || ': ' || value, value from tags order by 1",
}
_IS = {
    "outlet": "select 1 from outlets where name = ?",
    "author": "select 1 from authors where name = ?",
    "tag": "select 1 from tags where scheme = ? and value = ? limit 1",
}


class Known(NamedTuple):
    """A name of the corpus without case, accents and punctuation, and another way to call the same: domain, value."""

    folded: str
    other: str | None


class Settled(NamedTuple):
    """A query in the names of the corpus, and the filters whose value nothing there is called."""

    query: Query
    unknown: tuple[Filter, ...]


def settle(connection: sqlite3.Connection, query: Query) -> Settled:
    """Each outlet, author and tag by its name: as typed, else without regard to case and accents, else by its words.

    `author:lee` means all authors with a name Lee, `outlet:example.org` the outlet of that domain, `tag:courts` the
    tag of any scheme, `lang:german` the language whose code is de. Dates and headlines stay as they are.
    """
    filters: list[Filter] = []
    unknown: list[Filter] = []
    for each in query.filters:
        names = _meant(connection, each) if each.value else ("",)
        filters.extend(each._replace(value=name) for name in names or (each.value,))
        if not names:
            unknown.append(each)
    return Settled(query._replace(filters=tuple(dict.fromkeys(filters))), tuple(unknown))


def _meant(connection: sqlite3.Connection, wanted: Filter) -> tuple[str, ...]:
    """The names that a value means, none where nothing is called so."""
    if wanted.field == "lang":
        return languages.codes(wanted.value)
    if wanted.field not in _NAMES:
        return (wanted.value,)
    exact = wanted.value.partition(": ")[::2] if wanted.field == "tag" else (wanted.value,)
    if connection.execute(_IS[wanted.field], exact).fetchone():
        return (wanted.value,)
    value, there = fold(wanted.value), known(connection)[wanted.field]
    if same := tuple(name for name, each in there.items() if value in each):
        return same
    words = value.split()
    return tuple(name for name, each in there.items() if words and _has(each.folded.split(), words))


@kept
def known(connection: sqlite3.Connection) -> dict[str, dict[str, Known]]:
    """All names of outlets, authors and tags ('scheme: value') by field, in their order."""
    return {
        field: {name: Known(fold(name), other and fold(other)) for name, other in connection.execute(query)}
        for field, query in _NAMES.items()
    }


def _has(name: list[str], words: list[str]) -> bool:
    """Whether the words stand in the name, one behind the other."""
    return any(name[start : start + len(words)] == words for start in range(len(name)))


def fold(text: str) -> str:
    """Words without case, accents and punctuation, save full stops, which domains and initials have.

    >>> fold("L'Élysée, Paris")
    'l elysee paris'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() or char == "." else " " for char in plain).split())
