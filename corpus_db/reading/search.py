"""A Query -> a page of articles with their matching paragraphs, in an order, with the way to the pages around it."""

import sqlite3
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import marking, matching, names
from corpus_db.reading.columns import Ints
from corpus_db.reading.hits import Hits, hits
from corpus_db.reading.marking import Heading, Piece
from corpus_db.reading.query import Filter, Query

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = get_args(Sort)
RANKED = 10_000  # paragraphs with the words up to which bm25 of each is affordable: FTS5 weighs all, or none
_SNIPPETS = 3  # paragraphs of an article that a page of results shows
_LEDE = 300  # characters of the first paragraph, where no word was looked for


class Snippet(NamedTuple):
    """What is shown of a paragraph."""

    position: int  # of the paragraph in its article
    pieces: tuple[Piece, ...]


class Hit(NamedTuple):
    """An article that was found."""

    key: str
    headline: str | None
    standfirst: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None
    paragraphs: int  # that match
    snippets: tuple[Snippet, ...]
    marked: Heading  # its headline and standfirst


class Found(NamedTuple):
    """A page of results."""

    query: Query  # in the names of the corpus
    unknown: tuple[Filter, ...]  # filters whose value nothing in the corpus is called
    sort: Sort
    by_number: bool  # relevance is the number of matching paragraphs, for there are too many to weigh each
    with_words: int  # paragraphs of the corpus that have the words, whatever the filters; 0 where none are looked for
    articles: int
    paragraphs: int
    known: bool  # whether the article that the page shall start after, or end before, is found
    first: int  # number of the first article of the page, from 1; 0 where there is none
    hits: tuple[Hit, ...]
    before: str | None  # key that the page before this one ends before; None where there is none
    after: str | None  # key that the next page starts after


class Looked(NamedTuple):
    """A query in the names of the corpus, its filters whose value nothing is called, and what it finds."""

    query: Query
    unknown: tuple[Filter, ...]
    hits: Hits


class Neighbours(NamedTuple):
    """Where an article stands among the results, and the keys of those beside it."""

    position: int  # from 1
    total: int
    previous: str | None
    next: str | None


def search(
    connection: sqlite3.Connection,
    query: Query,
    *,
    sort: str | None = None,
    after: str | None = None,
    before: str | None = None,
    size: int = 20,
) -> Found:
    """A page of `size` articles: those after, or before, the one with a key, else the first.

    `sort` is one of SORTS; anything else is relevance where words are looked for, and newest where none are.
    """
    settled, unknown = names.settle(connection, query)
    found = hits(connection, settled)
    return page(connection, Looked(settled, unknown, found), sort=sort, after=after, before=before, size=size)


def page(
    connection: sqlite3.Connection,
    looked: Looked,
    *,
    sort: str | None = None,
    after: str | None = None,
    before: str | None = None,
    size: int = 20,
) -> Found:
    """A page of what was found when it was looked for; the other arguments are those of `search`."""
    settled, unknown, found = looked
    chosen = sorting(settled, sort)
    rows = order(connection, found, settled, chosen)
    start, known = _start(connection, found, rows, after, before, size)
    shown = rows[start : start + size]
    return Found(
        query=settled,
        unknown=unknown,
        sort=chosen,
        by_number=chosen == "relevance" and found.ids is not None and len(found.ids) > RANKED,
        with_words=0 if found.ids is None else len(found.ids),
        articles=found.articles,
        paragraphs=found.total,
        known=known,
        first=start + 1 if len(shown) else 0,
        hits=_hits(connection, found, settled, shown),
        before=found.columns.keys[shown[0]] if start and len(shown) else None,
        after=found.columns.keys[shown[-1]] if start + size < len(rows) else None,
    )


def neighbours(connection: sqlite3.Connection, query: Query, sort: str | None, key: str) -> Neighbours | None:
    """Where an article stands among the results of a search; None where it is none of them."""
    settled = names.settle(connection, query).query
    found = hits(connection, settled)
    rows = order(connection, found, settled, sorting(settled, sort))
    keys = found.columns.keys
    place = _place(connection, found, rows, key)
    if place is None:
        return None
    return Neighbours(
        place + 1,
        len(rows),
        keys[rows[place - 1]] if place else None,
        keys[rows[place + 1]] if place + 1 < len(rows) else None,
    )


def sorting(query: Query, wanted: str | None) -> Sort:
    """The order that is wanted, if there is one of that name and it can be had."""
    if wanted in ("newest", "oldest"):
        return wanted  # type: ignore[return-value]  # mypy does not narrow by `in`
    return "relevance" if query.groups else "newest"


def order(connection: sqlite3.Connection, found: Hits, query: Query, sort: Sort) -> Ints:
    """The rows of the articles that are found, the first one first.

    By relevance an article stands where its best paragraph does (bm25 as FTS5 has it, newest first of equals). Where
    more than RANKED paragraphs of the corpus have the words, it is their number in the article that counts.
    """
    table = found.columns
    if sort != "relevance" or found.ids is None:
        rows = table.oldest if sort == "oldest" else table.newest
        return rows[found.found[rows]]
    if len(found.ids) > RANKED:
        rows = table.newest[found.found[table.newest]]
        return rows[np.argsort(-found.paragraphs[rows], kind="stable")]
    score = np.full(len(table.ids), np.inf)
    statement = "select rowid, bm25(paragraphs_fts) from paragraphs_fts where paragraphs_fts match ?"
    weighed = np.array(connection.execute(statement, [matching.full_text(query)]).fetchall(), dtype=np.float64)
    if len(weighed):
        np.minimum.at(score, table.owners(weighed[:, 0].astype(np.int64)), np.round(weighed[:, 1], 9))
    rows = table.newest[found.found[table.newest]]
    return rows[np.argsort(score[rows], kind="stable")]


def _start(
    connection: sqlite3.Connection, found: Hits, rows: Ints, after: str | None, before: str | None, size: int
) -> tuple[int, bool]:
    """Where the page starts, and whether the article that is named is found; else it starts at the first one."""
    key = after or before
    if key is None:
        return 0, True
    place = _place(connection, found, rows, key)
    if place is None:
        return 0, False
    return (place + 1 if after else max(0, place - size)), True


def _place(connection: sqlite3.Connection, found: Hits, rows: Ints, key: str) -> int | None:
    """Where the article with a key stands among some rows; None where it does not."""
    article = connection.execute("select id from articles where key = ?", [key]).fetchone()
    if article is None:
        return None
    places = np.flatnonzero(found.columns.ids[rows] == article[0])
    return int(places[0]) if len(places) else None


_ARTICLE = """
select articles.id, headline, standfirst, outlets.name, published, language
from articles left join outlets on outlets.id = articles.outlet_id where articles.id = ?
"""
_AUTHORS = """
select authors.name from bylines join authors on authors.id = bylines.author_id
where bylines.article_id = ? order by bylines.position
"""


def _hits(connection: sqlite3.Connection, found: Hits, query: Query, rows: Ints) -> tuple[Hit, ...]:
    chosen = {row: _first(found, row) for row in rows.tolist()}
    pieces = marking.snippets(connection, query, [each for ids in chosen.values() for each in ids])
    headings = marking.headings(connection, query, found.columns.ids[rows].tolist())
    shown = []
    for row, ids in chosen.items():
        article_id, *said = connection.execute(_ARTICLE, [int(found.columns.ids[row])]).fetchone()
        authors = tuple(name for (name,) in connection.execute(_AUTHORS, [article_id]))
        first = int(found.columns.first[row])
        snippets = tuple(Snippet(each - first + 1, pieces[each]) for each in ids)
        if found.ids is None:
            snippets = _lede(connection, article_id)
        key, count = found.columns.keys[row], int(found.paragraphs[row])
        headline, standfirst, outlet, published, language = said
        shown.append(
            Hit(key, headline, standfirst, outlet, authors, published, language, count, snippets, headings[article_id])
        )
    return tuple(shown)


def _first(found: Hits, row: int) -> list[int]:
    """The first matching paragraphs of an article."""
    if found.ids is None:
        return []
    first = int(found.columns.first[row])
    start, stop = np.searchsorted(found.ids, [first, first + int(found.columns.paragraphs[row])])
    ids: list[int] = found.ids[start : min(stop, start + _SNIPPETS)].tolist()
    return ids


def _lede(connection: sqlite3.Connection, article_id: int) -> tuple[Snippet, ...]:
    """The beginning of an article."""
    statement = "select text from paragraphs where article_id = ? and position = 1"
    row = connection.execute(statement, [article_id]).fetchone()
    if row is None:
        return ()
    text = row[0] if len(row[0]) <= _LEDE else f"{row[0][:_LEDE].rsplit(' ', 1)[0]} …"
    return (Snippet(1, (Piece(text, False),)),)
