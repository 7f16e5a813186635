"""Words compared, and words beside hits, equal slow counts in plain Python."""

import sqlite3
from collections import Counter
from math import log, log2

import counted
import pytest

from corpus_db.reading import collocates, compare, keyness, subcorpora
from corpus_db.reading.query import parse


@pytest.fixture
def rows(connection: sqlite3.Connection) -> list[counted.Paragraph]:
    return counted.paragraphs(connection)


def parts(
    rows: list[counted.Paragraph], text: str, unit: str
) -> tuple[list[counted.Paragraph], list[counted.Paragraph]]:
    """The paragraphs that a query finds, or those of the articles that it finds; and the rest."""
    matching = {(row.key, row.position) for row in rows if counted.hits(parse(text), row.words)}
    if unit == "articles":
        keys = {key for key, _ in matching}
        matching = {(row.key, row.position) for row in rows if row.key in keys}
    found = [row for row in rows if (row.key, row.position) in matching]
    return found, [row for row in rows if (row.key, row.position) not in matching]


def counts(rows: list[counted.Paragraph]) -> tuple[Counter, Counter]:
    """How often each word stands in paragraphs, and in how many articles."""
    pairs = {(row.key, word) for row in rows for word in row.words}
    return Counter(word for row in rows for word in row.words), Counter(word for _, word in pairs)


@pytest.mark.parametrize("unit", ["articles", "paragraphs"])
@pytest.mark.parametrize("against", [None, "of the"])
def test_counts_are_plain_counts(
    unit: compare.Unit, against: str | None, connection: sqlite3.Connection, rows: list[counted.Paragraph]
) -> None:
    compared = 0
    for text in counted.queries(rows, 12, seed=4):
        found = compare.compare(connection, parse(text), against and parse(against), unit=unit, minimum=2)
        inside, outside = parts(rows, text, unit)
        if against:
            outside, _ = parts(rows, against, unit)
        (a, articles_a), (b, articles_b) = counts(inside), counts(outside)
        size_a, size_b = a.total(), b.total()
        assert (found.a.words, found.b.words) == (size_a, size_b)
        assert found.a.articles == len({row.key for row in inside})
        assert found.shared == len({row.key for row in inside} & {row.key for row in outside})
        if size_a and size_b:
            expected = {
                word: (a[word], b[word], articles_a[word], articles_b[word])
                for word in a | b
                if a[word] + b[word] >= 2 and a[word] * size_b != b[word] * size_a
            }
            words = [*found.more, *found.less]
            assert {each.word: (each.a, each.b, each.articles_a, each.articles_b) for each in words} == expected
            assert all(each.a * size_b > each.b * size_a for each in found.more)
            assert all(each.a * size_b < each.b * size_a for each in found.less)
            for each in words[:200]:
                assert each.g2 == pytest.approx(g2(each.a, each.b, size_a, size_b), abs=1e-6)
                assert each.rate_a == pytest.approx(each.a / size_a * 1_000_000)
            compared += len(words)
    assert compared > 3_000


def g2(a: int, b: int, c: int, d: int) -> float:
    """As Rayson and Garside write it: E1 = c(a+b)/(c+d), E2 = d(a+b)/(c+d), G2 = 2(a ln(a/E1) + b ln(b/E2))."""
    expected = c * (a + b) / (c + d), d * (a + b) / (c + d)
    return 2 * sum(count * log(count / e) for count, e in zip((a, b), expected, strict=True) if count)


def test_sorts_and_bounds(connection: sqlite3.Connection) -> None:
    query = parse("council")
    by_g2 = compare.compare(connection, query, minimum=2)
    assert [each.g2 for each in by_g2.more] == sorted((each.g2 for each in by_g2.more), reverse=True)
    by_ratio = compare.compare(connection, query, minimum=2, sort="ratio")
    for words in (by_ratio.more, by_ratio.less):
        assert [abs(each.ratio) for each in words] == sorted((abs(each.ratio) for each in words), reverse=True)
    by_count = compare.compare(connection, query, minimum=2, sort="count")
    assert by_count.more[0].a + by_count.more[0].b == max(each.a + each.b for each in by_count.more)
    assert set(by_g2.more) == set(by_ratio.more) == set(by_count.more)
    spread = compare.compare(connection, query, minimum=2, articles=4)
    kept = {each for each in by_g2.more if each.articles_a + each.articles_b >= 4}
    assert {each.word for each in spread.more} == {each.word for each in kept}
    assert by_g2.threshold == keyness.threshold(by_g2.tested)


def test_stop_words_stay_unless_hidden(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    words, _ = counts(rows)
    shown = compare.compare(connection, parse("council"), minimum=1)
    assert shown.hidden == ()
    frequent = sorted(words, key=lambda word: (-words[word], word))[:10]
    hidden = compare.compare(connection, parse("council"), minimum=1, hide=10)
    assert list(hidden.hidden) == frequent
    assert "the" in frequent
    names = {each.word for each in (*shown.more, *shown.less)}
    assert names - {each.word for each in (*hidden.more, *hidden.less)} == names & set(frequent)
    assert hidden.a.words == shown.a.words


def test_a_sample_is_of_whole_articles_by_key(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    found = compare.compare(connection, parse("the"), minimum=1, limit=500)
    keys = sorted({row.key for row in rows if "the" in row.words})
    sizes = [sum(len(row.words) for row in rows if row.key == key) for key in keys]
    assert 0 < found.a.counted < found.a.articles == len(keys)
    assert found.a.words == sum(sizes[: found.a.counted]) >= 500 > sum(sizes[: found.a.counted - 1])
    whole = compare.compare(connection, parse("the"), minimum=1, limit=None)
    assert whole.a.counted == whole.a.articles


@pytest.mark.parametrize("text", ["", "qqqqq", "the outlet:qqqq"])
def test_nothing_to_compare(text: str, connection: sqlite3.Connection) -> None:
    found = compare.compare(connection, parse(text))
    assert (found.more, found.less, found.tested) == ((), (), 0)
    assert 0 in (found.a.words, found.b.words)


def beside(
    rows: list[counted.Paragraph], text: str, window: int
) -> tuple[Counter[str], Counter[str], Counter[str], int]:
    """The words before, behind and within the hits of a query, each word once, and the number of hits."""
    before, behind, within, number = Counter(), Counter(), Counter(), 0
    for row in rows:
        hits = counted.hits(parse(text), row.words)
        number += len(hits)
        inside = {at for start, stop in hits for at in range(start, stop)}
        for at, word in enumerate(row.words):
            if at in inside:
                within[word] += 1
                continue
            left = min((at - stop + 1 for _, stop in hits if stop <= at), default=99)
            right = min((start - at for start, _ in hits if start > at), default=99)
            if min(left, right) <= window:
                (behind if left <= right else before)[word] += 1
    return before, behind, within, number


@pytest.mark.parametrize("window", [1, 4, 10])
def test_collocates_are_plain_counts(
    window: int, connection: sqlite3.Connection, rows: list[counted.Paragraph]
) -> None:
    everywhere, _ = counts(rows)
    compared = 0
    for text in [*counted.queries(rows, 12, seed=7), "the", "de OR la"]:
        found = collocates.collocates(connection, parse(text), window=window, minimum=2)
        before, behind, within, number = beside(rows, text, window)
        near = before + behind
        size = everywhere.total() - within.total()
        assert (found.hits, found.near, found.words) == (number, near.total(), everywhere.total())
        assert found.tested == sum(count >= 2 for count in near.values())
        expected = {
            word: (count, before[word], behind[word], everywhere[word])
            for word, count in near.items()
            if count >= 2 and count * size > near.total() * (everywhere[word] - within[word])
        }
        assert {
            each.word: (each.near, each.before, each.behind, each.times) for each in found.collocates
        } == expected, text
        for each in found.collocates:
            assert each.expected == pytest.approx(near.total() * (each.times - within[each.word]) / size)
            assert each.dice == pytest.approx(14 + log2(2 * each.near / (number + each.times)))
            others, far = each.times - within[each.word], size - near.total()
            cells = (  # observed, and the sums of its row and its column
                (each.near, near.total(), others),
                (near.total() - each.near, near.total(), size - others),
                (others - each.near, far, others),
                (far - others + each.near, far, size - others),
            )
            g2 = 2 * sum(seen * log(seen * size / (row * column)) for seen, row, column in cells if seen)
            assert each.g2 == pytest.approx(max(0, g2), abs=1e-6)
        compared += len(expected)
    assert compared > 100


def test_collocates_of_a_part(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    here = [row for row in rows if row.outlet == "The Valley Gazette"]
    found = collocates.collocates(connection, parse('the outlet:"The Valley Gazette"'), window=3, minimum=1)
    before, behind, _, number = beside(here, "the", 3)
    assert (found.hits, found.near) == (number, (before + behind).total())
    assert found.words == counts(here)[0].total()
    assert found.of == found.articles == len({row.key for row in here})


def test_collocates_of_a_sample(connection: sqlite3.Connection, rows: list[counted.Paragraph]) -> None:
    found = collocates.collocates(connection, parse("the"), minimum=1, limit=800)
    articles = [key for (key,) in connection.execute("select key from articles order by key")][: found.articles]
    here = [row for row in rows if row.key in articles]
    assert found.articles < found.of
    assert found.words == counts(here)[0].total() >= 800
    assert found.hits == beside(here, "the", 5)[3] > 0


def test_sorts_of_collocates(connection: sqlite3.Connection) -> None:
    for sort, figure in (("g2", "g2"), ("dice", "dice"), ("count", "near")):
        found = collocates.collocates(connection, parse("the"), minimum=2, sort=sort)
        figures = [getattr(each, figure) for each in found.collocates]
        assert figures == sorted(figures, reverse=True)
        assert len(figures) > 5


@pytest.mark.parametrize("text", ["", "qqqqq", "-the", "the outlet:qqqq"])
def test_no_hits_no_collocates(text: str, connection: sqlite3.Connection) -> None:
    found = collocates.collocates(connection, parse(text))
    assert (found.hits, found.near, found.collocates, found.tested) == (0, 0, (), 0)


def test_words_are_counted_once_for_all_orders_of_a_list(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    count = subcorpora.count
    monkeypatch.setattr(subcorpora, "count", lambda *given: asked.append(given[2]) or count(*given))
    a = parse("water -bridge -school")
    plain = compare.compare(connection, a, None, limit=None)
    found = [compare.compare(connection, a, None, sort=sort, limit=10**6) for sort in compare.SORTS]
    assert found[0] == plain
    assert len({each.more for each in found}) > 1
    assert asked == [None, None, 10**6, 10**6]
