"""Counts by month -> the steps of a time axis, with the empty ones: months, years or decades as their number allows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from corpus_db.reading.moment import MONTHS

Step = Literal["month", "year", "decade", "name"]

_MOST_MONTHS, _MOST_YEARS = 120, 150  # slots that a chart can show before it takes the next longer step


class Point(NamedTuple):
    """A step of time, or a name, and its value; None is 'no data', drawn as a gap."""

    label: str  # 'March 2023'
    value: float | None
    href: str | None = None
    tick: str = ""  # the label on the axis, 'Mar'; `label` where empty
    under: str = ""  # the line below it, '2023'
    step: Step = "name"
    ordinal: int = 0  # number of the step since the year 0; steps of a series are consecutive

    @property
    def written(self) -> str:
        """The value as `write` has it."""
        return write(self.value)


class Series(NamedTuple):
    """Points under a name; all series of a chart have the same steps."""

    name: str
    points: tuple[Point, ...]
    href: str | None = None


def write(value: float | None) -> str:
    """'1,204', '0.37', '12.5': whole numbers whole, others with three figures; '–' for None."""
    if value is None:
        return "–"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def timeline(counts: Mapping[str, float], href: Callable[[str], str] | None = None) -> tuple[Point, ...]:
    """Counts by 'YYYY-MM' or 'YYYY' -> a point for each step from the first to the last, those without a count too.

    Months where that makes few enough of them, else years, else decades. `href` gets the words that search for a step:
    'date:2023-03', 'date:2023', 'from:1990 to:1999'.
    """
    ((_, points, _),) = timelines({"": counts}, (lambda _, words: href(words)) if href else None)
    return points


def timelines(
    counts: Mapping[str, Mapping[str, float]],
    href: Callable[[str, str], str] | None = None,
    most: int = _MOST_MONTHS,
) -> tuple[Series, ...]:
    """As `timeline`, for several names over the same steps; `href` gets the name, then the words.

    Months where there are no more than `most` of them: small charts take fewer.
    """
    keys = sorted({key for each in counts.values() for key in each})
    if not keys:
        return tuple(Series(name, ()) for name in counts)
    step = _step(keys, most)
    numbers = range(_ordinal(step, keys[0]), _ordinal(step, keys[-1]) + 1)
    found = []
    for name, each in counts.items():
        values = dict.fromkeys(numbers, 0.0)
        for key, count in each.items():
            values[_ordinal(step, key)] += count
        points = (_point(step, number, value) for number, value in values.items())
        found.append(
            Series(name, tuple(each._replace(href=href(name, _words(each)) if href else None) for each in points))
        )
    return tuple(found)


def rates(points: Sequence[Point], wholes: Sequence[Point], per: float = 100) -> tuple[Point, ...]:
    """Each value as a share of that of the same step in `wholes`, times `per`; None where there is no whole."""
    return tuple(
        point._replace(value=per * (point.value or 0) / whole.value if whole.value else None)
        for point, whole in zip(points, wholes, strict=True)
    )


def _step(keys: Sequence[str], most: int) -> Step:
    """The shortest step that gives few enough slots; no shorter than the keys are."""
    first, last = keys[0], keys[-1]
    if all(len(key) == 7 for key in keys) and _ordinal("month", last) - _ordinal("month", first) < most:
        return "month"
    return "year" if int(last[:4]) - int(first[:4]) < _MOST_YEARS else "decade"


def _ordinal(step: Step, key: str) -> int:
    year = int(key[:4])
    return year * 12 + int(key[5:7]) - 1 if step == "month" else year // 10 if step == "decade" else year


def _point(step: Step, number: int, value: float) -> Point:
    if step == "month":
        name, year = MONTHS[number % 12], f"{number // 12:04}"
        return Point(f"{name} {year}", value, tick=name[:3], under=year, step=step, ordinal=number)
    label = f"{number}0s" if step == "decade" else f"{number:04}"
    return Point(label, value, tick=label, step=step, ordinal=number)


def _words(point: Point) -> str:
    """What searches for a step of time."""
    if point.step == "month":
        return f"date:{point.under}-{point.ordinal % 12 + 1:02}"
    return f"from:{point.ordinal}0 to:{point.ordinal}9" if point.step == "decade" else f"date:{point.label}"
