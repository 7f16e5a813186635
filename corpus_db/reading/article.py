"""A key -> the article with all that belongs to it, for a page, an export or a script."""

import sqlite3
from typing import NamedTuple


class Piece(NamedTuple):
    """A piece of the body, in reading order: a 'paragraph' has its number; a 'crosshead' and others have none.

    `start` is where it stands in the raw file.
    """

    role: str
    position: int | None
    text: str
    start: int


class Furniture(NamedTuple):
    """A block that was set aside: what it is to the article, its number there, its span in the raw file."""

    role: str
    text: str
    start: int
    stop: int
    position: int


class Stated(NamedTuple):
    """A fact and where it was stated; start and stop are None where that is not the raw file."""

    field: str
    value: str
    printed: str
    source: str
    start: int | None
    stop: int | None


class Doubted(NamedTuple):
    """A name that was read as an author's and is not counted as one, and how it is printed."""

    name: str
    printed: str


class Article(NamedTuple):
    """An article as a reader wants it. `author_keys` go with `authors`; `bytes` is the size of the raw file.

    `same` are the paths of raw files with the same bytes, which were loaded once.
    """

    id: int
    key: str
    headline: str | None
    standfirst: str | None
    dateline: str | None
    outlet: str | None
    outlet_key: str | None
    outlet_domain: str | None
    authors: tuple[str, ...]
    author_keys: tuple[str, ...]
    doubted: tuple[Doubted, ...]
    published: str | None
    language: str | None
    url: str | None
    syndicated_from: str | None
    tags: tuple[tuple[str, str], ...]
    body: tuple[Piece, ...]
    furniture: tuple[Furniture, ...]
    facts: tuple[Stated, ...]
    defects: tuple[tuple[str, str], ...]
    path: str
    sha256: str
    bytes: int
    format: str
    encoding: str
    same: tuple[str, ...]
    word_count: int


_ARTICLE = """
select raw_files.id, articles.id, articles.key, headline, standfirst, dateline, outlets.name, outlets.key,
    outlets.domain, published, language, url, syndicated.name, path, sha256, bytes, format, encoding, word_count
from articles
join raw_files on raw_files.id = articles.raw_file_id
left join outlets on outlets.id = articles.outlet_id
left join outlets as syndicated on syndicated.id = articles.syndicated_from_id
where articles.key = ?
"""
_COLUMNS = """
id key headline standfirst dateline outlet outlet_key outlet_domain published language url syndicated_from path sha256
bytes format encoding word_count
""".split()
_AUTHORS = """
select authors.name, authors.key from bylines join authors on authors.id = bylines.author_id
where bylines.article_id = ? order by bylines.position
"""
_DOUBTED = "select name, printed from doubted_bylines where article_id = ? order by position"
_SAME = "select path from raw_files where sha256 = ? and id <> ? order by path"
_TAGS = "select scheme, value from tags where article_id = ? order by scheme, value"
_FURNITURE = "select role, text, start, stop, position from furniture where article_id = ? order by start"
_FACTS = "select field, value, printed, source, start, stop from facts where article_id = ? order by id"
_DEFECTS = "select kind, detail from defects where raw_file_id = ? order by id"


def article(connection: sqlite3.Connection, key: str) -> Article | None:
    """The article with this key, or None."""
    row = connection.execute(_ARTICLE, [key]).fetchone()
    if row is None:
        return None
    raw_file_id, *values = row
    columns = dict(zip(_COLUMNS, values, strict=True))
    article_id = columns["id"]
    authors = connection.execute(_AUTHORS, [article_id]).fetchall()
    return Article(
        **columns,
        authors=tuple(name for name, _ in authors),
        author_keys=tuple(key for _, key in authors),
        doubted=tuple(Doubted(*each) for each in connection.execute(_DOUBTED, [article_id])),
        tags=tuple((scheme, value) for scheme, value in connection.execute(_TAGS, [article_id])),
        body=_body(connection, article_id),
        furniture=tuple(Furniture(*each) for each in connection.execute(_FURNITURE, [article_id])),
        facts=tuple(Stated(*each) for each in connection.execute(_FACTS, [article_id])),
        defects=tuple((kind, detail) for kind, detail in connection.execute(_DEFECTS, [raw_file_id])),
        same=tuple(path for (path,) in connection.execute(_SAME, [columns["sha256"], raw_file_id])),
    )


def _body(connection: sqlite3.Connection, article_id: int) -> tuple[Piece, ...]:
    """The paragraphs, with the crossheads, captions and separators that stand among them."""
    query = """
    select role, position, text, start from (
        select 'paragraph' as role, position, text, start from paragraphs where article_id = :article
        union all
        select role, null, text, start from furniture
        where article_id = :article and role in ('crosshead', 'caption', 'separator')
          and start < (select max(start) from paragraphs where article_id = :article)
          and (role = 'crosshead' or start > (select min(start) from paragraphs where article_id = :article))
    ) order by start
    """
    return tuple(Piece(*row) for row in connection.execute(query, {"article": article_id}))
