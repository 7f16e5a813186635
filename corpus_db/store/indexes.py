"""What is derived from the rows: full text, and authors and outlets as all their articles decide."""

import hashlib
import sqlite3
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from corpus_db.store import counts, vocabulary

# Of all touched authors at once: asked one by one, SQLite reads all bylines for each.
_AUTHOR_NAMES = """
with written as (
    select author_id, name from temp.touched cross join bylines on author_id = touched.id
    union all select author_id, name from temp.touched cross join doubted_bylines on author_id = touched.id
),
ranked as (
    select author_id, name, row_number() over (partition by author_id order by count(*) desc, name) as place
    from written group by author_id, name
)
update authors set name = ranked.name from ranked where ranked.author_id = authors.id and place = 1
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


# Full text table -> the table whose text it finds, its columns, and where id and texts stand in a row as it is written.
_FULL_TEXT = {
    "paragraphs_fts": ("paragraphs", "text", itemgetter(0, 4)),
    "articles_fts": ("articles", "headline, standfirst", itemgetter(0, 4, 5)),
}
_AT_ONCE = (("hashsize", 2 * 1024 * 1024), ("automerge", 0), ("crisismerge", 1999))
_IN_SMALL_CHANGES = (("hashsize", 1024 * 1024), ("automerge", 4), ("crisismerge", 16))  # the defaults


def build(connection: sqlite3.Connection) -> None:
    """All that is derived from rows that are all in, at once; then let SQLite learn how many rows there are."""
    for name in _FULL_TEXT:
        insert = f"insert into {name} ({name}, rank) values (?, ?)"  # noqa: S608 — our own names
        connection.executemany(insert, _AT_ONCE)
        for command in ("rebuild", "optimize"):
            connection.execute(f"insert into {name} ({name}) values (?)", [command])  # noqa: S608
        connection.executemany(insert, _IN_SMALL_CHANGES)
    vocabulary.build(connection)
    counts.build_roles(connection)
    counts.build(connection)
    connection.execute("analyze")


def remember(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows, as they are written to a table, to its full text, if it has one."""
    for name, (source, columns, written) in _FULL_TEXT.items():
        if source == table:
            values = ", ".join("?" * (2 + columns.count(",")))
            statement = f"insert into {name} (rowid, {columns}) values ({values})"  # noqa: S608 — our own names
            connection.executemany(statement, map(written, rows))


def forget(connection: sqlite3.Connection) -> None:
    """Take the rows of the raw files in `temp.stale` out of full text, words and counts, while they are there."""
    stale = "select id from articles where raw_file_id in (select id from temp.stale)"
    found = connection.execute(f"select id from paragraphs where article_id in ({stale})").fetchall()  # noqa: S608
    vocabulary.forget(connection, [each for (each,) in found])
    counts.forget(connection)
    for name, (source, columns, _) in _FULL_TEXT.items():
        of = "id" if source == "articles" else "article_id"
        connection.execute(
            f"insert into {name} ({name}, rowid, {columns}) select 'delete', id, {columns} from {source} "  # noqa: S608
            f"where {of} in ({stale})"
        )


def complete(connection: sqlite3.Connection, raw_file_id: int, paragraph_id: int) -> None:
    """Add what came, all that has ids above these, to words and roles, when it is in the full text."""
    found = connection.execute("select id from paragraphs where id > ? order by id", [paragraph_id]).fetchall()
    vocabulary.remember(connection, [each for (each,) in found])
    counts.remember_roles(connection, raw_file_id)


# When a name is doubted: articles of the outlet at least, share of them that name it, other authors beside it.
_MIN_ARTICLES, _MOST, _MIN_OTHERS = 10, 0.5, 3
_DOUBTED = f"""
with written as (
    select bylines.article_id, bylines.author_id, articles.outlet_id
    from bylines join articles on articles.id = bylines.article_id where articles.outlet_id is not null
),
sizes as (select outlet_id, count(*) as articles from articles where outlet_id is not null group by outlet_id),
names as (select author_id, outlet_id, count(*) as articles from written group by author_id, outlet_id),
frequent as (
    select names.author_id, names.outlet_id from names join sizes using (outlet_id)
    where sizes.articles >= {_MIN_ARTICLES} and names.articles > {_MOST} * sizes.articles
)
select written.article_id, written.author_id from written
join frequent on frequent.author_id = written.author_id and frequent.outlet_id = written.outlet_id
where (
    select count(distinct other.author_id) from written
    join written as other on other.article_id = written.article_id and other.author_id <> written.author_id
    where written.author_id = frequent.author_id and written.outlet_id = frequent.outlet_id
) >= {_MIN_OTHERS}
"""  # noqa: S608 — our own figures


def doubt(connection: sqlite3.Connection) -> None:
    """Set aside names that stand on most pages of an outlet beside several others; give back those that no longer do.

    The only author of a blog stands on all its pages, and alone.
    """
    columns = "article_id, author_id, position, name, printed"
    connection.execute(f"insert into bylines ({columns}) select {columns} from doubted_bylines")  # noqa: S608
    connection.execute("delete from doubted_bylines")
    connection.execute(
        f"insert into doubted_bylines ({columns}) select {columns} from bylines "  # noqa: S608 — our own names
        f"where (article_id, author_id) in ({_DOUBTED})"
    )
    connection.execute(
        "delete from bylines where (article_id, position) in (select article_id, position from doubted_bylines)"
    )
    connection.execute("delete from defects where kind = 'doubted author'")
    connection.execute(
        "insert into defects (raw_file_id, kind, detail) "
        "select articles.raw_file_id, 'doubted author', doubted_bylines.name || ' stands on most pages of the outlet' "
        "from doubted_bylines join articles on articles.id = doubted_bylines.article_id "
        "order by doubted_bylines.article_id, doubted_bylines.position"
    )


def settle(connection: sqlite3.Connection, authors: Iterable[int], outlets: Iterable[int]) -> None:
    """Drop authors and outlets that no article has any more; name those of changed articles as most of them do."""
    connection.execute(
        "delete from authors where id not in "
        "(select author_id from bylines union select author_id from doubted_bylines)"
    )
    connection.execute(
        "delete from outlets where id not in (select outlet_id from articles where outlet_id is not null "
        "union select syndicated_from_id from articles where syndicated_from_id is not null)"
    )
    connection.execute("create temp table touched (id integer primary key)")
    connection.executemany("insert into temp.touched values (?)", ((each,) for each in authors))
    connection.execute(_AUTHOR_NAMES)
    connection.execute("drop table temp.touched")
    name = _OUTLET_FACT.format(column="name", own="outlet", first="syndicated_from", otherwise="name")
    domain = _OUTLET_FACT.format(column="domain", own="domain", first="", otherwise="null")
    for statement in (name, domain):
        connection.executemany(statement, ((each,) for each in sorted(outlets)))


def sign(connection: sqlite3.Connection) -> None:
    """Write down what the corpus was built from, so that a reader can tell the state of it that it sees."""
    connection.execute("insert or replace into corpus values ('files', ?)", [signature(connection)])


def signature(connection: sqlite3.Connection) -> str:
    """The SHA-256, in hex, of what became of each raw file, in path order."""
    found = hashlib.sha256()
    for row in connection.execute("select path, sha256, outcome, problem, manifest from raw_files order by path"):
        found.update(repr(row).encode())
    return found.hexdigest()
