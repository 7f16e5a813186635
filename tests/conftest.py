"""What several tests share: where samples are, and a corpus of them."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from places import BENCH, GOLDEN, samples

from corpus_db.corpus import load
from corpus_db.reading import opening
from corpus_db.store import vocabulary

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

# The same made-up examples in every run, so that a run says something of the change; others where CORPUS_DB_ALL is set.
# No test fails for how long it takes: a machine may have other things to do.
settings.register_profile(
    "steady",
    derandomize="CORPUS_DB_ALL" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# Files whose tests take or wait longest: begun first, so that no process is left with one of them at the end.
FIRST = (
    "barriers",
    "injection",
    "faults",
    "load_whole",
    "browser",
    "search",
    "gate",
    "invariants",
    "identity",
    "load",
    "export_whole",
    "query",
)
# A process runs a file of tests, what it shares made once; of these, which take minutes, the tests with a word each.
PARTED = {"test_injection": ("of raw files", "of every text")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files that take longest first, each in one process or a few."""
    place = {f"test_{name}": number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))
    for item in items:
        name = item.path.stem
        part = next((word for word in PARTED.get(name, ()) if word in item.name), "the rest")
        item.add_marker(pytest.mark.xdist_group(f"{name}, {part}"))


@pytest.fixture(scope="session")
def bench() -> Path:
    """The labelled pages and real samples, unpacked; they are never part of the project."""
    if not (BENCH / "lay").exists():
        pytest.skip(f"no labelled pages at {BENCH}: set CORPUS_DB_BENCH to where they are")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "corpus_db-bench"
    subprocess.run([BENCH / "lay", cache], check=True)
    return cache


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw folder of all samples, a duplicate, a reject and a manifest."""
    root = tmp_path_factory.mktemp("samples") / "raw"
    for path in samples():
        target = root / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(GOLDEN / "plain" / "wire.txt", root / "wire-again.txt")
    (root / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (root / "manifest.csv").write_text(
        "path,outlet,published,tags\nplain/one_line.txt,The Orlo Notes,2024-02-05,council; dams\n", encoding="utf-8"
    )
    return root


@pytest.fixture(scope="session")
def database(folder: Path) -> Path:
    """The corpus of that folder."""
    path = folder.parent / "corpus.db"
    load(folder, path, jobs=1)
    return path


@pytest.fixture(scope="session")
def common(folder: Path) -> Path:
    """The same, with the bits of words that are common in so small a corpus, in blocks as small."""
    path = folder.parent / "common.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "LEAST", 3)
        patch.setattr(vocabulary, "BLOCK", 64)
        load(folder, path, jobs=1)
    return path


@pytest.fixture
def connection(database: Path) -> Iterator:
    """The corpus of that folder, open for reading."""
    with closing(opening.connect(database)) as opened:
        yield opened


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The corpus of 2,000 real articles, loaded once for all processes of a run, open for reading."""
    if not (BENCH / "lay_abp.py").exists():
        pytest.skip(f"no articles at {BENCH}: set CORPUS_DB_BENCH to where they are")
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    with (root / "articles.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "articles.db").exists():
            command = [sys.executable, BENCH / "lay_abp.py", root / "articles", "--n", "2000"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            load(root / "articles", root / "articles.db")
    with closing(opening.connect(root / "articles.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    """The address of the corpus of all samples, served as its users serve it."""
    from chromium import served

    with served(database) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A browser."""
    from chromium import opened

    with opened() as found:
        yield found


@pytest.fixture
def context(browser: "Browser", address: str) -> Iterator["BrowserContext"]:
    """A window of its own."""
    opened = browser.new_context(base_url=address)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def kinds(database: Path) -> dict[str, str]:
    """A page of each kind."""
    with closing(sqlite3.connect(database)) as connection:
        key = connection.execute("select key from articles where headline like 'Court%'").fetchone()[0]
        outlet = connection.execute("select key from outlets where name = 'The Valley Gazette'").fetchone()[0]
        author = connection.execute("select key from authors where name = 'Ann Lee'").fetchone()[0]
    return {
        "home": "/",
        "results": "/search?q=the+OR+a",
        "few results": "/search?q=reservoir+outlet%3AGazette+date%3A2024",
        "nothing found": "/search?q=reservior+zeppelins",
        "article": f"/article/{key}",
        "hit": f"/article/{key}?q=reservoir",
        "raw file": f"/article/{key}/raw",
        "outlets": "/outlets",
        "outlet": f"/outlet/{outlet}",
        "authors": "/authors",
        "author": f"/author/{author}",
        "tags": "/tags",
        "quality": "/quality",
        "trends": "/trends?q=council&q=the",
        "trends by outlet": "/trends?q=the&split=outlet",
        "concordance": "/concordance?q=the",
        "compare": "/compare?a=outlet%3AGazette",
        "collocates": "/collocates?word=council",
        "export": "/export?q=the",
        "schema": "/schema",
        "API": "/api",
        "missing": "/article/0000000000000000",
        "table": "/corpus/article_browse",
        "question": "/corpus/articles_by_outlet_and_month",
        "SQL": "/corpus?sql=select+1",
    }
