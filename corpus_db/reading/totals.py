"""What a corpus holds, in numbers."""

import sqlite3
from typing import NamedTuple


class Reject(NamedTuple):
    """A raw file that was rejected, and why."""

    path: str
    problem: str


class Totals(NamedTuple):
    """Counts over the whole corpus; dates in ISO 8601, None where no article has one."""

    loaded: int
    duplicate: int
    rejected: int
    articles: int
    outlets: int
    authors: int
    paragraphs: int
    words: int
    undated: int
    without_outlet: int
    without_author: int
    defects: int
    first: str | None
    last: str | None
    languages: tuple[tuple[str | None, int], ...]  # most articles first


def totals(connection: sqlite3.Connection) -> Totals:
    """The counts of a corpus."""
    outcomes = dict(connection.execute("select outcome, count(*) from raw_files group by outcome").fetchall())
    counts = connection.execute(
        """select coalesce(sum(articles), 0), coalesce(sum(paragraphs), 0), coalesce(sum(words), 0),
               coalesce(sum(articles) filter (where month is null), 0),
               coalesce(sum(articles) filter (where outlet_id is null), 0),
               (select min(published) from articles), (select max(published) from articles)
           from article_counts"""
    ).fetchone()
    languages = connection.execute(
        "select language, sum(articles) from article_counts group by language order by 2 desc, 1"
    ).fetchall()
    return Totals(
        loaded=outcomes.get("loaded", 0),
        duplicate=outcomes.get("duplicate", 0),
        rejected=outcomes.get("rejected", 0),
        articles=counts[0],
        outlets=_count(connection, "select count(*) from outlets"),
        authors=_count(connection, "select count(*) from authors"),
        paragraphs=counts[1],
        words=counts[2],
        undated=counts[3],
        without_outlet=counts[4],
        without_author=counts[0] - _count(connection, "select count(distinct article_id) from bylines"),
        defects=_count(connection, "select count(*) from defects"),
        first=counts[5],
        last=counts[6],
        languages=tuple(languages),
    )


def rejects(connection: sqlite3.Connection, limit: int = 10) -> list[Reject]:
    """The first rejected files in path order."""
    query = "select path, problem from raw_files where outcome = 'rejected' order by path limit ?"
    return [Reject(*row) for row in connection.execute(query, [limit])]


def _count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
