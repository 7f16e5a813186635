"""Two queries -> the words that one part of the corpus uses more than the other.

Every word of the index counts, the commonest too. Sources: log-likelihood, Rayson & Garside, Comparing corpora using
frequency profiling, 2000; %DIFF, Gabrielatos & Marchi, Keyness: appropriate metrics and practical issues, 2012; log
ratio, Hardie, Log Ratio: an informal introduction, 2014.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

import numpy as np

from corpus_db.reading import keyness, names, subcorpora
from corpus_db.reading.query import Filter, Query
from corpus_db.reading.subcorpora import LIMIT, Counted, Unit

Sort = Literal["g2", "ratio", "count"]
SORTS: tuple[Sort, ...] = get_args(Sort)
TOP = 100  # words of each list that a page shows


class Side(NamedTuple):
    """One of the two parts: its query, None where it is the rest, and how much of it was counted."""

    query: Query | None
    unknown: tuple[Filter, ...]
    articles: int
    counted: int  # articles; fewer where it is a sample
    words: int  # that were counted


class Word(NamedTuple):
    """A word in both parts: `a` and `b` its counts, `articles_a` and `articles_b` the articles it stands in."""

    word: str
    a: int
    b: int
    articles_a: int
    articles_b: int
    rate_a: float  # per million words
    rate_b: float
    g2: float
    difference: float | None  # in per cent; None where the other part does not have it
    ratio: float  # log ratio: a number of doublings, below 0 where the second part has more


class Comparison(NamedTuple):
    """Words of the two parts; `more` are those that the first uses more, `less` those that the second does."""

    a: Side
    b: Side
    unit: Unit
    shared: int  # articles that are in both parts
    more: tuple[Word, ...]
    less: tuple[Word, ...]
    tested: int  # words that are frequent enough to compare
    hidden: tuple[str, ...]  # the most frequent words, if they were to be left out
    threshold: float  # G² that bears so many tests


def compare(
    connection: sqlite3.Connection,
    a: Query,
    b: Query | None = None,
    *,
    unit: Unit = "articles",
    minimum: int = 5,
    articles: int = 1,
    hide: int = 0,
    sort: Sort = "g2",
    limit: int | None = LIMIT,
) -> Comparison:
    """Words that stand at least `minimum` times and in `articles` articles, both parts together.

    `b` is the rest of the corpus by default. `hide` leaves the so many most frequent words out of the lists, not out of
    the counts. `limit` is the number of words after which no further article of a part is counted; None counts all.
    """
    settled_a, settled_b = names.settle(connection, a), None if b is None else names.settle(connection, b)
    part_a = subcorpora.select(connection, settled_a.query, unit)
    part_b = (
        subcorpora.rest(connection, settled_a.query, unit)
        if settled_b is None
        else subcorpora.select(connection, settled_b.query, unit)
    )
    counted_a = subcorpora.counted(connection, settled_a.query, unit, limit)
    other = settled_b or settled_a
    counted_b = subcorpora.counted(connection, other.query, unit, limit, others=settled_b is None)
    hidden = _commonest(counted_a, counted_b, hide)
    found = _words(_frequent(counted_a, counted_b, minimum, articles), counted_a, counted_b)
    shown = [each for each in found if each.word not in hidden]
    return Comparison(
        a=_side(settled_a, counted_a),
        b=_side(settled_b, counted_b),
        unit=unit,
        shared=len(np.intersect1d(part_a.rows, part_b.rows)),
        more=tuple(sorted((each for each in shown if each.rate_a > each.rate_b), key=_ORDERS[sort])),
        less=tuple(sorted((each for each in shown if each.rate_a < each.rate_b), key=_ORDERS[sort])),
        tested=len(found),
        hidden=hidden,
        threshold=keyness.threshold(len(found)),
    )


_ORDERS: dict[Sort, Callable[[Word], tuple[float, str]]] = {
    "g2": lambda word: (-word.g2, word.word),
    "ratio": lambda word: (-abs(word.ratio), word.word),
    "count": lambda word: (-(word.a + word.b), word.word),
}


def _side(settled: names.Settled | None, counted: Counted) -> Side:
    """A part and how much of it was counted; it is the rest where it has no query."""
    query, unknown = (settled.query, settled.unknown) if settled else (None, ())
    return Side(query, unknown, counted.of, counted.counted, counted.size)


def _commonest(a: Counted, b: Counted, number: int) -> tuple[str, ...]:
    """The most frequent words of both parts together."""
    together = a.words + b.words if number else Counter[str]()
    return tuple(sorted(together, key=lambda word: (-together[word], word))[:number])


def _frequent(a: Counted, b: Counted, minimum: int, articles: int) -> list[str]:
    """The words that stand so many times and in so many articles; none where a part has no words to compare with."""
    together = (a.words + b.words).items() if a.size and b.size else ()
    return [word for word, times in together if times >= minimum and a.articles[word] + b.articles[word] >= articles]


def _words(chosen: list[str], a: Counted, b: Counted) -> list[Word]:
    """The figures of some words."""
    found = []
    for word in chosen:
        counts = (a.words[word], b.words[word], a.size, b.size)
        found.append(
            Word(
                word=word,
                a=counts[0],
                b=counts[1],
                articles_a=a.articles[word],
                articles_b=b.articles[word],
                rate_a=1e6 * counts[0] / a.size,
                rate_b=1e6 * counts[1] / b.size,
                g2=keyness.log_likelihood(*counts),
                difference=keyness.difference(*counts),
                ratio=keyness.log_ratio(*counts),
            )
        )
    return found
