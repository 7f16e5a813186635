"""What the database holds of one raw file, as records that another process can check."""

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from corpus_db.records import Byline, Fact, Tag

_FILES = "select id, path, sha256, format, encoding from raw_files where outcome = 'loaded' order by path"
_ARTICLES = """
select articles.id, articles.key, outlets.key, origin.key, paragraph_count, word_count,
    headline, standfirst, dateline, published, language, url
from articles left join outlets on outlets.id = outlet_id left join outlets as origin on origin.id = syndicated_from_id
where raw_file_id = ? order by articles.id
"""
_BLOCKS = """
select 'paragraph', text, start, stop, crosshead, position from paragraphs where article_id = :article
union all select role, text, start, stop, null, position from furniture where article_id = :article
order by start, stop
"""
_BYLINES = """
select authors.key, written.name, printed from (
    select * from bylines where article_id = :article
    union all select * from doubted_bylines where article_id = :article
) as written left join authors on authors.id = author_id order by position
"""
_FACTS = "select field, value, printed, source, start, stop from facts where article_id = ? order by id"
_TAGS = "select scheme, value from tags where article_id = ?"
STATED = ("headline", "standfirst", "dateline", "published", "language", "url")  # the last columns of an article


class HeldBlock(NamedTuple):
    """A row of `paragraphs` or `furniture`; `position` is its number among those of its article."""

    role: str
    text: str
    start: int
    stop: int
    crosshead: str | None
    position: int


class HeldArticle(NamedTuple):
    """The rows of an article. Outlets are keys; `stated` are the columns of which each has its fact, by name.

    `blocks` are in the order of their spans; `bylines` are those that are doubted too.
    """

    key: str
    outlet: str | None
    syndicated_from: str | None
    paragraph_count: int
    word_count: int
    stated: dict[str, str | None]
    blocks: tuple[HeldBlock, ...]
    bylines: tuple[Byline, ...]
    tags: tuple[Tag, ...]
    facts: tuple[Fact, ...]


class Held(NamedTuple):
    """The rows of a raw file that was loaded. `name` is its path as the system knows it."""

    path: str
    name: str
    sha256: str
    format: str
    encoding: str
    articles: tuple[HeldArticle, ...]


def read(connection: sqlite3.Connection, names: dict[str, str]) -> Iterator[Held]:
    """The rows of the loaded files that `names` has, which gives the names of files by path; in path order."""
    for raw_file_id, path, sha256, read_as, encoding in connection.execute(_FILES).fetchall():
        if path in names:
            rows = connection.execute(_ARTICLES, [raw_file_id]).fetchall()
            articles = tuple(_article(connection, row) for row in rows)
            yield Held(path, names[path], sha256, read_as, encoding, articles)


def _article(connection: sqlite3.Connection, row: tuple[Any, ...]) -> HeldArticle:
    article_id, key, outlet, origin, paragraphs, words, *stated = row
    here = {"article": article_id}
    return HeldArticle(
        key,
        outlet,
        origin,
        paragraphs,
        words,
        dict(zip(STATED, stated, strict=True)),
        tuple(HeldBlock(*each) for each in connection.execute(_BLOCKS, here)),
        tuple(Byline(*each) for each in connection.execute(_BYLINES, here)),
        tuple(Tag(*each) for each in connection.execute(_TAGS, [article_id])),
        tuple(Fact(*each) for each in connection.execute(_FACTS, [article_id])),
    )
