"""A corpus -> the hash by which it can be told from any other, so that an export says what it was made from."""

import hashlib
import json
import sqlite3

from corpus_db.store import schema


def identity(connection: sqlite3.Connection) -> str:
    """The SHA-256, in hex, of what a corpus was built with and from.

    Rows follow from the raw files, from what manifest.csv states of them and from the version of corpus_db, and from
    nothing else. So these are hashed: the version, then a line of JSON for each raw file, in the order of the bytes of
    its path: path, SHA-256, outcome, manifest. The same raw files give the same hash whatever the engine, the order of
    loading, the ids, the raw folder or the machine.
    """
    found = hashlib.sha256()
    found.update(_line(["corpus_db", schema.corpus(connection).get("version")]))
    for row in connection.execute("select path, sha256, outcome, manifest from raw_files order by path"):
        found.update(_line(list(row)))
    return found.hexdigest()


def _line(values: list[str | None]) -> bytes:
    return json.dumps(values).encode() + b"\n"
