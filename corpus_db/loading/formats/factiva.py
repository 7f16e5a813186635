"""Exports of Factiva as plain text -> a draft of each document.

With the tags of its fields, or as it displays an article; each document ends in its number:

    HD Tram line approved                     Tram line approved
    BY By Ann Lee                             By Ann Lee
    WC 412 words                              412 words
    PD 4 March 2025                           4 March 2025
    SN The Orlo Post                          The Orlo Post
    LA English                                ORLP
    CY Copyright 2025. The Orlo Post.         English
    LP                                        Copyright 2025. The Orlo Post.
    The council …
    TD                                        The council …
    The mayor …                               The mayor …
    NS gcat : Political/General News
    AN Document ORLP000020250304el3400001     Document ORLP000020250304el3400001

The fields are those of Factiva's own list: HD headline, BY author, WC word count, PD day, ET time, SN source, SC its
code, ED edition, PG page, LA language, CY copyright, LP lead paragraph, TD text, NS subject, RE region, AN number.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus_db.loading.formats import documents, lines, nexis
from corpus_db.loading.formats.documents import Document, Stretch
from corpus_db.loading.formats.inline import fold
from corpus_db.loading.formats.lines import Line
from corpus_db.records import Draft, RawFile, Role, Stated

NAME = "factiva export"

_IS_NUMBER = re.compile(
    r"(?:AN[ \t]+)?(?:Document|Dokument|Documento)[ \t]+[A-Za-z]{3,8}\d{4}(?:19|20)\d{6}[0-9a-z]{8,10}"
)
_NUMBER = re.compile(rf"^[ \t]*{_IS_NUMBER.pattern}[ \t]*\r?$", re.M)
_WORDS = r"[\d.,]{1,12} (?:words?|Wörter|mots|palabras|palavras|parole|woorden)"
_COUNTED = re.compile(rf"^[ \t]*(?:WC[ \t]+)?{_WORDS}[ \t]*\r?$", re.M)
_COUNT = re.compile(_WORDS)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?\w{2,4})?")
_RIGHTS = re.compile(r"(?:copyright|©|\(c\))\W", re.I)
_OPENING = re.compile(r"(?:by|von|par|por|di|door)\b", re.I)
_PERSON = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|and|und|et|y)(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|and|und|et|y)){1,6}"
)
_HEAD_LINES = 12  # from the count of words to the copyright, at most
_LONG = 80  # characters of a line that is text where no copyright stands above it
_ORDER = "SE HD CR BY CLM WC PD ET SN SC ED PG VOL LA CY LP TD ART CT RF CO IN NS RE IPC IPD PUB AN".split()
_TAG = re.compile(rf"({'|'.join(_ORDER)})(?:[ \t]+(?=\S)|\Z)")
_ROLES = {
    "HD": Role.HEADLINE, "BY": Role.BYLINE, "PD": Role.DATELINE, "SN": Role.MASTHEAD, "CY": Role.CREDIT,
    "CR": Role.CREDIT, "ART": Role.CAPTION, "LP": Role.PARAGRAPH, "TD": Role.PARAGRAPH,
}  # fmt: skip
_OF_CODES = frozenset(("CO", "IN", "NS", "RE"))
_CODE = re.compile(r"\w+ : ")
_KEYS = {"SN": "outlet", "LA": "language", "SE": "section"}
_SCHEMES = {"NS": "topic", "RE": "region"}
_CODED = re.compile(r"[^|\n]+")  # 'gcat : Political/General News | gtran : Transport'


def claims(raw: RawFile) -> bool:
    """A text with the numbers of documents, and a count of words."""
    if not documents.may_be(raw, "Document", "Dokument") or nexis.claims(raw):
        return False
    return bool(_NUMBER.search(raw.source) and _COUNTED.search(raw.source))


def read(raw: RawFile) -> tuple[Draft, ...]:
    """A draft of each document; what stands behind the last number belongs to the last."""
    source = raw.source
    ends = [match.end() for match in _NUMBER.finditer(source)]
    edges = [0, *(ends if _COUNTED.search(source, ends[-1]) else ends[:-1]), len(source)]
    return documents.drafts(source, [_document(source, start, stop) for start, stop in pairwise(edges)])


def _document(source: str, start: int, stop: int) -> Document:
    rows = lines.lines(source, start, stop)
    tags = list(_tags(source, rows))
    return _tagged(source, tags, start, stop) if len(tags) > 2 else _displayed(source, rows)


def _tags(source: str, rows: list[Line]) -> Iterator[re.Match[str]]:
    """The tags of fields, in their order: a line of a text can begin with 'IN', too."""
    least = 0
    for row in rows:
        match = _TAG.match(source, row.start, row.stop)
        if (
            match
            and match[1] in _OF_CODES
            and not _CODE.match(source, match.end(), row.stop)
            and match.end() < row.stop
        ):
            continue
        if match and _ORDER.index(match[1]) >= least:
            least = _ORDER.index(match[1]) + 1
            yield match


def _tagged(source: str, tags: list[re.Match[str]], start: int, stop: int) -> Document:
    stretches = [Stretch(start, tags[0].start(), Role.BOILERPLATE)]
    stated: list[Stated] = []
    for tag, end in zip(tags, [*(tag.start() for tag in tags[1:]), stop], strict=True):
        role = _ROLES.get(tag[1], Role.METADATA)
        stretches += [Stretch(tag.start(), tag.end(1), Role.METADATA), Stretch(tag.end(1), end, role)]
        stated += _stated(source, tag[1], tag.end(1), end)
    return Document(stretches, stated)


def _stated(source: str, tag: str, start: int, stop: int) -> Iterator[Stated]:
    """What a field states that is no line of an article: outlet, language, section, subjects, regions."""
    if scheme := _SCHEMES.get(tag):
        for match in _CODED.finditer(source, start, stop):
            value = match[0].rpartition(" : ")[2].strip()
            at = source.index(value, match.start())
            if value:
                yield Stated(scheme, fold(value), "header", at, at + len(value))
    elif key := _KEYS.get(tag):
        for row in lines.lines(source, start, stop)[:1]:
            yield _line(source, key, row)


def _displayed(source: str, rows: list[Line]) -> Document:
    """A document without tags: what its lines are is told by their order around the count of words."""
    count = next((at for at, row in enumerate(rows) if _COUNT.fullmatch(source, row.start, row.stop)), 0)
    roles = dict.fromkeys(range(count + 1), Role.METADATA) | _above(source, rows[:count])
    stated: list[Stated] = []
    first = _first_of_text(source, rows, count)
    below = [at for at in range(count + 1, first) if not _TIME.fullmatch(source, rows[at].start, rows[at].stop)]
    if below and _YEAR.search(source, rows[below[0]].start, rows[below[0]].stop):
        roles[below[0]] = Role.DATELINE
        if below[1:]:
            roles[below[1]] = Role.MASTHEAD
            stated.append(_line(source, "outlet", rows[below[1]]))
    for at in range(count + 1, first):
        if _RIGHTS.match(source, rows[at].start):
            roles[at] = Role.CREDIT
            if at - 1 in below[2:]:
                stated.append(_line(source, "language", rows[at - 1]))
        roles.setdefault(at, Role.METADATA)
    stretches = [Stretch(row.start, row.stop, roles[at]) for at, row in enumerate(rows[:first])]
    end = next((at for at in range(first, len(rows)) if _IS_NUMBER.fullmatch(source, *rows[at][:2])), len(rows))
    if first < end:
        stretches.append(Stretch(rows[first].start, rows[end - 1].stop, Role.PARAGRAPH))
    return Document([*stretches, *(Stretch(row.start, row.stop, Role.METADATA) for row in rows[end:])], stated)


def _above(source: str, rows: list[Line]) -> dict[int, Role]:
    """The lines above the count of words: a section perhaps, the headline, a byline perhaps."""
    roles = dict.fromkeys(range(len(rows)), Role.BOILERPLATE)
    last = len(rows) - 1
    if last > 0 and (
        _OPENING.match(source, rows[last].start) or _PERSON.fullmatch(source, rows[last].start, rows[last].stop)
    ):
        roles[last] = Role.BYLINE
        last -= 1
    if last >= 0:
        roles[last] = Role.HEADLINE
    return roles


def _first_of_text(source: str, rows: list[Line], count: int) -> int:
    """The line behind the copyright; where none stands near, the first long one."""
    near = range(count + 1, min(len(rows), count + 1 + _HEAD_LINES))
    rights = next((at for at in near if _RIGHTS.match(source, rows[at].start)), None)
    if rights is not None:
        return rights + 1
    return next((at for at in near if rows[at].stop - rows[at].start > _LONG), near.stop)


def _line(source: str, key: str, row: Line) -> Stated:
    return Stated(key, fold(source[row.start : row.stop]), "header", row.start, row.stop)
