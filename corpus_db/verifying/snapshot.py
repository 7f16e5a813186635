"""A corpus -> a copy of it in a moment, in a folder that goes away afterwards.

The checks of full text and of what is derived have to write; they write into the copy. The corpus itself is opened
for reading only, and a load may go on meanwhile. SQLite's own check needs the copy too: a database that is opened for
reading only has no constraints for it.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus_db.errors import DatabaseError


@contextmanager
def copied(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A copy of a database, page by page, open for writing. Raises DatabaseError where there is no room for it."""
    with tempfile.TemporaryDirectory(prefix="corpus-db-") as folder:
        path = Path(folder) / "copy.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            try:
                copy.execute("pragma synchronous = off")
                connection.backup(copy)
            except sqlite3.DatabaseError as error:
                raise DatabaseError(f"{path}: the corpus can't be copied: {error}: set TMPDIR elsewhere") from None
            yield copy
