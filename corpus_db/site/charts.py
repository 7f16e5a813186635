"""Numbers -> the geometry of charts: frozen records that `_charts.html` draws as SVG, the numbers as a table beneath.

Lengths are in the units of the SVG's own coordinates, about a CSS pixel; x grows to the right, y downwards. Nothing
here knows of colours or markup.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db.site import axes
from corpus_db.site.axes import ARTICLES, Frame, Unit
from corpus_db.site.steps import Point, Series, rates, timeline, timelines, write

__all__ = [
    "ARTICLES", "Bars", "Lines", "Panel", "Point", "Series", "Unit", "bars", "lines", "multiples", "rates", "timeline",
    "timelines", "write",
]  # fmt: skip
MOST_SERIES = 5  # as many dashes and markers as can be told apart
_MOST_MARKS = 120  # markers thin out before they become a band


class Bar(NamedTuple):
    """A bar, and the whole column above it, which leads to the same place: a low bar is hard to hit."""

    x: float
    y: float
    width: float
    height: float
    slot_x: float
    slot_width: float
    title: str  # 'March 2023: 12 articles'
    href: str | None


class Bars(NamedTuple):
    """A bar chart. Points without a value have no bar."""

    frame: Frame
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]


class Mark(NamedTuple):
    """A marker on a line."""

    x: float
    y: float
    title: str
    href: str | None


class Line(NamedTuple):
    """A line: `strokes` are lists of coordinates as SVG writes them, cut where there is no data.

    `same` is the name of an earlier line that this one covers, for all its values are equal.
    """

    number: int  # 1 to 5: its dashes, marker and colour
    name: str
    href: str | None
    strokes: tuple[str, ...]
    marks: tuple[Mark, ...]
    same: str | None


class Lines(NamedTuple):
    """A line chart of up to five series."""

    frame: Frame
    lines: tuple[Line, ...]
    series: tuple[Series, ...]


class Panel(NamedTuple):
    """One of several small charts with the same axes."""

    name: str
    href: str | None
    chart: Bars


def bars(
    points: Sequence[Point], unit: Unit = ARTICLES, *, top: float | None = None, width: float | None = None
) -> Bars:
    """A bar for each point with a value above 0. `top` is a value that the axis must reach, the highest by default."""
    frame, ceiling, slot = axes.build([points], unit, top, width)
    # Bars of neighbouring months stand apart by a hair, lone bars do not become walls.
    thick = min(slot * 0.82, 44.0)
    drawn = []
    for number, point in enumerate(points):
        if point.value:
            # What is there is seen, however little it is.
            height = max(1.5, (frame.bottom - frame.top) * point.value / ceiling)
            x = frame.left + slot * number
            drawn.append(
                Bar(
                    x=round(x + (slot - thick) / 2, 2),
                    y=round(frame.bottom - height, 2),
                    width=round(thick, 2),
                    height=round(height, 2),
                    slot_x=round(x, 2),
                    slot_width=round(slot, 2),
                    title=_title(point, unit),
                    href=point.href,
                )
            )
    return Bars(frame, tuple(drawn), tuple(points))


def lines(series: Sequence[Series], unit: Unit = ARTICLES, *, width: float | None = None) -> Lines:
    """A line for each series. Raises ValueError for more than five, or where their steps differ."""
    if len(series) > MOST_SERIES:
        raise ValueError(f"{len(series)} lines: no more than {MOST_SERIES} can be told apart")
    if len({tuple(point.label for point in each.points) for each in series}) > 1:
        raise ValueError("the series of a chart must have the same steps")
    steps = len(series[0].points) if series else 0
    frame, ceiling, slot = axes.build([each.points for each in series], unit, width=width)
    marked = math.ceil(steps * len(series) / _MOST_MARKS) or 1
    drawn = []
    for number, each in enumerate(series, 1):
        places = [
            None
            if point.value is None
            else (
                round(frame.left + slot * (at + 0.5), 2),
                round(frame.bottom - (frame.bottom - frame.top) * point.value / ceiling, 2),
            )
            for at, point in enumerate(each.points)
        ]
        marks = tuple(
            Mark(*place, f"{each.name}, {_title(point, unit)}", point.href)
            for at, (place, point) in enumerate(zip(places, each.points, strict=True))
            if place and (at % marked == number % marked or _alone(places, at))
        )
        drawn.append(Line(number, each.name, each.href, _strokes(places), marks, _same(each, series[: number - 1])))
    return Lines(frame, tuple(drawn), tuple(series))


def multiples(series: Sequence[Series], unit: Unit = ARTICLES) -> tuple[Panel, ...]:
    """A small bar chart for each series, all with the same steps and the same scale, so that heights compare."""
    top = max((point.value or 0 for each in series for point in each.points), default=0)
    return tuple(Panel(each.name, each.href, bars(each.points, unit, top=top, width=axes.PANEL)) for each in series)


def _same(line: Series, earlier: Sequence[Series]) -> str | None:
    values = [point.value for point in line.points]
    return next((each.name for each in earlier if [point.value for point in each.points] == values), None)


def _title(point: Point, unit: Unit) -> str:
    return f"{point.label}: {unit.write(point.value)}"


def _strokes(places: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    """Runs of places with data, as the `points` of polylines."""
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{place[0]:g},{place[1]:g}")
    return tuple(" ".join(run) for run in runs if run)


def _alone(places: Sequence[tuple[float, float] | None], at: int) -> bool:
    """Whether a place has no neighbour: only its marker shows it."""
    return not any(places[each] for each in (at - 1, at + 1) if 0 <= each < len(places))
