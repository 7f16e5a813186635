"""JSON-LD of a page -> what it states: the vocabulary of schema.org, alone, in lists, in `@graph`.

JSON that is broken is repaired as pages break it; where that does not help, its plain members are taken.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from corpus_db.entities import unescape

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Blog|Review|LiveBlogPosting|SocialMediaPosting|CreativeWork)\Z")
_WEB_PAGE = re.compile(r"(?:Web|Item|About|FAQ|Collection|Profile|Search\w*)Page\Z")
_ASIDE = frozenset(  # what hangs on an article and is another one
    ("itemlistelement", "haspart", "relatedlink", "comment", "review", "citation", "mentions", "video", "image",
     "subjectof", "isbasedon", "workexample", "breadcrumb", "potentialaction", "blogpost", "speakable")
)  # fmt: skip
_SITE = re.compile("WebSite|NewsMediaOrganization")
_COMMA = re.compile(r",(\s*[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_MEMBER = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|inLanguage|articleBody|name)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)
_MAX_JSON = 4_000_000
_MAX_DEPTH = 12


class Said(NamedTuple):
    """A value that a script states, and the value as it is written there."""

    key: str
    value: str
    written: str
    script: int  # its number


def read(scripts: list[str]) -> Iterator[Said]:
    """What the scripts of a page state: of the article that it is about, of the page, of the site."""
    named: dict[str, dict[str, Any]] = {}
    nodes: list[tuple[dict[str, Any], int]] = []
    for script, text in enumerate(scripts):
        for value in _values(text):
            for each in _objects(value, 0):
                nodes.append((each, script))
                if isinstance(mark := each.get("@id"), str) and len(each) > 1:
                    named.setdefault(mark, each)
    articles = [each for each in nodes if _is(each[0], _ARTICLE) and _says(each[0])]
    articles.sort(key=lambda each: (not _is_story(each[0]), "headline" not in each[0], "articleBody" not in each[0]))
    pages = [each for each in nodes if _is(each[0], _WEB_PAGE)]
    sites = [each for each in nodes if _is(each[0], _SITE)]
    authored = False
    for node, script in (*articles[:1], *pages[:1]):
        page = _is(node, _WEB_PAGE)
        for said in _said(_page(node, named, authored=authored) if page else _article(node, named), script):
            authored |= said.key == "author"
            yield said
    for node, script in sites[:1]:
        yield from _said([("outlet", node.get("name"))], script)


def _said(stated: Iterable[tuple[str, object]], script: int) -> Iterator[Said]:
    """The values that are text, without entities and markup; of several the first, of an object its name."""
    for key, value in stated:
        text = next((each for each in value if isinstance(each, str)), None) if isinstance(value, list) else value
        if isinstance(text, dict):
            text = text.get("@id") if key == "url" else text.get("name")
        if isinstance(text, str) and text.strip():
            plain = unescape(text).strip()
            yield Said(key, re.sub(r"<[^<>]*>", "", plain) if key != "article body" else plain, text, script)


def _article(node: dict[str, Any], named: dict[str, dict[str, Any]]) -> Iterator[tuple[str, object]]:
    yield from (("type", kind) for kind in _strings(node.get("@type")))
    yield "headline", node.get("headline") or node.get("name")
    yield "article body", node.get("articleBody") or node.get("text")
    yield from (("author", name) for name in _people(node.get("author") or node.get("creator"), named))
    publisher = node.get("publisher") or node.get("sourceOrganization") or node.get("provider")
    yield from (("outlet", name) for name in _people(publisher, named))
    yield from (("section", each) for each in _strings(node.get("articleSection")))
    yield from (("topic", each) for each in _strings(node.get("keywords")))
    yield "published", node.get("datePublished") or node.get("dateCreated")
    yield from _either(node)


def _page(node: dict[str, Any], named: dict[str, dict[str, Any]], *, authored: bool) -> Iterator[tuple[str, object]]:
    """`authored` is whether the article on the page states its authors."""
    yield from (("type", kind) for kind in _strings(node.get("@type")))
    if "author" in node and not authored:
        yield from (("author", name) for name in _people(node["author"], named))
    yield "published", node.get("datePublished")
    yield from _either(node)


def _either(node: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """What articles and pages state alike."""
    yield "updated", node.get("dateModified")
    yield "description", node.get("description")
    yield "language", next(iter(_strings(node.get("inLanguage"))), None)
    main = node.get("mainEntityOfPage")
    yield "url", node.get("url") or (main.get("@id") if isinstance(main, dict) else main)
    if str(node.get("isAccessibleForFree")).lower() == "false":
        yield "access", "not free"


def _values(text: str) -> list[Any]:
    """The JSON values of a script, repaired where they are broken as pages break them; else their plain members."""
    text = text.strip()
    if len(text) > _MAX_JSON or not text:
        return []
    text = text.removeprefix("<!--").removeprefix("//<![CDATA[").removeprefix("<![CDATA[").strip()
    text = text.removesuffix("-->").removesuffix("]]>").removesuffix("//").strip().rstrip(";")
    for repair in (
        lambda it: it,
        lambda it: _COMMA.sub(r"\1", _BAD_ESCAPE.sub(r"\\\\", _CONTROL.sub(" ", it))),
        lambda it: _COMMA.sub(r"\1", unescape(it)),
    ):
        found, rest, decoder = [], repair(text), json.JSONDecoder(strict=False)
        try:
            while rest:
                value, end = decoder.raw_decode(rest)
                found.append(value)
                rest = rest[end:].lstrip(" \t\r\n,;")
        except (ValueError, RecursionError):
            continue
        return found
    members: dict[str, str] = {}
    for key, value in _MEMBER.findall(text):
        if key != "name":
            members.setdefault(key, value.replace('\\"', '"').replace("\\/", "/"))
    author = re.search(r'"author"\s*:\s*[\[{\s]*(?:"@type"\s*:\s*"Person"\s*,\s*)?"name"\s*:\s*"([^"\\]{2,80})"', text)
    extra = {"author": author[1]} if author else {}
    return [{"@type": "Article", **members, **extra}] if "headline" in members or "datePublished" in members else []


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """The objects of a JSON value, the outer before the inner, without what only hangs on an article."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value[:200]:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, each in value.items():
            if isinstance(each, dict | list) and key.lower() not in _ASIDE:
                yield from _objects(each, depth + 1)


def _is(node: dict[str, Any], kind: re.Pattern[str]) -> bool:
    return any(kind.search(each) for each in _strings(node.get("@type")))


def _is_story(node: dict[str, Any]) -> bool:
    return any(each.endswith(("Article", "BlogPosting")) for each in _strings(node.get("@type")))


def _says(node: dict[str, Any]) -> bool:
    return any(key in node for key in ("headline", "datePublished", "articleBody", "author"))


def _strings(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    if isinstance(value, dict):
        value = value.get("name")
    return [unescape(value).strip()] if isinstance(value, str) and value.strip() else []


def _people(value: object, named: dict[str, dict[str, Any]], depth: int = 0) -> list[str]:
    """The names of people or organisations, which can be text, objects, lists, or references to other objects."""
    if depth > 4:
        return []
    if isinstance(value, list):
        return [name for each in value for name in _people(each, named, depth + 1)]
    if isinstance(value, dict):
        if "name" not in value and isinstance(mark := value.get("@id"), str) and mark in named:
            return _people(named[mark], {}, depth + 1)
        return _people(value.get("name"), {}, depth + 1)
    return [value] if isinstance(value, str) and value.strip() else []
