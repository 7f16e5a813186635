"""A Query -> what it was taken to mean, in words; and, where nothing is found, what may have been meant."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from corpus_db.reading import languages, matching, names, words
from corpus_db.reading.kept import kept
from corpus_db.reading.query import Filter, Query, Term, write

_FIELDS = {
    "outlet": "outlet",
    "author": "author",
    "tag": "tag",
    "lang": "language",
    "headline": "words in the headline",
    "standfirst": "words in the standfirst",
}
_WORDS = "select word, paragraphs from words order by paragraphs desc, word limit ?"
_VOCABULARY = 250_000  # words that are kept: 37,554 articles have 127,000, but millions stand once in a large corpus
_FEWEST = 3  # letters of a word that is worth a guess
_NEAREST = ("outlet", "author")  # fields whose names are written in many ways


class Suggestion(NamedTuple):
    """Another query, which finds something, and what differs."""

    text: str
    why: str  # 'spelled', 'any of the words', 'without the filters'


def interpret(query: Query) -> str:
    """What a query was taken to mean.

    >>> from corpus_db.reading.query import parse
    >>> interpret(parse('dam OR "water works"* -flood outlet:Gazette from:2023'))
    'paragraphs with “dam” or “water works…”, without “flood”; outlet Gazette; published from 2023'
    """
    either = [" or ".join(map(_said, group)) for group in query.groups]
    wanted = " and ".join(f"({each})" if " or " in each and len(either) > 1 else each for each in either)
    without = " and ".join(map(_said, query.excluded))
    looked_for = [f"with {wanted}"] * bool(wanted) + [f"without {without}"] * bool(without)
    said = [f"paragraphs {', '.join(looked_for)}" if looked_for else "all articles"]
    for excluded in (False, True):
        for field in dict.fromkeys(each.field for each in query.filters if each.excluded == excluded):
            values = [each.value for each in query.filters if (each.field, each.excluded) == (field, excluded)]
            said.append(_filtered(field, values, excluded=excluded))
    if query.since or query.until:
        ends = [f"{name} {value}" for name, value in (("from", query.since), ("to", query.until)) if value]
        said.append(f"published {' '.join(ends)}")
    return "; ".join(said)


def _filtered(field: str, values: list[str], *, excluded: bool) -> str:
    named = map(languages.name, values) if field == "lang" else values
    stated = " or ".join(value for value in named if value)
    if field == "date":
        parts = [f"published in {stated}"] * bool(stated) + ["undated"] * ("" in values)
    else:
        parts = [f"{_FIELDS[field]} {stated}"] * bool(stated) + [f"{_FIELDS[field]} not stated"] * ("" in values)
    return f"{'not ' * excluded}{' or '.join(parts)}"


def _said(term: Term) -> str:
    text = f"“{term.text}{'…' if term.prefix else ''}”"
    return text if term.near is None else f"{text} (in any order, at most {term.near} words between)"


def suggest(connection: sqlite3.Connection, query: Query, unknown: Iterable[Filter]) -> tuple[Suggestion, ...]:
    """What may have been meant by a query that finds nothing; each suggestion finds something where it stands alone."""
    found = [
        Suggestion(write(query._replace(filters=_exchanged(query.filters, each, near))), "spelled")
        for each in unknown
        for near in _names(connection, each)
    ]
    groups = tuple(tuple(_spelled(connection, term) for term in group) for group in query.groups)
    if groups != query.groups and _count(connection, Query(groups)):
        found.append(Suggestion(write(query._replace(groups=groups)), "spelled"))
    elif len(groups) > 1 and all(_count(connection, Query(groups=(group,))) for group in groups):
        either = tuple(dict.fromkeys(term for group in groups for term in group))
        found.append(Suggestion(write(query._replace(groups=(either,))), "any of the words"))
    bare = Query(query.groups, query.excluded)
    if bare != query and query.groups and _count(connection, bare):
        found.append(Suggestion(write(bare), "without the filters"))
    return tuple(dict.fromkeys(found))


def _exchanged(filters: tuple[Filter, ...], old: Filter, value: str) -> tuple[Filter, ...]:
    return tuple(each._replace(value=value) if each == old else each for each in filters)


def _names(connection: sqlite3.Connection, wanted: Filter) -> list[str]:
    """Up to three names that are written much like the one that nothing is called."""
    if wanted.field not in _NEAREST:
        return []
    known = {name: each.folded for name, each in names.known(connection)[wanted.field].items()}
    close = process.extract(names.fold(wanted.value), known, scorer=fuzz.WRatio, score_cutoff=75, limit=3)
    return [name for _, _, name in close]


def _spelled(connection: sqlite3.Connection, term: Term) -> Term:
    """The term, each word that the corpus does not have exchanged for the most frequent of those nearest to it."""
    if term.prefix or _count(connection, Query(groups=((term,),))):
        return term
    typed = words.words(term.text)
    spelled = [
        word if _count(connection, Query(groups=((Term(word),),))) else _nearest(connection, word) for word in typed
    ]
    return term if spelled == typed else term._replace(text=" ".join(spelled))


def _nearest(connection: sqlite3.Connection, word: str) -> str:
    """The word of the corpus that fewest keystrokes make of this one, at most two; itself where there is none."""
    if len(word) < _FEWEST:
        return word
    most = 1 if len(word) < 2 * _FEWEST else 2
    counts = {each: count for each, count in _vocabulary(connection).items() if abs(len(each) - len(word)) <= most}
    close = process.extract(word, counts.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    return min(close, key=lambda each: (each[1], -counts[each[0]], each[0]), default=(word, 0, 0))[0]


@kept
def _vocabulary(connection: sqlite3.Connection) -> dict[str, int]:
    """The words that most paragraphs have, and how many: what somebody means is seldom a rarer one."""
    return dict(connection.execute(_WORDS, [_VOCABULARY]).fetchall())


def _count(connection: sqlite3.Connection, query: Query) -> int:
    """How many paragraphs have the words of a query; no more than one is looked for."""
    statement = "select count(*) from (select 1 from paragraphs_fts where paragraphs_fts match ? limit 1)"
    return int(connection.execute(statement, [matching.full_text(query)]).fetchone()[0])
