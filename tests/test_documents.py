"""Exports of news archives as plain text: each document is an article, with what its lines state; nothing is lost."""

from pathlib import Path

import pytest
from places import GOLDEN
from promises import check

from corpus_db.loading import formats, pipeline
from corpus_db.loading.formats import factiva, nexis, plain, proquest
from corpus_db.records import Article, Parsed, RawFile, Role

TEXT = "The council of Orlo approved the new tram line on Tuesday, after a debate that drew hundreds of people."
NEXIS = "A tram for Orlo\n\nThe Orlo Post\n\nMarch 4, 2025 Tuesday\n\nLength: 40 words\n\nBody\n\n{text}\n\nLoad-Date: March 5, 2025\n\nEnd of Document\n"
COUNTED = "{at} of 2 DOCUMENTS\n\n   The Orlo Post\n\n   March 4, 2025\n\nA tram for Orlo\n\nLENGTH: 40 words\n\n{text}\n\nLOAD-DATE: March 5, 2025\n\n"
FACTIVA = "A tram for Orlo\nBy Ann Lee\n40 words\n4 March 2025\nThe Orlo Post\nORLP\nEnglish\nCopyright 2025 The Orlo Post\n\n{text}\n\nDocument ORLP000020250304el340000{at}\n\n"
TAGGED = "HD A tram for Orlo\nWC 40 words\nPD 4 March 2025\nSN The Orlo Post\nLP\n{text}\nTD\nIN Orlo, people cheered at the news of it.\nAN Document ORLP000020250304el340000{at}\n\n"
PROQUEST = "____________________________________________________________\n\nTitle: A tram for Orlo\n\nFull text: {text}\n\nPublication title: The Orlo Post; Orlo\n\nPublication date: Mar 4, 2025\n\nProQuest document ID: 31{at}\n\n"


def raw(source: str, path: str = "a.txt") -> RawFile:
    return RawFile(path, "0" * 64, len(source), "utf-8", source)


def articles(source: str) -> tuple[Article, ...]:
    found = pipeline.articles(raw(source))
    assert isinstance(found, Parsed)
    return found.articles


@pytest.mark.parametrize(
    ("written", "format_"),
    [(NEXIS, nexis), (COUNTED, nexis), (FACTIVA, factiva), (TAGGED, factiva), (PROQUEST, proquest)],
)
def test_each_document_is_an_article(written: str, format_: formats.Format) -> None:
    source = "".join(written.format(text=f"{TEXT} It is number {at}.", at=at) for at in (1, 2))
    assert formats.choose(raw(source)) is format_
    found = articles(source)
    assert len(found) == 2
    for number, article in enumerate(found, 1):
        body = [part.text for part in article.parts if part.role is Role.PARAGRAPH]
        assert body[0] == f"{TEXT} It is number {number}."
        assert article.headline == "A tram for Orlo"
        assert article.published == "2025-03-04"
        assert article.outlet is not None
        assert article.outlet.name == "The Orlo Post"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("[nfp][era][xco]*/*.txt")), ids=lambda path: path.name)
def test_every_character_stands_in_one_document(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    chosen = formats.choose(raw(source))
    assert not isinstance(chosen, str)
    covered = [0] * len(source)
    for draft in chosen.read(raw(source)):
        assert len(draft.told) == len(draft.blocks) or chosen is plain
        for block in draft.blocks:
            for at in range(block.start, block.stop):
                covered[at] += 1
    assert all(count == 1 for count, char in zip(covered, source, strict=True) if not char.isspace())


@pytest.mark.parametrize("written", [NEXIS, COUNTED, FACTIVA, TAGGED, PROQUEST])
def test_a_document_without_text_is_kept_with_the_one_before_it(written: str) -> None:
    written = written.replace("IN Orlo, people cheered at the news of it.\n", "")
    bare, whole = written.format(text="", at=3), written.format(text=TEXT, at=1)
    for source in (whole + bare, bare + whole, whole + bare + whole.replace(" 1", " 2")):
        found = pipeline.articles(raw(source))
        assert isinstance(found, Parsed)
        check(source, found)
        assert all(article.headline == "A tram for Orlo" for article in found.articles)
        wanted = ["no article"] if source.startswith(whole) else []
        assert [each.kind for each in found.articles[0].defects if each.kind == "no article"] == wanted


def test_marks_of_several_archives_in_one_file_are_read_once() -> None:
    pasted = [FACTIVA.format(text=TEXT, at=1), NEXIS.format(text=TEXT), PROQUEST.format(text=TEXT, at=1)]
    for several in ([0, 1], [0, 2], [1, 2], [0, 1, 2]):
        source = "".join(pasted[at] for at in several)
        found = pipeline.articles(raw(source))
        assert isinstance(found, Parsed)
        check(source, found)


@pytest.mark.parametrize("unseen", ["\ufeff", "\u200b \u2060", "• ", "[](#)", "<p>"])
def test_what_prints_nothing_between_the_lines_of_an_export_is_kept(unseen: str) -> None:
    source = FACTIVA.format(text=f"{TEXT} [Orlo](https://orlo.example)", at=1)
    for line in range(source.count("\n")):
        rows = source.split("\n")
        made = "\n".join([*rows[:line], unseen, *rows[line:]])
        found = pipeline.articles(raw(made))
        assert isinstance(found, Parsed)
        check(made, found)


def test_a_line_of_a_text_that_begins_like_a_field_is_text() -> None:
    source = TAGGED.format(text=TEXT, at=1)
    body = [part.text for part in articles(source)[0].parts if part.role is Role.PARAGRAPH]
    assert "IN Orlo, people cheered at the news of it." in body


def test_subjects_are_stated_where_they_stand_without_their_codes() -> None:
    blanks = " " * 50_000  # a pattern that tries each of them anew would need minutes
    source = TAGGED.format(text=TEXT, at=1).replace(
        "\nAN ", f"\nNS gcat : Political/General News | gtran : Rail{blanks}Transport |{blanks}| Trams{blanks}\nAN "
    )
    topics = [fact for draft in factiva.read(raw(source)) for fact in draft.stated if fact.key == "topic"]
    assert [fact.value for fact in topics] == ["Political/General News", "Rail Transport", "Trams"]
    for fact in topics:
        assert fact.start is not None
        assert fact.stop is not None
        assert " ".join(source[fact.start : fact.stop].split()) == fact.value


@pytest.mark.parametrize(
    "source",
    [
        f"{TEXT}\n\nEnd of Document\n",  # no length
        f"{TEXT}\n\n40 words\n\nThe document is here.\n",
        f"<html><body><p>{TEXT}</p><p>Length: 40 words</p><p>End of Document</p></body></html>",
        f"---\ntitle: A tram\n---\nLength: 40 words\n\n{TEXT}\n\nEnd of Document\n",
    ],
)
def test_what_only_looks_like_an_export_is_none(source: str) -> None:
    assert formats.choose(raw(source)) not in (nexis, factiva, proquest)


def test_a_document_that_is_empty_is_no_article() -> None:
    source = NEXIS.format(text="") + NEXIS.format(text=TEXT)
    assert len(articles(source)) == 1
