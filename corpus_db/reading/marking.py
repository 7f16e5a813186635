"""Paragraphs with the words of a query marked, as pieces of text: what is marked up is never text that was escaped."""

import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from corpus_db.reading import matching
from corpus_db.reading.query import TEXTS, Query, Term, inside

TOKENIZER = "unicode61 remove_diacritics 2"  # of `paragraphs_fts`: what is a word, and which are the same
_AT_ONCE = 1_000  # paragraphs that are marked together
_LONGEST = 44  # words of a snippet; FTS5 gives 64 at most
# No raw file can know the marks, so that none can fake them.
_OPEN, _CLOSE = (f"\ufdd0{secrets.token_hex(8)}{each}\ufdd1" for each in "<>")


class Piece(NamedTuple):
    """A run of text, and whether it is what was looked for."""

    text: str
    hit: bool


class Heading(NamedTuple):
    """Headline and standfirst of an article; what is not stated is empty."""

    headline: tuple[Piece, ...] = ()
    standfirst: tuple[Piece, ...] = ()


def marked(connection: sqlite3.Connection, query: Query, article_id: int) -> dict[int, tuple[Piece, ...]]:
    """The paragraphs of an article that have the words of a query, by their position, whole."""
    rows = connection.execute("select id, position from paragraphs where article_id = ?", [article_id])
    positions: dict[int, int] = dict(rows.fetchall())
    return {positions[each]: pieces(text) for each, text in whole(connection, query, list(positions))}


def snippets(
    connection: sqlite3.Connection, query: Query, paragraph_ids: Sequence[int]
) -> dict[int, tuple[Piece, ...]]:
    """The surroundings of the words of a query in those of some paragraphs that have them, by paragraph id."""
    function = f"snippet(shown, 0, :open, :close, '…', {_LONGEST})"
    return {each: pieces(text) for each, text in _marked(connection, query, paragraph_ids, function)}


def whole(connection: sqlite3.Connection, query: Query, paragraph_ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The ids of those of some paragraphs that have the words of a query, and their text, for `pieces`."""
    for start in range(0, len(paragraph_ids), _AT_ONCE):
        some = paragraph_ids[start : start + _AT_ONCE]
        yield from _marked(connection, query, some, "highlight(shown, 0, :open, :close)")


def headings(connection: sqlite3.Connection, query: Query, article_ids: Sequence[int]) -> dict[int, Heading]:
    """Headline and standfirst of some articles, each marked with what a query looks for there or in paragraphs.

    A word is marked wherever it stands, without the others that were looked for beside it.
    """
    statement = "select id, headline, standfirst from articles where id in (select value from json_each(?))"
    rows = connection.execute(statement, [json.dumps(list(article_ids))]).fetchall()
    found = {key: _heading(*texts) for key, *texts in rows}
    wanted = [f"{field} : {words}" for field in TEXTS if (words := _any_in(query, field))]
    if not wanted:
        return found
    with closing(sqlite3.connect(":memory:")) as small:
        columns = ", ".join(TEXTS)
        small.execute(f"create virtual table shown using fts5 ({columns}, tokenize = '{TOKENIZER}')")
        small.executemany(f"insert into shown (rowid, {columns}) values (?, ?, ?)", rows)  # noqa: S608 — our own names
        shown = small.execute(
            "select rowid, highlight(shown, 0, :open, :close), highlight(shown, 1, :open, :close) "
            "from shown where shown match :words",
            {"words": " OR ".join(wanted), "open": _OPEN, "close": _CLOSE},
        )
        return found | {key: _heading(*texts) for key, *texts in shown}


def _heading(*texts: str | None) -> Heading:
    return Heading(*(pieces(text or "") for text in texts))


def _any_in(query: Query, field: str) -> str:
    """The expression for any word that a query looks for, in paragraphs or in a field."""
    filters = [each for each in query.filters if each.field == field and each.value and not each.excluded]
    asked = [query, *(inside(each.value) or Query(((Term(each.value),),)) for each in filters)]
    terms = dict.fromkeys(term for each in asked for group in each.groups for term in group)
    return matching.full_text(Query((tuple(terms),))) or "" if terms else ""


def _marked(
    connection: sqlite3.Connection, query: Query, paragraph_ids: Sequence[int], function: str
) -> Iterator[tuple[int, str]]:
    """Paragraphs as a function of FTS5 marks them, in the order of their ids.

    They are marked in a small index of their own. In that of the corpus, all words that begin with a prefix would be
    gathered again for each paragraph.
    """
    words = matching.full_text(query)
    if not words:
        return
    statement = "select id, text from paragraphs where id in (select value from json_each(?))"
    with closing(sqlite3.connect(":memory:")) as small:
        small.execute(f"create virtual table shown using fts5 (text, tokenize = '{TOKENIZER}')")
        rows = connection.execute(statement, [json.dumps(list(paragraph_ids))])
        small.executemany("insert into shown (rowid, text) values (?, ?)", rows)
        found = f"select rowid, {function} from shown where shown match :words order by rowid"  # noqa: S608 — our own
        yield from small.execute(found, {"words": words, "open": _OPEN, "close": _CLOSE})


def pieces(text: str) -> tuple[Piece, ...]:
    """Text with marks -> its pieces."""
    before, *rest = text.split(_OPEN)
    found = [Piece(before, False)]
    for each in rest:
        hit, _, after = each.partition(_CLOSE)
        found += [Piece(hit, True), Piece(after, False)]
    return tuple(piece for piece in found if piece.text)
