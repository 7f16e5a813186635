"""RawFile -> Drafts: one module a raw format, each with `claims(raw)` and `read(raw)`. Form only, no news sense.

To add a format: write its module, add it to FORMATS, put a sample and its golden into tests/golden. A file that two
formats claim is an error; one that none claims is plain text.
"""

from pathlib import PurePosixPath
from typing import Protocol

from corpus_db.errors import FormatError
from corpus_db.loading.formats import factiva, html, markdown, nexis, plain, proquest
from corpus_db.records import Draft, RawFile


class Format(Protocol):
    """What a module of this package has to have."""

    NAME: str

    def claims(self, raw: RawFile) -> bool:
        """Whether the file is in this format."""

    def read(self, raw: RawFile) -> tuple[Draft, ...]:
        """A draft for each article of the file; its blocks hold every visible character of it, in order."""


FORMATS: tuple[Format, ...] = (html, markdown, nexis, factiva, proquest)
FALLBACK: Format = plain

# Text, but not of articles as such: a reader of its own would have to claim these.
_UNREAD = frozenset((".xml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv"))


def choose(raw: RawFile) -> Format | str:
    """The format that reads a file, or why none does. Raises FormatError where two claim it."""
    claimants = [each for each in FORMATS if each.claims(raw)]
    if len(claimants) > 1:
        names = " and ".join(each.NAME for each in claimants)
        raise FormatError(f"{raw.path}: claimed by {names}: make their `claims` exclude each other")
    if claimants:
        return claimants[0]
    suffix = PurePosixPath(raw.path).suffix.lower()
    if suffix in _UNREAD:
        return f"no reader for {suffix} files"
    if raw.source[:200].lstrip().startswith("<?xml"):
        return "no reader for XML files"
    return FALLBACK
