"""Measures a load, exports and searches against their floors, in interleaved rounds of one run. See scripts/bench.

The floor of a load is the same rows, already parsed, written by `sqlite3.executemany` into a new file, with the same
indexes and full text; the floor of loading again is reading and hashing all files. The floor of an export is
`csv.writer` over one statement that gives the same rows, that of a search its matches counted by FTS5, nothing else.
"""

import argparse
import csv
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
from corpus_db.reading import export, matching, opening, query, results
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


def measure_loads(raw: Path, db: Path, articles: int, rounds: int) -> None:
    """Print the medians and ratios of loads of `raw` into `db`."""
    lay(raw, articles)
    bare = db.with_name("floor.db")
    figures: dict[str, list[float]] = {"load": [], "floor of load": [], "load again": [], "read and hash": []}
    for _ in range(rounds):
        figures["load"].append(timed(lambda: load(raw, db, rebuild=True)))
        floor(db, bare)
        figures["floor of load"].append(floor.seconds)  # type: ignore[attr-defined]
        figures["load again"].append(timed(lambda: load(raw, db)))
        figures["read and hash"].append(timed(lambda: hash_all(raw)))
    medians = {key: statistics.median(values) for key, values in figures.items()}
    for ours, anchor in (("load", "floor of load"), ("load again", "read and hash")):
        ratio = medians[ours] / medians[anchor]
        print(f"{ours:12} {medians[ours]:8.2f} s   {anchor:14} {medians[anchor]:8.2f} s   ratio {ratio:.2f}")
    print(f"{articles:,} articles, {db.stat().st_size / 1e6:.1f} MB, median of {rounds} rounds")


def measure_exports(db: Path, rounds: int) -> None:
    """Print rows a second of CPU time for each format of a table, all paragraphs with the usual columns."""
    figures: dict[str, list[float]] = {}
    rows = 0
    with tempfile.TemporaryDirectory() as folder, closing(opening.connect(db)) as connection:
        out = Path(folder) / "out"
        for _ in range(rounds):
            for name in [name for name, each in export.FORMATS.items() if each.table]:
                started = time.process_time()
                made = export.export(connection, "", out, format=name)
                rows = made.tally.rows
                figures.setdefault(name, []).append(time.process_time() - started)
            started = time.process_time()
            with out.open("w", encoding="utf-8", newline="") as file:
                columns = ", ".join(export.ask(connection).columns)
                csv.writer(file).writerows(connection.execute(f"select {columns} from paragraph_browse order by id"))
            figures.setdefault("csv.writer", []).append(time.process_time() - started)
    anchor = statistics.median(figures["csv.writer"])
    for name, seconds in figures.items():
        median = statistics.median(seconds)
        print(f"export {name:10} {rows / median:9,.0f} rows/s   speed of csv.writer x {anchor / median:.2f}")
    print(f"{rows:,} paragraphs, median of {rounds} rounds")


SEARCHES = {
    "nothing": "",
    "a rare word": "zeppelin",
    "the commonest word": "the",
    "two common words": "the to",
    "a phrase of common words": '"of the"',
    "a beginning": "climat*",
    "one letter": "s*",
    "a word left out": "the -to",
    "only a word left out": "-the",
    "near each other": '"president trump"~5',
    "outlet and year": 'the outlet:"Fox News" date:2016',
    "a range of time": "from:2016 to:2018",
}


def measure_searches(db: Path, rounds: int) -> None:
    """Print the CPU time of a page of results, facets and timeline for kinds of searches, and that of a bare count."""
    with closing(opening.connect(db)) as connection:
        results.results(connection, query.parse(""))  # reads the columns
        for name, typed in SEARCHES.items():
            ours, bare = [], []
            wanted = query.parse(typed)
            words = matching.full_text(wanted)
            for _ in range(rounds):
                started = time.process_time()
                found = results.results(connection, wanted).found
                ours.append(time.process_time() - started)
                started = time.process_time()
                connection.execute("select count(*) from paragraphs_fts where paragraphs_fts match ?", [words or '""'])
                bare.append(time.process_time() - started)
            count = f"{statistics.median(bare) * 1000:7.1f} ms" if words else "         –"
            page = f"{statistics.median(ours) * 1000:7.1f} ms"
            print(f"search {name:26} page {page}   bare count {count}   {found.paragraphs:,} paragraphs")
        articles = connection.execute("select count(*) from articles").fetchone()[0]
    print(f"{articles:,} articles, median of {rounds} rounds")


def main() -> None:
    """Measure one part, or all: exports and searches of the corpus that was loaded, or of another one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=2_000, help="articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=["load", "export", "search"], help="all by default")
    parser.add_argument("--db", type=Path, help="the corpus to export and search, instead of loading one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        raw, db = Path(name) / "raw", Path(name) / "corpus.db"
        if arguments.part in (None, "load"):
            measure_loads(raw, db, arguments.n, arguments.rounds)
        elif arguments.db is None:
            lay(raw, arguments.n)
            load(raw, db)
        if arguments.part in (None, "export"):
            measure_exports(arguments.db or db, arguments.rounds)
        if arguments.part in (None, "search"):
            measure_searches(arguments.db or db, arguments.rounds)


if __name__ == "__main__":
    main()
