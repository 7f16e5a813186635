"""Measures each kind of work beside what it could take at best, in interleaved rounds of one run. See scripts/bench."""

import argparse
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks import corpora, exports, loads, pages, parses, readers, searches

from corpus_db.corpus import load
from corpus_db.store import schema

PARTS = ("load", "write", "reload", "parse", "search", "pages", "export", "memory", "readers")
LOADING = ("load", "reload", "memory")  # parts that load raw files


def main() -> None:
    """Measure one part, or all but the readers, of a corpus that is there or of one that is made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=2_000, help="articles: 1, 2,000, 37,554 are usual, 375,540 by copies")
    parser.add_argument("--copies", type=int, default=1, help="so many copies of each, written without parsing them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=PARTS, help="all but readers by default")
    parser.add_argument("--db", type=Path, help="the corpus to measure, instead of making one")
    parser.add_argument("--seconds", type=int, default=60, help="for which many readers read")
    parser.add_argument("--keep", type=Path, help="the folder, which is made, to leave the corpus and its raw files in")
    arguments = parser.parse_args()
    wanted = [arguments.part] if arguments.part else [each for each in PARTS if each != "readers"]
    with tempfile.TemporaryDirectory() as name:
        place = arguments.keep or Path(name)
        place.mkdir(exist_ok=True)
        raw, db = _corpus(place, arguments.n, arguments.copies) if arguments.db is None else _named(arguments.db)
        for part in wanted:
            print(f"\n{part}")
            if arguments.db is not None and part in ("load", "memory"):
                print("skipped: it would load the corpus that was named anew")
            else:
                _works(raw, db, arguments)[part]()


def _works(raw: Path, db: Path, arguments: argparse.Namespace) -> dict[str, Callable[[], None]]:
    """Part -> what measures it."""
    rounds = arguments.rounds
    return {
        "load": lambda: loads.measure_load(raw, db, rounds),
        "write": lambda: loads.measure_writing(db, rounds),
        "reload": lambda: loads.measure_reload(raw, db, rounds),
        "parse": lambda: parses.measure(raw, rounds),
        "search": lambda: searches.measure(db, rounds),
        "pages": lambda: pages.measure(db, rounds),
        "export": lambda: exports.measure(db, rounds),
        "memory": lambda: loads.measure_memory(raw, db),
        "readers": lambda: readers.measure(db, raw if arguments.db is None else None, arguments.seconds),
    }


def _corpus(place: Path, count: int, copies: int) -> tuple[Path, Path]:
    """A raw folder and its corpus, made: `count` articles, parsed, and as many copies of them as are wanted."""
    raw, db = place / "raw", place / "corpus.db"
    corpora.lay(raw, count)
    load(raw, db)
    if copies == 1:
        return raw, db
    copied = place / "copies"
    copied.mkdir()
    return copied / "raw", corpora.multiply(db, raw, copies, copied)


def _named(db: Path) -> tuple[Path, Path]:
    """The raw folder that a corpus says it is of."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        return db.parent / schema.corpus(connection)["raw"], db


if __name__ == "__main__":
    main()
