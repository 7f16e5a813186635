"""Measures a load against its floor, in interleaved rounds of one run. See scripts/bench.

The floor of a load is the same rows, already parsed, written by `sqlite3.executemany` into a new file, with the same
indexes and full text; the floor of loading again is reading and hashing all files.
"""

import argparse
import hashlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from corpus_db.corpus import load
from corpus_db.store import indexes, schema

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(os.environ.get("CORPUS_DB_BENCH", ROOT.parent / "shared" / "bench"))
TABLES = (
    "raw_files",
    "outlets",
    "authors",
    "articles",
    "bylines",
    "paragraphs",
    "furniture",
    "tags",
    "facts",
    "defects",
)


def lay(folder: Path, count: int) -> None:
    """`count` raw files below `folder`."""
    if (BENCH / "lay_abp.py").exists():
        subprocess.run([sys.executable, BENCH / "lay_abp.py", folder, "--n", str(count)], check=True, stdout=sys.stderr)
        return
    print(f"no articles at {BENCH}: measuring on copies of a golden sample", file=sys.stderr)
    folder.mkdir()
    text = (ROOT / "tests" / "golden" / "plain" / "wire.txt").read_text(encoding="utf-8")
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(f"Number {number}\n\n{text}", encoding="utf-8")


def floor(built: Path, target: Path) -> None:
    """The rows of a corpus, written as fast as SQLite takes them."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(built)) as source:
        rows = {}
        for name in TABLES:
            columns = [row[1] for row in source.execute(f"pragma table_xinfo({name})") if row[6] == 0]
            rows[name] = (columns, source.execute(f"select {', '.join(columns)} from {name}").fetchall())
    started = time.perf_counter()
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for setting in ("page_size = 8192", "journal_mode = off", "synchronous = off"):
            connection.execute(f"pragma {setting}")
        connection.execute("begin")
        schema.create(connection)
        for name, (columns, values) in rows.items():
            places = ", ".join("?" * len(columns))
            connection.executemany(f"insert into {name} ({', '.join(columns)}) values ({places})", values)
        schema.create_indexes(connection)
        indexes.build(connection)
        connection.execute("commit")
    floor.seconds = time.perf_counter() - started  # type: ignore[attr-defined]


def hash_all(folder: Path) -> None:
    """Read and hash every file."""
    for path in folder.rglob("*.txt"):
        hashlib.sha256(path.read_bytes()).digest()


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=2_000, help="articles")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        raw, db, bare = Path(name) / "raw", Path(name) / "corpus.db", Path(name) / "floor.db"
        lay(raw, arguments.n)
        figures: dict[str, list[float]] = {"load": [], "floor of load": [], "load again": [], "read and hash": []}
        for _ in range(arguments.rounds):
            figures["load"].append(timed(lambda: load(raw, db, rebuild=True)))
            floor(db, bare)
            figures["floor of load"].append(floor.seconds)  # type: ignore[attr-defined]
            figures["load again"].append(timed(lambda: load(raw, db)))
            figures["read and hash"].append(timed(lambda: hash_all(raw)))
        size = db.stat().st_size
    medians = {key: statistics.median(values) for key, values in figures.items()}
    for ours, anchor in (("load", "floor of load"), ("load again", "read and hash")):
        ratio = medians[ours] / medians[anchor]
        print(f"{ours:12} {medians[ours]:8.2f} s   {anchor:14} {medians[anchor]:8.2f} s   ratio {ratio:.2f}")
    print(f"{arguments.n:,} articles, {size / 1e6:.1f} MB, median of {arguments.rounds} rounds")


if __name__ == "__main__":
    main()
