"""What a database has to be whatever it holds: SQLite's own checks, tables, keys, numbering."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from corpus_db import __version__
from corpus_db.records import Fault
from corpus_db.store import indexes, schema

# Each statement finds what is wrong: where, and what.
_WRONG = (
    # keys: 16 hex digits of the bytes' hash, numbered where a file holds several articles
    """with numbered as (
        select articles.key as key, path, substr(sha256, 1, 16) as prefix,
            count(*) over (partition by raw_file_id) as n,
            row_number() over (partition by raw_file_id order by articles.id) as number
        from articles join raw_files on raw_files.id = raw_file_id
    )
    select 'article ' || key, 'its key is not that of ' || path from numbered
    where key is not iif(n = 1, prefix, prefix || '-' || number)""",
    """select path, 'is loaded, but has no article' from raw_files
    where outcome = 'loaded' and id not in (select raw_file_id from articles)""",
    """select path, 'is ' || outcome || ', but has articles' from raw_files
    where outcome <> 'loaded' and id in (select raw_file_id from articles)""",
    """select path, 'is loaded, but has no ' || iif(format is null, 'format', 'encoding') from raw_files
    where outcome = 'loaded' and (format is null or encoding is null)""",
    """select 'furniture row ' || furniture.id, 'belongs to another raw file than its article'
    from furniture left join articles on articles.id = article_id
    where articles.raw_file_id is not furniture.raw_file_id""",
    """select 'article ' || key, 'its paragraphs are not numbered from 1 on' from articles join (
        select article_id from paragraphs group by article_id
        having min(position) <> 1 or max(position) <> count(*) or count(distinct position) <> count(*)
    ) on article_id = articles.id""",
    """select 'article ' || key, 'its furniture is not numbered from 1 on' from articles join (
        select article_id from furniture group by article_id
        having min(position) <> 1 or max(position) <> count(*) or count(distinct position) <> count(*)
    ) on article_id = articles.id""",
    """select 'article ' || key, 'its bylines are not numbered from 1 on' from articles join (
        select article_id from (
            select article_id, position from bylines union all select article_id, position from doubted_bylines
        ) group by article_id
        having min(position) <> 1 or max(position) <> count(*) or count(distinct position) <> count(*)
    ) on article_id = articles.id""",
    """select 'article ' || key, 'its year or month is not that of ' || coalesce(published, 'a date that is not stated')
    from articles where year is not cast(substr(published, 1, 4) as integer) or month is not substr(published, 1, 7)""",
)


def pages(connection: sqlite3.Connection) -> Iterator[Fault]:
    """What SQLite finds wrong in the file: pages, indexes, values that their column does not allow."""
    for (line,) in connection.execute("pragma integrity_check"):
        if line != "ok":
            yield Fault("database", line.replace("\n", " "))


def references(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Rows that point to rows which are not there."""
    for table, rowid, parent, _ in connection.execute("pragma foreign_key_check"):
        yield Fault(f"{table} row {rowid}" if rowid else table, f"points to a row of {parent} that is not there")


def tables(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Tables, views and indexes that are not those that this version makes; the version itself."""
    query = "select name, sql from sqlite_master where sql is not null and name not like 'sqlite_%'"
    with closing(sqlite3.connect(":memory:")) as made:
        schema.create(made)
        schema.create_indexes(made)
        wanted = dict(made.execute(query).fetchall())
    there = dict(connection.execute(query).fetchall())
    yield from (Fault(name, "is not in the database") for name in sorted(wanted.keys() - there.keys()))
    yield from (Fault(name, "is in the database, but in no corpus") for name in sorted(there.keys() - wanted.keys()))
    changed = (name for name in sorted(wanted.keys() & there.keys()) if wanted[name] != there[name])
    yield from (Fault(name, "is made in another way than corpus_db makes it") for name in changed)
    stated = schema.corpus(connection)
    if stated.get("version") != __version__:
        yield Fault("corpus", f"built by corpus_db {stated.get('version')}, not {__version__}: load it again")
    for name in sorted({"version", "raw", "files"} ^ stated.keys()):
        yield Fault("corpus", f"{name} is {'not said' if name not in stated else 'no word of ours'}")
    if stated.get("files", "") not in ("", indexes.signature(connection)):
        yield Fault("corpus", "files is not the SHA-256 of the rows of raw_files")


def rows(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Keys, numbering and columns that do not go with other rows."""
    for query in _WRONG:
        yield from (Fault(*row) for row in connection.execute(query))
