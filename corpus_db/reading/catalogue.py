"""The tables and views of a corpus as one who writes SQL needs them: what they hold, how many rows, how they join."""

import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import NamedTuple

from corpus_db.store import schema

START = ("article_browse", "paragraph_browse", "furniture_browse", "fact_browse", "outlets", "authors")
_AS = re.compile(r"\b(\w+)\.(\w+) as (\w+)")
_FROM = re.compile(r"\nfrom (\w+)")


class Join(NamedTuple):
    """A column whose values are those of another column."""

    table: str
    column: str
    to_table: str
    to_column: str


class Column(NamedTuple):
    """A column: what it holds, '' where the name says it, and what it refers to."""

    name: str
    meaning: str
    join: Join | None


class Table(NamedTuple):
    """A table or view with its number of rows, None of an index of words."""

    name: str
    kind: str  # 'table', 'view' or 'index of words'
    description: str
    columns: tuple[Column, ...]
    rows: int | None


def tables(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """All of them, those to start from first."""
    found = schema.tables()
    named = [*START, *(name for name in found if name not in START)]
    refers = {(join.table, join.column): join for join in joins()}
    return tuple(
        Table(
            name,
            "index of words" if name.endswith("_fts") else found[name].kind,
            found[name].description,
            tuple(Column(column, text, refers.get((name, column))) for column, text in _meanings(name).items()),
            None if name.endswith("_fts") else _rows(connection, name),
        )
        for name in named
    )


@cache
def joins() -> tuple[Join, ...]:
    """How tables join: their foreign keys, and the numbers of rows in the indexes of words."""
    found = []
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.create(connection)
        for name, table in schema.tables().items():
            if name.endswith("_fts"):
                (options,) = connection.execute("select sql from sqlite_master where name = ?", [name]).fetchone()
                content = re.search(r"content = '(\w+)'", options)
                found += [Join(name, "rowid", content[1], "id")] if content else []
            elif table.kind == "table":
                query = 'select "from", "table", "to" from pragma_foreign_key_list(?) order by id desc'
                found += [Join(name, *row) for row in connection.execute(query, [name])]
    return tuple(found)


@cache
def _meanings(name: str) -> dict[str, str]:
    """What each column holds; one of a view without a comment of its own holds what that of its table does."""
    found = schema.tables()
    sources = {
        match[3]: found[match[1]].columns.get(match[2], "")
        for match in _AS.finditer(schema.script("views").partition(f"create view {name} ")[2].partition(";\n\n")[0])
        if match[1] in found
    }
    return {column: text or sources.get(column, "") for column, text in found[name].columns.items()}


def _rows(connection: sqlite3.Connection, name: str) -> int:
    """The number of rows; of a view that of the table it lists, for its joins add and drop none."""
    kind, sql = connection.execute("select type, sql from sqlite_master where name = ?", [name]).fetchone()
    match = _FROM.search(sql) if kind == "view" else None
    return int(connection.execute(f"select count(*) from {match[1] if match else name}").fetchone()[0])  # noqa: S608 — a name of ours
