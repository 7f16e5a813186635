"""Columns and rows of a statement -> the chart that they make by themselves.

A column `month` or `year` beside a column of numbers is a chart: bars, or a line for each of up to five names where a
third column has short ones, such as outlets. Rows that are no counts by month, such as a list of paragraphs, make none.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from corpus_db.site import charts
from corpus_db.site.wording import several

_FORMS = {"month": re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])"), "year": re.compile(r"[12]\d{3}")}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_SHORT = 60  # characters of a name beside a line
_STEPS = {"month": "Month", "year": "Year", "decade": "Decade"}
_UNSTATED = "not stated"


class Drawn(NamedTuple):
    """A chart, what it shows, and what it leaves out."""

    chart: charts.Bars | charts.Lines
    caption: str
    head: str  # what a step is
    notes: tuple[str, ...]


def draw(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Drawn | None:
    """The chart of a result, None where it makes none. Values may be as SQLite has them or as a page shows them."""
    step = next((name for name in ("month", "year") if list(columns).count(name) == 1), None)
    if step is None:
        return None
    cells = {name: [_value(row[at]) for row in rows] for at, name in enumerate(columns)} if (rows := list(rows)) else {}
    keys = [None if each is None else str(each) for each in cells.get(step, [])]
    if not keys or not all(key is None or _FORMS[step].fullmatch(key) for key in keys):
        return None
    numbers = {name: number for name, values in cells.items() if name not in _FORMS and (number := _numbers(values))}
    names = {
        name: found for name, values in cells.items() if name not in {*_FORMS, *numbers} and (found := _names(values))
    }
    if not numbers:
        return None
    column, values = next(iter(numbers.items()))
    by, of = next(iter(names.items()), ("", [""] * len(keys)))
    counts: dict[str, dict[str, float]] = {}
    for key, name, value in zip(keys, of, values, strict=True):
        if key is not None and value is not None:
            if key in counts.setdefault(name, {}):
                return None  # two rows of one month: a list, not counts
            counts[name][key] = value
    return _drawn(counts, step, column, by, undated=keys.count(None))


def _drawn(counts: dict[str, dict[str, float]], step: str, column: str, by: str, *, undated: int) -> Drawn | None:
    if len({key for each in counts.values() for key in each}) < 2:
        return None
    most = sorted(counts, key=lambda name: -sum(counts[name].values()))[: charts.MOST_SERIES]
    series = charts.timelines({name: counts[name] for name in most})
    if all(value == int(value) for each in counts.values() for value in each.values()):
        notes = [f"Drawn by {drawn}, added up."] if (drawn := series[0].points[0].step) != step else []
    elif series[0].points[0].step == step:
        series, notes = tuple(_with_gaps(each, counts[each.name]) for each in series), []
    else:
        return None  # shares and averages of months do not add up to those of years
    drawn = series[0].points[0].step
    unit = charts.Unit(*[column.replace("_", " ")] * 2)
    caption = f"{unit.many} by {drawn}"
    if by:
        caption += f" and {by.replace('_', ' ')}"
    if len(counts) > len(most):
        notes.append(f"The {len(most)} of {len(counts):,} with the highest sums; all of them are in the table.")
    if undated:
        notes.append(f"Without the {several(undated, 'row that states', 'rows that state')} no {step}.")
    chart = charts.lines(series, unit) if by else charts.bars(series[0].points, unit)
    return Drawn(chart, caption, _STEPS[drawn], tuple(notes))


def _with_gaps(series: charts.Series, counts: dict[str, float]) -> charts.Series:
    """A series of which a step without a row has no value: no share is not a share of 0."""
    found = iter(sorted(counts))
    there = {each.ordinal for each in charts.timeline(dict.fromkeys(found, 1.0)) if each.value}
    return series._replace(
        points=tuple(each if each.ordinal in there else each._replace(value=None) for each in series.points)
    )


def _value(value: Any) -> Any:
    """A value; None where a page shows a blank for null."""
    return None if isinstance(value, str) and value in ("", "&nbsp;") else value


def _numbers(values: list[Any]) -> list[float | None] | None:
    """Values as numbers from 0 up, None where one is no such number or all are null."""
    if all(value is None for value in values):
        return None
    found: list[float | None] = []
    for value in values:
        if value is not None and (isinstance(value, (bytes, bool)) or not _NUMBER.fullmatch(str(value).lower())):
            return None
        found.append(None if value is None else float(value))
    return found if all(value is None or 0 <= value < 1e15 for value in found) else None


def _names(values: list[Any]) -> list[str] | None:
    """Values as short names, None where one is long or bytes."""
    if any(isinstance(value, bytes) or len(str(value)) > _SHORT for value in values):
        return None
    return [_UNSTATED if value is None else str(value) for value in values]
