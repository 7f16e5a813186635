"""Saved pages: the visible text, all of it and no more, with its spans; what the page states of itself."""

import itertools

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from corpus_db import decoding
from corpus_db.loading import encodings
from corpus_db.loading.formats import html
from corpus_db.records import Block, Draft, RawFile, Stated


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p><b>By Ann Lee</b><br>The wells are dry.</p>", ["By Ann Lee", "The wells are dry."]),
        ("<p>By Ann Lee<br>The wells are dry.</p>", ["By Ann Lee The wells are dry."]),
        ("<p><b>The wells</b> are dry.<br>More.</p>", ["The wells are dry. More."]),
        ("<p><b>The wells<br>are dry.</b></p>", ["The wells are dry."]),
        ("<p><b>The wells</b> are dry.</p>", ["The wells are dry."]),
    ],
)
def test_a_line_that_is_strong_as_a_whole_stands_alone(source: str, texts: list[str]) -> None:
    assert [block.text for block in read(f"<html><body>{source}</body></html>").blocks] == texts


def read(source: str, path: str = "a.html") -> Draft:
    (draft,) = html.read(RawFile(path, "0" * 64, len(source), "utf-8", source))
    return draft


def blocks(source: str) -> tuple[Block, ...]:
    return read(source).blocks


def texts(source: str) -> list[str]:
    return [block.text for block in blocks(source)]


def stated(source: str) -> list[tuple[str, str, str]]:
    return [(each.key, each.value, each.source) for each in read(source).stated]


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One <b>two</b> three.</p><p>Four.</p>", ["One two three.", "Four."]),
        ("<div>Outer<p>Inner</p>tail</div>", ["Outer", "Inner", "tail"]),
        ("<p>One<br><br>Two</p>", ["One", "Two"]),
        ("<p>Short line<br>of verse</p>", ["Short line of verse"]),
        (
            "<p>" + "A sentence that is long enough. " * 4 + "<br>And the next</p>",
            [("A sentence that is long enough. " * 4).strip(), "And the next"],
        ),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>x<td>y</table>", ["x", "y"]),
        ("<p>Fish &amp; chips &lt;b&gt;</p>", ["Fish & chips <b>"]),
        ("<p>1 < 2 and a<b</p>", ["1 < 2 and a"]),
        ("<p>soft&shy;hyphen and&nbsp;space</p>", ["softhyphen and space"]),
        ("<p>a</p><script>var p = '<p>b</p>';</script><style>c{}</style><!-- <p>d</p> --><p>e</p>", ["a", "e"]),
        ("<body><noscript><p>Enable scripts</p></noscript><template><p>t</p></template><p>Shown</p>", ["Shown"]),
        ("<svg><title>Icon</title></svg><p>Shown</p>", ["Shown"]),
        ("<span>Ann Lee</span><span>March 3</span>", ["Ann Lee March 3"]),
        ("<p><span>T</span>he drop cap</p>", ["The drop cap"]),
        ("<p>line\r\nbreak</p>\r\n<p>two</p>", ["line break", "two"]),
        ("no markup at all", ["no markup at all"]),
        ("<p>one \ud800 two</p><p>three</p>", ["one ? two", "three"]),
        ("", []),
    ],
)
def test_visible_text_is_cut_into_blocks(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_forms() -> None:
    found = blocks(
        "<h2>Head</h2><ul><li>Item</li></ul><blockquote><p>Quote</p></blockquote><figure><figcaption>Seen</figcaption></figure>"
        "<pre>x = 1</pre><div style='display: none'>Later</div><p><b>All</b></p><p>A <a href='/b'>link</a> here</p>"
    )
    head, item, quote, caption, code, hidden, strong, link = (block.form for block in found)
    assert (head.heading, item.item, quote.quote, caption.image, code.code) == (2, True, True, True, True)
    assert (hidden.hidden, strong.strong) == (True, True)
    assert [(found[-1].text[each.start : each.stop], each.target) for each in link.links] == [("link", "/b")]


def test_elements_around_a_block() -> None:
    (block,) = blocks("<main id='top'><div class='story body'><p>Text</p></div></main>")
    scope, tags = block.form.scope, []
    while scope is not None:
        tags.append((scope.tag, scope.names))
        scope = scope.parent
    assert tags[:3] == [("p", ""), ("div", "story body"), ("main", "top")]


@pytest.mark.parametrize(
    "source",
    [
        "<p>Caf\u00e9 &eacute;t\u00e9, <i>by Ann Lee</i> &amp; Bo Ray</p>",
        "<p>By\n   Ann Lee\r\n and Bo Ray</p>",
        "<p>x &#8217;tis <b>Ann&nbsp;Lee</b></p>",
    ],
)
def test_every_character_has_its_place(source: str) -> None:
    (block,) = blocks(source)
    for at, char in enumerate(block.text):
        if char.isalnum():
            start, stop = block.locate(source, at, at + 1)
            assert source[start:stop] == char or source[start:stop].startswith("&")
    at = block.text.index("Lee")
    assert source[slice(*block.locate(source, at, at + 3))] == "Lee"


@pytest.mark.parametrize(
    "value", ["https://a.example/b>c", "https://a.example/b>\nc", "https://a.example/='b>", "https://a.example/\0b"]
)
def test_an_odd_value_has_its_place(value: str) -> None:
    page = f'<meta name="x"><link title=a>b rel="x"><link rel="canonical" href="{value}">'
    (url,) = [each for each in read(page).stated if each.key == "url"]
    assert (url.start, url.stop) == (page.index("https"), page.index('">', page.index("https")))


@pytest.mark.parametrize("end", ["", "<", "</", "</p", "<!", "<?", "<a", "&", "&amp"])
def test_a_page_that_breaks_off_keeps_its_last_words(end: str) -> None:
    assert texts(f"<p>It rained.</p><p>It snowed{end}")[1].startswith("It snowed")


def test_cells_between_texts_that_the_parser_joins_are_not_lost() -> None:
    found = [(block.text, block.start) for block in blocks("<table>a<td>one<p>two<tr>b")]
    assert found == [("a", 7), ("one", 12), ("two", 18), ("b", 25)]
    assert sorted(texts("<table><<td>one<p>two<tr><")) == ["<", "<", "one", "two"]


def test_text_that_the_parser_moves_is_not_lost() -> None:
    source = "<table><tr>stray one<td>cell</td>stray two</tr></table><p>after</p>"
    found = blocks(source)
    assert [(block.text, source[block.start : block.stop]) for block in found] == [
        (text, text) for text in ("stray one", "cell", "stray two", "after")
    ]


@pytest.mark.parametrize(
    ("source", "there"),
    [
        ("<table><td>one<tr>two</table>three</title>one", "onetwothreeone"),
        ("<table><td>one<tr>two</table>one</title>two</title>one", "onetwoonetwoone"),
        ("x>one<p><table><tr><td>a<table><tr><td>one</table>b</title>one", "x>oneaonebone"),
    ],
)
def test_words_that_stand_there_twice_are_not_lost_where_the_parser_moves_and_joins(source: str, there: str) -> None:
    found = blocks(source)
    assert all(above.stop <= below.start for above, below in itertools.pairwise(found))
    assert sorted("".join(block.text for block in found)) == sorted(there)


_PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class=a>", "</div>", "<b>", "</b>", "<br>", "<li>", "<ul>", "</ul>", "word ", "Ann Lee", "&amp;", "&eacute;",
         "\n", "<td>", "<table>", "</table>", "<a href=x>", "</a>", "a < b ", "\u00e9", "<!-- no -->", "<h1>", "</h1>", "\x00", "&", "\r\n"]
    ),
    max_size=40,
)  # fmt: skip


@given(_PIECES)
def test_any_page_gives_ordered_blocks_that_hold_its_text(pieces: list[str]) -> None:
    source = "".join(pieces)
    at = 0
    for block in blocks(source):
        assert at <= block.start < block.stop <= len(source)
        assert block.text == " ".join(block.text.split())
        assert block.text
        at = block.stop
    shown = sorted(letters(BeautifulSoup(source.replace("\0", ""), "html.parser").get_text()))
    assert sorted("".join(letters(block.text) for block in blocks(source))) == shown


LD = '<script type="application/ld+json">{}</script><p>Text</p>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('{"@type": "NewsArticle", "headline": "A", "author": {"@type": "Person", "name": "Ann Lee"}}', {("headline", "A"), ("author", "Ann Lee")}),
        ('[{"@type": "BreadcrumbList"}, {"@type": ["Article"], "headline": "A", "author": ["Ann Lee", {"name": "Bo Ray"}]}]', {("author", "Ann Lee"), ("author", "Bo Ray")}),
        ('{"@graph": [{"@type": "Person", "@id": "#a", "name": "Ann Lee"}, {"@type": "Article", "headline": "A", "author": {"@id": "#a"}}]}', {("author", "Ann Lee")}),
        ('{"@type": "NewsArticle", "headline": "A &amp; B", "datePublished": "2024-05-01",}', {("headline", "A & B"), ("published", "2024-05-01")}),
        ('{"@type": "NewsArticle", "headline": "A\nB", "publisher": {"name": "The Post"}}', {("outlet", "The Post")}),
        ('{"@type": "NewsArticle" "headline": "Broken", "datePublished": "2024-05-01"', {("headline", "Broken"), ("published", "2024-05-01")}),
        ('{"@type": "WebPage", "datePublished": "2024-05-01"}', {("published", "2024-05-01")}),
        ('<!-- {"@type": "Article", "headline": "A"} -->', {("headline", "A")}),
    ],
)  # fmt: skip
def test_json_ld(data: str, expected: set[tuple[str, str]]) -> None:
    assert {(key, value) for key, value, source in stated(LD.format(data)) if source == "json-ld"} >= expected


def test_what_hangs_on_an_article_is_not_it() -> None:
    data = '{"@type": "Article", "headline": "A", "comment": {"@type": "Article", "headline": "B"}, "hasPart": [{"@type": "Article", "headline": "C"}]}'
    assert [value for key, value, _ in stated(LD.format(data)) if key == "headline"] == ["A"]


def test_metadata_of_all_vocabularies() -> None:
    found = stated(
        "<html lang=de><head><title>T | Post</title><meta property='og:title' content='OG'><meta name='twitter:title' content='TW'>"
        "<meta name='DC.creator' content='Lee, Ann'><meta name='citation_author' content='Bo Ray'><meta name='author' content='Al Day'>"
        "<meta property='article:published_time' content='2024-05-01T10:00Z'><link rel=canonical href='https://a.example/b'></head>"
        "<body itemscope><time class='published' datetime='2024-05-02'>May 2</time><span itemprop=author><b itemprop=name>Cy Fox</b></span>x"
    )
    assert set(found) == {
        ("language", "de", "lang"), ("headline", "T | Post", "title"), ("headline", "OG", "open graph"), ("headline", "TW", "twitter"),
        ("author", "Lee, Ann", "dublin core"), ("author", "Bo Ray", "citation"), ("author", "Al Day", "meta"),
        ("published", "2024-05-01T10:00Z", "open graph"), ("url", "https://a.example/b", "canonical link"),
        ("published", "2024-05-02", "time"), ("author", "Cy Fox", "microdata"),
    }  # fmt: skip


def test_stated_values_have_their_places() -> None:
    source = "<html lang='en'><meta property='og:title' content='Fish &amp; chips'>" + LD.format(
        '{"@type":"Article","headline":"Caf\\u00e9"}'
    )
    spans = {each.value: source[each.start : each.stop] for each in read(source).stated}
    assert spans == {"Fish & chips": "Fish &amp; chips", "Café": "Caf\\u00e9", "en": "en", "Article": "Article"}


@pytest.mark.parametrize(
    "href",
    ["https://a.example/b\nc", "https://a.example/b\r\nc", " https://a.example/b\rc\t", "https&#58;//a.example/&#98;c"],
)
def test_an_address_has_its_place_however_it_is_written(href: str) -> None:
    """Over two lines, which browsers join, and in entities that nothing asks for."""
    source = f"<meta name='author' content='Al Day'><link rel='stylesheet' href='/x'><link rel=canonical href='{href}'>"
    (found,) = [each for each in read(source).stated if each.key == "url"]
    assert found.value == "https://a.example/bc"
    assert source[found.start : found.stop] == href


def test_saved_pages_state_their_address() -> None:
    one = "<!-- Page saved with SingleFile \n url: https://a.example/b \n saved date: today --><p>x</p>"
    two = "<!-- saved from url=(0019)https://a.example/b --><p>x</p>"
    assert stated(one)[0] == stated(two)[0] == ("url", "https://a.example/b", "saved page")


def test_a_mail_archive_holds_a_page() -> None:
    data = (
        b"From: <Saved>\r\nSnapshot-Content-Location: https://a.example/b\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=C3=A9</p>\r\n--x--\r\n"
    )
    saved = decoding.unwrap(data)
    assert saved is not None
    assert (saved.data.decode().strip(), saved.charset, saved.transfer, saved.address) == (
        "<p>Café</p>", "utf-8", "quoted-printable", "https://a.example/b",
    )  # fmt: skip
    assert decoding.unwrap(b"<p>no archive</p>") is None


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('<meta charset="iso-8859-2"><p>łódź</p>'.encode("iso-8859-2"), "iso8859-2"),
        ('<meta http-equiv=x content="text/html; charset=windows-1251"><p>Привет</p>'.encode("cp1251"), "cp1251"),
        ('<meta charset="latin-1"><p>“café”</p>'.encode("cp1252"), "cp1252"),
        ('<meta charset="iso-8859-1"><p>“café”</p>'.encode(), "utf-8"),
        (b'<meta charset="no-such"><p>caf\xe9</p>', "cp1252"),
        ('<?xml version="1.0" encoding="shift_jis"?><p>日本</p>'.encode("shift_jis"), "shift_jis"),
    ],
)
def test_declared_encodings(data: bytes, encoding: str) -> None:
    decoded = encodings.decode(data)
    assert not isinstance(decoded, str)
    assert decoded.encoding == encoding


def test_a_container_says_its_charset() -> None:
    decoded = encodings.decode("łódź".encode("iso-8859-2"), "iso-8859-2")
    assert not isinstance(decoded, str)
    assert decoded.text == "łódź"


def test_stated_by_the_archive() -> None:
    raw = RawFile("a.mht", "0" * 64, 1, "utf-8", "<p>x</p>", stated=(Stated("url", "https://a.example/b", "mhtml"),))
    assert html.read(raw)[0].stated == raw.stated
