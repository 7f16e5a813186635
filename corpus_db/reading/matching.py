"""A Query -> SQL: conditions on `articles` and `paragraphs` with named parameters, and expressions of FTS5.

Counts, lists, exports and the SQL that a page shows are made from the same conditions.
"""

from collections.abc import Iterable
from typing import NamedTuple

from corpus_db.reading.query import TEXTS, Filter, Query, Term, inside


class Condition(NamedTuple):
    """An SQL condition, and its parameters; '1' holds of every row."""

    sql: str
    parameters: dict[str, str]


# Field -> (the condition that one of the values holds, the condition that nothing is stated); {} is the list of values.
_FIELD = {
    "outlet": ("articles.outlet_id in (select id from outlets where name in ({}))", "articles.outlet_id is null"),
    "author": (
        "articles.id in (select article_id from bylines where author_id in "
        "(select id from authors where name in ({})))",
        "articles.id not in (select article_id from bylines)",
    ),
    "tag": (
        "articles.id in (select article_id from tags where (scheme, value) in (values {}))",
        "articles.id not in (select article_id from tags)",
    ),
    "lang": ("articles.language in ({})", "articles.language is null"),
    **{
        field: (
            "articles.id in (select rowid from articles_fts where articles_fts match {})",
            f"articles.{field} is null",
        )
        for field in TEXTS
    },
}


def articles(query: Query) -> Condition:
    """What an article has to be: the filters and the range of time of a query."""
    bound = _Bound()
    conditions = []
    for excluded in (False, True):
        for field in dict.fromkeys(each.field for each in query.filters):
            chosen = [each for each in query.filters if (each.field, each.excluded) == (field, excluded)]
            if chosen:
                either = _either(field, chosen, bound)
                conditions.append(f"not coalesce(({either}), 0)" if excluded else f"({either})")
    if query.since:
        conditions.append(f"articles.published >= {bound.add('since', query.since)}")
    if query.until:
        until = bound.add("until", query.until)
        conditions.append(f"articles.published < {until} || '~'")
        if len(query.until) > len("2023-03"):  # an article of which only the month is stated may be of a later day
            conditions.append(f"articles.published <> substr({until}, 1, 7)")
    return Condition(" and ".join(conditions) or "1", bound.parameters)


def paragraphs(query: Query) -> Condition:
    """What a paragraph has to be: the words of a query; what its article has to be, `articles` says."""
    words, negated = (full_text(query), False) if query.groups else (_any(query.excluded), True)
    if not words:
        return Condition("1", {})
    found = "(select rowid from paragraphs_fts where paragraphs_fts match :words)"
    return Condition(f"paragraphs.id {'not ' if negated else ''}in {found}", {"words": words})


def full_text(query: Query) -> str | None:
    """The expression for `paragraphs_fts match`, None where the query wants no word.

    >>> from corpus_db.reading.query import parse
    >>> full_text(parse('climat* OR "carbon tax" -flood'))
    '("climat"* OR "carbon tax") NOT "flood"'
    """
    if not query.groups:
        return None
    wanted = " AND ".join(_any(group) for group in query.groups)
    if not query.excluded:
        return wanted
    return f"({wanted}) NOT {_any(query.excluded)}" if len(query.groups) > 1 else f"{wanted} NOT {_any(query.excluded)}"


def in_field(field: str, values: Iterable[str]) -> str:
    """The expression for `articles_fts match`: a headline or standfirst that has one of some values of its filter.

    >>> in_field("headline", ["dam", '(climat* -"carbon tax")'])
    'headline : ("dam" OR ("climat"* NOT "carbon tax"))'
    """
    parts = []
    for value in values:
        query = inside(value)
        parts.append(f"({full_text(query)})" if query else _string(value))
    return f"{field} : ({' OR '.join(parts)})"


def expression(term: Term) -> str:
    """A term for FTS5. Text in double quotes has no operators; the tokenizer leaves its punctuation out."""
    if term.near is not None:
        return f"NEAR({' '.join(map(_string, term.text.split()))}, {term.near})"
    return f"{_string(term.text)}{'*' if term.prefix else ''}"


def _string(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def _any(terms: Iterable[Term]) -> str:
    found = [expression(term) for term in terms]
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})" if found else ""


class _Bound:
    """Names the values that a condition binds: `:outlet`, then `:outlet2`."""

    def __init__(self) -> None:
        self.parameters: dict[str, str] = {}

    def add(self, name: str, value: str) -> str:
        number = 1 + sum(each.rstrip("0123456789") == name for each in self.parameters)
        place = f"{name}{number if number > 1 else ''}"
        self.parameters[place] = value
        return f":{place}"


def _either(field: str, chosen: list[Filter], bound: _Bound) -> str:
    """The condition that one of several values of a field holds."""
    stated = [each.value for each in chosen if each.value]
    if field == "date":
        ranges = [
            f"articles.published >= {place} and articles.published < {place} || '~'"
            for place in (bound.add("date", value) for value in stated)
        ]
        return " or ".join(ranges + ["articles.published is null"] * (len(stated) < len(chosen)))
    holds, unstated = _FIELD[field]
    conditions = []
    if stated and field in TEXTS:
        conditions.append(holds.format(bound.add(field, in_field(field, stated))))
    elif stated and field == "tag":
        pairs = [each.partition(": ")[::2] for each in stated]
        places = [f"({bound.add('scheme', scheme)}, {bound.add('tag', value)})" for scheme, value in pairs]
        conditions.append(holds.format(", ".join(places)))
    elif stated:
        conditions.append(holds.format(", ".join(bound.add(field, value) for value in stated)))
    if len(stated) < len(chosen):
        conditions.append(unstated)
    return " or ".join(conditions)
