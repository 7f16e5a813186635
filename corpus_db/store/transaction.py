"""A path -> a database that one load at a time writes, so that a reader sees the old corpus or the new one.

A fresh corpus is built in a file beside the old one and renamed into place; changes to a corpus that stands are one
transaction in it. A load that is killed, or that finds the disk full, leaves the old corpus.

What SQLite left beside a database, a journal of changes to undo, is of that database only: put beside another one it
would be undone there (sqlite.org/howtocorrupt.html, 1.4 and 2.4). So the old corpus is settled before a new one takes
its place, and no two loads are at work on one corpus.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_db.errors import DatabaseError
from corpus_db.store import schema

if TYPE_CHECKING:
    from sqlite_utils import Database

_BUSY = 5.0  # seconds to wait for another program that writes
_READERS = 60_000  # milliseconds that a change waits at its end for those who read


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """No other load of the corpus at `path` meanwhile. Raises DatabaseError where one is at work, or nothing can be.

    The lock is SQLite's own, on an empty file beside the corpus: the system takes it from a load that is killed.
    """
    lock = path.with_name(f"{path.name}.lock")
    with _errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _locked(lock)
        while connection is None:
            connection = _locked(lock)
    try:
        with _errors(path):
            _beside(path).unlink(missing_ok=True)  # half of a corpus that a killed load left
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        connection.close()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.loading")


def _locked(lock: Path) -> sqlite3.Connection | None:
    """A connection that holds the lock; None where the file was removed meanwhile by the load that held it."""
    lock.touch()
    opened = lock.stat().st_ino
    connection = sqlite3.connect(lock, isolation_level=None, timeout=0)
    try:
        connection.execute("begin exclusive")
        if lock.stat().st_ino == opened:
            return connection
    except FileNotFoundError:
        pass
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            corpus = lock.with_suffix("")
            raise DatabaseError(f"{corpus}: another load is at work on it: wait until it has finished") from None
        raise
    connection.close()
    return None


@contextmanager
def fresh(path: Path) -> "Iterator[Database]":
    """A new corpus at `path`, empty but for its tables; it takes the place of an old one when all went well."""
    beside = _beside(path)
    try:
        with _errors(path), closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            for setting in ("page_size = 8192", "journal_mode = off", "synchronous = off", "locking_mode = exclusive"):
                connection.execute(f"pragma {setting}")
            db = _database(connection)
            with db.atomic():
                schema.create(connection)
                yield db
        with _errors(path):
            _sync(beside)
            _settle(path)
            beside.replace(path)
            _sync(path.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _database(connection: sqlite3.Connection) -> "Database":
    """A connection as sqlite-utils has it."""
    from sqlite_utils import Database  # here, for it imports pandas where that is, of no use to those who read

    return Database(connection)


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such thing for a folder
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _settle(path: Path) -> None:
    """Have nothing beside the corpus at `path` that another one in its place would be taken to need."""
    if path.exists():
        with (
            suppress(sqlite3.DatabaseError),
            closing(sqlite3.connect(path, isolation_level=None, timeout=_BUSY)) as old,
        ):
            try:
                old.execute("begin immediate")  # undoes what a killed load left; waits for one who writes
                old.execute("rollback")
                old.execute("pragma journal_mode = delete")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    raise DatabaseError(f"{path}: {_WRITING}") from None
    for name in ("journal", "wal", "shm"):  # of a database that is gone, or damaged
        path.with_name(f"{path.name}-{name}").unlink(missing_ok=True)


@contextmanager
def existing(path: Path) -> "Iterator[Database]":
    """The corpus at `path` within one transaction, no other writer beside it."""
    with _errors(path), closing(sqlite3.connect(path, isolation_level=None, timeout=_BUSY)) as connection:
        connection.execute("pragma foreign_keys = on")
        # KiB: a change that fits does not block readers before its end
        connection.execute("pragma cache_size = -262144")
        connection.execute("begin immediate")
        connection.execute(f"pragma busy_timeout = {_READERS}")
        db = _database(connection)
        with db.atomic():
            yield db
        connection.execute("commit")


_WRITING = "another program is writing to it: wait until it has finished"


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """What the system and SQLite say, in one line; a row that breaks a rule of the schema is a mistake of ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        said = _WRITING if error.sqlite_errorcode == sqlite3.SQLITE_BUSY else str(error)
        raise DatabaseError(f"{path}: {said}") from None
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise
        raise DatabaseError(f"{path}: {error}: build it anew with --rebuild") from None
    except OSError as error:
        raise DatabaseError(f"{path}: {error.strerror or error}") from None
