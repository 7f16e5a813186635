"""A raw file that the corpus lists -> its decoded text once more, as it was loaded, or why that cannot be shown.

Only what `raw_files` lists is opened, beneath the raw folder, and only bytes whose SHA-256 is the one that was loaded
are decoded: a span that is shown is a span of the file that was read.
"""

import hashlib
import os
import re
import sqlite3
import stat
from pathlib import Path
from typing import NamedTuple

from corpus_db import decoding

_ESCAPED = re.compile(r"\\x([89a-f][0-9a-f])")  # how `raw_files.path` writes a byte of a name that is not UTF-8


class Listed(NamedTuple):
    """What the corpus says of a raw file; `bytes` is its size."""

    path: str
    sha256: str
    bytes: int
    format: str
    encoding: str


class Source(NamedTuple):
    """The decoded text of a raw file; None where `problem` says why it cannot be shown.

    `archived` says that the file is an archive, and the text that of the page in it.
    """

    text: str | None
    problem: str | None
    archived: bool = False


def source(connection: sqlite3.Connection, listed: Listed) -> Source:
    """The text that the spans of a file's articles count in."""
    root = folder(connection)
    if root is None or not root.is_dir():
        return Source(None, "The raw folder that the corpus was built from is not there.")
    place = _place(root, listed.path)
    if place is None:
        return Source(None, "The corpus lists a path that is not one of a file in the raw folder: it is not opened.")
    try:
        data = _bytes(place, listed.bytes)
    except FileNotFoundError:
        return Source(None, "The raw file is no longer there.")
    except OSError as error:
        return Source(None, f"The raw file cannot be read: {error.strerror or error}.")
    if len(data) != listed.bytes or hashlib.sha256(data).hexdigest() != listed.sha256:
        return Source(None, "The raw file has changed since it was loaded: its SHA-256 is another one.")
    saved = decoding.unwrap(data)
    try:
        text = decoding.text(saved.data if saved else data, decoding.encoding(listed.encoding))
    except LookupError:
        return Source(None, f"The raw file cannot be decoded: no encoding has the name {listed.encoding!r}.")
    return Source(text, None, archived=saved is not None)


def folder(connection: sqlite3.Connection) -> Path | None:
    """The raw folder; None where the corpus does not say, or is in no file. It is given as seen from the database."""
    stated = connection.execute("select value from corpus where name = 'raw'").fetchone()
    (database,) = (row[2] for row in connection.execute("pragma database_list") if row[1] == "main")
    return Path(database).parent / stated[0] if stated and database else None


def _place(root: Path, path: str) -> Path | None:
    """Where a listed path leads to, links followed; None where that is not beneath the raw folder."""
    if "\0" in path:
        return None
    inside = Path(os.path.realpath(root))
    names = (path, _ESCAPED.sub(lambda byte: chr(0xDC00 + int(byte[1], 16)), path))
    places = [Path(os.path.realpath(inside / name)) for name in names]
    if not all(place.is_relative_to(inside) for place in places):
        return None
    return next((place for place in places if os.path.exists(place)), places[0])  # noqa: PTH110 — never raises


def _bytes(place: Path, size: int) -> bytes:
    """The bytes of a regular file, of one larger than `size` no more than one byte more."""
    descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a regular file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(size + 1)
    finally:
        os.close(descriptor)
