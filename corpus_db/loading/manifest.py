"""`manifest.csv` beside the raw files -> what it states of each: the facts that the files themselves lack.

Its columns, separated by commas, semicolons or tabs: `path`, and any key that metadata can have (url, outlet, authors,
published, language, tags …). It fills gaps; where the column `wins` says 'yes', or names the columns, it wins over what
a file prints. Of files with the same bytes, what is stated of one is stated of all.
"""

import csv
import io
import json
from pathlib import Path
from typing import NamedTuple

from corpus_db.errors import UsageError
from corpus_db.loading import encodings, raw
from corpus_db.records import Stated

_DELIMITERS = ",;\t"
_NOTHING = frozenset(("NA", "N/A", "#N/A", "nan", "NaN", "null", "NULL", "None"))  # as R, pandas and others write it
_YES = frozenset(("yes", "y", "true", "1", "all", "x"))


class Entry(NamedTuple):
    """What the manifest states of a file, and the same as JSON, to tell later whether it changed."""

    stated: tuple[Stated, ...]
    json: str


def read(root: Path) -> dict[str, Entry]:
    """The entries of the manifest by path; none where there is no manifest. Raises UsageError where it is broken."""
    path = root / raw.MANIFEST
    if not path.is_file():
        return {}
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    decoded = encodings.decode(data)
    if isinstance(decoded, str):
        raise UsageError(f"{path}: {decoded}")
    try:
        header = decoded.text.split("\n", 1)[0]
        delimiter = max(_DELIMITERS, key=header.count)
        rows = list(csv.DictReader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UsageError(f"{path}: {error}") from None
    if rows and "path" not in rows[0]:
        raise UsageError(f"{path}: no column `path` in its first line: {header.strip()}")
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows, 2):
        name = (row.get("path") or "").strip().removeprefix("./").replace("\\", "/")
        if not name:
            raise UsageError(f"{path}: row {number} has no `path`")
        if name in entries:
            raise UsageError(f"{path}: row {number}: {name} stands there twice")
        entries[name] = _entry(row)
    return entries


def together(entries: list[Entry]) -> Entry:
    """What several entries state of one file: those before win over those after."""
    stated = tuple(each for entry in entries for each in entry.stated)
    return Entry(stated, json.dumps([json.loads(entry.json) for entry in entries], ensure_ascii=False, sort_keys=True))


def _entry(row: dict[str, str]) -> Entry:
    given = {key.strip(): value.strip() for key, value in row.items() if key and isinstance(value, str)}
    values = {key: value for key, value in given.items() if value and (value not in _NOTHING or key == "path")}
    wins = {word.casefold() for word in values.pop("wins", "").replace(",", " ").replace(";", " ").split()}
    values.pop("path")
    stated = tuple(
        Stated(key, value, "manifest", wins=bool(wins & {key.casefold(), *_YES})) for key, value in values.items()
    )
    return Entry(stated, json.dumps([values, sorted(wins)], ensure_ascii=False, sort_keys=True))
