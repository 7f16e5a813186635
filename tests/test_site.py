"""Our pages and the stock ones, asked as a browser asks, and what they let through."""

import asyncio
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.plugins import pm

from corpus_db.corpus import load
from corpus_db.reading.questions import questions
from corpus_db.site import serving
from corpus_db.store import schema

KEY = re.compile(r"/article/([0-9a-f]{16})")


@pytest.fixture(scope="module")
def site(database: Path) -> Any:
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return datasette


def get(site: Any, path: str) -> httpx.Response:
    return asyncio.run(site.client.get(path))


def rows(site: Any, path: str) -> list[dict]:
    return get(site, f"{path}{'&' if '?' in path else '?'}_shape=array").json()


def key(site: Any, headline: str) -> str:
    return next(
        row["article"] for row in rows(site, "/corpus/article_browse.json?_size=max") if row["headline"] == headline
    )


def test_home(site: Any) -> None:
    text = get(site, "/").text
    assert "What this corpus holds" in text
    assert '<a href="/search">39</a>' in text
    assert len(KEY.findall(text)) == 10
    for question in questions():
        assert f'href="/corpus/{question.name}"' in text


def test_article(site: Any) -> None:
    text = get(site, f"/article/{key(site, 'Court strikes down the reservoir act')}").text
    assert '<p id="p3" dir="auto">' in text
    assert '<span class="role role-bio">bio</span>' in text


@pytest.mark.parametrize("path", ["/article/0000000000000000", "/article/x", "/article/../home", "/nix"])
def test_no_such_article(site: Any, path: str) -> None:
    assert get(site, path).status_code == 404


def test_what_is_installed_beside_us_does_not_fail_for_us(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Datasette prints exceptions by rich where that is installed, also where there is none."""
    monkeypatch.setattr(pm.get_plugin("datasette.handle_exception"), "rich", object())
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    assert [get(datasette, path).status_code for path in ("/nix", "/corpus/nix.json", "/corpus/nix")] == [404, 404, 404]


@pytest.mark.parametrize("table", [name for name in schema.tables() if not name.endswith("_fts")])
def test_every_table_has_its_page_with_its_columns_described(site: Any, table: str) -> None:
    answer = get(site, f"/corpus/{table}")
    assert answer.status_code == 200
    described = schema.tables()[table]
    assert described.description
    text = (
        re.sub(r"&#39;", "'", answer.text)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace("&#34;", '"')
    )
    assert described.description in text
    for column, comment in described.columns.items():
        assert not comment or comment in text, column


@pytest.mark.parametrize(
    ("view", "facets"),
    [
        ("article_browse", {"outlet", "author_list", "year", "month", "language", "tag_list"}),
        ("paragraph_browse", {"outlet", "authors", "year", "month", "language"}),
        ("furniture_browse", {"role", "outlet"}),
        ("fact_browse", {"field", "source"}),
    ],
)
def test_facets(site: Any, view: str, facets: set[str]) -> None:
    assert (
        set(re.findall(r'data-column="(\w+)">\s*<p class="facet-info-name">', get(site, f"/corpus/{view}").text))
        == facets
    )


def test_search_within_paragraphs(site: Any) -> None:
    found = rows(site, "/corpus/paragraph_browse.json?_search=cranes")
    assert [row["headline"] for row in found] == ["Harbour strike enters third week as talks stall"]
    assert found[0]["position"] == 2
    for odd in ("U.S.", '"open', "a OR", "(", "*"):
        assert get(site, f"/corpus/paragraph_browse?_search={odd}").status_code == 200


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_every_question_has_its_page_and_its_csv(site: Any, question: Any) -> None:
    parameters = "?phrase=the" if ":phrase" in question.sql else ""
    page = get(site, f"/corpus/{question.name}{parameters}")
    assert page.status_code == 200
    assert question.title in page.text.replace("&#39;", "'")
    csv = get(site, f"/corpus/{question.name}.csv{parameters}")
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(csv.text.splitlines()) > 1 or question.name == "shared_paragraphs"


def test_the_whole_table_as_csv(site: Any) -> None:
    csv = get(site, "/corpus/paragraph_browse.csv?_stream=1").text
    assert len(csv.splitlines()) == 1 + len(rows(site, "/corpus/paragraphs.json?_size=max"))


def test_keys_are_links_and_lists_are_words(site: Any) -> None:
    text = get(site, "/corpus/article_browse?headline__startswith=Court").text
    assert re.search(r'<a href="/article/([0-9a-f]{16})">\1</a>', text)
    assert ">Ann Lee; Bo Ray</td>" in text
    assert 'href="https://valleygazette.example/politics/2024/04/18/reservoir-act" rel="noreferrer noopener"' in text


PAGES = [
    "/",
    "/corpus",
    "/corpus/article_browse",
    "/corpus/mentions?phrase=dam",
    "/corpus?sql=select+1",
    "/nix",
    "/corpus/raw_files.json",
]


@pytest.mark.parametrize("path", PAGES)
def test_security_headers(site: Any, path: str) -> None:
    headers = get(site, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


class Outside(HTMLParser):
    """Collects what a page loads from elsewhere, and scripts without a nonce."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        address = values.get("src") or (values.get("href") if tag == "link" else None)
        if address and address.startswith(("http", "//")) and values.get("rel") != "alternate":
            self.found.append(address)
        if tag == "script" and not values.get("nonce"):
            self.found.append("script without nonce")
        self.found.extend(name for name in values if name.startswith("on"))


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_outside(site: Any, path: str) -> None:
    answer = get(site, path)
    parser = Outside()
    parser.feed(answer.text if "html" in answer.headers["content-type"] else "")
    assert parser.found == []


def test_each_answer_has_its_own_nonce(site: Any) -> None:
    first, second = (get(site, "/corpus") for _ in range(2))
    nonces = [re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])[1] for answer in (first, second)]
    assert nonces[0] != nonces[1]
    assert f'<script nonce="{nonces[0]}"' in first.text


def test_the_corpus_can_not_be_written_or_taken(site: Any) -> None:
    assert get(site, "/corpus.db").status_code == 403
    for statement in ("delete from articles", "attach 'x' as y", "pragma user_version = 3", "create table t (x)"):
        assert get(site, f"/corpus?sql={statement}").status_code == 400
    assert get(site, "/corpus?sql=select load_extension('x')").status_code == 400
    assert get(site, "/corpus?sql=select readfile('/etc/passwd')").status_code == 400


HOSTILE = """\
<script>alert(1)</script> a headline of <b>some</b> words

By "><img src=x onerror=alert(2)>Ann Lee

The Valley <script>alert(3)</script> Gazette, March 3, 2024

Tags: <script>alert(4)</script>, {{ 7 * 7 }}, javascript:alert(5)

It rained on Monday, said <script>alert(6)</script> the clerk of the council. {{ 7 * 7 }} {% raw %}

"><svg onload=alert(7)> and it rained on Tuesday too.
"""


def test_hostile_text_is_text(tmp_path: Path) -> None:
    """Whatever a raw file says comes out as text: no tag of its own reaches a page."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "<img src=x onerror=alert(8)>.txt").write_text(HOSTILE)
    (tmp_path / "raw" / "a.md").write_text(
        '---\nurl: "javascript:alert(9)"\ntitle: x\n---\nIt rained on Monday again.\n'
    )
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    hostile = serving.application(tmp_path / "corpus.db")
    pages = [
        "/",
        *(f"/corpus/{name}" for name in schema.tables()),
        *(f"/corpus/{each.name}?phrase=rained" for each in questions()),
    ]
    keys = KEY.findall(get(hostile, "/").text)
    assert len(keys) == 2
    for path in [*pages, *(f"/article/{each}" for each in keys)]:
        text = get(hostile, path).text
        assert not re.search(r"<(script>alert|img src=x|svg onload|b>some)", text), path
        assert 'href="javascript:' not in text, path
        assert "49" not in re.findall(r"said .{0,80} clerk of the council\. (\S+)", text), path


def test_a_datasette_without_a_corpus_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    from datasette.app import Datasette

    sqlite3.connect(tmp_path / "other.db").execute("create table t (x)").connection.close()
    other = Datasette([str(tmp_path / "other.db")])
    text = get(other, "/").text
    assert "What this corpus holds" not in text
    assert "stock.css" not in text


def test_an_address_that_no_page_has(site: Any) -> None:
    answer = get(site, "/questions")
    assert answer.status_code == 404
    assert "No page has this address." in answer.text
    assert "atabase" not in answer.text


def test_nothing_is_found_of_filters_alone(site: Any) -> None:
    assert "No article is like that." in get(site, "/search?q=headline:zebra").text
    assert "No paragraph has these words together." in get(site, "/search?q=zeb+ra").text
