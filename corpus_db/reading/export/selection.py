"""A request -> its rows, an article at a time, in the order of article ids and, within an article, of positions.

What all paragraphs of an article share (outlet, authors, headline …) is read once for each article, not for each
paragraph. Memory holds one article, whatever the number of rows.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from corpus_db.reading import matching
from corpus_db.reading.export.request import Request
from corpus_db.reading.query import Query


class Column(NamedTuple):
    """A column of a table: how to read it from `articles`, what it holds ('text', 'integer' or 'list'), what it is."""

    sql: str
    kind: str
    meaning: str


_NAMES = """(select json_group_array(name) from (
    select authors.name as name from bylines join authors on authors.id = bylines.author_id
    where bylines.article_id = articles.id order by bylines.position
))"""
_TAGS = """(select json_group_array(value) from (
    select scheme || ': ' || value as value from tags where article_id = articles.id order by scheme, tags.value
))"""
ARTICLE = {
    "article": Column("articles.key", "text", "key of the article: its page is /article/<key>"),
    "headline": Column("articles.headline", "text", "as printed"),
    "standfirst": Column("articles.standfirst", "text", "the summary below the headline"),
    "outlet": Column("outlets.name", "text", "who published it"),
    "country": Column("outlets.country", "text", "of the outlet, ISO 3166-1 alpha-2"),
    "authors": Column(_NAMES, "list", "who wrote it, in the order printed"),
    "published": Column("articles.published", "text", "ISO 8601, as far as stated"),
    "year": Column("articles.year", "integer", "of published"),
    "month": Column("articles.month", "text", "of published, YYYY-MM"),
    "language": Column("articles.language", "text", "ISO 639 code"),
    "tags": Column(_TAGS, "list", "'scheme: value'"),
    "syndicated_from": Column("syndicated.name", "text", "the outlet that published it first, if another"),
    "paragraph_count": Column("articles.paragraph_count", "integer", "paragraphs of the article"),
    "word_count": Column("articles.word_count", "integer", "words of the article"),
    "url": Column("articles.url", "text", "address of the article, where the file states it"),
    "path": Column("raw_files.path", "text", "of the raw file"),
    "sha256": Column("raw_files.sha256", "text", "of the bytes of the raw file, in hex"),
}
PARAGRAPH = {
    "position": Column("paragraphs.position", "integer", "number of the paragraph in its article"),
    "text": Column("paragraphs.text", "text", "the paragraph"),
    "crosshead": Column("paragraphs.crosshead", "text", "the crosshead that it stands under"),
    "permalink": Column("paragraphs.position", "text", "path of the paragraph on the site"),
    "start": Column("paragraphs.start", "integer", "span in the raw file: first code point"),
    "stop": Column("paragraphs.stop", "integer", "span in the raw file: code point after the last"),
}
_WHOLE = {
    "text": Column("", "text", "its paragraphs, an empty line between them"),
    "permalink": Column("'/article/' || articles.key", "text", "path of the article on the site"),
}
_OF_ARTICLE = ("outlet", "authors", "published", "language")
USUAL = {
    "paragraphs": ("article", "position", "text", "crosshead", "headline", *_OF_ARTICLE),
    "articles": ("article", "headline", "standfirst", *_OF_ARTICLE, "tags", "text"),
}


def _usual_first(unit: str, columns: dict[str, Column]) -> dict[str, Column]:
    return {name: columns[name] for name in (*USUAL[unit], *columns)}


COLUMNS = {
    "paragraphs": _usual_first("paragraphs", {**PARAGRAPH, **ARTICLE}),
    "articles": _usual_first("articles", {**ARTICLE, **_WHOLE}),
}


class Block(NamedTuple):
    """The rows of one article: the values that all of them share, and the columns of those that differ."""

    rows: int
    shared: dict[str, Any]
    own: dict[str, list[Any]]

    def column(self, name: str) -> Iterable[Any]:
        """The values of a column, one for each row."""
        return self.own[name] if name in self.own else repeat(self.shared[name], self.rows)


def blocks(connection: sqlite3.Connection, request: Request) -> Iterator[Block]:
    """The rows of a request. Text is str, a number is int, a list is a tuple of str; None is not stated."""
    chosen = {name: COLUMNS[request.unit][name] for name in request.columns}
    if request.unit == "articles":
        shared = {name: each for name, each in chosen.items() if each.sql}
        for article_id in keys(connection, request.query):
            values = _article(connection, shared, article_id)
            if "text" in chosen:
                values["text"] = _text(connection, article_id)
            yield Block(1, values, {})
        return
    own = {name: each for name, each in chosen.items() if name in PARAGRAPH}
    shared = {name: each for name, each in chosen.items() if name not in PARAGRAPH}
    for article_id, rows in _paragraphs(connection, own, request.query):
        values = _article(connection, shared | {"/": _WHOLE["permalink"]}, article_id)
        page = values.pop("/")
        lists = dict(zip(own, map(list, zip(*rows, strict=True)), strict=False))
        if "permalink" in lists:
            lists["permalink"] = [f"{page}#p{position}" for position in lists["permalink"]]
        yield Block(len(rows), values, lists)


def keys(connection: sqlite3.Connection, query: Query) -> Iterator[int]:
    """Ids of the articles that a query matches, ascending: with words, those with a paragraph that matches."""
    condition = matching.articles(query)
    words = matching.paragraphs(query)
    if words.sql == "1":
        for (article_id,) in connection.execute(
            f"select articles.id from articles where {condition.sql} order by articles.id",  # noqa: S608 — bound
            condition.parameters,
        ):
            yield article_id
        return
    cursor = _matches(connection, "paragraphs.id", query)
    for article_id, _ in groupby(cursor, key=itemgetter(0)):
        yield article_id


def _paragraphs(
    connection: sqlite3.Connection, own: dict[str, Column], query: Query
) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """The id of each article, with the rows of its paragraphs that match; all of them where the query has no words."""
    columns = ", ".join(each.sql for each in own.values()) or "null"
    if matching.paragraphs(query).sql == "1":
        select = f"select {columns} from paragraphs where article_id = ? order by position"  # noqa: S608 — our own names
        for article_id in keys(connection, query):
            if rows := connection.execute(select, [article_id]).fetchall():
                yield article_id, rows
        return
    for article_id, group in groupby(_matches(connection, columns, query), key=itemgetter(0)):
        yield article_id, [row[1:] for row in group]


def _matches(connection: sqlite3.Connection, columns: str, query: Query) -> sqlite3.Cursor:
    """The article id and columns of each paragraph that has the words of a query.

    The writer numbers articles and their paragraphs in one pass, so the order of paragraph ids is that of article ids
    and positions. It is the order in which full text finds them: nothing is sorted.
    """
    words, articles = matching.paragraphs(query), matching.articles(query)
    among = f"and exists (select 1 from articles where articles.id = paragraphs.article_id and {articles.sql})"  # noqa: S608 — bound
    select = f"""
    select paragraphs.article_id, {columns} from paragraphs
    where {words.sql} {among if articles.sql != "1" else ""} order by paragraphs.id
    """  # noqa: S608 — bound
    return connection.execute(select, words.parameters | articles.parameters)


def _article(connection: sqlite3.Connection, columns: dict[str, Column], article_id: int) -> dict[str, Any]:
    """The values of some columns of an article."""
    values = ", ".join(each.sql for each in columns.values()) or "null"
    select = f"""
    select {values} from articles
    join raw_files on raw_files.id = articles.raw_file_id
    left join outlets on outlets.id = articles.outlet_id
    left join outlets as syndicated on syndicated.id = articles.syndicated_from_id
    where articles.id = ?
    """  # noqa: S608 — our own names
    row = connection.execute(select, [article_id]).fetchone()
    return {
        name: tuple(json.loads(value)) if column.kind == "list" else value
        for (name, column), value in zip(columns.items(), row, strict=False)
    }


def _text(connection: sqlite3.Connection, article_id: int) -> str | None:
    """The body of an article, an empty line between its paragraphs; None where it has none."""
    rows = connection.execute("select text from paragraphs where article_id = ? order by position", [article_id])
    return "\n\n".join(text for (text,) in rows) or None
