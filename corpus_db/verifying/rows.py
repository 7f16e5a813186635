"""Two corpora -> the rows that only one of them has, ids left out."""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from corpus_db.reading.identity import ROWS
from corpus_db.records import Fault

_SHOWN = 160  # characters of a row in a line
Row = tuple[Any, ...]


def compare(stored: sqlite3.Connection, parsed: sqlite3.Connection) -> Iterator[Fault]:
    """Rows of a corpus that the raw files do not give, and rows that they give and it lacks."""
    for name, query in ROWS.items():
        for row, more in _apart(stored.execute(query), parsed.execute(query)):
            what = "the raw files do not give this row" if more else "lacks this row, which the raw files give"
            line = json.dumps(row, ensure_ascii=False)
            yield Fault(name, f"{what}: {line if len(line) <= _SHOWN else f'{line[:_SHOWN]}…'}")


def _apart(stored: Iterable[Row], parsed: Iterable[Row]) -> Iterator[tuple[Row, bool]]:
    """The rows that one of two ascending queries gives more often, and whether that is the first."""
    merged = heapq.merge(_marked(stored, 1), _marked(parsed, -1))
    for key, group in groupby(merged, itemgetter(0)):
        if surplus := sum(side for _, side in group):
            yield tuple(value for _, value in key), surplus > 0


def _marked(rows: Iterable[Row], side: int) -> Iterator[tuple[Row, int]]:
    """Rows as Python compares them, null first as in SQLite, each with the side that it comes from."""
    return ((tuple((value is not None, value) for value in row), side) for row in rows)
