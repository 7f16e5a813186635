"""The geometry of charts: no step is left out, no label touches another, heights are as values are."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, PackageLoader
from places import ROOT

from corpus_db.site import axes, charts

MONTHS = st.builds("{:04}-{:02}".format, st.integers(1000, 2999), st.integers(1, 12))
NEAR = st.builds("{:04}-{:02}".format, st.integers(2012, 2026), st.integers(1, 12))
COUNTS = st.dictionaries(st.one_of(NEAR, MONTHS), st.integers(1, 10**6), max_size=40)


def address(words: str) -> str:
    return f"/search?q={words}"


def test_months_without_articles_are_empty_slots() -> None:
    points = charts.timeline({"2023-11": 2, "2024-02": 5}, address)
    assert [(each.label, each.value) for each in points] == [
        ("November 2023", 2), ("December 2023", 0), ("January 2024", 0), ("February 2024", 5),
    ]  # fmt: skip
    assert points[0].href == "/search?q=date:2023-11"
    chart = charts.bars(points)
    assert [bar.title for bar in chart.bars] == ["November 2023: 2 articles", "February 2024: 5 articles"]
    assert chart.bars[1].x - chart.bars[0].x == pytest.approx(3 * chart.bars[0].slot_width, abs=0.1)


@pytest.mark.parametrize(
    ("counts", "labels", "href"),
    [
        ({"2001-01": 1, "2003": 2}, ["2001", "2002", "2003"], "date:2003"),
        ({"2001-01": 1, "2012-01": 2}, [str(year) for year in range(2001, 2013)], "date:2012"),
        ({"1801-01": 1, "2012-01": 2}, [f"{year}0s" for year in range(180, 202)], "from:2010 to:2019"),
        ({"2012-03": 2}, ["March 2012"], "date:2012-03"),
        ({}, [], None),
    ],
)
def test_the_span_chooses_the_step(counts: dict[str, float], labels: list[str], href: str | None) -> None:
    points = charts.timeline(counts, str)
    assert [each.label for each in points] == labels
    assert not points or points[-1].href == href


@given(COUNTS)
def test_nothing_is_lost_on_a_time_axis(counts: dict[str, int]) -> None:
    points = charts.timeline(counts)
    assert sum(point.value for point in points) == sum(counts.values())
    assert len(points) <= 200
    assert [point.ordinal - points[0].ordinal for point in points] == list(range(len(points)))


@given(COUNTS, st.sampled_from([None, 260.0, 320.0, 720.0]))
def test_labels_never_touch_and_never_stick_out(counts: dict[str, int], width: float | None) -> None:
    frame = charts.bars(charts.timeline(counts), width=width).frame
    for row in ("text", "under"):
        extents = [axes._extent(tick, getattr(tick, row)) for tick in frame.x_ticks if getattr(tick, row)]
        assert all(after[0] > before[1] for before, after in pairwise(extents))
        assert all(start >= 0 and stop <= frame.width + 0.01 for start, stop in extents)
    assert bool(counts) == bool(frame.x_ticks)


@given(st.one_of(st.integers(1, 10**9), st.floats(1e-6, 1e9)))
def test_scales_are_few_round_numbers(top: float) -> None:
    numbers = axes.scale(top, whole=isinstance(top, int))
    assert 2 <= len(numbers) <= 4
    assert numbers[0] == 0
    assert numbers[-1] >= top * (1 - 1e-9)
    assert numbers[-2] < top
    step = f"{numbers[1]:e}"
    assert float(step[:4]) in (1, 2, 2.5, 4, 5)


@pytest.mark.parametrize(
    ("top", "numbers"),
    [
        (0, (0, 1)), (1, (0, 1)), (2, (0, 1, 2)), (3, (0, 1, 2, 3)), (7, (0, 4, 8)), (10, (0, 5, 10)), (100, (0, 50, 100)),
        (101, (0, 40, 80, 120)), (1204, (0, 500, 1000, 1500)),
    ],
)  # fmt: skip
def test_scale(top: int, numbers: tuple[int, ...]) -> None:
    assert axes.scale(top) == numbers


def test_a_scale_of_shares_has_fractions() -> None:
    assert axes.scale(0.3, whole=False) == (0, 0.1, 0.2, 0.3)


@given(COUNTS)
def test_heights_are_as_values_are(counts: dict[str, int]) -> None:
    chart = charts.bars(charts.timeline(counts))
    values = [point.value for point in chart.points if point.value]
    assert len(chart.bars) == len(values)
    assert all(bar.y >= chart.frame.top - 0.01 and bar.height >= 1.5 for bar in chart.bars)
    for bar, value in zip(chart.bars, values, strict=True):
        share = value / max(values)
        assert bar.height == pytest.approx(max(1.5, share * max(each.height for each in chart.bars)), abs=0.02)


def test_lines_are_cut_where_there_is_no_data() -> None:
    whole = charts.timeline({"2023-01": 4, "2023-02": 4, "2023-04": 2, "2023-05": 1})
    part = charts.timelines({"dam": {"2023-01": 1, "2023-05": 1}})[0].points
    rates = charts.rates(part, whole)
    assert [point.value for point in rates] == [25, 0, None, 0, 100]
    chart = charts.lines([charts.Series("dam", rates)], charts.Unit("%", "%"))
    assert [len(stroke.split()) for stroke in chart.lines[0].strokes] == [2, 2]
    assert [mark.title for mark in chart.lines[0].marks] == [
        "dam, January 2023: 25 %", "dam, February 2023: 0 %", "dam, April 2023: 0 %", "dam, May 2023: 100 %",
    ]  # fmt: skip


def test_a_lone_month_is_seen_by_its_marker() -> None:
    points = tuple(charts.Point(str(at), 1 if at == 101 else None) for at in range(300))
    chart = charts.lines([charts.Series("a", points), charts.Series("b", points)])
    assert [mark.title for line in chart.lines for mark in line.marks] == [
        "a, 101: 1 article", "b, 101: 1 article",
    ]  # fmt: skip


def test_a_line_that_covers_another_says_so() -> None:
    low, high = (tuple(charts.Point(str(at), value) for at in range(3)) for value in (1, 2))
    chart = charts.lines([charts.Series("a", low), charts.Series("b", high), charts.Series("c", low)])
    assert [line.same for line in chart.lines] == [None, None, "a"]


def test_lines_that_can_not_be_told_apart_are_refused() -> None:
    point = charts.Point("a", 1)
    with pytest.raises(ValueError, match="no more than 5"):
        charts.lines([charts.Series(str(number), (point,)) for number in range(6)])
    with pytest.raises(ValueError, match="same steps"):
        charts.lines([charts.Series("a", (point,)), charts.Series("b", (charts.Point("b", 1),))])


def test_small_charts_share_their_scale() -> None:
    panels = charts.multiples(charts.timelines({"a": {"2023-01": 90}, "b": {"2023-03": 9}}))
    assert {panel.chart.frame.y_ticks for panel in panels} == {panels[0].chart.frame.y_ticks}
    assert [len(panel.chart.points) for panel in panels] == [3, 3]
    assert panels[0].chart.bars[0].height == pytest.approx(10 * panels[1].chart.bars[0].height, abs=0.1)


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, "–"), (0, "0"), (1204, "1,204"), (0.0371, "0.0371"), (12.345, "12.3"), (1204.4, "1,204")],
)
def test_numbers(value: float | None, written: str) -> None:
    assert charts.write(value) == written


class Tags(HTMLParser):
    """The tags and attributes of a page, and whether they are nested well."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attributes)))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


HOSTILE = '"><script>alert(1)</script>'


def drawn(call: str, **context: object) -> str:
    loader = PackageLoader("corpus_db.site")
    env = Environment(loader=loader, autoescape=True)
    return env.from_string('{% import "_charts.html" as chart %}{{ ' + call + " }}").render(context)


def test_bars_are_links_with_their_numbers_beneath() -> None:
    chart = charts.bars(charts.timeline({"2023-03": 12, "2023-05": 1}, address))
    tags = Tags(drawn('chart.bars(c, "Articles by month", "Month")', c=chart))
    assert tags.open == []
    links = [(each["href"], each.get("aria-label")) for name, each in tags.tags if name == "a"]
    assert links[:2] == [
        ("/search?q=date:2023-03", "March 2023: 12 articles"), ("/search?q=date:2023-05", "May 2023: 1 article"),
    ]  # fmt: skip
    assert [href for href, label in links if label is None] == [href for href, _ in links[:2]]
    assert sum(name == "rect" and each["class"] == "bar" for name, each in tags.tags) == 2
    assert sum(name == "tr" for name, _ in tags.tags) == 4


@pytest.mark.parametrize(
    "call", ["chart.lines(lines, name, name)", "chart.multiples(panels, name, name)", "chart.bars(bars, name, name)"]
)
def test_whatever_a_series_is_called_is_text(call: str) -> None:
    series = charts.timelines(
        {HOSTILE: {"2023-03": 1}, "javascript:x": {"2023-09": 2}}, lambda name, words: address(name + words)
    )
    text = drawn(
        call,
        name=HOSTILE,
        lines=charts.lines(series),
        panels=charts.multiples(series),
        bars=charts.bars(series[0].points),
    )
    tags = Tags(text)
    assert tags.open == []
    assert not any(name == "script" or "style" in each for name, each in tags.tags)
    assert all(each["href"].startswith("/search") for name, each in tags.tags if name == "a")


@pytest.mark.parametrize(("value", "whole", "width"), [(1, 4, "25.0"), (9, 4, "100"), (0, 4, "0"), (1, 0, "0")])
def test_meter(value: int, whole: int, width: str) -> None:
    tags = Tags(drawn("chart.meter(value, whole)", value=value, whole=whole))
    assert float(tags.tags[-1][1]["width"]) == float(width)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_colours_stand_out_from_the_paper(scheme: int) -> None:
    """3:1 for what is drawn, in the light and in the dark."""
    static = ROOT / "corpus_db/site/static"
    css = "".join((static / name).read_text(encoding="utf-8") for name in ("corpus.css", "charts.css"))

    def colour(name: str) -> float:
        return luminance(css.split(f"{name}: ")[1 + scheme][:7])

    for name in ("--bar", "--bar-hover", *(f"--series-{number}" for number in range(1, 6))):
        for ground in ("--paper", "--panel"):
            high, low = sorted((colour(name), colour(ground)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 3, (name, ground)
