"""2,000 real articles, loaded at once by all processes into a new file, and bit by bit into one that is there."""

import os
import sqlite3
from pathlib import Path

from tables import tables

from corpus_db.corpus import load

PART = 700  # files that come at a time


def test_the_fast_way_and_the_plain_one_give_the_same_tables(articles: sqlite3.Connection, tmp_path: Path) -> None:
    """One process, no file built beside, rows and full text and counts changed where they are: nothing differs."""
    fast = Path(articles.execute("pragma database_list").fetchone()[2])
    raw, plain = tmp_path / fast.stem, tmp_path / fast.name
    files = sorted(path for path in fast.with_suffix("").rglob("*") if path.is_file())
    for start in range(0, len(files), PART):
        for path in files[-start - PART : -start or None]:  # the last ones first: ids are not in the order of paths
            place = raw / path.relative_to(fast.with_suffix(""))
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place)
        load(raw, plain, jobs=1)
    expected, found = tables(fast), tables(plain)
    assert len(expected["articles"]) > 1_900
    for name, rows in expected.items():
        assert found[name] == rows, name
