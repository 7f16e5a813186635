"""Lines, broken in many ways -> whether what must hold of any line holds: nothing is invented, crashes or hangs.

Seeds are the texts of the tests and the lines of the samples. A line whose answer has a new shape becomes a seed, too.
"""

import ast
import random
import re
import time
from collections import Counter
from pathlib import Path

from lines import CHECKS
from places import ROOT, samples

KEPT = Path("build/fuzz")
LONGEST = 300  # code points of a seed
SEEDS = 4_000  # that are kept of a part
SLOW = 1.0  # seconds of the processor that no line may take
# What lines are made of, and what is odd in any of them.
PIECES = (
    "By ", "by ", " and ", " & ", ", ", "; ", " | ", " — ", "-", "Von ", "Par ", "Автор: ",
    "Ann Lee", "ANN LEE", "J. R. R. Lee", "O’Brien", "Reuters", "AFP", "Staff",
    "The Valley Gazette", "in Moscow", "March 3, 2024", "3/5/2024", "23.5.2024", "2024-03-05",
    "T10:00+02:00", "10:30 p.m. ET", "Mai", "марта", "août", "2024", "31", "30 February 2023", "99",
    "0", "१२", "٣", "²", "Ⅳ", "①", "\"", "'", "“", "”", "«", "~5", "*", " OR ", " NOT ", "(", ")",
    "-", "outlet:", "author:\"", "from:", "tag:", "date:2024", "undated:", "NEAR(", "\\", "=", "+",
    "@", "＝", "\t", "\r", "\n", "\0", "\x1b", "\x80", "\x85", "\u00a0", "\u00ad", "\u200b",
    "\u200d", "\u202e", "\u2028", "\ufeff", "\ufffe", "\uffff", "\u0301", "\u0345", "İ", "ß", "ŉ",
    "ǰ", "ﬁ", "ſ", "K", "ς", "ϓ", "😀", "🏳️‍🌈", "שלום", "القاهرة", "北京", "한국", "&amp;", "<r>",
    "</r>", "]]>", "_x0041_", "https://", "www.", ".example", "//", ":80", "[::1]", "xn--",
)  # fmt: skip


def seeds() -> list[str]:
    """The short texts of the tests and the lines of the samples, each once, in order."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) <= LONGEST:
                found[node.value] = None
    for path in samples():
        if path.suffix in (".txt", ".md"):
            found.update(dict.fromkeys(line[:LONGEST] for line in path.read_text(errors="replace").split("\n")))
    return [text for text in found if (text and text.isprintable()) or not text.isascii() or "\0" in text]


def broken(line: str, others: list[str], chance: random.Random) -> str:
    """A line with one to six changes."""
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(line) + 1), chance.choice((1, 1, 2, 5, 20))
        change = chance.randrange(9)
        if change == 0:
            line = line[:at] + line[at + length :]
        elif change == 1:
            line = line[:at] + line[at : at + length] * chance.choice((2, 2, 3, 40)) + line[at + length :]
        elif change in (2, 3, 4):
            line = line[:at] + chance.choice(PIECES) * chance.choice((1, 1, 1, 1, 3, 30)) + line[at:]
        elif change == 5:
            line = line[:at] + chr(chance.choice((chance.randrange(0x300), chance.randrange(0xD800)))) + line[at + 1 :]
        elif change == 6:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            line = line[:at] + other[start : start + chance.choice((5, 20, 80))] + line[at:]
        elif change == 7:
            line = line[:at] + chance.choice((str.upper, str.lower, str.title))(line[at : at + 20]) + line[at + 20 :]
        else:
            line = line[at:] + line[:at]
    return line[: 10 * LONGEST]


def shape(answer: object) -> str:
    """What kind of answer it is: its text without what letters and digits it has."""
    said = repr(answer).replace("True", "+").replace("False", "-")
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d\d+", "0", said))[:200]


def run(wanted: int, seed: int) -> int:
    """Check so many lines of each part; how many broke a promise."""
    start = seeds()
    return sum(_part(name, start, wanted, seed) for name in CHECKS)


def _part(name: str, start: list[str], wanted: int, seed: int) -> int:
    check, chance = CHECKS[name], random.Random(f"{seed} {name}")
    corpus, shapes = list(start), set()
    kinds: Counter[str] = Counter()
    slowest, longest = 0.0, ""
    began = time.monotonic()
    for number in range(wanted):
        line = broken(chance.choice(corpus), corpus, chance) if number >= len(start) else start[number]
        before = time.process_time()
        problem = ""
        try:
            answer = shape(check(line))
        except Exception as error:  # noqa: BLE001 — any crash is what is looked for
            problem = f"{type(error).__name__}: {str(error)[:200]}"
        else:
            if answer not in shapes and len(shapes) < SEEDS:
                shapes.add(answer)
                corpus.append(line[: 3 * LONGEST])
        seconds = time.process_time() - before
        if seconds > slowest:
            slowest, longest = seconds, line
        if seconds > SLOW:
            problem = problem or f"slow: {seconds:.1f} s"
        if problem:
            _keep(f"{name}-{seed}-{number}.txt", line, problem, kinds)
    print(
        f"{name}: {wanted:,} lines of seed {seed}, {time.monotonic() - began:.0f} s, {len(shapes):,} shapes; "
        f"{kinds.total()} failed; slowest {slowest * 1_000:.0f} ms: {longest[:60]!r}",
        flush=True,
    )
    return kinds.total()


def _keep(name: str, line: str, problem: str, kinds: Counter[str]) -> None:
    kind = problem[:40]
    kinds[kind] += 1
    if kinds[kind] <= 3:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / name).write_bytes(line.encode("utf-8", "surrogatepass"))
        print(f"{name}: {problem}\n    {line[:300]!r}", flush=True)
