"""The promises that hold for every raw file: nothing is lost, nothing is invented, nothing crashes."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import samples
from promises import Check, check

from corpus_db.loading import engines, pipeline, raw
from corpus_db.records import Parsed, RawFile


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_promises_hold_for_samples(path: Path) -> None:
    found = raw.read(path.parent, path.name)
    assert isinstance(found, RawFile)
    parsed = pipeline.articles(found)
    assert isinstance(parsed, Parsed)
    check(found.source, parsed)


MARKS = (
    "\n", "\n\n", "\r\n", "\r", "\x85", "\u2028", "\x0c", "\t", "    ", "\u00a0", "\u200b", "\ufeff", "\xad",
    "\x00", "\x1b", "#", "##", "- ", "* ", "1. ", "> ", "\\", "*", "**", "_", "`", "```\n", "~~~", "[", "](",
    ")", "![", "<", ">", "<p>", "</p>", "<br>", "<div>", "<script>", "</script>", "<!--", "-->", "&amp;",
    "&#x41;", "&nbsp", "***", "___", "---\n", "===\n", " | ", "\\$", "\\\\$5", "[x](#)",
    "[y](http://a.example/b \"t\")", "e\u0301", "\ud800", "👩\u200d👩\u200d👧", "漢字かな", "مرحبا", "שלום",
)  # fmt: skip
PRINTED = (
    "By Ann Lee", "By ANN LEE and Bo Ray", "March 3, 2024", "26.03.2023", "5/3/2023", "Tags: a, b", "title: x",
    "date: \"2023", "Copyright © 2024 The Valley Gazette",
    "This article was originally published on [The Cradle](#).", "Read also:", "Home » News » World",
    "Source: https://a.example/", "He left. She stayed.", "¿Qué?", "Übergröße", "© 2024",
    "The council met on Monday and decided, after four hours, to meet again.", "A headline without a full stop",
    "Xi: \"I agree.\"", "WASHINGTON (AP) — It rained.",
)  # fmt: skip
PIECES = st.sampled_from(MARKS + PRINTED)


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60), st.sampled_from(["a.txt", "a.md", "a.html"]))
@settings(max_examples=400)
def test_promises_hold_for_anything(pieces: list[str], path: str) -> None:
    source = "".join(pieces)
    parsed = pipeline.articles(RawFile(path, "0" * 64, len(source), "utf-8", source))
    if isinstance(parsed, Parsed):
        check(source, parsed)
    else:
        assert parsed.problem


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_are_read_or_rejected(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "a.txt").write_bytes(data)
    found = pipeline.parse(folder, "a.txt")
    assert isinstance(found, Parsed) or found.problem
    shutil.rmtree(folder)


@pytest.mark.parametrize("part", ["samples", "text", "pages"])
def test_promises_hold_for_real_files(bench: Path, part: str) -> None:
    """The real files that we have, in all processes: no crash, nothing lost, nothing silent.

    Every fifteenth of them; all of them where CORPUS_DB_ALL is set.
    """
    root = bench / part
    walked = raw.walk(root)
    names = [each for each in walked if isinstance(each, str)]
    engine = engines.choose(None, len(names))
    assert len(names) > 2_000
    chosen = names if "CORPUS_DB_ALL" in os.environ else names[::15]
    broken = [each for found in engine(Check(root), chosen) for each in found]
    assert broken == []
