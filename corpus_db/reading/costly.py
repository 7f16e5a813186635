"""Functions of SQLite whose one call can take minutes, in versions that refuse to.

SQLite looks at the clock between its steps, not within a call: a text of 900 million characters is made one by one even
where it will be too long to keep, and to look for a long text in a longer one takes the product of the two. What is
not refused SQLite's own functions do, on a connection of their own for all threads, so that answers stay as they were.
"""

import re
import sqlite3
from collections.abc import Callable
from functools import cache

Value = str | int | float | bytes | None

WIDEST = 1_000_000  # characters that the fields of a format may have together
_WORK = 100_000_000  # pairs of characters that one call may compare: about a tenth of a second
_FIELD = re.compile(r"%[^A-Za-z%]*")
_NUMBER = re.compile(r"(?:(?<!\s)\s+)?[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?")


@cache
def versions() -> dict[tuple[str, int], Callable[..., Value]]:
    """Functions by name and number of arguments, -1 for any; each raises ValueError for what it refuses."""
    own = sqlite3.connect(":memory:", check_same_thread=False)

    def made(name: str, check: Callable[..., None]) -> Callable[..., Value]:
        def version(*arguments: Value) -> Value:
            check(*arguments)
            places = ", ".join("?" * len(arguments))
            found: Value = own.execute(f"select {name}({places})", arguments).fetchone()[0]
            return found

        return version

    pairs = {(name, count): made(name, _compared) for name, count in _PAIRS}
    return {("printf", -1): made("printf", _printed), ("format", -1): made("printf", _printed), **pairs}


_PAIRS = (("instr", 2), ("replace", 3), ("trim", 2), ("ltrim", 2), ("rtrim", 2))


def _printed(template: Value = None, *values: Value) -> None:
    """Refuse a format whose fields are too wide, be it that a value says so; a `*` may stand for any of the values."""
    fields = _FIELD.findall(str(template)) if template is not None else []
    widths = sum(int(digits) for field in fields for digits in re.findall(r"\d{1,12}", field))
    stars = sum(field.count("*") for field in fields)
    if stars:
        widths += int(stars * max(map(_size, values), default=0))
    if widths > WIDEST:
        raise ValueError(f"printf() makes fields of {WIDEST:,} characters at most")


def _size(value: Value) -> float:
    """How large a number is, in either direction, that SQLite takes a value for."""
    if isinstance(value, int | float):
        return min(abs(value), 1e15)
    text = value.decode("latin-1") if isinstance(value, bytes) else value or ""
    match = _NUMBER.match(text[:400])
    return min(abs(float(match[0])), 1e15) if match else 0


def _compared(text: Value, wanted: Value, *_: Value) -> None:
    """Refuse two values that take too long to compare at each place."""
    if isinstance(text, str | bytes) and isinstance(wanted, str | bytes) and len(text) * len(wanted) > _WORK:
        raise ValueError(f"texts of {len(text):,} and {len(wanted):,} characters take too long to compare")
