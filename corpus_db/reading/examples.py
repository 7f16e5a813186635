"""Searches to start from: words that this corpus has, found in a sample of its paragraphs, the same ones each time."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_db.reading import query
from corpus_db.reading.kept import kept

_SAMPLE = 400  # paragraphs that are looked at, evenly spaced over the corpus
_OF_OUTLET = 25  # articles of the outlet with the most that are looked at, the newest
_PARAGRAPHS = """
select text, articles.year from paragraphs join articles on articles.id = paragraphs.article_id
where paragraphs.id in (select value from json_each(?)) order by paragraphs.id
"""
_TOP = """
select id, name from outlets
where id = (select outlet_id from articles where outlet_id is not null group by 1 order by count(*) desc, 1 limit 1)
"""
_NEWEST = """
select text, null from paragraphs where position <= 8 and article_id in (
    select id from articles where outlet_id = ? order by published desc, id desc limit ?
) order by id
"""
# Two words within a sentence: what stands before is a word or a comma, 'said Jane Doe'. Pairs may overlap.
_PAIR = re.compile(r"(?<=[\w,] )(?=([^\W\d_]{3,} [^\W\d_]{3,})\b)")
_WORD = re.compile(r"[^\W\d_]{5,}")


Sample = list[tuple[str, int | None]]  # paragraphs, and the years of their articles


class Example(NamedTuple):
    """A search that finds something, and what it shows."""

    text: str
    shows: str


@kept
def examples(connection: sqlite3.Connection) -> tuple[Example, ...]:
    """Up to three: words as they stand, a word within the outlet with the most articles, a word within some years."""
    sample = _sample(connection)
    used: set[str] = set()
    found = [_words_together(sample, used), _within_outlet(connection, used), _within_years(sample, used)]
    return tuple(each for each in found if each)


def _words_together(sample: Sample, used: set[str]) -> Example | None:
    words = _top(_pairs(sample), used) or _top(_words(sample), used)
    if words is None:
        return None
    return Example(f'"{words}"', "words as they stand") if " " in words else Example(words, "a word")


def _within_outlet(connection: sqlite3.Connection, used: set[str]) -> Example | None:
    outlet = connection.execute(_TOP).fetchone()
    if outlet is None:
        return None
    word = _word(connection.execute(_NEWEST, [outlet[0], _OF_OUTLET]).fetchall(), used)
    return Example(f"{word} outlet:{query.quoted(outlet[1])}", "a word within an outlet") if word else None


def _within_years(sample: Sample, used: set[str]) -> Example | None:
    years = sorted({year for _, year in sample if year})[-2:]
    word = _word([(text, year) for text, year in sample if year in years], used) if years else None
    if word is None:
        return None
    span = f"from:{years[0]} to:{years[-1]}" if len(years) > 1 else f"date:{years[0]}"
    return Example(f"{word} {span}", "a word within some years")


def _sample(connection: sqlite3.Connection) -> Sample:
    """Paragraphs of the whole corpus."""
    last = connection.execute("select coalesce(max(id), 0) from paragraphs").fetchone()[0]
    chosen = range(1, last + 1, max(1, last // _SAMPLE))
    return connection.execute(_PARAGRAPHS, [json.dumps(list(chosen))]).fetchall()


def _pairs(sample: Sample) -> Iterator[str]:
    """Names of two words, once a paragraph."""
    for text, _ in sample:
        yield from {each for each in _PAIR.findall(text) if each.istitle()}


def _word(sample: Sample, used: set[str]) -> str | None:
    """The word that most names end with, else the commonest long word."""
    return _top((pair.split()[1] for pair in _pairs(sample)), used) or _top(_words(sample), used)


def _words(sample: Sample) -> Iterator[str]:
    """Long words, once a paragraph."""
    for text, _ in sample:
        yield from {each.casefold() for each in _WORD.findall(text)}


def _top(words: Iterable[str], used: set[str]) -> str | None:
    """The words that come most often, of several the first in the alphabet, without those of other examples."""
    counts = Counter(each for each in words if used.isdisjoint(each.split()))
    if not counts:
        return None
    found = min(counts, key=lambda each: (-counts[each], each))
    used.update(found.split())
    return found
