"""Printed text -> people, moments, outlets, hints: tables of what is printed and what it means."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.loading import bylines, cues, dates, language, metadata, names, outlets
from corpus_db.records import Block, Role


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        ("By Ann Lee and Bo Ray", ("Ann Lee", "Bo Ray")),
        ("By Staff", ()),
        ("By Staff and agencies", ()),
        ("According to T.Graham", ("T. Graham",)),
        ("Articles by: Pepe Escobar", ("Pepe Escobar",)),
        ("By Dr. Ann Lee, Bo Ray & Prof Max Braun", ("Ann Lee", "Bo Ray", "Max Braun")),
        ("By Ann Lee in Moscow and Bo Ray in Kyiv and agencies", ("Ann Lee", "Bo Ray")),
        ("By ANN LEE, Associated Press", ("Ann Lee",)),
        ("BY ANN O'BRIEN-LEE AND MAX VON DER HEIDE", ("Ann O'Brien-Lee", "Max von der Heide")),
        ("By Ann Lee, Political Correspondent", ("Ann Lee",)),
        ("By Ann Lee, Staff Writer | Reuters", ("Ann Lee",)),
        ("by Ann Lee June 09, 2015 from GlobalResearch Website", ("Ann Lee",)),
        ("By Ann Lee | March 23, 2023 | 5 min read", ("Ann Lee",)),
        ("By Ann Lee @annlee", ("Ann Lee",)),
        ("By Ann Lee, ann@example.org", ("Ann Lee",)),
        ("By Ann Lee for The Guardian", ("Ann Lee",)),
        ("By E.J. Lee Jr.", ("E.J. Lee Jr.",)),
        ("By Ann Lee, New York", ("Ann Lee",)),
        ("By Web Desk", ("Web Desk",)),
        ("By the Editorial Board", ("Editorial Board",)),
        ("By Reuters", ()),
        ("By AFP", ()),
        ("By University of Meridian", ()),
        ("Story by Ann Lee; Photos by Bo Ray", ("Ann Lee",)),
        ("Reporting by Ann Lee in Moscow; Editing by Bo Ray", ("Ann Lee",)),
        ("Text: Max Braun, Fotos: Eva Klein", ("Max Braun",)),
        ("Von Max Braun und Eva Klein", ("Max Braun", "Eva Klein")),
        ("Par Jean Dupont avec AFP", ("Jean Dupont",)),
        (" Por Ana Justa e Tais Canto, G1 PR, Curitiba", ("Ana Justa", "Tais Canto")),
        ("Di Mario Rossi", ("Mario Rossi",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("Von Ann LeeKorrespondentin", ("Ann Lee",)),
        ("By Ann LeeSenior Writer", ("Ann Lee",)),
        ("By Ann MacDonald and Bo LeVine", ("Ann MacDonald", "Bo LeVine")),
        ("Ann Lee Stand: 3.5.2024", ("Ann Lee",)),
        ("Ann Lee Veröffentlicht am 3.5.2024", ("Ann Lee",)),
        ("By Ann Lee, RDN, MPH", ("Ann Lee",)),
        ("Ann Lee Ann Lee", ("Ann Lee",)),
        ("Rechtsanwalt Max Braun", ("Max Braun",)),
        ("Gepostet von Max Braun", ("Max Braun",)),
        ("Escribe Ana Justa", ("Ana Justa",)),
        ("De nuestro corresponsal", ()),
        ("By Max d'Ancona and Ali al-Amin", ("Max d'Ancona", "Ali al-Amin")),
        ("webBot Alpha Beta Gamma Delta", ()),
        ("Posted by admin on March 3, 2023", ()),
        ("", ()),
    ],
)
def test_bylines(printed: str, people: tuple[str, ...]) -> None:
    assert bylines.parse(printed) == people


def test_names_have_their_places() -> None:
    printed = "By ANN LEE and T.Graham, The Valley Gazette"
    assert [(name.name, printed[name.start : name.stop]) for name in bylines.find(printed)] == [
        ("Ann Lee", "ANN LEE"),
        ("T. Graham", "T.Graham"),
    ]


def test_names_within_a_dateline() -> None:
    printed = "Posted on March 3, 2024 by Ann Lee"
    assert [name.name for name in bylines.find_within(printed)] == ["Ann Lee"]
    assert bylines.find_within("Published March 3, 2024") == ()


@pytest.mark.parametrize(
    "printed",
    [("T.Graham", "T. Graham", "t. GRAHAM"), ("José Peña", "JOSE PENA"), ("J.R.R. Lee", "J. R. R. Lee", "JRR Lee")],
)
def test_one_person_has_one_key(printed: tuple[str, ...]) -> None:
    assert len({names.key(name) for name in printed}) == 1


@given(st.text(max_size=200))
def test_any_line_is_a_byline_or_not(printed: str) -> None:
    for name in bylines.find(printed):
        assert printed[name.start : name.stop] == name.printed


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("2024-04-17T09:30:00+02:00 | 18 April 2024", ["2024-04-17T09:30:00+02:00", "2024-04-18"]),
        ("2024-04-18T09:30:00+8002", ["2024-04-18"]),
        ("17 April 2024, 2024-04-18T09:30:00+02:00", ["2024-04-17", "2024-04-18T09:30:00+02:00"]),
        ("March 3, 2024, 9:00 a.m. ET Updated March 4, 2024", ["2024-03-03T09:00-05:00", "2024-03-04"]),
    ],
)
def test_a_time_is_of_one_date(printed: str, values: list[str]) -> None:
    found = dates.find(printed)
    assert [moment.value for moment in found] == values
    assert all(one.stop <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Global Research, March 23, 2023", "2023-03-23"),
        ("26.03.2023", "2023-03-26"),
        ("23/5/2023", "2023-05-23"),
        ("5/23/2023", "2023-05-23"),
        ("5/5/2023", "2023-05-05"),
        ("3/5/2023", None),
        ("2023-03-26", "2023-03-26"),
        ("2023/03/26", "2023-03-26"),
        ("2023-03-26T10:00:00Z", "2023-03-26T10:00:00Z"),
        ("2023-03-26T10:00+02:00", "2023-03-26T10:00+02:00"),
        ("2016-01-10 17:27:00", "2016-01-10"),
        ("Sun, 26 Mar 2023 10:00:00 +0300", "2023-03-26T10:00:00+03:00"),
        ("Published 10:30 PM EST, Thu June 22, 2023", "2023-06-22T22:30-05:00"),
        ("Sept. 5, 2023, 5:00 a.m. ET", "2023-09-05T05:00-04:00"),
        ("May 5 2023 at 14:05 BST", "2023-05-05T14:05+01:00"),
        ("July 4th, 2023", "2023-07-04"),
        ("le 1er août 2023", "2023-08-01"),
        ("Stand: 3. Mai 2023, 22:15 Uhr", "2023-05-03"),
        ("7 de mayo de 2023", "2023-05-07"),
        ("24/05/2017 17h14", "2017-05-24"),
        ("23 марта 2023", "2023-03-23"),
        ("15 Şubat 2024", "2024-02-15"),
        ("1. tammikuuta 2023", "2023-01-01"),
        ("2026. március 4.", "2026-03-04"),
        ("2023年3月26日", "2023-03-26"),
        ("Published Fri, Apr 28 20232:23 PM EDT", "2023-04-28T14:23-04:00"),
        ("27.04.24", None),
        ("March 3", None),
        ("June 2024", None),
        ("31 February 2023", None),
        ("2023-13-45", None),
        ("20230326", None),
        ("Days of negotiations, Monday 20 – Tuesday 21", None),
        ("12 listopada 2023", None),  # November in Polish, October in Croatian
    ],
)
def test_dates(printed: str, value: str | None) -> None:
    assert dates.parse(printed) == value


def test_the_caller_can_know_the_order_and_the_language() -> None:
    assert dates.parse("3/5/2023", day_first=True) == "2023-05-03"
    assert dates.parse("3/5/2023", day_first=False) == "2023-03-05"
    assert dates.parse("am 27.04.24 um 07:39 Uhr", language="de") == "2024-04-27"
    assert dates.parse("27.04.24", language="ko") is None
    assert dates.parse("12 listopada 2023", language="pl") == "2023-11-12"
    assert dates.parse("12 listopada 2023", language="hr") == "2023-10-12"


def test_a_month_is_a_month() -> None:
    assert dates.month("Vol. 3, March 2023").value == "2023-03"
    assert dates.month("in 2023") is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=100), st.sampled_from([None, True, False]))
def test_any_text_has_dates_or_none(printed: str, order: bool | None) -> None:
    for moment in dates.find(f"{printed} 3/4/2023 {printed}", day_first=order):
        assert moment.value[:4].isdigit()


@pytest.mark.parametrize(
    ("printed", "domain"),
    [
        ("Global Research", "globalresearch.ca"),
        ("THE NEW YORK TIMES", "nytimes.com"),
        ("New York Times", "nytimes.com"),
        ("AFP", "afp.com"),
        ("BBC", "bbc.com"),
        ("The Valley Gazette", None),
        ("The Sun", None),  # two of them
        ("", None),
    ],
)
def test_outlets_by_name(printed: str, domain: str | None) -> None:
    found = outlets.match(printed)
    assert (found.domain if found else None) == domain


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.nytimes.com", "The New York Times"),
        ("edition.cnn.com", "CNN"),
        ("bbc.co.uk", "BBC News"),
        ("m.valleygazette.example", "valleygazette.example"),
    ],
)
def test_outlets_by_host(host: str, name: str) -> None:
    assert outlets.of_domain(host).name == name


def test_an_unknown_outlet_owns_the_domain_that_spells_it() -> None:
    assert (
        outlets.named("The Valley Gazette", ("other.example", "www.valleygazette.example")).domain
        == "valleygazette.example"
    )
    assert outlets.named("The Valley Gazette", ("other.example",)).domain is None


def test_the_table_of_outlets_is_sound() -> None:
    table = outlets._table()
    assert len({outlet.domain for outlet in table.by_domain.values()}) > 300
    for outlet in table.by_domain.values():
        assert outlet.domain == outlet.domain.lower()
        assert outlet.country is None or (len(outlet.country) == 2 and outlet.country.isupper())
        assert outlet.kind in {
            None, "newspaper", "magazine", "television", "radio", "agency", "website", "journal", "organization",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("By Ann Lee", Role.BYLINE),
        ("Published March 23, 2023 at 10:30 GMT", Role.DATELINE),
        ("26.03.2023", Role.DATELINE),
        ("642", Role.BOILERPLATE),
        ("Home » News » 2023", Role.BOILERPLATE),
        ("Le maire veut aller « vite » sur le pont", None),
        ("El alcalde promete «la paz total» en el valle", None),
        ("Rat nennt Brücke »unverkäuflich« und warnt", None),
        ("LEY DE VIVIENDA ›", Role.BOILERPLATE),
        ("Le pont est « vendu »", None),
        ("Accueil » Le pont » Le maire", Role.BOILERPLATE),
        ("Read also:", Role.BOILERPLATE),
        ("ALSO READ: The wells are dry", Role.BOILERPLATE),
        ("(Continued on page A6)", Role.BOILERPLATE),
        ("This article is more than 3 years old", Role.BOILERPLATE),
        ("Interview: Ann Lee", Role.BYLINE),
        ("Lesen Sie auch: Wem gehört der Regen?", Role.BOILERPLATE),
        ("À lire aussi", Role.BOILERPLATE),
        ("Lea también", Role.BOILERPLATE),
        ("Читайте также", Role.BOILERPLATE),
        ("Leave a Reply", Role.BOILERPLATE),
        ("Our Latest Articles", Role.BOILERPLATE),
        ("Photo: Bo Ray/Reuters", Role.CAPTION),
        ("Featured image is from The Cradle", Role.CAPTION),
        ("The harbour at night. (Photo by Bo Ray/Getty Images)", Role.CAPTION),
        ("This article was originally published on The Cradle.", Role.CREDIT),
        ("Dieser Artikel erschien zuerst in der Zeit", Role.CREDIT),
        ("© 2024 The Valley Gazette", Role.CREDIT),
        ("About the author", Role.BIO),
        ("He is a regular contributor to Global Research.", Role.BIO),
        ("Tags: Asia, Russia", Role.TAG),
        ("Source: https://a.example/b", Role.METADATA),
        ("-30-", Role.SEPARATOR),
        ("Global Research", Role.MASTHEAD),
        ("The council met on Monday.", None),
        ("Why farmers did not mind", None),
    ],
)
def test_cues(text: str, role: Role | None) -> None:
    assert cues.hint(text, len(text.split())) is role


def test_cues_name_roles_and_places() -> None:
    wording = cues._wording()
    assert len(wording.opening) > 1_000
    assert all(phrase == phrase.casefold() for phrase in wording.opening)


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("Date-Published", "published"),
        ("post_title", "headline"),
        ("AUTHORS", "author"),
        ("word_count", None),
        ("og:title", "headline"),
    ],
)
def test_metadata_keys(key: str, field: str | None) -> None:
    assert metadata.field(key) == field


def test_unknown_keys_are_reported() -> None:
    with pytest.raises(KeyError):
        metadata.field("mood")
    assert metadata.entry(Block("mood: relieved", 0, 14)) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministers of both countries met in the capital on Monday to sign the treaty.", "en"),
        ("Die Minister beider Länder trafen sich am Montag in der Hauptstadt, um zu reden.", "de"),
        ("Los ministros de ambos países se reunieron el lunes en la capital para firmar.", "es"),
        ("Встреча министров двух стран прошла в понедельник в столице, сообщили власти.", "ru"),
        ("ok", None),
        ("123 456 789", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language.identify(text) == code


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Ann Lee", True),
        ("Will Lee and Rose Ray", True),
        ("Ann Lee – Reporter in Meridian", True),
        ("Key Takeaways", False),
        ("Event Calendar", False),
    ],
)
def test_lines_of_nothing_but_names(line: str, people: bool) -> None:
    assert bylines.is_line_of_names(line) is people
