"""What the pages show as JSON for programs: search, article, outlets, trends. `site/shapes.py` has the shapes.

Thin over `reading/`, as the pages are. Answers have an ETag: who asks again gets a 304 while nothing has changed.
What is asked wrongly is an error, never a guess. There are no CORS headers: no other site's page may read it.
"""

import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from datasette import Response
from datasette.views.base import DatasetteError

from corpus_db.reading import article, outlets, query, search, trends
from corpus_db.reading.query import write, written
from corpus_db.reading.results import plain
from corpus_db.site import openapi
from corpus_db.site.answers import page
from corpus_db.site.asking import ask
from corpus_db.site.shapes import ENDPOINTS, VERSION, Endpoint, Parameter

_SIZE = "20"  # articles of a page by default
_SHOWN = 160  # characters of a text in an example

Answer = dict[str, Any]
_BY_NAME = {each.name: each for each in ENDPOINTS}


class _Wrong(Exception):  # noqa: N818 — no error of ours but an answer
    """A request that can't be answered, with the status that says why."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Asked(NamedTuple):
    """The arguments of a request, by name, in the order given."""

    values: dict[str, list[str]]

    def one(self, name: str) -> str | None:
        """The value, None where there is none."""
        return next(iter(self.values.get(name, ())), None)

    def check(self, parameter: Parameter) -> None:
        """Raises where a parameter is given too often or too seldom, or is not what it can be."""
        given, (least, most) = self.values.get(parameter.name, []), parameter.times
        if not least <= len(given) <= most:
            wanted = f"give it from once to {most} times" if most > 1 else "once is enough"
            raise _Wrong(f"{parameter.name} is given {len(given)} times: {wanted}")
        for each in given:
            if parameter.among and each not in parameter.among:
                raise _Wrong(f"{parameter.name}={each}: it must be {' or '.join(parameter.among)}")
            if parameter.most is not None and not (
                each.isascii() and each.isdigit() and 1 <= int(each[:9]) <= parameter.most
            ):
                raise _Wrong(f"{parameter.name}={each}: it must be a number from 1 to {parameter.most}")


def _search(connection: Any, asked: Asked) -> Answer:
    typed, sort, after = (asked.one(name) for name in ("q", "sort", "after"))
    size = int(asked.one("size") or _SIZE)
    found = search.search(connection, query.parse(typed or ""), sort=sort, after=after, size=size)
    if not found.known:
        raise _Wrong(f"after={after}: this search finds no article with that key: start again without it")
    return plain(found)


def _article(key: str, connection: Any, asked: Asked) -> Answer:  # noqa: ARG001 — as the others
    found = article.article(connection, key)
    if found is None:
        raise _Wrong(f"no article has the key {key}", 404)
    same = "key headline standfirst dateline outlet published language url syndicated_from".split()
    return {
        **{name: getattr(found, name) for name in same},
        "authors": list(found.authors),
        "words": found.word_count,
        "tags": [{"scheme": scheme, "value": value} for scheme, value in found.tags],
        "body": [{"role": each.role, "position": each.position, "text": each.text} for each in found.body],
        "facts": [
            {name: getattr(each, name) for name in ("field", "value", "printed", "source", "start", "stop")}
            for each in found.facts
        ],
        "furniture": [
            {name: getattr(each, name) for name in ("role", "text", "start", "stop")} for each in found.furniture
        ],
        "defects": [{"kind": kind, "detail": detail} for kind, detail in found.defects],
        "raw": {name: getattr(found, name) for name in ("path", "sha256", "format", "encoding")},
    }


def _outlets(connection: Any, asked: Asked) -> Answer:  # noqa: ARG001 — as the others
    found = outlets.outlets(connection, size=1_000_000)
    names = "key name domain country kind articles paragraphs words first last".split()
    return {
        "outlets": [{name: getattr(each, name) for name in names} for each in found.part.rows],
        "without_outlet": found.unstated,
    }


def _trends(connection: Any, asked: Asked) -> Answer:
    unit, step = asked.one("unit"), asked.one("step")
    queries = [query.parse(each) for each in asked.values["q"]]
    found = trends.trends(connection, queries, unit=unit or "articles", step=step)  # type: ignore[arg-type]  # checked
    return {
        "unit": found.unit,
        "step": found.step,
        "steps": list(found.steps),
        "whole": {"query": write(found.base), "counts": list(found.wholes), "undated": found.undated},
        "trends": [
            {
                "query": write(each.query),
                "unknown": [written(filtered) for filtered in each.unknown],
                "counts": list(each.counts),
                "undated": each.undated,
            }
            for each in found.trends
        ],
    }


async def _answered(
    datasette: Any, request: Any, endpoint: Endpoint, answer: Callable[[Any, Asked], Answer]
) -> Response:
    """The answer of an address as JSON, or the error that says what is wrong with the request."""
    try:
        asked = _asked(request, endpoint)
        found = await ask(datasette, lambda connection: answer(connection, asked))
    except _Wrong as wrong:
        return _json(request, {"error": str(wrong)}, wrong.status)
    except DatasetteError as error:  # it took too long
        return _json(request, {"error": str(error)}, error.status)
    return _json(request, found, 200)


def _asked(request: Any, endpoint: Endpoint) -> Asked:
    """The arguments of a request that reads, all of them parameters of the address. Raises where they are not."""
    if request.method not in ("GET", "HEAD"):
        raise _Wrong(f"{request.method} is not allowed: this address only reads", 405)
    asked = Asked({name: request.args.getlist(name) for name in request.args})
    known = [each.name for each in endpoint.parameters]
    if odd := next((name for name in asked.values if name not in known), None):
        raise _Wrong(f"{odd} is no parameter of {endpoint.path}: {', '.join(known) or 'it has none'}")
    for each in endpoint.parameters:
        asked.check(each)
    return asked


def _json(request: Any, found: Answer, status: int) -> Response:
    return _sent(request, {"api": VERSION, **found}, status)


def _sent(request: Any, found: Answer, status: int) -> Response:
    body = json.dumps(found, ensure_ascii=False)
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"cache-control": "no-cache", "etag": etag} if status == 200 else {"cache-control": "no-store"}
    if status == 405:
        headers["allow"] = "GET, HEAD"
    if status == 200 and etag in request.headers.get("if-none-match", ""):
        return Response("", status=304, headers=headers)
    return Response(body, status=status, headers=headers, content_type="application/json; charset=utf-8")


async def search_api(datasette: Any, request: Any) -> Response:
    """Articles that a search finds."""
    return await _answered(datasette, request, _BY_NAME["search"], _search)


async def article_api(datasette: Any, request: Any) -> Response:
    """An article."""
    return await _answered(datasette, request, _BY_NAME["article"], partial(_article, request.url_vars["key"]))


async def outlets_api(datasette: Any, request: Any) -> Response:
    """All outlets."""
    return await _answered(datasette, request, _BY_NAME["outlets"], _outlets)


async def trends_api(datasette: Any, request: Any) -> Response:
    """Searches over time."""
    return await _answered(datasette, request, _BY_NAME["trends"], _trends)


async def openapi_page(datasette: Any, request: Any) -> Response:
    """The addresses as OpenAPI describes them."""
    return _sent(request, openapi.describe(datasette.setting("base_url")), 200)


async def no_api(datasette: Any, request: Any) -> Response:  # noqa: ARG001 — as the others
    """What lies beside the addresses."""
    return _json(request, {"error": f"no such address: {', '.join(each.path for each in ENDPOINTS)}"}, 404)


async def api_page(datasette: Any, request: Any) -> Response:
    """The addresses, the shapes of their answers, and an answer of each from this corpus."""
    shown = await ask(datasette, _examples)
    return await page(datasette, request, "api.html", endpoints=ENDPOINTS, version=VERSION, **shown)


def _examples(connection: Any) -> Answer:
    """An answer of each address, shortened, and the key of the article that is shown."""
    newest = _search(connection, Asked({"size": ["1"]}))
    key = newest["articles"][0]["key"] if newest["articles"] else None
    answers = {
        "search": _search(connection, Asked({"q": ["said"], "size": ["2"]})),
        "article": _article(key, connection, Asked({})) if key else {},
        "outlets": _outlets(connection, Asked({})),
        "trends": _trends(connection, Asked({"q": ["war", "peace"], "step": ["year"]})),
    }
    written = {
        name: json.dumps(_short({"api": VERSION, **each}), ensure_ascii=False, indent=2)
        for name, each in answers.items()
    }
    return {"key": key, "answers": written}


def _short(value: Any) -> Any:
    """A value with two items of each list and the beginning of each text."""
    if isinstance(value, dict):
        return {name: _short(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_short(each) for each in value[:2]] + ["…"] * (len(value) > 2)
    return f"{value[:_SHOWN]}…" if isinstance(value, str) and len(value) > _SHOWN else value


ROUTES = [
    (r"^/api$", api_page),
    (r"^/api/openapi\.json$", openapi_page),
    (r"^/api/search$", search_api),
    (r"^/api/article/(?P<key>[^/]+)$", article_api),
    (r"^/api/outlets$", outlets_api),
    (r"^/api/trends$", trends_api),
    (r"^/api/.*$", no_api),
]
