"""Answers equal plain SQL, and the queries that pages run use their indexes."""

import sqlite3
from pathlib import Path

import pytest
from places import GOLDEN

import corpus_db
from corpus_db.errors import DatabaseError
from corpus_db.reading import article, columns, home, kept, questions, totals


def one(connection: sqlite3.Connection, query: str) -> int:
    return connection.execute(query).fetchone()[0]


def test_totals_are_plain_counts(connection: sqlite3.Connection) -> None:
    found = totals.totals(connection)
    assert found.articles == one(connection, "select count(*) from articles") == 39
    assert found.paragraphs == one(connection, "select count(*) from paragraphs")
    assert found.words == sum(len(text.split()) for (text,) in connection.execute("select text from paragraphs"))
    assert found.undated == one(connection, "select count(*) from articles where published is null")
    assert found.without_outlet == one(connection, "select count(*) from articles where outlet_id is null")
    assert found.without_author == one(
        connection, "select count(*) from articles where id not in (select article_id from bylines)"
    )
    assert sum(count for _, count in found.languages) == found.articles
    assert totals.rejects(connection) == [("picture.txt", "not text: a picture")]


def test_an_article_with_all_that_belongs_to_it(connection: sqlite3.Connection) -> None:
    key = one(
        connection,
        "select key from articles where headline like 'Court%'",
    )
    found = article.article(connection, key)
    assert found.headline == "Court strikes down the reservoir act"
    assert found.authors == ("Ann Lee", "Bo Ray")
    assert found.outlet == "The Valley Gazette"
    assert found.tags == (("section", "Politics"), ("topic", "courts"), ("topic", "water"))
    assert [(piece.role, piece.position) for piece in found.body[:4]] == [
        ("paragraph", 1), ("paragraph", 2), ("crosshead", None), ("paragraph", 3),
    ]  # fmt: skip
    assert found.body[2].text == "What the court said"
    assert {block.role for block in found.furniture} >= {"metadata", "separator", "bio", "crosshead"}
    assert ("unknown key", "mood") in found.defects
    source = (GOLDEN / "markdown" / "front_matter.md").read_text(encoding="utf-8")
    author = next(fact for fact in found.facts if fact.field == "author")
    assert source[author.start : author.stop] == "Ann Lee, Bo Ray"
    assert article.article(connection, "0" * 16) is None


def test_home_counts_articles(connection: sqlite3.Connection) -> None:
    found = home.home(connection)
    assert sum(count.articles for count in found.outlets) <= found.totals.articles
    assert found.outlets[0].name == "The Valley Gazette"
    assert len(found.articles) == 10
    dated = [line.published for line in found.articles if line.published]
    assert dated == sorted(dated, reverse=True)


@pytest.mark.parametrize("question", questions.questions(), ids=lambda question: question.name)
def test_every_documented_query_answers(question: questions.Question, connection: sqlite3.Connection) -> None:
    assert len(question.title) > 5
    assert len(question.description) > 30
    parameters = {"phrase": "the council"} if ":phrase" in question.sql else {}
    rows = connection.execute(question.sql, parameters).fetchall()
    assert rows or question.name == "shared_paragraphs"


@pytest.mark.parametrize("phrase", ['"', "U.S.", "a OR", "(", "*", "it's", "AND", "{x}", "-", "^a", ""])
def test_no_phrase_breaks_a_query(phrase: str, connection: sqlite3.Connection) -> None:
    for question in questions.questions():
        if ":phrase" in question.sql:
            connection.execute(question.sql, {"phrase": phrase}).fetchall()


def test_there_are_enough_documented_queries() -> None:
    assert len(questions.questions()) >= 8


def test_a_corpus_opened_for_reading_can_not_be_written(database: Path) -> None:
    with corpus_db.open_corpus(database) as connection:
        assert one(connection, "select count(*) from articles") == 39
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("delete from articles")


def test_what_is_no_corpus_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        corpus_db.open_corpus(tmp_path / "nix.db")
    sqlite3.connect(tmp_path / "other.db").execute("create table t (x)").connection.close()
    with pytest.raises(DatabaseError, match="no corpus"):
        corpus_db.open_corpus(tmp_path / "other.db")


def test_what_is_kept_can_be_worked_out_before_it_is_asked_for(connection: sqlite3.Connection) -> None:
    from corpus_db.site import pages  # noqa: F401 — brings all that keeps something

    kept.prepare(connection)
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    assert len(columns.columns(connection).ids) == 39
    connection.set_trace_callback(None)
    assert not any("articles" in each for each in asked), asked
