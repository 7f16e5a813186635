"""What only a browser shows: the way through the pages, with and without JavaScript and mouse, narrow, dark, printed.

Needs Chromium, which `scripts/test` installs where it may.
"""

import csv
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from chromium import ALL, OURS, served  # first: it skips where there is no browser
from playwright.sync_api import Browser, BrowserContext


def count(database: Path, query: str, *parameters: Any) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, parameters).fetchone()[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_search_to_article_to_raw_file_and_back_to_an_export(
    scripts: bool, browser: Browser, address: str, database: Path, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    page.goto("/")
    page.locator("header.site input[name=q]").fill("the")
    page.locator("header.site button").click()
    everything = count(
        database,
        "select count(distinct article_id) from paragraphs where id in (select rowid from paragraphs_fts where paragraphs_fts match 'the')",
    )
    assert f"{everything} articles" in page.locator("h1").inner_text()
    page.locator(".facets").get_by_role("link", name="The Valley Gazette").click()
    there = """from paragraphs join articles on articles.id = article_id join outlets on outlets.id = outlet_id
        where outlets.name = 'The Valley Gazette'
        and paragraphs.id in (select rowid from paragraphs_fts where paragraphs_fts match 'the')"""
    articles = count(database, f"select count(distinct articles.id) {there}")
    assert page.locator("h1").inner_text().startswith(f"{articles} article")
    assert page.locator(".chips li").count() == 1
    results = page.url
    headline = page.locator(".hits h2 a").first.inner_text()
    page.locator(".hits h2 a").first.click()
    assert page.locator("h1").inner_text() == headline
    assert page.locator(".body mark").first.inner_text().lower() == "the"
    page.get_by_role("link", name=re.compile("raw file", re.IGNORECASE)).first.click()
    assert page.url.split("?")[0].split("#")[0].endswith("/raw")
    assert headline in page.locator("main").inner_text()
    page.go_back()
    page.go_back()
    assert page.url == results
    page.get_by_role("link", name=re.compile("^Export all")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(r"^Download [\d,]+ paragraph")).click()
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    assert target.suffix == ".csv"
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count(database, f"select count(*) {there}") > 0
    context.close()


def test_keys_do_what_the_mouse_does(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    page.keyboard.type("the OR a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    chosen = page.evaluate("document.activeElement.textContent")
    assert chosen == page.locator(".hits h2 a").nth(1).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    assert page.locator("h1").inner_text() == chosen
    first = page.url.split("?")[0]
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url.split("?")[0] != first)
    page.keyboard.press("p")
    page.wait_for_url(lambda url: url.split("?")[0] == first)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.className") == "number"


def test_everything_on_a_page_of_results_is_reached_by_the_tabulator(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/search?q=reservoir")
    shown = page.evaluate("""() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
        .filter((each) => each.checkVisibility() && !each.closest("dialog") && each.tabIndex >= 0).length""")
    seen = set()
    for _ in range(shown + 5):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(seen - {-1, 2}) >= shown


def test_nothing_on_the_console(context: BrowserContext, kinds: dict[str, str]) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(f"{page.url}: {message.text}") if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind in ALL:
        if kind != "missing":
            page.goto(kinds[kind])
    assert said == []
    assert {url.split("/")[2].split(":")[0] for url in asked if url.startswith("http")} == {"127.0.0.1"}


def test_an_article_is_printed_without_what_is_for_the_screen(context: BrowserContext, kinds: dict[str, str]) -> None:
    page = context.new_page()
    page.goto(kinds["article"])
    assert page.pdf()[:5] == b"%PDF-"
    page.emulate_media(media="print")
    for each in ("header.site", "a.skip", "dialog"):
        assert not page.locator(each).first.is_visible(), each
    assert page.locator(".body p").first.is_visible()
    footer = page.locator("footer.site").inner_text()
    assert "The Valley Gazette" in footer
    assert re.search(r"\d{4}-\d\d-\d\d", footer)
    assert re.search(r"[0-9a-f]{64}", footer)


def test_titles_say_what_is_shown(context: BrowserContext, kinds: dict[str, str]) -> None:
    page = context.new_page()
    titles = {}
    for kind in OURS:
        page.goto(kinds[kind])
        titles[kind] = page.title()
        assert page.locator("main h1").count() == 1, kind
        assert page.evaluate("document.documentElement.lang") == "en"
    assert len(set(titles.values())) >= len(titles) - 2, titles


def test_an_empty_corpus_has_its_pages(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    database = tmp_path / "corpus.db"
    subprocess.run(
        [sys.executable, "-m", "corpus_db", "load", tmp_path / "raw", "--db", database], check=True, capture_output=True
    )
    with served(database) as base:
        context = browser.new_context(base_url=base)
        page = context.new_page()
        for path in (
            "/",
            "/search?q=x",
            "/outlets",
            "/authors",
            "/tags",
            "/quality",
            "/trends?q=x",
            "/concordance?q=x",
            "/compare?a=x",
            "/export?q=x",
            "/schema",
        ):
            answer = page.goto(path)
            assert answer
            assert answer.status == 200, path
            assert page.locator("main h1").count() == 1, path
        context.close()
