"""The corpora that are measured: raw files laid out, the records of a corpus that is built, copies of it.

A copy of a raw file is its bytes with some newlines behind: another hash, another key, the same spans, so that a corpus
of copies is the one that a load of them gives. Its records are read from the corpus instead of being parsed; from there
on all is the real thing: writer, indexes, full text. Words do not grow with copies: all of them are in the first.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from corpus_db.records import Article, Byline, Defect, Fact, Outlet, Parsed, Part, Reject, Role, Tag
from corpus_db.store import transaction, writer
from corpus_db.store.plan import Duplicate, Found

ROOT = Path(__file__).resolve().parent.parent.parent
BENCH = Path(os.environ.get("CORPUS_DB_BENCH", ROOT.parent / "shared" / "bench"))
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "corpus_db-bench"  # labelled pages
Record = Parsed | Reject | Duplicate
TABLES = (
    "raw_files",
    "outlets",
    "authors",
    "articles",
    "bylines",
    "doubted_bylines",
    "paragraphs",
    "furniture",
    "tags",
    "facts",
    "defects",
)

_FILES = "select id, path, sha256, bytes, format, encoding, outcome, problem from raw_files order by path"
_ARTICLES = """
select id, raw_file_id, outlet_id, headline, standfirst, dateline, published, language, url, syndicated_from_id
from articles order by raw_file_id, id
"""
_PARTS = """
select article_id, 'paragraph', text, start, stop, crosshead from paragraphs
union all select article_id, role, text, start, stop, null from furniture order by 1, 4
"""
_BYLINES = """
select article_id, key, printed_name, printed from (
    select article_id, author_id, position, name as printed_name, printed from bylines
    union all select article_id, author_id, position, name, printed from doubted_bylines
) join authors on authors.id = author_id order by article_id, position
"""
_TAGS = "select article_id, scheme, value from tags order by article_id"
_FACTS = "select article_id, field, value, printed, source, start, stop from facts order by article_id, id"
_DEFECTS = "select raw_file_id, kind, detail from defects where kind <> 'doubted author' order by id"


def lay(folder: Path, count: int) -> None:
    """`count` raw files below `folder`."""
    if (BENCH / "lay_abp.py").exists():
        subprocess.run([sys.executable, BENCH / "lay_abp.py", folder, "--n", str(count)], check=True, stdout=sys.stderr)
        return
    print(f"no articles at {BENCH}: measuring on copies of a golden sample", file=sys.stderr)
    folder.mkdir()
    text = (ROOT / "tests" / "golden" / "plain" / "wire.txt").read_text(encoding="utf-8")
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(f"Number {number}\n\n{text}", encoding="utf-8")


def records(connection: sqlite3.Connection) -> Iterator[Record]:
    """What a load wrote to a corpus, file by file in path order."""
    outlets = {
        row[0]: Outlet(*row[1:], known="." in row[1])
        for row in connection.execute("select id, key, name, domain, country, kind from outlets")
    }
    articles = _by_file(connection, outlets)
    defects: dict[int, list[Defect]] = defaultdict(list)
    for raw_file_id, *defect in connection.execute(_DEFECTS):
        defects[raw_file_id].append(Defect(*defect))
    hashes: dict[str, str] = {}
    for raw_file_id, path, sha256, size, form, encoding, outcome, problem in connection.execute(_FILES):
        if outcome == "loaded":
            hashes[sha256] = path
            own = tuple(articles[raw_file_id])
            yield Parsed(path, sha256, size, form, encoding, own, tuple(defects[raw_file_id]))
        elif outcome == "duplicate":
            yield Duplicate(Found(path, path, sha256, size), hashes.get(sha256, problem.removeprefix("same bytes as ")))
        else:
            yield Reject(path, problem, sha256, size)


def _by_file(connection: sqlite3.Connection, outlets: dict[int, Outlet]) -> dict[int, list[Article]]:
    """The articles of each raw file by its id."""
    parts, bylines, tags, facts = (_by_article(connection, query) for query in (_PARTS, _BYLINES, _TAGS, _FACTS))
    found: dict[int, list[Article]] = defaultdict(list)
    for article_id, raw_file_id, outlet, *said, origin in connection.execute(_ARTICLES):
        headline, standfirst, dateline, published, language, url = said
        found[raw_file_id].append(
            Article(
                parts=tuple(Part(Role(role), *rest) for role, *rest in parts[article_id]),
                headline=headline,
                standfirst=standfirst,
                dateline=dateline,
                outlet=outlets.get(outlet),
                bylines=tuple(Byline(*each) for each in bylines[article_id]),
                published=published,
                language=language,
                url=url,
                syndicated_from=outlets.get(origin),
                tags=tuple(Tag(*each) for each in tags[article_id]),
                facts=tuple(Fact(*each) for each in facts[article_id]),
            )
        )
    return found


def _by_article(connection: sqlite3.Connection, query: str) -> dict[int, list[Any]]:
    """Rows by their first column, an id of an article, without it."""
    groups = groupby(connection.execute(query), itemgetter(0))
    return defaultdict(list, {article_id: [row[1:] for row in rows] for article_id, rows in groups})


def write(held: Iterator[Record] | list[Record], db: Path, raw: Path) -> None:
    """A fresh corpus of records, as a load of the folder `raw` writes it."""
    with transaction.alone(db), transaction.fresh(db) as opened:
        target = writer.Writer(opened, os.path.relpath(raw, db.parent).replace(os.sep, "/"))
        for record in held:
            target.write(record)
        target.finish()


def multiply(built: Path, raw: Path, copies: int, folder: Path) -> Path:
    """A corpus of so many copies of one that is built of the folder `raw`, in `folder` beside its raw files."""
    db, copied = folder / "corpus.db", folder / "raw"
    with closing(sqlite3.connect(f"file:{built}?mode=ro", uri=True)) as connection:
        held = list(records(connection))
    write((each for number in range(copies) for each in _copied(held, number, raw, copied)), db, copied)
    return db


def _copied(held: list[Record], number: int, raw: Path, copied: Path) -> Iterator[Record]:
    """A copy of all records, and of their raw files."""
    behind = b"\n" * number
    for each in held:
        path = f"{number:03}/{each.found.path if isinstance(each, Duplicate) else each.path}"
        target = copied / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = (raw / path.partition("/")[2]).read_bytes() + behind
        target.write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        if isinstance(each, Parsed | Reject):
            yield replace(each, path=path, sha256=sha256, size=len(data))
        else:
            yield Duplicate(Found(path, path, sha256, len(data)), f"{number:03}/{each.of}")
