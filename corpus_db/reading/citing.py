"""Articles -> records for reference managers: BibTeX, RIS, CSL-JSON. From what is stated, and nothing else.

No author, no author field; no date, no date field; the day on which somebody looked at a page is not in a corpus. What
identifies the copy that was read, the article's key and the SHA-256 of its raw file, goes into the note.
"""

import json
import re
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from corpus_db.reading import person
from corpus_db.reading.moment import MONTHS, moment


class Cited(NamedTuple):
    """What can be cited of an article; None is 'not stated'. `kind` is that of the outlet, `sha256` of the raw file."""

    key: str
    headline: str | None
    authors: tuple[str, ...]
    outlet: str | None
    kind: str | None
    published: str | None
    url: str | None
    language: str | None
    sha256: str


# `cross join`: SQLite cannot know that few are wanted, and would go through all.
_CITED = """
select articles.id, articles.key, headline, outlets.name, outlets.kind, published, url, language, sha256
from json_each(?) as wanted
cross join articles on articles.key = wanted.value
join raw_files on raw_files.id = articles.raw_file_id
left join outlets on outlets.id = articles.outlet_id
order by wanted.key
"""
_AUTHORS = """
select bylines.article_id, authors.name
from json_each(?) as wanted
cross join bylines on bylines.article_id = wanted.value
join authors on authors.id = bylines.author_id
order by bylines.article_id, bylines.position
"""


def cited(connection: sqlite3.Connection, keys: Iterable[str]) -> tuple[Cited, ...]:
    """The articles with these keys, in the order of the keys; a key of no article is left out."""
    rows = connection.execute(_CITED, [json.dumps(list(keys))]).fetchall()
    authors: dict[int, list[str]] = {}
    for article_id, name in connection.execute(_AUTHORS, [json.dumps([row[0] for row in rows])]):
        authors.setdefault(article_id, []).append(name)
    return tuple(
        Cited(key, headline, tuple(authors.get(article_id, ())), outlet, kind, published, url, language, sha256)
        for article_id, key, headline, outlet, kind, published, url, language, sha256 in rows
    )


def address(article: Cited) -> str | None:
    """The address that leads to an article, if it is one of the web."""
    url = "".join((article.url or "").split())
    return url if url.startswith(("https://", "http://")) else None


def note(article: Cited) -> str:
    """What identifies the copy that was read."""
    return f"Article {article.key} of a news corpus; SHA-256 of its raw file: {article.sha256}"


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class _Type(NamedTuple):
    """What reference managers call an article of a kind of outlet."""

    csl: str
    ris: str
    bibtex: str


# Of an outlet whose kind is not known: the type that fits news best. Of no outlet: a page, or just a document.
_NEWS = _Type("article-newspaper", "NEWS", "article")
_PAGE, _DOCUMENT = _Type("webpage", "ELEC", "misc"), _Type("document", "GEN", "misc")
_TYPES = {
    "newspaper": _NEWS,
    "agency": _NEWS,
    "magazine": _Type("article-magazine", "MGZN", "article"),
    "journal": _Type("article-journal", "JOUR", "article"),
    "website": _PAGE,
    "television": _PAGE,
    "radio": _PAGE,
    "organization": _PAGE,
}


def _type(article: Cited) -> _Type:
    if article.outlet is None:
        return _PAGE if address(article) else _DOCUMENT
    return _TYPES.get(article.kind or "", _NEWS)


def bibtex(articles: Iterable[Cited]) -> str:
    """BibTeX entries, in UTF-8, for BibTeX and biblatex alike; the citation key is 'corpus-' and the article's key."""
    return "\n".join(map(_entry, articles))


def _entry(article: Cited) -> str:
    kind, url = _type(article), address(article)
    fields: list[tuple[str, str]] = []
    if article.authors:
        fields.append(("author", f"{{{' and '.join(_bibtex_name(person.split(name)) for name in article.authors)}}}"))
    if article.headline:
        fields.append(("title", f"{{{{{_bibtex_text(article.headline)}}}}}"))  # doubled: capitals stay as printed
    if article.outlet:
        fields.append(
            ("journal" if kind.bibtex == "article" else "howpublished", f"{{{_bibtex_text(article.outlet)}}}")
        )
    if article.published:
        when = moment(article.published)
        fields += [("year", f"{{{when.year}}}"), ("month", MONTHS[when.month - 1][:3].lower())]
        fields.append(("date", f"{{{article.published[:10]}}}"))
    if article.language:
        fields.append(("language", f"{{{article.language}}}"))
    if url:
        fields.append(("url", f"{{{_bibtex_address(url)}}}"))
    fields.append(("note", f"{{{_bibtex_text(note(article))}}}"))
    lines = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@{kind.bibtex}{{corpus-{article.key},\n{lines}}}\n"


# Braces as commands: BibTeX counts them even behind a backslash.
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{char: f"\\{char}" for char in "$&#_%"},
}  # fmt: skip
_TEX_SPECIAL = re.compile(r"[\\{}~^$&#_%]")


def _bibtex_text(text: str) -> str:
    return _TEX_SPECIAL.sub(lambda char: _TEX[char[0]], one_line(text))


def _bibtex_name(name: person.Name) -> str:
    """'von der Leyen, Ursula', 'Ray, Jr., Bo', '{Reuters}': braces keep a desk from being taken apart."""
    if name.literal:
        return f"{{{_bibtex_text(name.literal)}}}"
    return ", ".join(_bibtex_text(part) for part in (name.family, name.suffix, name.given) if part)


def _bibtex_address(url: str) -> str:
    """An address is taken literally, only braces and backslashes would break the entry."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def ris(articles: Iterable[Cited]) -> str:
    """RIS records: a line a field, lines end with CR and LF."""
    return "".join(f"{tag}  - {one_line(value)}\r\n" for article in articles for tag, value in _ris_fields(article))


def _ris_fields(article: Cited) -> list[tuple[str, str]]:
    found = [("TY", _type(article).ris), ("ID", article.key)]
    found += [("AU", _ris_name(person.split(name))) for name in article.authors]
    if article.headline:
        found.append(("TI", article.headline))
    if article.outlet:
        found.append(("T2", article.outlet))
    if article.published:
        when = moment(article.published)
        day = f"{when.day:02}" if when.day else ""
        found += [("PY", str(when.year)), ("DA", f"{when.year}/{when.month:02}/{day}")]
    if article.language:
        found.append(("LA", article.language))
    if url := address(article):
        found.append(("UR", url))
    return [*found, ("N1", note(article)), ("ER", "")]


def _ris_name(name: person.Name) -> str:
    """'Lee, Ann', 'Ray, Bo, Jr.', 'Reuters'. An asterisk is not allowed in names."""
    parts = (name.literal,) if name.literal else (name.family, name.given, name.suffix)
    return ", ".join(part for part in parts if part).replace("*", "")


def csl_json(articles: Iterable[Cited]) -> str:
    """CSL-JSON: an array of items, as citation processors read them."""
    return json.dumps([_item(article) for article in articles], ensure_ascii=False, indent=2) + "\n"


def _item(article: Cited) -> dict[str, Any]:
    when = moment(article.published) if article.published else None
    found = {
        "id": article.key,
        "type": _type(article).csl,
        "title": article.headline and one_line(article.headline),
        "author": [_csl_name(person.split(name)) for name in article.authors],
        "container-title": article.outlet,
        "issued": {"date-parts": [[part for part in when[:3] if part]]} if when else None,
        "language": article.language,
        "URL": address(article),
        "note": note(article),
    }
    return {name: value for name, value in found.items() if value}


def _csl_name(name: person.Name) -> dict[str, str]:
    """Particles stay with the family name: whether one drops in an index is not stated; processors know the rules."""
    return {part: value for part, value in name._asdict().items() if value}


def one_line(text: str) -> str:
    """A text on one line, without control characters."""
    return " ".join(_CONTROLS.sub(" ", text).split())
