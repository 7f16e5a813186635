"""Printed text -> the moment it states: a month, a day, or a day and time with offset. Nothing is filled in.

Patterns find what looks like a date and put it into English; dateutil reads it, twice, against defaults that differ
in every field: a field that differs in the two readings was not stated. Month names of other languages are those of
the CLDR, in `months.csv`, which `scripts/months.py` makes from babel's. A day and a month written as numbers that could
be either way round are no date, unless the caller knows the order.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil import parser

from corpus_db.loading import tables

_ENGLISH = "January February March April May June July August September October November December".split()
# Forms that newspapers print and the CLDR does not list.
_PRINTED = {"jänner": 1, "feber": 2, "фев": 2, "сен": 9, "ноя": 11}

_YEAR = r"(?:1[89]|20)\d\d"
_END = r"(?!\d)|(?=(?:[01]?\d|2[0-3]):[0-5]\d)"  # of a year; a time can follow it without a blank: '20232:26 PM'
_MARKS = "".join(mark for mark in map(chr, range(0x0300, 0x1000)) if unicodedata.category(mark)[0] == "M")
_NAME = rf"[^\W\d_](?:[^\W\d_'’]|[{_MARKS}]){{2,14}}"  # month names of some scripts carry marks that are no letters
_WORD = r"[^\W\d_](?:(?<![a-z](?=[A-Z]))[^\W\d_'’]){2,14}"  # ends before a capital: 'WednesdayMay 3, 2023' has a 'May'
_ISO = re.compile(
    rf"(?<![\d-])({_YEAR})-(\d\d)-(\d\d)(?!\d|-\d)"
    r"(?:[T ,]{1,2}(\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)(?:\s?(Z|(?:UTC|GMT)(?!\s?[+-]\d)|[+-]\d\d:?\d\d))?)?"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?:st|nd|rd|th|er|re|º|ª|°|\.)?,?(?:[\s\u00a0-]+(?:(?:de|of|di|na|ta')(?=[\s\u00a0-])|d[’']))?[\s\u00a0-]*({_NAME})\.?,?"
    rf"(?:[\s\u00a0-]+(?:de|del|of))?(?:[\s\u00a0,-]+|(?<=\.))({_YEAR})(?:{_END})"
)
_MONTH_FIRST = re.compile(
    rf"(?:(?<!\w)|(?<=[a-z\d])(?=[A-Z][a-z]))({_WORD})(?:\.?[\s\u00a0]+|-(?=\d+-))(\d{{1,2}})(?:st|nd|rd|th)?[,.]?(?:[\s\u00a0]+of)?(?:[\s\u00a0,]+|-)({_YEAR})(?:{_END})"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)({_YEAR})[.,]?(?:[\s\u00a0]*m\.)?[\s\u00a0]+({_NAME})[.,]?[\s\u00a0]+(\d{{1,2}})(?!\d)"
)
_EAST_ASIAN = re.compile(rf"(?<!\d)({_YEAR})\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]")
_NUMERIC = re.compile(rf"(?<![\d./-])(\d{{1,2}})([./-])\s?(\d{{1,2}})\2\s?({_YEAR})(?![\d-])")
# '27.04.24': points stand between day, month and year, but not where the year comes first
_SHORT = re.compile(r"(?<![\d./-])([0-3]\d)\.([01]\d)\.([0-4]\d)(?![\d./-])")
_NOT_SHORT = frozenset(("en", "ko", "ja", "zh", "hu"))
_REVERSED = re.compile(rf"(?<![\d./-])({_YEAR})([./])(\d{{1,2}})\2(\d{{1,2}})(?![\d/-]|\.\d)")
_KOREAN = re.compile(rf"(?<![\d./-])({_YEAR})\.\s(\d{{1,2}})\.\s(\d{{1,2}})\.(?!\d)")
_MONTH_ONLY = re.compile(rf"(?<!\w)({_NAME})\.?,?[\s\u00a0]+({_YEAR})(?!\d)")
_TIME = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-3])(?:[:.hH]([0-5]\d)(?::([0-5]\d))?)?[\s\u00a0]*([aApP]\.?[mM]\.?)?(?:[\s\u00a0]*(?:Uhr|hrs?))?"
    r"[\s\u00a0,(]*(Z\b|UTC|GMT|E[SD]?T|CT|MT|P[SD]?T|CES?T|EES?T|MSK|BST|IST)?(?:\s?([+-]\d\d:?\d\d)|(?<=GMT|UTC)\s?([+-]\d{1,2}(?::\d\d)?))?(?![\w:])"
)
_PLAIN = re.compile(rf"(\d{{1,2}}) ({'|'.join(_ENGLISH)}) (\d{{4}})")
_DIGIT = re.compile(r"\d")  # every day has one
_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # of another script: '١٢ يناير ٢٠٢٦'
_NEAR = 24  # characters between a date and its time

_KEPT = 1 << 10  # days that are kept as read: a page states the same ones again and again

_ZONES: dict[str, str | int] = {
    "Z": 0, "UTC": 0, "GMT": 0, "ET": "America/New_York", "EST": -5, "EDT": -4, "CT": "America/Chicago",
    "MT": "America/Denver", "PT": "America/Los_Angeles", "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "BST": "Europe/London",
}  # fmt: skip
_FIRST = datetime(2000, 1, 1, 0, 0, 0)  # noqa: DTZ001 — a default that differs from the other in every field
_SECOND = datetime(2001, 2, 2, 1, 1, 1)  # noqa: DTZ001


class Moment(NamedTuple):
    """A stated moment in ISO 8601, as far as stated, and its span in the printed text."""

    value: str
    start: int
    stop: int


def parse(printed: str, *, day_first: bool | None = None, language: str | None = None) -> str | None:
    """The first day that a text states, in ISO 8601, or None.

    >>> parse("Global Research, March 23, 2023"), parse("26.03.2023"), parse("le 1er août 2023"), parse("March 3")
    ('2023-03-23', '2023-03-26', '2023-08-01', None)
    """
    return next((moment.value for moment in find(printed, day_first=day_first, language=language)), None)


def find(printed: str, *, day_first: bool | None = None, language: str | None = None) -> list[Moment]:
    """The days that a text states, in order; with the time where that comes with its offset from UTC.

    `day_first` is the order of a day and a month that are both numbers, None where it is not known; `language` (ISO
    639) decides between languages in which a name means different months.
    """
    found: list[Moment] = []
    if not _DIGIT.search(printed):
        return found
    if not printed.isascii():
        printed = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), printed)
    candidates = sorted(_candidates(printed, day_first, language))
    for index, (start, stop, english) in enumerate(candidates):
        before = found[-1].stop if found else 0
        if start < before:
            continue
        after = next((begin for begin, _, _ in candidates[index + 1 : index + 9] if begin >= stop), len(printed))
        time, begin, end = _time(printed, start, stop, before, after)
        if value := _stated(f"{english} {time}".strip()) or _stated(english):
            with_time = bool(time) and "T" in value
            found.append(
                Moment(value, min(start, begin) if with_time else start, max(stop, end) if with_time else stop)
            )
    return found


def month(printed: str, language: str | None = None) -> Moment | None:
    """The first month and year that a text states, where it states no day.

    >>> month("Vol. 3, March 2023").value
    '2023-03'
    """
    for match in _MONTH_ONLY.finditer(printed):
        if number := _number(match[1], language):
            return Moment(f"{match[2]}-{number:02}", match.start(), match.end())
    return None


def spells_day_first(printed: str) -> bool | None:
    """What the all-numeric dates of a text say of their order: one with a number above 12 gives it away.

    >>> spells_day_first("5/23/2023"), spells_day_first("23/5/2023"), spells_day_first("3/5/2023")
    (False, True, None)
    """
    orders = {int(match[1]) > 12 for match in _NUMERIC.finditer(printed) if max(int(match[1]), int(match[3])) > 12}
    return orders.pop() if len(orders) == 1 else None


def _candidates(printed: str, day_first: bool | None, language: str | None) -> Iterator[tuple[int, int, str]]:
    """What looks like a date: its span, and the same date in English words."""
    for match in _ISO.finditer(printed):
        time = f" {match[4].replace(',', '.')}{match[5]}" if match[4] and match[5] else ""
        yield match.start(), match.end(), f"{_words(match[3], match[2], match[1])}{time}"
    for pattern, day, name, year in ((_DAY_FIRST, 1, 2, 3), (_MONTH_FIRST, 2, 1, 3), (_YEAR_FIRST, 3, 2, 1)):
        for match in pattern.finditer(printed):
            if number := _number(match[name], language):
                yield match.start(), match.end(), _words(match[day], number, match[year])
    for pattern in (_EAST_ASIAN, _KOREAN):
        for match in pattern.finditer(printed):
            yield match.start(), match.end(), _words(match[3], match[2], match[1])
    if language is not None and language not in _NOT_SHORT:
        for match in _SHORT.finditer(printed):
            yield match.start(), match.end(), _words(match[1], match[2], f"20{match[3]}")
    for match in _REVERSED.finditer(printed):
        yield match.start(), match.end(), _words(match[4], match[3], match[1])
    for match in _NUMERIC.finditer(printed):
        a, b = int(match[1]), int(match[3])
        first = True if match[2] == "." or a > 12 or a == b else False if b > 12 else day_first
        if first is not None:
            yield match.start(), match.end(), _words(*((a, b) if first else (b, a)), match[4])


def _words(day: str | int, number: str | int, year: str) -> str:
    """A date that reads one way only: '3 May 2023'; with an impossible month it stays unreadable."""
    name = _ENGLISH[int(number) - 1] if 0 < int(number) < 13 else "?"
    return f"{int(day)} {name} {year}"


def _time(printed: str, start: int, stop: int, first: int, last: int) -> tuple[str, int, int]:
    """The time with offset next to a date, between `first` and `last`, and its span; '' where there is none."""
    after = printed[stop : min(last, stop + _NEAR + 12)]
    before = printed[max(first, start - _NEAR - 12) : start]
    for text, offset in ((after, stop), (before, start - len(before))):
        for match in _TIME.finditer(text):
            hour, minute, second, half, zone, shift, hours = match.groups()
            shift = shift or (hours and _shift(hours))
            if (minute or half) and (zone or shift):
                clock = (
                    f"{hour}:{minute or '00'}{':' + second if second else ''}{half.replace('.', '') if half else ''}"
                )
                return f"{clock} {shift or zone}", offset + match.start(), offset + match.end()
    return "", start, stop


def _shift(hours: str) -> str:
    """An offset of hours as it is written in full: '+2' is '+02:00'."""
    whole, _, minutes = hours[1:].partition(":")
    return f"{hours[0]}{int(whole):02}:{minutes or '00'}"


@lru_cache(_KEPT)
def _stated(english: str) -> str | None:
    """What an English date states, in ISO 8601: read twice, kept where both readings agree."""
    if match := _PLAIN.fullmatch(english):  # a day as `_words` writes it needs no parser
        try:
            return datetime(int(match[3]), _ENGLISH.index(match[2]) + 1, int(match[1]), tzinfo=UTC).date().isoformat()
        except ValueError:
            return None
    try:
        one, two = (parser.parse(english, default=default, tzinfos=_zone) for default in (_FIRST, _SECOND))
    except (ValueError, OverflowError):
        return None
    if one.date() != two.date():
        return None
    if one.tzinfo is None or (one.hour, one.minute) != (two.hour, two.minute):
        return one.date().isoformat()
    seconds = "seconds" if one.second == two.second else "minutes"
    try:
        return one.replace(microsecond=0).isoformat(timespec=seconds).replace("+00:00", "Z")
    except ValueError:  # an offset of more than a day: no time
        return one.date().isoformat()


def _zone(name: str | None, offset: int | None) -> ZoneInfo | int | None:
    """The zone of an abbreviation that means one thing in news; seconds from UTC, or a zone with summer time."""
    if offset is not None:
        return offset
    zone = _ZONES.get(name or "")
    return zone * 3600 if isinstance(zone, int) else ZoneInfo(zone) if zone else None


_IN_ENGLISH = {name.casefold(): number for number, name in enumerate(_ENGLISH, 1)}
_IN_ENGLISH |= {name[:3]: number for name, number in _IN_ENGLISH.items()} | {"sept": 9}


@cache
def _names() -> dict[str, dict[str, int]]:
    """Month names, case-folded -> month by language."""
    names: dict[str, dict[str, int]] = {}
    for row in tables.rows("months.csv"):
        for name in row["names"].split("|"):
            names.setdefault(name, {})[row["language"]] = int(row["month"])
    for name, number in _PRINTED.items():
        names.setdefault(name, {}).setdefault("", number)
    return names


def _number(name: str, language: str | None) -> int | None:
    """The month that a name stands for, None where it is no month, or another one in another language."""
    key = name.casefold()
    if key in _IN_ENGLISH:
        return _IN_ENGLISH[key]
    meanings = _names().get(key)
    if not meanings:
        return None
    if language in meanings:
        return meanings[language]
    numbers = set(meanings.values())
    return numbers.pop() if len(numbers) == 1 else None
