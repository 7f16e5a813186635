"""What a person asks for -> a Request, or a UsageError that says what to ask for instead."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from corpus_db.errors import UsageError
from corpus_db.reading import names, query
from corpus_db.reading.export.formats import BY_SUFFIX, FORMATS
from corpus_db.reading.export.request import UNITS, Request
from corpus_db.reading.export.selection import COLUMNS, USUAL


def ask(
    connection: sqlite3.Connection,
    typed: str = "",
    *,
    format: str | None = None,  # noqa: A002 — the word that users know
    unit: str | None = None,
    columns: Iterable[str] = (),
    bom: bool = False,
    path: str | Path | None = None,
) -> Request:
    """The request for what a query matches; '' matches all.

    Without a format, the suffix of `path` tells it, else it is CSV. Without a unit it is paragraphs for a table,
    articles for the other formats. Without columns it is the usual ones of the unit. Raises UsageError where that does
    not fit together.
    """
    chosen = tuple(dict.fromkeys(columns))
    name = format or _by_suffix(path)
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}: choose one of {', '.join(FORMATS)}")
    if library := FORMATS[name].missing:
        raise UsageError(f"{name}: needs {library}: install it with `pip install 'corpus-db[{name}]'`")
    if unit is not None and unit not in UNITS:
        raise UsageError(f"no unit {unit!r}: choose one of {', '.join(UNITS)}")
    if bom and name != "csv":
        raise UsageError(f"{name}: a byte order mark is for csv: leave it out")
    settled = names.settle(connection, query.parse(typed))
    if not FORMATS[name].table:
        if unit == "paragraphs" or chosen:
            raise UsageError(f"{name}: holds whole articles: leave out unit and columns")
        return Request(typed, *settled, name, "articles", ())
    unit = unit or "paragraphs"
    known = COLUMNS[unit]
    for column in chosen:
        if column not in known:
            raise UsageError(f"no column {column!r} of {unit}: choose from {', '.join(known)}")
    return Request(typed, *settled, name, unit, chosen or USUAL[unit], bom)


def _by_suffix(path: str | Path | None) -> str:
    if path is None or str(path) == "-":
        return "csv"
    suffix = Path(path).suffix.lower()
    if suffix not in BY_SUFFIX:
        known = ", ".join(BY_SUFFIX)
        raise UsageError(f"{path}: no format has the suffix {suffix!r} ({known}): name one of {', '.join(FORMATS)}")
    return BY_SUFFIX[suffix]
