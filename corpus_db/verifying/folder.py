"""The raw folder beside `raw_files`: nothing missing, changed or unknown."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_db.records import Fault, Reject
from corpus_db.store.plan import Duplicate, Found, problem


class _Row(NamedTuple):
    path: str
    sha256: str | None
    bytes: int | None
    outcome: str
    problem: str | None
    manifest: str | None


_ROWS = "select path, sha256, bytes, outcome, problem, manifest from raw_files order by path"


def compare(connection: sqlite3.Connection, found: Iterable[Found | Reject]) -> Iterator[Fault]:
    """What the raw folder and the database do not agree on; `found` is in path order."""
    there = {each.path: each for each in found}
    first: dict[str, str] = {}
    for each in there.values():
        if isinstance(each, Found):
            first.setdefault(each.sha256, each.path)
    for values in connection.execute(_ROWS):
        row = _Row(*values)
        match there.pop(row.path, None):
            case None:
                yield Fault(row.path, "is in the database, but not in the raw folder")
            case Reject() as reject:
                if (row.outcome, row.problem, row.sha256) != ("rejected", reject.problem, reject.sha256):
                    yield Fault(row.path, f"can't be read: {reject.problem}")
            case Found() as file:
                yield from (Fault(row.path, what) for what in _differences(row, file, first[file.sha256]))
    yield from (Fault(path, "is in the raw folder, but not in the database: load it") for path in there)


def same(connection: sqlite3.Connection, found: Iterable[Found | Reject]) -> dict[str, str]:
    """The names of the loaded files whose bytes are those that were loaded, by path."""
    rows = (_Row(*values) for values in connection.execute(_ROWS))
    loaded = {row.path: row.sha256 for row in rows if row.outcome == "loaded"}
    files = (each for each in found if isinstance(each, Found))
    return {each.path: each.name for each in files if loaded.get(each.path) == each.sha256}


def _differences(row: _Row, file: Found, first: str) -> Iterator[str]:
    if row.sha256 != file.sha256:
        yield "is not the file that was loaded: its SHA-256 is another one"
    elif row.bytes != file.size:
        yield f"has {file.size} bytes, not {row.bytes}"
    if row.manifest != file.manifest:
        yield "manifest.csv states something else of it than when it was loaded"
    if first != file.path and (row.outcome, row.problem) != ("duplicate", problem(Duplicate(file, first))):
        yield f"has the same bytes as {first}, but is not said to"
    if first == file.path and row.outcome == "duplicate":
        yield "is said to have the same bytes as a file before it, and has not"
