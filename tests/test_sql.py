"""SQL for people: functions, the schema page, charts and whole CSVs of statements, and the statements of pages."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

import corpus_db
from corpus_db.reading import functions, patterns


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
