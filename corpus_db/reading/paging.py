"""A long list, a part at a time: a part starts after a row named by its key, which stays right when rows are added."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")


class Part(NamedTuple, Generic[Row]):
    """Rows of a list; `start` counts from 0. `after` is the key of the last row where more follow, else None."""

    rows: tuple[Row, ...]
    total: int
    start: int
    after: str | None


def part(rows: Sequence[Row], key: Callable[[Row], str], after: str | None, size: int) -> Part[Row]:
    """`size` rows after the one with this key; from the first, where there is no such row."""
    start = next((at for at, row in enumerate(rows, 1) if key(row) == after), 0) if after is not None else 0
    shown = tuple(rows[start : start + size])
    more = start + size < len(rows)
    return Part(shown, len(rows), start, key(shown[-1]) if more and shown else None)


def initial(folded: str) -> str:
    """The letter under which a folded name stands in a list; digits and signs stand under '#'."""
    return folded[:1].upper() if folded[:1].isalpha() else "#"


def initials(folded: Iterable[str]) -> tuple[str, ...]:
    """The letters under which there are names, '#' last."""
    return tuple(sorted({initial(each) for each in folded}, key=lambda each: (each == "#", each)))
