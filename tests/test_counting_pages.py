"""The pages that count, asked as a browser asks: what they show is what `reading` gives, and links find what they count."""

import asyncio
import csv
import html
import io
import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import counted
import httpx
import pytest

import corpus_db
from corpus_db.corpus import load
from corpus_db.reading import collocates, compare, concordance, hits, trends
from corpus_db.reading.export.guarding import recover
from corpus_db.reading.query import parse
from corpus_db.site import serving
from corpus_db.site.pages.collocates import beside


@pytest.fixture(scope="module")
def site(database: Path) -> Any:
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return datasette


def get(site: Any, path: str) -> httpx.Response:
    return asyncio.run(site.client.get(path))


def page(site: Any, path: str) -> str:
    answer = get(site, path)
    assert answer.status_code == 200, path
    return html.unescape(answer.text)


def sheet(site: Any, path: str) -> list[dict[str, str]]:
    answer = get(site, path)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="corpus-[a-z0-9-]+\.csv"', answer.headers["content-disposition"])
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_a_file_is_called_by_its_query_in_every_script(site: Any) -> None:
    header = get(site, "/concordance?q=%D0%B2%D0%BE%D0%B4%D0%B0&format=csv").headers["content-disposition"]
    assert header == (
        'attachment; filename="corpus-concordance.csv"; '
        "filename*=UTF-8''corpus-concordance-%D0%B2%D0%BE%D0%B4%D0%B0.csv"
    )


@pytest.mark.parametrize("path", ["/trends", "/concordance", "/compare", "/collocates"])
def test_a_page_without_a_query_says_what_it_is_for(site: Any, path: str) -> None:
    text = page(site, path)
    assert "Type " in text
    assert '<form class="asked"' in text
    assert '<details class="help">' in text


@pytest.mark.parametrize(
    "path",
    [
        "/trends?q=qqqqq",
        "/trends?q=the+from:2150",
        "/concordance?q=qqqqq",
        "/concordance?q=-the",
        "/collocates?q=qqqqq",
        "/collocates?q=dam&minimum=100000",
        "/compare?a=qqqqq",
        "/compare?a=the&b=qqqqq",
        "/compare?a=lang:en&minimum=100000",
    ],
)
def test_nothing_found_is_said(site: Any, path: str) -> None:
    text = page(site, path)
    assert re.search(r'<p class="nothing">[^<]', text) or "Share of articles that match" in text


@pytest.mark.parametrize("path", ["/trends", "/concordance", "/collocates"])
@pytest.mark.parametrize("q", ['"', "(", "*", "a OR", "-", "%00", "NEAR(", "'", "%F0%9F%90%A6", "outlet:nix the"])
def test_nothing_that_is_typed_is_an_error(site: Any, path: str, q: str) -> None:
    odd = "unit=x&step=x&measure=x&split=x&sort=x&width=x&page=-1&window=9999999999999&minimum=%C2%B2&all=x&group=x"
    page(site, f"{path}?q={q}&{odd}")
    page(site, f"/compare?a={q}&b={q}&{odd}&hide=x&articles=-5")
    assert sheet(site, f"{path}?q={q}&{odd}&format=csv") is not None


def test_an_unknown_name_is_said(site: Any) -> None:
    for path in ("/trends?q=", "/concordance?q=", "/collocates?q=", "/compare?a=", "/search?q=", "/export?q="):
        assert 'No outlet of this corpus is called <q dir="auto">nix<' in page(site, f"{path}the+outlet:nix")


def searches(text: str) -> list[str]:
    return [parse_qs(urlsplit(each).query)["q"][0] for each in re.findall(r'href="(/search\?q=[^"]+)"', text)]


@pytest.mark.parametrize("unit", ["articles", "paragraphs"])
@pytest.mark.parametrize("step", ["month", "year"])
def test_a_step_of_a_trend_leads_to_what_it_counts(
    site: Any, connection: sqlite3.Connection, unit: str, step: trends.Step
) -> None:
    texts = ["council OR the", "de", 'water date:2024 outlet:""', "the lang:en date:2024-03 date:2023"]
    if step == "month":
        texts = [f"{text} from:2021-02-10" for text in texts]  # so short a time that months are drawn
    address = "&".join(f"q={each.replace(' ', '+')}" for each in texts)
    text = page(site, f"/trends?{address}&unit={unit}&step={step}&measure=number")
    found = trends.trends(connection, [parse(each) for each in texts], unit=unit, step=step)
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', text)
    cells = re.findall(r'<td>(?:<a href="([^"]+)">)?([\d,–]+)', " ".join(cells for _, cells in rows))
    linked = 0
    for href, number in cells:
        if href:
            (q,) = parse_qs(urlsplit(href).query)["q"]
            matching = hits.hits(connection, parse(q))
            assert getattr(matching, "articles" if unit == "articles" else "total") == int(number.replace(",", "")), q
            linked += 1
    assert linked == sum(count > 0 for each in (*found.trends,) for count in each.counts) + sum(
        count > 0 for count in found.wholes
    )
    assert linked > 10


def test_shares_are_gaps_where_there_is_nothing_to_share(site: Any, connection: sqlite3.Connection) -> None:
    found = trends.trends(connection, [parse("the from:2021")], step="month")
    text = page(site, "/trends?q=the+from:2021&step=month")
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th><td>(?:<a [^>]+>)?([^<]+)', text.split("What shares")[0]))
    empty = [at for at, whole in enumerate(found.wholes) if not whole]
    assert len(rows) == len(found.steps)
    assert [at for at, value in enumerate(rows.values()) if value == "–"] == empty != []
    for value, count, whole in zip(rows.values(), found.trends[0].counts, found.wholes, strict=True):
        assert value == "–" or float(value) == pytest.approx(100 * count / whole, rel=0.006)
    undated = trends.trends(connection, [parse("the")]).trends[0].undated
    assert f"{undated} undated articles of" in page(site, "/trends?q=the")


def test_trends_as_csv(site: Any, connection: sqlite3.Connection) -> None:
    rows = sheet(site, "/trends?q=the+lang:en&q=council+lang:en&step=year&format=csv")
    found = trends.trends(connection, [parse("the lang:en"), parse("council lang:en")], step="year")
    for number, trend in enumerate(found.trends):
        here = rows[number * (len(found.steps) + 1) :][: len(found.steps) + 1]
        assert [row["year"] for row in here] == [*found.steps, "undated"]
        assert [int(row["articles"]) for row in here] == [*trend.counts, trend.undated]
        assert [int(row["of_articles"]) for row in here] == [*found.wholes, found.undated]
        assert all(
            float(row["share"]) == int(row["articles"]) / int(row["of_articles"])
            if int(row["of_articles"])
            else row["share"] == ""
            for row in here
        )


def test_outlets_apart(site: Any, connection: sqlite3.Connection) -> None:
    text = page(site, "/trends?q=the&split=outlet&step=year&measure=number")
    found = trends.trends(connection, [parse("the")], step="year", outlets=12)
    for outlet in found.outlets:
        assert f'dir="auto">{outlet.outlet}</a></p>' in text
    assert f"The {len(found.outlets)} outlets with most matches, of {found.of_outlets} that have any" in text
    rows = sheet(site, "/trends?q=the&split=outlet&step=year&format=csv")
    counts = Counter()
    for row in rows:
        counts[row["outlet"]] += int(row["articles"])
    del counts[""]
    assert counts == {outlet.outlet: sum(outlet.counts[0]) for outlet in found.outlets}


def test_no_more_than_five_queries(site: Any) -> None:
    text = page(site, "/trends?q=a&q=b&q=c&q=d&q=e&q=f&q=a")
    assert 'Left out, for 5 is the most: <q dir="auto">f</q>' in text
    assert re.findall(r'type="search" name="q" value="(.)" dir', text) == ["a", "b", "c", "d", "e"]


def test_lines_lead_to_their_paragraphs(site: Any, connection: sqlite3.Connection) -> None:
    text = page(site, "/concordance?q=the+lang:en&sort=right1&width=6")
    found = concordance.concordance(connection, parse("the lang:en"), sort="right1", width=6)
    shown = re.findall(
        r'<span>([^<]*)</span></span>\s*<span class="node" role="cell"><a href="/article/([^?]+)\?q=the\+lang%3Aen#p(\d+)">([^<]+)</a></span>'
        r'\s*<span class="after" role="cell">([^<]*)<',
        text,
    )
    assert shown == [(each.before, each.key, str(each.position), each.node, each.after) for each in found.lines]
    assert len(shown) == concordance.PAGE
    assert f"<strong>{found.total:,} lines</strong> in {found.paragraphs:,} paragraphs" in text
    seen = []
    address: str | None = "/concordance?q=the+lang:en&sort=right1&width=6"
    while address:
        text = page(site, address)
        seen += re.findall(r'href="/article/([^?]+)\?[^#]+#p(\d+)"', text)
        (address,) = re.findall(r'<a rel="next" href="([^"]+)"', text) or [None]
    assert len(seen) == found.total
    every = concordance.every(connection, parse("the lang:en"))
    assert Counter(seen) == Counter((each.key, str(each.position)) for each in every)


def test_lines_by_outlet(site: Any, connection: sqlite3.Connection) -> None:
    text = page(site, "/concordance?q=council&group=outlet")
    found = concordance.concordance(connection, parse("council"), by_outlet=True)
    shown = re.findall(r'rowheader"><h2><span[^>]*>([^<]+)</span> <span class="note">(\d+) line', text)
    assert shown == [(each.outlet or "outlet not stated", str(each.lines)) for each in found.groups[: len(shown)]]
    assert len(found.lines) == sum(each.lines for each in found.groups[: len(shown)]) > 0


def test_all_lines_as_csv(site: Any, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sheet(site, "/concordance?q=the&width=8&format=csv")
    every = list(concordance.every(connection, parse("the"), width=8))
    assert [(row["article"], int(row["paragraph"]), int(row["hit"]), row["node"]) for row in rows] == [
        (each.key, each.position, each.number, each.node) for each in every
    ]
    monkeypatch.setattr(
        concordance.concordance, "__kwdefaults__", concordance.concordance.__kwdefaults__ | {"limit": 9}
    )
    text = page(site, "/concordance?q=the")
    assert "from a sample of" in text
    assert "a key is a hash of the raw file" in text
    assert len(sheet(site, "/concordance?q=the&width=8&format=csv")) == len(rows)


def test_right_to_left(site: Any) -> None:
    text = page(site, "/concordance?q=the")
    assert text.count('<div class="line" role="row" dir="auto"') == concordance.PAGE


def figures(text: str) -> dict[str, list[str]]:
    """The cells of each word of the lists."""
    found = {}
    for word, cells in re.findall(r'<tr[^>]*><th scope="row"><a [^>]+>([^<]+)</a></th>(.*?)</tr>', text, re.S):
        found[word] = [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<td>(.*?)</td>", cells, re.S)]
    return found


def test_compared_words(site: Any, connection: sqlite3.Connection) -> None:
    found = compare.compare(connection, parse("council"), minimum=3)
    shown = figures(page(site, "/compare?a=council&minimum=3"))
    for each in found.more[: compare.TOP]:
        assert shown[each.word][:2] == [f"{each.a:,}", f"{each.b:,}"]
        assert shown[each.word][4] == f"{each.g2:,.1f}"
        assert shown[each.word][6] == f"{each.ratio:+.2f}"
    for each in found.less[: compare.TOP]:
        assert shown[each.word][:2] == [f"{each.b:,}", f"{each.a:,}"]
    rows = sheet(site, "/compare?a=council&minimum=3&format=csv")
    assert [(row["word"], int(row["count_a"]), int(row["count_b"]), row["more_in"]) for row in rows] == [
        (each.word, each.a, each.b, part) for part, words in (("a", found.more), ("b", found.less)) for each in words
    ]
    assert {row["words_a"] for row in rows} == {str(found.a.words)}
    assert 'aria-current="page"' not in page(site, "/compare?a=council")


def test_what_is_hidden_or_in_both_is_said(site: Any, connection: sqlite3.Connection) -> None:
    text = page(site, "/compare?a=council&b=the&hide=3")
    found = compare.compare(connection, parse("council"), parse("the"), hide=3)
    assert f'<span dir="auto">{", ".join(found.hidden)}</span>' in text
    assert f"{found.shared} articles have a part in both A and B" in text


def test_collocates_lead_to_their_lines(site: Any, connection: sqlite3.Connection) -> None:
    found = collocates.collocates(connection, parse("council lang:en"), window=3, minimum=2)
    text = page(site, "/collocates?q=council+lang:en&window=3&minimum=2")
    shown = figures(text)
    assert list(shown) == [each.word for each in found.collocates[: collocates.TOP]]
    for each in found.collocates[: collocates.TOP]:
        assert shown[each.word][:3] == [f"{each.near:,}", f"{each.before:,}", f"{each.behind:,}"]
    links = re.findall(r'<th scope="row"><a href="/concordance\?q=([^"]+)" dir="auto">([^<]+)<', text)
    assert len(links) == len(shown) > 3
    rows = [row for row in counted.paragraphs(connection) if "council" in row.words]
    for href, word in links:
        (q,) = parse_qs(f"q={href}")["q"]
        assert q == f'"council {word}"~2 lang:en'
        lines = list(concordance.every(connection, parse(q)))
        assert lines
        assert {(line.key, line.position) for line in lines} <= {(row.key, row.position) for row in rows}
    rows = sheet(site, "/collocates?q=council+lang:en&window=3&minimum=2&format=csv")
    assert [(row["word"], int(row["near"])) for row in rows] == [(each.word, each.near) for each in found.collocates]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("dam", '"dam water"~4'),
        ("dam lang:en", '"dam water"~4 lang:en'),
        ('"the dam"', '"the dam" water'),
        ("dam*", "dam* water"),
        ("dam OR weir", "dam OR weir water"),
        ("it's", "it's water"),
        ("dam -flood", '"dam water"~4 -flood'),
    ],
)
def test_hits_with_a_word_beside_them(asked: str, expected: str) -> None:
    assert beside(parse(asked), "water", 5) == parse(expected)


def test_a_sample_is_said(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.site.pages.compare.LIMIT", 300)
    monkeypatch.setattr("corpus_db.site.pages.collocates.LIMIT", 300)
    for path in ("/compare?a=the", "/collocates?q=the&minimum=1"):
        assert "A sample" in page(site, path)
        assert "A sample" not in page(site, f"{path}&all=1")


HOSTILE = """\
A headline <script>alert(1)</script>

The Valley <script>alert(2)</script> Gazette, March 3, 2024

=HYPERLINK("x") it rained <b>hard</b> on Monday, said <script>alert(3)</script> the clerk. {{ 7 * 7 }}

+1 it rained on "><svg onload=alert(4)> Tuesday too, it rained on and on.
"""


def test_hostile_text_is_text(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(HOSTILE)
    (tmp_path / "raw" / "b.txt").write_text("It rained on Sunday.\n\nIt rained on and on, as it does.\n")
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    hostile = serving.application(tmp_path / "corpus.db")
    typed = "rained+OR+it+%22%3E%3Cscript%3Ealert(5)%3C/script%3E"
    for path in (
        f"/trends?q=rained&q={typed}&split=outlet",
        "/concordance?q=rained&group=outlet",
        "/concordance?q=rained",
        f"/concordance?q={typed}",
        "/collocates?q=rained&minimum=1",
        f"/collocates?q={typed}",
        "/compare?a=monday&minimum=1&hide=3",
        f"/compare?a={typed}&b={typed}",
        "/trends?q=outlet:%3Cscript%3Ealert(6)",
    ):
        answer = get(hostile, path)
        assert answer.status_code == 200, path
        assert not re.search(r"<(script|svg onload|b)>", answer.text), path
        assert "alert(5)</script>" not in answer.text, path
    rows = sheet(hostile, "/concordance?q=it&format=csv")
    with corpus_db.open_corpus(tmp_path / "corpus.db") as connection:
        lines = list(concordance.every(connection, parse("it")))
        assert sum(row.words.count("it") for row in counted.paragraphs(connection)) == len(lines) > 3
    assert not any(cell.startswith(tuple("=+-@")) for row in rows for cell in row.values())
    cells = [[recover(row[name]) for name in ("before", "node", "after")] for row in rows]
    assert cells == [[line.before, line.node, line.after] for line in lines]
    assert any(row["before"].startswith("'=HYPERLINK") for row in rows)
