"""What was counted -> tables, and tables -> CSV: all rows, with what is needed to count on."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from corpus_db.reading.collocates import Collocates
from corpus_db.reading.compare import Comparison
from corpus_db.reading.concordance import Line
from corpus_db.reading.export.guarding import guard
from corpus_db.reading.query import write
from corpus_db.reading.trends import Trends

Row = tuple[str | int | float | None, ...]
_HELD = 256  # lines that are written at once


class Table(NamedTuple):
    """Names of columns, and rows of as many cells; None is not stated."""

    columns: tuple[str, ...]
    rows: Iterable[Row]


def of_trends(found: Trends) -> Table:
    """A row for each query, outlet if those are told apart, and step: how many, of how many; no share where of none."""

    def rows() -> Iterator[Row]:
        for number, trend in enumerate(found.trends):
            text = write(trend.query)
            for outlet in found.outlets or (None,):
                counts = outlet.counts[number] if outlet else trend.counts
                for step, count, whole in zip(found.steps, counts, (outlet or found).wholes, strict=True):
                    yield text, outlet and outlet.outlet, step, count, whole, count / whole if whole else None
            share = trend.undated / found.undated if found.undated else None
            yield text, None, "undated", trend.undated, found.undated, share

    return Table(("query", "outlet", found.step, found.unit, f"of_{found.unit}", "share"), rows())


def of_comparison(found: Comparison) -> Table:
    """A row for each word that one part uses more, those of the first part first."""
    columns = (
        "word", "more_in", "count_a", "count_b", "words_a", "words_b", "per_million_a", "per_million_b", "articles_a",
        "articles_b", "g2", "percent_difference", "log_ratio",
    )  # fmt: skip
    rows = (
        (
            each.word, part, each.a, each.b, found.a.words, found.b.words, each.rate_a, each.rate_b, each.articles_a,
            each.articles_b, each.g2, each.difference, each.ratio,
        )
        for part, each in chain((("a", each) for each in found.more), (("b", each) for each in found.less))
    )  # fmt: skip
    return Table(columns, rows)


def of_collocates(found: Collocates) -> Table:
    """A row for each word beside the hits, with the totals that its figures are made of."""
    columns = (
        "word", "near", "before", "behind", "expected", "count", "hits", "words_near", "words", "g2", "log_dice"
    )  # fmt: skip
    rows = (
        (
            each.word, each.near, each.before, each.behind, each.expected, each.times, found.hits, found.near,
            found.words, each.g2, each.dice,
        )
        for each in found.collocates
    )  # fmt: skip
    return Table(columns, rows)


def of_lines(lines: Iterable[Line]) -> Table:
    """A row for each line of a concordance."""
    columns = "article paragraph hit before node after headline outlet published language".split()
    return Table(tuple(columns), (tuple(line) for line in lines))


def written(table: Table) -> Iterator[str]:
    r"""CSV (RFC 4180), some lines at a time; cells that a spreadsheet could run as a formula are guarded.

    >>> list(written(Table(("word", "count"), [("=1+1", 2), (None, 3)])))
    ["word,count\r\n'=1+1,2\r\n,3\r\n"]
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(table.columns)
    for number, row in enumerate(table.rows, 1):
        writer.writerow(guard(list(row))[0])
        if number % _HELD == 0:
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()
