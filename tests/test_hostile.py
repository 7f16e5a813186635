"""Raw files that were written to hurt: each gives its article, or a reject that says why, and the load goes on."""

import csv
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from promises import check

from corpus_db.corpus import load
from corpus_db.errors import UsageError
from corpus_db.loading import bylines, dates, pipeline
from corpus_db.loading.formats import frontmatter, nesting
from corpus_db.records import Parsed, RawFile, Reject

SAID = "It rained on Monday, said the clerk of the council of Orlo, who had come late. "
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
HURTING = {
    "nesting.html": "<div>" * 8_000 + SAID + "</div>" * 8_000,
    "inline.html": "<b>" * 20_000 + SAID,
    "lists.html": "<ul><li>" * 2_000 + SAID,
    "tags.html": "<i></i>" * 50_000 + f"<p>{SAID}</p>",
    "attribute.html": f'<p title="{"a" * 2_000_000}">{SAID}</p>',
    "attributes.html": f"<p {' '.join(f'a{i}=1' for i in range(20_000))}>{SAID}</p>",
    "entities.html": f"<p>{'&amp;' * 20_000} {SAID}</p>",
    "laughs.html": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><html><body><p>&l9; {SAID}</p></body></html>',
    "outside.html": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>&e; {SAID}</p></body></html>',
    "line.html": f"<p>{SAID * 5_000}</p>",
    "links.html": "".join(f'<a href="/x{i}">It rained {i}</a> ' for i in range(5_000)) + f"<p>{SAID}</p>",
    "empty.html": "<p></p>" * 50_000 + f"<p>{SAID}</p>",
    "classes.html": f'<div class="{"x " * 100_000}"><p>{SAID}</p></div>',
    "comments.html": "<!--" * 20_000 + "-->" + f"<p>{SAID}</p>",
    "json.html": f'<script type="application/ld+json">{"[" * 50_000}</script><p>{SAID}</p>',
    "number.html": f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": {"9" * 10_000}}}</script><p>{SAID}</p>',
    "reference.html": f"<p>{SAID} &#{'1' * 5_000}; &#{'0' * 5_000}65; &#x{'1' * 5_000};</p>",
    "reference.md": f"**A headline**\n\n{SAID} &#{'1' * 5_000}; <b>&#{'0' * 5_000}65;</b>",
    "quotes.md": ">" * 5_000 + SAID,
    "brackets.md": "[" * 20_000 + SAID,
    "links.md": "[a](" * 5_000 + SAID,
    "emphasis.md": "*a _b " * 5_000 + SAID,
    "ticks.md": "".join("`" * i + " " for i in range(300)) + SAID,
    "laughs.md": "---\na: &a [x, x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)) + f"---\n{SAID}",
    "nesting.md": f"---\na: {'[' * 2_000}\n---\n{SAID}",
    "line.txt": SAID * 5_000,
    "lines.txt": "x\n\n" * 5_000 + SAID,
    "spaces.txt": " " * 500_000 + SAID,
    "byline.txt": f"A headline\n\nBy {'Ann Lee and ' * 2_000}\n\n{SAID}",
    "words.txt": f"A headline\n\nBy {'A ' * 20_000}\n\n{SAID}",
    "blanks.html": f'<meta name="author" content="Ann{" " * 100_000}Lee"><p>{SAID * 3}</p>',
    "capitals.txt": f"A headline\n\n{'A' * 50_000}\n\n{SAID}",
    "places.txt": f"A headline\n\n{'ORLO ' * 10_000}\n\n{SAID}",
    "address.txt": f"A headline\n\nBy Ann Lee {'ann.' * 20_000}\n\n{SAID}",
    "digits.txt": f"A headline\n\nBy Ann Lee {'1' * 50_000}\n\n{SAID}",
    "copyright.txt": f"A headline\n\n{SAID}\n\n© {'. ' * 50_000}2024x",
    "title.txt": f"A headline{' ' * 50_000}|{' ' * 50_000}\n\n{SAID}",
    "dates.txt": f"{'March 3, 2024 ' * 3_000}\n\n{SAID}",
    "combining.txt": f"e{chr(0x301) * 50_000}\n\n{SAID}",
    "bidi.txt": f"{chr(0x202E)}{chr(0x2066)}" * 20_000 + SAID,
    "keys.txt": "a: b\n" * 5_000 + "\n" + SAID,
}  # fmt: skip


@pytest.mark.parametrize("name", HURTING)
def test_what_was_written_to_hurt_is_read_or_rejected(name: str) -> None:
    source = HURTING[name]
    found = pipeline.articles(RawFile(name, "0" * 64, len(source), "utf-8", source))
    if isinstance(found, Parsed):
        check(source, found)
    else:
        assert found.problem


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<p>x</p>", "&amp;", "<i></i>", "[x](#) ", "x\n\n", "a: b\n"])
def test_twice_as_much_takes_no_more_than_a_few_times_as_long(piece: str) -> None:
    """What grows with the square takes sixteen times as long for four times as much: the bound lies beneath."""

    def seconds(count: int) -> float:
        source = piece * count + SAID
        name = "a.html" if piece[0] in "<&" else "a.md"
        started = time.process_time()
        pipeline.articles(RawFile(name, "0" * 64, len(source), "utf-8", source))
        return time.process_time() - started

    seconds(10)
    ratios = []
    for _ in range(4):
        ratios.append(seconds(6_000) / max(seconds(1_500), 0.005))
        if ratios[-1] < 12:
            return
    pytest.fail(f"{piece}: {ratios}")


SURROGATES = {
    "a.html": '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "A \\ud800 b", "author": {"name": "Ann \\udfff Lee"}, "articleSection": "x\\ud800", "inLanguage": "\\ud800"}</script></head>'
    f"<body><h1>A headline</h1><p>{SAID * 3}</p></body></html>",
    "b.md": f'---\ntitle: "A \\ud800 b"\ntags: ["\\ud800"]\nauthor: "Ann \\ud800 Lee"\n---\n\n{SAID}\n\n&#xD800; and &#0;\n',
    "c.html": f'<html><head><meta charset="raw_unicode_escape"></head><body><p>\\ud800 \xe9 {SAID * 3}</p></body></html>',
    "d.html": f'<html><head><meta charset="utf-7"></head><body><p>+2AA- \xe9 {SAID * 3}</p></body></html>',
}


@pytest.mark.parametrize("loader", [frontmatter._LOADER, yaml.SafeLoader])
def test_lone_surrogates_do_not_stop_a_load(tmp_path: Path, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON, YAML and UTF-16 can write half a character, which no text in UTF-8 can have."""
    monkeypatch.setattr(frontmatter, "_LOADER", loader)
    root = tmp_path / "raw"
    root.mkdir()
    for name, text in SURROGATES.items():
        (root / name).write_bytes(text.encode("latin-1"))
    (root / "e.txt").write_bytes(
        b"\xff\xfe" + f"{SAID}\n\n".encode("utf-16-le") + b"\x00\xd8" + SAID.encode("utf-16-le")
    )
    loaded = load(root, tmp_path / "corpus.db", jobs=1)
    assert loaded.outcomes["loaded"] == 5
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        for table, column in (
            ("articles", "headline"),
            ("paragraphs", "text"),
            ("tags", "value"),
            ("defects", "detail"),
        ):
            for (text,) in connection.execute(f"select {column} from {table} where {column} is not null"):
                text.encode()


def test_hostile_names_of_files(tmp_path: Path) -> None:
    """Names are shown, never followed: out of the folder, over lines, not UTF-8, twins, long ones."""
    root = tmp_path / "raw"
    root.mkdir()
    (tmp_path / "secret.txt").write_text(f"Secret. {SAID}")
    deep = root / Path(*["d" * 200] * 12)
    deep.mkdir(parents=True)
    names = [b"a\nb.txt", b"a\rb.txt", b"\xff\xfe.txt", b"Twin.txt", b"twin.txt", "e\u0301.txt".encode(), "\u00e9.txt".encode(),
             "\u202etxt.exe.txt".encode(), b"-rf.txt", b"$(id).txt", b"%2e%2e.txt", b"a;b'c\"d.txt", b"\x01.txt", b"n" * 251 + b".txt"]  # fmt: skip
    for number, name in enumerate(names):
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text(f"{SAID} {number}\n\n{SAID}")
    (deep / "a.txt").write_text(SAID)
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "folder").symlink_to(tmp_path)
    loaded = load(root, tmp_path / "corpus.db", jobs=1)
    assert loaded.outcomes["loaded"] == len(names) + 1
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        assert connection.execute("select count(*) from paragraphs where text like 'Secret%'").fetchone() == (0,)
        paths = [row[0] for row in connection.execute("select path from raw_files")]
        assert len(paths) == len(set(paths)) == len(names) + 3
        outcomes = dict(connection.execute("select path, outcome from raw_files where path in ('link.txt', 'folder')"))
        assert outcomes == {"link.txt": "rejected", "folder": "rejected"}
    assert load(root, tmp_path / "corpus.db", jobs=1).outcomes["unchanged"] == len(names) + 3


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "x\ny.txt", "C:\\x.txt", "\x00.txt", "n" * 5_000]
)
def test_a_manifest_names_no_file_outside(name: str, tmp_path: Path) -> None:
    root = tmp_path / "raw"
    root.mkdir()
    (root / "a.txt").write_text(SAID)
    (tmp_path / "secret.txt").write_text(f"Secret. {SAID}")
    with (root / "manifest.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["path", "outlet"], [name, "The Orlo Notes"]])
    try:
        loaded = load(root, tmp_path / "corpus.db", jobs=1)
    except UsageError as error:
        assert "manifest.csv" in str(error)  # noqa: PT017 — both are an answer
        return
    assert loaded.outcomes["loaded"] == 1
    assert [each.problem for each in loaded.rejects] == ["stands in manifest.csv, but there is no such file"]


TEXT = st.text(st.characters(codec=None), max_size=200) | st.text("ABab .,-—'’()@|&\n\t©123é\u0301\u202e", max_size=300)


@given(TEXT)
@settings(max_examples=400)
def test_bylines_and_dates_take_any_line(printed: str) -> None:
    for name in bylines.parse(printed):
        assert name.strip()
    dates.parse(printed)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=5), max_size=5), st.sampled_from(",;\t"))
@settings(max_examples=60)
def test_any_manifest_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], mark: str
) -> None:
    root = tmp_path_factory.mktemp("manifest") / "raw"
    root.mkdir()
    (root / "a.txt").write_text(f"{SAID}\n\n{SAID}")
    lines = [
        mark.join(["path", "outlet", "published", "authors", "tags"]),
        *(mark.join(["a.txt", *row]) for row in rows),
    ]
    (root / "manifest.csv").write_bytes("\n".join(lines).encode("utf-8", "replace"))
    try:
        loaded = load(root, root.parent / "corpus.db", jobs=1)
    except UsageError as error:
        assert str(error)  # noqa: PT017 — both are an answer
    else:
        assert loaded.outcomes["loaded"] == 1


def test_homoglyphs_are_two_people() -> None:
    """A Cyrillic letter in a Latin name is not folded away: what looks alike is not said to be one."""
    latin, mixed = bylines.parse("By Ann Lee"), bylines.parse("By \u0410nn Lee")
    assert latin
    assert latin != mixed


DEEP = "<div>" * nesting.DEEPEST


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        ("<div><ul><li>a<li>b</ul></div><DIV class=a>", 2),
        ("<p>a<p>b<li>c<br>", 0),
        ("<div></ul></section>" * 50, 50),  # what ends nothing does not end another
        ("<div><table><td></div></table>" * 50, 50),  # nor from within a table
        ("<div><button></div></button>" * 50, 50),
        ("<table><tr><td><div>a<td><div>b<tr><td><div></table>" * 50, 1),  # a cell ends what is open in the last
        ("<div>a</div>" * 50, 1),
        ("<divan><detail>", 0),
    ],
)
def test_the_depth_of_a_page(source: str, depth: int) -> None:
    assert nesting.depth(source) == depth


@pytest.mark.parametrize("source", [f"{DEEP}<div>{SAID}", f"<ul><li>{DEEP}{SAID}", f"{'<div><table><td></div></table>' * 10_001}{SAID}"], ids=["div", "ul", "table"])  # fmt: skip
def test_a_page_too_deep_to_be_parsed_is_rejected(source: str) -> None:
    found = pipeline.articles(RawFile("a.html", "0" * 64, len(source), "utf-8", source))
    assert isinstance(found, Reject)
    assert found.problem == "more than 10,000 blocks nested in each other: no page that a browser shows"


def test_a_long_page_is_not_deep() -> None:
    source = f"<div><p>{SAID}</div>" * 12_000
    assert nesting.problem(source) is None


def test_a_reject_says_why() -> None:
    found = pipeline.articles(RawFile("a.html", "0" * 64, 0, "utf-8", "<div>" * 3_000))
    assert isinstance(found, Reject)
    assert found.problem
