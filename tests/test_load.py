"""A load brings the corpus up to date with the raw folder: same raw, same data, whatever happened on the way."""

import hashlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from tables import rows, tables

import corpus_db
from corpus_db.corpus import load
from corpus_db.errors import DatabaseError, UsageError
from corpus_db.records import Reject
from corpus_db.store import plan as planning
from corpus_db.store import vocabulary
from corpus_db.store.plan import Duplicate, Found, Known, Plan


def test_a_load_fills_every_table(database: Path) -> None:
    found = tables(database)
    assert {name for name, rows_ in found.items() if not rows_} <= {"doubted_bylines", "common_words"}
    assert Counter(row[5] for row in found["raw_files"]) == {"loaded": 35, "duplicate": 1, "rejected": 1}
    assert ("wire-again.txt", "same bytes as plain/wire.txt") in [(row[0], row[6]) for row in found["raw_files"]]
    assert ("picture.txt", "not text: a picture") in [(row[0], row[6]) for row in found["raw_files"]]


ARTICLE = """\
Clocks stay

By ANN LEE and T.Graham

Global Research, March 9, 2024

Theme: [Time](#)

The house voted to keep the clocks.

Why they stay

Nobody said why, not even the members who had voted for it.

This article was first published in The Cradle.
"""

WORDS = "clocks even for had house it keep members nobody not said the to voted who why"


def test_whole_rows_of_one_article(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(ARTICLE)
    load(tmp_path / "raw", tmp_path / "c.db", jobs=1)
    sha256 = hashlib.sha256(ARTICLE.encode()).hexdigest()
    outlet = ("globalresearch.ca", "Global Research", "globalresearch.ca", "CA", "website")
    dateline = "Global Research, March 9, 2024"
    row = ("a.txt", sha256, "loaded", None, None)
    signature = hashlib.sha256(repr(row).encode()).hexdigest()
    assert rows(tmp_path / "c.db") == {
        "raw_files": [(1, "a.txt", sha256, 249, "plain text", "utf-8", "loaded", None, None)],
        "outlets": [(1, *outlet), (2, "thecradle.co", "The Cradle", "thecradle.co", "LB", "website")],
        "authors": [(1, "ann lee", "Ann Lee"), (2, "t graham", "T. Graham")],
        "articles": [
            (1, sha256[:16], 1, 1, "Clocks stay", None, dateline, "2024-03-09", "en", None, 2, 2, 19, 2024, "2024-03")
        ],
        "bylines": [(1, 1, 1, "Ann Lee", "ANN LEE"), (1, 2, 2, "T. Graham", "T.Graham")],
        "paragraphs": [
            (1, 1, 1, None, "The house voted to keep the clocks.", 88, 123),
            (2, 1, 2, "Why they stay", "Nobody said why, not even the members who had voted for it.", 140, 199),
        ],
        "furniture": [
            (1, 1, 1, 1, "headline", "Clocks stay", 0, 11),
            (2, 1, 1, 2, "byline", "By ANN LEE and T.Graham", 13, 36),
            (3, 1, 1, 3, "dateline", dateline, 38, 68),
            (4, 1, 1, 4, "tag", "Theme: Time", 70, 86),
            (5, 1, 1, 5, "crosshead", "Why they stay", 125, 138),
            (6, 1, 1, 6, "credit", "This article was first published in The Cradle.", 201, 248),
        ],
        "tags": [(1, "theme", "Time")],
        "facts": [
            (1, 1, "headline", "Clocks stay", "Clocks stay", "headline", 0, 11),
            (2, 1, "dateline", dateline, dateline, "dateline", 38, 68),
            (3, 1, "author", "Ann Lee", "ANN LEE", "byline", 16, 23),
            (4, 1, "author", "T. Graham", "T.Graham", "byline", 28, 36),
            (5, 1, "outlet", "Global Research", "Global Research", "dateline", 38, 53),
            (6, 1, "syndicated_from", "The Cradle", "The Cradle", "credit", 237, 247),
            (7, 1, "published", "2024-03-09", "March 9, 2024", "dateline", 55, 68),
            (8, 1, "language", "en", "", "body text", 88, 199),
            (9, 1, "theme", "Time", "Time", "tag", 78, 82),
        ],
        "defects": [],
        "doubted_bylines": [],
        "article_counts": [(1, "2024-03", "en", 1, 2, 19, 1)],
        "author_counts": [
            (1, 1, 2, 19, "2024-03-09", "2024-03-09"),
            (2, 1, 2, 19, "2024-03-09", "2024-03-09"),
        ],
        "tag_counts": [("theme", "Time", 1, 2, 19)],
        "role_counts": [
            (1, "byline", 1, 5),
            (1, "credit", 1, 8),
            (1, "crosshead", 1, 3),
            (1, "dateline", 1, 5),
            (1, "headline", 1, 2),
            (1, "tag", 1, 2),
        ],
        "words": [(word, 1 + (word in ("the", "voted"))) for word in WORDS.split()],
        "common_words": [],
        "corpus": [("files", signature), ("raw", "raw"), ("version", corpus_db.__version__)],
    }


def test_fresh_loads_give_the_same_ids(folder: Path, database: Path, tmp_path: Path) -> None:
    load(folder, tmp_path / "again.db", jobs=1)
    first, second = rows(database), rows(tmp_path / "again.db")
    first["corpus"] = second["corpus"] = []
    assert first == second


def test_one_process_or_two(folder: Path, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.loading.engines._CHUNK", 2)
    load(folder, tmp_path / "two.db", jobs=2)
    first, second = rows(database), rows(tmp_path / "two.db")
    first["corpus"] = second["corpus"] = []
    assert first == second


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_arrival(
    folder: Path, common: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten incremental loads, files coming, changing and going in any order, end where a fresh load does."""
    monkeypatch.setattr(vocabulary, "LEAST", 3)
    monkeypatch.setattr(vocabulary, "BLOCK", 64)
    chance = random.Random(seed)
    raw, db = tmp_path / "raw", tmp_path / "corpus.db"
    files = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    raw.mkdir()
    for step in range(10):
        for name in files:
            target = raw / name
            target.parent.mkdir(exist_ok=True)
            if chance.random() < 0.2:
                target.unlink(missing_ok=True)
            elif chance.random() < 0.2 and name.suffix in (".txt", ".md"):
                target.write_bytes((folder / chance.choice(files)).read_bytes())
            elif step > 6 or chance.random() < 0.4:
                shutil.copyfile(folder / name, target)
        load(raw, db, jobs=1)
    shutil.copytree(folder, raw, dirs_exist_ok=True)
    load(raw, db, jobs=1)
    assert tables(db) == tables(common)


def test_loading_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "corpus.db"
    load(folder, db, jobs=1)
    before = db.read_bytes(), db.stat().st_mtime_ns
    again = load(folder, db, jobs=1)
    assert (db.read_bytes(), db.stat().st_mtime_ns) == before
    assert again.outcomes == {"unchanged": 37}
    assert not again.fresh


def test_only_what_changed_is_touched(folder: Path, tmp_path: Path) -> None:
    raw, db = tmp_path / "raw", tmp_path / "corpus.db"
    shutil.copytree(folder, raw)
    load(raw, db, jobs=1)
    before = rows(db)
    (raw / "plain" / "blog.txt").write_text("A new headline for it\n\nBy Bo Ray\n\nIt rained on Monday.\n")
    (raw / "plain" / "mail.txt").unlink()
    (raw / "new.txt").write_text("One more\n\nIt rained on Tuesday.\n")
    assert load(raw, db, jobs=1).outcomes == {"loaded": 2, "unchanged": 35, "vanished": 1}
    after = rows(db)
    kept = {row[0] for row in before["raw_files"] if row[1] not in ("plain/blog.txt", "plain/mail.txt")}
    for name, column in (("raw_files", 0), ("articles", 2), ("furniture", 1), ("defects", 1)):
        assert [row for row in before[name] if row[column] in kept] == [
            row for row in after[name] if row[column] in kept
        ]


def test_the_first_of_equal_files_is_loaded(tmp_path: Path) -> None:
    raw, db = tmp_path / "raw", tmp_path / "corpus.db"
    raw.mkdir()
    text = "A headline\n\nIt rained on Monday.\n"
    (raw / "b.txt").write_text(text)
    load(raw, db, jobs=1)
    (raw / "a.txt").write_text(text)
    (raw / "c.txt").write_text(text)
    load(raw, db, jobs=1)
    assert {row[1]: (row[6], row[7]) for row in rows(db)["raw_files"]} == {
        "a.txt": ("loaded", None),
        "b.txt": ("duplicate", "same bytes as a.txt"),
        "c.txt": ("duplicate", "same bytes as a.txt"),
    }
    (raw / "a.txt").unlink()
    load(raw, db, jobs=1)
    assert {row[1]: row[6] for row in rows(db)["raw_files"]} == {"b.txt": "loaded", "c.txt": "duplicate"}
    assert len(rows(db)["articles"]) == 1


def test_the_name_of_an_author_is_the_one_most_printed(tmp_path: Path) -> None:
    raw, db = tmp_path / "raw", tmp_path / "corpus.db"
    raw.mkdir()
    for name, author in (("a", "JOSE PENA"), ("b", "José Peña"), ("c", "José Peña")):
        (raw / f"{name}.txt").write_text(
            f"A headline of {name} things\n\nBy {author}\n\nIt rained on Monday in {name}.\n"
        )
    load(raw, db, jobs=1)
    assert rows(db)["authors"] == [(1, "jose pena", "José Peña")]
    (raw / "b.txt").unlink()
    (raw / "c.txt").unlink()
    load(raw, db, jobs=1)
    assert rows(db)["authors"] == [(1, "jose pena", "Jose Pena")]


def test_the_manifest_fills_gaps_and_wins_where_it_says_so(tmp_path: Path) -> None:
    raw, db = tmp_path / "raw", tmp_path / "corpus.db"
    raw.mkdir()
    (raw / "a.txt").write_text("A headline for this\n\nBy Ann Lee\n\nMarch 3, 2024\n\nIt rained on Monday.\n")
    (raw / "manifest.csv").write_text(
        "path,outlet,authors,published,tags,url,wins\n"
        'a.txt,The Valley Gazette,"Bo Ray, Max Braun",2024-03-04,"rain, weather",https://valleygazette.example/a,published\n'
        "gone.txt,,,,,,\n"
    )
    load(raw, db, jobs=1)
    found = tables(db)
    key, _, outlet, *_, published, _, url, _, _, _, _, _ = found["articles"][0]
    assert (outlet, published, url) == ("valleygazette", "2024-03-04", "https://valleygazette.example/a")
    assert found["authors"] == [("ann lee", "Ann Lee")]
    assert found["tags"] == [(key, "topic", "rain"), (key, "topic", "weather")]
    assert (key, "published", "2024-03-04", "2024-03-04", "manifest", None, None) in found["facts"]
    assert ("gone.txt", "stands in manifest.csv, but there is no such file") in [
        (row[0], row[6]) for row in found["raw_files"]
    ]
    (raw / "manifest.csv").write_text("path,authors\na.txt,Bo Ray\n")
    assert load(raw, db, jobs=1).outcomes == {"loaded": 1, "unchanged": 0, "vanished": 1}
    assert tables(db)["outlets"] == []


@pytest.mark.parametrize("nothing", ["NA", "nan", "NULL", "N/A"])
def test_what_a_manifest_leaves_open_as_programs_write_it(nothing: str, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("A headline for this\n\nBy Ann Lee\n\nIt rained on Monday.\n")
    columns = "path,url,outlet,authors,published,language,tags"
    (tmp_path / "raw" / "manifest.csv").write_text(f"{columns}\na.txt{f',{nothing}' * 6}\n")
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    found = tables(tmp_path / "corpus.db")
    assert {row[1]: row[4] for row in found["facts"]} == {"headline": "headline", "author": "byline"}
    assert found["defects"] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("path,url\n,x\n", "row 2 has no `path`"),
        ("file,url\na,x\n", "no column `path` in its first line: file,url"),
        ("path\na.txt\na.txt\n", "row 3: a.txt stands there twice"),
        ("", "empty file"),
    ],
)
def test_a_broken_manifest_is_a_clear_error(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "manifest.csv").write_text(text)
    with pytest.raises(UsageError, match=problem):
        load(tmp_path, tmp_path / "c.db", jobs=1)


def test_a_missing_folder_and_a_file_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        load(tmp_path / "nix", tmp_path / "c.db")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="not a folder"):
        load(tmp_path / "file", tmp_path / "c.db")


def test_another_database_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table mine (x)")
    with pytest.raises(DatabaseError, match="an SQLite database, but no corpus"):
        load(tmp_path / "raw", other)
    (tmp_path / "text.db").write_text("not a database, but long enough to be taken for one" * 50)
    with pytest.raises(DatabaseError, match="is it a corpus database"):
        load(tmp_path / "raw", tmp_path / "text.db")
    for name in ("other.db", "text.db"):
        with pytest.raises(DatabaseError, match="no corpus: choose another file, or remove it first"):
            load(tmp_path / "raw", tmp_path / name, rebuild=True)


def test_a_corpus_of_another_folder_is_never_emptied(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "corpus.db"
    load(folder, db, jobs=1)
    (tmp_path / "raw").mkdir()
    with pytest.raises(UsageError, match="choose another --db, or --rebuild"):
        load(tmp_path / "raw", db)
    load(tmp_path / "raw", db, rebuild=True)
    assert tables(db)["articles"] == []


def test_a_corpus_of_another_version_is_built_anew(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "corpus.db"
    load(folder, db, jobs=1)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("update corpus set value = '0.0.1' where name = 'version'")
    assert load(folder, db, jobs=1).fresh
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("pragma user_version = 0")
    assert load(folder, db, jobs=1).fresh
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(DatabaseError, match="made by a newer corpus_db"):
        load(folder, db, jobs=1)


def test_a_load_waits_for_no_other(folder: Path, tmp_path: Path) -> None:
    lock = tmp_path / "corpus.db.lock"
    with closing(sqlite3.connect(lock, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(DatabaseError, match=r"corpus\.db: another load is at work on it: wait"):
            load(folder, tmp_path / "corpus.db", jobs=1)
    load(folder, tmp_path / "corpus.db", jobs=1)
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.db"]


def test_a_file_that_changes_while_it_is_loaded_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("It rained on Monday.")
    monkeypatch.setattr("corpus_db.loading.engines.fingerprint", lambda _, name: (name, "0" * 64, 3))
    loaded = load(tmp_path / "raw", tmp_path / "c.db", jobs=1)
    assert [reject.problem for reject in loaded.rejects] == ["changed while it was loaded: load again"]
    monkeypatch.undo()
    assert load(tmp_path / "raw", tmp_path / "c.db", jobs=1).outcomes["loaded"] == 1


def test_a_mistake_of_ours_rejects_the_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    for name in ("a", "b"):
        (tmp_path / "raw" / f"{name}.txt").write_text(f"It rained on Monday in {name}.")
    parse = corpus_db.loading.pipeline.parse

    def broken(root: Path, path: str, stated: tuple = ()) -> object:
        return parse(root, path, stated) if path == "a.txt" else 1 / 0

    monkeypatch.setattr("corpus_db.loading.pipeline.parse", broken)
    loaded = load(tmp_path / "raw", tmp_path / "c.db", jobs=1)
    assert loaded.outcomes["loaded"] == 1
    assert loaded.rejects == (Reject("b.txt", "internal error, please report it: ZeroDivisionError: division by zero"),)


def test_a_killed_load_leaves_the_last_good_corpus(folder: Path, database: Path, tmp_path: Path) -> None:
    """Fresh and incremental loads, killed at many moments: the old corpus stays whole, the next load ends the work."""
    raw, db, done = tmp_path / "raw", tmp_path / "corpus.db", tables(database)
    shutil.copytree(folder, raw)
    chance = random.Random(1)
    for step in range(12):
        before = tables(db) if db.exists() else None
        for name in sorted(raw.rglob("*.txt")):
            if chance.random() < 0.3:
                name.write_text(f"A headline number {step}\n\nIt rained on day {step} in {name.stem}.\n" * (step + 1))
        delay = chance.uniform(0.25, 2.2)
        program = [sys.executable, "-m", "corpus_db", "load", str(raw), "--db", str(db), "--jobs", "1"]
        process = subprocess.Popen([*program, *(["--rebuild"] if step % 3 == 0 else [])], stdout=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if db.exists():
            after = tables(db)
            if process.returncode == -signal.SIGKILL and before is not None and after != before:
                load(raw, tmp_path / "whole.db", jobs=1, rebuild=True)
                assert after == tables(tmp_path / "whole.db"), "neither the old corpus nor the new one"
    shutil.copytree(folder, raw, dirs_exist_ok=True)
    load(raw, db, jobs=1)
    assert tables(db) == done


def found(path: str, sha256: str = "a", manifest: str | None = None) -> Found:
    return Found(path, path, sha256, 1, manifest)


def test_plan() -> None:
    known = [
        Known(1, "a", "a", "loaded", None, None),
        Known(2, "b", "b", "loaded", None, None),
        Known(3, "c", "a", "duplicate", "same bytes as a", None),
        Known(4, "d", None, "rejected", "unreadable", None),
        Known(5, "e", "e", "rejected", "no body text", None),
        Known(6, "gone", "g", "loaded", None, None),
    ]
    folder = [
        found("a"),
        found("b", "B"),
        found("c"),
        Reject("d", "unreadable"),
        found("e", "e", "{}"),
        found("f", "B"),
    ]
    assert planning.plan(folder, known) == Plan(
        [found("b", "B"), found("e", "e", "{}"), Duplicate(found("f", "B"), "b")], [2, 5, 6], unchanged=3, vanished=1
    )


def test_the_manifest_of_a_duplicate_counts_too(tmp_path: Path) -> None:
    raw, db = tmp_path / "raw", tmp_path / "corpus.db"
    raw.mkdir()
    for name in ("a.txt", "b.txt"):
        (raw / name).write_text("A headline for this\n\nIt rained on Monday.\n")
    (raw / "manifest.csv").write_text("path;outlet;published\nb.txt;The Valley Gazette;2024-03-04\n")
    load(raw, db, jobs=1)
    (article,) = tables(db)["articles"]
    assert (article[1], article[2], article[6]) == ("a.txt", "valleygazette", "2024-03-04")


def test_a_day_that_has_not_come_is_none_of_publication(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    body = "It rained in the valley on Monday, and the clerk of the council said that the dam would hold.\n" * 3
    (tmp_path / "raw" / "a.md").write_text(f"---\ntitle: A dam that holds\ndate: 2090-09-30\n---\n{body}")
    (tmp_path / "raw" / "b.md").write_text(f"---\ntitle: A dam that held\ndate: 1950-09-30\n---\n{body}")
    load(tmp_path / "raw", tmp_path / "corpus.db", jobs=1)
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        assert connection.execute("select published from articles order by id").fetchall() == [(None,), ("1950-09-30",)]
        (defect,) = connection.execute("select detail from defects where kind = 'date in the future'")
        assert defect[0] == "published 2090-09-30 (front matter): left out"
