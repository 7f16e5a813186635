"""A table -> an answer that a browser saves as CSV, sent while it is made."""

from collections.abc import Callable
from contextlib import closing
from sqlite3 import Connection
from typing import Any

from corpus_db.reading import opening, tables
from corpus_db.site import where
from corpus_db.site.download import Download, Growing, attachment, slug


def answer(datasette: Any, request: Any, name: str, table: Callable[[Connection], tables.Table]) -> Download:
    """The table that is made over a connection of its own; `name` is of words, and becomes that of the file."""
    path = str(where.corpus(datasette).path)

    def write(target: Growing) -> None:
        with closing(opening.connect(path)) as connection:
            connection.set_progress_handler(lambda: target.unwanted, opening.STEPS)
            for lines in tables.written(table(connection)):
                target.write(lines.encode())

    headers = attachment(f"corpus-{slug(name)}.csv", "text/csv; charset=utf-8")
    return Download(request.receive, write, headers, early=True)
