"""Exports of Nexis (LexisNexis) as plain text -> a draft of each document.

Two layouts, as the archive writes them. The older one counts its documents, prints outlet, day and headline, and labels
in capitals; the newer one prints headline, outlet and day, then labels, and 'End of Document' below each:

    3 of 50 DOCUMENTS                    Tram line approved
       The Orlo Post                     The Orlo Post
       March 4, 2015 Wednesday           March 4, 2025 Tuesday
    Tram line approved                   Length: 412 words
    BYLINE: By Ann Lee                   Byline: By Ann Lee
    LENGTH: 412 words                    Body
    The council …                        The council …
    LOAD-DATE: March 4, 2015             Load-Date: March 5, 2025
                                         End of Document

Labels are in the language of the archive: English, German, French, Spanish, Dutch.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus_db.loading.formats import documents, lines
from corpus_db.loading.formats.documents import Document, Stretch
from corpus_db.loading.formats.inline import fold
from corpus_db.records import Draft, RawFile, Role, Stated

NAME = "nexis export"

_COUNT = re.compile(
    r"^[ \t]*(?:\d{1,5} (?:of|von|de|van) \d{1,5} (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTEN)"
    r"|(?:Document|Dokument|Documento) \d{1,5} (?:of|von|de|van) \d{1,5})[ \t]*\r?$",
    re.M,
)
_IS_END = re.compile(r"End of Document")
_END = re.compile(rf"^[ \t]*{_IS_END.pattern}[ \t]*\r?$", re.M)
_LENGTH = re.compile(
    r"^[ \t]*(?:length|länge|longueur|longitud|lengte|lunghezza):\s+[\d.,]+ "
    r"(?:words?|wörter|mots|palabras|woorden|parole)\b",
    re.M | re.I,
)
_ALONE = "Body Graphic Classification Notes Correction Bibliography"  # a line of their own, above what they label


def _labels(words: str) -> re.Pattern[str]:
    """Matches one of these labels with its colon, in capitals or with a capital; some also alone on their line."""
    with_colon = "|".join(name for word in words.split() for name in (word.upper(), word.title()))
    alone = "|".join(word for word in _ALONE.split() if word.lower() in words.split())
    return re.compile(rf"(?:(?:{with_colon}):(?!\S)|(?:{alone})\Z)")


_ABOVE = _labels(
    "length länge longueur longitud lengte lunghezza byline autor auteur section rubrik rubrique sección sectie "
    "dateline highlight series body"
)
_BELOW = _labels(
    "graphic classification load-date language sprache langue idioma taal document-type publication-type pub-type "
    "type-publication journal-code subject company organization ticker industry person geographic correction notes "
    "correction-date url date-chargement fecha-carga laad-datum bibliography"
)
_UPDATE = re.compile(r"UPDATE: .{0,40}(?:19|20)\d\d\s*\Z")  # of the archive, in German
_PAGE = re.compile(r"Page \d{1,4} of \d{1,4}")  # of a print of the export, anywhere
_RIGHTS = re.compile(r"(?:copyright|©)\s(?:copyright\s)?(?:19|20)\d\d\b", re.I)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_PICTURES, _OF_ORIGIN = ("graphic",), ("correction", "notes", "correction-date")
_TAGS = {"subject": "topic", "geographic": "region"}
_VALUE = re.compile(r"[^;]+")
_SURE = re.compile(r"\(\d{1,3}%\)")  # 'TRAMS (89%); MAYORS (78%)'
_HEAD_LINES = 3  # outlet, day, headline


class _Piece(NamedTuple):
    """Lines that no blank line and no label parts: their span, the label that they begin with, '' for none.

    The number of a page is a piece of its own.
    """

    start: int
    stop: int
    label: str


def claims(raw: RawFile) -> bool:
    """A text with documents that are counted, or end as documents do, and a label for their length."""
    if not documents.may_be(raw, "Document", "DOCUMENT", "Dokument", "DOKUMENT"):
        return False
    return bool(_LENGTH.search(raw.source) and (_COUNT.search(raw.source) or _END.search(raw.source)))


def read(raw: RawFile) -> tuple[Draft, ...]:
    """A draft of each document; what stands above the first belongs to it."""
    source = raw.source
    if counts := [match.start() for match in _COUNT.finditer(source)]:
        edges = [0, *counts[1:], len(source)]
    else:
        ends = [match.end() for match in _END.finditer(source)]
        rest = source[ends[-1] :].strip()
        edges = [0, *(ends if rest and _LENGTH.search(source, ends[-1]) else ends[:-1]), len(source)]
    return documents.drafts(source, [_document(source, start, stop) for start, stop in pairwise(edges)])


def _document(source: str, start: int, stop: int) -> Document:
    first = _COUNT.search(source, start, stop)
    pieces = _pieces(source, first.end() if first else start, stop)
    labelled = next((at for at, piece in enumerate(pieces) if _ABOVE.match(piece.label)), len(pieces))
    text = _text(source, pieces, labelled)
    head, stated = _head(source, pieces[:labelled], counted=first is not None)
    stretches = [Stretch(start, first.end(), Role.METADATA)] if first else []
    stretches += head
    stretches += [Stretch(piece.start, piece.stop, Role.METADATA) for piece in pieces[labelled : text.start]]
    stretches += _stretches(source, [pieces[at] for at in text])
    below = pieces[text.stop :]
    return Document([*stretches, *_below(source, below)], [*stated, *_tags(source, below)])


def _pieces(source: str, start: int, stop: int) -> list[_Piece]:
    found: list[_Piece] = []
    for line in lines.lines(source, start, stop):
        match = next(
            filter(None, (each.match(source, line.start, line.stop) for each in (_ABOVE, _BELOW, _UPDATE))), None
        )
        label = match[0] if match else ""
        begin = line.start
        page = _PAGE.fullmatch(source, line.start, line.stop)
        if match and label.lower().startswith("body") and match.end() < line.stop:
            found.append(_Piece(begin, match.end(), label))  # the text begins on the same line
            begin, label = match.end(), ""
        above = found[-1] if found else None
        if (
            label
            or line.gap
            or page
            or not above
            or _is_body(above)
            or _PAGE.fullmatch(source, above.start, above.stop)
        ):
            found.append(_Piece(begin, line.stop, label))
        else:
            found[-1] = found[-1]._replace(stop=line.stop)
    return found


def _text(source: str, pieces: list[_Piece], labelled: int) -> range:
    """Which pieces are the text: those below 'Body', or below the labels, up to the labels below it."""
    first = next((at + 1 for at, piece in enumerate(pieces) if _is_body(piece)), None)
    if first is None:
        first = labelled
        while first < len(pieces) and _ABOVE.match(pieces[first].label):
            first += 1
    last = first
    while last < len(pieces) and not _ends_text(source, pieces[last]):
        last += 1
    return range(first, last)


def _stretches(source: str, pieces: list[_Piece]) -> list[Stretch]:
    """The text, in one stretch from one number of a page to the next."""
    found: list[Stretch] = []
    for start, stop, _ in pieces:
        role = Role.BOILERPLATE if _PAGE.fullmatch(source, start, stop) else Role.PARAGRAPH
        if found and found[-1].role is role:
            found[-1] = found[-1]._replace(stop=stop)
        else:
            found.append(Stretch(start, stop, role))
    return found


def _is_body(piece: _Piece) -> bool:
    return piece.label.lower().startswith("body")


def _ends_text(source: str, piece: _Piece) -> bool:
    if (
        _BELOW.match(piece.label)
        or _UPDATE.match(source, piece.start, piece.stop)
        or _IS_END.fullmatch(source, piece.start, piece.stop)
    ):
        return True
    return _RIGHTS.match(source, piece.start, piece.stop) is not None


def _head(source: str, pieces: list[_Piece], *, counted: bool) -> tuple[list[Stretch], list[Stated]]:
    """What stands above the labels: outlet, day and headline, or headline, outlet and day; perhaps an edition."""
    if len(pieces) < _HEAD_LINES:
        rows = [line for piece in pieces for line in lines.lines(source, piece.start, piece.stop)]
        pieces = [_Piece(line.start, line.stop, "") for line in rows]
    roles: dict[int, Role] = {}
    for at, piece in enumerate(pieces):
        if _RIGHTS.match(source, piece.start, piece.stop):
            roles[at] = Role.CREDIT
        elif _PAGE.fullmatch(source, piece.start, piece.stop):
            roles[at] = Role.BOILERPLATE
    free = [at for at in range(len(pieces)) if at not in roles]
    days = [number for number, at in enumerate(free) if number and _YEAR.search(source, *pieces[at][:2])]
    stated: list[Stated] = []
    if days:
        day = days[0] if counted else days[-1]
        headline = len(free) - 1 if counted else day - 2
        if headline >= 0 and headline != day:
            roles[free[headline]] = Role.HEADLINE
        outlet = pieces[free[day - 1]]
        stated.append(Stated("outlet", fold(source[outlet.start : outlet.stop]), "header", outlet.start, outlet.stop))
        roles |= {free[day - 1]: Role.MASTHEAD, free[day]: Role.DATELINE}
    found: list[Stretch] = []
    for at, (start, stop, _) in enumerate(pieces):
        role = roles.get(at, Role.BOILERPLATE)
        first = lines.lines(source, start, stop)[0].stop if role is Role.DATELINE else stop
        found.append(Stretch(start, first, role))
        if first < stop:  # an edition below the day
            found.append(Stretch(first, stop, Role.BOILERPLATE))
    return found, stated


def _below(source: str, pieces: list[_Piece]) -> list[Stretch]:
    """What stands below a text: labels, what they head, rights."""
    found: list[Stretch] = []
    role = Role.METADATA
    for piece in pieces:
        label = piece.label.rstrip(":").lower()
        if label:
            role = Role.CAPTION if label in _OF_PICTURES else Role.CREDIT if label in _OF_ORIGIN else Role.METADATA
        elif _IS_END.fullmatch(source, piece.start, piece.stop):
            role = Role.METADATA
        elif _RIGHTS.match(source, piece.start, piece.stop):
            role = Role.CREDIT
        found.append(Stretch(piece.start, piece.stop, role))
    return found


def _tags(source: str, pieces: list[_Piece]) -> Iterator[Stated]:
    """What the archive says that a document is about, without how sure it is."""
    for piece in pieces:
        key = _TAGS.get(piece.label.rstrip(":").lower(), "")
        for match in _VALUE.finditer(source, piece.start + len(piece.label), piece.stop) if key else ():
            value = _SURE.split(match[0])[0].strip()
            start = source.index(value, match.start())
            stop = start + len(value)
            yield Stated(key, fold(source[start:stop]), "header", start, stop)
