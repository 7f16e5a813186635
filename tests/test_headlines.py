"""Which line above a text is its headline: in plain text, where no mark says so."""

import pytest

from corpus_db.loading import headlines, pipeline, tables
from corpus_db.records import Parsed, RawFile, Role

TEXT = """The council of the valley decided on Monday to repair the old bridge, which has been closed since the flood.

"We have waited long enough," said Adele Crane, who leads the council, after a debate of four hours.

Work on the bridge is to begin in the autumn and will cost 2.4 million, of which the district pays a third.

Boats will carry those who cross to work until the repair is done, the council said on Monday evening.
"""
MENU = "Home\nNews\nSport\nBusiness\nWeather\nSubscribe\nSign in\n"
OTHERS = (
    "Choir of Hill Street sings for the last time",
    "Why the price of bread went up again in March",
    "Hospital opens a new ward for children",
)
TITLE = "Council votes to repair the old bridge after the flood"


def headline(source: str, path: str = "a.txt") -> str | None:
    parsed = pipeline.articles(RawFile(path, "0" * 64, len(source), "utf-8", source))
    assert isinstance(parsed, Parsed)
    (article,) = parsed.articles
    return article.headline


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("Первый трамвай прошёл по новому мосту через двенадцать лет", True),
        ("Первый трамвай прошёл по новому мосту через двенадцать лет.", False),
        ("трамвай " * 30, False),
    ],
)
def test_a_first_line_that_is_no_sentence(first: str, found: bool) -> None:
    """Also where the network takes it for a paragraph."""
    text = "Триста человек стояли в понедельник под дождём, чтобы увидеть первый трамвай, сообщила мэр города."
    source = f"{first}\n\n{text}\n\nОткрытие откладывали четыре раза.\n\n{text}\n"
    assert headline(source) == (first if found else None)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (OTHERS, "By Ann Lee\nMarch 3, 2024\n\n"),
        (OTHERS, "March 3, 2024\n\n"),
        (OTHERS[:1], "\n"),
        ((), "\n"),
    ],
)
def test_it_says_what_the_text_is_about(above: tuple[str, ...], below: str) -> None:
    """Below the titles of other articles, with and without byline and dateline."""
    assert headline(f"{MENU}\n" + "\n".join((*above, TITLE)) + f"\n{below}{TEXT}") == TITLE


def test_a_file_that_begins_with_its_text_has_none() -> None:
    assert headline(TEXT) is None


def test_words_are_compared_without_their_endings_and_by_signs_where_they_are_not_apart() -> None:
    assert headlines._terms("The councils repaired it") == {"counci", "repair"}
    assert headlines._terms("修理する bridge") == {"修理", "理す", "する", "bridge"}


def test_every_feature_has_its_weight() -> None:
    features = [row["feature"] for row in tables.rows("headlines.csv")]
    assert features == ["least", *headlines.PRINTED, *headlines.WORDED]


def test_roles_of_the_same_title_twice() -> None:
    source = f"{MENU}\n{TITLE}\nBy Ann Lee\n{TITLE}\n\n{TEXT}"
    parsed = pipeline.articles(RawFile("a.txt", "0" * 64, len(source), "utf-8", source))
    assert isinstance(parsed, Parsed)
    roles = [part.role for part in parsed.articles[0].parts if part.text == TITLE]
    assert roles == [Role.HEADLINE, Role.HEADLINE]
