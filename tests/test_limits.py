"""What a statement of a stranger may do and take, on the site and in Python alike."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus_db.errors import UsageError
from corpus_db.reading import opening, rows
from corpus_db.site import asking, serving

# What would read, write or name a file, tell of the memory of the program, or write to the corpus.
REFUSED = (
    "attach 'x.db' as y", "attach '/etc/passwd' as y", "detach main", "vacuum into 'corpus_db_stolen.db'", "pragma writable_schema = 1",
    "pragma temp_store_directory = '/tmp'", "select load_extension('x')", "select readfile('/etc/passwd')",
    "select writefile('/tmp/x', 'y')", "select edit('x')", "select * from fsdir('/etc')", "select fts3_tokenizer('simple')",
    "select hex(FTS3_Tokenizer('porter'))", "create virtual table temp.t using fts5 (a)",
    "create virtual table temp.t using csv (filename = '/etc/passwd')", "create table t (a)",
    "insert into tags values (1, 'a', 'b')", "with a as (select 1) delete from tags", "with a as (select 1) update tags set value = ''",
    "insert into paragraphs_fts (paragraphs_fts) values ('delete-all')", "with a as (select 1) replace into corpus values ('raw', '/')",
    "drop table tags", "reindex", "analyze", "begin immediate", "select 1; delete from tags", "select * from pragma_user_version",
)  # fmt: skip
HEAVY = (
    "select length(hex(zeroblob(400000000)))", "select zeroblob(900000000)",
    f"select '{'a' * 5_000}' like '{'%a' * 2_000}b'", f"select '{'a' * 5_000}' glob '{'*a' * 2_000}b'",
    f"select {'(' * 5_000}1{')' * 5_000}",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(database: Path) -> Any:
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return datasette


@pytest.mark.parametrize("path", ["/corpus", "/corpus.json", "/sql.csv"])
def test_statements_only_read_and_only_the_corpus(path: str, site: Any, database: Path) -> None:
    before = database.read_bytes()
    for statement in REFUSED:
        answer = asyncio.run(site.client.get(path, params={"sql": statement}))
        assert answer.status_code == 400, statement
    assert database.read_bytes() == before
    assert not Path("corpus_db_stolen.db").exists()


@pytest.mark.parametrize(
    "statement", [each for each in REFUSED if ";" not in each and "pragma" not in each and "begin" not in each]
)
def test_connections_in_python_only_read(statement: str, connection: sqlite3.Connection) -> None:
    """Without the check of statements that the site makes first."""
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute(statement).fetchall()
    assert not Path("corpus_db_stolen.db").exists()


@pytest.mark.parametrize("statement", HEAVY, ids=lambda statement: statement[:30])
def test_values_and_patterns_have_a_size(statement: str, connection: sqlite3.Connection) -> None:
    """SQLite looks at the clock between steps only: what one function makes must be bounded by itself."""
    started = time.process_time()
    with pytest.raises((sqlite3.DatabaseError, sqlite3.DataError)):
        connection.execute(statement).fetchall()
    assert time.process_time() - started < 5


LONG = "replace(hex(zeroblob(20000)), '00', 'a')"  # 20,000 characters
REFUSED_CALLS = (
    "printf('%.*c', 900000000, 'x')", "format('%.*c', 900000000, 'x')", "printf('%*d', '9e8', 1)", "printf('%.*f', -900000000, 1.5)",
    "printf('%900000000s', 'x')", "printf('%-+0999999s%99s', 'x', 'y')", f"printf('{'%9999d' * 101}')", "printf(cast('%.*c' as blob), 900000000, 'x')",
    f"instr({LONG}, {LONG} || 'b')", f"replace({LONG}, {LONG} || 'b', '')", f"trim({LONG}, {LONG})", f"rtrim({LONG}, {LONG})",
)  # fmt: skip
ALLOWED_CALLS = (
    "printf('%,d|%05.1f|%-8s|%%|%c|%q|%Q|%x', 1234567, 2.25, 'é', 'abc', 'it''s', null, 255)", "printf('%.*c', 20, 'x')", "printf()",
    "printf(null)", "printf('%*.*f', 10, 2, 3.14159)", "printf('1000000000 %d', 9000000000)", "printf('%d', 'x')", "printf(5)",
    "instr('council', 'n')", "instr('é1', 1)", "instr(12345, 34)", "instr(x'010203', x'03')", "instr(null, 'a')", "replace('a b a', 'a', 'cc')",
    "replace('abc', '', 'x')", "replace(1.5, '.', ',')", "replace('a', null, 'x')", "trim('  a ', ' ')", "ltrim('xxaxx', 'x')", "rtrim('xxaxx', 'x')",
    "trim('  a ')", f"length(replace({LONG}, 'a', 'bb'))",
)  # fmt: skip


@pytest.mark.parametrize("call", REFUSED_CALLS, ids=lambda call: call[:30])
def test_calls_that_take_too_long_are_refused(call: str, connection: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match=r"printf\(\) makes fields of|take too long to compare"):
        list(rows.rows(connection, f"select {call}", {}))


@pytest.mark.parametrize("call", ALLOWED_CALLS, ids=lambda call: call[:30])
def test_other_calls_answer_as_sqlite_does(call: str, connection: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:")) as plain:
        expected = plain.execute(f"select {call}, typeof({call})").fetchall()
    assert connection.execute(f"select {call}, typeof({call})").fetchall() == expected


# An address of every page, with a place for each parameter of ours and of Datasette that may be anything.
PATHS = (
    "/", "/search", "/outlets", "/authors", "/tags", "/quality", "/trends", "/concordance", "/compare", "/collocates", "/export",
    "/export/manifest", "/schema", "/api", "/api/search", "/api/trends", "/api/outlets", "/corpus", "/corpus.json", "/sql.csv",
    "/corpus/article_browse", "/corpus/article_browse.json", "/corpus/paragraphs", "/corpus/paragraphs_fts", "/corpus/mentions",
    "/corpus/mentions.json", "/corpus/articles/1", "/corpus/bylines/1,1", "/article/KEY", "/article/KEY/raw", "/article/KEY.bib",
    "/outlet/x", "/author/x", "/-/metadata", "/-/databases",
)  # fmt: skip
NAMES = (
    "q", "a", "b", "sort", "after", "before", "from", "to", "unit", "step", "measure", "split", "format", "columns", "scheme", "text",
    "width", "group", "page", "window", "minimum", "at", "country", "kind", "size", "bom", "all", "hide", "articles", "outlet", "order",
    "phrase", "sql", "question", "nix", "_search", "_search_text", "_searchmode", "_sort", "_sort_desc", "_facet", "_facet_date",
    "_facet_array", "_facet_size", "_next", "_size", "headline__contains", "published__date", "id__in", "tag_list__arraycontains",
    "_where", "_nofacet", "_col", "_nocol", "_labels", "_shape", "_json", "_ttl", "_timelimit", "_extra", "_trace", "_stream", "_header",
    "_dl", "_through", "_json_infinity",
)  # fmt: skip
VALUES = (
    "", "0", "-1", "1", "99999999999999999999", "1e9", "x", "\0", "%", "*", "a* b* c*", "'", '"', '"a b"~5', '"a"~99999999999', "from:2023",
    "from:9999-99", "outlet:x", "author:", "-", "OR", "( ", "NEAR(a b, 5)", "a" * 3_000, "-outlet:x " * 300, "the OR " * 300, "\u202e\u0301",
    "٣", "²", "csv", "json", "parquet", "bibtex", "articles", "paragraphs", "select 1", "select x'00' as tag_list", "select 'a' regexp '('",
    "[1,2]", "{}", "[", '{"table":"articles","column":"id","value":"1"}', "id", "headline", "off", "max", "array", "objects", "year",
    "0000000000000000", "2024-01-01", "1=1", "1=1) or (1", "~zz", "../../etc/passwd", "NaN", "Infinity", "select * from articles",
)  # fmt: skip


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # coroutines that Datasette drops
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
def test_no_address_is_a_mistake_of_ours(site: Any, connection: sqlite3.Connection) -> None:
    """Each page with each parameter, and mixtures of them: an answer or a refusal, never a failure."""
    key = connection.execute("select key from articles").fetchone()[0]
    chosen = [
        (path, [(name, VALUES[(number * 7 + place * 3) % len(VALUES)]), (NAMES[(number + place) % len(NAMES)], VALUES[(place + number * 5) % len(VALUES)])])
        for place, path in enumerate(PATHS)
        for number, name in enumerate(NAMES)
    ][::5]  # fmt: skip

    async def failed() -> list[tuple[str, Any, int]]:
        found = []
        for path, parameters in chosen:
            answer = await site.client.get(path.replace("KEY", key), params=parameters)
            if answer.status_code >= 500:
                found.append((path, parameters, answer.status_code))
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["referrer-policy"] == "no-referrer"
        return found

    assert asyncio.run(failed()) == []
    assert len(chosen) > 400


@pytest.mark.parametrize("path", ["/search?q=said", "/api/search?q=said", "/concordance?q=said", "/", "/quality"])
def test_an_answer_that_takes_too_long_is_stopped(
    path: str, site: Any, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page asks on a connection that the next one asks on as well: it must be as it was."""
    with monkeypatch.context() as changed:
        changed.setattr(asking, "SECONDS", 0.0)
        changed.setattr(opening, "STEPS", 1)
        answer = asyncio.run(serving.application(database).client.get(path))
    assert answer.status_code == 400
    assert "This took longer than 0 seconds and was stopped: ask for less" in answer.text
    assert asyncio.run(site.client.get(path)).status_code == 200
