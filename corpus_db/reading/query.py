"""What a person types -> a Query, and back. Nothing that is typed is an error: what is no operator is a word.

The operators are those that people know from search engines: `"a phrase"`, `-not`, `a OR b`, `prefix*`,
`"near these"~5`, and fields, `outlet:"The Gazette"`. All words have to stand in one paragraph; OR binds tighter than
the space between words. Behind the fields that are text themselves, words in parentheses mean what they mean
elsewhere: `headline:(climat* -protest)`.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from corpus_db.reading import words

_LONGEST = 2_000  # characters that are read of what is typed
_TOGETHER = 32  # words of a phrase: 400 times 'the' keeps the index busy for minutes
_QUOTES = str.maketrans("“”„‟«»＂", '"""""""')
_FIELDS = {
    "outlet": "outlet", "author": "author", "tag": "tag", "lang": "lang", "language": "lang", "headline": "headline",
    "standfirst": "standfirst", "date": "date", "published": "date", "undated": "date",
    "from": "from", "since": "from", "to": "to", "until": "to",
}  # fmt: skip
TEXTS = ("headline", "standfirst")  # fields whose values are words
FIELDS = ("outlet", "author", "tag", "lang", "date", *TEXTS)  # what a filter may be of
_PART = re.compile(
    rf"""
    (?P<minus>-)?
    (?:
        (?P<field>{"|".join(_FIELDS)}):(?:
            "(?P<named>(?:[^"\\]|\\.)*)(?:"|$)(?P<behind>(?:~\d{{1,3}}(?!\w))?\*?)
          | \((?P<all>(?:[^"()]|"[^"]*(?:"|$)|\([^"()]*\))*)(?:\)|$)
          | (?P<value>[^\s"()]*)
        )
      | "(?P<phrase>[^"]*)(?:"|$)(?:~(?P<near>\d{{1,3}})(?!\w))?(?P<star>\*)?
      | (?P<word>[^\s"()]+)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EDGES = ".,;:!?'’‘[]{}<>|/\\…–—-"  # around a word, but not of it
_SURELY_WORD = re.compile("[A-Za-z0-9]")  # without asking the index
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PLAIN = re.compile(r"[^\s\"():|\\*~-][^\s\"():|\\*]*")


class Term(NamedTuple):
    """Words that stand together: one, or several in this order."""

    text: str
    prefix: bool = False  # the last word may go on
    near: int | None = None  # the words stand in any order, with at most so many others between


class Filter(NamedTuple):
    """What an article has to be; the value '' means that the file does not state it."""

    field: str  # one of FIELDS; of 'date' a year, month or day in ISO 8601
    value: str  # words that stand together, or, in parentheses, as a query has them, if it is one of TEXTS
    excluded: bool = False


class Query(NamedTuple):
    """What is looked for. Filters of one field are alternatives; the rest has to hold together."""

    groups: tuple[tuple[Term, ...], ...] = ()  # of each, one term has to stand in the paragraph
    excluded: tuple[Term, ...] = ()  # none of them may stand there
    filters: tuple[Filter, ...] = ()
    since: str | None = None  # published in this year, month or on this day, or later
    until: str | None = None  # … or earlier

    def without(self, field: str) -> "Query":
        """The query without its filters of a field; 'date' takes the range along."""
        kept = tuple(each for each in self.filters if each.field != field or each.excluded)
        left = self._replace(filters=kept)
        return left._replace(since=None, until=None) if field == "date" else left

    def toggled(self, field: str, value: str) -> "Query":
        """The query with a filter more, or less where it has it."""
        wanted = Filter(field, value)
        kept = tuple(each for each in self.filters if each != wanted)
        return self._replace(filters=kept if len(kept) < len(self.filters) else (*kept, wanted))

    def within(self, step: "Query") -> "Query":
        """What finds those of its articles that are in a step: a year, a month, a range of years, an outlet, a word.

        All that the query says of time still holds. Of another field the step takes the place of its filters, for
        they are alternatives.
        """
        dates = tuple(each for each in step.filters if each.field == "date")
        others = tuple(each for each in step.filters if each not in dates)
        bare = self
        for each in others:
            bare = bare.without(each.field)
        found = bare._replace(
            groups=(*self.groups, *step.groups),
            filters=(*bare.filters, *others),
            since=max(filter(None, (self.since, step.since)), default=None),
            until=min(filter(None, (self.until, step.until)), default=None, key=_end),
        )
        return found._dated(dates[0].value) if dates else found

    def _dated(self, wanted: str) -> "Query":
        """The query with a year or a month that its own dates hold, or else with those of them that lie in it."""
        own = tuple(each for each in self.filters if each.field == "date" and not each.excluded)
        others = tuple(each for each in self.filters if each not in own)
        if not own or any(each.value and wanted.startswith(each.value) for each in own):
            return self._replace(filters=(*others, Filter("date", wanted)))
        if there := tuple(each for each in own if each.value.startswith(wanted)):
            return self._replace(filters=(*others, *there))
        return self.within(Query(since=wanted, until=wanted))  # nothing is both


def _end(value: str) -> str:
    """A year, month or day in the order of their last days: '2023-03-30', '2023-03', '2023'."""
    return f"{value}~"


def parse(text: str) -> Query:
    """The query that a text means. Never raises.

    >>> parse('dam OR "water works" -flood outlet:"The Gazette" from:2023-03')
    Query(groups=((Term(text='dam', prefix=False, near=None), Term(text='water works', prefix=False, near=None)),), \
excluded=(Term(text='flood', prefix=False, near=None),), \
filters=(Filter(field='outlet', value='The Gazette', excluded=False),), since='2023-03', until=None)
    """
    return _parse(_clean(text[:_LONGEST]))


def _parse(text: str) -> Query:
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    filters: list[Filter] = []
    bounds: dict[str, str] = {}
    either = negated = False
    for part in _PART.finditer(text):
        word = part["word"]
        if word in ("OR", "|", "||"):
            either = bool(groups)
        elif word == "NOT":
            negated = True
        elif word not in ("AND", "&&", "&"):
            minus = negated or bool(part["minus"])
            if not (part["field"] and _filter(part, filters, bounds, minus=minus)) and (term := _term(part)):
                if minus:
                    excluded.append(term)
                elif either:
                    groups[-1].append(term)
                else:
                    groups.append([term])
            either = negated = False
    return Query(
        tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups)),
        tuple(dict.fromkeys(excluded)),
        tuple(dict.fromkeys(filters)),
        bounds.get("from"),
        bounds.get("to"),
    )


def _clean(text: str) -> str:
    """What can be bound to a statement: no NUL, no lone surrogates; typographic quotes as typewritten ones."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", whole).replace("\0", " ").translate(_QUOTES)


def _filter(part: re.Match[str], filters: list[Filter], bounds: dict[str, str], *, minus: bool) -> bool:
    """Take what a part says of a field; False where it is none, such as a date that does not exist."""
    field = _FIELDS[part["field"].lower()]
    named = part["all"] if part["named"] is None else re.sub(r"\\(.)", r"\1", part["named"])
    value = " ".join((part["value"] if named is None else named).split())
    if part["field"].lower() == "undated":
        if value:
            return False
    elif not value and named is None:
        return False
    if field in ("from", "to"):
        if minus or not is_date(value):
            return False
        bounds[field] = value
        return True
    if field == "date" and value and not is_date(value):
        return False
    if field in TEXTS and (part["all"] is not None or has_words(value)):
        inner = _asked(part, value)
        if inner is None:
            return False
        filters.append(text_filter(field, inner, excluded=minus))
        return True
    if field in TEXTS:
        value = ""
    filters.append(Filter(field, value.lower() if field == "lang" else value, minus))
    return True


def _asked(part: re.Match[str], value: str) -> Query | None:
    """What a headline or standfirst shall have: a search in parentheses, a phrase or a word; None where it is more."""
    if part["all"] is not None:
        inner = _parse(value)
        return inner if inner != Query() and inner == words_of(inner) else None
    phrase = value.replace('"', " ")
    return _parse(f'"{phrase}"{part["behind"] or ""}')


def _term(part: re.Match[str]) -> Term | None:
    """The words of a part; None where it has none."""
    if part["phrase"] is not None:
        text, star = " ".join(part["phrase"].split()), bool(part["star"])
        near = int(part["near"]) if part["near"] else None
    else:
        text, star, near = part["word"] or part[0].removeprefix("-").replace('"', " "), False, None
        text = " ".join(text.split()).strip(_EDGES)
        text += "." * ("." in text and f"{text}." in part[0])  # 'U.S.'
    star |= text.endswith("*")
    text = text.rstrip("* ")
    if len(text) > _TOGETHER and len(places := words.spans(text)) > _TOGETHER:
        text, star = text[: places[_TOGETHER - 1][1]], False
    near = near if " " in text else None
    return Term(text, star and near is None, near) if has_words(text) else None


def words_of(query: Query) -> Query:
    """The words of a query, without its filters."""
    return Query(query.groups, query.excluded)


def text_filter(field: str, query: Query, *, excluded: bool = False) -> Filter:
    """The filter for articles whose headline or standfirst, one of TEXTS, has the words of a query that has some."""
    if not query.groups:
        return text_filter(field, Query((query.excluded,)), excluded=not excluded)
    match query.groups, query.excluded:
        case ((Term(text, prefix=False, near=None),),), ():
            return Filter(field, text.lstrip("( "), excluded)
    return Filter(field, f"({write(words_of(query))})", excluded)


def inside(value: str) -> Query | None:
    """The query that a value of one of TEXTS has in parentheses; None where it is words that stand together."""
    return _parse(value[1:-1]) if value.startswith("(") else None


def has_words(text: str) -> bool:
    """Whether the full-text index sees a word in it."""
    return bool(_SURELY_WORD.search(text) or words.words(text))


def is_date(value: str) -> bool:
    """Whether it is a year, a month or a day that exists, in ISO 8601."""
    match = _DAY.fullmatch(value)
    try:
        return bool(match and date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        return False


def quoted(value: str) -> str:
    """A value as it is written behind a field."""
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write(query: Query) -> str:
    """The text that means a query: `parse(write(query)) == query` for what `parse` gives."""
    parts = [" OR ".join(map(_written, group)) for group in query.groups]
    parts += [f"-{_written(term)}" for term in query.excluded]
    parts += [f"{name}:{value}" for name, value in (("from", query.since), ("to", query.until)) if value]
    parts += [written(each) for each in query.filters]
    return " ".join(parts)


def written(each: Filter) -> str:
    """A filter as it is typed."""
    value = each.value if each.field in TEXTS and each.value.startswith("(") else quoted(each.value)
    said = "undated:" if (each.field, each.value) == ("date", "") else f"{each.field}:{value}"
    return f"-{said}" if each.excluded else said


def _written(term: Term) -> str:
    if term.near is not None:
        return f'"{term.text}"~{term.near}'
    star = "*" * term.prefix
    bare = f"{term.text}{star}"
    plain = "(" not in bare and ")" not in bare  # which within parentheses would be one of theirs
    return bare if plain and parse(bare) == Query(groups=((term,),)) else f'"{term.text}"{star}'
