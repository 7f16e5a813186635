"""Nothing that a raw file, a manifest or an address says runs in a browser, with the content security policy and without.

Every page of ours and of Datasette is opened over a corpus in which every text is an attack. Without the policy the
attack would run wherever it is not escaped; with it, it would still leave an element behind, which is counted.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import poison
import pytest
from chromium import opened, served
from playwright.sync_api import Browser, BrowserContext

from corpus_db.reading.questions import questions
from corpus_db.store import schema

# Elements that the attack brought, scripts in attributes or addresses, and calls of the attack.
FOUND = """() => [
    ...[...document.querySelectorAll("*")].filter((each) => each.localName === "xss-probe" || each.localName === "iframe"
        || each.localName === "base" || (each.localName === "img" && each.getAttribute("src") === "x")
        || (each.localName === "script" && /hit\\(\\)/.test(each.textContent))
        || [...each.attributes].some((one) => /^on/i.test(one.name)
            || (/^(xlink:)?(href|src|action|formaction|data|ping)$/i.test(one.name)
                && /^(javascript|data|vbscript):(?!,)/i.test(one.value.replace(/[\\x00-\\x20]/g, "")))))
        .map((each) => each.outerHTML.slice(0, 200)),
    ...(window.hits || []),
]"""
HIT = "window.hits = []; window.hit = () => { hits.push('the attack ran'); };"
PARAMETERS = (
    "q", "a", "b", "sort", "after", "before", "from", "to", "unit", "step", "measure", "split", "format", "columns", "scheme",
    "text", "width", "group", "page", "window", "minimum", "at", "country", "kind", "size", "_search", "_sort", "_facet",
    "_next", "_size", "headline__contains", "_where", "_nofacet", "phrase", "sql", "nix",
)  # fmt: skip
PATHS = (
    "/", "/search", "/outlets", "/authors", "/tags", "/quality", "/trends", "/concordance", "/compare", "/collocates", "/export",
    "/schema", "/api", "/api/search", "/api/trends", "/corpus", "/corpus/article_browse", "/corpus/mentions", "/sql.csv",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return poison.corpus(tmp_path_factory.mktemp("poison"))


def context(browser: Browser, base: str, *, policy: bool) -> BrowserContext:
    """A browser window that knows the attack; without the policy if so wanted."""
    made = browser.new_context(base_url=base, bypass_csp=not policy, accept_downloads=False)
    made.add_init_script(HIT)
    return made


def kind(address: str) -> str:
    """What addresses of pages of one kind have in common."""
    parts = urlsplit(address)
    path = re.sub(r"/(article|outlet|author)/[^/.]+", r"/\1/KEY", parts.path)
    path = re.sub(r"^(/corpus/\w+)/.+", r"\1/ROW", path)
    return f"{path}?{'&'.join(sorted({name for name, value in parse_qsl(parts.query) if value}))}"


def visited(page: Any, base: str, most: int) -> dict[str, list[str]]:
    """A page of each kind that links lead to, at most so many, with what was found wrong on it."""
    starts = ["/", "/search?q=rained", *PATHS, *(f"/corpus/{name}" for name in schema.tables())]
    starts += [f"/corpus/{each.name}?phrase=rained" for each in questions()]
    starts += [f"{path}?q=rained&a=rained&b=monday&sql=select+*+from+articles" for path in PATHS[:-1]]
    todo, seen, wrong = [base + each for each in starts], set(), {}
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    while todo and len(seen) < most:
        address = todo.pop(0)
        if kind(address) in seen or re.search(r"format=|\.(csv|json|bib|ris)|/export/manifest|/sql\.csv", address):
            continue
        seen.add(kind(address))
        answer = page.goto(address, wait_until="load")
        found = [*page.evaluate(FOUND), *said]
        if answer.status >= 500 or found or poison.EVALUATED in page.inner_text("body"):
            wrong[address] = [str(answer.status), *found]
        said.clear()
        links = page.evaluate(
            "() => [...document.querySelectorAll('a[href]')].filter((each) => typeof each.href === 'string').map((each) => each.href.split('#')[0])"
        )
        todo += [each for each in dict.fromkeys(links) if each.startswith(base)]
    assert len(seen) >= min(most, 60)
    return wrong


@pytest.mark.parametrize("policy", [False, True], ids=["without policy", "with policy"])
@pytest.mark.parametrize("name", ["corpus", "worse"], ids=["of raw files", "of every text"])
def test_no_text_of_a_corpus_runs(browser: Browser, poisoned: Path, name: str, policy: bool) -> None:
    with served(poisoned.with_name(f"{name}.db")) as base:
        made = context(browser, base, policy=policy)
        assert visited(made.new_page(), base, 80 if not policy else 25) == {}
        made.close()


def test_no_parameter_runs(browser: Browser, poisoned: Path) -> None:
    """The attack as every parameter of every page, as a path, as the name of a column, without the policy."""
    attack = quote(poison.ATTACK)
    tries = [
        f"{path}?{'&'.join(f'{each}={attack}' for each in PARAMETERS if each not in ('format', 'sql'))}"
        for path in PATHS
    ]
    tries += [f"{path}?{each}={attack}" for path in PATHS for each in ("q", "sort", "sql")]
    tries += [f"{path}{attack}" for path in ("/", "/article/", "/outlet/", "/author/", "/corpus/", "/-/", "/api/")]
    tries += [f"/corpus?sql={quote(each)}" for each in (
        f"select 1 as \"{poison.ATTACK.replace(chr(34), '')}\"", f"select '{poison.ATTACK.replace(chr(39), '')}' regexp '('",
        f"select :x as x&x={attack}", "select 'javascript:hit()' as url", "select '[\"<xss-probe>\"]' as tag_list",
        "select headline as x, 1 as n from articles",
    )]  # fmt: skip
    wrong = {}
    with served(poisoned.with_name("worse.db")) as base:
        made = context(browser, base, policy=False)
        page = made.new_page()
        for address in tries:
            answer = page.request.get(address, max_redirects=0)
            assert answer.status < 500, address
            if "html" not in answer.headers.get("content-type", ""):
                assert answer.headers["x-content-type-options"] == "nosniff"
                continue
            page.set_content(answer.text(), wait_until="commit")
            if found := page.evaluate(FOUND):
                wrong[address] = found
        made.close()
    assert wrong == {}


@pytest.mark.parametrize("policy", [False, True])
def test_the_attack_would_run_where_it_is_not_escaped(browser: Browser, policy: bool) -> None:
    """That nothing is found on the pages says something: on one that does not escape, it is, and the policy stops it."""
    made = browser.new_context(bypass_csp=not policy)
    made.add_init_script(HIT)
    sent = {"content-type": "text/html"} | ({"content-security-policy": "default-src 'none'"} if policy else {})
    made.route(
        "**/*", lambda route: route.fulfill(status=200, headers=sent, body=f"<title>x</title><p>{poison.ATTACK}")
    )
    page = made.new_page()
    page.goto("http://a.example/")
    page.wait_for_timeout(200)
    found = page.evaluate(FOUND)
    assert any("xss-probe" in each for each in found)
    assert ("the attack ran" in found) == (not policy)
    made.close()
