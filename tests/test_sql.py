"""SQL for people: functions, the schema page, charts and whole CSVs of statements, and the statements of pages."""

import asyncio
import csv
import html
import io
import itertools
import re
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import httpx
import pytest

import corpus_db
from corpus_db.errors import UsageError
from corpus_db.reading import catalogue, functions, patterns, query, rows, search, statements
from corpus_db.reading.export.guarding import guard, recover
from corpus_db.reading.questions import questions
from corpus_db.reading.tips import TIPS
from corpus_db.site import charts, drawing, serving
from corpus_db.site.pages import schema as schema_page
from corpus_db.store import schema


def value(connection: sqlite3.Connection, statement: str, *parameters: object) -> object:
    return connection.execute(statement, parameters).fetchone()[0]


@pytest.mark.parametrize("function", functions.FUNCTIONS, ids=lambda function: function.call)
def test_every_function_answers_as_documented(function: functions.Function, connection: sqlite3.Connection) -> None:
    assert value(connection, function.example) == function.answer
    name = function.call.partition("(")[0]
    names = {row[0] for row in connection.execute("select name from pragma_function_list where flags & 0x800")}
    assert name in names, "deterministic"


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"\bÜber", "Die Übergänge", 1),
        (r"\bÜber", "Querübergang", 0),
        (r"(?i)\b(dam|levee)s?\b", "The LEVEES.", 1),
        (r"(?i)\b(dam|levee)s?\b", "The damsel", 0),
        (r"^\w+$", "правда", 1),
        (r"^[\w-]+$", "вице-мэр", 1),
        (r"^\W$", "д", 0),
        (r"^\d+$", "٣٤", 1),
        (r"a\sb", "a\u00a0b", 1),
        (r"\Q\w\E", r"a \w b", 1),
        (r"[[:alpha:]\]]x", "]x", 1),
        (r"a\\b", r"a\b", 1),
        ("", "x", 1),
    ],
)
def test_patterns_know_every_script(pattern: str, text: str, matches: int, connection: sqlite3.Connection) -> None:
    assert value(connection, "select ? regexp ?", text, pattern) == matches
    assert value(connection, "select regexp(?, ?)", pattern, text) == matches


def test_nulls_make_nulls(connection: sqlite3.Connection) -> None:
    for statement in (
        "null regexp 'a'", "'a' regexp null", "kwic(null, 'a', 3)", "kwic('a', null, 3)", "kwic('a', 'a', null)",
        "kwic('a', 'a', 'wide')", "kwic('a', 'a', -1)", "kwic('a', '...', 3)", "month(null)", "month('2024')", "month(7)",
        "month('2024-13')", "month('2024-031')", "year('')", "year('20245')", "year(2024.5)",
    ):  # fmt: skip
        assert value(connection, f"select {statement}") is None, statement


@pytest.mark.parametrize("pattern", ["(", "[a", "(?=a)", r"(a)\1", "a{1001}", "*", r"\p{Nix}", "x" * 1001])
def test_a_bad_pattern_is_an_error_with_its_reason(pattern: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        refusal = functions.register(connection)
        with pytest.raises(sqlite3.OperationalError, match=functions.FAILED):
            value(connection, "select 'a' regexp ?", pattern)
        assert refusal.reason
        assert refusal.reason.startswith(f"regexp() can't use '{pattern[:40]}".replace("\\", "\\\\"))


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)+$", "(.*a){25}b", r"(?:a?){500}a{500}b", r"(\pL|\pN|.){0,999}x", "(((a*)*)*)*b"]
)
def test_no_pattern_hangs(pattern: str) -> None:
    """On a text for which a backtracking engine would need longer than the world will last; SQL sees it fail at worst."""
    started = time.process_time()
    try:
        assert patterns.found(pattern, "a" * 100_000 + "!") is False
    except ValueError as error:
        assert "too large" in str(error)  # noqa: PT017 — both are an answer
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("text", "word", "width", "line"),
    [
        ("It rained in Málaga, again.", "MALAGA", 8, "…in [Málaga], again."),
        ("The dam.\nThe dams hold.", "dams", 5, "…The [dams]…"),
        ("The dam.\nThe dams hold.", "dam*", 50, "The [dam]. The dams hold."),
        ("The city council of Orlo.", "city COUNCIL", 0, "…[city council]…"),
        ("The city, council", "council city", 10, None),
        ("Dampers", "dam", 10, None),
        ("", "dam", 10, None),
    ],
)
def test_kwic(text: str, word: str, width: int, line: str | None) -> None:
    assert functions.kwic(text, word, width) == line


def test_kwic_finds_what_search_finds(connection: sqlite3.Connection) -> None:
    for phrase in ("the council", "monday", "reservoir*"):
        quoted = f'"{phrase.rstrip("*")}"{"*" * phrase.endswith("*")}'
        found = [row[0] for row in connection.execute(
            "select rowid from paragraphs_fts where paragraphs_fts match ? order by rowid", [quoted])]  # fmt: skip
        assert found
        assert found == [row[0] for row in connection.execute(
            "select id from paragraphs where kwic(text, ?, 10) is not null order by id", [phrase])]  # fmt: skip


def test_dates_are_cut_as_the_schema_cuts_them(connection: sqlite3.Connection) -> None:
    assert value(connection, "select count(*) from articles where month(published) is not month") == 0
    assert value(connection, "select count(*) from articles where year(published) is not year") == 0


def test_python_users_have_the_functions(database: Path) -> None:
    with corpus_db.open_corpus(database) as connection:
        assert value(connection, "select count(*) from paragraphs where text regexp '(?i)\\bcouncil\\b'") > 3


@pytest.fixture(scope="module")
def site(database: Path) -> Any:
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return datasette


def get(site: Any, path: str, **parameters: str) -> httpx.Response:
    return asyncio.run(site.client.get(path, params=parameters or None))


def csv_rows(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_the_csv_of_a_statement_has_every_row(site: Any) -> None:
    """More rows than a page of Datasette ever shows."""
    many = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 12345) select i, :w as w from n"
    found = csv_rows(get(site, "/sql.csv", sql=many, w="a;b"))
    assert found == [["i", "w"], *([str(i), "a;b"] for i in range(1, 12346))]
    assert csv_rows(get(site, "/corpus.csv", sql=many, w="a;b", _size="max")) == found, "where Datasette has its own"


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_csv_of_a_question_is_its_rows(question: Any, site: Any, connection: sqlite3.Connection) -> None:
    cursor = connection.execute(question.sql, {"phrase": "the"})
    wanted = [[each[0] for each in cursor.description], *([_cell(value) for value in row] for row in cursor)]
    answer = get(site, "/sql.csv", question=question.name, phrase="the")
    assert answer.headers["content-disposition"] == f'attachment; filename="{question.name}.csv"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv_rows(answer) == wanted
    assert get(site, f"/corpus/{question.name}.csv", phrase="the").content == answer.content
    page = get(site, f"/corpus/{question.name}", phrase="the").text
    phrase = "phrase=the&amp;" if ":phrase" in question.sql else ""
    assert f'href="/sql.csv?{phrase}question={question.name}"' in page or "0 results" in page


def _cell(found: Any) -> str:
    return "" if found is None else recover(str(found)) if str(found)[:1] == "'" else guard([str(found)])[0][0]


def test_cells_of_a_csv_are_no_formulas(site: Any) -> None:
    found = csv_rows(get(site, "/sql.csv", sql="select '=1+1' as a, '-x' as b, -5 as c, null as d, x'00ff' as e"))
    assert found[1] == ["'=1+1", "'-x", "-5", "", "00ff"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "say which rows"),
        ({"sql": "select 1", "question": "mentions"}, "say which rows"),
        ({"question": "nix"}, "no question is called 'nix'"),
        ({"sql": "delete from articles"}, "Statement must be a SELECT"),
        ({"sql": "select 1; select 2"}, "one statement at a time"),
        ({"sql": "select"}, "incomplete input"),
        ({"sql": "select nix from articles"}, "no such column: nix"),
        ({"sql": "select ?"}, "Binding 1"),
        ({"sql": "select 'a' regexp '('"}, "regexp() can't use '(': missing )"),
        ({"sql": "select load_extension('x')"}, "not authorized"),
        ({"sql": "with a as (select 1) delete from articles"}, "readonly"),
    ],
)
def test_what_is_no_statement_is_refused(parameters: dict[str, str], said: str, site: Any) -> None:
    answer = get(site, "/sql.csv", **parameters)
    assert answer.status_code == 400
    assert said in answer.text
    assert "html" not in answer.headers["content-type"]


ENDLESS = "with recursive n (i) as (select 1 union all select i + 1 from n) select i from n where i < 5000 or i % 2 > 2"


def test_a_statement_that_works_too_long_is_said_to(connection: sqlite3.Connection) -> None:
    silent = "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(UsageError, match=r"longer than 0\.2 seconds"):
        list(rows.rows(connection, silent, {}, seconds=0.2))
    found = []
    with pytest.raises(UsageError, match=r"longer than 0\.2 seconds"):
        found.extend(rows.rows(connection, ENDLESS, {}, seconds=0.2))
    assert connection.execute("select 1").fetchone() == (1,), "the connection is as good as before"


def test_a_csv_that_is_cut_is_broken_off(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that reads it must not take the part for the whole."""
    monkeypatch.setattr(rows.rows, "__kwdefaults__", {"seconds": 0.3})
    port = serving.free_port("127.0.0.1", None, 0)
    server = serving.Server(database, "127.0.0.1", port)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server._server.started:
            time.sleep(0.05)
        received: list[bytes] = []
        with httpx.stream("GET", f"http://127.0.0.1:{port}/sql.csv", params={"sql": ENDLESS}) as answer:
            parts = answer.iter_bytes()
            with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message"):
                received.extend(parts)
        assert b"".join(received).startswith(b"i\r\n1\r\n2\r\n")
    finally:
        server._server.should_exit = True
        thread.join()


def test_the_schema_page_says_what_there_is(site: Any, connection: sqlite3.Connection) -> None:
    answer = get(site, "/schema")
    assert answer.status_code == 200
    text = html.unescape(re.sub(r"</?code>|`", "", answer.text))
    for table in catalogue.tables(connection):
        described = schema.tables()[table.name]
        assert f'id="{table.name}"' in text
        assert described.description.replace("`", "") in text
        assert [column.name for column in table.columns] == list(described.columns)
        for column in table.columns:
            assert f"<dt>{column.name}</dt><dd>{column.meaning.replace('`', '')}" in text
        if table.rows is not None:
            assert table.rows == value(connection, f"select count(*) from {table.name}"), "of views too"
            assert f"{table.kind}, {table.rows:,} row" in text
    for function in functions.FUNCTIONS:
        assert function.call in text
        assert function.description.replace("`", "") in text
    for question in questions():
        assert question.title in text
        assert f'href="/corpus/{question.name}"' in text


def test_every_example_of_the_schema_page_runs(site: Any) -> None:
    addresses = [html.unescape(each) for each in re.findall(r'href="(/corpus\?sql=[^"]+)"', get(site, "/schema").text)]
    assert len(addresses) == len(functions.FUNCTIONS) + len(questions()) + len(TIPS)
    for address in addresses:
        filled = f"{address}&phrase=the&word=the" if ":" in unquote_plus(address) else address
        answer = get(site, filled)
        assert answer.status_code == 200, address
        assert "message-error" not in answer.text


def test_tips_find_something(connection: sqlite3.Connection) -> None:
    for tip in TIPS:
        rows = connection.execute(tip.sql, {"word": "council"}).fetchall()
        assert rows or "said (mr" in tip.sql, tip.title


def test_the_drawing_has_every_table_and_every_join() -> None:
    drawn = {box.name for box in schema_page.boxes()}
    counted = {"article_counts", "author_counts", "tag_counts", "role_counts", "words", "common_words"}
    assert drawn == {name for name, table in schema.tables().items() if table.kind == "table"} - {"corpus"} - counted
    lines = ", ".join(edge.title for edge in schema_page.edges()).split(", ")
    assert sorted(lines) == sorted(
        f"{join.table}.{join.column} = {join.to_table}.{join.to_column}"
        for join in catalogue.joins()
        if join.table in drawn
    )
    assert "articles.syndicated_from_id = outlets.id" in lines
    assert "paragraphs_fts.rowid = paragraphs.id" in lines


MONTHS = [("2024-01", 3), ("2024-02", 0), ("2024-04", 5)]


def points(drawn: Any) -> dict[str, dict[str, float | None]]:
    series = (
        [("", drawn.chart.points)]
        if isinstance(drawn.chart, charts.Bars)
        else [(each.name, each.points) for each in drawn.chart.series]
    )
    return {name: {point.label: point.value for point in each} for name, each in series}


def test_months_and_numbers_make_bars() -> None:
    drawn = drawing.draw(["month", "articles"], [*MONTHS, (None, 7)])
    assert drawn.caption == "articles by month"
    assert drawn.notes == ("Without the 1 row that states no month.",)
    assert points(drawn) == {"": {"January 2024": 3, "February 2024": 0, "March 2024": 0, "April 2024": 5}}


def test_a_page_s_own_values_make_the_same_chart() -> None:
    """Datasette 1.0 gives templates the printed values only."""
    plain = drawing.draw(["month", "outlet", "n"], [("2024-01", None, 1), ("2024-02", "A & B", 2)])
    shown = drawing.draw(["month", "outlet", "n"], [("2024-01", "&nbsp;", "1"), ("2024-02", "A & B", "2")])
    assert plain == shown
    assert points(plain) == {
        "A & B": {"January 2024": 0, "February 2024": 2},
        "not stated": {"January 2024": 1, "February 2024": 0},
    }


def test_a_third_short_column_makes_lines_of_the_top_five() -> None:
    rows = [(name, year, count) for count, name in enumerate("abcdefg", 1) for year in (2020, 2022)]
    drawn = drawing.draw(["outlet", "year", "articles"], rows)
    assert list(points(drawn)) == list("gfedc")
    assert points(drawn)["g"] == {"2020": 7, "2021": 0, "2022": 7}
    assert drawn.notes == ("The 5 of 7 with the highest sums; all of them are in the table.",)


def test_shares_have_gaps_and_are_not_added_up() -> None:
    drawn = drawing.draw(["month", "percent"], [("2024-01", 1.5), ("2024-03", 2.0)])
    assert points(drawn) == {"": {"January 2024": 1.5, "February 2024": None, "March 2024": 2.0}}
    long = [(f"{year}-01", 0.5) for year in range(1990, 2020)]
    assert drawing.draw(["month", "percent"], long) is None
    added = drawing.draw(["month", "articles"], [(month, 2) for month, _ in long])
    assert added.caption == "articles by year"
    assert added.notes == ("Drawn by year, added up.",)


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (["outlet", "n"], [("a", 1), ("b", 2)]),
        (["month", "n"], []),
        (["month", "n"], [("2024-01", 1)]),
        (["month", "n"], [("2024-01", 1), ("2024-01", 2)]),
        (["month", "n"], [("January", 1), ("March", 2)]),
        (["month", "n"], [(1, 1), (2, 2)]),
        (["month", "n"], [("2024-01", "x"), ("2024-02", 2)]),
        (["month", "n"], [("2024-01", -1), ("2024-02", 2)]),
        (["month", "n"], [("2024-01", None), ("2024-02", None)]),
        (["month", "n"], [("2024-01", float("inf")), ("2024-02", 1)]),
        (["month", "month"], [("2024-01", 1), ("2024-02", 1)]),
        (["month", "n"], [("2024-01", b"1"), ("2024-02", b"2")]),
        (["year", "month"], [(2024, "2024-01"), (2024, "2024-02")]),
    ],
)
def test_what_is_no_count_by_month_makes_no_chart(columns: list[str], rows: list[tuple]) -> None:
    assert drawing.draw(columns, rows) is None


def test_pages_of_statements_have_their_chart(site: Any) -> None:
    for path in (
        "/corpus/articles_by_outlet_and_month",
        "/corpus/mentions_by_month?phrase=the",
        "/corpus?sql=select+year,count(*)+from+articles+group+by+1",
    ):
        text = get(site, path).text
        assert '<figure class="chart' in text, path
        assert text.index("</svg>") < text.index('class="rows-and-columns"'), "above the table"
        assert "CSV of all rows" in text
    assert '<figure class="chart' not in get(site, "/corpus/not_stated").text


def test_a_cut_page_says_so_and_leads_to_all(site: Any) -> None:
    many = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 6000) select i from n"
    text = get(site, "/corpus", sql=many).text
    assert "These are the first 5,000 rows." in text
    address = html.unescape(re.search(r'href="(/sql\.csv[^"]+)"', text)[1])
    assert len(csv_rows(get(site, address))) == 6001


def test_a_page_says_why_a_function_failed(site: Any) -> None:
    answer = get(site, "/corpus", sql="select '<b>' regexp :p", p="(<b>")
    assert answer.status_code == 400
    assert "regexp() can&#39;t use &#39;(&lt;b&gt;&#39;: missing )" in answer.text
    assert "user-defined function" not in answer.text


def test_hostile_values_of_statements_are_text(site: Any) -> None:
    evil = '<script>alert(1)</script>"><img src=x>'
    sql = "select '2024-01' as month, :e as outlet, 1 as n union all select '2024-02', :e, 2"
    text = get(site, "/corpus", sql=sql, e=evil).text
    assert '<figure class="chart' in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    for column in ("author_list", "tag_list", "url", "article"):
        for odd in ('["', "[1", "{}", "[" * 9999, "7", evil):
            assert get(site, "/corpus", sql=f"select :e as {column}", e=odd).status_code == 200


QUERIES = [
    "", "council", "the -council", "-council", '"the council" OR reservoir*', '"the council"~9', "council lang:en",
    'outlet:"The Valley Gazette"', 'outlet:"" author:""', "-outlet:gazette", "author:lee tag:courts", 'tag:""', "undated:",
    "date:2024-03", "from:2024-02 to:2024-03-20 the", "headline:council", "headline:(council OR court)", "standfirst:the the", "-headline:council the", "date:2024 undated:",
    "nixnixnix", 'outlet:"nix"',
]  # fmt: skip


@pytest.mark.parametrize("sort", search.SORTS)
@pytest.mark.parametrize("typed", QUERIES)
def test_the_sql_of_a_search_gives_its_rows(typed: str, sort: search.Sort, connection: sqlite3.Connection) -> None:
    found = search.search(connection, query.parse(typed), sort=sort, size=1000)
    statement = statements.articles(found.query, found.sort, by_number=found.by_number)
    rows = connection.execute(statement.sql, statement.parameters).fetchall()
    assert rows == [
        (hit.key, hit.headline, hit.outlet, hit.published, hit.language, hit.paragraphs) for hit in found.hits
    ]
    assert len(rows) == found.articles
    assert (typed.startswith(("nix", 'outlet:"nix'))) == (not rows)
    by_number = statements.articles(found.query, found.sort, by_number=True)
    assert sorted(connection.execute(by_number.sql, by_number.parameters)) == sorted(rows)


@pytest.mark.parametrize("typed", QUERIES)
def test_the_sql_of_paragraphs_and_counts_adds_up(typed: str, connection: sqlite3.Connection) -> None:
    found = search.search(connection, query.parse(typed), size=1000)
    listed, by_month, by_outlet = (
        connection.execute(each.sql, each.parameters).fetchall()
        for each in (make(found.query) for make in (statements.paragraphs, statements.months, statements.outlets))
    )
    assert len(listed) == found.paragraphs
    for (key, position), group in itertools.groupby(listed, lambda row: (row[0], row[4])):
        assert len(list(group)) == 1, (key, position)
    assert {row[0] for row in listed} == {hit.key for hit in found.hits if hit.paragraphs}
    for counted, of in (
        (by_month, lambda hit: hit.published and hit.published[:7]),
        (by_outlet, lambda hit: hit.outlet),
    ):
        wanted: dict[str | None, list[int]] = {}
        for hit in found.hits:
            totals = wanted.setdefault(of(hit), [0, 0])
            totals[0] += 1
            totals[1] += hit.paragraphs
        assert {name: [articles, paragraphs] for name, articles, paragraphs in counted} == wanted


def test_the_sql_of_a_search_runs_on_the_site(site: Any, connection: sqlite3.Connection) -> None:
    """Datasette takes the statement as it is, and the link of a page has all that it needs."""
    settled = search.search(connection, query.parse('the outlet:gazette from:2024 "a OR b')).query
    for make in (statements.paragraphs, statements.articles, statements.months, statements.outlets):
        statement = make(settled)
        answer = get(site, "/corpus.json", sql=statement.sql, _shape="arrays", **statement.parameters)
        assert answer.status_code == 200
        assert [tuple(row) for row in answer.json()["rows"]] == connection.execute(
            statement.sql, statement.parameters
        ).fetchall()


def ran(site: Any, text: str) -> list[list[list[Any]]]:
    """The rows of each statement that a page gives as its own, run where its link leads."""
    part = text.split('<details class="statement">')[1].split("</details>")[0]
    found = []
    for address in re.findall(r'href="(/corpus\?[^"]+)"', part):
        path, _, arguments = html.unescape(address).partition("?")
        answer = get(site, f"{path}.json?{arguments}&_shape=arrays")
        assert answer.status_code == 200, answer.text
        found.append(answer.json()["rows"])
    assert len(found) == part.count("<pre>") == part.count('href="/sql.csv?') >= 1
    return found


def listed(text: str) -> list[str]:
    """The keys of the articles that a page lists, in order."""
    return list(
        dict.fromkeys(
            re.findall(r'href="/article/([0-9a-f]{16}(?:-\d+)?)[?"#]', text.split('<details class="statement">')[0])
        )
    )


def test_the_sql_of_an_article_is_its_paragraphs(site: Any, connection: sqlite3.Connection) -> None:
    for (key,) in connection.execute("select key from articles where paragraph_count > 0"):
        text = get(site, f"/article/{key}").text
        (rows,) = ran(site, text)
        for position, _, paragraph in rows:
            assert f'id="p{position}"' in text
            assert paragraph in html.unescape(text)
        assert len(rows) == len(set(re.findall(r'id="p(\d+)"', text)))


@pytest.mark.parametrize("kind", ["outlet", "author"])
def test_the_sql_of_outlets_and_authors_is_their_articles(kind: str, site: Any, connection: sqlite3.Connection) -> None:
    keys = [row[0] for row in connection.execute(f"select key from {kind}s")]
    for key in keys:
        text = get(site, f"/{kind}/{quote(key)}").text
        articles, months = ran(site, text)
        assert [row[0] for row in articles][:20] == listed(text)[:20]
        assert sum(count for _, count, _ in months) == len(articles)
    assert keys


@pytest.mark.parametrize("typed", ["council", "outlet:gazette", "the -council from:2024", "", '"<b>" OR council'])
@pytest.mark.parametrize("sort", ["", "oldest"])
def test_the_sql_of_a_search_page_is_its_results(typed: str, sort: str, site: Any) -> None:
    text = get(site, "/search", q=typed, sort=sort).text
    articles, paragraphs, outlets, months = ran(site, text)
    shown = listed(text)
    assert shown
    assert [row[0] for row in articles][: len(shown)] == shown
    assert len(paragraphs) == sum(row[5] for row in articles)
    assert sum(row[1] for row in outlets) == sum(row[1] for row in months) == len(articles)


def test_the_sql_of_trends_is_their_numbers(site: Any) -> None:
    for step in ("month", "year"):
        rows = ran(site, get(site, f"/trends?q=council&q=the&step={step}").text)
        answer = get(site, f"/api/trends?q=council&q=the&step={step}").json()
        for found, trend in zip(rows, answer["trends"], strict=True):
            counts = {str(key): articles for key, articles, _ in found if key is not None}
            assert counts == {key: count for key, count in zip(answer["steps"], trend["counts"], strict=True) if count}
            assert sum(articles for key, articles, _ in found if key is None) == trend["undated"]


def test_the_sql_of_a_comparison_is_its_parts(site: Any) -> None:
    text = get(site, "/compare?a=council&b=river&minimum=1").text
    for part, typed in zip(ran(site, text), ("council", "river"), strict=True):
        assert len(part) == get(site, "/api/search", q=typed).json()["total"]["articles"] > 0
    assert len(ran(site, get(site, "/compare?a=council&minimum=1").text)) == 1, "a rest has no statement of its own"


@pytest.mark.parametrize(
    "path",
    [
        *(f"{name}?" for name in schema.tables() if not name.endswith("_fts")),
        "facts?_sort_desc=id", "paragraph_browse?_search=council&language=en", "articles?_where=word_count+%3E+5",
        "article_browse?headline__contains=limit+the", "article_browse?author_list__arraycontains=Ann+Lee",
        "paragraph_browse?_size=2&year__gte=2024&_sort=position",
    ],
)  # fmt: skip
def test_the_csv_of_a_table_has_every_row(path: str, site: Any) -> None:
    page = get(site, f"/corpus/{path}").text
    every = f"/corpus/{path.replace('?', '.json?').replace('_size=2', '')}&_size=max&_shape=arrays"
    shown = get(site, every).json()["rows"]
    assert shown or "0 rows" in page
    if shown:
        address = html.unescape(re.search(r'href="(/sql\.csv[^"]+)">CSV of all rows', page)[1])
        found = csv_rows(get(site, address))
        assert [row[0] for row in found[1:]] == ["" if row[0] is None else str(row[0]) for row in shown]


def test_later_pages_of_a_table_keep_their_links(site: Any) -> None:
    first = get(site, "/corpus/paragraph_browse?_size=5").text
    after = html.unescape(re.search(r'href="([^"]+_next=[^"]+)"', first)[1])
    assert "CSV of all rows" not in get(site, after).text
