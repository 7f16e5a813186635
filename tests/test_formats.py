"""Files are cut into blocks as they are printed; clean text, spans and form are right."""

import pytest

from corpus_db.errors import FormatError
from corpus_db.loading import formats
from corpus_db.loading.formats import cover, fragments, frontmatter, html, inline, lines, markdown, plain
from corpus_db.records import Block, Form, RawFile


def raw(source: str, path: str = "a.txt") -> RawFile:
    return RawFile(path, "0" * 64, len(source), "utf-8", source)


def blocks(source: str, path: str = "a.txt") -> tuple[Block, ...]:
    chosen = formats.choose(raw(source, path))
    assert not isinstance(chosen, str)
    (draft,) = chosen.read(raw(source, path))
    return cover.cover(source, draft.blocks)


def texts(source: str, path: str = "a.txt") -> list[str]:
    return [block.text for block in blocks(source, path)]


LONG = "The council met on Monday and decided after four hours that"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("One.\x85Two.\u2028Three.\x0cFour.", ["One.", "Two.", "Three.", "Four."]),
        ("A\u00a0b\u2009c", ["A b c"]),
        ("har\u00adbour \u200bmaster", ["harbour master"]),
        ("• one\n• two\n- three\n* four\n1. five", ["one", "two", "three", "four", "1. five"]),
        ("Text.\n\n***\n\nText.\n___\n=====", ["Text.", "***", "Text.", "___", "====="]),
        (f"{LONG}\n\nit would meet again.", [f"{LONG} it would meet again."]),
        (f"{LONG} the\n\nland register\n\n, however, burnt.", [f"{LONG} the land register, however, burnt."]),
        (f"{LONG}\n\nBy the way, it rained.", [LONG, "By the way, it rained."]),
        (f"{LONG}\nby Ann Lee", [LONG, "by Ann Lee"]),
        (f"{LONG}\n\nwww.example.org has more", [LONG, "www.example.org has more"]),
        ("Short\nlines\nof a menu", ["Short", "lines", "of a menu"]),
    ],
)
def test_plain_text_blocks(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


WRAPPED = """\
The committee on public works sat until seven last night and heard
eleven witnesses about the dam. I took notes; here is the part that
did not make it into the papers.
{between}The engineers said plainly that the spillway had not been inspec-
ted since 2011. The ministry's own file says 2017. Nobody at the
table could say where that year came from, and the chair asked for
the original log to be brought in.
"""


@pytest.mark.parametrize("between", ["\n", "    "])
def test_hard_wrapped_paragraphs_are_joined(between: str) -> None:
    found = texts(WRAPPED.format(between=between))
    assert len(found) == 2
    assert found[0].startswith("The committee")
    assert found[0].endswith("into the papers.")
    assert "not been inspec-ted since" in found[1]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Первый трамвай прошёл по новому мосту через двенадцать лет", "Триста человек стояли под дождём.", False),
        ("Le premier tramway franchit le nouveau pont après douze ans", "Élus et habitants attendaient.", False),
        ("Το πρώτο τραμ περνά τη νέα γέφυρα μετά από δώδεκα χρόνια", "Τριακόσιοι άνθρωποι στέκονταν εκεί.", False),
        (
            "新しい橋を十二年ぶりに最初の路面電車が渡り三百人が雨の中で待っていたと市長が月曜日に述べたということ",
            "開通は四回延期された。",
            False,
        ),
        ("Il primo tram attraversa il nuovo ponte dopo dodici anni", "gio 8 gen 2026", False),
        ("Il primo tram attraversa il nuovo ponte dopo dodici anni", "publié le 30 avril 2026", False),
        ("Le pont est ouvert depuis lundi soir, selon nos collègues de", "abc.example.org/pont", False),
        ("Первый трамвай прошёл по новому мосту, который строили", "двенадцать лет, и мэр была рада.", True),
        ("The first tram crossed the new bridge, which was built by", "hundreds of men, and the mayor was glad.", True),
    ],
)
def test_what_goes_on_over_a_blank_line(above: str, below: str, joined: bool) -> None:
    """A copied page puts links on lines of their own, in the middle of a sentence."""
    assert texts(f"{above}\n\n{below}\n\nMore.") == ([f"{above} {below}"] if joined else [above, below]) + ["More."]


def test_double_spaced_paragraphs_are_joined() -> None:
    source = "\n\n".join(WRAPPED.format(between="\n\n").splitlines()).replace("\n\n\n\n", "\n\n\n")
    assert len(texts(source)) == 2


def test_lines_tell_the_layout() -> None:
    source = WRAPPED.format(between="\n")
    assert lines.layout(source, lines.lines(source)) == lines.Layout(66, 0)
    source = "Home\nNews\nSport\nSign in\nA headline of some words that goes on"
    assert lines.layout(source, lines.lines(source)) == lines.Layout(None)


def test_quoted_mail_loses_its_marks() -> None:
    (block,) = blocks(
        "> Was there any word on who signed it?\n> There was not, said the chair, and none will come.\n"[:39]
    )
    assert block.text == "Was there any word on who signed it?"
    assert block.form.quote


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("By [Ann Lee](#), at \\$165 billion", "By Ann Lee, at $165 billion"),
        ("[\\\\$20 billion](#) in *debt* and **more**", "$20 billion in debt and more"),
        ("the [Saudi-Iran rapprochement](https://a.example/b) &amp; so on", "the Saudi-Iran rapprochement & so on"),
        ("1984. That was [a year](#).", "1984. That was a year."),
        ("_All of it_ is [here](#)", "All of it is here"),
    ],
)
def test_marks_in_plain_text_are_resolved(source: str, expected: str) -> None:
    assert texts(source) == [expected]


def test_plain_text_without_marks_keeps_its_stars() -> None:
    assert texts("5 * 3 = 15 and a_b_c and 2*2") == ["5 * 3 = 15 and a_b_c and 2*2"]


def test_locate_finds_words_in_the_source() -> None:
    source = "x\n\nBy [Ann\u00a0 Lee](#) &amp; **Bo Ray** – «é»"
    block = blocks(source)[1]
    assert block.text == "By Ann Lee & Bo Ray – «é»"
    for words in ("Ann Lee", "Bo Ray", "&", "By Ann Lee & Bo Ray", "«é»"):
        at = block.text.index(words)
        start, stop = block.locate(source, at, at + len(words))
        assert inline.resolve(source, start, stop)[0].replace("[", "").startswith(words[:3])
    start, stop = block.locate(source, 3, 10)
    assert source[start:stop] == "Ann\u00a0 Lee"


def test_locate_in_folded_text() -> None:
    source = "  The har\u00adbour  \n  is closed today, said Ann\nLee. " + LONG
    block = Block("The harbour is closed today, said Ann Lee.", 2, len(source))
    at = block.text.index("Ann Lee")
    start, stop = block.locate(source, at, at + 7)
    assert source[start:stop] == "Ann\nLee"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A *headline* ##", [("A headline", Form(heading=1))]),
        (
            "A headline\n===\n\nText.",
            [("A headline", Form(heading=1)), ("Text.", Form(gap=1))],
        ),
        ("> Quoted.", [("Quoted.", Form(quote=True))]),
        ("- one\n- two", [("one", Form(item=True)), ("two", Form(item=True))]),
        ("7. seven\n8. eight", [("7. seven", Form(item=True)), ("8. eight", Form(item=True))]),
        ("**All strong**", [("All strong", Form(strong=True))]),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            [("a b", Form(cell=True)), ("1 2", Form(cell=True))],
        ),
        ("```\nx = 1\n```", [("```", Form(rule=True)), ("x = 1", Form(code=True)), ("```", Form(rule=True))]),
        ("    An indented *line*", [("An indented line", Form(indent=4))]),
        ("***", [("***", Form(rule=True))]),
        ("One paragraph.\nAnother one.", [("One paragraph.", Form()), ("Another one.", Form())]),
        ("a <b>bold</b> word<br>and more", [("a bold word and more", Form())]),
        ("![](x.png)", [("![](x.png)", Form())]),
        ("[ref]: https://a.example", [("[ref]: https://a.example", Form())]),
    ],
)
def test_markdown_blocks(source: str, expected: list[tuple[str, Form]]) -> None:
    assert [(block.text, block.form) for block in blocks(source, "a.md")] == expected


def test_markdown_images_and_links_keep_their_targets() -> None:
    image, text = blocks("![The bridge](bridge.jpg)\n\nSee [the file](https://a.example/f) now.", "a.md")
    assert image.form.image
    assert image.text == "The bridge"
    assert [(text.text[link.start : link.stop], link.target) for link in text.form.links] == [
        ("the file", "https://a.example/f")
    ]


def test_markdown_with_every_character_beyond_ascii() -> None:
    source = "# Über *çä* 漢字\n\n“Quoted” – [ünïcödé](#) 👩‍👩‍👧 end."
    first, second = blocks(source, "a.md")
    assert (first.text, second.text) == ("Über çä 漢字", "“Quoted” – ünïcödé 👩‍👩‍👧 end.")
    start, stop = second.locate(source, second.text.index("ünïcödé"), second.text.index("ünïcödé") + 7)
    assert source[start:stop] == "ünïcödé"


def test_html_fragment() -> None:
    source = (
        '<div title="a>b"><h2>Head &amp; <i>more</i></h2><p>Hello <a href="https://a.example">link &lt;here&gt;</a>,'
        "&nbsp;R&D &copy 5 < 6</p><script>var x='no';</script><!-- no --><ul><li>one<li>two</ul><br>tail</div>"
    )
    found = fragments.blocks(source, 0, len(source))
    assert [block.text for block in found] == ["Head & more", "Hello link <here>, R&D © 5 < 6", "one", "two", "tail"]
    assert [block.form.heading for block in found] == [2, 0, 0, 0, 0]
    assert [block.form.item for block in found] == [False, False, True, True, False]
    for block in found:
        for run in block.runs:
            piece = source[run.start : run.start + run.width]
            assert run.length != run.width or piece == block.text[run.at : run.at + run.length]


def test_scripts_in_markdown_are_no_text() -> None:
    source = "<p>One.</p>\n<script>\ntrack('story');\n</script>\n<style>p { color: red }</style>\n\nTwo."
    assert texts(source, "a.md") == ["One.", "Two."]


def test_front_matter_values_have_their_spans() -> None:
    title = "title: 'Gr\u00fc\u00dfe &#8211; \U0001f600'"
    source = f'---\n{title}\ntags: [a, "b c"]\nauthor:\n  name: Ann Lee\nempty:\nno: ~\n---\nText.'
    found = frontmatter.find(source)
    assert [(each.key, each.value) for each in found.stated] == [
        ("title", "Grüße – 😀"), ("tags", "a"), ("tags", "b c"), ("author.name", "Ann Lee"),
    ]  # fmt: skip
    assert [source[each.start : each.stop] for each in found.stated][1:] == ["a", '"b c"', "Ann Lee"]
    assert source[found.stop :] == "Text."


def test_broken_front_matter_is_read_line_by_line() -> None:
    source = '---\ntitle: Fire: what was lost\ndate: "2023\n---\nText.'
    assert [(each.key, each.value) for each in frontmatter.find(source).stated] == [
        ("title", "Fire: what was lost"),
        ("date", "2023"),
    ]


@pytest.mark.parametrize(
    "source", ["---\n\nText.\n\n---\n", "Text.\n---\na: b\n---\n", "---\nNo keys here\n---\n", "***"]
)
def test_what_is_no_front_matter(source: str) -> None:
    assert frontmatter.find(source) is None


def test_yaml_bombs_are_cut_short() -> None:
    bomb = "---\na: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join('*' + a for _ in range(10))}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = frontmatter.find(bomb + "---\nText.")
    assert len(found.stated) <= frontmatter.MAX_VALUES


@pytest.mark.parametrize(
    ("path", "source", "chosen"),
    [
        ("a.txt", "Text.", plain),
        ("a", "Text.", plain),
        ("a.MD", "Text.", markdown),
        ("a.txt", "---\ntitle: x\n---\nText.", markdown),
        ("a.html", "<p>Text.</p>", html),
        ("a.txt", "<!DOCTYPE html><html>", html),
        ("a.md", "<!DOCTYPE html><html>", markdown),
        ("a.html", "---\ntitle: x\n---\n<p>Text.</p>", markdown),
        ("a.mht", "<p>Text.</p>", html),
        ("a.txt", "<?xml version='1.0'?><feed/>", "no reader for XML files"),
        ("a.json", "{}", "no reader for .json files"),
    ],
)
def test_the_right_format_is_chosen(path: str, source: str, chosen: object) -> None:
    assert formats.choose(raw(source, path)) == chosen


def test_two_claimants_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (markdown, markdown))
    with pytest.raises(FormatError, match=r"a\.md: claimed by markdown and markdown"):
        formats.choose(raw("Text.", "a.md"))


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_a_hundred_thousand_lines(path: str) -> None:
    source = "\n".join(f"Line {number} of a very long file, and it ends here." for number in range(100_000))
    assert len(blocks(source, path)) == 100_000


def test_one_line_of_a_megabyte() -> None:
    source = "word " * 200_000
    assert len(blocks(source)) == len(blocks(source, "a.md")) == 1
