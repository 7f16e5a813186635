"""Paragraphs with the words of a query marked, as pieces of text: what is marked up is never text that was escaped."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus_db.reading import matching
from corpus_db.reading.query import Query

_LONGEST = 44  # words of a snippet; FTS5 gives 64 at most
# No raw file can know the marks, so that none can fake them.
_OPEN, _CLOSE = (f"\ufdd0{secrets.token_hex(8)}{each}\ufdd1" for each in "<>")


class Piece(NamedTuple):
    """A run of text, and whether it is what was looked for."""

    text: str
    hit: bool


def marked(connection: sqlite3.Connection, query: Query, article_id: int) -> dict[int, tuple[Piece, ...]]:
    """The paragraphs of an article that have the words of a query, by their position, whole."""
    words = matching.full_text(query)
    if not words:
        return {}
    statement = """
        select paragraphs.position, highlight(paragraphs_fts, 0, :open, :close)
        from paragraphs_fts join paragraphs on paragraphs.id = paragraphs_fts.rowid
        where paragraphs_fts match :words and paragraphs_fts.rowid between
            (select min(id) from paragraphs where article_id = :article)
            and (select max(id) from paragraphs where article_id = :article)
        order by paragraphs.position
    """
    values = {"words": words, "article": article_id, "open": _OPEN, "close": _CLOSE}
    return {position: pieces(text) for position, text in connection.execute(statement, values)}


def snippets(
    connection: sqlite3.Connection, query: Query, paragraph_ids: Iterable[int]
) -> dict[int, tuple[Piece, ...]]:
    """The surroundings of the words of a query in some paragraphs that have them, by paragraph id."""
    statement = f"""
        select rowid, snippet(paragraphs_fts, 0, :open, :close, '…', {_LONGEST})
        from paragraphs_fts where paragraphs_fts match :words and rowid = :paragraph
    """  # noqa: S608 — our own number
    values = {"words": matching.full_text(query), "open": _OPEN, "close": _CLOSE}
    found = {}
    for each in paragraph_ids:  # one by one: FTS5 jumps to a row, but reads its way through a list of them
        for paragraph, text in connection.execute(statement, values | {"paragraph": each}):
            found[paragraph] = pieces(text)
    return found


def pieces(text: str) -> tuple[Piece, ...]:
    """Text with marks -> its pieces."""
    before, *rest = text.split(_OPEN)
    found = [Piece(before, False)]
    for each in rest:
        hit, _, after = each.partition(_CLOSE)
        found += [Piece(hit, True), Piece(after, False)]
    return tuple(piece for piece in found if piece.text)


def whole(connection: sqlite3.Connection, query: Query, paragraph_ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The ids of some of the paragraphs that have the words of a query, ascending, and their text, for `pieces`.

    FTS5 goes through all paragraphs with these words, from the first that is wanted to the last, and marks those
    wanted: for thousands of them the fastest way.
    """
    if not paragraph_ids:
        return
    statement = """
        select rowid, case when rowid in (select value from json_each(:ids))
            then highlight(paragraphs_fts, 0, :open, :close) end
        from paragraphs_fts where paragraphs_fts match :words and rowid between :first and :last
    """
    values = {
        "words": matching.full_text(query),
        "open": _OPEN,
        "close": _CLOSE,
        "ids": json.dumps(list(paragraph_ids)),
        "first": min(paragraph_ids),
        "last": max(paragraph_ids),
    }
    for paragraph, text in connection.execute(statement, values):
        if text is not None:
            yield paragraph, text
