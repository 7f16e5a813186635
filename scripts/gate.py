"""Scores what corpus-db makes of the labelled pages against the floors in tests/gate.json. See scripts/gate."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(os.environ.get("CORPUS_DB_BENCH", ROOT.parent / "shared" / "bench"))
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "corpus_db-bench"
FLOORS = ROOT / "tests" / "gate.json"
KINDS = ("layout", "markdown", "copy", "lines")
FIGURES = ("body_f1", "para_f1", "cross_f1", "headline", "authors_exact", "none_named", "published", "outlet")


def sets() -> dict[str, tuple[list[str], Path, Path]]:
    """Each set: how it is scored, its gold, its raw files."""
    found = {"seeds": (["lines"], BENCH.parent / "gold" / "seeds", ROOT / "data" / "raw")}
    for name in ("aed", "fundus", "wcxb"):
        for kind in KINDS:
            found[f"text/{name}/{kind}"] = (
                ["pages"],
                CACHE / "text" / f"{name}.gold.jsonl",
                CACHE / "text" / name / kind,
            )
    return found


def score(name: str, worst: int) -> dict[str, Any]:
    """The figures of a set, and the seconds that parsing took."""
    kind, gold, raw = sets()[name]
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.jsonl"
        started = time.monotonic()
        with found.open("w", encoding="utf-8") as file:
            subprocess.run([sys.executable, "-m", "corpus_db", "parse", str(raw), "--json"], stdout=file, check=False)
        seconds = time.monotonic() - started
        call = [
            sys.executable,
            str(BENCH / "score.py"),
            *kind,
            str(found),
            str(gold),
            *([str(raw)] if kind == ["lines"] else []),
        ]
        printed = subprocess.run(
            [*call, "--json", "--worst", str(worst)], capture_output=True, text=True, check=True
        ).stdout
    figures, *rows = printed.splitlines()
    print(*rows, sep="\n", end="\n" if rows else "")
    return json.loads(figures) | {"seconds": round(seconds, 1)}


def main() -> int:
    """Print the figures of each set; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", choices=sorted(sets()), help="only this set; may be repeated")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages of each set")
    arguments = parser.parse_args()
    if not (BENCH / "lay").exists():
        print(f"skipped: no labelled pages at {BENCH}: set CORPUS_DB_BENCH to where they are")
        return 0
    subprocess.run([BENCH / "lay", CACHE], check=True)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    below = []
    print(f"{'set':22}" + "".join(f"{name:>14}" for name in FIGURES) + f"{'s':>8}")
    for name in arguments.set or sets():
        figures = score(name, arguments.worst)
        shown = "".join(f"{'–' if figures.get(key) is None else format(figures[key], '.3f'):>14}" for key in FIGURES)
        if name == "seeds":
            shown = f"  line accuracy {figures['line_accuracy']}"
        print(f"{name:22}{shown}{figures['seconds']:>8}")
        for key, floor in floors.get(name, {}).items():
            if (figures.get(key) or 0) < floor:
                below.append(f"{name}: {key} is {figures.get(key)}, its floor {floor}")
    print(*below, sep="\n")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
