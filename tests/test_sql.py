"""SQL for people: functions, the schema page, charts and whole CSVs of statements, and the statements of pages."""

import asyncio
import csv
import io
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

import corpus_db
from corpus_db.errors import UsageError
from corpus_db.reading import functions, patterns, rows
from corpus_db.reading.export.guarding import guard, recover
from corpus_db.reading.queries import questions
from corpus_db.site import serving


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
