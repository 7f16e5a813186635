"""A Query -> what its reader should know: what was read as words, which range is empty, what headlines have."""

import re
import sqlite3
from typing import NamedTuple

from corpus_db.reading.hits import hits
from corpus_db.reading.query import FIELDS, TEXTS, Query, Term, parse, text_filter, write

_LIKE_FIELD = re.compile(r"-?([^\W\d_]{2,12}):(\S.*)")
_DATES = frozenset(("date", "published", "from", "since", "to", "until"))
_LIKE_OPERATOR = re.compile(r"(?:NEAR|w|n|near|adj|pre)/\d+|NEAR|.*[*?].*")


class Headed(NamedTuple):
    """How many articles have the words of a query in their headline or standfirst, and the query that finds these."""

    field: str  # one of `query.TEXTS`
    articles: int
    text: str


def notes(query: Query) -> tuple[str, ...]:
    """What of a query was read as words though it looks like a field, a date or an operator, a sentence each.

    >>> from corpus_db.reading.query import parse
    >>> notes(parse("title:dam from:14.03.2024"))
    ('“title:dam” was read as words: fields are outlet:, author:, tag:, lang:, date:, headline:, standfirst:, \
from: and to:.', \
'“from:14.03.2024” was read as words: dates are written 2024, 2024-03 or 2024-03-14.')
    >>> notes(parse("from:2024 to:2023-05")), notes(parse("from:2023-05 to:2023"))
    (('from:2024 is later than to:2023-05: no article is both.',), ())
    """
    terms = [term for group in query.groups for term in group] + list(query.excluded)
    found = list(filter(None, map(_note, terms)))
    if query.since and query.until and query.since > f"{query.until}~":
        found.append(f"from:{query.since} is later than to:{query.until}: no article is both.")
    return tuple(dict.fromkeys(found))


def _note(term: Term) -> str | None:
    field = _LIKE_FIELD.fullmatch(term.text)
    if field and field[1].lower() in _DATES:
        return f"“{term.text}” was read as words: dates are written 2024, 2024-03 or 2024-03-14."
    if field and not field[2].startswith("//"):
        fields = ", ".join(f"{each}:" for each in (*FIELDS, "from"))
        return f"“{term.text}” was read as words: fields are {fields} and to:."
    if " " not in term.text and _LIKE_OPERATOR.fullmatch(term.text):
        return f'“{term.text}” was read as a word: words near each other are "…"~5, a star stands at the end of a word.'
    return None


def headed(connection: sqlite3.Connection, query: Query) -> tuple[Headed, ...]:
    """The articles with the words of a query in their headline, and those in their standfirst, where there are any.

    Full text is that of paragraphs, so a search finds what is only in a headline by `headline:`.
    """
    found = []
    for field in TEXTS if query.groups else ():
        if not any(each.field == field for each in query.filters):
            filters = (*query.filters, text_filter(field, query))
            wanted = query._replace(groups=(), excluded=(), filters=filters)
            text = write(wanted)
            if parse(text) == wanted:  # not too long to be asked
                found.append(Headed(field, hits(connection, wanted).articles, text))
    return tuple(each for each in found if each.articles)
