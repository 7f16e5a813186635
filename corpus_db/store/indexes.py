"""What is derived from the rows: full text, and the names of authors and outlets, which all their articles decide."""

import sqlite3
from collections.abc import Iterable
from typing import Any

_AUTHOR_NAME = """
update authors set name = (
    select name from bylines where author_id = authors.id group by name order by count(*) desc, name limit 1
) where id = ?
"""
# An outlet of our table has the name and the domain that stand there: its key is a domain. Others are as articles
# print them.
_OUTLET_FACT = """
update outlets set {column} = coalesce((
    select facts.value from articles join facts on facts.article_id = articles.id
    where (articles.outlet_id = outlets.id and facts.field = '{own}')
       or (articles.syndicated_from_id = outlets.id and facts.field = '{first}')
    group by facts.value order by count(*) desc, facts.value limit 1
), {otherwise}) where id = ? and key not like '%.%'
"""


def build(connection: sqlite3.Connection) -> None:
    """Full text of a corpus whose rows are all in, written at once; then let SQLite learn how many rows there are."""
    for setting in (("hashsize", 2 * 1024 * 1024), ("automerge", 0), ("crisismerge", 1999)):
        connection.execute("insert into paragraphs_fts (paragraphs_fts, rank) values (?, ?)", setting)
    connection.execute("insert into paragraphs_fts (paragraphs_fts) values ('rebuild')")
    connection.execute("insert into paragraphs_fts (paragraphs_fts) values ('optimize')")
    for setting in (
        ("hashsize", 1024 * 1024),
        ("automerge", 4),
        ("crisismerge", 16),
    ):  # the defaults, for small changes
        connection.execute("insert into paragraphs_fts (paragraphs_fts, rank) values (?, ?)", setting)
    connection.execute("analyze")


def remember(connection: sqlite3.Connection, paragraphs: Iterable[tuple[Any, ...]]) -> None:
    """Add paragraphs to the full text: rows as they are written, id first and text fifth."""
    connection.executemany(
        "insert into paragraphs_fts (rowid, text) values (?, ?)", ((row[0], row[4]) for row in paragraphs)
    )


def forget(connection: sqlite3.Connection) -> None:
    """Take the paragraphs of the raw files in `temp.stale` out of the full text, while their rows are there."""
    connection.execute(
        "insert into paragraphs_fts (paragraphs_fts, rowid, text) select 'delete', id, text from paragraphs "
        "where article_id in (select id from articles where raw_file_id in (select id from temp.stale))"
    )


def settle(connection: sqlite3.Connection, authors: Iterable[int], outlets: Iterable[int]) -> None:
    """Drop authors and outlets that no article has any more; name those of changed articles as most of them do."""
    connection.execute("delete from authors where id not in (select author_id from bylines)")
    connection.execute(
        "delete from outlets where id not in (select outlet_id from articles where outlet_id is not null "
        "union select syndicated_from_id from articles where syndicated_from_id is not null)"
    )
    connection.executemany(_AUTHOR_NAME, ((each,) for each in sorted(authors)))
    name = _OUTLET_FACT.format(column="name", own="outlet", first="syndicated_from", otherwise="name")
    domain = _OUTLET_FACT.format(column="domain", own="domain", first="", otherwise="null")
    for statement in (name, domain):
        connection.executemany(statement, ((each,) for each in sorted(outlets)))
