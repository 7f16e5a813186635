"""What is found equals plain SQL written here, for made-up queries over the samples and over real articles."""

import asyncio
import html
import json
import random
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_plus

import pytest
from click.testing import CliRunner

from corpus_db.cli import main
from corpus_db.corpus import load
from corpus_db.reading import facets, having, hits, marking, matching, names, opening, query, search
from corpus_db.reading import words as words_of_text
from corpus_db.reading.results import plain, results
from corpus_db.site import serving
from corpus_db.store import vocabulary


class Asked(NamedTuple):
    """A query as it is typed, and the same as SQL: a condition on paragraphs `p` and one on articles `a`."""

    typed: str
    paragraphs: str
    articles: dict[str, str]  # by field


def asked(connection: sqlite3.Connection, number: int) -> Asked:
    """A made-up query, another one for each number."""
    draw = random.Random(number)
    words = [w for (w,) in connection.execute("select text from paragraphs where id % 97 = ?", [draw.randrange(97)])]
    words = [word.strip(".,;:!?'\"()“”’—-") for text in words for word in text.split()]
    words = [word for word in words if word.isalpha() and word.isascii() and word not in ("OR", "AND", "NOT")] or [
        "the"
    ]
    typed, expression = [], []

    def term() -> tuple[str, str]:
        kind = draw.random()
        word = draw.choice(words)
        if kind < 0.2:
            return f"{word[:4]}*", f'"{word[:4]}" *'
        if kind < 0.35:
            at = draw.randrange(len(words) - 1) if len(words) > 1 else 0
            phrase = " ".join(words[at : at + 2])
            return f'"{phrase}"', f'"{phrase}"'
        return word, f'"{word}"'

    for _ in range(draw.choice([0, 1, 1, 1, 2])):
        if draw.random() < 0.25:
            (one, first), (other, second) = term(), term()
            typed.append(f"{one} OR {other}")
            expression.append(f"({first} OR {second})")
        else:
            one, first = term()
            typed.append(one)
            expression.append(first)
    match = " AND ".join(expression)
    if draw.random() < 0.3:
        one, first = term()
        typed.append(f"-{one}")
        match = f"({match}) NOT {first}" if match else f"-{first}"
    found = "(select rowid from paragraphs_fts where paragraphs_fts match '{}')"
    if match.startswith("-"):
        paragraphs = f"p.id not in {found.format(match[1:])}"
    else:
        paragraphs = f"p.id in {found.format(match)}" if match else "1"
    articles = {}
    for field, (statement, condition, unstated) in FILTERS.items():
        if draw.random() < 0.25:
            values = [value for (value,) in connection.execute(statement)]
            chosen = [draw.choice(values) for _ in range(draw.choice([1, 1, 2]))] if values else []
            conditions = [condition.format(value.replace("'", "''")) for value in chosen]
            typed += [f'{field}:"{value}"' for value in chosen]
            if draw.random() < 0.3 or not chosen:
                typed.append("undated:" if field == "date" else f'{field}:""')
                conditions.append(unstated)
            articles[field] = f"({' or '.join(conditions)})"
    draw.shuffle(typed)
    return Asked(" ".join(typed), paragraphs, articles)


# Field -> values to choose from, the condition of one, the condition that nothing is stated.
FILTERS = {
    "outlet": (
        "select distinct name from outlets where name not like '%\"%'",
        "exists (select 1 from outlets o where o.id = a.outlet_id and o.name = '{}')",
        "a.outlet_id is null",
    ),
    "author": (
        "select distinct name from authors where name not like '%\"%'",
        "exists (select 1 from bylines b join authors u on u.id = b.author_id where b.article_id = a.id and u.name = '{}')",
        "not exists (select 1 from bylines b where b.article_id = a.id)",
    ),
    "tag": (
        "select distinct scheme || ': ' || value from tags where value not like '%\"%'",
        "exists (select 1 from tags t where t.article_id = a.id and t.scheme || ': ' || t.value = '{}')",
        "not exists (select 1 from tags t where t.article_id = a.id)",
    ),
    "date": (
        "select distinct month from articles where month is not null union select distinct cast(year as text) from articles where year > 0",
        "substr(a.published, 1, length('{0}')) = '{0}'",
        "a.published is null",
    ),
    "lang": (
        "select distinct language from articles where language is not null",
        "a.language = '{}'",
        "a.language is null",
    ),
}


def check(connection: sqlite3.Connection, number: int) -> None:
    """Totals, facets, timeline and order of a made-up query."""
    wanted = asked(connection, number)
    meant = query.parse(wanted.typed)
    found = results(connection, meant, sort="newest", size=2)
    counted = hits.hits(connection, found.found.query)
    listed = search.order(connection, counted, found.found.query, "newest")

    def where(*fields: str) -> str:
        return " and ".join([wanted.paragraphs, *(wanted.articles[field] for field in fields)])

    rows = connection.execute(
        "select a.key, count(*) from articles a join paragraphs p on p.article_id = a.id "
        f"where {where(*wanted.articles)} group by a.id order by a.published is null, a.published desc, a.id"
    ).fetchall()
    assert [(counted.columns.keys[row], counted.paragraphs[row]) for row in listed] == rows, wanted
    assert [(hit.key, hit.paragraphs) for hit in found.found.hits] == rows[:2], wanted
    assert (found.found.articles, found.found.paragraphs) == (len(rows), sum(count for _, count in rows))
    for facet in found.facets:
        others = where(*(field for field in wanted.articles if field != facet.field))
        assert {value.value: value.articles for value in facet.values if value.articles} == {
            value: count
            for value, count in by_value(connection, facet.field, others).items()
            if value in {each.value for each in facet.values}
        }, wanted
    months = dict(
        connection.execute(
            "select a.month, count(distinct a.id) from articles a join paragraphs p on p.article_id = a.id "
            f"where {where(*wanted.articles)} and a.month is not null group by 1"
        )
    )
    assert found.months == months
    assert found.undated == len(rows) - sum(months.values())


def by_value(connection: sqlite3.Connection, field: str, condition: str) -> Counter[str]:
    """Articles by the value of a field, '' where nothing is stated."""
    values = {
        "outlet": "(select name from outlets where id = a.outlet_id)",
        "lang": "a.language",
        "date": "cast(a.year as text)",
    }
    joins = {
        "author": "left join (select distinct article_id, authors.name as value from bylines join authors on authors.id = author_id) v on v.article_id = a.id",
        "tag": "left join (select article_id, scheme || ': ' || value as value from tags) v on v.article_id = a.id",
    }
    return Counter(
        dict(
            connection.execute(
                f"select coalesce({values.get(field, 'v.value')}, ''), count(distinct a.id) "
                f"from articles a join paragraphs p on p.article_id = a.id {joins.get(field, '')} where {condition} group by 1"
            )
        )
    )


@pytest.mark.parametrize("number", range(40))
def test_what_is_found_in_the_samples_equals_plain_sql(number: int, connection: sqlite3.Connection) -> None:
    check(connection, number)


@pytest.mark.parametrize("number", range(60))
def test_what_is_found_by_bits_equals_plain_sql(number: int, common: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "BLOCK", 64)
    with closing(opening.connect(common)) as connection:
        check(connection, number)


@pytest.mark.parametrize("typed", ["the", "the of", "the OR zoning", "the OR council water", "the -of", "the -zoning", "the -water -of", "-the", "-the -zoning", "the council", "the -council*", '"of the" the', "THE", '"the"'])  # fmt: skip
def test_bits_find_what_the_full_text_finds(typed: str, common: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "BLOCK", 64)
    wanted = query.parse(typed)
    with closing(opening.connect(common)) as connection:
        words = matching.full_text(wanted) or matching.full_text(query.Query(groups=(wanted.excluded,)))
        plain = connection.execute("select rowid from paragraphs_fts where paragraphs_fts match ? order by 1", [words])
        asked_of: list[str] = []
        connection.set_trace_callback(asked_of.append)
        assert having.having(connection, wanted).tolist() == [each for (each,) in plain]
        assert any("from common_words where word = 'the'" in each for each in asked_of)


def test_what_is_looked_up_is_remembered_and_comes_in_parts(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(opening.connect(database)) as connection:
        found = having.look_up(connection, '"the"')
        assert having.look_up(connection, '"the"') is found
        assert len(found) > 3
        monkeypatch.setattr(having, "_AT_ONCE", 3)
        assert having.look_up.__wrapped__(connection, '"the"').tolist() == found.tolist()


def test_what_is_found_in_real_articles_equals_plain_sql(articles: sqlite3.Connection) -> None:
    for number in range(100):
        check(articles, number)


def find(connection: sqlite3.Connection, typed: str, **options: object) -> search.Found:
    return search.search(connection, query.parse(typed), **options)


@pytest.mark.parametrize("typed", ["", "the", "-the", "the OR a from:2000", 'author:""'])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", None])
def test_pages_follow_one_another(typed: str, sort: str | None, connection: sqlite3.Connection) -> None:
    whole = [hit.key for hit in find(connection, typed, sort=sort, size=1000).hits]
    assert len(whole) == len(set(whole)) > 6
    page = find(connection, typed, sort=sort, size=3)
    seen = [hit.key for hit in page.hits]
    while page.after:
        page = find(connection, typed, sort=sort, size=3, after=page.after)
        assert page.first == len(seen) + 1
        seen += [hit.key for hit in page.hits]
    assert seen == whole
    back = find(connection, typed, sort=sort, size=3, before=page.before)
    assert [hit.key for hit in back.hits] == whole[page.first - 4 : page.first - 1]


@pytest.mark.parametrize("typed", ["", "the", "reservoir"])
def test_neighbours_are_those_of_the_list(typed: str, connection: sqlite3.Connection) -> None:
    whole = [hit.key for hit in find(connection, typed, size=1000).hits]
    for place, key in enumerate(whole):
        beside = search.neighbours(connection, query.parse(typed), None, key)
        assert beside == (
            place + 1,
            len(whole),
            whole[place - 1] if place else None,
            whole[place + 1] if place + 1 < len(whole) else None,
        )
    assert search.neighbours(connection, query.parse(typed), None, "0" * 16) is None


def test_by_relevance_the_best_paragraph_counts(connection: sqlite3.Connection) -> None:
    statement = """select articles.key, bm25(paragraphs_fts), published, articles.id
        from paragraphs_fts join paragraphs on paragraphs.id = paragraphs_fts.rowid
        join articles on articles.id = article_id where paragraphs_fts match 'council'"""
    best: dict[str, tuple[float, str, int]] = {}
    for key, score, published, article_id in connection.execute(statement):
        inverted = "".join(chr(0x10FFFF - ord(char)) for char in published or "")  # the newest first, undated last
        mine = (round(score, 9), inverted or "\U0010ffff" * 2, article_id)
        best[key] = min(best.get(key, mine), mine)
    assert [hit.key for hit in find(connection, "council", size=1000).hits] == sorted(best, key=best.__getitem__)
    assert len(best) > 3


def test_a_page_says_how_many_paragraphs_are_too_many(
    database: Path, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the number of those with the words that decides, and that is said: a filter leaves fewer."""
    having = "select count(*) from paragraphs_fts where paragraphs_fts match 'the'"
    (number,) = connection.execute(having).fetchone()
    site = serving.application(database)
    for most, said in ((number - 1, True), (number, False)):
        monkeypatch.setattr(search, "RANKED", most)
        found = find(connection, "the lang:en from:2024")
        assert (found.by_number, found.with_words) == (said, number)
        assert found.paragraphs < number
        text = asyncio.run(site.client.get("/search", params={"q": "the lang:en from:2024"})).text
        assert (f"{number} paragraphs of the corpus have these words" in text) == said
        assert (f"the most are {most})" in text) == said
        assert not find(connection, "lang:en").by_number


def test_too_many_paragraphs_to_weigh_are_counted(articles: sqlite3.Connection) -> None:
    found = find(articles, "the", size=5)
    assert found.by_number
    assert [hit.paragraphs for hit in found.hits] == sorted((hit.paragraphs for hit in found.hits), reverse=True)
    assert not find(articles, "climate").by_number


def test_snippets_mark_what_was_looked_for(connection: sqlite3.Connection) -> None:
    (hit,) = find(connection, "cranes").hits
    (snippet,) = hit.snippets
    assert [piece.text for piece in snippet.pieces if piece.hit] == ["cranes"]
    (text,) = connection.execute(
        "select text from paragraphs join articles on articles.id = article_id where key = ? and position = ?",
        [hit.key, snippet.position],
    ).fetchone()
    assert "".join(piece.text for piece in snippet.pieces).strip("…") in text


def test_marks_cover_the_whole_text(connection: sqlite3.Connection) -> None:
    meant = query.parse("the OR council*")
    for article_id, key in connection.execute("select id, key from articles").fetchall():
        marks = marking.marked(connection, meant, article_id)
        paragraphs = dict(
            connection.execute("select position, text from paragraphs where article_id = ?", [article_id])
        )
        for position, pieces in marks.items():
            assert "".join(piece.text for piece in pieces) == paragraphs[position], key
            assert any(piece.hit for piece in pieces)
            for piece in pieces:
                assert not piece.hit or piece.text.lower() == "the" or piece.text.lower().startswith("council")


@pytest.mark.parametrize("words", ["the", ""])
def test_a_bar_leads_to_as_many_articles_as_it_says(words: str, database: Path, connection: sqlite3.Connection) -> None:
    """Also where the query has a day, or a range that starts within a month, that holds less than the bar's month."""
    site = serving.application(database)
    days = connection.execute(
        """select max(published) from articles where length(published) >= 10 and id in
        (select article_id from paragraphs join paragraphs_fts on paragraphs_fts.rowid = paragraphs.id
            where paragraphs_fts match 'the')
        group by month having min(published) < substr(max(published), 1, 10)"""
    ).fetchall()
    narrower = 0
    for (day,) in days:
        for dates in (
            f"from:{day[:10]}",
            f"to:{day[:10]}",
            f"date:{day[:10]} date:{int(day[:4]) - 1}",
            f"date:{day[:7]}",
        ):
            text = html.unescape(asyncio.run(site.client.get("/search", params={"q": f"{words} {dates}"})).text)
            for query_, count in re.findall(
                r'<a class="slot" href="/search\?q=([^"&]*)[^"]*" aria-label="[^":]+: ([\d,]+)', text
            ):
                asked = query.parse(unquote_plus(query_))
                assert hits.hits(connection, asked).articles == int(count.replace(",", "")), (dates, query_)
                narrower += f"{words} date:{day[:7]}" != unquote_plus(query_).strip() and day[:7] in query_
    assert narrower > 3


def test_a_month_takes_the_place_of_its_year() -> None:
    by_year = query.parse("date:2023")
    by_month = facets.toggled(by_year, "date", "2023-04")
    assert by_month == query.parse("date:2023-04")
    assert facets.toggled(by_month, "date", "2022") == query.parse("date:2023-04 date:2022")
    assert facets.toggled(by_month, "date", "2023-04") == query.parse("")


@pytest.mark.parametrize(
    ("typed", "published", "inside"),
    [
        ("from:2023-03", "2023-03", True),
        ("from:2023-03-05", "2023-03", False),
        ("to:2023-03-05", "2023-03", False),
        ("to:2023-03-05", "2023-02", True),
        ("to:2023-03", "2023-03-31T23:59+02:00", True),
        ("to:2023-03-05", "2023-03-05T10:00Z", True),
        ("to:2023", "2023-12-31", True),
        ("to:2023", "2024-01", False),
        ("date:2023-03", "2023-03-31", True),
        ("date:2023-03-31", "2023-03", False),
        ("undated:", None, True),
        ("undated: date:2023", "2023-01", True),
        ("-date:2023", None, True),
        ("-date:2023", "2023-05", False),
    ],
)
def test_ranges_of_time(typed: str, published: str | None, inside: bool) -> None:
    from corpus_db.reading import matching

    condition, parameters = matching.articles(query.parse(typed))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table articles (published text)")
        connection.execute("insert into articles values (?)", [published])
        assert bool(connection.execute(f"select 1 from articles where {condition}", parameters).fetchone()) == inside


def test_columns_are_read_anew_after_a_load(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copyfile(folder / "plain" / "wire.txt", tmp_path / "raw" / "wire.txt")
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    with closing(opening.connect(tmp_path / "corpus.db")) as connection:
        assert hits.hits(connection, query.parse("")).articles == 1
        (tmp_path / "raw" / "new.txt").write_text(
            "A new file\n\nIt has a paragraph about a zeppelin over the harbour.\n"
        )
        load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
        assert hits.hits(connection, names.settle(connection, query.parse("zeppelin")).query).articles == 1


def test_marks_are_made_with_the_tokenizer_of_the_corpus() -> None:
    from corpus_db.store import schema

    assert f"tokenize = '{marking.TOKENIZER}'" in schema.script("schema")


@pytest.mark.parametrize("typed", ["council", "the -court", 'outlet:gazette from:2023 "the"', "undated:", "zeppelins"])
def test_site_command_line_and_python_find_the_same(typed: str, database: Path, connection: sqlite3.Connection) -> None:
    site = serving.application(database)
    answer = asyncio.run(site.client.get("/api/search", params={"q": typed, "size": "7"})).json()
    arguments = ["search", typed, "--db", str(database), "--size", "7", "--json"]
    printed = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).output)
    ours = plain(results(connection, query.parse(typed), size=7).found)
    assert printed == ours
    assert {name: answer[name] for name in ours} == ours
    page = asyncio.run(site.client.get("/search", params={"q": typed})).text
    assert re.findall(r'<h2><a href="/article/([0-9a-f-]+)', page)[:7] == [each["key"] for each in ours["articles"]]


def test_what_the_command_line_prints(database: Path) -> None:
    printed = CliRunner().invoke(main, ["search", "cranes", "--db", str(database)], catch_exceptions=False).output
    assert printed.startswith("1 article, 1 paragraph\nInterpreted as: paragraphs with “cranes”.\n")
    assert "Harbour strike enters third week" in printed
    assert "[cranes]" in printed


def test_words_that_only_headlines_have_are_told(connection: sqlite3.Connection) -> None:
    headline, *_ = connection.execute("select headline from articles where headline like 'Court strikes%'").fetchone()
    word = headline.split()[1]
    (headed,) = (each for each in results(connection, query.parse(word)).headed if each.field == "headline")
    assert headed.text == f"headline:{word}"
    wanted = "select count(*) from articles where headline like ? or headline like ?"
    (count,) = connection.execute(wanted, [f"% {word} %", f"{word} %"]).fetchone()
    assert headed.articles == hits.hits(connection, query.parse(headed.text)).articles == count > 0


def test_a_query_on_the_command_line_may_begin_with_what_is_left_out(database: Path) -> None:
    def run(*arguments: str) -> str:
        command, *rest = arguments
        return CliRunner().invoke(main, [command, "--db", str(database), *rest], catch_exceptions=False).output

    assert "paragraphs without “the”" in run("search", "-the")
    assert run("export", "-the") == run("export", "--", "-the") != run("export", "the")
    assert "No such option" in run("search", "--the")


def of_words(text: str | None) -> list[str]:
    return words_of_text.words((text or "").lower())


def test_words_that_only_standfirsts_have_are_told(connection: sqlite3.Connection) -> None:
    articles = connection.execute("select key, standfirst from articles where standfirst is not null").fetchall()
    body = {word for (text,) in connection.execute("select text from paragraphs") for word in of_words(text)}
    only = [(key, pair) for key, text in articles if len(pair := [w for w in of_words(text) if w not in body]) > 1]
    assert only
    for key, (first, *_, last) in only:
        found = results(connection, query.parse(f"{last} {first}"))
        assert not found.found.articles
        (headed,) = (each for each in found.headed if each.field == "standfirst")
        assert headed.text == f"standfirst:({last} {first})"
        there = results(connection, query.parse(headed.text)).found
        assert key in {hit.key for hit in there.hits}
        assert len(there.hits) == there.articles == headed.articles
        for hit in there.hits:
            marked = [piece.text.lower() for piece in hit.marked.standfirst if piece.hit]
            assert {first, last} <= set(marked) <= {first, last}
            assert "".join(piece.text for piece in hit.marked.standfirst) == hit.standfirst


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("headline:(court climat*)", lambda has: "court" in has and any(word.startswith("climat") for word in has)),
        ("headline:(court OR council)", lambda has: bool({"court", "council"} & set(has))),
        ("headline:(the -court)", lambda has: "the" in has and "court" not in has),
        ("headline:(-court -council)", lambda has: not {"court", "council"} & set(has)),
        ("-headline:(court council)", lambda has: not {"court", "council"} <= set(has)),
        ("headline:coun*", lambda has: any(word.startswith("coun") for word in has)),
    ],
)
def test_words_in_parentheses_are_a_search_of_headings(
    typed: str, wanted: Callable[[list[str]], bool], connection: sqlite3.Connection
) -> None:
    found = hits.hits(connection, query.parse(typed))
    keys = {found.columns.keys[row] for row in found.found.nonzero()[0]}
    texts = connection.execute("select key, headline from articles")
    assert keys == {key for key, text in texts if wanted(of_words(text))}


def test_what_is_looked_for_is_marked_in_headings(connection: sqlite3.Connection) -> None:
    found = results(connection, query.parse('the headline:(court OR "of the") standfirst:nothing')).found
    assert not found.articles
    found = results(connection, query.parse('the headline:(court OR "of the")')).found
    assert found.hits
    for hit in found.hits:
        marked = {piece.text.lower() for piece in hit.marked.headline if piece.hit}
        assert marked & {"court", "of the"}
        assert marked <= {"court", "of the", "the"}
        assert "".join(piece.text for piece in hit.marked.headline) == hit.headline


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("title:dam", "fields are"),
        ("from:14.03.2024", "dates are written"),
        ("dam w/5 flood", "near each other"),
        ("sanc?ions", "a star stands at the end"),
        ("http://example.org", None),
        ("dam flood 14:30", None),
    ],
)
def test_what_was_read_as_words_is_told(typed: str, told: str | None, connection: sqlite3.Connection) -> None:
    found = results(connection, query.parse(typed)).notes
    assert (told is None and found == ()) or (len(found) == 1 and told is not None and told in found[0])
