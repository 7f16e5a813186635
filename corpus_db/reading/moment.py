"""`articles.published` -> its parts, and how they are written for people. What is not stated is not written."""

from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Moment(NamedTuple):
    """A month, a day, or a day and time; `offset` is that from UTC, as stated: '+02:00', 'Z'."""

    year: int
    month: int
    day: int | None
    time: str | None
    offset: str | None

    @property
    def month_name(self) -> str:
        """The English name of the month."""
        return MONTHS[self.month - 1]


def moment(published: str) -> Moment:
    """The parts of an ISO 8601 date, as far as it goes.

    >>> moment("2024-04"), moment("2024-04-18T09:30:00+02:00")[2:]
    (Moment(year=2024, month=4, day=None, time=None, offset=None), (18, '09:30', '+02:00'))
    """
    date, _, clock = published.partition("T")
    year, month, *day = map(int, date.split("-"))
    offset = "Z" if clock.endswith("Z") else clock[-6:] if clock[-6:-5] in ("+", "-") else None
    return Moment(year, month, day[0] if day else None, clock[:5] or None, offset)


def written(published: str) -> str:
    """A date for people.

    >>> written("2024-04"), written("2024-04-18"), written("2024-04-18T09:30:00Z")
    ('April 2024', '18 April 2024', '18 April 2024, 09:30 UTC')
    """
    found = moment(published)
    day = f"{found.day} " if found.day else ""
    clock = f", {found.time}" if found.time else ""
    offset = {None: "", "Z": " UTC", "+00:00": " UTC"}.get(found.offset, f" (UTC{found.offset})")
    return f"{day}{found.month_name} {found.year}{clock}{offset}"
