"""SQL functions for people who count: on every connection that reads a corpus, on the site and in Python alike.

Of a null each makes a null. A pattern that can't be read is an error of the statement, not a null: silence would look
like no match. SQLite says of it only that a function failed; `Refusal` remembers why.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpus_db.reading import costly, patterns
from corpus_db.reading.words import spans, words

FAILED = "user-defined function raised exception"  # how sqlite3 reports any error of a function
_WIDTH = 60  # characters of context on each side of a hit
_CUT_FRONT, _CUT_BACK = re.compile(r"^\S+(?=\s)"), re.compile(r"(?<=\s)\S+$")
_MONTH = re.compile(r"([12]\d{3})-([01]\d)(?!\d)")


class Function(NamedTuple):
    """A function as the pages and the README describe it: a call, what it gives, an example and its answer."""

    call: str
    description: str
    example: str
    answer: str | int | None


FUNCTIONS = (
    Function(
        "regexp(pattern, text)",
        "1 where a regular expression matches somewhere in the text, else 0; `text regexp pattern` is the same. "
        "Letters of every script are letters; `(?i)` ignores case. The syntax is RE2's: without lookaround.",
        r"select 'Dams of 1954' regexp '(?i)\bdams?\b.*\d{4}'",
        1,
    ),
    Function(
        "kwic(text, word, width)",
        "The first place of a word or phrase in the text: the hit in brackets, with up to `width` characters of "
        f"context on each side ({_WIDTH} without a width). Found as search finds it, without case and accents; `dam*` "
        "finds every word that starts so. Null where it is not there.",
        "select kwic('The council of Orlo said on Monday that it would meet.', 'monday', 15)",
        "…Orlo said on [Monday] that it would…",
    ),
    Function(
        "month(published)",
        "The month of a date in ISO 8601, as 'YYYY-MM'; null where it states none.",
        "select month('2024-03-18T09:30+01:00')",
        "2024-03",
    ),
    Function(
        "year(published)",
        "The year of a date in ISO 8601, as a number; null where it states none.",
        "select year('2024-03')",
        2024,
    ),
)


class Refusal:
    """Why a function of a connection failed last, None while none did."""

    def __init__(self) -> None:
        self.reason: str | None = None


def register(connection: sqlite3.Connection) -> Refusal:
    """Give a connection the functions."""
    # A refusal is an answer; Datasette, once imported, has sqlite3 print a traceback for each.
    sqlite3.enable_callback_tracebacks(False)
    refusal = Refusal()

    def regexp(pattern: object, text: object) -> bool | None:
        if pattern is None or text is None:
            return None
        try:
            return patterns.found(_text(pattern), _text(text))
        except ValueError as error:
            refusal.reason = f"regexp() can't use {_shown(_text(pattern))}: {error}"
            raise

    def telling(version: Callable[..., costly.Value]) -> Callable[..., costly.Value]:
        def told(*values: costly.Value) -> costly.Value:
            try:
                return version(*values)
            except ValueError as error:
                refusal.reason = str(error)
                raise

        return told

    functions: Sequence[tuple[str, int, Callable[..., str | int | None]]] = (
        ("regexp", 2, regexp), ("kwic", 2, kwic), ("kwic", 3, kwic), ("month", 1, month), ("year", 1, year),
    )  # fmt: skip
    for name, arguments, function in functions:
        connection.create_function(name, arguments, function, deterministic=True)
    for (name, arguments), version in costly.versions().items():
        connection.create_function(name, arguments, telling(version), deterministic=True)
    return refusal


def kwic(text: object, word: object, width: object = _WIDTH) -> str | None:
    """The first hit of a word or phrase in its context, as one line; None where there is none, or for a bad width.

    >>> kwic("It rained in Málaga, again.", "MALAGA", 8)
    '…in [Málaga], again.'
    """
    if text is None or word is None or not isinstance(width, int) or width < 0:
        return None
    read = _text(text)
    wanted, prefix = words(_text(word)), _text(word).rstrip().endswith("*")
    found = words(read) if wanted else []
    start = next((at for at in range(len(found)) if _starts(found[at : at + len(wanted)], wanted, prefix=prefix)), None)
    if start is None:
        return None
    places = spans(read)
    first, last = places[start][0], places[start + len(wanted) - 1][1]
    return " ".join(f"{_left(read, first, width)}[{read[first:last]}]{_right(read, last, width)}".split())


def month(published: object) -> str | None:
    """The month of a date in ISO 8601."""
    match = _MONTH.match(published) if isinstance(published, str) else None
    return match[0] if match and 1 <= int(match[2]) <= 12 else None


def year(published: object) -> int | None:
    """The year of a date in ISO 8601, which may be stated without a month."""
    match = re.match(r"([12]\d{3})(?![^-])", published) if isinstance(published, str) else None
    return int(match[1]) if match else None


def _left(text: str, first: int, width: int) -> str:
    """What stands before a hit, without the word that the width cuts."""
    if first <= width:
        return text[:first]
    return f"…{_CUT_FRONT.sub('', text[first - width - 1 : first]).lstrip()}"


def _right(text: str, last: int, width: int) -> str:
    """What stands behind a hit, without the word that the width cuts."""
    if len(text) - last <= width:
        return text[last:]
    return f"{_CUT_BACK.sub('', text[last : last + width + 1]).rstrip()}…"


def _starts(found: Sequence[str], wanted: Sequence[str], *, prefix: bool) -> bool:
    if len(found) < len(wanted) or list(found[:-1]) != list(wanted[:-1]):
        return False
    return found[-1].startswith(wanted[-1]) if prefix else found[-1] == wanted[-1]


def _text(value: object) -> str:
    """A value of SQL as text; SQLite itself would match the bytes of a blob as text, too."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _shown(pattern: str) -> str:
    return repr(pattern if len(pattern) <= 80 else f"{pattern[:79]}…")
