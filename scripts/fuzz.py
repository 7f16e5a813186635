"""Samples, broken in many ways -> whether the promises hold for each: nothing is lost or invented, nothing crashes."""

import hashlib
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import fuzzlines
from places import samples
from promises import check

from corpus_db.loading import encodings, pipeline
from corpus_db.records import Parsed, RawFile

KEPT = Path("build/fuzz")
LARGEST = 40_000  # bytes of a sample that is broken: many small files find more than few large ones
# What formats are made of, and what is odd in any of them.
PIECES = (
    b"<", b">", b"</p>", b"<p>", b"<div>", b"<!--", b"-->", b"<script>", b"&amp;", b"&#xD800;", b"&", b"---\n", b"***",
    b"[x](#)", b"](", b"\\", b"\\ud800", b"`", b"```\n", b"> ", b"- ", b"#", b"|", b": ", b"\n", b"\n\n", b"\r\n",
    b"\r", b"\t", b" ", b"\xc2\xa0", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\x1b", b"\x80",
    b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xe2\x80\xae",
    b"\xcc\x81" * 20, b"By Ann Lee", b"March 3, 2024", b"Tags: a, b", b"title: x",
    b'{"@type": "NewsArticle"', b"1" * 50, b"=\n", b"\xc2\x85",
)  # fmt: skip


def broken(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A sample with one to six changes."""
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 5, 30, 300, 3_000))
        part = data[at : at + length]
        change = chance.randrange(8)
        if change == 0:
            data = data[:at] + data[at + length :]
        elif change == 1:
            data = data[:at] + part * chance.choice((2, 3, 20)) + data[at + length :]
        elif change in (2, 3, 4):
            data = data[:at] + chance.choice(PIECES) * chance.choice((1, 1, 1, 3, 100)) + data[at:]
        elif change == 5:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif change == 6:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            data = data[:at] + other[start : start + length] + data[at:]
        else:
            data = data[at:] + data[:at]
        data = data[: 2 * LARGEST]
    return data


def failure(name: str, data: bytes) -> tuple[str, str | None]:
    """What became of a raw file, and what is wrong about it: a crash or a broken promise."""
    try:
        decoded = encodings.decode(data)
        if isinstance(decoded, str):
            return "rejected", None
        sha256 = hashlib.sha256(data).hexdigest()
        found = pipeline.articles(RawFile(name, sha256, len(data), decoded.encoding, decoded.text))
        if isinstance(found, Parsed):
            check(decoded.text, found)
            repr(found).encode()
            return "loaded", None
    except Exception as error:  # noqa: BLE001 — any crash is what is looked for
        return "failed", f"{type(error).__name__}: {str(error)[:300]}"
    return "rejected", None


def run(wanted: int, seed: int) -> int:
    """Read so many files; how many failed."""
    found = [(path.name, path.read_bytes()[:LARGEST]) for path in samples()]
    if bench := os.environ.get("CORPUS_DB_SAMPLES"):  # a folder of real files
        paths = sorted(
            path for path in Path(bench).rglob("*") if path.suffix in (".html", ".htm", ".txt", ".md", ".mht")
        )
        found += [(path.name, path.read_bytes()[:LARGEST]) for path in paths]
    others, chance = [data for _, data in found], random.Random(seed)
    outcomes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    started = time.monotonic()
    for number in range(wanted):
        name, data = chance.choice(found)
        changed = broken(data, others, chance)
        outcome, problem = failure(name, changed)
        outcomes[outcome] += 1
        if problem:
            kind = problem[:60]
            kinds[kind] += 1
            if kinds[kind] <= 3:
                KEPT.mkdir(parents=True, exist_ok=True)
                (KEPT / f"{seed}-{number}-{name}").write_bytes(changed)
                print(f"{seed}-{number}-{name}: {problem}", flush=True)
        if number % 1_000 == 999:
            print(f"{number + 1:,} files, {time.monotonic() - started:.0f} s, {dict(outcomes)}", flush=True)
    print(f"{wanted:,} files of seed {seed}, {time.monotonic() - started:.0f} s: {dict(outcomes)}")
    return outcomes["failed"]


def main(arguments: list[str]) -> int:
    """Break so many files, or lines of each part; 1 where one failed."""
    run_part = fuzzlines.run if arguments[:1] == ["lines"] else run
    numbers = [int(each) for each in arguments if each.isdigit()]
    return run_part(numbers[0] if numbers else 10_000, numbers[1] if len(numbers) > 1 else 1) > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
