"""All checks of a corpus, in order. The only module of this room that knows the order."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from corpus_db import corpus
from corpus_db.errors import UsageError
from corpus_db.loading import engines
from corpus_db.reading import opening, rawfile
from corpus_db.records import Fault
from corpus_db.verifying import database, derived, file, folder, held, rows, snapshot

Check = Callable[[sqlite3.Connection], Iterable[Fault]]
_ALONE: tuple[tuple[str, Check], ...] = (
    ("pages", database.pages),
    ("tables", database.tables),
    ("foreign keys", database.references),
    ("keys and numbers", database.rows),
    ("full text", derived.full_text),
    ("names and doubts", derived.settled),
    ("counts and words", derived.counted),
    ("outlets", derived.listed),
)


def verify(
    db: Path,
    *,
    deep: bool = False,
    jobs: int | None = None,
    progress: corpus.Progress = lambda done, total: None,  # noqa: ARG005
) -> Iterator[Fault]:
    """Everything in which the corpus at `db` does not follow from its raw folder; nothing where it is intact.

    With `deep` all raw files are parsed again, as by a fresh load, and the rows compared one by one; without, each is
    read and cut into blocks again, and the roles and facts are held against the text that they point to. The database
    is not touched. Raises DatabaseError where there is no corpus at `db`.
    """
    with closing(opening.connect(db)) as connection, snapshot.copied(connection) as copy:
        for name, check in _ALONE:
            yield from _tried(name, check, copy)
        root = None
        with suppress(sqlite3.DatabaseError):  # the tables were checked: it is said already
            root = rawfile.folder(connection)
        if root is None or not root.is_dir():
            yield Fault(str(root or db), "the raw folder is not there: nothing can be held against it")
            return
        yield from _tried("raw files", partial(_files, root=root, jobs=jobs, progress=progress), copy)
        if deep:
            yield from _tried("rows", partial(_rows, root=root, jobs=jobs, progress=progress), copy)


def _tried(name: str, check: Check, connection: sqlite3.Connection) -> Iterator[Fault]:
    """What a check finds; that it can't be made in a damaged database is a fault like others."""
    try:
        yield from check(connection)
    except sqlite3.DatabaseError as error:
        yield Fault("database", f"{name} can't be checked: {error}")


def _files(
    connection: sqlite3.Connection, *, root: Path, jobs: int | None, progress: corpus.Progress
) -> Iterator[Fault]:
    """The raw folder beside the database, then the rows of each file whose bytes are those that were loaded."""
    try:
        found, _ = corpus.scan(root, jobs)
    except UsageError as error:
        yield Fault("manifest.csv", str(error))
        return
    yield from folder.compare(connection, found)
    names = folder.same(connection, found)
    engine: engines.Engine[held.Held, list[Fault]] = engines.choose(jobs, len(names))
    progress(0, len(names))
    checked = engine(partial(file.check, root), held.read(connection, names))
    for done, faults in enumerate(checked, 1):
        yield from faults
        progress(done, len(names))


def _rows(
    connection: sqlite3.Connection, *, root: Path, jobs: int | None, progress: corpus.Progress
) -> Iterator[Fault]:
    """The rows beside those of a fresh load of the same folder."""
    with tempfile.TemporaryDirectory(prefix="corpus-db-") as beside:
        path = Path(beside) / "parsed.db"
        corpus.load(root, path, jobs=jobs, progress=progress)
        with corpus.open_corpus(path) as parsed:
            yield from rows.compare(connection, parsed)
