"""The page of an article and the view of its raw file: what they show is what the corpus and the file say."""

import asyncio
import html
import os
import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus_db.corpus import load
from corpus_db.loading import raw
from corpus_db.reading import moment, opening, rawfile, rawview
from corpus_db.reading.query import parse
from corpus_db.reading.rawfile import Listed
from corpus_db.site import serving

COURT = "Court strikes down the reservoir act"


@pytest.fixture(scope="module")
def site(database: Path) -> Any:
    return opened(database)


def opened(database: Path) -> Any:
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return datasette


def get(site: Any, path: str) -> httpx.Response:
    return asyncio.run(site.client.get(path))


def key(connection: sqlite3.Connection, headline: str) -> str:
    return connection.execute("select key from articles where headline = ?", [headline]).fetchone()[0]


def test_the_article_to_read(site: Any, connection: sqlite3.Connection) -> None:
    text = get(site, f"/article/{key(connection, COURT)}").text
    assert '<article lang="en" dir="auto">' in text
    assert f'<h1 dir="auto">{COURT}</h1>' in text
    assert re.search(r'<a href="/outlet/[^"/]+"><bdi>The Valley Gazette</bdi></a>', text)
    assert (
        'By <a href="/author/ann%20lee"><bdi>Ann Lee</bdi></a> and <a href="/author/bo%20ray"><bdi>Bo Ray</bdi></a>'
        in text
    )
    assert '<time datetime="2024-04-18T09:30:00+02:00">18 April 2024, 09:30 (UTC+02:00)</time>' in text
    assert '<p id="p3" dir="auto">' in text
    assert '<a class="number" lang="en" dir="ltr" href="#p3" aria-label="Paragraph 3">3</a>' in text
    assert '<h2 dir="auto">What the court said</h2>' in text
    assert "style=" not in text


def test_facts_say_where_they_were_stated(site: Any, connection: sqlite3.Connection) -> None:
    address = f"/article/{key(connection, COURT)}"
    text = get(site, address).text
    facts = re.search(r'<section class="facts".*?</section>', text, re.S)[0]
    author = re.search(rf'<dt>author</dt>.*?<a href="{address}/raw#c(\d+)"[^>]*>front matter</a>', facts, re.S)
    assert author
    assert f'id="c{author[1]}"' in get(site, f"{address}/raw").text
    assert '<a dir="auto" href="/search?q=tag%3A%22topic%3A+courts%22">courts</a>' in facts
    assert "<b>unknown key</b> mood" in text
    assert 'rel="noreferrer noopener"' in text


def test_what_is_not_stated_is_said(site: Any, connection: sqlite3.Connection) -> None:
    text = get(site, f"/article/{key(connection, 'THE QUIET ELECTION')}").text
    assert "outlet not stated" in text
    assert "undated" in text
    for field in ("outlet", "published", "url"):
        assert f'<dt>{field}</dt><dd class="unstated">not stated</dd>' in text
    assert "<dt>headline</dt><dd " not in text


def test_where_it_comes_from(site: Any, connection: sqlite3.Connection) -> None:
    row = connection.execute(
        "select key, path, sha256, bytes from articles join raw_files on raw_files.id = raw_file_id where path like '%wire.txt'"
    ).fetchone()
    text = get(site, f"/article/{row[0]}").text
    origin = re.search(r'<section class="origin".*?</section>', text, re.S)[0]
    assert f'<dd dir="auto">{row[1]}</dd>' in origin
    assert f"<code>{row[2]}</code>" in origin
    assert f"{row[3]:,} bytes" in origin
    assert "<dt>same bytes</dt><dd><span" in origin
    assert ">wire-again.txt</span></dd>" in origin
    assert row[2] in text.split('<footer class="site">')[1]


def test_a_doubted_author_is_said_to_be_one(tmp_path: Path, folder: Path) -> None:
    """It was stated, and it is not counted: both are shown."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.md").write_bytes((folder / "markdown" / "front_matter.md").read_bytes())
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection, connection:
        connection.execute("insert into doubted_bylines select * from bylines where position = 1")
        connection.execute("delete from bylines where position = 1")
        address = f"/article/{key(connection, COURT)}"
    text = get(opened(tmp_path / "corpus.db"), address).text
    byline = re.search(r'<p class="byline".*?</p>', text, re.S)[0]
    assert "Bo Ray" in byline
    assert "Ann Lee" not in byline
    assert re.search(r"<dd><span dir=\"auto\">Ann Lee</span>.*doubted, not counted", text)
    assert not re.search(r"<dd><span dir=\"auto\">Bo Ray</span>.*doubted, not counted", text)


def test_an_article_among_the_results_of_a_search(site: Any, connection: sqlite3.Connection) -> None:
    address = f"/article/{key(connection, COURT)}"
    plain = get(site, address).text
    text = get(site, f"{address}?q=court&sort=oldest").text
    assert "<mark>" not in plain
    assert 'class="hit"' not in plain
    assert re.search(r"<mark>[Cc]ourt</mark>", text)
    hit = re.search(r'<nav class="hit".*?</nav>', text, re.S)[0]
    position, total = map(int, re.search(r"<span>Hit (\d+) of (\d+)</span>", hit).groups())
    assert 1 <= position <= total
    assert 'href="/search?q=court&amp;sort=oldest"' in hit
    assert all("?q=court&amp;sort=oldest" in each for each in re.findall(r'rel="(?:prev|next)" href="([^"]+)"', hit))
    without = re.sub(r"</?mark>", "", re.search(r'<div class="body">.*?\n  </div>', text, re.S)[0])
    assert without == re.search(r'<div class="body">.*?\n  </div>', plain, re.S)[0]
    assert "Not among the results" in get(site, f"{address}?q=zzzz").text


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '"', "a OR", "outlet:", "(", "%", " "])
def test_whatever_is_typed_the_article_is_shown(site: Any, connection: sqlite3.Connection, typed: str) -> None:
    answer = get(site, str(httpx.URL(f"/article/{key(connection, COURT)}", params={"q": typed, "sort": "x"})))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert COURT in answer.text
    assert parse(typed) is not None


@pytest.mark.parametrize(
    ("suffix", "content_type", "opening"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "@"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - "),
        ("csl.json", "application/vnd.citationstyles.csl+json", "["),
    ],
)
def test_citations(site: Any, connection: sqlite3.Connection, suffix: str, content_type: str, opening: str) -> None:
    address = f"/article/{key(connection, COURT)}"
    answer = get(site, f"{address}.{suffix}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert answer.headers["content-disposition"] == f'attachment; filename="{address[9:]}.{suffix}"'
    assert answer.text.startswith(opening)
    page = get(site, address).text
    assert f'href="{address}.{suffix}"' in page
    shown = [html.unescape(each) for each in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.S)]
    assert answer.text in shown
    assert get(site, f"/article/0000000000000000.{suffix}").status_code == 404


class Shown(HTMLParser):
    """The text of the raw view without its labels and summaries, and the text of each piece by its title."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.pieces: list[tuple[str, str]] = []
        self._depth = self._left_out = 0
        self._piece: int | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if values.get("class") == "rawtext":
            self._depth = 1
        elif self._depth:
            self._depth += 1
            if tag == "summary" or (values.get("class") or "").startswith("label"):
                self._left_out = self._left_out or self._depth
            elif (values.get("class") or "").startswith("piece"):
                self._piece = self._depth
                self.pieces.append((values["title"] or "", ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if self._depth:
            if self._left_out == self._depth:
                self._left_out = 0
            if self._piece == self._depth:
                self._piece = None
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth and not self._left_out:
            self.text += data
            if self._piece:
                title, text = self.pieces[-1]
                self.pieces[-1] = (title, text + data)


def test_the_raw_view_is_the_file_and_its_spans(site: Any, connection: sqlite3.Connection, folder: Path) -> None:
    """Of every sample: all characters, in order, and each block of the corpus as a piece with its role."""
    listed = connection.execute(
        "select key, path, raw_file_id from articles join raw_files on raw_files.id = raw_file_id"
    ).fetchall()
    assert len(listed) == 39
    for key, path, file in listed:
        shown = Shown()
        text = get(site, f"/article/{key}/raw").text
        shown.feed(text)
        assert ("what is shown is the page in it" in text) == path.endswith(".mht")
        source = raw.read(folder, path).source
        assert lines(shown.text) == visible(source), path
        blocks = connection.execute(
            """select start, stop, 'paragraph ' || position from paragraphs
                where article_id in (select id from articles where raw_file_id = :file)
            union all select start, stop, role from furniture where raw_file_id = :file order by 1""",
            {"file": file},
        ).fetchall()
        assert [(name, lines(text)) for name, text in shown.pieces] == [
            (name, visible(source[start:stop])) for start, stop, name in blocks
        ], path


def visible(source: str) -> str:
    """What is shown of a text: control characters as pictures of themselves."""
    pictures = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"}
    return lines(source.translate(pictures | {127: "\u2421"}))


def lines(text: str) -> str:
    """A text with its line breaks as a browser reads them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_labels_lead_to_what_they_name(site: Any, connection: sqlite3.Connection) -> None:
    address = f"/article/{key(connection, COURT)}"
    article, text = get(site, address).text, get(site, f"{address}/raw").text
    targets = re.findall(rf'class="label[^"]*" dir="ltr" href="{address}#(\w+)"', text)
    assert len(targets) == len(set(targets)) > 10
    for target in targets:
        assert f'id="{target}"' in article
    anchors = re.findall(r' id="(c\d+)"', text)
    assert len(anchors) == len(set(anchors))
    for place in re.findall(rf'href="{address}/raw#(c\d+)"', article):
        assert place in anchors


def test_the_legend_counts_every_character(connection: sqlite3.Connection, folder: Path) -> None:
    for key, path in connection.execute("select key, path from articles join raw_files on raw_files.id = raw_file_id"):
        window = rawview.raw_view(connection, key).window
        source = raw.read(folder, path).source
        assert window.length == len(source)
        assert window.differing == 0, path
        assert sum(tally.characters for tally in window.tallies) + window.outside == len(source)
        assert path.endswith((".html", ".htm", ".mht")) or window.visible == 0


ENCODED = {
    "bom.txt": "\ufeffIt rained, said the “clerk”.\r\nIt rained.\r\n".encode(),
    "wide.txt": "The clerk said on Monday that it rained – and rained.\n".encode("utf-16"),
    "western.txt": "Le maire a déclaré que l’été sera très chaud.\r\rIl a plu.".encode("cp1252"),
    "damaged.txt": "größer als früher, schöner als je, süßer ".encode() + b"\xff und \xe9 sehr.",
    "control.txt": b"It rained on Monday, said the clerk of the council.\x01 " * 30,
    "page.html": "<!doctype html><meta charset=iso-8859-1><p>Le maire a déclaré que l’été sera chaud.</p>".encode("cp1252"),
}  # fmt: skip


def test_a_file_is_decoded_as_it_was_loaded(tmp_path: Path) -> None:
    root = tmp_path / "raw"
    root.mkdir()
    for name, data in ENCODED.items():
        (root / name).write_bytes(data)
    (root / "inside.md").symlink_to("bom.txt")
    (root / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"It rained in the valley, and it rained on the hills.")
    load(root, tmp_path / "corpus.db", jobs=1)
    with closing(opening.connect(tmp_path / "corpus.db")) as connection:
        rows = connection.execute(
            "select path, sha256, bytes, format, encoding from raw_files where outcome = 'loaded'"
        ).fetchall()
        assert len(rows) == len(ENCODED) + 1
        for row in rows:
            found = rawfile.source(connection, Listed(*row))
            assert found.problem is None
            name = os.fsdecode(b"caf\xe9.txt") if "caf" in row[0] else row[0]
            assert found.text == raw.read(root, name).source


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A corpus of one file, beside a file that is none of its business."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(
        "The secret word is told.\n\nIt rained on Monday, said the clerk of the council.\n"
    )
    (tmp_path / "secret.txt").write_text("The secret word is not told.\n\nIt rained on Monday, said the clerk.\n")
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    return tmp_path


def raw_page(own: Path) -> str:
    with closing(sqlite3.connect(own / "corpus.db")) as connection:
        (found,) = connection.execute("select key from articles").fetchone()
    answer = get(opened(own / "corpus.db"), f"/article/{found}/raw")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def refused(own: Path, reason: str) -> None:
    text = raw_page(own)
    assert reason in text
    assert 'class="refused" role="alert"' in text
    assert 'class="piece' not in text
    assert "secret word" not in text
    assert "root:" not in text
    assert "the file on this disk has it" not in text


def test_the_raw_file_as_it_was_loaded(own: Path) -> None:
    assert "the file on this disk has it" in raw_page(own)


def test_a_changed_file_is_not_shown(own: Path) -> None:
    text = (own / "raw" / "a.txt").read_text()
    (own / "raw" / "a.txt").write_text(text.replace("Monday", "Sunday"))  # of the same length
    refused(own, "The raw file has changed since it was loaded")
    (own / "raw" / "a.txt").write_text(f"{text} ")
    refused(own, "The raw file has changed since it was loaded")


def test_a_missing_file_or_folder_is_said(own: Path) -> None:
    (own / "raw" / "a.txt").unlink()
    refused(own, "The raw file is no longer there.")
    os.mkfifo(own / "raw" / "a.txt")
    refused(own, "it is not a regular file")
    (own / "raw").rename(own / "elsewhere")
    refused(own, "The raw folder that the corpus was built from is not there.")


@pytest.mark.parametrize(
    "path", ["../secret.txt", "../../../../../../etc/passwd", "/etc/passwd", "x/../../secret.txt", "link.txt", "folder/secret.txt", "", "."]
)  # fmt: skip
def test_nothing_out_of_the_raw_folder_is_opened(own: Path, path: str) -> None:
    """Even where its SHA-256 and its size are those that a tampered row says."""
    (own / "raw" / "link.txt").symlink_to(own / "secret.txt")
    (own / "raw" / "folder").symlink_to(own)
    found = raw.read(own, "secret.txt") if "secret" in path or "link" in path else raw.read(Path("/etc"), "passwd")
    with closing(sqlite3.connect(own / "corpus.db")) as connection, connection:
        connection.execute("update raw_files set path = ?, sha256 = ?, bytes = ?", [path, found.sha256, found.size])
    refused(own, "it is not a regular file" if path in ("", ".") else "it is not opened")


def test_a_text_that_is_not_that_of_its_span_is_said_to_differ(own: Path) -> None:
    """Whoever changes a word in the database is found out by the raw file."""
    assert "letter by letter" in raw_page(own)
    with closing(sqlite3.connect(own / "corpus.db")) as connection, connection:
        connection.execute("update paragraphs set text = replace(text, 'Monday', 'Sunday')")
    text = raw_page(own)
    assert "1 block differs from the file." in text
    assert len(re.findall(r">paragraph \d, differs</a>", text)) == 1
    assert "letter by letter" not in text


def test_a_damaged_corpus_is_refused_or_shown_in_order(own: Path) -> None:
    with closing(sqlite3.connect(own / "corpus.db")) as connection, connection:
        connection.execute("update paragraphs set start = 0 where position = 1")
        connection.execute("update furniture set start = 3")
    shown = Shown()
    shown.feed(raw_page(own))
    assert shown.text == (own / "raw" / "a.txt").read_text()
    with closing(sqlite3.connect(own / "corpus.db")) as connection, connection:
        connection.execute("update paragraphs set stop = 100000")
    refused(own, "end behind the text")
    with closing(sqlite3.connect(own / "corpus.db")) as connection, connection:
        connection.execute("update raw_files set encoding = 'nonsense'")
    refused(own, "no encoding has the name 'nonsense'")


def test_a_large_file_is_shown_in_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rawview, "WINDOW", 300)
    (tmp_path / "raw").mkdir()
    text = "".join(f"It rained on day {day}, said the clerk of the council.\n\n" for day in range(30))
    (tmp_path / "raw" / "a.txt").write_text(text)
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    site = opened(tmp_path / "corpus.db")
    with closing(opening.connect(tmp_path / "corpus.db")) as connection:
        key, start = connection.execute(
            "select key, start from articles join paragraphs on article_id = articles.id where position = 15"
        ).fetchone()
    assert f'href="/article/{key}/raw?at={start}#c{start}"' in get(site, f"/article/{key}").text
    page = get(site, f"/article/{key}/raw?at={start}").text
    assert f'id="c{start}"' in page
    assert "The file is shown 300 characters at a time" in page
    found, at = "", 0
    while at is not None:
        page = get(site, f"/article/{key}/raw?at={at}").text
        shown = Shown()
        shown.feed(page)
        found += shown.text
        following = re.search(rf'href="/article/{key}/raw\?at=(\d+)">characters from', page)
        at = int(following[1]) if following else None
    assert found == text
    for odd in ("-1", "x", "9" * 11, "9" * 30, "٣", ""):
        assert get(site, f"/article/{key}/raw?at={odd}").status_code == 200


HOSTILE = """\
<script>alert(1)</script> a headline of <b>some</b> words

By Ann Lee

It rained on Monday, said <img src=x onerror=alert(2)> the clerk of the council. {{ 7 * 7 }} \u202e drow \x07 end.

"><svg onload=alert(3)> and it rained on Tuesday too, said the clerk of the council to a reporter.
"""


def test_hostile_text_is_text(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "<img src=x onerror=alert(4)>.txt").write_text(HOSTILE)
    (tmp_path / "raw" / "a.md").write_text(
        '---\nurl: "javascript:alert(5)"\ntitle: "\\" onclick=alert(6) x"\n---\nIt rained again.\n'
    )
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    site = opened(tmp_path / "corpus.db")
    with closing(opening.connect(tmp_path / "corpus.db")) as connection:
        keys = [row[0] for row in connection.execute("select key from articles")]
    assert len(keys) == 2
    for address in (f"/article/{key}{rest}" for key in keys for rest in ("", "/raw", "?q=rained")):
        answer = get(site, address)
        text = answer.text
        assert answer.status_code == 200
        assert not re.search(r"<(script>alert|img|svg onload|b>some)", text), address
        assert 'href="javascript:' not in text
        assert not re.search(r"<\w+(?:\s+[\w-]+(?:=\"[^\"]*\")?)*\s+on\w+=", text)
        assert "{{ 7 * 7 }} \u202e" in text or " again." in text


@pytest.mark.parametrize(
    "path", ["/article/0000000000000000/raw", "/article/x/raw", "/article/0000000000000000.txt", "/article/../raw"]
)
def test_no_such_article(site: Any, path: str) -> None:
    assert get(site, path).status_code == 404


def test_moments_are_written_as_far_as_stated() -> None:
    assert moment.written("2024-04-18T09:30:00+02:00") == "18 April 2024, 09:30 (UTC+02:00)"
    assert moment.written("2024-04-18T09:30") == "18 April 2024, 09:30"
