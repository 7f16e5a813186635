"""All that a page of results shows, in one call: for the site, the API and Python users alike."""

import sqlite3
from typing import Any, NamedTuple

from corpus_db.reading import facets, hits, names, noting, search, suggesting
from corpus_db.reading.facets import Facet
from corpus_db.reading.marking import Piece
from corpus_db.reading.noting import Headed
from corpus_db.reading.query import Query, write, written
from corpus_db.reading.search import Found
from corpus_db.reading.suggesting import Suggestion


class Results(NamedTuple):
    """A page of results, and what surrounds it."""

    found: Found
    interpretation: str
    facets: tuple[Facet, ...]
    months: dict[str, int]  # 'YYYY-MM' -> articles that are found
    undated: int  # articles that are found and have no date
    suggestions: tuple[Suggestion, ...]  # where nothing is found
    notes: tuple[str, ...]  # what was read as words though it looks like more
    headed: tuple[Headed, ...]  # the articles with the words in their headline, or in their standfirst


def results(
    connection: sqlite3.Connection,
    query: Query,
    *,
    sort: str | None = None,
    after: str | None = None,
    before: str | None = None,
    size: int = 20,
) -> Results:
    """A page of results of a query with its facets and its timeline; the arguments are those of `search.search`."""
    settled, unknown = names.settle(connection, query)
    counted = hits.hits(connection, settled)
    looked = search.Looked(settled, unknown, counted)
    found = search.page(connection, looked, sort=sort, after=after, before=before, size=size)
    by_month = facets.months(counted)
    return Results(
        found,
        suggesting.interpret(settled),
        facets.facets(connection, settled, counted),
        by_month,
        found.articles - sum(by_month.values()),
        () if found.articles else suggesting.suggest(connection, settled, unknown),
        noting.notes(settled),
        noting.headed(connection, settled),
    )


def plain(found: Found) -> dict[str, Any]:
    """A page of results as plain data, the same for the API and the command line. None is 'not stated'.

    `hits` of a snippet are the half-open spans of what was looked for, in code points of its text.
    """
    return {
        "query": write(found.query),
        "unknown": [written(each) for each in found.unknown],
        "sort": found.sort,
        "total": {"articles": found.articles, "paragraphs": found.paragraphs},
        "first": found.first,
        "next": found.after,
        "articles": [
            {name: value for name, value in hit._asdict().items() if name != "marked"}
            | {
                "authors": list(hit.authors),
                "snippets": [{"position": each.position, **_spans(each.pieces)} for each in hit.snippets],
            }
            for hit in found.hits
        ],
    }


def _spans(pieces: tuple[Piece, ...]) -> dict[str, Any]:
    text, hits = "", []
    for piece in pieces:
        if piece.hit:
            hits.append([len(text), len(text) + len(piece.text)])
        text += piece.text
    return {"text": text, "hits": hits}
