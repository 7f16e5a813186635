"""The nouns of an export: what is asked for, where the bytes go, what was counted on the way."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from corpus_db.reading.query import Filter, Query

UNITS = ("paragraphs", "articles")


class Request(NamedTuple):
    """What to export. `asking.ask` makes one that fits together."""

    typed: str  # the query as typed
    query: Query  # and as understood, in the names of the corpus
    unknown: tuple[Filter, ...]  # the filters of it whose value nothing in the corpus is called
    format: str  # a name in `formats.FORMATS`
    unit: str  # what a row is: one of UNITS
    columns: tuple[str, ...]  # of a table, in their order; () where the format is no table
    bom: bool = False  # whether a CSV begins with a byte order mark


class Tally(NamedTuple):
    """What was written, and what could not be written as it stands."""

    rows: int
    guarded: int = 0  # cells of a CSV with a quote before them, so that no spreadsheet runs them
    replaced: int = 0  # characters that XML can't hold, written as U+FFFD
    continued: int = 0  # cells of an XLSX whose text goes on in the sheet 'continued'


class Sink(io.RawIOBase):
    """Passes bytes on, counts and hashes them. It can't be read or rewound."""

    def __init__(self, target: BinaryIO | None) -> None:
        """Where `target` is None, bytes are counted and hashed only."""
        super().__init__()
        self._target = target
        self._hash = hashlib.sha256()
        self._broken = False
        self.size = 0

    def writable(self) -> bool:
        """Whether it can be written to."""
        return True

    def tell(self) -> int:
        """Bytes written so far."""
        return self.size

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer of bytes
        """Pass bytes on."""
        view = memoryview(data).cast("B")
        if self._broken:
            return len(view)
        self._hash.update(view)
        self.size += len(view)
        if self._target is not None:
            self._target.write(view)
        return len(view)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Drop what is written after an exception: no library shall tidy up half the rows to what looks whole."""
        try:
            yield
        except BaseException:
            self._broken = True
            raise

    @property
    def sha256(self) -> str:
        """Of the bytes written so far, in hex."""
        return self._hash.hexdigest()
