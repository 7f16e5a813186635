"""The whole way: a raw folder -> corpus.db, and a corpus to read. What the command line and Python users call."""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from corpus_db.errors import DatabaseError, UsageError
from corpus_db.loading import engines, manifest, raw
from corpus_db.reading import opening
from corpus_db.records import Parsed, Reject
from corpus_db.store import schema, transaction, writer
from corpus_db.store.plan import Action, Duplicate, Found, Plan, plan

Progress = Callable[[int, int], None]  # files done, files to do
_QUICK = 2_000  # raw files are hashed in the time of one that is parsed, with what more processes take to start
DATABASE = "data/corpus.db"  # where a corpus is, unless said otherwise


class Loaded(NamedTuple):
    """What a load did."""

    outcomes: Counter[str]  # 'loaded', 'duplicate', 'rejected': files written; 'unchanged', 'vanished'
    rejects: tuple[Reject, ...]  # that were written, in path order
    fresh: bool  # whether the corpus was built anew


def load(
    raw_folder: str | Path,
    db: str | Path = DATABASE,
    *,
    jobs: int | None = None,
    rebuild: bool = False,
    progress: Progress = lambda done, total: None,  # noqa: ARG005
) -> Loaded:
    """Bring a corpus up to date with a folder of raw files.

    New files are added, changed ones replaced, the rows of vanished ones removed; nothing else is touched. With
    `rebuild`, or where the corpus was built by another version, all is loaded anew. `jobs` is the number of
    processes, None for one a core. Raises UsageError where the folder does not exist or the corpus is one of another
    folder, DatabaseError where `db` can't be written.
    """
    root, path = Path(raw_folder), Path(db)
    if not root.is_dir():
        raise UsageError(f"{root}: no such folder" if not root.exists() else f"{root}: not a folder")
    with transaction.alone(path):
        fresh = not _can_grow(path, root, rebuild=rebuild)
        folder, entries = scan(root, jobs)
        with transaction.fresh(path) if fresh else transaction.existing(path) as opened:
            todo = plan(folder, () if fresh else writer.known(opened))
            if not (fresh or todo.actions or todo.stale):
                return Loaded(Counter(unchanged=todo.unchanged), (), fresh=False)
            target = writer.Writer(opened, os.path.relpath(root, path.parent).replace(os.sep, "/"))
            target.remove(todo.stale)
            outcomes, rejects = _write(target, root, todo, entries, jobs, progress)
            target.finish()
    return Loaded(outcomes, rejects, fresh)


def open_corpus(db: str | Path = DATABASE) -> closing[sqlite3.Connection]:
    """The corpus at `db`, open for reading, for a `with` block. Raises DatabaseError where there is none.

    The functions of `corpus_db.reading` take the connection; so do pandas and sqlite-utils.
    """
    return closing(opening.connect(db))


def _can_grow(path: Path, root: Path, *, rebuild: bool) -> bool:
    """Whether there is a corpus of this folder and version to add to. Raises where what is there is something else.

    With `rebuild` there never is; a file that is no corpus is not replaced even so, a damaged corpus is.
    """
    if not path.exists():
        return False
    if rebuild:
        schema.check_ours(path)
        return False
    with closing(sqlite3.connect(path)) as connection:
        try:
            schema.check(connection, path)
        except DatabaseError:
            if schema.is_older(connection):
                return False
            raise
        try:
            there = schema.corpus(connection).get("raw", "")
        except sqlite3.DatabaseError as error:
            raise DatabaseError(f"{path}: {error}: build it anew with --rebuild") from None
        if os.path.realpath(path.parent / there) != os.path.realpath(root):
            raise UsageError(
                f"{path}: a corpus of {path.parent / there}, not of {root}: choose another --db, or --rebuild"
            )
        return schema.is_current(connection)


def scan(root: Path, jobs: int | None) -> tuple[list[Found | Reject], dict[str, manifest.Entry]]:
    """The files of a raw folder with their fingerprints, in path order, and what the manifest says of them.

    Raises UsageError where the manifest is broken.
    """
    entries = manifest.read(root)
    walked = raw.walk(root)
    names = [each for each in walked if isinstance(each, str)]
    engine: engines.Engine[str, tuple[str, str, int] | Reject] = engines.choose(jobs, len(names) // _QUICK)
    prints = iter(engine(partial(engines.fingerprint, root), names))
    found: list[Found | Reject] = []
    for each in walked:
        printed = next(prints) if isinstance(each, str) else each
        if isinstance(printed, Reject):
            found.append(printed)
        else:
            name, sha256, size = printed
            path = raw.shown(name)
            found.append(Found(path, name, sha256, size))
    there = {each.path for each in found}
    lacking = [
        Reject(path, f"stands in {raw.MANIFEST}, but there is no such file") for path in entries if path not in there
    ]
    shared = _shared(found, entries)
    noted = [_noted(each, shared) for each in found]
    return sorted([*noted, *lacking], key=lambda each: each.path), shared


def _noted(each: Found | Reject, shared: dict[str, manifest.Entry]) -> Found | Reject:
    return each._replace(manifest=shared[each.path].json) if isinstance(each, Found) and each.path in shared else each


def _shared(found: list[Found | Reject], entries: dict[str, manifest.Entry]) -> dict[str, manifest.Entry]:
    """What the manifest states of each file, its own line first, then those of files with the same bytes."""
    by_bytes: dict[str, list[str]] = {}
    for each in found:
        if isinstance(each, Found) and each.path in entries:
            by_bytes.setdefault(each.sha256, []).append(each.path)
    shared = {}
    for each in found:
        if isinstance(each, Found) and each.sha256 in by_bytes:
            paths = sorted(by_bytes[each.sha256], key=lambda path: path != each.path)
            shared[each.path] = manifest.together([entries[path] for path in paths])
    return shared


def _write(
    target: writer.Writer,
    root: Path,
    todo: Plan,
    entries: dict[str, manifest.Entry],
    jobs: int | None,
    progress: Progress,
) -> tuple[Counter[str], tuple[Reject, ...]]:
    """Parse what is to be parsed and write all in path order."""
    tasks = [
        (each.name, entries[each.path].stated if each.path in entries else ())
        for each in todo.actions
        if isinstance(each, Found)
    ]
    engine: engines.Engine[engines.Task, Parsed | Reject] = engines.choose(jobs, len(tasks), engines.lost)
    parsed = engine(partial(engines.parse, root), tasks)
    outcomes = Counter(unchanged=todo.unchanged, vanished=todo.vanished)
    rejects: list[Reject] = []
    progress(0, len(todo.actions))
    for done, (action, record) in enumerate(_records(todo.actions, parsed), 1):
        target.write(record, action.manifest if isinstance(action, Found) else None)
        if isinstance(record, Reject):
            rejects.append(record)
        outcomes[
            "rejected" if isinstance(record, Reject) else "duplicate" if isinstance(record, Duplicate) else "loaded"
        ] += 1
        progress(done, len(todo.actions))
    return outcomes, tuple(rejects)


def _records(
    actions: list[Action], parsed: Iterator[Parsed | Reject]
) -> Iterator[tuple[Action, Parsed | Reject | Duplicate]]:
    """Each action with what is to be written for it. A file that changed while it was read is rejected: load again."""
    for action in actions:
        if not isinstance(action, Found):
            yield action, action
            continue
        record = next(parsed)
        if record.sha256 not in (action.sha256, None):
            record = Reject(action.path, "changed while it was loaded: load again")
        yield action, record
