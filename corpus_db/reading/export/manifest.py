"""What an export says of itself, and whether a file is the one that it speaks of."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from corpus_db import __version__
from corpus_db.errors import UsageError
from corpus_db.reading import query
from corpus_db.reading.export.guarding import RULE
from corpus_db.reading.export.request import Request, Tally

_CHUNK = 1 << 20  # bytes


class Manifest(NamedTuple):
    """What was asked for, what was written and from what."""

    request: Request
    tally: Tally
    bytes: int
    sha256: str  # of the bytes, in hex
    database: str  # `identity.identity` of the corpus
    created: str  # UTC, ISO 8601

    def plain(self) -> dict[str, Any]:
        """The manifest as JSON has it."""
        asked, counted = self.request, self.tally
        return {
            "corpus_db": __version__,
            "created": self.created,
            "database": self.database,
            "query": asked.typed,
            "interpreted": query.write(asked.query),
            "filters": _filters(asked),
            "unknown": [query.written(each) for each in asked.unknown],
            "format": asked.format,
            "unit": asked.unit,
            "columns": list(asked.columns),
            "bom": asked.bom,
            "rows": counted.rows,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "guarded": {"cells": counted.guarded, **({"rule": RULE} if asked.format == "csv" else {})},
            "replaced_characters": counted.replaced,
            "continued_cells": counted.continued,
        }

    def text(self) -> str:
        """The manifest as a JSON file."""
        return json.dumps(self.plain(), ensure_ascii=False, indent=2) + "\n"


def _filters(asked: Request) -> list[dict[str, Any]]:
    """What the articles have to be, a filter each; those of one field are alternatives."""
    bounds = (("from", asked.query.since), ("to", asked.query.until))
    return [
        *(
            {"field": each.field, "value": each.value or None, "excluded": each.excluded}
            for each in asked.query.filters
        ),
        *({"field": field, "value": value, "excluded": False} for field, value in bounds if value),
    ]


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def beside(path: str | Path) -> Path:
    """Where the manifest of an export stands."""
    return Path(f"{path}.manifest.json")


def check(path: str | Path) -> tuple[str, ...]:
    """What differs between an export and its manifest; () where it is whole. Raises UsageError where one is missing."""
    path, manifest = Path(path), beside(path)
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    if not manifest.is_file():
        raise UsageError(f"{manifest}: no such file: it is made with the export, and stands beside it")
    try:
        stated = json.loads(manifest.read_bytes())
        size, sha256 = stated["bytes"], stated["sha256"]
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"{manifest}: not the manifest of an export") from None
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    pairs = (("bytes", path.stat().st_size, size), ("SHA-256", found.hexdigest(), sha256))
    return tuple(f"{name} {here}, not {there}" for name, here, there in pairs if here != there)
