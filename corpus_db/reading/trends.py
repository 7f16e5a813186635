"""Queries -> attention over time: how many articles or paragraphs match in each month or year, and of how many."""

import sqlite3
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import names
from corpus_db.reading.columns import Columns, Ints, Mask, columns
from corpus_db.reading.hits import filtered, hits
from corpus_db.reading.query import Filter, Query
from corpus_db.reading.subcorpora import Unit

Step = Literal["month", "year"]
STEPS: tuple[Step, ...] = get_args(Step)
MOST = 5  # queries at once
# Months that are told apart; a longer time is told in years, unless months are wanted. An outlet by itself has few
# articles a month.
_MOST_MONTHS, _MOST_MONTHS_OF_OUTLETS = 120, 36


class Trend(NamedTuple):
    """What matches a query in each step; `undated` matches too, in no step."""

    query: Query  # in the names of the corpus
    unknown: tuple[Filter, ...]
    counts: tuple[int, ...]
    undated: int


class Share(NamedTuple):
    """An outlet: all that it has in each step, and what of it matches each query."""

    outlet: str
    wholes: tuple[int, ...]
    counts: tuple[tuple[int, ...], ...]  # by query


class Trends(NamedTuple):
    """Attention over time. All counts are of `unit`, and by step: 'YYYY-MM' or 'YYYY', none left out."""

    unit: Unit
    step: Step
    steps: tuple[str, ...]
    base: Query  # what the whole is: the filters that all queries have
    wholes: tuple[int, ...]
    undated: int  # of the whole
    trends: tuple[Trend, ...]
    outlets: tuple[Share, ...]  # those with most matches, most first; empty unless wanted
    of_outlets: int  # how many outlets have a match


def trends(
    connection: sqlite3.Connection,
    queries: Sequence[Query],
    *,
    unit: Unit = "articles",
    step: Step | None = None,
    outlets: int = 0,
) -> Trends:
    """Counts for up to five queries, by month or year as the time between the first and the last allows.

    The whole is what passes the filters that all queries have in common; where one of them looks for no words, all of
    the corpus, for else it would be compared with itself. `outlets` is the number of outlets to tell apart. Raises
    ValueError for more than five queries.
    """
    if len(queries) > MOST:
        raise ValueError(f"{len(queries)} queries: no more than {MOST} at once")
    settled = [names.settle(connection, query) for query in queries]
    base = common([each.query for each in settled])
    table = columns(connection)
    whole = filtered(connection, base)
    whole_weights = table.paragraphs if unit == "paragraphs" else np.ones_like(table.ids)
    months = _months(table)
    most = _MOST_MONTHS_OF_OUTLETS if outlets else _MOST_MONTHS
    steps = _steps(sorted({months[row] or "" for row in np.flatnonzero(whole)} - {""}), step, most)
    size = len(steps[0]) if steps else 7
    place = {each: number for number, each in enumerate(steps)}
    at = np.array([place.get((month or "")[:size], -1) for month in months], dtype=np.int64)
    found = [hits(connection, each.query) for each in settled]
    weights = [each.paragraphs if unit == "paragraphs" else np.ones_like(table.ids) for each in found]
    masks = [each.found for each in found]
    counts = [_counts(at, mask, weight, len(steps)) for mask, weight in zip(masks, weights, strict=True)]
    wholes = _counts(at, whole, whole_weights, len(steps))
    chosen, of_outlets = _top(table, masks, weights, outlets)
    return Trends(
        unit=unit,
        step="month" if size == len("2023-03") else "year",
        steps=steps,
        base=base,
        wholes=wholes[0],
        undated=wholes[1],
        trends=tuple(Trend(each.query, each.unknown, *count) for each, count in zip(settled, counts, strict=True)),
        outlets=tuple(
            Share(
                name,
                _counts(at, whole & there, whole_weights, len(steps))[0],
                tuple(
                    _counts(at, mask & there, weight, len(steps))[0]
                    for mask, weight in zip(masks, weights, strict=True)
                ),
            )
            for name, there in chosen
        ),
        of_outlets=of_outlets,
    )


def common(queries: Sequence[Query]) -> Query:
    """The filters and the range of time that all queries have; none where one of them looks for no words."""
    if not queries or not all(each.groups or each.excluded for each in queries):
        return Query()
    first, *others = queries
    kept = tuple(
        each for each in first.filters if all(_of(each.field, first) == _of(each.field, other) for other in others)
    )
    return Query(
        filters=kept,
        since=first.since if all(each.since == first.since for each in others) else None,
        until=first.until if all(each.until == first.until for each in others) else None,
    )


def _of(field: str, query: Query) -> set[Filter]:
    """The filters of a field: they are alternatives, so that they are only shared together."""
    return {each for each in query.filters if each.field == field}


def _months(table: Columns) -> list[str | None]:
    """The month of each row."""
    labels = table.labels["date"]
    found: list[str | None] = [None] * len(table.ids)
    for row, code in zip(labels.rows.tolist(), labels.codes.tolist(), strict=True):
        found[row] = labels.values[code]
    return found


def _steps(months: Sequence[str], step: Step | None, most: int) -> tuple[str, ...]:
    """All months from the first to the last, or all years where there are more than `most` of them."""
    if not months:
        return ()
    first, last = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (months[0], months[-1]))
    if step == "year" or (step is None and last - first >= most):
        return tuple(f"{year:04}" for year in range(first // 12, last // 12 + 1))
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1))


def _counts(at: Ints, chosen: Mask, weights: Ints, steps: int) -> tuple[tuple[int, ...], int]:
    """What the chosen rows weigh in each step, and those of no step."""
    dated = chosen & (at >= 0)
    counts = np.bincount(at[dated], weights[dated], steps).astype(np.int64)
    return tuple(counts.tolist()), int(weights[chosen & (at < 0)].sum())


def _top(
    table: Columns, masks: Sequence[Mask], weights: Sequence[Ints], wanted: int
) -> tuple[list[tuple[str, Mask]], int]:
    """The outlets with most matches of all queries together, with their rows, and how many outlets have one."""
    labels = table.labels["outlet"]
    totals = np.zeros(len(labels.values), dtype=np.int64)
    for mask, weight in zip(masks, weights, strict=True):
        totals += labels.counts(mask, weight)
    named = [
        (-int(total), name, code)
        for code, (name, total) in enumerate(zip(labels.values, totals, strict=True))
        if name is not None and total
    ]
    chosen = []
    for _, name, code in sorted(named)[:wanted]:
        there = np.zeros(len(table.ids), dtype=np.bool_)
        there[labels.rows[labels.codes == code]] = True
        chosen.append((name, there))
    return chosen, len(named)
