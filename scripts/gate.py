"""Scores what corpus-db makes of the labelled pages against the floors in tests/gate.json. See scripts/gate."""

import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import cache, partial
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import sites

from corpus_db import listing
from corpus_db.loading import network, outlets, pipeline, raw
from corpus_db.records import Parsed, RawFile, Reject

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(os.environ.get("CORPUS_DB_BENCH", ROOT.parent / "shared" / "bench"))
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "corpus_db-bench"
FLOORS = ROOT / "tests" / "gate.json"
FOLDS = ROOT / "tests" / "folds"
SETS = ("aed", "fundus", "wcxb")
KINDS = ("html", "layout", "markdown", "copy", "lines")
# Those of the scorer, and one of ours, for gold that names a domain and no outlet.
FIGURES = (
    "body_f1", "para_f1", "cross_f1", "headline", "authors_exact", "none_named", "published", "outlet", "none_wrong",
)  # fmt: skip
SAMPLE = 40  # pages of each set and kind


class Page(NamedTuple):
    """A labelled page in one of its forms."""

    gold: dict[str, Any]
    path: Path


class Scored(NamedTuple):
    """What a page gives, in the format of the scorer, and the seconds of CPU that it took."""

    gold: dict[str, Any]
    found: dict[str, Any]
    seconds: float


def pages(name: str, kind: str, *, sample: bool) -> list[Page]:
    """The labelled pages of a set, in one form; a fixed sample of them if asked."""
    folder = CACHE / "pages" / name if kind == "html" else CACHE / "text" / name / kind
    files = {path.name.rsplit(".", 1)[0]: path for path in folder.iterdir() if path.is_file()}
    lines = (CACHE / "pages" / f"{name}.gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    found = [(gold, files.get(gold["id"].removesuffix(".html"))) for gold in map(json.loads, lines)]
    whole = [Page(gold, path) for gold, path in found if path]
    return random.Random(name).sample(whole, min(SAMPLE, len(whole))) if sample else whole


@cache
def networks(fold: int) -> network.Weights:
    """The network that has not seen the pages of a fold."""
    return network.stack(network.load(FOLDS / f"{fold}.npz"))


def warm(peers: bool) -> None:
    """Load what is loaded once a process, so that it is in no page's time."""
    text = "The ministers of both countries met in the capital on Monday, 4 März 2024, to sign the treaty. " * 4
    source = f"<h1>A treaty is signed</h1><p>By Ann Lee</p><p>4 mars 2024</p><p>{text}</p>"
    pipeline.articles(RawFile("a.html", "0" * 64, len(source), "utf-8", source))
    if peers:
        importlib.import_module("trafilatura").bare_extraction(source, with_metadata=True)


def ours(page: Page, *, shipped: bool) -> Scored:
    """What corpus-db makes of a page: with the network that has not seen its site, or with the one that is shipped."""
    others = None if shipped else networks(sites.fold(page.gold))
    started = time.process_time()
    read = raw.read(page.path.parent, page.path.name)
    parsed = read if isinstance(read, Reject) else pipeline.articles(read, networks=others)
    seconds = time.process_time() - started
    found = listing.plain(parsed) if isinstance(parsed, Parsed) else {"articles": []}
    return Scored(page.gold, found | {"path": page.gold["id"]}, seconds)


def trafilatura(page: Page) -> Scored:
    """What trafilatura makes of a page: its paragraphs are the lines of its text."""
    peer = importlib.import_module("trafilatura")
    data = page.path.read_bytes()
    started = time.process_time()
    found = peer.bare_extraction(data, with_metadata=True, include_comments=False)
    seconds = time.process_time() - started
    article: list[dict[str, Any]] = []
    if found is not None:
        names = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        blocks = [{"role": "paragraph", "text": line} for line in (found.text or "").split("\n") if line.strip()]
        given = {"headline": found.title, "authors": names, "published": found.date, "outlet": found.sitename}
        article = [given | {"blocks": blocks}]
    return Scored(page.gold, {"path": page.gold["id"], "articles": article}, seconds)


@cache
def scorer() -> ModuleType:
    """The scorer that comes with the labelled pages."""
    spec = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(BENCH / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(score: ModuleType, scored: Iterable[Scored]) -> tuple[dict[str, Any], list[tuple[float, str]]]:
    """The scorer's figures, and its pages with their body F1."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    gold, found = folder / f"gold-{os.getpid()}.jsonl", folder / f"found-{os.getpid()}.jsonl"
    scored = list(scored)
    gold.write_text("\n".join(json.dumps(each.gold) for each in scored), encoding="utf-8")
    found.write_text("\n".join(json.dumps(each.found) for each in scored), encoding="utf-8")
    try:
        result, rows = score.score_pages(score.predictions(found), gold)
    finally:
        gold.unlink()
        found.unlink()
    result["none_wrong"] = none_wrong(score, scored)
    return result | {"ms": 1000 * sum(each.seconds for each in scored) / max(1, len(scored))}, rows


def none_wrong(score: ModuleType, scored: list[Scored]) -> float:
    """The share of pages that are not given the outlet of another domain than theirs, unless it has the same name."""
    wrong = 0
    for each in scored:
        article = score.main_article(each.found) or {}
        domain = (each.gold.get("domain") or "").removeprefix("www.")
        given, owner = article.get("outlet_domain"), outlets.of_domain(domain)
        if given and owner and owner.domain != given:
            own = {owner.name, each.gold.get("publisher") or owner.name}
            wrong += score.fold(article["outlet"]) not in {score.fold(name) for name in own}
    return 1 - wrong / max(1, len(scored))


def show_worst(score: ModuleType, rows: list[tuple[float, str]], scored: list[Scored], worst: int) -> None:
    """The worst pages: what of the body was missed, what was added."""
    by_id = {each.gold["id"]: each for each in scored}
    for value, name in sorted(rows)[:worst]:
        gold, found = by_id[name].gold, by_id[name].found
        article = score.main_article(found)
        given = score.texts(article, "paragraph", "crosshead")
        wanted = [line for line in gold["body"].split("\n") if line.strip()]
        keys, ours_ = {score.fold(line) for line in wanted}, {score.fold(text) for text in given}
        print(f"  {value:.3f} {name} {gold.get('domain', '')}")
        for mark, lines in (
            ("missed", [line for line in wanted if score.fold(line) not in ours_]),
            ("added", [text for text in given if score.fold(text) not in keys]),
        ):
            for line in lines[:4]:
                print(f"    {mark:7}{line.strip()[:110]}")


def row(name: str, found: dict[str, Any]) -> str:
    """A line of the table."""
    shown = "".join(f"{'–' if found.get(key) is None else format(found[key], '.3f'):>14}" for key in FIGURES)
    return f"{name:24}{shown}{found['ms']:>8.1f}"


def seeds(score: ModuleType) -> float:
    """The share of the lines of the committed raw files that have their gold role."""
    folder, gold = ROOT / "data" / "raw", BENCH.parent / "gold" / "seeds"
    found = {}
    for path in sorted(folder.iterdir()):
        parsed = pipeline.parse(folder, path.name)
        found[path.name] = listing.plain(parsed)
    result, _ = score.score_lines(found, gold, folder)
    return float(result["line_accuracy"])


def main() -> int:
    """Print the figures of each set; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", choices=SETS, help="only this set; may be repeated")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this form of the pages; may be repeated")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst pages of each set and form")
    parser.add_argument("--sample", action="store_true", help=f"a fixed sample: {SAMPLE} pages of each set and form")
    parser.add_argument("--shipped", action="store_true", help="the shipped network, which has seen these pages")
    parser.add_argument("--peers", action="store_true", help="trafilatura beside us, on the same pages in the same run")
    arguments = parser.parse_args()
    if not (BENCH / "lay").exists():
        print(f"skipped: no labelled pages at {BENCH}: set CORPUS_DB_BENCH to where they are")
        return 0
    subprocess.run([BENCH / "lay", CACHE], check=True)
    score = scorer()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["sample" if arguments.sample else "all"]
    accuracy = seeds(score)
    below = [] if accuracy == 1.0 else [f"committed raw files: line accuracy is {accuracy}, its floor 1.0"]
    print(f"committed raw files: line accuracy {accuracy}")
    print(f"{'pages':24}" + "".join(f"{name:>14}" for name in FIGURES) + f"{'CPU ms':>8}")
    with Pool(initializer=warm, initargs=(arguments.peers,)) as pool:
        for name in arguments.set or SETS:
            for kind in arguments.kind or KINDS:
                chosen = pages(name, kind, sample=arguments.sample)
                scored = pool.map(partial(ours, shipped=arguments.shipped), chosen, 8)
                found, rows = figures(score, scored)
                print(row(f"{name} {kind}", found), flush=True)
                show_worst(score, rows, scored, arguments.worst)
                if arguments.peers and kind == "html":
                    peer, _ = figures(score, pool.map(trafilatura, chosen, 8))
                    print(row("  trafilatura", peer) + f"   {peer['ms'] / found['ms']:.1f} times ours", flush=True)
                for key, floor in floors.get(f"{name} {kind}", {}).items():
                    if not arguments.shipped and (found.get(key) or 0) < floor:
                        below.append(f"{name} {kind}: {key} is {found.get(key)}, its floor {floor}")
    print(*below, sep="\n")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
