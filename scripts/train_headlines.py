"""Fits the weights by which the headline is chosen among the lines above a text. See corpus_db/loading/headlines.py.

    scripts/train --headlines    cross-validation by site, then corpus_db/loading/headlines.csv; some minutes

Each page, in each of its forms, is read with the network of the fold that has not seen its site, and once more, as a
text, from a line or two above its headline on, as people keep it; the lines that are equal to the gold title are right.
The weights are those of a conditional logistic regression; pages without a right line say nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from unittest import mock
from zlib import crc32

import conditional
import gate
import numpy as np
import sites
from conditional import Page
from numpy.typing import NDArray

from corpus_db.loading import headlines, pipeline, raw
from corpus_db.loading.sheet import Sheet
from corpus_db.records import RawFile, Reject

WEIGHTS = Path(headlines.__file__).with_name("headlines.csv")
NAMES = (*headlines.PRINTED, *headlines.WORDED)
MOST = 40  # lines of a page: those that the network takes for the headline most
REFUSED = 0.001  # share of right headlines that the least sum refuses


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

    def note(sheet: Sheet, above: list[int], first: int, _titles: set[str]) -> None:
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


def chosen(pages: Iterable[Page], weights: NDArray[np.float64]) -> list[tuple[Page, float, bool]]:
    """Of each page the highest sum, and whether its line is right."""
    found = []
    for each in pages:
        sums = each.choices @ weights
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
        weights = conditional.fit([each for each in pages if each.fold != fold])
        right.update(each.kind for each, _, good in chosen((x for x in pages if x.fold == fold), weights) if good)
    for kind, count in Counter(each.kind for each in pages).items():
        print(f"{kind:20} {right[kind] / count:.3f} of {count} pages whose lines have the title")
    weights = conditional.fit(pages)
    least = float(np.quantile([top for _, top, good in chosen(pages, weights) if good], REFUSED))
    conditional.write(WEIGHTS, least, NAMES, weights)
