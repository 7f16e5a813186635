"""Fits the weights by which the headline is chosen among the lines above a text. See corpus_db/loading/headlines.py.

    scripts/train --headlines    cross-validation by site, then corpus_db/loading/headlines.csv; some minutes

Each page, in each of its forms, is read with the network of the fold that has not seen its site, and once more, as a
text, from a line or two above its headline on, as people keep it; the lines that are equal to the gold title are right.
The weights make the right lines of a page as likely as may be among all its lines (conditional logistic regression,
with a penalty on large weights); pages without a right line say nothing.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock
from zlib import crc32

import gate
import numpy as np
import sites
from numpy.typing import NDArray

from corpus_db.loading import headlines, pipeline, raw
from corpus_db.loading.sheet import Sheet
from corpus_db.records import RawFile, Reject

WEIGHTS = Path(headlines.__file__).with_name("headlines.csv")
NAMES = (*headlines.PRINTED, *headlines.WORDED)
MOST = 40  # lines of a page: those that the network takes for the headline most
STEPS, RATE, PENALTY = 300, 0.05, 1e-3
REFUSED = 0.001  # share of right headlines that the least sum refuses


class Page(NamedTuple):
    """The lines of a page: what each is described by, (lines, features), and whether it is the title of gold."""

    kind: str  # 'aed copy'
    fold: int
    lines: NDArray[np.float64]
    right: NDArray[np.bool_]


def describe(page: gate.Page, kind: str) -> list[Page]:
    """A labelled page, as it is and cut; none where no line above its text is the title of gold."""
    read = raw.read(page.path.parent, page.path.name)
    title = page.gold.get("title")
    if isinstance(read, Reject) or not title:
        return []
    sources = {kind: read.source}
    if not kind.endswith("html"):
        sources[f"{kind}, cut"] = cut(read.source, title)
    read_as = ((name, replace(read, source=source)) for name, source in sources.items() if source)
    return [found for name, each in read_as if (found := lines_of(each, name, page.gold)) is not None]


def cut(source: str, title: str) -> str:
    """The text from just above its headline on, '' where that is nowhere; some in capitals, as in releases."""
    lines = source.split("\n")
    score = gate.scorer()
    same = [at for at, line in enumerate(lines) if score.same_headline(title, line.strip(" #"))]
    if not same:
        return ""
    draw = crc32(title.encode())
    if draw % 5 == 0:
        lines[same[-1]] = lines[same[-1]].upper()
    return "\n".join(lines[max(0, same[-1] - draw % 4) :])


def lines_of(file: RawFile, kind: str, gold: dict[str, Any]) -> Page | None:
    """The lines of a file among which the headline is chosen."""
    found: list[tuple[NDArray[np.float64], list[str]]] = []

    def note(sheet: Sheet, above: list[int], first: int) -> None:
        lines = headlines.candidates(sheet, above, first)
        lines = sorted(sorted(lines, key=lambda at: -sheet.chances[at, headlines.HEADLINE])[:MOST])
        if lines:
            printed, worded = headlines.describe_print(sheet, lines, first), headlines.describe_wording(sheet, lines)
            found.append((np.hstack([printed, worded]), [sheet.blocks[at].text for at in lines]))

    fold = sites.fold(gold)
    with mock.patch.object(headlines, "choose", note):
        pipeline.articles(file, networks=gate.networks(fold))
    score = gate.scorer()
    for lines, texts in found:
        right = np.array([score.same_headline(gold["title"], text) for text in texts])
        if right.any():
            return Page(kind, fold, lines, right)
    return None


def fit(pages: list[Page]) -> NDArray[np.float64]:
    """The weights of the features, as they are (not scaled)."""
    lines, right = np.concatenate([each.lines for each in pages]), np.concatenate([each.right for each in pages])
    sizes = np.array([len(each.lines) for each in pages])
    page, starts = np.repeat(np.arange(len(sizes)), sizes), np.cumsum(sizes) - sizes
    mean, spread = lines.mean(0), lines.std(0) + 1e-6
    scaled = (lines - mean) / spread
    weights, first, second = (np.zeros(scaled.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):  # Adam (Kingma & Ba, 2015)
        sums = scaled @ weights
        likely = np.exp(sums - np.maximum.reduceat(sums, starts)[page])
        among_all = likely / np.add.reduceat(likely, starts)[page]
        among_right = likely * right / np.maximum(np.add.reduceat(likely * right, starts), 1e-30)[page]
        slope = scaled.T @ (among_all - among_right) / len(sizes) + PENALTY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    found: NDArray[np.float64] = weights / spread
    return found


def chosen(pages: Iterable[Page], weights: NDArray[np.float64]) -> list[tuple[Page, float, bool]]:
    """Of each page the highest sum, and whether its line is right."""
    found = []
    for each in pages:
        sums = each.lines @ weights
        best = int(sums.argmax())
        found.append((each, float(sums[best]), bool(each.right[best])))
    return found


def main() -> None:
    """Read the pages, print how often the line that is chosen is right on sites not seen, write the weights of all."""
    work = [(name, kind) for name in gate.SETS for kind in gate.KINDS]
    pages: list[Page] = []
    with Pool(initializer=gate.warm, initargs=(False,)) as pool:
        for name, kind in work:
            given = gate.pages(name, kind, sample=False)
            for some in pool.imap(partial(describe, kind=f"{name} {kind}"), given, 8):
                pages += some
    right: Counter[str] = Counter()
    for fold in range(sites.FOLDS):
        weights = fit([each for each in pages if each.fold != fold])
        right.update(each.kind for each, _, good in chosen((x for x in pages if x.fold == fold), weights) if good)
    for kind, count in Counter(each.kind for each in pages).items():
        print(f"{kind:20} {right[kind] / count:.3f} of {count} pages whose lines have the title")
    weights = fit(pages)
    least = float(np.quantile([top for _, top, good in chosen(pages, weights) if good], REFUSED))
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        rows = zip(("least", *NAMES), (least, *weights.tolist()), strict=True)
        csv.writer(file, lineterminator="\n").writerows([("feature", "weight"), *((n, f"{w:.4g}") for n, w in rows)])
