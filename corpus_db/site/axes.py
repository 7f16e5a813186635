"""Values and steps -> the frame of a chart: round numbers up the side, labels that do not touch along the bottom."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus_db.site.steps import Point, Step, write

# Which steps may carry a label, so that those that do are evenly spaced and round: every third month, every fifth year.
_STRIDES: dict[Step, tuple[int, ...]] = {
    "month": (1, 2, 3, 6, 12, 24, 60, 120),
    "year": (1, 2, 5, 10, 20, 50, 100),
    "decade": (1, 2, 5, 10, 20, 50, 100),
    "name": (1, 2, 5, 10, 20, 50, 100),
}
_LETTER, _LINE, _GAP = 6.8, 15.0, 8.0  # width and height of a printed letter, least distance between two labels
PANEL, NARROW, WIDE = 260.0, 320.0, 720.0  # widths of charts
_FEW = 16  # slots that fit into a chart for narrow screens


class Unit(NamedTuple):
    """What is counted, for one and for several: 'article', 'articles'."""

    one: str
    many: str

    def write(self, value: float | None) -> str:
        """'1 article', '1,204 articles', '3.2 % of articles'; 'no data' for None."""
        return "no data" if value is None else f"{write(value)} {self.one if value == 1 else self.many}"


ARTICLES = Unit("article", "articles")


class Tick(NamedTuple):
    """A label on an axis: where it stands along it, what it says, and what the line below says."""

    at: float
    text: str
    under: str = ""
    anchor: Literal["start", "middle", "end"] = "middle"


class Frame(NamedTuple):
    """The plotting area of a chart and its axes."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    unit: Unit

    @property
    def size(self) -> str:
        """Which width the chart is made for: 'wide' ones scroll on narrow screens."""
        return "wide" if self.width >= WIDE else "narrow"


def scale(top: float, whole: bool = True) -> tuple[float, ...]:
    """Two to four round numbers from 0 to `top` or a little more, evenly spaced; whole numbers where `whole`."""
    if top <= 0:
        return (0, 1)
    power = 10.0 ** math.floor(math.log10(top))
    steps = [factor * each for each in (power / 10, power) for factor in (1, 2, 2.5, 4, 5, 10)]
    fitting = [each for each in steps if math.ceil(top / each) <= 3 and (not whole or each == int(each) >= 1)]
    step = min(fitting or [1.0], key=lambda each: (math.ceil(top / each) * each, each))
    return tuple(round(step * number, 10) for number in range(math.ceil(top / step) + 1))


def build(
    series: Sequence[Sequence[Point]], unit: Unit, top: float | None = None, width: float | None = None
) -> tuple[Frame, float, float]:
    """The frame of a chart, the value at its top, and the width of a slot.

    `top` is a value that the axis must reach, the highest by default; a chart of few steps is narrow by default.
    """
    values = [point.value or 0 for points in series for point in points]
    numbers = scale(max(values, default=0) if top is None else top, all(each == int(each) for each in values))
    points = series[0] if series else ()
    width = width or (NARROW if len(points) <= _FEW else WIDE)
    left, right = _GAP + max(len(write(each)) for each in numbers) * _LETTER, width - 4
    slot = (right - left) / max(1, len(points))
    x_ticks = _x_ticks(points, left, slot, width)
    upper = _LINE
    lower = upper + (85 if width <= PANEL else 140)
    height = lower + 6 + _LINE * (2 if any(each.under for each in x_ticks) else 1)
    y_ticks = tuple(Tick(round(lower - (lower - upper) * each / numbers[-1], 2), write(each)) for each in numbers)
    return Frame(width, height, left, right, upper, lower, y_ticks, x_ticks, unit), numbers[-1], slot


def _x_ticks(points: Sequence[Point], left: float, slot: float, width: float) -> tuple[Tick, ...]:
    """As many labels as stand beside each other without touching, at even steps."""
    ticks: list[Tick] = []
    for stride in _STRIDES[points[0].step] if points else ():
        chosen = [at for at, each in enumerate(points) if (at if each.step == "name" else each.ordinal) % stride == 0]
        # A stride of whole years may meet no January.
        chosen, shown = (chosen, stride) if chosen else ([0], 1)
        texts = (_tick(points[at], shown, first=at == chosen[0]) for at in chosen)
        ticks = [_anchored(left + slot * (at + 0.5), *text, width) for at, text in zip(chosen, texts, strict=True)]
        if not any(_touch(before, after) for before, after in pairwise(ticks)):
            break
    return tuple(ticks)


def _tick(point: Point, stride: int, *, first: bool) -> tuple[str, str]:
    """The label of a step and the line below it: months name their year once, and whole years are all they need."""
    if point.step == "month" and stride % 12 == 0:
        return point.under, ""
    return point.tick or point.label, point.under if first or point.ordinal % 12 == 0 else ""


def _anchored(at: float, text: str, under: str, width: float) -> Tick:
    """A label that does not stick out of the chart."""
    half = max(len(text), len(under)) * _LETTER / 2
    if at - half < 0:
        return Tick(0, text, under, "start")
    return Tick(width, text, under, "end") if at + half > width else Tick(round(at, 2), text, under)


def _touch(before: Tick, after: Tick) -> bool:
    """Whether two neighbouring labels, or the lines below them, come too close."""
    return any(
        _extent(after, second)[0] - _extent(before, first)[1] < _GAP
        for first, second in ((before.text, after.text), (before.under, after.under))
        if first and second
    )


def _extent(tick: Tick, text: str) -> tuple[float, float]:
    """From where to where a label is printed."""
    length = len(text) * _LETTER
    start = tick.at - {"start": 0, "middle": length / 2, "end": length}[tick.anchor]
    return start, start + length
