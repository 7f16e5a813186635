"""The SQL files of this room: creating a corpus, telling whether a file is one, and what their comments say.

The comments in `schema.sql` and `views.sql` are the documentation of the data: the site and the README quote them.
"""

import re
import sqlite3
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from corpus_db import __version__
from corpus_db.errors import DatabaseError

APPLICATION_ID = 0x636F7270  # 'corp': tells a corpus from any other SQLite file
SCHEMA_VERSION = 5  # `user_version`; a database of another one is rebuilt, never migrated

_HEAD = 100  # bytes; the application_id stands at 68 (sqlite.org/fileformat.html)
_CREATE = re.compile(
    r"(?P<comment>(?:^--[^\n]*\n)*)^create (?P<kind>table|view|virtual table) (?P<name>\w+)(?P<body>.*?);$", re.M | re.S
)


class Table(NamedTuple):
    """A table or view: what a row is, and what each column holds, '' where the name says it."""

    name: str
    kind: str
    description: str
    columns: dict[str, str]


def script(name: str) -> str:
    """The text of an SQL file of this room."""
    return resources.files("corpus_db.store").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def create(connection: sqlite3.Connection) -> None:
    """Make the tables and views of an empty database; indexes come after the rows."""
    for name in ("schema", "views"):
        for statement in _statements(script(name)):
            connection.execute(statement)
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Make the indexes, when the rows of a fresh load are in."""
    for statement in _statements(script("indexes")):
        connection.execute(statement)


def _statements(text: str) -> list[str]:
    """The statements of a script; executed one by one they stay within a transaction."""
    return [statement for statement in re.split(r";\n", text) if "create " in statement]


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DatabaseError, saying what to do, where a database is not one that this version reads."""
    try:
        application = connection.execute("pragma application_id").fetchone()[0]
        version = connection.execute("pragma user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{path}: {error}: is it a corpus database?") from None
    if application != APPLICATION_ID:
        raise DatabaseError(f"{path}: an SQLite database, but no corpus: choose another file")
    if version > SCHEMA_VERSION:
        raise DatabaseError(
            f"{path}: made by a newer corpus_db (schema {version}, not {SCHEMA_VERSION}): update corpus_db"
        )
    if version < SCHEMA_VERSION:
        raise DatabaseError(
            f"{path}: made by an older corpus_db (schema {version}, not {SCHEMA_VERSION}): load it again"
        )


def check_ours(path: Path) -> None:
    """Raise DatabaseError where a file is not a corpus, however old or damaged: its head says what it is."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise DatabaseError(f"{path}: {error.strerror}") from None
    if head and not (head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4)):
        raise DatabaseError(f"{path}: no corpus: choose another file, or remove it first")


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether a database is a corpus of an older schema, which a load builds anew."""
    try:
        application = connection.execute("pragma application_id").fetchone()[0]
        return bool(
            application == APPLICATION_ID and connection.execute("pragma user_version").fetchone()[0] < SCHEMA_VERSION
        )
    except sqlite3.DatabaseError:
        return False


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether a corpus was built by this version of corpus_db, so that rows can be added to it."""
    version = connection.execute("pragma user_version").fetchone()[0]
    return bool(version == SCHEMA_VERSION and corpus(connection).get("version") == __version__)


def corpus(connection: sqlite3.Connection) -> dict[str, str]:
    """What the corpus was built with and from."""
    return dict(connection.execute("select name, value from corpus"))


@cache
def tables() -> dict[str, Table]:
    """The documented tables and views, in the order of the files."""
    found = {}
    with closing(sqlite3.connect(":memory:")) as connection:
        create(connection)
        for match in _CREATE.finditer(script("schema") + script("views")):
            name = match["name"]
            lines = [line.removeprefix("--").strip() for line in match["comment"].splitlines()]
            kind = "view" if match["kind"] == "view" else "table"
            columns = [
                row[0] for row in connection.execute("select name from pragma_table_xinfo(?) where hidden <> 1", [name])
            ]
            found[name] = Table(name, kind, " ".join(lines), _comments(match["body"], columns))
    return found


def _comments(body: str, columns: list[str]) -> dict[str, str]:
    """The comment of each column: the first one on its line, or on the lines up to the next column."""
    found = dict.fromkeys(columns, "")
    current = ""
    for line in body.splitlines():
        code, _, note = line.partition("--")
        here = (
            name
            for name in columns
            if re.match(rf" {{4}}{name} ", code) or re.search(rf"(?: as |\.){name},?\s*\Z", code)
        )
        current = next(here, current)
        if note and current and not found[current]:
            found[current] = note.strip()
    return found
