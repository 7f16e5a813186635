"""Attention over time equals plain counts."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import counted
import pytest

from corpus_db.corpus import load
from corpus_db.reading import opening, trends
from corpus_db.reading.query import Query, parse


@pytest.fixture
def rows(connection: sqlite3.Connection) -> list[counted.Paragraph]:
    return counted.paragraphs(connection)


def dated(connection: sqlite3.Connection, condition: str = "1") -> dict[int, str | None]:
    """The month of each article for which an SQL condition holds."""
    return dict(connection.execute(f"select id, month from articles where {condition}"))


@pytest.mark.parametrize("unit", ["articles", "paragraphs"])
@pytest.mark.parametrize("step", ["month", "year"])
def test_counts_are_plain_counts(
    unit: trends.Unit, step: trends.Step, connection: sqlite3.Connection, rows: list[counted.Paragraph]
) -> None:
    size = 7 if step == "month" else 4
    texts = counted.queries(rows, 40)
    nonzero = 0
    for start in range(0, len(texts), 4):
        some = texts[start : start + 4]
        found = trends.trends(connection, [parse(text) for text in some], unit=unit, step=step)
        assert found.steps == tuple(sorted(found.steps))
        for text, trend in zip(some, found.trends, strict=True):
            matching = [row for row in rows if counted.hits(parse(text), row.words)]
            months = [row.month for row in matching] if unit == "paragraphs" else [
                month for _, month in {(row.article, row.month) for row in matching}
            ]  # fmt: skip
            expected = Counter(month and month[:size] for month in months)
            assert trend.undated == expected.pop(None, 0), text
            assert {each: count for each, count in zip(found.steps, trend.counts, strict=True) if count} == expected
            nonzero += len(expected)
    assert nonzero > 20


@pytest.mark.parametrize("unit", ["articles", "paragraphs"])
def test_the_whole_is_what_all_queries_share(unit: trends.Unit, connection: sqlite3.Connection) -> None:
    weight = "1" if unit == "articles" else "paragraph_count"
    for texts, condition in [
        (["the", "council"], "1"),
        (["the lang:en", "council lang:en"], "language = 'en'"),
        (["the lang:en", "council lang:fr"], "1"),
        (["the lang:en lang:fr", "council lang:fr"], "1"),
        (["the from:2024 lang:en", "council from:2024"], "published >= '2024'"),
        (["the to:2023", "council to:2023"], "published < '2024'"),
        (['the outlet:"The Valley Gazette"'], "outlet_id = (select id from outlets where name = 'The Valley Gazette')"),
        (["lang:en"], "1"),
        (["the lang:en", "lang:en"], "1"),
    ]:
        found = trends.trends(connection, [parse(text) for text in texts], unit=unit, step="month")
        expected = Counter()
        for month, count in connection.execute(
            f"select month, sum({weight}) from articles where {condition} group by 1"
        ):
            expected[month] += count
        assert found.undated == expected.pop(None, 0), texts
        assert dict(zip(found.steps, found.wholes, strict=True)) == {each: expected[each] for each in found.steps}
        assert set(expected) <= set(found.steps)
        assert found.steps[0] == min(expected)
        assert found.steps[-1] == max(expected)


def test_steps_leave_nothing_out(connection: sqlite3.Connection) -> None:
    found = trends.trends(connection, [parse("the")], step="month")
    first, last = found.steps[0], found.steps[-1]
    expected = [f"{year}-{month:02}" for year in range(1990, 2040) for month in range(1, 13)]
    assert found.steps == tuple(each for each in expected if first <= each <= last)
    years = trends.trends(connection, [parse("the")], step="year")
    assert years.steps == tuple(dict.fromkeys(each[:4] for each in found.steps))
    assert 0 in found.wholes  # a month without articles: no share can be told of it


@pytest.mark.parametrize(
    ("last", "step", "steps"), [("2019-11", "month", 119), ("2019-12", "month", 120), ("2020-01", "year", 11)]
)
def test_the_step_fits_the_time(last: str, step: trends.Step, steps: int, tmp_path: Path) -> None:
    """Up to ten years in months, longer ones in years; of a longer time, the part that the queries are within."""
    (tmp_path / "raw").mkdir()
    for name in ("first", "last"):
        (tmp_path / "raw" / f"{name}.txt").write_text(
            f"The {name} day\n\nThe rain fell on the {name} day of them all.\n"
        )
    (tmp_path / "raw" / "manifest.csv").write_text(f"path,published\nfirst.txt,2010-01-31\nlast.txt,{last}-01\n")
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    with closing(opening.connect(tmp_path / "corpus.db")) as connection:
        found = trends.trends(connection, [parse("the")])
        assert (found.step, len(found.steps)) == (step, steps)
        assert trends.trends(connection, [parse("the from:2010-02")]).step == "month"


def test_outlets_apart(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    queries = [parse("the"), parse("council")]
    found = trends.trends(connection, queries, step="year", outlets=3)
    matches = Counter()
    for word in ("the", "council"):
        articles = {(row.article, row.outlet) for row in rows if word in row.words}
        matches.update(outlet for _, outlet in articles if outlet)
    ranked = sorted(matches, key=lambda outlet: (-matches[outlet], outlet))
    assert [each.outlet for each in found.outlets] == ranked[:3]
    assert found.of_outlets == len(ranked)
    for each in found.outlets:
        months = dated(connection, f"outlet_id = (select id from outlets where name = '{each.outlet}')")
        expected = Counter(month[:4] for month in months.values() if month)
        assert dict(zip(found.steps, each.wholes, strict=True)) == {step: expected[step] for step in found.steps}
        for word, counts in zip(("the", "council"), each.counts, strict=True):
            there = {(row.article, row.month) for row in rows if word in row.words and row.outlet == each.outlet}
            expected = Counter(month[:4] for _, month in there if month)
            assert dict(zip(found.steps, counts, strict=True)) == {step: expected[step] for step in found.steps}


def test_no_more_than_five_queries(connection: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="no more than 5"):
        trends.trends(connection, [Query()] * 6)


def test_what_is_not_there_is_zero(connection: sqlite3.Connection) -> None:
    found = trends.trends(connection, [parse("qqqqq"), parse("the outlet:qqqq")])
    assert not any(any(each.counts) or each.undated for each in found.trends)
    assert found.trends[1].unknown
    nothing = trends.trends(connection, [parse("the from:2150")])
    assert (nothing.steps, nothing.wholes, nothing.trends[0].counts) == ((), (), ())
