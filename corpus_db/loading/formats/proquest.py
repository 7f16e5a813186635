"""Exports of ProQuest as plain text -> a draft of each document.

Rules of underscores part the documents; each line says what it is, the text begins behind 'Full text:' and goes on to
the labels below it:

    ____________________________________________________________
    Title: Tram line approved
    Author: Lee, Ann
    Full text: The council …
    Subject: Trams; Councils
    Publication title: The Orlo Post; Orlo
    Publication date: Mar 4, 2025
    ProQuest document ID: 1234567890
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus_db.loading.formats import documents, factiva, lines, nexis
from corpus_db.loading.formats.documents import Document, Stretch
from corpus_db.loading.formats.inline import fold
from corpus_db.records import Draft, RawFile, Role, Stated

NAME = "proquest export"

_IS_RULE = re.compile(r"_{20,}")
_RULE = re.compile(rf"^[ \t]*{_IS_RULE.pattern}[ \t]*\r?$", re.M)
_NUMBER = re.compile(r"^[ \t]*ProQuest document ID:[ \t]*\d+", re.M)
_LABEL = re.compile(
    r"(Title|Author|Publication info|ProQuest document link|Abstract|Links|Full text|Credit|Illustration|Subject"
    r"|Business indexing term|Location|People|Company ?/ ?organization|Classification|Identifier ?/ ?keyword"
    r"|Publication title|Volume|Issue|First page|Pages|Number of pages|Publication year|Year|Publication date|Section"
    r"|Dateline|column|Column|Edition|Publisher|Place of publication|Country of publication|Publication subject|ISSN"
    r"|e-ISSN|CODEN|Source type|Language of publication|Document type|Document feature|ProQuest document ID"
    r"|Document URL|Copyright|Last updated|Database)(?::(?!\S)|\Z)"
)
_ROLES = {
    "Title": Role.HEADLINE, "Full text": Role.PARAGRAPH, "Copyright": Role.CREDIT, "Credit": Role.CREDIT,
    "Illustration": Role.CAPTION,
} | dict.fromkeys(  # what the archive says of its own copy, and what stands around the documents
    ("", "Links", "ProQuest document link", "Document URL", "Last updated", "Database"), Role.BOILERPLATE
)  # fmt: skip
_KEYS = {
    "Publication title": "outlet", "Publication date": "published", "Language of publication": "language",
    "Subject": "topic", "Location": "region",
}  # fmt: skip
_MANY = frozenset(("Subject", "Location"))  # of which the field names several
_VALUE = re.compile(r"[^;\s][^;]*")


class _Field(NamedTuple):
    """A field of a document: its name, where that stands, where the next begins."""

    name: str
    start: int
    value: int
    stop: int


def claims(raw: RawFile) -> bool:
    """A text with the numbers of documents, each below a rule."""
    if not documents.may_be(raw, "ProQuest document ID:") or nexis.claims(raw) or factiva.claims(raw):
        return False
    return bool(_NUMBER.search(raw.source) and _RULE.search(raw.source))


def read(raw: RawFile) -> tuple[Draft, ...]:
    """A draft of each document; what stands above the first and below the last belongs to these."""
    source = raw.source
    rules = [0, *(match.start() for match in _RULE.finditer(source)), len(source)]
    starts = [start for start, stop in pairwise(rules) if _NUMBER.search(source, start, stop)]
    edges = [0, *starts[1:], len(source)]
    return documents.drafts(source, [_document(source, start, stop) for start, stop in pairwise(edges)])


def _document(source: str, start: int, stop: int) -> Document:
    fields = _fields(source, start, stop)  # some: the number of the document is one
    stretches = [Stretch(start, fields[0].start, Role.BOILERPLATE)]
    stated: list[Stated] = []
    for field in fields:
        role = _ROLES.get(field.name, Role.METADATA)
        if role in (Role.METADATA, Role.BOILERPLATE):
            stretches.append(Stretch(field.start, field.stop, role))
        else:
            stretches += [Stretch(field.start, field.value, Role.METADATA), Stretch(field.value, field.stop, role)]
        stated += _stated(source, field)
    return Document(stretches, stated)


def _fields(source: str, start: int, stop: int) -> list[_Field]:
    """The fields of a document, a rule being one without a name."""
    rows = lines.lines(source, start, stop)
    found: list[tuple[int, _Field]] = []  # the number of its line
    for at, row in enumerate(rows):
        if match := _LABEL.match(source, row.start, row.stop):
            found.append((at, _Field(match[1], row.start, match.end(), stop)))
        elif _IS_RULE.fullmatch(source, row.start, row.stop):
            found.append((at, _Field("", row.start, row.stop, stop)))
    names = [field.name for _, field in found]
    text = names.index("Full text") if "Full text" in names else len(found)
    below = next((at for at in range(text + 1, len(found)) if names[at] == "Publication title"), len(found))
    while text + 1 < below < len(found):  # a line of the text can begin like a label: those above follow each other
        above, next_ = found[below - 1][0], found[below][0]
        if any(row.gap for row in rows[above + 1 : next_]):
            break
        below -= 1
    kept = [field for at, (_, field) in enumerate(found) if not text < at < below]
    ends = [*(field.start for field in kept[1:]), stop]
    return [field._replace(stop=end) for field, end in zip(kept, ends, strict=True)]


def _stated(source: str, field: _Field) -> Iterator[Stated]:
    """What a field states that no line of an article prints; of an outlet what stands before its place."""
    key = _KEYS.get(field.name)
    for match in _VALUE.finditer(source, field.value, field.stop) if key else ():
        value = match[0].rstrip()
        yield Stated(key or "", fold(value), "header", match.start(), match.start() + len(value))
        if field.name not in _MANY:
            return
