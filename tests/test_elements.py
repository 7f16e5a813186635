"""What the class words of elements say: captions, posts of others, no text of the article."""

import pytest
from seen import read_as_text

from corpus_db.records import Role

LINE = "The old bridge has been closed since the flood, and the valley waits for work to begin."
TEXT = tuple(
    f"The council of the valley decided in session {number} to repair the old bridge, which was shut two years ago."
    for number in range(5)
)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)


@pytest.mark.parametrize(
    ("element", "role"),
    [
        (f'<p class="wp-caption-text">{LINE}</p>', Role.CAPTION),
        (f'<div class="ArticleImage__imageCaption"><span class="x">{LINE}</span></div>', Role.CAPTION),
        (f'<h3 class="caption">{LINE}</h3>', Role.PARAGRAPH),
        (f'<p class="text-caption">{LINE}</p>', Role.PARAGRAPH),
        (f'<p class="caption2">{LINE}</p>', Role.PARAGRAPH),
        (f'<div class="caption"><div><p>{LINE}</p></div></div>', Role.PARAGRAPH),  # too far away
        (f'<blockquote class="twitter-tweet"><p>{LINE}</p></blockquote>', Role.BOILERPLATE),
        (f'<blockquote class="instagram-media"><div><p>{LINE}</p></div></blockquote>', Role.BOILERPLATE),
        (f'<blockquote class="tweet"><div><div><p>{LINE}</p></div></div></blockquote>', Role.PARAGRAPH),
        (f"<blockquote><p>{LINE}</p></blockquote>", Role.PARAGRAPH),
        (f'<p class="affiliate-disclaimer-small">{LINE}</p>', Role.BOILERPLATE),
        (f'<div class="postAuthorBio"><p>{LINE}</p></div>', Role.BOILERPLATE),
        (f'<p class="authoritative">{LINE}</p>', Role.PARAGRAPH),
        (f'<div class="hidden support"><p>{LINE}</p></div>', Role.BOILERPLATE),
        (f'<div class="hidden md:block"><p>{LINE}</p></div>', Role.PARAGRAPH),
        (f'<p class="overflow-hidden">{LINE}</p>', Role.PARAGRAPH),
    ],
)
def test_an_element_named_so_holds_no_text(element: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_as_text(f"<html><h1>A bridge for the valley</h1>{BODY}{element}<p>{LINE} It does.</p>", monkeypatch)
    assert found.pop(LINE) is role
    assert {found[text] for text in (*TEXT, f"{LINE} It does.")} == {Role.PARAGRAPH}


def test_a_post_between_paragraphs_stays_out(monkeypatch: pytest.MonkeyPatch) -> None:
    post = f"<p>{LINE}</p><p>— Bo Ray (@boray) March 3, 2024</p>"
    found = read_as_text(f"<html><h1>A bridge</h1><article>{BODY}{post}{BODY}</article>", monkeypatch)
    assert found[LINE] is Role.BOILERPLATE
    assert {found[text] for text in TEXT} == {Role.PARAGRAPH}


def test_a_whole_text_in_such_an_element_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_as_text(f'<html><h1>A bridge</h1><div class="promo">{BODY}</div><p>{LINE}</p>', monkeypatch)
    assert {found[text] for text in TEXT} == {Role.PARAGRAPH}


@pytest.mark.parametrize(
    ("element", "role"),
    [
        (f"<p>{LINE}</p>", Role.PARAGRAPH),
        (f"<p>{LINE[:-1]}</p>", Role.BOILERPLATE),  # no sentence
        (f"<p class='more'>{LINE}</p>", Role.BOILERPLATE),
        (f"<div><p>{LINE}</p></div>", Role.BOILERPLATE),
        (f"<p><a href='/bridge'>{LINE}</a></p>", Role.BOILERPLATE),
        (f"<p>{LINE} Photo: Ann Lee/AFP.</p>", Role.CAPTION),
    ],
)
def test_a_sentence_between_paragraphs_in_an_element_alike_is_text(
    element: str, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = f"<html><h1>A bridge for the valley</h1><article>{BODY}{element}{BODY}</article>"
    found = read_as_text(source, monkeypatch, furniture=LINE[:40])
    assert next(role for text, role in found.items() if text.startswith(LINE[:40])) is role


@pytest.mark.parametrize(
    ("between", "role"),
    [
        ("<h2>{}</h2>", Role.CROSSHEAD),
        ("<h2>{}</h2><div>© Advertisement</div>", Role.CROSSHEAD),
        ("<h2>{}</h2><div>© One</div><div>© Two</div><figcaption>© Ann Lee</figcaption><div>© Three</div>", Role.CROSSHEAD),
        ("<p>{}</p><div>© Advertisement</div>", Role.CROSSHEAD),
        ("<p>{}</p><div>© One</div><div>© Two</div>", Role.PARAGRAPH),
        ("<div>© One</div><p>{}</p><div>© Two</div><div>© Three</div>", Role.BOILERPLATE),
    ],
)  # fmt: skip
def test_furniture_may_stand_between_a_crosshead_and_its_text(
    between: str, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    middle = between.format("§ What comes next")
    found = read_as_text(f"<html><h1>A bridge for the valley</h1>{BODY}{middle}<p>{LINE}</p>", monkeypatch)
    assert found["§ What comes next"] is role
    assert {found[text] for text in (*TEXT, LINE)} == {Role.PARAGRAPH}


def test_a_crosshead_that_heads_nothing_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<html><h1>A bridge for the valley</h1>{BODY}<h2>§ What comes next</h2><div>© All rights</div>"
    assert read_as_text(page, monkeypatch)["§ What comes next"] is Role.BOILERPLATE


MORE = tuple(text.replace("session", "its session of the year") for text in TEXT) + TEXT


@pytest.mark.parametrize(
    ("again", "role"),
    [
        (" ".join(MORE), Role.BOILERPLATE),
        (" ".join(reversed(MORE[:8])), Role.BOILERPLATE),
        (" ".join(MORE[:3]), Role.PARAGRAPH),  # as a summary does
        (" ".join(MORE[:2] * 6), Role.PARAGRAPH),
        (" ".join((*MORE[:4], *(f"{LINE} It is number {number}." for number in range(8)))), Role.PARAGRAPH),
    ],
)
def test_the_text_once_more_in_one_piece_is_none(again: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f"<p>{text}</p>" for text in MORE)
    found = read_as_text(f"<html><h1>A bridge for the valley</h1>{body}<p>{again}</p><p>{LINE}</p>", monkeypatch)
    assert found.pop(again) is role
    assert {found[text] for text in (*MORE, LINE)} == {Role.PARAGRAPH}


@pytest.mark.parametrize(
    ("label", "title", "role"),
    [
        ("Les også", "Fant flaskepost fra 1962 i fjæra", Role.BOILERPLATE),
        ("Related stories:", "Ferry runs aground near Orlo", Role.BOILERPLATE),
        ("CITEȘTE ȘI:", "Un feribot a eșuat lângă Orlo", Role.BOILERPLATE),
        ("【関連記事】", "オルロの船が座礁した事故について", Role.BOILERPLATE),
        ("Related stories:", "A ferry ran aground near Orlo.", Role.PARAGRAPH),
        ("Related stories were few", "Ferry runs aground near Orlo", Role.PARAGRAPH),
    ],
)
def test_titles_below_a_line_that_leads_away(
    label: str, title: str, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = f"{title[:-1]} again{title[-1] if title.endswith('.') else ''}"
    middle = f"<p>© {label}</p><p>{label}</p><p>{title}</p><p>{second}</p>"
    found = read_as_text(f"<html><h1>A bridge for the valley</h1>{BODY}{middle}<p>{LINE}</p>", monkeypatch)
    assert found[title] is found[second] is role
    assert {found[text] for text in (*TEXT, LINE)} == {Role.PARAGRAPH}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Lire aussi (2023) : Le bac d’Orlo échoué", Role.BOILERPLATE),
        ("Zobacz także: Prom utknął na mieliźnie", Role.BOILERPLATE),
        ("【関連記事】オルロの船が座礁", Role.BOILERPLATE),
        ("Related: the ferry ran aground, the council said.", Role.PARAGRAPH),
        ("Odebírejte newsletter Orlo a nic vám neuteče.", Role.BOILERPLATE),
        ("Sign up for our newsletter, every Friday at six.", Role.BOILERPLATE),
        ("“Sign up for our newsletter”, said the council of Orlo.", Role.PARAGRAPH),
        ("The council of Orlo has a newsletter, which few people read.", Role.PARAGRAPH),
    ],
)
def test_what_leads_away_or_asks_is_no_text(line: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_as_text(f"<html><h1>A bridge for the valley</h1>{BODY}<p>{line}</p><p>{LINE}</p>", monkeypatch)
    assert found[line] is role
    assert {found[text] for text in (*TEXT, LINE)} == {Role.PARAGRAPH}
