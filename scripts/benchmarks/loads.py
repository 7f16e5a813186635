"""Loads and reloads beside their floors, what each step of writing takes, and the memory that a load needs.

The floor of a load is the same rows, already parsed, written by `sqlite3.executemany` into a new file, with the same
indexes and full text; the floor of loading again is reading and hashing all files.
"""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks import corpora, rounds
from corpus_db.corpus import load
from corpus_db.store import indexes, schema

_ADDED = 100  # files that are added to a corpus
_LOAD = "import sys; from corpus_db import load; load(sys.argv[1], sys.argv[2], rebuild=sys.argv[3] == 'fresh')"
_MEASURED = f"{_LOAD}; import json, resource as r; print(json.dumps([r.getrusage(who).ru_maxrss for who in (0, -1)]))"


def measure_load(raw: Path, db: Path, number: int) -> None:
    """Print a fresh load beside its floor; CPU time of all processes, and wall time."""
    bare = db.with_name("floor.db")
    load(raw, db, rebuild=True)
    with closing(sqlite3.connect(db)) as connection:
        tables = rows(connection)
    works = {"load": partial(load, raw, db, rebuild=True), "floor": partial(put, tables, bare)}
    took = rounds.measure(works, number, rounds.processor)
    print(rounds.compared("load, CPU", took["load"].median, "rows by executemany", took["floor"].median, "s"))
    took = rounds.measure(works, 1, time.perf_counter)
    print(rounds.compared("load, wall", took["load"].median, "rows by executemany", took["floor"].median, "s"))
    print(f"{articles(db):,} articles, {db.stat().st_size / 1e6:.1f} MB, median of {number} rounds")


def measure_writing(db: Path, number: int) -> None:
    """Print the writing of a corpus's records, kept in memory, beside its floor: a load without reading and parsing."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        held = list(corpora.records(connection))
        tables = rows(connection)
    folder = db.with_name(f"{db.name}.bench")
    folder.mkdir()
    try:
        works = {
            "write": partial(corpora.write, held, folder / "corpus.db", folder / "raw"),
            "floor": partial(put, tables, folder / "floor.db"),
        }
        took = rounds.measure(works, number)
    finally:
        shutil.rmtree(folder)
    print(rounds.compared("write, CPU", took["write"].median, "rows by executemany", took["floor"].median, "s"))


def measure_reload(raw: Path, db: Path, number: int) -> None:
    """Print a load that finds nothing changed beside reading and hashing, and one that finds some files more."""
    load(raw, db)
    works = {"reload": partial(load, raw, db), "hash": partial(hash_all, raw)}
    took = rounds.measure(works, number, rounds.processor)
    print(rounds.compared("reload, CPU", took["reload"].median, "read and hash", took["hash"].median, "s"))
    took = rounds.measure(works, 1, time.perf_counter)
    print(rounds.compared("reload, wall", took["reload"].median, "read and hash", took["hash"].median, "s"))
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        query = "select path from raw_files where outcome = 'loaded' order by path limit ?"
        some = [raw / path for (path,) in connection.execute(query, [_ADDED])]
    added = raw / "added"
    added.mkdir()
    try:
        for number, path in enumerate(some):
            (added / f"{number}{path.suffix}").write_bytes(path.read_bytes() + b"\nOne line more.\n")
        for name in (f"{len(some)} files more", "the same gone"):
            took = rounds.measure({name: partial(load, raw, db)}, 1, time.perf_counter)
            print(rounds.compared(f"{name}, wall", took[name].median, "", None, "s"))
            shutil.rmtree(added, ignore_errors=True)
    finally:
        shutil.rmtree(added, ignore_errors=True)
    print(f"{articles(db):,} articles")


def measure_memory(raw: Path, db: Path) -> None:
    """Print the most memory that a fresh load and a reload take: that of the writer and of the largest worker."""
    for kind in ("fresh", "again"):
        command = [sys.executable, "-c", _MEASURED, raw, db, kind]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        own, worker = json.loads(said.splitlines()[-1])
        print(f"load {kind:8} {own / 1024:8,.0f} MiB   largest worker {worker / 1024:8,.0f} MiB")
    print(f"{articles(db):,} articles")


def articles(db: Path) -> int:
    """How many articles a corpus has."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        return int(connection.execute("select count(*) from articles").fetchone()[0])


Rows = dict[str, tuple[list[str], list[tuple[object, ...]]]]


def rows(connection: sqlite3.Connection) -> Rows:
    """Columns and rows of all tables that are not derived from others."""
    found = {}
    for name in corpora.TABLES:
        columns = [row[1] for row in connection.execute(f"pragma table_xinfo({name})") if row[6] == 0]
        found[name] = (columns, connection.execute(f"select {', '.join(columns)} from {name}").fetchall())
    return found


def put(tables: Rows, target: Path) -> None:
    """Rows, written as fast as SQLite takes them, with indexes and full text."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for setting in ("page_size = 8192", "journal_mode = off", "synchronous = off"):
            connection.execute(f"pragma {setting}")
        connection.execute("begin")
        schema.create(connection)
        for name, (columns, values) in tables.items():
            places = ", ".join("?" * len(columns))
            connection.executemany(f"insert into {name} ({', '.join(columns)}) values ({places})", values)
        schema.create_indexes(connection)
        indexes.build(connection)
        connection.execute("commit")


def files(folder: Path) -> Iterator[Path]:
    """All files below a folder."""
    return (path for path in folder.rglob("*") if path.is_file())


def hash_all(folder: Path) -> None:
    """Read and hash every file."""
    for path in files(folder):
        hashlib.sha256(path.read_bytes()).digest()
