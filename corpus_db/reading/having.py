"""A Query -> the paragraphs that have its words: by the bits of common words, and by the full text where it has others.

Of words that all have to stand in a paragraph, the rare ones are looked for first; where there is none, bits are all
that is read. Both ways find the same.
"""

import sqlite3
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from corpus_db.reading import matching
from corpus_db.reading.columns import columns
from corpus_db.reading.kept import kept, kept_lately
from corpus_db.reading.query import Query, Term
from corpus_db.reading.words import words
from corpus_db.store import vocabulary
from corpus_db.store.vocabulary import Ids

Bits = NDArray[np.uint8]  # of paragraphs by their ids, eight in a byte, the first the highest

_AT_ONCE = 10_000_000  # ids that are asked for at once: SQLite hands them over as one text of at most 100 MB
_MATCHING = """
select rowid as id from paragraphs_fts where paragraphs_fts match :words and rowid > :behind order by rowid limit :most
"""


def having(connection: sqlite3.Connection, query: Query) -> Ids | None:
    """The ids of the paragraphs with the words of a query, ascending; where it only excludes words, with one of them.

    None where it says nothing of words.
    """
    if not query.groups:
        query = Query(groups=(query.excluded,) if query.excluded else ())
    common = _common(connection)
    bits = [group for group in query.groups if any(_word(term) in common for term in group)]
    if not bits:
        return _matching(connection, query)
    rest = tuple(group for group in query.groups if group not in bits)
    known = tuple(term for term in query.excluded if _word(term) in common)
    others = tuple(term for term in query.excluded if term not in known)
    size = vocabulary.BLOCK // 8 * (1 + len(columns(connection).owner) // vocabulary.BLOCK)
    found = reduce(np.bitwise_and, (_either(connection, group, common, size) for group in bits))
    if known:
        found &= ~_either(connection, known, common, size)
    if rest:
        some = _matching(connection, Query(rest, others))
        return None if some is None else some[_at(found, some)]
    if others:
        found &= ~_either(connection, others, common, size)
    return np.flatnonzero(np.unpackbits(found)).astype(np.int64)


def _matching(connection: sqlite3.Connection, query: Query) -> Ids | None:
    """What the full text finds."""
    expression = matching.full_text(query)
    return None if expression is None else look_up(connection, expression)


@kept_lately
def look_up(connection: sqlite3.Connection, expression: str) -> Ids:
    """What the full text finds for an expression. Other pages and filters of a search ask for the same again."""
    asked = {"words": expression, "behind": 0, "most": _AT_ONCE}
    found = [vocabulary.ids(connection, _MATCHING, asked)]
    while len(found[-1]) == _AT_ONCE:
        found.append(vocabulary.ids(connection, _MATCHING, asked | {"behind": int(found[-1][-1])}))
    return np.concatenate(found)


def _either(connection: sqlite3.Connection, terms: tuple[Term, ...], common: frozenset[str], size: int) -> Bits:
    """The paragraphs that have one of some terms, as so many bytes."""
    found = np.zeros(size, dtype=np.uint8)
    others = []
    for term in terms:
        word = _word(term)
        if word not in common:
            others.append(term)
            continue
        for block, bits in connection.execute("select block, bits from common_words where word = ?", [word]):
            start = block * (vocabulary.BLOCK // 8)
            found[start : start + len(bits)] |= np.frombuffer(bits, np.uint8)
    if others:
        some = _matching(connection, Query(groups=(tuple(others),)))
        present = np.zeros(size * 8, dtype=np.bool_)
        present[some] = True
        found |= np.packbits(present)
    return found


def _at(found: Bits, paragraph_ids: Ids) -> NDArray[np.bool_]:
    """Which of some paragraphs have their bit set."""
    present: NDArray[np.bool_] = found[paragraph_ids >> 3] >> (7 - (paragraph_ids & 7)).astype(np.uint8) & 1 == 1
    return present


def _word(term: Term) -> str | None:
    """The one word that a term is, as the index has it."""
    if term.prefix or term.near is not None:
        return None
    found = words(term.text)
    return found[0] if len(found) == 1 else None


@kept
def _common(connection: sqlite3.Connection) -> frozenset[str]:
    """The words whose bits are there."""
    return frozenset(word for (word,) in connection.execute("select distinct word from common_words"))
