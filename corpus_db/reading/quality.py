"""What to check before counting: what was rejected, what is not stated, what is odd, and what stands out."""

import sqlite3
from datetime import date
from typing import NamedTuple

from corpus_db.reading.kept import kept
from corpus_db.reading.lists import Count, Line, number
from corpus_db.reading.setaside import Repeated, SetAside, repeated, set_aside
from corpus_db.reading.suspicion import Dates, Lengths, dates, lengths, lone_languages
from corpus_db.reading.totals import Totals, totals


class Reason(NamedTuple):
    """A reason for which raw files were rejected, how many were, and the first of them."""

    problem: str
    files: int
    paths: tuple[str, ...]


class Found(NamedTuple):
    """A defect of a file, and an article of that file, if it has one."""

    detail: str
    path: str
    key: str | None
    headline: str | None


class Defect(NamedTuple):
    """A kind of defect: how many there are, of how many files, and the first of them."""

    kind: str
    defects: int
    files: int
    found: tuple[Found, ...]


class Quality(NamedTuple):
    """All of it. `outlets` are those with an article; an outlet may also only be named as the first publisher."""

    totals: Totals
    version: str  # of corpus_db that built the corpus
    raw_files: int
    missing: int  # files that manifest.csv names, but that are not there
    outlets: int
    without_headline: int
    without_language: int
    without_tag: int
    doubted: int  # articles with a doubted byline
    syndicated: int  # articles that say they were first published elsewhere
    rejects: tuple[Reason, ...]
    defects: tuple[Defect, ...]
    dates: Dates
    lengths: Lengths
    languages: tuple[tuple[Count, tuple[Line, ...]], ...]
    set_aside: SetAside
    repeated: tuple[Repeated, ...]


_SHOWN = 5  # files of a reason, articles of a defect
_REJECTS = "select problem, count(*) from raw_files where outcome = 'rejected' group by 1 order by 2 desc, 1"
_PATHS = "select path from raw_files where outcome = 'rejected' and problem = ? order by path limit ?"
_DEFECTS = "select kind, count(*), count(distinct raw_file_id) from defects group by kind order by 2 desc, 1"
_FOUND = """
select detail, path, (select key from articles where raw_file_id = raw_files.id order by id limit 1),
    (select headline from articles where raw_file_id = raw_files.id order by id limit 1)
from defects join raw_files on raw_files.id = defects.raw_file_id
where defects.id in (select min(id) from defects where kind = ? group by raw_file_id order by 1 limit ?)
order by defects.id
"""
_COUNTS = {
    "raw_files": "select count(*) from raw_files where problem is null or problem not like 'stands in manifest.csv,%'",
    "missing": "select count(*) from raw_files where problem like 'stands in manifest.csv,%'",
    "outlets": "select count(distinct outlet_id) from articles",
    "without_headline": "select count(*) from articles where headline is null",
    "without_language": "select count(*) from articles where language is null",
    "without_tag": "select (select count(*) from articles) - (select count(distinct article_id) from tags)",
    "doubted": "select count(distinct article_id) from doubted_bylines",
    "syndicated": "select count(*) from articles where syndicated_from_id is not null",
}


def quality(connection: sqlite3.Connection, today: date) -> Quality:
    """What to check; `today` tells which dates are in the future."""
    return Quality(
        totals=_totals(connection),
        version=connection.execute("select value from corpus where name = 'version'").fetchone()[0],
        rejects=_rejects(connection),
        defects=_defects(connection),
        dates=dates(connection, today),
        lengths=lengths(connection),
        languages=lone_languages(connection),
        set_aside=set_aside(connection),
        repeated=repeated(connection),
        **_numbers(connection),
    )


_totals = kept(totals)


@kept
def _numbers(connection: sqlite3.Connection) -> dict[str, int]:
    return {name: number(connection, query) for name, query in _COUNTS.items()}


@kept
def _rejects(connection: sqlite3.Connection) -> tuple[Reason, ...]:
    return tuple(
        Reason(problem, files, tuple(path for (path,) in connection.execute(_PATHS, [problem, _SHOWN])))
        for problem, files in connection.execute(_REJECTS).fetchall()
    )


@kept
def _defects(connection: sqlite3.Connection) -> tuple[Defect, ...]:
    return tuple(
        Defect(kind, defects, files, tuple(Found(*row) for row in connection.execute(_FOUND, [kind, _SHOWN])))
        for kind, defects, files in connection.execute(_DEFECTS).fetchall()
    )
