"""Measures whether every regular expression needs time in proportion to the text, also of one that was written to hurt.

They are found by importing all modules: no list to forget one in. Each is measured in the ways in which the package
uses it: `_WORD.match` tries one place of a text, `_WORD.search` all of them; those in tables, and those that are handed
on, in both. A pattern that backtracks takes sixteen times as long for four times as much text; the bound lies between,
the measure is the shortest of several runs of the processor's clock, and what seems slow is measured again on longer
text. What takes a tenth of a second for 500 characters needs no comparison.
"""

import ast
import importlib
import math
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import corpus_db

# What patterns of ours look for, so that runs of it nearly match: letters, capitals, digits, marks, markup, names.
SEEDS = (
    " ",
    "a",
    "A",
    "1",
    ".",
    ",",
    "-",
    "\n",
    "\t",
    "_",
    "'",
    "(",
    "[",
    "<",
    "&",
    "\\",
    "*",
    "|",
    ":",
    "/",
    "\u00a0",
    "é",
    "0:",
    "a ",
    "A ",
    "1 ",
    "Aa ",
    "A. ",
    "a, ",
    "a-",
    "a.",
    "a@",
    "1/",
    "1:",
    "1.",
    "- ",
    "By ",
    "and ",
    "Ann Lee ",
    "Ann Lee, ",
    "de la ",
    "http://a",
    "https://a/",
    "www.a.",
    "<p ",
    "<!--",
    "<a b=",
    "&amp",
    "&#",
    "](",
    "[x](",
    "![",
    "**",
    "\\$",
    ": a\n",
    "a: ",
    " \n",
    "\n\n",
    "\r\n",
    '"a',
    '"\\',
    '{"',
    'a="',
    "March ",
    "3, ",
    "2024-",
    "12:00 ",
    "\\x8",
    "\\u00",
    "© ",
    "— ",
)
AT_ONE_PLACE, EVERYWHERE = ("match", "fullmatch"), ("search", "finditer", "findall", "split", "sub", "subn")
EARLY, TOO_MUCH = (60, 120, 250, 500), 0.1  # characters; seconds
SHORT, LONG = 500, 2_000  # characters
ALLOWED = 9.0  # times as long for four times as much: 4 is linear, 16 quadratic
NOTICED = 0.001  # seconds; what is faster for the long text hurts nobody


def expressions() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The compiled expressions of all modules, by module and name, also those inside tables, records and classes."""
    seen: set[int] = set()
    for found in pkgutil.walk_packages(corpus_db.__path__, "corpus_db."):
        if not found.name.endswith("__main__"):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                yield from _within(f"{found.name}.{name}", value, seen, 4)


def _within(name: str, value: Any, seen: set[int], depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if id(value) in seen or depth == 0 or isinstance(value, str | bytes | int):
        return
    if isinstance(value, re.Pattern):
        seen.add(id(value))
        yield name, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _within(f"{name}[{str(key)[:20]}]", each, seen, depth - 1)
    elif isinstance(value, tuple | list | set | frozenset) and len(value) < 5_000:
        for number, each in enumerate(value):
            yield from _within(f"{name}[{number}]", each, seen, depth - 1)
    elif type(value).__module__.startswith("corpus_db") and hasattr(value, "__dict__"):
        for key, each in vars(value).items():
            yield from _within(f"{name}.{key}", each, seen, depth - 1)


def hurting(pattern: re.Pattern[Any], seed: str, size: int) -> list[Any]:
    """Texts of about a size that repeat a seed, alone and between things that keep it from matching at an end."""
    run = (seed * (size // len(seed) + 1))[:size]
    texts = [run, f"a{run}\x00", f"<{run}!"]
    return [each.encode() for each in texts] if isinstance(pattern.pattern, bytes) else texts


def measured(work: Callable[[Any], object], text: Any, runs: int) -> float:
    """Seconds of the processor, the least of some runs."""
    found = []
    for _ in range(runs):
        started = time.process_time()
        work(text)
        found.append(time.process_time() - started)
    return min(found)


def uses() -> dict[str, set[str]]:
    """Name of an expression -> the methods that the package calls of it, all that have the name taken together."""
    found: dict[str, set[str]] = {}
    for path in Path(corpus_db.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in (*AT_ONE_PLACE, *EVERYWHERE):
                owner = node.value
                name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                found.setdefault(name, set()).add(node.attr)
    return found


def slow(pattern: re.Pattern[Any], methods: set[str]) -> list[tuple[str, str, float]]:
    """The ways in which a pattern takes too long, each once: what is done, the seed, how much longer."""
    wrong = []
    ways: dict[str, Callable[[Any], object]] = {}
    if not methods or not methods.isdisjoint(AT_ONE_PLACE):
        ways["match"] = lambda text: (pattern.match(text), pattern.fullmatch(text))
    if not methods or not methods.isdisjoint(EVERYWHERE):
        ways["finditer"] = lambda text: sum(1 for _ in pattern.finditer(text))
    for way, work in ways.items():
        for seed, number in product(SEEDS, range(3)):
            if any(measured(work, hurting(pattern, seed, size)[number], 1) > TOO_MUCH for size in EARLY):
                wrong.append((way, seed, math.inf))
                break
            long = hurting(pattern, seed, LONG)[number]
            if measured(work, long, 1) < NOTICED or measured(work, long, 2) < NOTICED:
                continue
            ratio = _ratio(pattern, seed, number, work, 1)
            if ratio > ALLOWED:
                ratio = min(ratio, _ratio(pattern, seed, number, work, 2))
            if ratio > ALLOWED:
                wrong.append((way, seed, round(ratio, 1)))
                break
    return wrong


def _ratio(pattern: re.Pattern[Any], seed: str, number: int, work: Callable[[Any], object], times: int) -> float:
    short, long = (hurting(pattern, seed, times * size)[number] for size in (SHORT, LONG))
    return measured(work, long, 3) / max(measured(work, short, 3), 1e-6)


def main() -> None:
    """Measure all expressions, or those whose name has a word in it; exit with 1 where one takes too long."""
    named = {name: pattern for name, pattern in expressions() if not sys.argv[1:] or sys.argv[1] in name}
    called, found = uses(), 0
    for number, (name, pattern) in enumerate(sorted(named.items()), 1):
        print(f"\r{number} of {len(named)}", end="", file=sys.stderr, flush=True)
        for way, seed, ratio in slow(pattern, called.get(name.rsplit(".", 1)[-1], set())):
            found += 1
            print(f"{name}: {way} of {seed!r} over and over: {ratio} times as long for four times as much", flush=True)
    print(f"\n{len(named)} expressions, {found} ways that take too long")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
