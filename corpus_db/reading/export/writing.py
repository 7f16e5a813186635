"""A Request -> its bytes, at a path or in a file, and the manifest of them."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus_db.errors import UsageError
from corpus_db.reading.export import manifest
from corpus_db.reading.export.asking import ask
from corpus_db.reading.export.formats import FORMATS
from corpus_db.reading.export.manifest import Manifest
from corpus_db.reading.export.request import Request, Sink
from corpus_db.reading.identity import identity


def export(
    connection: sqlite3.Connection,
    query: str,
    out: str | Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 — the word that users know
    unit: str | None = None,
    columns: Iterable[str] = (),
    bom: bool = False,
) -> Manifest:
    """Write all that a query matches to a path, with a manifest beside it, or to a file open for bytes.

    A path gets its name when all is written, until then it is `<out>.part`. See `ask` for the options. Raises
    UsageError where they do not fit or the path can't be written.
    """
    path = None if hasattr(out, "write") else Path(out)
    request = ask(connection, query, format=format, unit=unit, columns=columns, bom=bom, path=path)
    if path is None:
        return write(connection, request, out)  # type: ignore[arg-type]  # it has a `write`
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            made = write(connection, request, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        part.write_text(made.text(), encoding="utf-8")
        part.replace(manifest.beside(path))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}: choose another --out") from None
    finally:
        part.unlink(missing_ok=True)
    return made


def write(connection: sqlite3.Connection, request: Request, target: BinaryIO | None) -> Manifest:
    """Write a request to a file open for bytes; where it is None, find out what its manifest would be.

    All is read from one state of the corpus. Where something goes wrong, an exception leaves `target` broken off in the
    middle: never a file that looks whole.
    """
    sink = Sink(target)
    with _one_state(connection):
        tally = FORMATS[request.format].write(connection, request, sink)
        return Manifest(request, tally, sink.size, sink.sha256, identity(connection), manifest.now())


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the connection see no change; within a transaction of its own it sees none anyway."""
    if connection.in_transaction:
        yield
        return
    connection.execute("begin")
    try:
        yield
    finally:
        connection.rollback()
