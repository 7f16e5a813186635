"""What a web page states about itself -> Stated values, each with the vocabulary that states it.

JSON-LD (schema.org articles, alone, in lists, in `@graph`, also where the JSON is broken), Open Graph, Twitter cards,
Dublin Core, citation and Parse.ly tags, plain `meta` names, microdata, `<time>`, the canonical link, `lang`,
`<title>`; and the comment that SingleFile and browsers write above a page they save.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from corpus_db.entities import unescape
from corpus_db.loading.formats import jsonld
from corpus_db.records import Stated

TAGS = frozenset(("html", "link", "meta", "script", "time", "title"))  # elements that `stated` looks at

# name or property of a meta element, in lower case -> what it states, in which vocabulary
_META = {
    name: (key, source)
    for source, keys in {
        "open graph": """headline=og:title outlet=og:site_name url=og:url language=og:locale type=og:type
            description=og:description published=article:published_time,og:article:published_time,og:published_time
            updated=article:modified_time,og:updated_time,og:article:modified_time
            author=article:author,og:article:author,article:author:name,og:author
            section=article:section,og:article:section topic=article:tag,og:article:tag""",
        "twitter": "headline=twitter:title description=twitter:description",
        "dublin core": """headline=dc.title,dcterms.title,dc:title author=dc.creator,dcterms.creator,dc:creator
            published=dc.date,dc.date.issued,dcterms.date,dcterms.created,dcterms.issued,dc.date.created,dc:date
            updated=dcterms.modified,dc.date.modified outlet=dc.publisher,dcterms.publisher,dc:publisher
            language=dc.language,dcterms.language topic=dc.subject""",
        "citation": """headline=citation_title author=citation_author outlet=citation_journal_title
            published=citation_publication_date,citation_date,citation_online_date""",
        "parsely": """headline=parsely-title author=parsely-author published=parsely-pub-date section=parsely-section
            topic=parsely-tags""",
        "meta": """headline=title,sailthru.title,hdl,headline
            author=author,authors,byl,byline,sailthru.author,cxenseparse:author,article.author,rbauthors,shareaholic:article_author_name,author_name
            published=date,published-date,w-published-date,pubdate,publishdate,publish-date,publication_date,publish_date,publication-date,published,published_time,date.created,datepublished,article.published,article.created,article_date_original,sailthru.date,cxenseparse:recs:publishtime,ptime,pdate,originalpublicationdate,published_date,displaydate,dateissued,date_published,article.publish_date
            updated=lastmod,last-modified,last_modified,article.updated,datemodified,utime,date_modified,revised
            topic=keywords,news_keywords,tags,sailthru.tags description=description
            section=section,category,article.section outlet=application-name,publisher,cre,copyright-holder
            language=language,content-language""",
    }.items()
    for key, names in (entry.split("=") for entry in keys.split())
    for name in names.split(",")
}
_ITEMPROPS = {
    "headline": "headline",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "updated",
    "author": "author",
    "articlesection": "section",
}
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|\burl:\s(https?://\S+)")
_BREAKS = re.compile(r"[\t\n\r]")
# 'name="value"', "name='value'", 'name=value': the value
_ATTRIBUTE = re.compile(r"""=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""")
_WHOLE_TAG = re.compile(r"""<(?:[^=>]|=\s*(?:"[^"]*"|'[^']*')|=)*+>""")


class _Place(NamedTuple):
    """Where a value was found: in which vocabulary, and the stretch of the source that it is written in."""

    source: str
    start: int
    stop: int


def stated(source: str, nodes: Iterable[Any]) -> tuple[Stated, ...]:
    """What the elements `nodes` of a page state, JSON-LD first, the vaguest last. `source` is the page."""
    return tuple(_Reader(source).read(nodes))


class _Reader:
    """Reads the elements in order, and finds each in the source behind the one before it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._found: dict[str, list[Stated]] = {}

    def read(self, nodes: Iterable[Any]) -> Iterator[Stated]:
        """All that is stated, by vocabulary."""
        data: list[tuple[str, int]] = []
        for node in nodes:
            match node.tag:
                case "meta":
                    self._meta(node.attributes)
                case "script":
                    kind = node.attributes.get("type") or ""
                    if "ld+json" in kind.lower():
                        text = node.text(deep=True)
                        start = self._source.find(text[:400], self._at) if text else -1
                        self._at = max(self._at, start)
                        data.append((text, max(0, start)))
                case "link":
                    if (node.attributes.get("rel") or "").lower() == "canonical":
                        # A browser leaves out what breaks an address over lines.
                        address = _BREAKS.sub("", node.attributes.get("href") or "")
                        self._add("url", address, "canonical link", "<link")
                case "html":
                    self._add(
                        "language", node.attributes.get("lang") or node.attributes.get("xml:lang"), "lang", "<html"
                    )
                case "title":
                    if "title" not in self._found:
                        self._add("headline", node.text(deep=True), "title", "<title")
                case _:
                    self._marked(node)
        self._data(data)
        if match := _SAVED.search(self._source, 0, 3_000):
            group = 1 if match[1] else 2
            self._put("url", match[group], _Place("saved page", match.start(group), match.end(group)))
        for vocabulary in (
            "json-ld", "open graph", "parsely", "dublin core", "citation", "microdata", "meta", "twitter",
            "canonical link",
            "saved page", "lang", "time", "title",
        ):  # fmt: skip
            yield from self._found.get(vocabulary, ())

    def _meta(self, attributes: dict[str, str | None]) -> None:
        value = attributes.get("content")
        if not value:
            return
        for name in ("property", "name", "itemprop", "http-equiv"):
            given = (attributes.get(name) or "").strip().lower()
            if name == "itemprop" and given in _ITEMPROPS:
                self._add(_ITEMPROPS[given], value, "microdata", "<meta")
            elif given in _META:
                self._add(*_META[given][:1], value, _META[given][1], "<meta")
            else:
                continue
            return

    def _marked(self, node: Any) -> None:
        """A `<time>`, or an element with a microdata property."""
        attributes = node.attributes
        key = _ITEMPROPS.get((attributes.get("itemprop") or "").strip().lower())
        moment = attributes.get("datetime") or attributes.get("content")
        if key in ("published", "updated"):
            self._add(key, moment, "microdata", "<")
        elif node.tag == "time" and moment:
            names = f"{attributes.get('class') or ''} {attributes.get('pubdate') or ''}".lower()
            which = "updated" if "updat" in names or "modif" in names else "published"
            self._add(which if "publish" in names or which == "updated" else "moment", moment, "time", "<time")
        elif key == "author" and moment is None and (named := node.css_first("[itemprop=name]")) is not None:
            name = named.attributes.get("content") or named.text(deep=True)
            self._add("author", name, "microdata", "<")

    def _add(self, key: str, value: str | None, vocabulary: str, tag: str) -> None:
        """A value that an element states; the element is looked for behind the last one that was found."""
        if not value or not value.strip():
            return
        value = value.strip()
        source, at = self._source, self._at
        if tag != "<time" and tag != "<":
            for _ in range(60):
                at = source.find(tag, at)
                if at < 0:
                    break
                end = _end(source, at, tag)
                if place := _written(source, value, at, end) or _attribute(source, value, at, end):
                    self._at = at
                    self._put(key, value, _Place(vocabulary, *place))
                    return
                at = end
        place = _written(source, value, self._at, len(source)) or _written(source, value, 0, len(source))
        self._put(key, value, _Place(vocabulary, *place) if place else _Place(vocabulary, 0, 0))

    def _put(self, key: str, value: str, place: _Place) -> None:
        """A value that stands at a place; a page that says a thing ten times says it once."""
        found = self._found.setdefault(place.source, [])
        given = Stated(key, value, place.source, *((place.start, place.stop) if place.stop else (None, None)))
        if len(found) < 200 and all((each.key, each.value) != (key, value) for each in found):
            found.append(given)

    def _data(self, scripts: list[tuple[str, int]]) -> None:
        """What the JSON-LD of a page states; scripts are given with their places."""
        for said in jsonld.read([text for text, _ in scripts]):
            text, start = scripts[said.script]
            stop = start + len(text)
            place = None if said.key == "article body" else _written(self._source, said.written, start, stop)
            self._put(said.key, said.value, _Place("json-ld", *(place or (0, 0))))


def _end(source: str, at: int, tag: str) -> int:
    """Where an element that opens at `at` ends: a title at its end tag, others with their tag, but not in a value."""
    if tag != "<title" and (match := _WHOLE_TAG.match(source, at)):
        return match.end() - 1
    end = source.find("</" if tag == "<title" else ">", at + 1)
    return len(source) if end < 0 else end


def _written(source: str, value: str, start: int, stop: int) -> tuple[int, int] | None:
    """Where a value is written between two places of the source: as it is, with entities, or as JSON writes it."""
    for form in dict.fromkeys(_forms(value)):
        at = source.find(form, start, stop)
        if at >= 0:
            return at, at + len(form)
    return None


def _attribute(source: str, value: str, start: int, stop: int) -> tuple[int, int] | None:
    """Where an attribute between two places has a value, with other entities or white space than any form of it."""
    letters = "".join(value.split())
    for match in _ATTRIBUTE.finditer(source, start, stop):
        written = unescape(match[match.lastgroup or 0]).replace("\0", "\ufffd")  # as a parser reads a NUL
        if "".join(written.split()) == letters:
            return match.span(match.lastgroup or 0)
    return None


def _forms(value: str) -> Iterator[str]:
    yield value
    yield escape(value, quote=False)
    yield escape(value).replace("&#x27;", "'")
    yield escape(value).replace("&#x27;", "&#039;")
    yield escape(value)
    for plain in (json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]):
        yield plain
        yield plain.replace("/", "\\/")
