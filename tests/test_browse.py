"""Home, outlets, authors, tags, quality: every number equals a plain count, and every link leads to as many articles."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from places import ROOT

from corpus_db import listing
from corpus_db.corpus import load
from corpus_db.reading import (
    authors,
    examples,
    hits,
    home,
    matching,
    names,
    opening,
    outlets,
    paging,
    quality,
    query,
    setaside,
    suspicion,
    tags,
    totals,
)
from corpus_db.reading.kept import kept_when_asked
from corpus_db.site import serving

HOSTILE = '"><script>alert(1)</script>'
BODY = "It rained on day {0}, said the clerk of the council.\n\nIt went on to rain all week, and nobody minded it at all.\n"


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of two outlets with hostile names, most of one dated on the day of a crawl; dates that can not be."""
    raw = tmp_path_factory.mktemp("crawled") / "raw"
    raw.mkdir()
    rows = ["path,outlet,authors,published,tags,language"]
    for number in range(20):
        (raw / f"{number}.txt").write_text(f"The day {number} at the crawl\n\n" + BODY.format(number))
        outlet = HOSTILE if number < 14 else "The A/B & C? #1 100% Post"
        day = (
            "2024-02-05"
            if number < 12
            else f"2019-0{number - 10}-01"
            if number < 18
            else ("1871-03-04", "2025-01-01")[number - 18]
        )
        who = ("Ann Lee", "", "Ann Lee; Bo <b>Ray</b>")[number % 3]
        tag = "a/b: c; <img src=x>" if number % 2 else ""
        rows.append(
            f'{number}.txt,"{outlet.replace(chr(34), chr(34) * 2)}",{who},{day},{tag},{"en" if number else "la"}'
        )
    (raw / "manifest.csv").write_text("\n".join(rows) + "\n")
    (raw / "long.txt").write_text("A very long article\n\n" + "\n\n".join(BODY.format(each) * 20 for each in range(30)))
    load(raw, raw.parent / "corpus.db", jobs=1)
    return raw.parent / "corpus.db"


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles that state nothing but their text."""
    raw = tmp_path_factory.mktemp("bare") / "raw"
    raw.mkdir()
    for number in range(3):
        (raw / f"{number}.txt").write_text(BODY.format(number) * 3)
    load(raw, raw.parent / "corpus.db", jobs=1)
    return raw.parent / "corpus.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one reject."""
    raw = tmp_path_factory.mktemp("empty") / "raw"
    raw.mkdir()
    (raw / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    load(raw, raw.parent / "corpus.db", jobs=1)
    return raw.parent / "corpus.db"


CORPORA = ["database", "committed", "crawled", "bare", "empty"]


@pytest.fixture(scope="session")
def committed() -> Path:
    return ROOT / "data" / "corpus.db"


@pytest.fixture(params=CORPORA)
def path(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(opening.connect(path)) as connection:
        yield connection


def one(connection: sqlite3.Connection, sql: str, *parameters: object) -> Any:
    return connection.execute(sql, parameters).fetchone()[0]


def table(connection: sqlite3.Connection, sql: str, *parameters: object) -> list[tuple]:
    return connection.execute(sql, parameters).fetchall()


def pairs(counts: Any) -> dict:
    assert len({each.name for each in counts}) == len(counts)
    return {each.name: each.articles for each in counts}


def articles(connection: sqlite3.Connection) -> list[dict]:
    """Each article with all that is counted, put together in Python from the bare tables."""
    cursor = connection.execute("select * from articles order by id")
    rows = [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]
    names = dict(table(connection, "select id, name from outlets"))
    keys = dict(table(connection, "select id, key from outlets"))
    people = dict(table(connection, "select id, name from authors"))
    for row in rows:
        row["outlet"], row["outlet_key"] = names.get(row["outlet_id"]), keys.get(row["outlet_id"])
        row["authors"] = {
            people[each]
            for (each,) in table(connection, "select author_id from bylines where article_id = ?", row["id"])
        }
        row["tags"] = set(table(connection, "select scheme, value from tags where article_id = ?", row["id"]))
    return rows


def counted(values: Any) -> dict:
    found: dict = {}
    for each in values:
        found[each] = found.get(each, 0) + 1
    return found


def test_home(opened: sqlite3.Connection) -> None:
    found, rows = home.home(opened), articles(opened)
    assert pairs(found.months) == counted(row["month"] for row in rows if row["month"])
    assert list(pairs(found.months)) == sorted(pairs(found.months))
    for part, counts in (
        (found.outlets, counted(row["outlet"] for row in rows if row["outlet"])),
        (found.authors, counted(name for row in rows for name in row["authors"])),
        (found.tags, counted(f"{scheme}: {value}" for row in rows for scheme, value in row["tags"])),
    ):
        assert list(pairs(part).items()) == sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: len(part)]
        assert len(part) >= min(10, len(counts))
    assert found.without_headline == sum(row["headline"] is None for row in rows)
    newest = sorted(rows, key=lambda row: (row["published"] or "", row["id"]), reverse=True)
    assert [line.key for line in found.articles] == [row["key"] for row in newest[:10]]


def test_examples_find_something(opened: sqlite3.Connection) -> None:
    found = examples.examples(opened)
    assert len({each.text for each in found}) == len(found)
    assert len(found) == (0 if not home.home(opened).totals.articles else 1 if not home.home(opened).outlets else 3)
    for each in found:
        assert hits.hits(opened, query.parse(each.text)).articles > 0, each


def test_examples_are_those_of_the_corpus(database: Path) -> None:
    with closing(opening.connect(database)) as connection:
        texts = [each.text for each in examples.examples(connection)]
        assert texts == [each.text for each in examples.examples.__wrapped__(connection)]
    assert re.fullmatch(r'"\w+ \w+"', texts[0])
    assert re.fullmatch(r'\w+ outlet:"The Valley Gazette"', texts[1])
    assert re.fullmatch(r"\w+ from:\d{4} to:\d{4}", texts[2])


def test_outlets(opened: sqlite3.Connection) -> None:
    rows = articles(opened)
    listing = outlets.outlets(opened)
    assert listing.unstated == sum(row["outlet_id"] is None for row in rows)
    assert listing.all == listing.part.total == one(opened, "select count(*) from outlets")
    assert [each.articles for each in listing.part.rows] == sorted(
        (e.articles for e in listing.part.rows), reverse=True
    )
    for each in listing.part.rows:
        own = [row for row in rows if row["outlet_key"] == each.key]
        dated = sorted(row["published"] for row in own if row["published"])
        assert each.articles == len(own)
        assert each.paragraphs == sum(row["paragraph_count"] for row in own)
        assert each.words == sum(row["word_count"] for row in own)
        assert (each.first, each.last) == ((dated[0], dated[-1]) if dated else (None, None))


@pytest.mark.parametrize("sort", outlets.SORTS)
@pytest.mark.parametrize("size", [1, 2, 100])
def test_outlets_page_by_page(opened: sqlite3.Connection, sort: str, size: int) -> None:
    everything = outlets.outlets(opened, sort=sort, size=1000).part.rows
    values = [getattr(each, sort) for each in everything]
    stated = [names.fold(each) if sort == "name" else each for each in values if each is not None]
    assert stated == sorted(stated, reverse=sort in ("articles", "paragraphs", "words", "last"))
    assert values[len(stated) :] == [None] * (len(values) - len(stated))
    walked, after = [], None
    for _ in range(len(everything) + 1):
        part = outlets.outlets(opened, sort=sort, size=size, after=after).part
        assert part.start == len(walked)
        walked.extend(part.rows)
        after = part.after
        if after is None:
            break
    assert walked == list(everything)


def test_outlets_by_letter_and_words(database: Path) -> None:
    with closing(opening.connect(database)) as connection:
        everything = outlets.outlets(connection)
        by_letter = [
            each for letter in everything.initials for each in outlets.outlets(connection, letter=letter).part.rows
        ]
        assert sorted(by_letter) == sorted(everything.part.rows)
        assert {each.name for each in outlets.outlets(connection, text="VÁLLEY gaz").part.rows} == {
            "The Valley Gazette"
        }
        assert outlets.outlets(connection, text="nobody's").part == paging.Part((), 0, 0, None)


def test_an_outlet(opened: sqlite3.Connection) -> None:
    rows, keys = articles(opened), dict(table(opened, "select name, key from authors"))
    for each in outlets.outlets(opened, size=1000).part.rows:
        found = outlets.outlet(opened, each.key)
        own = [row for row in rows if row["outlet_key"] == each.key]
        assert found.outlet == each
        assert found.undated == sum(row["published"] is None for row in own)
        assert found.without_author == sum(not row["authors"] for row in own)
        assert found.syndicated == sum(row["syndicated_from_id"] is not None for row in own)
        assert found.syndicated_by_others == one(
            opened,
            "select count(*) from articles join outlets on outlets.id = syndicated_from_id where outlets.key = ?",
            each.key,
        )
        assert pairs(found.months) == counted(row["month"] for row in own if row["month"])
        assert pairs(found.languages) == counted(row["language"] for row in own)
        people = counted(name for row in own for name in row["authors"])
        assert found.all_authors == len(people)
        ranked = sorted(people.items(), key=lambda pair: (-pair[1], keys[pair[0]]))
        assert [(author.name, author.articles) for author in found.authors] == ranked[:20]
        assert pairs(found.tags) == counted(f"{scheme}: {value}" for row in own for scheme, value in row["tags"])
        assert {line.key for line in found.articles} == {row["key"] for row in own}
    assert outlets.outlet(opened, "nix") is None


def test_the_largest_outlets_over_time(opened: sqlite3.Connection) -> None:
    rows = articles(opened)
    found = outlets.largest(opened)
    dated = [row for row in rows if row["outlet_key"] and row["month"]]
    assert {key for key, _, _ in found} == {row["outlet_key"] for row in dated}
    for key, _, months in found:
        assert dict(months) == counted(row["month"] for row in dated if row["outlet_key"] == key)


def test_authors(opened: sqlite3.Connection) -> None:
    rows = articles(opened)
    listing = authors.authors(opened)
    assert listing.unstated == sum(not row["authors"] for row in rows)
    assert listing.doubted == one(opened, "select count(distinct article_id) from doubted_bylines")
    assert {each.name for each in listing.part.rows} == {name for row in rows for name in row["authors"]}
    for each in listing.part.rows:
        own = [row for row in rows if each.name in row["authors"]]
        dated = sorted(row["published"] for row in own if row["published"])
        assert (each.articles, each.words) == (len(own), sum(row["word_count"] for row in own))
        assert (each.first, each.last) == ((dated[0], dated[-1]) if dated else (None, None))
        found = authors.author(opened, each.key)
        assert found.author == each
        assert found.paragraphs == sum(row["paragraph_count"] for row in own)
        assert found.undated == sum(row["published"] is None for row in own)
        assert pairs(found.outlets) == counted(row["outlet"] for row in own)
        assert pairs(found.months) == counted(row["month"] for row in own if row["month"])
        assert pairs(found.languages) == counted(row["language"] for row in own)
        assert pairs(found.others) == counted(name for row in own for name in row["authors"] if name != each.name)
        assert {line.key for line in found.articles} == {row["key"] for row in own}
        assert sum(pairs(found.printed).values()) == len(own)
    assert authors.author(opened, "nix") is None


@pytest.mark.parametrize("sort", authors.SORTS)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_authors_page_by_page(opened: sqlite3.Connection, sort: str, size: int) -> None:
    everything = authors.authors(opened, sort=sort, size=1000).part.rows
    values = [getattr(each, "key" if sort == "name" else sort) for each in everything]
    stated = [each for each in values if each is not None]
    assert stated == sorted(stated, reverse=sort in ("articles", "words", "last"))
    walked, after = [], None
    while True:
        part = authors.authors(opened, sort=sort, size=size, after=after).part
        walked.extend(part.rows)
        after = part.after
        if after is None:
            break
    assert walked == list(everything)


def test_tags(opened: sqlite3.Connection) -> None:
    rows = articles(opened)
    listing = tags.tags(opened, size=1000)
    counts = counted(each for row in rows for each in row["tags"])
    assert {(scheme.name, tag.value): tag.articles for scheme in listing.schemes for tag in scheme.tags.rows} == counts
    assert listing.unstated == sum(not row["tags"] for row in rows)
    for scheme in listing.schemes:
        assert scheme.articles == sum(any(name == scheme.name for name, _ in row["tags"]) for row in rows)
        alone = tags.tags(opened, scheme=scheme.name, text=scheme.tags.rows[0].value)
        assert alone.schemes[0].tags.rows[0].value == scheme.tags.rows[0].value
    assert tags.tags(opened, scheme="nix").schemes == ()


def test_quality_counts(opened: sqlite3.Connection) -> None:
    rows = articles(opened)
    found = quality.quality(opened, date(2026, 5, 6))
    named_only = [
        path for path, problem in table(opened, "select path, problem from raw_files") if "no such file" in str(problem)
    ]
    assert found.missing == len(named_only)
    assert found.raw_files == one(opened, "select count(*) from raw_files") - found.missing
    assert found.outlets == len({row["outlet_id"] for row in rows} - {None})
    assert found.without_headline == sum(row["headline"] is None for row in rows)
    assert found.without_language == sum(row["language"] is None for row in rows)
    assert found.without_tag == sum(not row["tags"] for row in rows)
    assert found.syndicated == sum(row["syndicated_from_id"] is not None for row in rows)
    assert found.doubted == one(opened, "select count(distinct article_id) from doubted_bylines")
    rejected = table(opened, "select problem, path from raw_files where outcome = 'rejected'")
    assert {each.problem: each.files for each in found.rejects} == counted(problem for problem, _ in rejected)
    assert all((each.problem, path) in rejected for each in found.rejects for path in each.paths)
    defects = table(opened, "select kind, raw_file_id from defects")
    assert {each.kind: each.defects for each in found.defects} == counted(kind for kind, _ in defects)
    assert {each.kind: each.files for each in found.defects} == counted(kind for kind, _ in set(defects))
    for each in found.defects:
        assert len(each.found) == min(5, each.files)
        assert all(
            one(opened, "select count(*) from defects join raw_files on raw_files.id = raw_file_id where kind = ? and detail = ? and path = ?", each.kind, one_.detail, one_.path)
            for one_ in each.found
        )  # fmt: skip


def test_suspicious_lengths_and_languages(opened: sqlite3.Connection) -> None:
    rows = articles(opened)
    found = suspicion.lengths(opened)
    short = sorted((row["word_count"], row["id"], row["key"]) for row in rows if row["word_count"] < 50)
    long = sorted((-row["word_count"], row["id"], row["key"]) for row in rows if row["word_count"] > 5000)
    assert (found.short, found.long) == (len(short), len(long))
    assert [line.key for line in found.shortest] == [key for _, _, key in short[:5]]
    assert [line.key for line in found.longest] == [key for _, _, key in long[:5]]
    languages = counted(row["language"] for row in rows if row["language"])
    lone = {name for name, count in languages.items() if count <= 3 and count * 10 <= max(languages.values())}
    assert {count.name for count, _ in suspicion.lone_languages(opened)} == lone
    for count, lines in suspicion.lone_languages(opened):
        assert count.articles == languages[count.name] == len(lines)


def test_suspicious_dates(crawled: Path) -> None:
    with closing(opening.connect(crawled)) as connection:
        found = suspicion.dates(connection, date(2024, 12, 30))
        assert (found.tomorrow, found.future, found.early) == ("2024-12-31", 1, 1)
        (day,) = found.days
        assert (day.outlet, day.day, day.articles, day.dated, day.days) == (HOSTILE, "2024-02-05", 12, 14, 3)
        assert suspicion.dates(connection, date(2025, 1, 1)).future == 0
        assert [name for (name, _, _), _ in suspicion.lone_languages(connection)] == ["la"]
        assert suspicion.lengths(connection).long == 1


def test_what_was_set_aside(opened: sqlite3.Connection) -> None:
    found = setaside.set_aside(opened)
    blocks = table(opened, "select role, text, article_id from furniture")
    for each in found.roles:
        texts = [text for role, text, _ in blocks if role == each.role]
        assert (each.blocks, each.words) == (len(texts), sum(len(text.split(" ")) for text in texts))
    assert {each.role for each in found.roles} == {role for role, _, _ in blocks}
    rows = articles(opened)
    assert found.words == sum(row["word_count"] for row in rows)
    assert {each.key for each in found.outlets} == {
        key for key, count in counted(row["outlet_key"] for row in rows).items() if key and count >= setaside.ENOUGH
    }
    for each in found.outlets:
        own = {row["id"] for row in rows if row["outlet_key"] == each.key}
        texts = [(role, text) for role, text, article in blocks if article in own]
        assert each.articles == len(own)
        assert each.furniture == sum(len(text.split(" ")) for _, text in texts)
        assert each.boilerplate == sum(len(text.split(" ")) for role, text in texts if role == "boilerplate")
        assert each.words == sum(row["word_count"] for row in rows if row["id"] in own)


def test_repeated_paragraphs(crawled: Path) -> None:
    with closing(opening.connect(crawled)) as connection:
        found = setaside.repeated(connection)
        text = "It went on to rain all week, and nobody minded it at all."
        assert {(each.outlet, each.text, each.articles, each.looked) for each in found} == {
            (HOSTILE, text, 14, 14), ("The A/B & C? #1 100% Post", text, 6, 6),
        }  # fmt: skip
        for each in found:
            assert one(connection, "select published from articles where key = ?", each.newest) == one(
                connection,
                "select max(published) from articles join outlets on outlets.id = outlet_id where name = ?",
                each.outlet,
            )


def test_what_is_kept_is_of_the_last_load(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(1, 4):
        (tmp_path / "raw" / f"{number}.txt").write_text(BODY.format(number) * 2)
        load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
        with closing(opening.connect(tmp_path / "corpus.db")) as connection:
            assert home.home(connection).totals.articles == number
            assert home.home(connection) is home.home(connection)


def test_a_database_in_memory_is_asked_each_time() -> None:
    count = kept_when_asked(lambda connection: one(connection, "select count(*) from t"))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table t (x)")
        assert count(connection) == 0
        connection.execute("insert into t values (1)")
        assert count(connection) == 1


# The pages


def get(site: Any, address: str) -> httpx.Response:
    return asyncio.run(site.client.get(address))


class Page(HTMLParser):
    """The links of a page with their text, and its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._href: str | None = None
        self._text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag == "a":
            self._href, self._text = dict(attributes).get("href"), ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href is not None:
            self.links.append((self._href, " ".join(self._text.split())))
            self._href = None


@pytest.fixture
def site(path: Path) -> Any:
    datasette = serving.application(path)
    asyncio.run(datasette.invoke_startup())
    return datasette


def addresses(connection: sqlite3.Connection) -> list[str]:
    """All pages of this kind that a corpus has."""
    keys = [f"/outlet/{quote(key, safe='')}" for (key,) in table(connection, "select key from outlets")]
    keys += [f"/author/{quote(each.key, safe='')}" for each in authors.authors(connection, size=1000).part.rows]
    return ["/", "/outlets", "/authors", "/tags", "/quality", "/outlets?sort=last&letter=T", "/authors?text=a", *keys]


COUNT = re.compile(r"(?:^|: )([\d,]+)(?: (?:articles?|undated|without \w+))?$")


def test_links_with_a_number_find_as_many_articles(site: Any, opened: sqlite3.Connection) -> None:
    """In lists, charts and sentences: where a link to a search says a number, the search finds so many articles."""
    checked = 0
    for address in addresses(opened):
        for href, text in Page(get(site, address).text).links:
            if urlsplit(href).path == "/search" and (number := COUNT.search(text)):
                wanted = query.parse(parse_qs(urlsplit(href).query).get("q", [""])[0])
                assert hits.hits(opened, wanted).articles == int(number[1].replace(",", "")), (address, href, text)
                checked += 1
    assert checked > (40 if len(articles(opened)) > 10 else 3)


def test_every_link_leads_somewhere(site: Any, opened: sqlite3.Connection) -> None:
    ours = re.compile(r"^/(?:search|outlet|author|article|outlets|authors|tags|quality)?(?:[/?#]|$)|^/corpus/")
    seen = {
        href.partition("#")[0]
        for address in addresses(opened)
        for href, _ in Page(get(site, address).text).links
        if ours.match(href)
    }
    for href in sorted(seen):
        if "/search?" not in href or "alert" in href:
            assert get(site, href).status_code == 200, href


def test_names_are_text_and_pages_are_safe(site: Any, opened: sqlite3.Connection) -> None:
    for address in addresses(opened):
        answer = get(site, address)
        assert answer.status_code == 200, address
        found = Page(answer.text)
        assert not any("style" in each or any(name.startswith("on") for name in each) for _, each in found.tags), (
            address
        )
        assert not any(tag in ("b", "img") and not each.get("aria-current") for tag, each in found.tags), address
        assert "alert(1)</script>" not in answer.text
        ids = [each["id"] for _, each in found.tags if each.get("id")]
        assert len(ids) == len(set(ids)), address
        assert re.search(r"<title>[^<]+ · News corpus</title>", answer.text), address
        assert len([tag for tag, _ in found.tags if tag == "h1"]) == 1


def test_titles_say_what_is_shown(crawled: Path) -> None:
    site = serving.application(crawled)
    with closing(opening.connect(crawled)) as connection:
        key = one(connection, "select key from outlets where name like 'The A/B%'")
    assert (
        "<title>The A/B &amp; C? #1 100% Post: 6 articles · News corpus</title>"
        in get(site, f"/outlet/{quote(key, safe='')}").text
    )
    assert "<title>Ann Lee: 13 articles · News corpus</title>" in get(site, "/author/ann%20lee").text
    assert "<title>1 of 2 outlets · News corpus</title>" in get(site, "/outlets?text=100%25").text


@pytest.mark.parametrize("address", ["/outlet/nix", "/author/nix", "/author/a/b"])
def test_what_is_not_there_is_said(database: Path, address: str) -> None:
    assert get(serving.application(database), address).status_code == 404


@pytest.mark.parametrize("address", ["/outlets", "/authors", "/tags"])
@pytest.mark.parametrize(
    "asked",
    ["sort=nix", "sort=", "after=nix", "letter=%3Cb%3E", "text=%00", "text=%22%3E", "after=%F0%9F%98%80", "scheme=nix"],
)
def test_nothing_that_is_asked_breaks_a_list(database: Path, address: str, asked: str) -> None:
    assert get(serving.application(database), f"{address}?{asked}").status_code == 200


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "no article in this corpus yet"), ("/outlets", "No article names its outlet"),
        ("/authors", "No article names its author"), ("/tags", "No article has tags"),
        ("/quality", "The corpus holds no articles"),
    ],
)  # fmt: skip
def test_an_empty_corpus_says_so(empty: Path, address: str, said: str) -> None:
    assert said in get(serving.application(empty), address).text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "No article states when it was published"), ("/", "No article names its outlet"),
        ("/", "No article says by tags"), ("/outlets", "manifest.csv"), ("/quality", "No outlet has a day"),
    ],
)  # fmt: skip
def test_a_corpus_that_states_nothing_says_so(bare: Path, address: str, said: str) -> None:
    assert said in get(serving.application(bare), address).text


def test_the_text_for_the_methods_section(database: Path) -> None:
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", get(serving.application(database), "/quality").text))
    with closing(opening.connect(database)) as connection:
        totals, rows = home.home(connection).totals, articles(connection)
    assert f"The corpus holds {len(rows)} articles ({totals.paragraphs} paragraphs and {totals.words:,} words" in text
    undated = sum(row["published"] is None for row in rows)
    assert f"{undated} articles ({100 * undated / len(rows):.1f} %) have no date" in text
    assert (
        "1 was an exact duplicate and was counted once, 1 could not be read as news articles and was rejected" in text
    )


def test_conditions_of_links_are_those_of_search(connection: sqlite3.Connection) -> None:
    """What is not stated is written with "" in a search."""
    for field, count in (("outlet", "outlet_id"), ("headline", "headline"), ("lang", "language")):
        condition, parameters = matching.articles(query.parse(f'{field}:""'))
        sql = f"select count(*) from articles where {condition}"
        assert connection.execute(sql, parameters).fetchone()[0] == one(
            connection, f"select count(*) from articles where {count} is null"
        )


def test_a_language_that_is_not_stated_is_said_so(database: Path, tmp_path: Path) -> None:
    shutil.copyfile(database, tmp_path / "corpus.db")
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        connection.execute("update article_counts set language = null where language = 'fr'")
        connection.commit()
        told = listing._languages(totals.totals(connection))
    assert "not stated 1" in told
    links = Page(get(serving.application(tmp_path / "corpus.db"), "/").text).links
    assert [text for href, text in links if href == "/search?q=lang%3A%22%22"] == ["not stated"]
