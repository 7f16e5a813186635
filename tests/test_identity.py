"""The hash of what a corpus says: equal for the same raw files, however they are loaded; another for any other row."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from places import ROOT

from corpus_db.corpus import load
from corpus_db.reading.identity import ROWS, identity

TWO_PROCESSES = "from corpus_db.loading import engines\nengines._CHUNK = 4\n"


# Other interpreters, tried where they have the packages; CORPUS_DB_PYTHONS names more, as PATH names folders.
PYTHONS = [
    *os.environ.get("CORPUS_DB_PYTHONS", "").split(os.pathsep),
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
]


def program(*arguments: str | Path, **environment: str) -> str:
    """What the real program prints, in another environment."""
    command = [sys.executable, "-m", "corpus_db", *map(str, arguments)]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env).stdout


def hashed(db: Path) -> str:
    with closing(sqlite3.connect(db)) as connection:
        return identity(connection)


def test_it_is_the_hash_of_the_rows_as_json(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        rows = {name: connection.execute(query).fetchall() for name, query in ROWS.items()}
        assert identity(connection) == hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    assert len(rows["paragraphs"]) > 100


def test_info_prints_it(database: Path) -> None:
    assert program("info", "--hash", "--db", database) == f"{hashed(database)}\n"


@pytest.fixture(scope="session")
def turkish(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A Turkish locale, whose small letter of I is another one; skips where the system can't make one."""
    folder = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef") is None:
        pytest.skip("no `localedef` to make a locale with: install locales")
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
    if subprocess.run(command, capture_output=True, check=False).returncode > 1:
        pytest.skip("no source of a Turkish locale: install locales")
    return {"LOCPATH": str(folder), "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--jobs", "1"], {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
        (["--jobs", "2"], {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "PYTHONUTF8": "0"}),
    ],
)
def test_it_depends_on_nothing_around(
    folder: Path, database: Path, tmp_path: Path, options: list[str], environment: dict[str, str]
) -> None:
    """Processes, hash seed, time zone, locale: the real program gives the same hash."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(TWO_PROCESSES)
    path = f"{tmp_path / 'site'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    program("load", folder, "--db", tmp_path / "c.db", *options, **environment, PYTHONPATH=path)
    assert hashed(tmp_path / "c.db") == hashed(database)
    assert program("info", "--hash", "--db", tmp_path / "c.db", **environment) == f"{hashed(database)}\n"


def test_a_turkish_locale_makes_no_difference(
    folder: Path, database: Path, tmp_path: Path, turkish: dict[str, str]
) -> None:
    program("load", folder, "--db", tmp_path / "c.db", "--jobs", "1", **turkish)
    assert program("info", "--hash", "--db", tmp_path / "c.db", **turkish) == f"{hashed(database)}\n"


def version(python: str) -> str | None:
    """The version of an interpreter that has what the program needs; None of any other."""
    if shutil.which(python) is None:
        return None
    command = [python, "-c", "import sys, corpus_db.cli; print(*sys.version_info[:2], sep='.')"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env).stdout.strip() or None


def test_other_versions_of_python_make_no_difference(folder: Path, database: Path, tmp_path: Path) -> None:
    """Of Python, and of what comes with it: Unicode, regular expressions, SQLite, numpy."""
    found = {each: python for python in PYTHONS if (each := version(python))}
    found.pop("{}.{}".format(*sys.version_info), None)
    if not found:
        pytest.skip("no other version of Python here has the packages: name some in CORPUS_DB_PYTHONS")
    for each, python in found.items():
        db, env = tmp_path / f"{each}.db", {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [python, "-m", "corpus_db", "load", str(folder), "--db", str(db), "--jobs", "1"]
        subprocess.run(command, capture_output=True, check=False, env=env)
        assert hashed(db) == hashed(database), f"Python {each}"


def test_the_order_of_files_and_of_arrival_makes_no_difference(folder: Path, database: Path, tmp_path: Path) -> None:
    """Files made in the other order, and loaded in three steps, a wrong one among them."""
    raw, db = tmp_path / "raw", tmp_path / "corpus.db"
    raw.mkdir()
    (raw / "wrong.txt").write_text("A headline that goes away\n\nBy Bo Ray\n\nIt rained on Monday.\n")
    files = sorted((path for path in folder.rglob("*") if path.is_file()), reverse=True)
    for part in (files[:10], files[10:]):
        for path in part:
            target = raw / path.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)
        load(raw, db, jobs=1)
    (raw / "wrong.txt").unlink()
    load(raw, db, jobs=1)
    assert hashed(db) == hashed(database)
    load(raw, db, jobs=1, rebuild=True)
    assert hashed(db) == hashed(database)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("raw_files", "update raw_files set path = 'b.txt' where id = 1"),
        ("outlets", "update outlets set kind = 'agency' where id = 1"),
        ("authors", "update authors set name = 'Bo Ray' where id = 1"),
        ("articles", "update articles set published = '1999-01' where id = 1"),
        ("bylines", "update bylines set printed = 'BO RAY' where position = 2"),
        (
            "doubted_bylines",
            "insert into doubted_bylines select article_id, author_id, 9, name, printed from bylines limit 1",
        ),
        ("paragraphs", "update paragraphs set text = text || '.' where id = 1"),
        ("furniture", "update furniture set role = 'bio' where id = 1"),
        ("tags", "update tags set value = 'rain' where value in (select value from tags limit 1)"),
        (
            "facts",
            "update facts set start = start + 1, stop = stop + 1 where id = (select min(id) from facts where start > 0)",
        ),
        ("defects", "insert into defects (raw_file_id, kind, detail) values (1, 'no headline', 'x')"),
    ],
)
def test_another_row_is_another_hash(database: Path, tmp_path: Path, table: str, change: str) -> None:
    """Every table counts."""
    assert table in ROWS
    shutil.copyfile(database, tmp_path / "c.db")
    with closing(sqlite3.connect(tmp_path / "c.db")) as connection:
        assert connection.execute(change).rowcount > 0
        connection.commit()
        assert identity(connection) != hashed(database)


def test_ids_and_version_do_not_count(database: Path, tmp_path: Path) -> None:
    shutil.copyfile(database, tmp_path / "c.db")
    with closing(sqlite3.connect(tmp_path / "c.db")) as connection:
        connection.execute("update corpus set value = 'elsewhere' where name = 'raw'")
        connection.execute("update facts set id = id + 100000")
        connection.commit()
        assert identity(connection) == hashed(database)
