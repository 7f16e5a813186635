"""Citations: from what is stated only, in the letter of each format; read again by a parser where there is one."""

import json
import re
import sqlite3

import pytest

from corpus_db.reading import citing, person, references
from corpus_db.reading.citing import Cited

SHA256 = "0123456789abcdef" * 4
FULL = Cited(
    key="0123456789abcdef",
    headline="Court strikes down the reservoir act",
    authors=("Ann Lee", "Bo Ray"),
    outlet="The Valley Gazette",
    kind="newspaper",
    published="2024-04-18T09:30:00+02:00",
    url="https://valleygazette.example/a_b?c=1&d=%20#x",
    language="en",
    sha256=SHA256,
)
BARE = Cited("0123456789abcdef-2", None, (), None, None, None, None, None, SHA256)
NOTE = f"Article 0123456789abcdef of a news corpus; SHA-256 of its raw file: {SHA256}"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann Lee", ("Lee", "Ann", None)),
        ("F. William Engdahl", ("Engdahl", "F. William", None)),
        ("Ursula von der Leyen", ("von der Leyen", "Ursula", None)),
        ("Robert De Niro", ("De Niro", "Robert", None)),
        ("Van Jones", ("Jones", "Van", None)),
        ("Ben Lee", ("Lee", "Ben", None)),
        ("Mohammed bin Salman", ("bin Salman", "Mohammed", None)),
        ("Abdel Fattah el-Sisi", ("el-Sisi", "Abdel Fattah", None)),
        ("Bo Ray Jr.", ("Ray", "Bo", "Jr.")),
        ("Bo Ray, Jr.", ("Ray", "Bo", "Jr.")),
        ("Henry Ford II", ("Ford", "Henry", "II")),
        ("ANN LEE", ("LEE", "ANN", None)),
        ("Александра Иванова", ("Иванова", "Александра", None)),
    ],
)
def test_names_of_people(name: str, parts: tuple) -> None:
    found = person.split(name)
    assert (found.family, found.given, found.suffix) == parts
    assert found.literal is None


@pytest.mark.parametrize(
    "name",
    ["Reuters", "Maria", "Valley News Desk", "United Nations", "Operation TAMAR", "Ann Lee & Bo Ray", "山田 太郎", "김 철수", "Agence France-Presse / AFP", "The Editors"],
)  # fmt: skip
def test_names_of_desks_stay_whole(name: str) -> None:
    assert person.split(name) == person.Name(literal=name)


@pytest.mark.parametrize(
    ("change", "apa", "chicago"),
    [
        (
            {},
            "Lee, A., & Ray, B. (2024, April 18). Court strikes down the reservoir act. The Valley Gazette. https://valleygazette.example/a_b?c=1&d=%20#x",
            "Lee, Ann, and Bo Ray. 2024. “Court strikes down the reservoir act.” The Valley Gazette, April 18, 2024. https://valleygazette.example/a_b?c=1&d=%20#x.",
        ),
        (
            {"authors": (), "url": None},
            "Court strikes down the reservoir act. (2024, April 18). The Valley Gazette.",
            "“Court strikes down the reservoir act.” 2024. The Valley Gazette, April 18, 2024.",
        ),
        (
            {"authors": ("Jean-Paul M. Le Pen", "Reuters"), "published": "2024-04", "url": None},
            "Le Pen, J.-P. M., & Reuters. (2024, April). Court strikes down the reservoir act. The Valley Gazette.",
            "Le Pen, Jean-Paul M., and Reuters. 2024. “Court strikes down the reservoir act.” The Valley Gazette, April 2024.",
        ),
        (
            {"authors": ("Ann Lee", "Bo Ray Jr.", "Cy Orr"), "published": None, "headline": 'Who said "no"?', "url": "ftp://a.example"},
            'Lee, A., Ray, B., Jr., & Orr, C. (n.d.). Who said "no"? The Valley Gazette.',
            "Lee, Ann, Bo Ray Jr., and Cy Orr. n.d. “Who said ‘no’?” The Valley Gazette.",
        ),
        (
            {"authors": ("The Valley Gazette",), "url": None},
            "The Valley Gazette. (2024, April 18). Court strikes down the reservoir act.",
            "The Valley Gazette. 2024. “Court strikes down the reservoir act.” The Valley Gazette, April 18, 2024.",
        ),
        (
            {"authors": (), "url": None, "headline": None, "outlet": None, "published": None},
            "[Article without headline]. (n.d.).",
            "[Article without headline]. n.d.",
        ),
    ],
)  # fmt: skip
def test_printed_references(change: dict, apa: str, chicago: str) -> None:
    assert references.apa(FULL._replace(**change)) == apa
    assert references.chicago(FULL._replace(**change)) == chicago


def test_many_authors_are_cut_as_each_style_says() -> None:
    people = tuple(f"{given} {family}son" for given in ("Ann", "Bo", "Cy", "Di", "Ed") for family in "ABCDE")
    apa = references.apa(FULL._replace(authors=people[:21]))
    assert apa.startswith("Ason, A., ")
    assert ", . . . Ason, E. (2024" in apa
    assert apa.count("son, ") == 20
    assert "& Eson, D. (2024" in references.apa(FULL._replace(authors=people[:20]))
    assert "and Eson" not in references.chicago(FULL._replace(authors=people[:11]))
    assert "Bo Bson, et al. 2024." in references.chicago(FULL._replace(authors=people[:11]))


def test_bibtex() -> None:
    assert citing.bibtex([FULL]) == (
        "@article{corpus-0123456789abcdef,\n"
        "  author = {Lee, Ann and Ray, Bo},\n"
        "  title = {{Court strikes down the reservoir act}},\n"
        "  journal = {The Valley Gazette},\n"
        "  year = {2024},\n"
        "  month = apr,\n"
        "  date = {2024-04-18},\n"
        "  language = {en},\n"
        "  url = {https://valleygazette.example/a_b?c=1&d=%20#x},\n"
        f"  note = {{{NOTE}}},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50% of $5 & #1_a", r"50\% of \$5 \& \#1\_a"),
        ("a } b { c", r"a \textbraceright{} b \textbraceleft{} c"),
        (r"C:\~^", r"C:\textbackslash{}\textasciitilde{}\textasciicircum{}"),
        ("two\nlines\x00 and “quotes” Ü", "two lines and “quotes” Ü"),
        ("@article{x, title = {y}}", r"@article\textbraceleft{}x, title = \textbraceleft{}y\textbraceright{}\textbraceright{}"),
    ],
)  # fmt: skip
def test_bibtex_text_is_escaped(text: str, written: str) -> None:
    entry = citing.bibtex([FULL._replace(headline=text, authors=(text,), url="https://a.example/{x}\\y")])
    assert f"title = {{{{{written}}}}}," in entry
    assert "url = {https://a.example/%7Bx%7D%5Cy}," in entry
    depth = 0
    for char in entry:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert entry.count("\n") == entry.count(",\n") + 1


def test_names_in_bibtex_are_not_taken_apart() -> None:
    entry = citing.bibtex(
        [FULL._replace(authors=("Reuters", "Ursula von der Leyen", "Bo Ray Jr.", "News and Views Desk"))]
    )
    assert "author = {{Reuters} and von der Leyen, Ursula and Ray, Jr., Bo and {News and Views Desk}}," in entry


def read_ris(text: str) -> list[dict[str, list[str]]]:
    """A reader of RIS: a tag of two characters, two spaces, a hyphen, a space, the value; TY opens, ER closes."""
    records: list[dict[str, list[str]]] = []
    current: dict[str, list[str]] | None = None
    assert text == "" or text.endswith("\r\n")
    for line in text.split("\r\n")[:-1]:
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            assert current is None
            current = {}
        assert current is not None
        if match[1] == "ER":
            records.append(current)
            current = None
        else:
            current.setdefault(match[1], []).append(match[2])
    assert current is None
    return records


def test_ris() -> None:
    (found,) = read_ris(citing.ris([FULL]))
    assert found == {
        "TY": ["NEWS"],
        "ID": ["0123456789abcdef"],
        "AU": ["Lee, Ann", "Ray, Bo"],
        "TI": ["Court strikes down the reservoir act"],
        "T2": ["The Valley Gazette"],
        "PY": ["2024"],
        "DA": ["2024/04/18"],
        "LA": ["en"],
        "UR": ["https://valleygazette.example/a_b?c=1&d=%20#x"],
        "N1": [NOTE],
    }


def test_ris_keeps_to_its_lines() -> None:
    hostile = FULL._replace(
        headline="a\r\nER  - \r\nTY  - NEWS\u2028b", authors=("Bo* Ray Jr.", "Reuters"), published="2024-04"
    )
    first, second = read_ris(citing.ris([hostile, BARE]))
    assert first["TI"] == ["a ER - TY - NEWS b"]
    assert first["AU"] == ["Ray, Bo, Jr.", "Reuters"]
    assert first["DA"] == ["2024/04/"]
    assert second == {"TY": ["GEN"], "ID": ["0123456789abcdef-2"], "N1": [second["N1"][0]]}


def test_csl_json() -> None:
    full, bare = json.loads(citing.csl_json([FULL._replace(authors=("Ann Lee", "Reuters", "Bo Ray Jr.")), BARE]))
    assert full == {
        "id": "0123456789abcdef",
        "type": "article-newspaper",
        "title": "Court strikes down the reservoir act",
        "author": [
            {"family": "Lee", "given": "Ann"},
            {"literal": "Reuters"},
            {"family": "Ray", "given": "Bo", "suffix": "Jr."},
        ],
        "container-title": "The Valley Gazette",
        "issued": {"date-parts": [[2024, 4, 18]]},
        "language": "en",
        "URL": "https://valleygazette.example/a_b?c=1&d=%20#x",
        "note": NOTE,
    }
    assert bare.keys() == {"id", "type", "note"}
    assert bare["type"] == "document"


@pytest.mark.parametrize(
    ("kind", "outlet", "types"),
    [
        ("newspaper", "x", ("article-newspaper", "NEWS", "article")),
        (None, "x", ("article-newspaper", "NEWS", "article")),
        ("magazine", "x", ("article-magazine", "MGZN", "article")),
        ("website", "x", ("webpage", "ELEC", "misc")),
        (None, None, ("webpage", "ELEC", "misc")),
    ],
)
def test_types(kind: str | None, outlet: str | None, types: tuple[str, str, str]) -> None:
    article = FULL._replace(kind=kind, outlet=outlet)
    (item,) = json.loads(citing.csl_json([article]))
    assert item["type"] == types[0]
    assert read_ris(citing.ris([article]))[0]["TY"] == [types[1]]
    assert citing.bibtex([article]).startswith(f"@{types[2]}{{")


def test_what_is_not_stated_is_not_cited() -> None:
    """No field is filled in: least of all the day on which somebody looked."""
    for text in (citing.bibtex([BARE]), citing.ris([BARE]), citing.csl_json([BARE])):
        assert not re.search(r"title|author|AU  |TI  |20\d\d|access|urldate|Y2  ", text.replace(SHA256, ""))


def test_records_of_a_corpus_come_in_the_order_of_the_keys(connection: sqlite3.Connection) -> None:
    rows = connection.execute("select key, headline, published from articles order by headline desc").fetchall()
    keys = [row[0] for row in rows]
    found = citing.cited(connection, [*keys[:3], "0" * 16, *keys[3:]])
    assert [(each.key, each.headline, each.published) for each in found] == rows
    court = next(each for each in found if each.headline == "Court strikes down the reservoir act")
    assert court.authors == ("Ann Lee", "Bo Ray")
    assert court.outlet == "The Valley Gazette"
    assert court.sha256.startswith(court.key)
    assert len(citing.bibtex(found).split("\n@")) == len(read_ris(citing.ris(found))) == len(keys)
