"""Concordance lines are what a slow search in plain Python finds, in the order that was asked for."""

import sqlite3
from itertools import pairwise

import counted
import pytest

from corpus_db.reading import concordance
from corpus_db.reading.query import parse
from corpus_db.reading.words import words


@pytest.fixture
def rows(connection: sqlite3.Connection) -> list[counted.Paragraph]:
    return counted.paragraphs(connection)


def test_every_hit_is_a_line_with_the_words_around_it(
    connection: sqlite3.Connection, rows: list[counted.Paragraph]
) -> None:
    total = 0
    for text in counted.queries(rows, 150):
        query = parse(text)
        expected = [
            (
                row.key,
                row.position,
                row.words[max(0, start - 7) : start],
                row.words[start:stop],
                row.words[stop : stop + 7],
            )
            for row in rows
            for start, stop in counted.hits(query, row.words)
        ]
        lines = list(concordance.every(connection, query, width=7, chunk=3))
        found = [(each.key, each.position, words(each.before), words(each.node), words(each.after)) for each in lines]
        assert found == expected, text
        assert list(concordance.concordance(connection, query, width=7, size=10_000).lines) == lines
        total += len(lines)
    assert total > 2_000


def test_a_line_is_printed_as_in_its_paragraph(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    texts = {(row.key, row.position): row.text for row in rows}
    for line in concordance.every(connection, parse("the OR de OR и OR die"), width=5):
        text = texts[line.key, line.position]
        printed = [line.before, line.node, line.after]
        assert all(each in text for each in printed)
        assert "".join(printed).replace(" ", "") in text.replace(" ", "")


SORTS = {
    "left1": lambda line: words(line.before)[-1:],
    "left2": lambda line: words(line.before)[-2:-1],
    "left3": lambda line: words(line.before)[-3:-2],
    "right1": lambda line: words(line.after)[:1],
    "right2": lambda line: words(line.after)[1:2],
    "right3": lambda line: words(line.after)[2:3],
    "node": lambda line: words(line.node),
    "newest": lambda line: (line.published is not None, line.published or ""),
    "oldest": lambda line: (line.published is None, line.published or ""),
    "outlet": lambda line: (line.outlet is None, line.outlet or ""),
}


@pytest.mark.parametrize("sort", SORTS)
def test_sorts(sort: concordance.Sort, connection: sqlite3.Connection) -> None:
    lines = concordance.concordance(connection, parse("co*"), sort=sort, size=10_000).lines
    keys = [SORTS[sort](line) for line in lines]
    assert len(set(map(str, keys))) > 3
    assert keys == sorted(keys, reverse=sort == "newest")
    every = list(concordance.every(connection, parse("co*")))
    assert sorted(lines) == sorted(every)
    # What is equal stays in the order of the corpus.
    place = {line: number for number, line in enumerate(every)}
    if sort in ("newest", "oldest", "outlet"):
        for one, two in pairwise(lines):
            assert SORTS[sort](one) != SORTS[sort](two) or place[one] < place[two]


def test_every_sort_is_tried() -> None:
    assert {*SORTS, "document"} == set(concordance.SORTS)


def test_lines_of_an_outlet_stand_together(connection: sqlite3.Connection) -> None:
    found = concordance.concordance(connection, parse("the"), by_outlet=True, sort="right1", size=10_000)
    outlets = [line.outlet for line in found.lines]
    assert [each.outlet for each in found.groups] == list(dict.fromkeys(outlets))
    assert [each.lines for each in found.groups] == [outlets.count(each.outlet) for each in found.groups]
    assert sorted((each.lines for each in found.groups), reverse=True) == [each.lines for each in found.groups]
    for group in found.groups:
        assert group.articles == len({line.key for line in found.lines if line.outlet == group.outlet})


def test_pages_are_all_the_lines(connection: sqlite3.Connection) -> None:
    whole = concordance.concordance(connection, parse("the"), sort="right1", size=10_000)
    pages = [
        concordance.concordance(connection, parse("the"), sort="right1", page=page, size=7)
        for page in range(1, 2 + whole.total // 7)
    ]
    assert tuple(line for page in pages for line in page.lines) == whole.lines
    assert [page.first for page in pages[:3]] == [1, 8, 15]
    beyond = concordance.concordance(connection, parse("the"), sort="right1", page=10**6, size=7)
    assert beyond.lines == pages[-1].lines
    assert concordance.concordance(connection, parse("the"), page=0, size=7).first == 1


def test_a_sample_is_of_whole_articles_by_key(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    query = parse("the")
    matching = [row for row in rows if "the" in row.words]
    found = concordance.concordance(connection, query, limit=30, size=10_000)
    assert found.paragraphs == len(matching) > 30 >= found.sampled
    keys = sorted({row.key for row in matching})
    taken = {line.key for line in found.lines}
    assert taken == set(keys[: len(taken)])
    assert {(line.key, line.position) for line in found.lines} == {
        (row.key, row.position) for row in matching if row.key in taken
    }
    following = sum(row.key == keys[len(taken)] for row in matching)
    assert found.sampled + following > 30
    assert concordance.concordance(connection, query, limit=1).articles == len(keys)


def test_filters_hold(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    query = parse('the outlet:"The Valley Gazette" from:2024')
    expected = sum(
        len(counted.hits(query, row.words))
        for row in rows
        if row.outlet == "The Valley Gazette" and (row.month or "") >= "2024"
    )
    assert concordance.concordance(connection, query).total == expected > 5


@pytest.mark.parametrize("text", ["", "qqqqq", "-the", 'outlet:"The Valley Gazette"', "the outlet:qqqq", '"'])
def test_no_words_no_lines(text: str, connection: sqlite3.Connection) -> None:
    found = concordance.concordance(connection, parse(text))
    assert (found.lines, found.total, found.first, found.groups) == ((), 0, 0, ())
    assert list(concordance.every(connection, parse(text))) == []
