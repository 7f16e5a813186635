"""The one writer: records -> rows, in batches within one transaction. Where that happens: transaction.py."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from corpus_db import __version__
from corpus_db.records import Article, Outlet, Parsed, Reject, Role
from corpus_db.store import counts, indexes, schema
from corpus_db.store.plan import Duplicate, Known, problem

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = tuple[Any, ...]

_COLUMNS = {
    "raw_files": "id, path, sha256, bytes, format, encoding, outcome, problem, manifest",
    "outlets": "id, key, name, domain, country, kind",
    "authors": "id, key, name",
    "articles": "id, key, raw_file_id, outlet_id, headline, standfirst, dateline, published, language, url, "
    "syndicated_from_id, paragraph_count, word_count",
    "bylines": "article_id, author_id, position, name, printed",
    "paragraphs": "id, article_id, position, crosshead, text, start, stop",
    "furniture": "id, raw_file_id, article_id, position, role, text, start, stop",
    "tags": "article_id, scheme, value",
    "facts": "id, article_id, field, value, printed, source, start, stop",
    "defects": "id, raw_file_id, kind, detail",
}
_INSERT = {
    name: f"insert into {name} ({columns}) values ({', '.join('?' * (columns.count(',') + 1))})"  # noqa: S608 — our own names
    for name, columns in _COLUMNS.items()
}
_STALE_ARTICLES = "(select id from articles where raw_file_id in (select id from temp.stale))"
_STALE_AUTHORS = f"select author_id from bylines where article_id in {_STALE_ARTICLES}"  # noqa: S608
_STALE_OUTLETS = f"""
select outlet_id from articles where id in {_STALE_ARTICLES} and outlet_id is not null
union select syndicated_from_id from articles where id in {_STALE_ARTICLES} and syndicated_from_id is not null
"""  # noqa: S608
_BATCH = 20_000  # rows held back: enough that a statement's cost does not count


def known(db: "Database") -> list[Known]:
    """The raw files that a corpus holds."""
    return [Known(*row) for row in db.execute("select id, path, sha256, outcome, problem, manifest from raw_files")]


class Writer:
    """Gives ids to records and writes their rows."""

    def __init__(self, db: "Database", raw: str) -> None:
        """`raw` is the raw folder as seen from the database."""
        self._db = db
        self._rows: dict[str, list[Row]] = {name: [] for name in _INSERT}
        self._held = 0
        self._next: Counter[str] = Counter(
            {name: self._last_id(name) for name in _INSERT if name not in ("bylines", "tags")}
        )
        self._outlets: dict[str, int] = dict(db.execute("select key, id from outlets").fetchall())
        self._authors: dict[str, int] = dict(db.execute("select key, id from authors").fetchall())
        self._before = dict(self._next)  # the last ids of what was there
        self._grows = self._before["raw_files"] > 0  # adds to a corpus, rather than filling a new one
        self._touched_authors: set[int] = set()
        self._touched_outlets: set[int] = set()
        db.conn.executemany("insert or replace into corpus values (?, ?)", [("version", __version__), ("raw", raw)])

    def _last_id(self, name: str) -> int:
        return int(self._db.execute(f"select coalesce(max(id), 0) from {name}").fetchone()[0])  # noqa: S608 — our own names

    def _id(self, name: str) -> int:
        self._next[name] += 1
        return self._next[name]

    def remove(self, raw_file_ids: Iterable[int]) -> None:
        """Take the rows of raw files out of the corpus."""
        self._db.execute("create temp table stale (id integer primary key)")
        self._db.conn.executemany("insert into temp.stale values (?)", ((each,) for each in raw_file_ids))
        self._touched_authors.update(row[0] for row in self._db.execute(_STALE_AUTHORS))
        self._touched_outlets.update(row[0] for row in self._db.execute(_STALE_OUTLETS))
        indexes.forget(self._db.conn)
        for name in ("bylines", "doubted_bylines", "paragraphs", "tags", "facts"):
            self._db.execute(f"delete from {name} where article_id in {_STALE_ARTICLES}")  # noqa: S608 — our own names
        for name in ("furniture", "defects", "articles"):
            self._db.execute(f"delete from {name} where raw_file_id in (select id from temp.stale)")  # noqa: S608
        self._db.execute("delete from raw_files where id in (select id from temp.stale)")
        self._db.execute("drop table temp.stale")

    def write(self, record: Parsed | Reject | Duplicate, manifest: str | None = None) -> None:
        """The rows of a raw file."""
        raw_file_id = self._id("raw_files")
        match record:
            case Parsed():
                row: Row = (
                    record.path,
                    record.sha256,
                    record.size,
                    record.format,
                    record.encoding,
                    "loaded",
                    None,
                    manifest,
                )
                self._add("raw_files", (raw_file_id, *row))
                for defect in (*record.defects, *(defect for article in record.articles for defect in article.defects)):
                    self._add("defects", (self._id("defects"), raw_file_id, *defect))
                for number, article in enumerate(record.articles, 1):
                    key = record.sha256[:16] if len(record.articles) == 1 else f"{record.sha256[:16]}-{number}"
                    self._article(raw_file_id, key, article)
            case Reject():
                self._add(
                    "raw_files",
                    (
                        raw_file_id,
                        record.path,
                        record.sha256,
                        record.size,
                        None,
                        None,
                        "rejected",
                        record.problem,
                        manifest,
                    ),
                )
            case Duplicate():
                found = record.found
                row = (
                    raw_file_id,
                    found.path,
                    found.sha256,
                    found.size,
                    None,
                    None,
                    "duplicate",
                    problem(record),
                    manifest,
                )
                self._add("raw_files", row)
        if self._held > _BATCH:
            self.flush()

    def _article(self, raw_file_id: int, key: str, article: Article) -> None:
        article_id = self._id("articles")
        body = [part for part in article.parts if part.role is Role.PARAGRAPH]
        words = sum(len(part.text.split()) for part in body)
        said = (
            article.headline,
            article.standfirst,
            article.dateline,
            article.published,
            article.language,
            article.url,
        )
        outlet, origin = self._outlet(article.outlet), self._outlet(article.syndicated_from)
        self._add("articles", (article_id, key, raw_file_id, outlet, *said, origin, len(body), words))
        for position, byline in enumerate(article.bylines, 1):
            self._add(
                "bylines", (article_id, self._author(byline.key, byline.name), position, byline.name, byline.printed)
            )
        for position, part in enumerate(body, 1):
            self._add(
                "paragraphs",
                (self._id("paragraphs"), article_id, position, part.crosshead, part.text, part.start, part.stop),
            )
        rest = (part for part in article.parts if part.role is not Role.PARAGRAPH)
        for position, part in enumerate(rest, 1):
            self._add(
                "furniture",
                (self._id("furniture"), raw_file_id, article_id, position, part.role, part.text, part.start, part.stop),
            )
        for tag in article.tags:
            self._add("tags", (article_id, *tag))
        for fact in article.facts:
            self._add("facts", (self._id("facts"), article_id, *fact))

    def _outlet(self, outlet: Outlet | None) -> int | None:
        if outlet is None:
            return None
        if outlet.key not in self._outlets:
            self._outlets[outlet.key] = self._id("outlets")
            self._add(
                "outlets",
                (self._outlets[outlet.key], outlet.key, outlet.name, outlet.domain, outlet.country, outlet.kind),
            )
        if not outlet.known:
            self._touched_outlets.add(self._outlets[outlet.key])
        return self._outlets[outlet.key]

    def _author(self, key: str, name: str) -> int:
        if key not in self._authors:
            self._authors[key] = self._id("authors")
            self._add("authors", (self._authors[key], key, name))
        self._touched_authors.add(self._authors[key])
        return self._authors[key]

    def _add(self, name: str, row: Row) -> None:
        self._rows[name].append(row)
        self._held += 1

    def flush(self) -> None:
        """Write the rows that were held back."""
        for name, rows in self._rows.items():
            if rows:
                self._db.conn.executemany(_INSERT[name], rows)
                if self._grows:
                    indexes.remember(self._db.conn, name, rows)
                rows.clear()
        self._held = 0

    def finish(self) -> None:
        """Write what is left and all that is derived: of a fresh corpus at once, else what the change touched."""
        self.flush()
        if self._grows:
            indexes.complete(self._db.conn, self._before["raw_files"], self._before["paragraphs"])
        else:
            schema.create_indexes(self._db.conn)
        indexes.doubt(self._db.conn)
        indexes.settle(self._db.conn, self._touched_authors, self._touched_outlets)
        indexes.sign(self._db.conn)
        if self._grows:
            counts.build(self._db.conn)
        else:
            indexes.build(self._db.conn)
