"""The JSON for programs: answers keep to their documented shape, say what the corpus says, and refuse what is wrong."""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from places import ROOT

from corpus_db.site import serving
from corpus_db.site.pages.api import _short
from corpus_db.site.shapes import ENDPOINTS

PINNED = ROOT / "tests" / "api.json"  # what programs rely on: only ever add to it
TYPES = {str: "text", int: "integer", bool: "boolean", list: "list", dict: "object", type(None): "null"}


@pytest.fixture(scope="module")
def site(database: Path) -> Any:
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return datasette


def get(site: Any, path: str, **headers: str) -> httpx.Response:
    return asyncio.run(site.client.get(path, headers=headers))


def answer(site: Any, path: str) -> Any:
    found = get(site, path)
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "application/json; charset=utf-8"
    return found.json()


def shape(value: Any, path: str = "") -> dict[str, set[str]]:
    """The types that stand at each place of an answer."""
    listed = isinstance(value, dict) and path.endswith("[]")  # its keys are documented, not itself
    found: dict[str, set[str]] = {path: {TYPES[type(value)]}} if path and not listed else {}
    parts = []
    if isinstance(value, dict):
        parts = [shape(each, f"{path}.{name}".removeprefix(".")) for name, each in value.items()]
    elif isinstance(value, list):
        parts = [shape(each, f"{path}[]") for each in value]
    for part in parts:
        for place, types in part.items():
            found.setdefault(place, set()).update(types)
    return found


def keys(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("select key from articles order by id")]


@pytest.mark.parametrize("address", ENDPOINTS, ids=lambda address: address.name)
def test_answers_have_the_documented_shape(address: Any, site: Any, connection: sqlite3.Connection) -> None:
    """Every place of every answer is documented with its types, and every documented place is met, if not as null."""
    asked = {
        "search": [
            "",
            "?q=the&size=100",
            "?size=100",
            "?q=the+outlet:nix",
            "?q=nixnix",
            "?q=council&sort=oldest&size=2",
        ],
        "article": [f"/{key}" for key in keys(connection)],
        "outlets": [""],
        "trends": ["?q=the&q=council", "?q=the+outlet:nix&unit=paragraphs&step=year", "?q=outlet:nix"],
    }[address.name]
    met: dict[str, set[str]] = {}
    for each in asked:
        for place, types in shape(answer(site, address.path.removesuffix("/KEY") + each)).items():
            met.setdefault(place, set()).update(types)
    documented = {field.path: set(field.type.split(" or ")) for field in address.fields}
    assert set(met) == set(documented)
    for place, types in documented.items():
        assert types - {"null"} <= met[place] <= types, place


def test_no_shape_changes() -> None:
    """What a program may rely on stays. Add new places to the file; never change or take one without a new version."""
    assert {each.name: {field.path: field.type for field in each.fields} for each in ENDPOINTS} == json.loads(
        PINNED.read_text(encoding="utf-8")
    )


def test_search_page_by_page(site: Any, connection: sqlite3.Connection) -> None:
    whole = answer(site, "/api/search?q=the&sort=newest&size=100")
    assert whole["query"] == "the"
    assert whole["total"]["articles"] == len(whole["articles"]) > 5
    assert whole["next"] is None
    found, after, pages = [], "", 0
    while after is not None:
        part = answer(site, f"/api/search?q=the&sort=newest&size=4{f'&after={after}' if after else ''}")
        assert part["first"] == len(found) + 1
        found += part["articles"]
        after = part["next"]
        pages += 1
    assert found == whole["articles"]
    assert pages == -(-len(found) // 4)
    counted = dict(connection.execute(
        "select key, count(*) from articles join paragraphs on article_id = articles.id "
        "where paragraphs.id in (select rowid from paragraphs_fts where paragraphs_fts match 'the') group by 1"))  # fmt: skip
    assert {each["key"]: each["paragraphs"] for each in found} == counted


@pytest.mark.parametrize("q", ["the", "cranes", ""])
def test_nothing_is_after_the_last_article(q: str, site: Any) -> None:
    whole = answer(site, f"/api/search?q={q}&size=100")
    last = answer(site, f"/api/search?q={q}&after={whole['articles'][-1]['key']}")
    assert (last["articles"], last["first"], last["next"]) == ([], 0, None)
    assert last["total"] == whole["total"]
    assert "from the start" in get(site, f"/search?q={q}&after={whole['articles'][-1]['key']}").text


def test_hits_of_snippets_are_the_words(site: Any) -> None:
    found = answer(site, "/api/search?q=council&size=100")["articles"]
    hits = [each["text"][slice(*span)] for hit in found for each in hit["snippets"] for span in each["hits"]]
    assert len(hits) >= len(found) > 1
    assert {hit.lower() for hit in hits} == {"council"}


def test_an_article_is_what_the_tables_say(site: Any, connection: sqlite3.Connection) -> None:
    for key in keys(connection):
        found = answer(site, f"/api/article/{key}")
        row = connection.execute(
            "select headline, outlet, published, language, syndicated_from, word_count, url, path, author_list "
            "from article_browse where article = ?", [key]).fetchone()  # fmt: skip
        names = ("headline", "outlet", "published", "language", "syndicated_from", "words", "url")
        assert [found[name] for name in names] == list(row[:7])
        assert found["raw"]["path"] == row[7]
        assert found["authors"] == json.loads(row[8])
        assert [each["text"] for each in found["body"] if each["role"] == "paragraph"] == [
            text
            for (text,) in connection.execute(
                "select text from paragraph_browse where article = ? order by position", [key]
            )
        ]
        assert len(found["furniture"]) == connection.execute(
            "select count(*) from furniture_browse where article = ?", [key]).fetchone()[0]  # fmt: skip


def test_outlets_add_up(site: Any, connection: sqlite3.Connection) -> None:
    found = answer(site, "/api/outlets")
    assert sum(each["articles"] for each in found["outlets"]) + found["without_outlet"] == len(keys(connection))
    names = {name for (name,) in connection.execute("select name from outlets")}
    assert {each["name"] for each in found["outlets"]} == names
    counts = [each["articles"] for each in found["outlets"]]
    assert counts == sorted(counts, reverse=True)


def test_trends_add_up_to_searches(site: Any) -> None:
    found = answer(site, "/api/trends?q=the&q=council&step=month")
    for each, typed in zip(found["trends"], ("the", "council"), strict=True):
        total = answer(site, f"/api/search?q={typed}")["total"]["articles"]
        assert sum(each["counts"]) + each["undated"] == total > 0
        assert len(each["counts"]) == len(found["steps"]) == len(found["whole"]["counts"])


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/search?q=a&q=b", 400, "q is given 2 times"),
        ("/api/search?sort=best", 400, "sort=best: it must be relevance or newest or oldest"),
        ("/api/search?size=0", 400, "size=0: it must be a number from 1 to 100"),
        ("/api/search?size=101", 400, "size=101"),
        ("/api/search?size=x", 400, "size=x"),
        ("/api/search?size=٣", 400, "size=٣"),
        ("/api/search?query=a", 400, "query is no parameter of /api/search: q, sort, after, size"),
        ("/api/search?after=0000000000000000", 400, "start again without it"),
        ("/api/search?q=nixnix&after=0000000000000000", 400, "start again without it"),
        ("/api/article/0000000000000000", 404, "no article has the key 0000000000000000"),
        ("/api/article/<script>", 404, "no article has the key"),
        ("/api/outlets?q=a", 400, "it has none"),
        ("/api/trends", 400, "q is given 0 times: give it from once to 5 times"),
        ("/api/trends?q=a&q=b&q=c&q=d&q=e&q=f", 400, "q is given 6 times"),
        ("/api/trends?q=a&unit=words", 400, "unit=words: it must be articles or paragraphs"),
        ("/api/trends?q=a&step=week", 400, "step=week"),
        ("/api/nix", 404, "no such address"),
        ("/api/", 404, "no such address"),
    ],
)
def test_what_is_wrong_is_an_error(path: str, status: int, said: str, site: Any) -> None:
    found = get(site, path)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/json; charset=utf-8"
    assert found.json().keys() == {"api", "error"}
    assert said in found.json()["error"]
    assert "etag" not in found.headers


def test_nothing_can_be_posted(site: Any) -> None:
    found = asyncio.run(site.client.post("/api/search", cookies={}, headers={"authorization": "Bearer x"}))
    assert found.status_code == 405
    assert found.headers["allow"] == "GET, HEAD"
    assert "POST is not allowed" in found.json()["error"]


def test_the_same_answer_is_not_sent_again(site: Any) -> None:
    first = get(site, "/api/search?q=the")
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    again = get(site, "/api/search?q=the", **{"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = get(site, "/api/search?q=council", **{"if-none-match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_no_other_site_may_read_it(site: Any) -> None:
    found = get(site, "/api/outlets", origin="https://example.org")
    assert not [name for name in found.headers if name.startswith("access-control")]
    assert found.headers["cross-origin-resource-policy"] == "same-origin"
    assert found.headers["x-content-type-options"] == "nosniff"


def test_the_page_documents_every_address(site: Any, connection: sqlite3.Connection) -> None:
    text = get(site, "/api").text
    for address in ENDPOINTS:
        assert f'<h2 id="{address.name}"><code>{address.path}</code></h2>' in text
        for each in address.parameters:
            assert f'<th scope="row"><code>{each.name}</code></th>' in text
        for field in address.fields:
            assert f'<th scope="row"><code>{field.path}</code></th><td>{field.type}</td>' in text
        example = address.example or f"/api/article/{newest(connection)}"
        assert f'<a href="{example.replace("&", "&amp;")}">' in text
        answer(site, example)
    assert _short({"a": ["x" * 200, 2, 3]}) == {"a": ["x" * 160 + "…", 2, "…"]}


def newest(connection: sqlite3.Connection) -> str:
    return connection.execute(
        "select key from articles order by published is null, published desc, id limit 1").fetchone()[0]  # fmt: skip


if __name__ == "__main__":
    shapes = {each.name: {field.path: field.type for field in each.fields} for each in ENDPOINTS}
    PINNED.write_text(f"{json.dumps(shapes, indent=1)}\n", encoding="utf-8")
