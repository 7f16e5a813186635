"""Articles -> references as they are printed: APA (7th edition) and Chicago (17th edition, author-date).

Plain text: what the styles print in italics is not marked. A headline stays in the capitals it was printed in.
"""

import re
from collections.abc import Callable

from corpus_db.reading import person
from corpus_db.reading.citing import Cited, address, one_line
from corpus_db.reading.moment import moment

_APA_ALL, _APA_FIRST = 20, 19  # up to 20 authors are named, of more the first 19 and the last (APA 7, 9.8)
_CHICAGO_ALL, _CHICAGO_FIRST = 10, 7  # up to 10 authors are named, of more the first 7 (Chicago 17, 15.9)
_UNTITLED = "[Article without headline]"
_QUOTED = re.compile(r'"([^"]*)"')


def apa(article: Cited) -> str:
    """'Lee, A., & Ray, B. (2024, April 18). Court strikes down the act. The Valley Gazette. https://…'."""
    authors = _joined([_apa_name(person.split(name)) for name in article.authors], _apa_list)
    headline = one_line(article.headline) if article.headline else _UNTITLED
    outlet = article.outlet if article.outlet and article.outlet not in article.authors else None
    opening = [authors, f"({_apa_date(article)})", headline] if authors else [headline, f"({_apa_date(article)})"]
    return " ".join([*(_stopped(part) for part in (*opening, outlet) if part), *filter(None, [address(article)])])


def _apa_name(name: person.Name) -> str:
    if name.family is None:
        return name.literal or ""
    return ", ".join(part for part in (name.family, person.initials(name.given or ""), name.suffix) if part)


def _apa_list(people: list[str]) -> str:
    if len(people) > _APA_ALL:
        return f"{', '.join(people[:_APA_FIRST])}, . . . {people[-1]}"
    return f"{', '.join(people[:-1])}, & {people[-1]}"


def _apa_date(article: Cited) -> str:
    if article.published is None:
        return "n.d."
    when = moment(article.published)
    return f"{when.year}, {when.month_name}" + (f" {when.day}" if when.day else "")


def chicago(article: Cited) -> str:
    """'Lee, Ann, and Bo Ray. 2024. “Court strikes down the act.” The Valley Gazette, April 18, 2024. https://….'."""
    people = [person.split(name) for name in article.authors]
    written = [_inverted(name) if at == 0 else _straight(name) for at, name in enumerate(people)]
    authors = _joined(written, _chicago_list)
    year = str(moment(article.published).year) if article.published else "n.d."
    headline = f"“{_stopped(_inner_quotes(one_line(article.headline)))}”" if article.headline else f"{_UNTITLED}."
    opening = [_stopped(authors), _stopped(year), headline] if authors else [headline, _stopped(year)]
    place = ", ".join(part for part in (article.outlet, _chicago_date(article)) if part)
    return " ".join([*opening, *(_stopped(part) for part in (place, address(article)) if part)])


def _inverted(name: person.Name) -> str:
    return name.literal or ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _straight(name: person.Name) -> str:
    return name.literal or " ".join(part for part in (name.given, name.family, name.suffix) if part)


def _chicago_list(people: list[str]) -> str:
    if len(people) > _CHICAGO_ALL:
        return f"{', '.join(people[:_CHICAGO_FIRST])}, et al."
    return f"{', '.join(people[:-1])}, and {people[-1]}"


def _chicago_date(article: Cited) -> str:
    if article.published is None:
        return ""
    when = moment(article.published)
    return f"{when.month_name} {when.day}, {when.year}" if when.day else f"{when.month_name} {when.year}"


def _joined(people: list[str], write: Callable[[list[str]], str]) -> str:
    """No name, one, or what `write` makes of several."""
    return write(people) if len(people) > 1 else "".join(people)


def _stopped(text: str) -> str:
    """A part of a reference with its full stop, unless it ends with a mark."""
    return text if text.endswith((".", "?", "!", "…", ".”", ".’")) else f"{text}."


def _inner_quotes(headline: str) -> str:
    """Quotations within quotation marks get single ones."""
    return _QUOTED.sub(r"‘\1’", headline).replace("“", "‘").replace("”", "’")
