"""A Query -> how many articles it finds for each outlet, author, date, tag and language; exact, however many there are.

The counts of a field are those under all other filters, so that they say what choosing another value would give.
"""

import sqlite3
from typing import NamedTuple

import numpy as np

from corpus_db.reading.columns import Labels, Mask
from corpus_db.reading.hits import Hits, filtered
from corpus_db.reading.query import Filter, Query

FIELDS = ("outlet", "author", "date", "tag", "lang")


class Value(NamedTuple):
    """A value of a field; '' is 'not stated'. Of a year, its months where it is chosen."""

    value: str
    articles: int
    chosen: bool
    months: tuple["Value", ...] = ()


class Facet(NamedTuple):
    """The values of a field that most articles have; of 'date' all years, the newest first."""

    field: str
    values: tuple[Value, ...]
    more: int  # values that are not shown


def facets(connection: sqlite3.Connection, query: Query, found: Hits, *, size: int = 8) -> tuple[Facet, ...]:
    """A facet for each of FIELDS; `found` is what the query, in the names of the corpus, finds."""
    return tuple(_facet(field, query, found, _others(connection, query, found, field), size) for field in FIELDS)


def months(found: Hits) -> dict[str, int]:
    """How many of the articles that are found were published in each month, 'YYYY-MM', that has one."""
    labels = found.columns.labels["date"]
    counts = labels.counts(found.found)
    return {value: int(count) for value, count in zip(labels.values, counts, strict=True) if value and count}


def _others(connection: sqlite3.Connection, query: Query, found: Hits, field: str) -> Mask:
    """What the query finds without its filters of a field."""
    without = query.without(field)
    if without == query:
        return found.found
    return filtered(connection, without) & (found.paragraphs > 0 if found.ids is not None or query.excluded else True)


def _facet(field: str, query: Query, found: Hits, others: Mask, size: int) -> Facet:
    labels = found.columns.labels[field]
    counts = labels.counts(others)
    chosen = {each.value for each in query.filters if (each.field, each.excluded) == (field, False)}
    if field == "date":
        return _years(labels, dict(enumerate(counts.tolist())), chosen)
    there = np.flatnonzero(counts[:-1])
    named = [place for value in chosen if (place := labels.place(value)) is not None]
    ranked = np.union1d(named, there[np.lexsort((there, -counts[there]))[:size]]).astype(np.int64)
    shown = ranked[np.lexsort((ranked, -counts[ranked]))].tolist()
    values = [
        Value(value, int(counts[number]), value in chosen) for number in shown if (value := labels.values[number])
    ]
    if counts[-1] or "" in chosen:
        values.append(Value("", int(counts[-1]), "" in chosen))
    return Facet(field, tuple(values), max(0, len(there) - len(shown)))


def _years(labels: Labels, counts: dict[int, int], chosen: set[str]) -> Facet:
    """Years with their months; a year is open where it, or a month or day of it, is chosen."""
    years: dict[str, list[Value]] = {}
    undated = 0
    for number, month in enumerate(labels.values):
        if month is None:
            undated = counts[number]
        elif counts[number]:
            years.setdefault(month[:4], []).append(Value(month, counts[number], month in chosen))
    values = [
        Value(
            year,
            sum(month.articles for month in there),
            year in chosen,
            tuple(there) if any(each.startswith(year) for each in chosen) else (),
        )
        for year, there in sorted(years.items(), reverse=True)
    ]
    if undated:
        values.append(Value("", undated, "" in chosen))
    return Facet("date", tuple(values), 0)


def toggled(query: Query, field: str, value: str) -> Query:
    """The query with a value of a facet chosen, or no longer. A month takes the place of its year, and the reverse."""
    wanted = Filter(field, value)
    if field == "date" and value and wanted not in query.filters:
        related = tuple(
            each
            for each in query.filters
            if not (each.field == "date" and not each.excluded and each.value and _holds(each.value, value))
        )
        query = query._replace(filters=related)
    return query.toggled(field, value)


def _holds(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
