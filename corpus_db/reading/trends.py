"""Queries -> attention over time: how many articles or paragraphs match in each month or year, and of how many."""

import sqlite3
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import names
from corpus_db.reading.columns import Columns, Ints, Labels, Mask, columns
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
    whole = _Weighed(filtered(connection, base), _weights(table, table.paragraphs, unit))
    found = [hits(connection, each.query) for each in settled]
    parts = [_Weighed(each.found, _weights(table, each.paragraphs, unit)) for each in found]
    time = _time(table.labels["date"], whole.rows, step, _MOST_MONTHS_OF_OUTLETS if outlets else _MOST_MONTHS)
    wholes, undated = _counts(time, whole)
    chosen, of_outlets = _top(table, parts, outlets)
    return Trends(
        unit=unit,
        step=time.step,
        steps=time.steps,
        base=base,
        wholes=wholes,
        undated=undated,
        trends=tuple(
            Trend(each.query, each.unknown, *_counts(time, part)) for each, part in zip(settled, parts, strict=True)
        ),
        outlets=tuple(_share(time, name, rows, whole, parts) for name, rows in chosen),
        of_outlets=of_outlets,
    )


class _Weighed(NamedTuple):
    """Rows that are chosen, and what each row weighs: 1, or its number of paragraphs."""

    rows: Mask
    weights: Ints

    def within(self, rows: Mask) -> "_Weighed":
        """Those of the chosen that are among some rows."""
        return self._replace(rows=self.rows & rows)


class _Time(NamedTuple):
    """The steps of time, and the number of the step of each row: -1 where it is in none."""

    step: Step
    steps: tuple[str, ...]
    at: Ints


def _weights(table: Columns, paragraphs: Ints, unit: Unit) -> Ints:
    """What each row weighs."""
    return paragraphs if unit == "paragraphs" else np.ones_like(table.ids)


def _time(months: Labels, whole: Mask, step: Step | None, most: int) -> _Time:
    """The steps from the first to the last month of the whole."""
    there = np.flatnonzero(months.counts(whole)).tolist()
    steps = _steps([month for number in there if (month := months.values[number])], step, most)
    size = len(steps[0]) if steps else len("2023-03")
    place = {each: number for number, each in enumerate(steps)}
    at = np.full(len(whole), -1)
    at[months.rows] = np.array([place.get((month or "")[:size], -1) for month in months.values])[months.codes]
    return _Time("month" if size == len("2023-03") else "year", steps, at)


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


def _steps(months: Sequence[str], step: Step | None, most: int) -> tuple[str, ...]:
    """All months from the first to the last, or all years where there are more than `most` of them."""
    if not months:
        return ()
    first, last = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (months[0], months[-1]))
    if step == "year" or (step is None and last - first >= most):
        return tuple(f"{year:04}" for year in range(first // 12, last // 12 + 1))
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1))


def _counts(time: _Time, part: _Weighed) -> tuple[tuple[int, ...], int]:
    """What the chosen rows weigh in each step, and those of no step."""
    dated = part.rows & (time.at >= 0)
    counts = np.bincount(time.at[dated], part.weights[dated], len(time.steps)).astype(np.int64)
    return tuple(counts.tolist()), int(part.weights[part.rows & (time.at < 0)].sum())


def _share(time: _Time, outlet: str, rows: Mask, whole: _Weighed, parts: Sequence[_Weighed]) -> Share:
    """What the rows of an outlet weigh in each step, of all and of each query."""
    counts = tuple(_counts(time, part.within(rows))[0] for part in parts)
    return Share(outlet, _counts(time, whole.within(rows))[0], counts)


def _top(table: Columns, parts: Sequence[_Weighed], wanted: int) -> tuple[list[tuple[str, Mask]], int]:
    """The outlets with most matches of all queries together, with their rows, and how many outlets have one."""
    labels = table.labels["outlet"]
    totals = np.zeros(len(labels.values), dtype=np.int64)
    for part in parts:
        totals += labels.counts(part.rows, part.weights)
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
