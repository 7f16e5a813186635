"""Dates as newspapers print them: every way to write one, its time and its zone, where it stands, and what is none."""

import subprocess
import sys
from pathlib import Path

import babel
import pytest
from babel import Locale
from places import ROOT

from corpus_db.loading import dates

MONTHS = ROOT / "corpus_db" / "loading" / "months.csv"
LANGUAGES = tuple(dict.fromkeys(line.split(",")[0] for line in MONTHS.read_text(encoding="utf-8").splitlines()[1:]))
DAY = "2023-05-03"
# Ways to write the third of May 2023 that need no knowledge of the language.
WRITTEN = (
    "2023-05-03|3 May 2023|03 May 2023|3. May 2023|3rd May 2023|3th May 2023|3st May 2023|3nd May 2023|3er mai 2023|3re mai 2023|"
    "3º mai 2023|3ª mai 2023|3° mai 2023|3 de mayo de 2023|3 de mayo del 2023|3 of May 2023|3 of May of 2023|3 di maggio 2023|3 d'May 2023|3 d’May 2023|"
    "3 na May 2023|3-May-2023|3 May, 2023|3 May. 2023|3, May 2023|3May 2023|3\u00a0May\u00a02023|May 3, 2023|"
    "May 3 2023|May. 3, 2023|May 03, 2023|May 3rd, 2023|May 3st 2023|May 3nd 2023|May 3th 2023|May 3. 2023|May 3 of 2023|May\u00a03,\u00a02023|2023 May 3|2023. May 3.|2023, May 3|"
    "2023 m. May 3|2023年5月3日|2023 年 5 月 3 日|2023년 5월 3일|2023/5/3|2023.05.03|2023/05/03|3.5.2023|03.05.2023|3. 5. 2023|"
    "2023 May. 3|2023 May, 3|2023 May 03|2023年05月03日|3  de  mayo  de  2023|May  3rd,  of  2023|2023  May  3|3  May  2023|"
    "WednesdayMay 3, 2023|MAY 3, 2023|3 MAY 2023|Wed, 03 May 2023|May-3-2023|May-03-2023|2023. 5. 3.|2023.5.3.|"
    "٣ مايو ٢٠٢٣|۲۰۲۳-۰۵-۰۳|२०२३/०५/०३"
).split("|")


@pytest.mark.parametrize("printed", WRITTEN)
def test_ways_to_write_a_day(printed: str) -> None:
    assert dates.parse(printed) == DAY
    assert dates.parse(f"Published: {printed} – Orlo", day_first=None) == DAY
    (moment,) = dates.find(f"({printed})")
    assert f"({printed})"[moment.start : moment.stop] in (
        printed,
        printed.removeprefix("Wednesday").removeprefix("Wed, ").removesuffix("."),
    )


@pytest.mark.parametrize(
    "printed",
    [
        "3 Mayday 2023", "32 May 2023", "0 May 2023", "May 32, 2023", "30 February 2023", "29 February 2023", "2023-02-29", "2023-00-03",
        "2023-05-00", "12023-05-03", "2023-05-031", "2023-05-03-1", "1-2023-05-03", "1.3 May 2023", "123 May 2023", "May 123, 2023",
        "May 3, 1799", "May 3, 2123", "May 3, 20231", "3 May 20231", "3 May 123", "3/5/23", "3/5/2023", "3-5-2023", "13/13/2023", "3.13.2023",
        "1.3.5.2023", "3.5.2023-1", "13.5/2023", "2023/5.3", "2023/13/3", "1/2023/5/3", "2023/5/3/1", "2023年13月3日", "12023年5月3日", "2023 May 123",
        "12023 May 3", "Part-3-2023", "2023. 5. 3 people", "12023. 5. 3.", "2023. 13. 3.", "xMAY 3, 2023", "May 3", "May 2023", "2023", "3 Ma 2023", "Ann 3, 2023", "",
    ],
)  # fmt: skip
def test_what_is_no_day(printed: str) -> None:
    assert dates.parse(printed) is None


@pytest.mark.parametrize("year", ["1800", "1899", "1900", "1999", "2000", "2099"])
def test_years_of_newspapers(year: str) -> None:
    assert dates.parse(f"3 May {year}") == f"{year}-05-03"


@pytest.mark.parametrize("sign", "./-")
def test_the_order_of_numbers(sign: str) -> None:
    assert dates.parse(f"13{sign}5{sign}2023") == "2023-05-13"
    assert dates.parse(f"12{sign}12{sign}2023") == "2023-12-12"
    assert dates.parse(f"3{sign}5{sign}2023", day_first=True) == "2023-05-03"
    if sign != ".":  # between points, the day is always first
        assert dates.parse(f"5{sign}13{sign}2023") == "2023-05-13"
        assert dates.parse(f"3{sign}5{sign}2023", day_first=False) == "2023-03-05"
        assert dates.parse(f"3{sign}5{sign}2023") is None
        assert dates.parse(f"12{sign}5{sign}2023") is None
        assert dates.parse(f"5{sign}12{sign}2023") is None


@pytest.mark.parametrize(
    ("printed", "order"),
    [
        ("12/13/2023", False), ("13/12/2023", True), ("12/5/2023", None), ("5/12/2023", None), ("3/13/2023", False), ("13/3/2023", True), ("12/12/2023", None), ("3/12/2023 4/12/2023", None), ("13/3/2023 3/13/2023", None),
        ("3/5/2023 3/13/2023", False), ("13/3/2023 14/3/2023", True), ("", None),
    ],
)  # fmt: skip
def test_a_text_gives_its_order_away(printed: str, order: bool | None) -> None:
    assert dates.spells_day_first(printed) is order


@pytest.mark.parametrize(
    ("language", "value"),
    [("de", "2024-04-27"), ("fr", "2024-04-27"), (None, None), ("en", None), ("ko", None), ("ja", None), ("zh", None), ("hu", None)],
)  # fmt: skip
def test_years_of_two_digits(language: str | None, value: str | None) -> None:
    assert dates.parse("27.04.24", language=language) == value


@pytest.mark.parametrize(
    "printed",
    ["27.04.54", "41.04.24", "27.24.24", "1.27.04.24", "27.04.24.1", "127.04.24", "27/04/24", "7.4.24", "27.04.241"],
)
def test_numbers_that_are_no_years_of_two_digits(printed: str) -> None:
    assert dates.parse(printed, language="de") is None


# What is printed behind a day, and what it adds to it.
TIMES = [
    ("14:05 UTC", "T14:05Z"), ("14:05 GMT", "T14:05Z"), ("14:05Z", "T14:05Z"), ("14.05 CET", "T14:05+01:00"), ("14h05 CEST", "T14:05+02:00"),
    ("14H05 CEST", "T14:05+02:00"), ("9:05 EET", "T09:05+02:00"), ("09:05 EEST", "T09:05+03:00"), ("14:05 MSK", "T14:05+03:00"),
    ("2:05 pm EST", "T14:05-05:00"), ("2:05 p.m. EDT", "T14:05-04:00"), ("2:05PM ET", "T14:05-04:00"), ("2 pm ET", "T14:00-04:00"),
    ("2:05 A.M. CT", "T02:05-05:00"), ("2:05 am MT", "T02:05-06:00"), ("2:05 pm PST", "T14:05-08:00"), ("2:05 pm PDT", "T14:05-07:00"),
    ("2:05 pm PT", "T14:05-07:00"), ("14:05 BST", "T14:05+01:00"), ("14:05 (CET)", "T14:05+01:00"), ("14:05, CET", "T14:05+01:00"),
    ("14:05 Uhr CET", "T14:05+01:00"), ("1405 hrs CET", ""), ("14:05 hrs CET", "T14:05+01:00"), ("14:05 hr CET", "T14:05+01:00"),
    ("14:05:07 UTC", "T14:05:07Z"), ("14:05 +0200", "T14:05+02:00"), ("14:05 -03:30", "T14:05-03:30"), ("14:05+02:00", "T14:05+02:00"),
    ("14:05 GMT+0200", "T14:05+02:00"), ("23:05 UTC", "T23:05Z"), ("0:05 UTC", "T00:05Z"), ("24:05 UTC", ""), ("14:60 UTC", ""),
    ("14:05", ""), ("2:05 pm", ""), ("14 UTC", ""), ("14:05 IST", ""), ("14:05 XYZ", ""), ("14:05 CETA", ""),
    ("14:05  UTC", "T14:05Z"), ("2:05\u00a0pm\u00a0ET", "T14:05-04:00"), ("14:05\u00a0 Uhr CET", "T14:05+01:00"),
    (f"{'x' * 20} 14:05 UTC", "T14:05Z"), (f"{'x' * 40} 14:05 UTC", ""),
]  # fmt: skip


@pytest.mark.parametrize(("time", "added"), TIMES)
def test_times_have_their_zone(time: str, added: str) -> None:
    assert dates.parse(f"May 3, 2023 {time}") == f"{DAY}{added}"


@pytest.mark.parametrize(
    ("printed", "value", "span"),
    [
        ("On May 3, 2023 at 14:05 UTC we", "2023-05-03T14:05Z", "May 3, 2023 at 14:05 UTC"),
        ("At 14:05 UTC on May 3, 2023 we", "2023-05-03T14:05Z", "14:05 UTC on May 3, 2023"),
        ("At 14:05 on May 3, 2023 we", "2023-05-03", "May 3, 2023"),
        ("14:05 XYZ May 3, 2023", "2023-05-03", "May 3, 2023"),
        ("At 12:05 UTC, May 3, 2023, 14:05 UTC", "2023-05-03T14:05Z", "May 3, 2023, 14:05 UTC"),
        (f"14:05 UTC {'x' * 20} May 3, 2023", "2023-05-03T14:05Z", f"14:05 UTC {'x' * 20} May 3, 2023"),
        (f"14:05 UTC {'x' * 40} May 3, 2023", "2023-05-03", "May 3, 2023"),
        ("x 2023-05-03T14:05:07+02:00 y", "2023-05-03T14:05:07+02:00", "2023-05-03T14:05:07+02:00"),
        ("2023-05-03 14:05:07 UTC", "2023-05-03T14:05:07Z", "2023-05-03 14:05:07 UTC"),
        ("2023-05-03, 14:05 -0330", "2023-05-03T14:05-03:30", "2023-05-03, 14:05 -0330"),
        ("2023-05-03T14:05:07.123Z", "2023-05-03T14:05:07Z", "2023-05-03T14:05:07.123Z"),
        ("2023-05-03T14:05:07,123456789Z", "2023-05-03T14:05:07Z", "2023-05-03T14:05:07,123456789Z"),
        ("2023-05-03T14:05GMT", "2023-05-03T14:05Z", "2023-05-03T14:05GMT"),
        ("2023-05-03T14:05:07", "2023-05-03", "2023-05-03T14:05:07"),
        ("May 3, 202322:26 UTC", "2023-05-03T22:26Z", "May 3, 202322:26 UTC"),
        ("May 3, 20232:26 PM EDT", "2023-05-03T14:26-04:00", "May 3, 20232:26 PM EDT"),
        ("3 May 202312:26 PM EDT", "2023-05-03T12:26-04:00", "3 May 202312:26 PM EDT"),
    ],
)  # fmt: skip
def test_where_a_moment_stands(printed: str, value: str, span: str) -> None:
    (moment,) = dates.find(printed)
    assert (moment.value, printed[moment.start : moment.stop]) == (value, span)


def test_winter_and_summer_time() -> None:
    assert dates.parse("Jan 3, 2023, 2:05 pm ET") == "2023-01-03T14:05-05:00"
    assert dates.parse("July 3, 2023, 2:05 pm ET") == "2023-07-03T14:05-04:00"
    assert dates.parse("Jan 3, 2023, 14:05 BST") == "2023-01-03T14:05Z"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("April 22, 2026 3:41 PM GMT+2", "2026-04-22T15:41+02:00"),
        ("April 22, 2026 11:30 p.m. GMT-4", "2026-04-22T23:30-04:00"),
        ("22 April 2026 15:41 UTC +5:30", "2026-04-22T15:41+05:30"),
        ("April 22, 2026 3:41 PM (GMT+3)", "2026-04-22T15:41+03:00"),
        ("April 22, 2026 3:41 PM GMT", "2026-04-22T15:41Z"),
        ("2026-04-22 15:41 GMT", "2026-04-22T15:41Z"),
        ("2026-04-22 15:41 GMT+2", "2026-04-22"),
        ("6.mai.2026 às 4h00", "2026-05-06"),
        ("11 ноя 2026, 08:15", "2026-11-11"),
    ],
)
def test_offsets_in_hours_and_short_forms(printed: str, value: str) -> None:
    assert dates.parse(printed) == value


def test_one_year_is_of_one_day() -> None:
    assert [moment.value for moment in dates.find("3 May 2023 June 5")] == ["2023-05-03"]


def test_days_come_in_the_order_of_the_text() -> None:
    printed = "3.5.2023, 2024-02-29; May 3, 2021 and 5 March 2020"
    assert [moment.value for moment in dates.find(printed)] == ["2023-05-03", "2024-02-29", "2021-05-03", "2020-03-05"]
    assert dates.parse(printed) == "2023-05-03"


@pytest.mark.parametrize(
    ("printed", "value", "span"),
    [
        ("Vol. 3, March 2023", "2023-03", "March 2023"),
        ("Dec. 2022", "2022-12", "Dec. 2022"),
        ("März\u00a02023", "2023-03", "März\u00a02023"),
        ("Spring 2023, May 2021", "2021-05", "May 2021"),
        ("Ma 2023", None, ""),
        ("xMarch 2023", "", ""),
        ("March 20231", None, ""),
        ("Spring 2023", None, ""),
    ],
)
def test_months(printed: str, value: str | None, span: str) -> None:
    found = dates.month(printed)
    if value:
        assert (found.value, printed[found.start : found.stop]) == (value, span)
    else:
        assert found is None


def test_months_of_a_language() -> None:
    assert dates.month("listopada 2023", "pl").value == "2023-11"
    assert dates.month("listopada 2023", "hr").value == "2023-10"
    assert dates.month("listopada 2023") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_of_every_language(language: str) -> None:
    """Every name that is a word."""
    months = Locale.parse(language).months["format"]["wide"]
    read = [dates.parse(f"14 {name} 2023", language=language) for name in months.values()]
    whole = [f"2023-{number:02}-14" for number in range(1, 13)]
    assert all(value in (None, expected) for value, expected in zip(read, whole, strict=True))
    assert read == whole or language in UNREAD


UNREAD = ("bn", "ga", "hi", "ta", "vi")  # a May of two characters, names of two words, names that are numbers


@pytest.mark.parametrize("table", ["months", "languages"])
def test_a_table_is_that_of_the_cldr(table: str, tmp_path: Path) -> None:
    """Of the version of babel that is locked; others may name a month in other ways."""
    locked = (ROOT / "scripts" / "requirements.txt").read_text(encoding="utf-8")
    if f"babel=={babel.__version__} " not in locked:
        pytest.skip(f"babel {babel.__version__} is not the one that the table was made with")
    subprocess.run([sys.executable, ROOT / "scripts" / f"{table}.py", tmp_path / "made.csv"], check=True)
    assert (tmp_path / "made.csv").read_bytes() == MONTHS.with_name(f"{table}.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "number"),
    [("märz", 3), ("Jänner", 1), ("Feber", 2), ("janv", 1), ("févr", 2), ("avr", 4), ("juil", 7), ("mrt", 3), ("abr", 4), ("Sept", 9), ("sep", 9), ("AUG", 8), ("Dec", 12)],
)  # fmt: skip
def test_short_names_of_months(name: str, number: int) -> None:
    assert dates.parse(f"14 {name}. 2023") == dates.parse(f"14 {name} 2023") == f"2023-{number:02}-14"
