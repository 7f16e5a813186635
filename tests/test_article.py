"""The facts of a page whose roles are known: whom it names, and on which day it was published."""

import pytest

from corpus_db.loading import article
from corpus_db.records import Article, Block, Draft, Role, Stated

H, B, D, P, X = Role.HEADLINE, Role.BYLINE, Role.DATELINE, Role.PARAGRAPH, Role.BOILERPLATE
C = Role.CREDIT
BODY = [(P, "The wells of the valley are dry, and the council met to talk about them.")] * 3
HEAD = (H, "The wells are dry")


def built(lines: list[tuple[Role, str]], *authors: tuple[str, str], **others: str) -> Article:
    """The article of lines with these roles; `authors` are stated ones, each with its vocabulary, as are `others`."""
    blocks, at = [], 0
    for _, text in lines:
        blocks.append(Block(text, at, at + len(text)))
        at += len(text) + 1
    stated = tuple(Stated("author", name, source) for name, source in authors)
    stated += tuple(Stated(field, value, "open graph") for field, value in others.items())
    return article.build(
        "\n".join(text for _, text in lines), Draft(tuple(blocks), stated), tuple(role for role, _ in lines)
    )


@pytest.mark.parametrize(
    ("head", "foot", "stated", "people"),
    [
        ([(B, "By Ann Lee")], [], [("Bo Ray", "json-ld")], ("Ann Lee",)),
        (
            [(B, "Von Ann Lee"), (X, "Bo Ray")],
            [],
            [("Ann Lee", "json-ld"), ("Bo Ray", "json-ld")],
            ("Ann Lee", "Bo Ray"),
        ),
        (
            [(B, "By Ann Lee"), (X, "Edited by Bo Ray")],
            [],
            [("Ann Lee", "json-ld"), ("Bo Ray", "json-ld")],
            ("Ann Lee",),
        ),
        ([(B, "Cy Fox"), (X, "Von Ann Lee, Redakteurin")], [], [("Ann Lee", "json-ld")], ("Ann Lee",)),
        ([(B, "By Ann Lee")], [], [("Ann Lee", "json-ld"), ("By Bo Ray", "microdata")], ("Ann Lee",)),
        ([(B, "By Ann Lee"), (B, "Dry wells, empty taps and Cy Fox")], [], [], ("Ann Lee",)),
        ([], [(P, "More."), (P, "More."), (B, "Von Cy Fox"), *BODY], [("Ann Lee", "json-ld")], ("Ann Lee",)),
        ([], [(B, "Ann Lee")], [], ("Ann Lee",)),
        ([(B, "by Maria and Peter")], [], [("Maria & Peter", "meta")], ("Maria", "Peter")),
        ([(B, "By Todd Lee")], [], [("Todd", "meta")], ("Todd Lee",)),
        ([(B, "By Ann Lee"), (B, "Bo Ray")], [], [], ("Ann Lee",)),
        ([(B, "Ann Lee"), (B, "Bo Ray")], [], [], ("Ann Lee", "Bo Ray")),
        ([(B, "By"), (B, "Ann Lee"), (B, "Bo Ray")], [], [], ("Ann Lee", "Bo Ray")),
        ([], [(B, "By Ann Lee"), *[(X, "More")] * 6, (B, "By Bo Ray")], [], ("Ann Lee",)),
        ([], [*[(X, "More")] * 6, (B, "By Ann Lee"), (X, "More"), (B, "By Bo Ray")], [], ()),
        ([], [*[(X, "More")] * 6, (B, "By Ann Lee"), (X, "More"), (B, "By Ann Lee")], [], ("Ann Lee",)),
    ],
)
def test_authors_of_byline_and_metadata(
    head: list[tuple[Role, str]],
    foot: list[tuple[Role, str]],
    stated: list[tuple[str, str]],
    people: tuple[str, ...],
) -> None:
    found = built([HEAD, *head, *BODY, *foot], *stated)
    assert tuple(byline.name for byline in found.bylines) == people


def test_the_dateline_nearest_to_the_headline_counts() -> None:
    today = [(D, "July 9, 2024"), *[(X, "Menu")] * 9]
    assert built([*today, HEAD, (D, "July 3, 2024"), *BODY]).published == "2024-07-03"
    assert built([*today, *BODY]).published == "2024-07-09"


def test_a_day_of_updating_is_none_of_publication() -> None:
    found = built([HEAD, (D, "28. Juni 2025"), (D, "Akt.: 29. Juni 2025"), *BODY])
    assert found.published == "2025-06-28"
    assert built([HEAD, (D, "Akt.: 29. Juni 2025"), *BODY]).published is None


@pytest.mark.parametrize(
    ("head", "foot", "day"),
    [
        ([(D, "Sunday, July 7, 2024 9°C")], [(X, "Published: 12:37 GMT, 3 July 2024 | Updated: 15:26 GMT, 4 July 2024")], "2024-07-03"),
        ([(D, "July 9, 2024")], [(X, "This story was originally published July 3, 2024, 12:20 PM.")], "2024-07-03"),
        ([(D, "July 3, 2024")], [(X, "Published July 9, 2024")], "2024-07-03"),
        ([], [(X, "Published July 3, 2024")], "2024-07-03"),
        ([], [(X, "Published July 3, 2024"), (X, "Published July 5, 2024")], None),
        ([], [(X, "Last published July 3, 2024")], None),
        ([], [(P, "Publié le 3 juillet 2024 à 08:01"), *BODY], "2024-07-03"),
        ([], [(P, "A story that Lee published on July 3, 2024, told of the wells."), *BODY], None),
        ([], [(X, "First published on example.org, archived July 3, 2024")], None),
        ([(X, "July 3, 2024")], [], "2024-07-03"),
        ([], [(X, "July 3, 2024"), *BODY], "2024-07-03"),
        ([], [(X, "July 3, 2024"), (X, "July 5, 2024"), *BODY], None),
        ([(D, "— Ann Lee (@annlee) July 3, 2024")], [], None),
        ([], [*[(X, "More")] * 6, (X, "July 3, 2024")], None),
    ],
)  # fmt: skip
def test_days_that_only_a_line_elsewhere_states(
    head: list[tuple[Role, str]], foot: list[tuple[Role, str]], day: str | None
) -> None:
    published = built([HEAD, *head, *BODY, *foot]).published
    assert (published and published[:10]) == day


@pytest.mark.parametrize(
    ("dateline", "published", "updated", "value"),
    [
        ("March 3, 2021", "2024-05-06", "2024-05-06", "2021-03-03"),
        ("March 3, 2021", "2024-05-06", "2024-05-04", "2021-03-03"),
        ("March 3, 2021", "2024-05-06", None, "2024-05-06"),
        ("March 3, 2021", "2024-05-06", "2024-05-07", "2024-05-06"),  # what was updated later was published then
        ("April 20, 2024", "2024-05-06", "2024-05-06", "2024-05-06"),  # of a printed issue
        ("May 3, 2025", "2024-05-06", "2024-05-06", "2024-05-06"),
        ("Updated March 3, 2021", "2024-05-06", "2024-05-06", "2024-05-06"),
    ],
)
def test_a_day_of_saving_is_none_of_publication(dateline: str, published: str, updated: str | None, value: str) -> None:
    stated = {"published": published} | ({"updated": updated} if updated else {})
    assert built([HEAD, (D, dateline), *BODY], **stated).published == value


def test_a_language_that_the_text_is_not_in() -> None:
    text = [(P, "Die alte Holzbrücke über die Wehr bleibt bis zum Herbst gesperrt, sagt der Gemeinderat.")] * 3
    found = built([HEAD, *text], language="en")
    assert found.language == "en"
    assert ("languages disagree", "en (open graph), but the text reads as de") in found.defects
    assert not [each for each in built([HEAD, *text], language="de-AT").defects if "anguage" in each.kind]
    assert built([HEAD, *text], language="German").language == "de"
    vague = built([HEAD, *text], language="xx")
    assert vague.language == "de"
    assert ("value not understood", "language: xx") in vague.defects


def test_a_title_with_a_day_names_nobody() -> None:
    assert built([HEAD, (D, "Morning Edition | July 21, 2024"), *BODY]).bylines == ()
    for who in ("Ann Lee", "Orlo Weather Desk"):
        assert [each.name for each in built([HEAD, (D, f"{who} | July 21, 2024"), *BODY]).bylines] == [who]


def test_the_day_on_which_a_page_was_copied_is_none_of_publication() -> None:
    assert built([(X, "July 9, 2024"), *[(X, "Menu")] * 9, HEAD, *BODY]).published is None
    assert built([(X, "July 9, 2024"), *[(X, "Menu")] * 7, HEAD, *BODY]).published == "2024-07-09"


@pytest.mark.parametrize(
    ("head", "foot", "outlet"),
    [
        ([(X, "The New York Times")], [(X, "© 2024 The New York Times Company")], "The New York Times"),
        ([(X, "Le Monde - home"), (X, "Le Monde Africa"), (X, "Le Monde live")], [], "Le Monde"),
        ([], [(X, "Write to letters@nytimes.com")], "The New York Times"),
        ([(X, "People"), (X, "Information"), (X, "Open")], [], None),
        ([(X, "The Guardian"), (X, "The Washington Post"), (X, "Le Monde")], [], None),
        ([(X, "AP"), (X, "Reuters"), (X, "Reuters photo"), (X, "Reuters live")], [], None),
        ([(X, "Canary Islands"), (X, "Canary Islands plea"), (X, "Read more: Canary Islands")], [], None),
        ([(X, "World - The Guardian")], [], None),
        ([(X, "What the court decided - The Guardian")], [], "The Guardian"),
        ([(X, "mein kicker"), (X, "kicker Abo"), (X, "kicker Apps"), (X, "kicker")], [], "Kicker"),
        ([(X, "all the people"), (X, "people"), (X, "people we met")], [], None),
        ([(X, "We support netzpolitik.org")], [], "netzpolitik.org"),
        ([(X, "index.html"), (X, "The U.S.A."), (X, "orlo.example")], [], None),
        ([], [(X, "@ 1997 - 2025 Salzburger Nachrichten Medien GmbH & Co. KG")], "Salzburger Nachrichten"),
        ([(B, "By Ann Lee, The Associated Press")], [], None),
        ([(B, "By Ann Lee, USA TODAY")], [], "USA Today"),
        ([(B, "Ann Lee Fox News")], [], "Fox News"),
        ([(B, "Ann Lee"), (B, "Online-Redakteurin")], [], None),
        ([(B, "Ann Lee / The New York Times / AP")], [], None),
        ([(D, "News, Wednesday, July 3, 2024")], [], None),
        ([(B, "Written by: Orlo News Service")], [], None),
        ([(D, "Valley Gazette, July 3, 2024")], [], "Valley Gazette"),
        ([], [(C, "© 2024 Valley Gazette. All rights reserved.")], "Valley Gazette"),
        ([], [(C, "© 2024 Valley-Gazette")], "Valley-Gazette"),
        ([], [(C, "© 2024 Orlo Media Limited")], None),
        ([(X, "Orlo Heute")], [(X, "© 2019–2024 Orlo Heute. Alle Rechte vorbehalten.")], "Orlo Heute"),
        ([(X, "Orlo Heute")], [(X, "Impressum"), (X, "Copyright (c) 2024 ORLO HEUTE Verlag GmbH")], "Orlo Heute"),
        ([(X, "오를로신문")], [(X, "Copyright ⓒ 오를로신문. All rights reserved.")], "오를로신문"),
        ([(X, "Orlo")], [(X, "© 2024 Orlo Heute")], None),  # the line is a part of the name
        ([(X, "Contact")], [(X, "© 2024 Contact")], None),  # a word of a menu
        ([], [(X, "© 2024 Orlo Heute. Alle Rechte vorbehalten.")], None),  # a company, perhaps
        ([(X, "Orlo Heute")], [(X, "Orlo Heute")], None),
        ([(X, "Orlo Heute")], [(X, "© Verlag Orlo Heute GmbH & Co. KG")], "Orlo Heute"),
        ([(X, "Orlo House")], [(X, "© 2024 Orlo House, LLC, an Orlo House company.")], None),
        ([(X, "Menu")], [(X, "© 2025 Orloer Handelspost GmbH")], "Orloer Handelspost"),
        ([(X, "Menu")], [(X, "Copyright © 2025, Orlo Ledger  |  Terms")], "Orlo Ledger"),
        ([(X, "Menu")], [(X, "© 2025 Orlo Newspapers LLC")], None),
        ([(X, "La Gazette d’Orlo"), (X, "The Gazette")], [(X, "© La Gazette d’Orlo 2025")], "La Gazette d’Orlo"),
        ([], [(C, "© 2024 Valley Press. This material may not be published or redistributed.")], None),
    ],
)
def test_the_outlet_that_a_text_names(
    head: list[tuple[Role, str]], foot: list[tuple[Role, str]], outlet: str | None
) -> None:
    found = built([*head, HEAD, *BODY, *foot] if head and head[0][0] is X else [HEAD, *head, *BODY, *foot]).outlet
    assert (found and found.name) == outlet


def test_an_outlet_at_an_address_of_its_own_is_not_the_one_of_the_same_name() -> None:
    """The table has The Citizen of South Africa."""
    addresses = "https://www.citizen.co.za/a", "https://thecitizen.us/a"
    known, other = (built([HEAD, *BODY], outlet="The Citizen", url=each).outlet for each in addresses)
    assert (known.domain, known.country) == ("citizen.co.za", "ZA")
    assert (other.name, other.domain, other.country) == ("The Citizen", "thecitizen.us", None)
    foot = [(C, "© 2024 The Citizen"), (X, "Write to news@thecitizen.us")]
    assert built([HEAD, *BODY, *foot]).outlet == other
    assert built([HEAD, *BODY, *foot, (X, "news@citizen.co.za")]).outlet == known


def test_of_outlets_of_one_name_that_whose_domain_is_printed() -> None:
    menu = [(X, "More from The Sun"), (X, "Follow The Sun"), (X, "The Sun Shop"), (X, "The Sun")]
    named = built([*menu, HEAD, *BODY]).outlet
    assert (named.name, named.domain, named.known) == ("The Sun", None, False)
    assert built([*menu, HEAD, *BODY, (X, "Go to thesun.ng")]).outlet.domain == "thesun.ng"
    assert built([*menu, HEAD, *BODY, (X, "Write to us: sun@thesun.co.uk")]).outlet.domain == "thesun.co.uk"
