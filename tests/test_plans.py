"""What a page asks of one thing is found through an index: no table that grows with the corpus is read whole for it."""

import re
import sqlite3
from typing import Any

import pytest

from corpus_db.reading import (
    article,
    authors,
    citing,
    concordance,
    home,
    lists,
    matching,
    names,
    outlets,
    query,
    rawview,
    search,
    setaside,
    statements,
    suspicion,
)

LARGE = ("articles", "paragraphs", "bylines", "doubted_bylines", "tags", "facts", "furniture")
_FILTERED = matching.articles(query.parse('tag:"topic: water" outlet:x author:y lang:en from:2023')).sql


def plan(connection: sqlite3.Connection, sql: str, values: Any = None) -> list[str]:
    """The steps in which a query is answered."""
    named = dict.fromkeys(re.findall(r":([a-z]\w*)", sql), "[]")
    bound = values or named or ("[]",) * sql.count("?")
    return [row[3] for row in connection.execute(f"explain query plan {sql}", bound)]


def whole(steps: list[str]) -> list[str]:
    """The steps that read all of a large table, or all of one of its indexes."""
    return [step for step in steps if re.match(rf"SCAN ({'|'.join(LARGE)}|other)\b", step)]


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (search._ARTICLE, "SEARCH articles USING INTEGER PRIMARY KEY"),
        (search._AUTHORS, "SEARCH bylines USING PRIMARY KEY (article_id=?)"),
        (concordance._ARTICLE, "SEARCH articles USING INTEGER PRIMARY KEY"),
        (f"select id from articles where {_FILTERED}", "tags_value"),
        (f"select id from articles where {_FILTERED}", "outlets_name"),
        (f"select id from articles where {_FILTERED}", "authors_name"),
        (names._IS["outlet"], "outlets_name"),
        (names._IS["author"], "authors_name"),
        (names._IS["tag"], "tags_value (scheme=? AND value=?)"),
        (article._ARTICLE, "sqlite_autoindex_articles_1"),
        (article._AUTHORS, "SEARCH bylines USING PRIMARY KEY (article_id=?)"),
        (article._TAGS, "SEARCH tags USING PRIMARY KEY (article_id=?)"),
        (article._FACTS, "facts_article_id"),
        (article._FURNITURE, "furniture_article_id"),
        (article._DEFECTS, "defects_raw_file_id"),
        (article._DOUBTED, "SEARCH doubted_bylines USING PRIMARY KEY (article_id=?)"),
        (article._SAME, "raw_files_sha256"),
        (rawview._FILE, "sqlite_autoindex_articles_1"),
        (rawview._MARKS, "articles_raw_file_id"),
        (rawview._MARKS, "paragraphs_article_id"),
        (rawview._MARKS, "furniture_raw_file_id"),
        (rawview._FACTS, "articles_raw_file_id"),
        (rawview._FACTS, "facts_article_id"),
        (citing._CITED, "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (key=?)"),
        (citing._AUTHORS, "SEARCH bylines USING PRIMARY KEY (article_id=?)"),
        (lists._LINES.format("articles", "articles.outlet_id = :outlet"), "articles_outlet_id (outlet_id=?)"),
        (lists._LINES.format(authors._OWN, "1"), "COVERING INDEX bylines_author_id (author_id=?)"),
        (outlets._MONTHS, "article_counts_outlet_id"),
        (outlets._SYNDICATED, "article_counts_outlet_id"),
        (outlets._LANGUAGES, "article_counts_outlet_id"),
        (outlets._OF_OUTLET, "COVERING INDEX articles_outlet_id"),
        (outlets._TAGS, "COVERING INDEX articles_outlet_id"),
        (outlets._BY_OTHERS, "articles_syndicated_from_id"),
        (authors._SUMS, "COVERING INDEX bylines_author_id (author_id=?)"),
        (authors._MONTHS, "COVERING INDEX bylines_author_id (author_id=?)"),
        (authors._LANGUAGES, "COVERING INDEX bylines_author_id (author_id=?)"),
        (authors._OUTLETS, "COVERING INDEX bylines_author_id (author_id=?)"),
        (authors._OTHERS, "COVERING INDEX bylines_author_id (author_id=?)"),
        (authors._PRINTED, "bylines_author_id (author_id=?)"),
        (authors._DOUBTED, "doubted_bylines_author_id (author_id=?)"),
        ("select * from paragraphs where article_id = ? order by position", "paragraphs_article_id"),
    ],
)
def test_what_is_asked_of_one_thing_is_found_through_an_index(
    sql: str, index: str, connection: sqlite3.Connection
) -> None:
    steps = plan(connection, sql)
    assert any(index in step for step in steps), steps
    assert not whole(steps), steps


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (home._MONTHS, "article_counts"),
        (home._OUTLETS, "article_counts"),
        (home._AUTHORS, "author_counts"),
        (home._TAGS, "tag_counts"),
        (outlets._ALL, "COVERING INDEX articles_outlet_id (outlet_id=?)"),
        (setaside._ROLES, "role_counts"),
        (suspicion._DAYS, "COVERING INDEX articles_outlet_id"),
    ],
)
def test_what_is_counted_of_all_and_kept_reads_an_index_only(
    sql: str, index: str, connection: sqlite3.Connection
) -> None:
    steps = plan(connection, sql)
    assert any(index in step for step in steps), steps
    assert not any(re.fullmatch(rf"SCAN ({'|'.join(LARGE)})", step) for step in steps), steps


@pytest.mark.parametrize(
    "make", [statements.paragraphs, statements.articles, statements.months, statements.years, statements.outlets]
)
def test_statements_use_the_index_of_words(make: Any, connection: sqlite3.Connection) -> None:
    statement = make(query.parse("council outlet:x"))
    steps = plan(connection, statement.sql, statement.parameters)
    assert any("paragraphs_fts VIRTUAL TABLE INDEX" in step for step in steps), steps
    assert not any(step == "SCAN paragraphs" for step in steps), steps
