"""Articles -> records for reference managers, as many at a time as memory should hold."""

import sqlite3
from collections.abc import Iterator
from itertools import islice

from corpus_db.reading import citing
from corpus_db.reading.citing import Cited
from corpus_db.reading.export.request import Request, Sink, Tally
from corpus_db.reading.export.selection import keys

_AT_ONCE = 500  # articles


def write_bibtex(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """Entries of BibTeX in UTF-8, an empty line between them."""
    rows = 0
    for articles in _chunks(connection, request):
        sink.write(f"{chr(10) if rows else ''}{citing.bibtex(articles)}".encode())
        rows += len(articles)
    return Tally(rows)


def write_ris(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """Records of RIS in UTF-8."""
    rows = 0
    for articles in _chunks(connection, request):
        sink.write(citing.ris(articles).encode())
        rows += len(articles)
    return Tally(rows)


def write_csl_json(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """One array of CSL-JSON."""
    rows = 0
    for articles in _chunks(connection, request):
        items = citing.csl_json(articles).strip().removeprefix("[").removesuffix("]").rstrip()
        sink.write(f"{',' if rows else '['}{items}".encode())
        rows += len(articles)
    sink.write(b"\n]\n" if rows else b"[]\n")
    return Tally(rows)


def _chunks(connection: sqlite3.Connection, request: Request) -> Iterator[tuple[Cited, ...]]:
    """The articles of a request in their order."""
    ids = keys(connection, request.query)
    while chunk := list(islice(ids, _AT_ONCE)):
        named = dict(
            connection.execute(
                f"select id, key from articles where id in ({', '.join('?' * len(chunk))})",  # noqa: S608 — places only
                chunk,
            ).fetchall()
        )
        yield citing.cited(connection, [named[article_id] for article_id in chunk])
