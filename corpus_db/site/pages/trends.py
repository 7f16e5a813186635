"""The page of trends: how much attention queries get over time."""

from functools import partial
from typing import Any

from datasette import Response

from corpus_db.reading import query, statements, tables
from corpus_db.reading.query import Query
from corpus_db.reading.subcorpora import UNITS
from corpus_db.reading.trends import MOST, STEPS, Trend, Trends, trends
from corpus_db.site import arguments, charts, sheets
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask
from corpus_db.site.axes import Unit
from corpus_db.site.download import Download

_OUTLETS = 12  # that are told apart
_MEASURES = ("share", "number")


async def trends_page(datasette: Any, request: Any) -> Response | Download:
    """Charts of up to five queries, or their numbers as CSV."""
    texts = list(dict.fromkeys(text.strip() for text in request.args.getlist("q") if text.strip()))
    unit = arguments.choice(request, "unit", UNITS, "articles")
    step = next((each for each in STEPS if each == request.args.get("step")), None)
    measure = arguments.choice(request, "measure", _MEASURES, "share")
    split = arguments.choice(request, "split", ("", "outlet"), "")
    count = partial(
        trends,
        queries=[query.parse(text) for text in texts[:MOST]],
        unit=unit,
        step=step,
        outlets=_OUTLETS if split else 0,
    )
    if request.args.get("format") == "csv":
        name = f"trends {' '.join(texts[:MOST])}"
        return sheets.answer(datasette, request, name, lambda connection: tables.of_trends(count(connection)))
    found: Trends = await ask(datasette, count)
    to = Addresses(datasette)
    chosen = {"q": texts[:MOST], "unit": unit, "step": step or "", "measure": measure, "split": split}
    return await page(
        datasette,
        request,
        "trends.html",
        found=found,
        texts=texts[:MOST],
        most=MOST,
        left_out=texts[MOST:],
        chosen=chosen,
        base=query.write(found.base),
        write=query.write,
        statements=_statements(found),
        csv=to.page("/trends", **chosen, format="csv"),
        **_drawn(found, measure, to),
    )


def _statements(found: Trends) -> list[statements.Statement]:
    """The SQL of each line; of the whole, where there is none."""
    count = statements.months if found.step == "month" else statements.years
    return [count(each.query) for each in found.trends] or [count(found.base)]


def _drawn(found: Trends, measure: str, to: Addresses) -> dict[str, Any]:
    """The charts: lines of all queries, the whole that shares are of, and the outlets of each query."""
    if not found.steps:
        return {"lines": None, "whole": None, "panels": []}
    named: dict[str, Trend] = {}
    for trend in found.trends:  # what was typed in two ways may mean the same
        name = query.write(trend.query) or "all articles"
        named[f"{name} ({len(named) + 1})" if name in named else name] = trend
    unit = Unit(f"% of {found.unit}", f"% of {found.unit}") if measure == "share" else Unit(found.unit[:-1], found.unit)

    def href(asked: Query, words: str) -> str:
        return to.search(asked.within(query.parse(words)))

    ((_, wholes, _),) = charts.timelines(
        {"": dict(zip(found.steps, found.wholes, strict=True))}, lambda _, words: href(found.base, words)
    )

    def shares(points: tuple[charts.Point, ...], whole: tuple[charts.Point, ...]) -> tuple[charts.Point, ...]:
        return charts.rates(points, whole) if measure == "share" else points

    lines = [
        each._replace(points=shares(each.points, wholes), href=to.search(named[each.name].query))
        for each in charts.timelines(
            {name: dict(zip(found.steps, trend.counts, strict=True)) for name, trend in named.items()},
            lambda name, words: href(named[name].query, words),
        )
    ]
    panels = []
    for number, (name, trend) in enumerate(named.items()):
        apart = [_outlet(found, number, outlet, trend.query, to, shares) for outlet in range(len(found.outlets))]
        if apart:
            panels.append((name, charts.multiples(apart, unit)))
    return {
        "lines": charts.lines(lines, unit) if lines else None,
        "whole": charts.bars(wholes, Unit(found.unit[:-1], found.unit)),
        "panels": panels,
    }


def _outlet(found: Trends, number: int, outlet: int, asked: Query, to: Addresses, shares: Any) -> charts.Series:
    """What an outlet has of a query, over time."""
    share = found.outlets[outlet]
    narrow = asked.within(Query(filters=(query.Filter("outlet", share.outlet),)))

    def href(_: str, words: str) -> str:
        return to.search(narrow.within(query.parse(words)))

    points, wholes = (
        charts.timelines({share.outlet: dict(zip(found.steps, counts, strict=True))}, href)[0].points
        for counts in (share.counts[number], share.wholes)
    )
    return charts.Series(share.outlet, shares(points, wholes), to.search(narrow))


ROUTES = [(r"^/trends$", trends_page)]
