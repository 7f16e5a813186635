"""A corpus searched and counted the slow way, in plain Python, for the tests of what counts it fast."""

import random
import sqlite3
from typing import NamedTuple

from corpus_db.reading.query import Query, Term
from corpus_db.reading.words import words

Span = tuple[int, int]  # numbers of words, half-open


class Paragraph(NamedTuple):
    key: str
    position: int
    words: list[str]
    outlet: str | None
    month: str | None
    article: int
    text: str


def paragraphs(connection: sqlite3.Connection) -> list[Paragraph]:
    """All paragraphs of a corpus, in its order."""
    rows = connection.execute(
        "select articles.key, position, text, outlets.name, substr(published, 1, 7), articles.id from paragraphs "
        "join articles on articles.id = article_id left join outlets on outlets.id = outlet_id order by paragraphs.id"
    )
    return [Paragraph(key, position, words(text), *rest, text) for key, position, text, *rest in rows]


def spans(term: Term, found: list[str]) -> list[Span]:
    """Where a term stands among words."""
    wanted = words(term.text)
    if term.near is not None:
        places = [[at for at, word in enumerate(found) if word == each] for each in wanted]
        pairs = [(a, b) for a in places[0] for b in places[1] if a != b and abs(a - b) - 1 <= term.near]
        return sorted({(at, at + 1) for pair in pairs for at in pair})
    size = len(wanted)
    starts = range(len(found) - size + 1)
    if term.prefix:
        return [
            (at, at + size)
            for at in starts
            if found[at : at + size - 1] == wanted[:-1] and found[at + size - 1].startswith(wanted[-1])
        ]
    return [(at, at + size) for at in starts if found[at : at + size] == wanted]


def hits(query: Query, found: list[str]) -> list[Span]:
    """The hits of the words of a query in a paragraph, those that overlap as one; none where it does not match."""
    groups = [[spans(term, found) for term in group] for group in query.groups]
    if not all(any(group) for group in groups) or any(spans(term, found) for term in query.excluded):
        return []
    merged: list[Span] = []
    for start, stop in sorted(span for group in groups for each in group for span in each):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def queries(rows: list[Paragraph], number: int, seed: int = 1) -> list[str]:
    """Queries of words, phrases, prefixes, alternatives, near and excluded words that the paragraphs have."""
    chance = random.Random(seed)
    found = []
    for _ in range(number):
        here = chance.choice([row for row in rows if len(row.words) > 8]).words
        at = chance.randrange(len(here) - 4)
        other = chance.choice(chance.choice(rows).words or ["x"])
        found.append(
            chance.choice(
                [
                    here[at],
                    f'"{here[at]} {here[at + 1]}"',
                    f"{here[at][:3]}*",
                    f"{here[at]} OR {other}",
                    f"{here[at]} {here[at + 3]}",
                    f"{here[at]} -{other}",
                    f'"{here[at]} {here[at + 1][:2]}*"',
                    f'"{here[at]} {here[at + 2]}"~3' if here[at] != here[at + 2] else here[at],
                ]
            )
        )
    return found
