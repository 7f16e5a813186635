"""A path -> a corpus open for reading. Nothing that goes through it can write."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from corpus_db.errors import DatabaseError
from corpus_db.reading import functions, limits
from corpus_db.store import schema

STEPS = 10_000  # of SQLite's machine between two looks at whether to go on: a few milliseconds


def connect(path: str | Path) -> sqlite3.Connection:
    """A read-only connection to the corpus at `path`, with our SQL functions.

    Raises DatabaseError where there is no corpus that we can read.
    """
    path = Path(path)
    if not path.is_file():
        raise DatabaseError(f"{path}: no such database: make it with `corpus-db load`")
    recover(path)
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise DatabaseError(f"{path}: {error}") from None
    try:
        schema.check(connection, path)
    except DatabaseError:
        connection.close()
        raise
    functions.register(connection)
    limits.bound(connection)
    return connection


def recover(path: Path) -> None:
    """Let SQLite undo what a killed load left half written, as a read-only connection may not. Raises DatabaseError."""
    if path.with_name(f"{path.name}-journal").exists():
        with closing(sqlite3.connect(path)) as connection:
            try:
                connection.execute("select count(*) from sqlite_master").fetchone()
            except sqlite3.DatabaseError as error:
                raise DatabaseError(f"{path}: what a killed load left can't be undone: {error}") from None
