"""Standfirsts that the network takes for the first paragraph: what the page says of them."""

import numpy as np
import pytest
from seen import read_as_text

from corpus_db.loading import network, roles, sheet, standfirsts
from corpus_db.loading.formats import html
from corpus_db.records import RawFile, Role

TOLD = "The old bridge has been closed since the flood, and the valley waits for work to begin."
TEXT = (
    "The council of the valley decided on Monday to repair the old bridge, which was shut two years ago.",
    "“We have waited long enough,” said Adele Crane, who leads the council, after a debate of four hours.",
    "Work is to begin in the autumn and will cost 2.4 million, of which the district pays a third.",
)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
DESCRIBED = f'<meta name="description" content="{TOLD}">'
STATED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "' + " ".join(TEXT * 2) + '"}</script>'
)


@pytest.mark.parametrize(
    ("source", "standfirst"),
    [
        (f'<p class="article__standfirst">{TOLD}</p>{BODY}', True),
        (f'<p class="StoryDek-x7">{TOLD}</p>{BODY}', True),
        (f'<p class="leader">{TOLD}</p>{BODY}', False),
        (f'<div class="story__summary"><p>{TOLD}</p></div><div>{BODY}</div>', True),
        (f'<p class="big">{TOLD}</p>{BODY}', False),
        (f"<p>{TOLD}</p>{BODY}", False),
        (f'{DESCRIBED}<p class="big">{TOLD}</p>{BODY}', True),
        (f"{DESCRIBED}<p>{TOLD}</p>{BODY}", False),  # as many sites describe a page by its first paragraph
        (f'{DESCRIBED}<p class="first-paragraph">{TOLD}</p>{BODY}', False),
        (f'{STATED}<p class="big">{TOLD}</p>{BODY}', True),
        (f'{STATED.replace(TEXT[0], f"{TOLD} {TEXT[0]}", 1)}<p class="big">{TOLD}</p>{BODY}', False),
        (f"<p>{TOLD}</p><address>By Ann Lee</address>{BODY}", True),
        (f'<p class="lead">{TOLD}</p><p class="lead">And so does the district, says Ann Lee.</p>{BODY}', True),
        (f'<p class="lead">{TOLD}</p>', False),  # all that there is
        (f'<p class="teaser">{TOLD}</p><p class="teaser">{" ".join(TEXT * 3)}</p>{BODY * 9}', False),  # too long
        (f'{DESCRIBED}<p class="big">{TOLD}</p>' + "<li>Ann Lee</li>" * 9, False),  # a text and a list
        (f'{DESCRIBED}<p class="x a">{TOLD}</p>' + BODY.replace("<p>", '<p class="a x">'), False),
        (DESCRIBED + "".join(f'<p id="part-{at}">{text}</p>' for at, text in enumerate((TOLD, *TEXT))), False),
    ],
)
def test_what_a_page_says_of_the_first_line_decides(
    source: str, standfirst: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read_as_text(f"<html><h1>A bridge for the valley</h1><article>{source}</article>", monkeypatch)
    first = next(text for text in found if text in (TOLD, TEXT[0]))
    assert found.pop(first) is (Role.STANDFIRST if standfirst else Role.PARAGRAPH)
    rest = {text: role for text, role in found.items() if text in TEXT}
    assert set(rest.values()) <= {Role.PARAGRAPH}


def test_lines_of_one_standfirst_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"The old bridge has been closed for {number} years now." for number in ("two", "three", "four")]
    listed = "".join(f"<li>{line}</li>" for line in lines)
    found = read_as_text(f"<html><ul class=teaser>{listed}</ul>{BODY}{BODY}", monkeypatch)
    assert {found[line] for line in lines} == {Role.STANDFIRST}


def test_first_lines_like_all_others_are_no_standfirst(monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"<html><h1>A bridge for the valley</h1><section><p>{TOLD}</p><p>Sold out.</p>{BODY}</section>"
    (draft,) = html.read(RawFile("a.html", "0" * 64, len(source), "utf-8", source))
    likely = np.zeros((len(draft.blocks), len(network.CLASSES)), np.float32)
    kinds = (Role.HEADLINE, Role.STANDFIRST, "furniture", *[Role.PARAGRAPH] * len(TEXT))
    likely[range(len(kinds)), [network.CLASSES.index(kind) for kind in kinds]] = 0.97
    monkeypatch.setattr(network, "likely", lambda *_: likely)
    assert roles.assign(draft)[:3] == (Role.HEADLINE, Role.PARAGRAPH, Role.BOILERPLATE)
    seen = sheet.Sheet(draft.blocks, likely, {}, (None,) * len(draft.blocks))
    given: list[Role | None] = [*kinds[:2], None, *kinds[3:]]
    assert standfirsts.give_back(seen, given, [3, 4, 5]) == [1, 3, 4, 5]


def test_a_first_crosshead_is_the_headline_where_the_page_states_it(monkeypatch: pytest.MonkeyPatch) -> None:
    title = "A bridge for the valley"
    stated = f'<meta property="og:title" content="{title}">'
    shown = f"<h2>{title}</h2><h2>{title}</h2>{BODY}"
    assert read_as_text(f"<html><head>{stated}</head>{shown}", monkeypatch)[title] is Role.HEADLINE
    assert read_as_text(f"<html>{shown}", monkeypatch)[title] is Role.CROSSHEAD
