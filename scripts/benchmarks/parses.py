"""Parsing a saved page, facts included, beside trafilatura's extraction of body and metadata of the same page."""

import json
import random
import statistics
import time
from functools import partial
from pathlib import Path

from benchmarks import corpora
from corpus_db.loading import pipeline, raw
from corpus_db.records import Reject

_PAGES = 60  # of those that are there, the same ones each time


def measure(folder: Path, number: int) -> None:
    """Print CPU times of saved pages, labelled or golden ones, and of texts below `folder`, which have no peer."""
    saved = _some(sorted(corpora.CACHE.glob("pages/*/*.html")) or sorted(corpora.ROOT.glob("tests/golden/html/*.html")))
    ours, theirs = [], []
    for path in saved:
        own, other = _both(path, number)
        ours.append(own)
        theirs.append(other)
    for name, middle in (("median", statistics.median), ("mean", statistics.mean)):
        print(f"parse a saved page, {name:6} {middle(ours) * 1000:7.1f} ms", end="   ")
        if None not in theirs:
            anchor = middle([each or 0 for each in theirs])
            print(f"trafilatura {anchor * 1000:7.1f} ms   ratio {middle(ours) / anchor:.2f}")
        else:
            print("trafilatura: skipped, it is not installed")
    print(f"{len(saved)} pages, median of {number} rounds each")
    texts = _some(sorted(folder.rglob("*.txt")) or sorted(corpora.ROOT.glob("tests/golden/plain/*.txt")))
    seconds = [_both(path, number)[0] for path in texts]
    print(
        f"parse a text, median {statistics.median(seconds) * 1000:7.1f} ms   mean {statistics.mean(seconds) * 1000:.1f}"
    )


def _some(paths: list[Path]) -> list[Path]:
    return random.Random("pages").sample(paths, min(_PAGES, len(paths)))


def _both(path: Path, number: int) -> tuple[float, float | None]:
    """Seconds that a page takes us and trafilatura, in turn; the first time, which loads tables, not counted."""
    works = {"ours": partial(_parse, path), "theirs": partial(_extract, path)}
    if path.suffix != ".html" or _extract(path) is False:
        del works["theirs"]
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(number + 1):
        for name, work in works.items():
            started = time.process_time()
            work()
            seconds[name].append(time.process_time() - started)
    middle = {name: statistics.median(each[1:]) for name, each in seconds.items()}
    return middle["ours"], middle.get("theirs")


def _parse(path: Path) -> object:
    read = raw.read(path.parent, path.name)
    return read if isinstance(read, Reject) else pipeline.articles(read)


def _extract(path: Path) -> object:
    """What trafilatura makes of a page; False where it is not installed."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        return False
    found = bare_extraction(path.read_bytes(), with_metadata=True)
    return json.dumps(found.as_dict(), default=str) if found else None
