"""The classifier of roles: what it is given, what it gives; pages that are no articles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.loading import buckets, endings, features, kinds, network, roles, sheet
from corpus_db.loading.formats import html, plain
from corpus_db.records import Block, Draft, Form, RawFile, Role, Stated

PROSE = (
    "The council of the valley decided on Monday to repair the old bridge, which has been closed since the flood. ",
    "“We have waited long enough,” said Adele Crane, who leads the council, after a debate of four hours. ",
    "Work is to begin in the autumn and will cost 2.4 million, of which the district pays a third. ",
)


def draft(*texts: str, stated: tuple[Stated, ...] = ()) -> Draft:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(text, at, at + len(text)))
        at += len(text) + 2
    return Draft(tuple(blocks), stated)


def page(source: str) -> Draft:
    (found,) = html.read(RawFile("a.html", "0" * 64, len(source), "utf-8", source))
    return found


TEXTS = st.lists(
    st.text(min_size=1, max_size=60).filter(str.strip).map(lambda text: " ".join(text.split())), max_size=12
)


@given(TEXTS.map(lambda texts: draft(*filter(None, texts))))
def test_any_blocks_have_features_and_roles(made: Draft) -> None:
    found = features.of(made)
    n = len(made.blocks)
    assert (len(found.dense), len(found.words), len(found.names)) == (n, n, n)
    assert np.isfinite(found.dense).all()
    assert (found.words < buckets.WORDS).all()
    assert (found.names < buckets.NAMES).all()
    if n:
        chances = network.likely(found)
        assert chances.shape == (n, len(network.CLASSES))
        assert np.allclose(chances.sum(1), 1.0, atol=1e-4)
    assert len(roles.assign(made)) == n


def test_what_a_format_does_not_have_is_neutral() -> None:
    text = features.of(draft(*PROSE))
    assert not text.names.any()
    assert text.dense.shape[1] == features.of(page(f"<p>{PROSE[0]}</p>")).dense.shape[1]


def test_the_weights_are_small_and_of_the_right_shape() -> None:
    assert network.WEIGHTS.stat().st_size < 3_000_000
    members = network.load(network.WEIGHTS)
    assert len(members) == network.MEMBERS
    for weights in members:
        assert weights["words.weight"].shape[0] == buckets.WORDS
        assert weights["names.weight"].shape[0] == buckets.NAMES
        assert not weights["words.weight"][0].any()
        assert weights["last.weight"].shape[0] == len(network.CLASSES)


def test_saved_weights_are_the_same_bytes(tmp_path) -> None:
    members = network.load(network.WEIGHTS)
    for name in ("a.npz", "b.npz"):
        network.save(tmp_path / name, *members)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_an_article_as_text() -> None:
    made = draft(
        "Home",
        "News",
        "Council to repair the old bridge",
        "By Ann Lee",
        "March 3, 2024",
        *PROSE,
        "Share this article",
        "© 2024 The Valley Gazette",
    )
    found = roles.assign(made)
    assert found[2:5] == (Role.HEADLINE, Role.BYLINE, Role.DATELINE)
    assert found[5:8] == (Role.PARAGRAPH,) * 3
    assert Role.PARAGRAPH not in (*found[:2], *found[8:])


def test_one_short_text_is_body() -> None:
    (found,) = plain.read(RawFile("a.txt", "0" * 64, 1, "utf-8", PROSE[0]))
    assert roles.assign(found) == (Role.PARAGRAPH,)


def body(*texts: str, links: bool = False) -> tuple[Draft, tuple[Role, ...]]:
    made = draft(*texts)
    if links:
        linked = tuple(block._replace(form=Form(links=(((0, len(block.text), "/a")),))) for block in made.blocks)  # type: ignore[arg-type]
        made = Draft(linked)
    return made, (Role.HEADLINE, *(Role.PARAGRAPH,) * (len(texts) - 1))


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        (("Page not found", "The page that you look for has moved."), "an error page, not an article"),
        (("404", "Nothing is here."), "an error page, not an article"),
        (("Just a moment...", "Checking your browser."), "an error page, not an article"),
        (("Seite wurde nicht gefunden", "Bitte suchen Sie weiter."), "an error page, not an article"),
        (("Before you continue", "We use cookies."), "a consent page, not an article"),
        (("404 jobs lost as the mill closes", *PROSE * 4), None),
        (("404 jobs lost as the mill closes", *PROSE), None),
        (("500: a number for the valley", PROSE[0]), "an error page, not an article"),
        (("503 Service Unavailable", PROSE[0]), "an error page, not an article"),
        (
            (
                "From ann@a.example Mon Mar 13 08:00:00 2023 Subject: Rain",
                *PROSE,
                "From bo@a.example Tue Mar  4 08:00:01 2023",
            ),
            "a mailbox of 2 messages: split it into files of one article each",
        ),
        (("From ann@a.example Mon Mar 13 08:00:00 2023 Subject: Rain", *PROSE), None),
        (("HTTP Error 403", PROSE[0]), "an error page, not an article"),
        (("Access Denied | Orlo", PROSE[0]), "an error page, not an article"),
        (("Access denied: how 500 workers lost their pensions", PROSE[0]), None),
        (("Forbidden City reopens to visitors", PROSE[0]), None),
        (("Just a moment of silence, please", PROSE[0]), None),
        (("Council to repair the bridge", *PROSE), None),
    ],
)
def test_pages_that_are_no_articles(texts: tuple[str, ...], problem: str | None) -> None:
    assert kinds.problem(*body(*texts)) == problem


def test_paid_and_live_pages_say_so() -> None:
    made, given_ = body("Council to repair the bridge", PROSE[0])
    made = Draft(
        (*made.blocks, Block("Subscribe to continue reading", 500, 529)),
        (Stated("type", "LiveBlogPosting", "json-ld"),),
    )
    found = kinds.oddities(made, (*given_, Role.BOILERPLATE))
    assert [defect.kind for defect in found] == ["live page", "paid article"]
    assert "Subscribe to continue reading" in found[1].detail
    other = Draft((*made.blocks[:-1], Block("Lire aussi : Article réservé à nos abonnés Le pont", 500, 550)))
    assert kinds.oddities(other, (*given_, Role.BOILERPLATE)) == []


def test_a_text_that_seems_to_be_headings_keeps_its_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody kept has a text, also where the classifier is sure of a heading only."""
    made = draft("The reservoir in figures", "Home", "About us", PROSE[0].strip(), "Contact us")
    likely = np.zeros((5, len(network.CLASSES)), np.float32)
    likely[:, 0] = 1.0
    likely[0] = [float(name is Role.CROSSHEAD) for name in network.CLASSES]
    monkeypatch.setattr(network, "likely", lambda *_: likely)
    given = roles.assign(made)
    assert [at for at, role in enumerate(given) if role is Role.PARAGRAPH] == [3]


ARTICLE = "".join(f"<p>{text} Part {number}.</p>" for number in range(3) for text in PROSE)


@pytest.mark.parametrize(
    ("source", "goes_on"),
    [
        (f"<div class=text>{ARTICLE}<h1>Listen now</h1><p>{PROSE[0]}</p></div>", True),
        (f"<div class=text>{ARTICLE}<div><h1>Listen now</h1></div><p>{PROSE[0]}</p></div>", True),
        (f"<div class=text>{ARTICLE}</div><div class=text><h1>Listen</h1></div><div class=text><p>{PROSE[0]}</p></div>", True),
        (f"<div class=text>{ARTICLE}</div><header><h1>Rain</h1></header><div class=text><p>{PROSE[0]}</p></div>", False),
        (f"<section><h1>The bridge</h1>{ARTICLE}<h1>Rain</h1><p>{PROSE[0]}</p></section>", False),
    ],
)  # fmt: skip
def test_a_title_within_a_text_does_not_end_it(source: str, goes_on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(f"<body>{source}")
    titles = [block.form.heading == 1 for block in made.blocks]
    likely = np.array([(0.9, 0.05) if title else (0.05, 0.95) for title in titles], dtype=np.float32)
    chances = np.column_stack([likely, np.zeros((len(titles), len(network.CLASSES) - 2), np.float32)])
    monkeypatch.setattr(network, "likely", lambda *_: chances)
    assert (roles.assign(made)[-1] is Role.PARAGRAPH) is goes_on


COMMENTS = "<p>I have waited for this bridge for years.</p><p>So have I, and so have all of us.</p>"


@pytest.mark.parametrize(
    ("source", "comments"),
    [
        (f"<div>{ARTICLE}</div><div id=comments>{COMMENTS}</div>", True),
        (f"<div>{ARTICLE}</div><ol class='a comment-list'><li><div class=text>{COMMENTS}</div></ol>", True),
        (f"<div>{ARTICLE}</div><div class=commentBody>{COMMENTS}</div>", True),
        (f"<div>{ARTICLE}</div><div class=comment_body_4711>{COMMENTS}</div>", True),
        (f"<div>{ARTICLE}</div><article class='comment odd'>{COMMENTS}</article>", True),
        (f"<div>{ARTICLE}</div><div class=reader-comments>{COMMENTS}</div>", True),
        (f"<div>{ARTICLE}</div><article class=comments-open>{COMMENTS}</article>", False),
        (f"<div>{ARTICLE}</div><div class=no-comments>{COMMENTS}</div>", False),
        (f"<div>{ARTICLE}</div><div class=comments-closed>{COMMENTS}</div>", False),
        (f"<div>{ARTICLE}</div><div class=commentary>{COMMENTS}</div>", False),
        (f"<div>{ARTICLE}</div><div class=commenter-name>{COMMENTS}</div>", False),
        (f"<div class=comments><p>Short.</p>{COMMENTS}</div>", False),
    ],
)
def test_what_readers_wrote_is_no_part_of_the_article(source: str, comments: bool) -> None:
    made = page(f"<body class=comments><main class=comments>{source}")
    fixed = sheet.fixed_roles(made)
    assert {at for at, role in fixed.items() if role is Role.BOILERPLATE} == (
        {len(made.blocks) - 2, len(made.blocks) - 1} if comments else set()
    )


def seen_as_text(monkeypatch: pytest.MonkeyPatch, *texts: str) -> tuple[Role, ...]:
    """The roles of lines that the network takes for paragraphs, all of them."""
    likely = np.zeros((len(texts), len(network.CLASSES)), np.float32)
    likely[:, network.CLASSES.index(Role.PARAGRAPH)] = 0.95
    likely[:, 0] = 0.05
    monkeypatch.setattr(network, "likely", lambda *_: likely)
    return roles.assign(draft(*texts))


LONG = tuple(f"{text.strip()} Part {number}." for number in range(3) for text in PROSE)


@pytest.mark.parametrize(
    ("line", "pictured"),
    [
        ("The old bridge of the valley. Foto: Adele Crane", True),
        ("The old bridge of the valley. Bild: Adele Crane/Archiv", True),
        ("The old bridge of the valley (Photo: Crane Family)", True),
        ("The old bridge of the valley © Crane Archives", True),
        ("The old bridge of the valley, on Monday. (AP Photo/Adele Crane, File)", True),
        ("Photo: Adele Crane", True),
        ("Image Credits: Adele Crane", True),
        ("Courtesy of the Crane Archives", True),
        ("The old bridge of the valley on Monday. Adele Crane/The Valley Gazette", True),
        ("“It will fall.” (Adele Crane / Valley Gazette)", True),
        ("The old bridge of the valley on Monday. (Adele Crane for The Valley Gazette)", True),
        ("The old bridge of the valley, on Monday. ADELE CRANE / VALLEY PICTURES", True),
        ("谷の古い橋の前に立つ町議会の議員たちと住民＝2024年6月11日、谷町、クレーン撮影", True),
        ("수위가 낮아진 계곡의 오래된 다리가 보인다. 계곡군 제공", True),
        ("The old bridge (foto Crane/Ag. Valley)", True),
        ("He read the plan of the valley. Bridges and/or roads", False),
        ("They wrote to the Valley Gazette (Adele Crane for the first time)", False),
        ("First picture: so it could look, the new bridge of the valley", False),
        ("It costs a student one credit: 40 dollars", False),
        ("They posed for a photo: all of them. Then they left.", False),
        ("She says of the picture: “I took it.”", False),
    ],
)
def test_a_line_that_says_who_took_a_picture_is_a_caption(
    line: str, pictured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = seen_as_text(monkeypatch, *LONG[:4], line, *LONG[4:])
    assert found[4] is (Role.CAPTION if pictured else Role.PARAGRAPH)
    assert {*found[:4], *found[5:]} == {Role.PARAGRAPH}


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        (("By", "Adele Crane"), 2),
        (("By:", "Adele Crane", "and", "Bo Ray"), 4),
        (("Von", "Adele Crane,", "Bo Ray", "Reporters"), 3),
        (("By", "Adele Crane", "March 3, 2024"), 2),
        (("Af", "Adele Crane", "Reporter", "Bo Ray"), 4),
        (("By", "Our staff and agencies", "March 3, 2024"), 0),
        (("By the way", "Adele Crane"), 0),
    ],
)
def test_a_byline_that_opens_on_a_line_of_its_own(
    lines: tuple[str, ...], signed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    likely = np.zeros((len(lines) + 7, len(network.CLASSES)), np.float32)
    likely[1 + len(lines) :, network.CLASSES.index(Role.PARAGRAPH)] = 1.0
    likely[: 1 + len(lines), 0] = 1.0
    monkeypatch.setattr(network, "likely", lambda *_: likely)
    found = roles.assign(draft("The bridge of the valley", *lines, *LONG[:6]))
    assert found[1 : 1 + signed] == (Role.BYLINE,) * signed
    assert Role.BYLINE not in found[1 + signed :]


@pytest.mark.parametrize(
    ("line", "below", "ended"),
    [
        ("12 Comments", "I have waited for years.", True),
        ("Kommentare (3)", "I have waited for years.", True),
        ("* Leave a reply", "Your name", True),
        ("Share or comment on this article: The bridge is shut", "Ten bridges that you must see", True),
        (f"Share or comment on this article: {' '.join(['The bridge is shut'] * 9)}", "Ten bridges", True),
        ("Tags: Bridges, Orlo", "Ten bridges that you must see", True),
        ("Bo Ray says:", "March 3, 2024 at 10:15", True),
        ("1. Bo Ray sagt:", "I have waited for years.", True),
        ("Bo Ray says:", "“I have waited for years.”", False),
        ("Comments were few", "I have waited for years.", False),
        ("comments", "I have waited for years.", False),
    ],
)
def test_what_stands_below_what_readers_wrote_is_no_text(
    line: str, below: str, ended: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = seen_as_text(monkeypatch, *LONG, line, below, *LONG[:2])
    assert set(found[: len(LONG)]) == {Role.PARAGRAPH}
    assert (Role.PARAGRAPH not in found[len(LONG) :]) is ended


def test_a_post_of_somebody_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    post = ("Just drove over the old bridge, it holds!", "— Bo Ray (@boray) March 3, 2024")
    found = seen_as_text(monkeypatch, *LONG, *post, *LONG[:2])
    assert found[len(LONG) : len(LONG) + 2] == (Role.BOILERPLATE, Role.BOILERPLATE)
    assert found.count(Role.PARAGRAPH) == len(LONG) + 2


def test_above_a_text_such_a_line_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen_as_text(monkeypatch, LONG[0], "12 Comments", *LONG[1:])[-1] is Role.PARAGRAPH


@pytest.mark.parametrize(
    ("foot", "titles"),
    [
        (("", "Rain shuts ten bridges in the north", "Council elects a new leader"), 2),
        (("", "Rain shuts ten bridges in the north", "", "Council elects a new leader"), 2),
        (("Rain shuts ten bridges in the north", "Council elects a new leader"), 0),
        (("", "The rain shut ten bridges in the north.", "Council elects a new leader"), 0),
    ],
)
def test_titles_of_other_articles_below_a_text_are_none_of_it(
    foot: tuple[str, ...], titles: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty line of the table stands for a line that is no text."""
    texts = (*LONG, *(line or "Menu" for line in foot))
    likely = np.zeros((len(texts), len(network.CLASSES)), np.float32)
    likely[:, network.CLASSES.index(Role.PARAGRAPH)] = [0.05 if text == "Menu" else 0.95 for text in texts]
    likely[:, 0] = 1 - likely.sum(1)
    monkeypatch.setattr(network, "likely", lambda *_: likely)
    found = roles.assign(draft(*texts))
    assert found.count(Role.PARAGRAPH) == len(texts) - foot.count("") - titles


@pytest.mark.parametrize("shouted", ["Z" * 90, "Z." * 45, "ZO " * 30, "ZO / " * 18, "«»" * 45])
def test_capitals_without_end_are_no_credit_and_take_no_time(shouted: str) -> None:
    """Each way to part them into names would take longer than the world will last."""
    assert not endings.is_pictured(f"The old well was mended. {shouted}!")


@pytest.mark.parametrize("mark", ["_", "•", " •"])
def test_marks_without_end_point_nowhere(mark: str) -> None:
    assert not endings.points_away(mark * 100_000 + "Read also: What the bill says")


def test_what_asks_for_consent_above_a_text_is_none_of_it() -> None:
    asking = "We and our 214 partners store and access information on a device, such as unique identifiers in cookies."
    made = draft(asking, "Bridge to be repaired", "By Ann Lee", *PROSE)
    given = roles.assign(made)
    assert given[0] is not Role.PARAGRAPH
    assert given[-3:] == (Role.PARAGRAPH,) * 3
