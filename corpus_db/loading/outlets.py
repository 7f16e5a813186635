"""Printed names and domains -> outlets, through our own table `outlets.csv`.

A row of the table is an outlet: its main domain, its name, the other names and domains it goes by (separated by '|'),
the country (ISO 3166-1 alpha-2) and the kind. Names, domains, countries and kinds are facts taken from public lists
of news media (Media Bias/Fact Check as published by drmikecrowe/mbfcext, MIT, and idiap, Apache-2.0; the publishers
that flairNLP/fundus supports, MIT) and from the outlets' own pages; no rating is. An outlet that the table does not
have is one all the same: it has the name that the file prints, and no country.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus_db.loading import tables
from corpus_db.records import Outlet

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
# A domain in running text: 'www.example.org', 'editor@example.org', 'https://example.org/a'.
_DOMAIN = re.compile(r"(?:https?://|www\.|@)((?:[a-z0-9-]+\.)+[a-z]{2,24})\b", re.I)
# The same, and as a name: 'on example.org'. The first group is empty there.
_PRINTED = re.compile(r"(https?://|www\.|@|(?<![\w@./-]))((?:[a-z0-9-]+\.)+[a-z]{2,24})\b", re.I)
_ARTICLE = re.compile(r"(?:the|die|der|das|le|la|el|il) ", re.I)
# 'A headline | The Outlet', 'A headline - The Outlet'
_SUFFIX = re.compile(r"(?<!\s)\s+[|–—·-]\s+([^|–—·]{2,50})\Z")
_SUFFIX_CHARS = 80  # at the end of a text, where that can stand if no white space in it is wider than one blank
_WIDE = re.compile(r"\s\s")
_NO_SIGN = re.compile(r"[^a-z0-9]+")
_SUBDOMAINS = re.compile(r"^(?:www\d?|m|mobile|amp|edition|en|english|news|beta|web)\.(?=[^.]+\.[^.]+)")

# Words that newspapers, broadcasters and agencies are named by.
_NEWSY = re.compile(
    r"""\b(?:times|post|news|herald|tribune|journal|gazette|daily|press|research|review|magazine|network|radio|television|tv
      |online|chronicle|observer|guardian|telegraph|mirror|standard|star|sun|globe|mail|courier|dispatch|register|record
      |bulletin|report|ledger|zeitung|kurier|nachrichten|blatt|rundschau|anzeiger|tageblatt|presse|gazeta|diario|periódico|jornal|folha
      |corriere|giornale|gazzetta|krant|dagblad|avis|tidning|вестник|газета|правда|ведомости|новости|agency|agentur|agence|agencia)\b""",
    re.I | re.X,
)
_NEWSPAPER = re.compile(
    r"""[\w&'’-]+(?:\ [\w&'’-]+)*\ (?:(?:times|post|herald|tribune|journal|gazette|chronicle|observer|telegraph|mirror
      |star|sun|globe|courier|dispatch|ledger|bulletin|examiner|inquirer|sentinel|echo|magazine)
      |\w*(?:post|zeitung|blatt|blad|bladet|bote|bode|anzeiger|kurier|nachrichten|rundschau|courant|avis|posten|tidende
      |tidning|uutiset|sanomat|lehti))""",
    re.I | re.X,
)
_SPELT = 4  # letters of a domain that can spell a name
_SECOND_LEVEL = re.compile(r"(?:com?|org|net|gov|edu|ac)\.[a-z]{2}")


class Domain(NamedTuple):
    """Where a text has a domain of an outlet of our table, and whether in a web or mail address."""

    outlet: Outlet
    start: int
    stop: int
    addressed: bool


class _Table(NamedTuple):
    by_domain: dict[str, Outlet]
    by_name: dict[str, Outlet | None]  # None where several outlets share the name
    firsts: frozenset[str]  # first words of all names, folded


def suffix(text: str) -> re.Match[str] | None:
    """What stands behind a headline in the title of a page: an outlet, perhaps, in the first group.

    >>> suffix("Council votes | The Orlo Notes")[1]
    'The Orlo Notes'
    """
    return _SUFFIX.search(text, 0 if _WIDE.search(text) else max(0, len(text) - _SUFFIX_CHARS))


@lru_cache(1 << 16)
def fold(name: str) -> str:
    """What all ways to print a name have in common: letters and digits, without case, accents and a leading 'The'."""
    if name.isascii():
        return _NO_SIGN.sub("", name.lower().strip().removeprefix("the "))
    text = unicodedata.normalize("NFKD", name).casefold().strip()
    return "".join(char for char in text.removeprefix("the ") if char.isalnum())


@cache
def _table() -> _Table:
    by_domain: dict[str, Outlet] = {}
    by_name: dict[str, Outlet | None] = {}
    firsts: set[str] = {"the"}
    for row in tables.rows("outlets.csv"):
        domain = row["domain"]
        outlet = Outlet(domain, row["name"], domain, row["country"] or None, row["kind"] or None, known=True)
        by_domain[domain] = outlet
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            if _HOST.fullmatch(alias):
                by_domain[alias] = outlet
            key = fold(alias)
            firsts.add(fold(alias.removeprefix("The ").split(" ", 1)[0]))
            by_name[key] = outlet if by_name.get(key, outlet) is outlet else None
    return _Table(by_domain, by_name, frozenset(firsts))


def match(printed: str) -> Outlet | None:
    """The outlet of our table that prints its name so; None where there is none, or more than one.

    >>> match("THE NEW YORK TIMES").domain
    'nytimes.com'
    """
    key = fold(printed)
    return _table().by_name.get(key) if len(key) > 1 else None


def keyed(key: str) -> Outlet | None:
    """The outlet of our table with this key, which is its main domain."""
    found = _table().by_domain.get(key)
    return found if found and found.key == key else None


def sounds_so(printed: str) -> bool:
    """Whether a name has a word that newspapers, broadcasters and agencies are named by.

    >>> sounds_so("The Orlo Gazette"), sounds_so("The Orlo Council")
    (True, False)
    """
    return _NEWSY.search(printed) is not None


def is_newspaper(name: str) -> bool:
    """Whether a name of several words ends as newspapers' names do, also as the end of a longer word.

    >>> is_newspaper("Orlo Ledger"), is_newspaper("Die Handelspost"), is_newspaper("Orlo, Post")
    (True, True, False)
    """
    return _NEWSPAPER.fullmatch(name) is not None


def may_begin(word: str) -> bool:
    """Whether the name of an outlet of our table begins with a word."""
    return (fold(word) or "the") in _table().firsts


def knows(printed: str) -> bool:
    """Whether some outlet of our table prints its name so, even if several do."""
    key = fold(printed)
    return len(key) > 1 and key in _table().by_name


def host(url: str) -> str | None:
    """The host of a web address in lower case, or None.

    >>> host("https://www.example.org:80/a?b")
    'www.example.org'
    """
    try:
        name = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return name if name and _HOST.fullmatch(name) else None


def of_domain(name: str) -> Outlet | None:
    """The outlet of a host, whichever of its hosts it is; an outlet named like the domain where the table has none.

    >>> of_domain("www.news.com.au").name, of_domain("news.com.au").name, of_domain("news.orlo.example").name
    ('News.com.au', 'News.com.au', 'orlo.example')
    """
    domain = _bare(name)
    table = _table().by_domain
    labels = domain.split(".")
    for start in range(len(labels) - 1):
        if found := table.get(".".join(labels[start:])):
            return found
    return Outlet(domain, domain, domain) if _HOST.fullmatch(domain) else None


def named(printed: str, domains: tuple[str, ...] = ()) -> Outlet:
    """The outlet that a file names, known or not; one of `domains` is its own where it spells the name.

    >>> named("The Valley Gazette", ("valleygazette.example", "other.example")).domain
    'valleygazette.example'
    """
    if outlet := match(printed):
        return outlet
    key = fold(printed)
    for domain in domains:
        found = of_domain(domain)
        if found and found.known and fold(found.name) == key:
            return found
    own = next((domain for domain in map(_bare, domains) if _spells(domain, key)), None)
    return Outlet(key, printed, own)


def namesake(printed: str, hosts: tuple[str, ...]) -> Outlet | None:
    """The outlet of a host that our table does not have, where the host is its name, whoever else is named so.

    None where one of the hosts is that of an outlet that the table has under this name.

    >>> namesake("The Citizen", ("www.thecitizen.example",)).domain, namesake("The Citizen", ("host.example",))
    ('thecitizen.example', None)
    """
    known, key = match(printed), fold(printed)
    owners = [(host, of_domain(host)) for host in map(_bare, hosts)]
    if any(owner == known for _, owner in owners if owner):
        return None
    of_name = (host for host, owner in owners if owner and not owner.known and _label(host) == key)
    host = next(of_name, None) if len(key) >= _SPELT else None
    return Outlet(key, printed, host) if host else None


def _bare(domain: str) -> str:
    """A domain without what it has before its outlet's: 'news.com.au' is one as it stands."""
    bare = _SUBDOMAINS.sub("", domain.lower())
    return domain.lower() if _SECOND_LEVEL.fullmatch(bare) else bare


def _label(domain: str) -> str:
    """What a domain has of a name: all but its last part, without 'the'."""
    return re.sub(r"[^a-z0-9]", "", domain.rsplit(".", 1)[0].removeprefix("the"))


def _spells(domain: str, key: str) -> bool:
    label = _label(domain)
    return len(label) >= _SPELT and (label.startswith(key) or (len(label) > 5 and key.startswith(label)))


def lacks_article(printed: str, name: str) -> bool:
    """Whether the article of a name is left out where it is printed, by which it may be another word.

    >>> lacks_article("Sun", "The Sun"), lacks_article("THE SUN", "The Sun"), lacks_article("T-Online.de", "T-Online")
    (True, False, False)
    """
    return _ARTICLE.match(name) is not None and not _ARTICLE.match(printed)


def known_domains(text: str) -> Iterator[Domain]:
    """The domains of outlets of our table that a text has, in order."""
    for match in _PRINTED.finditer(text) if "." in text else ():
        outlet = of_domain(match[2])
        if outlet and outlet.known:
            yield Domain(outlet, *match.span(2), addressed=match[1] != "")


def domains(text: str) -> list[str]:
    """The domains that a text names in web and mail addresses, in order, each once."""
    return list(dict.fromkeys(found.lower() for found in _DOMAIN.findall(text)))
