"""Fits the weights by which a page's outlet is told from the others that it names. See corpus_db/loading/mastheads.py.

    scripts/train --mastheads    cross-validation by site, then corpus_db/loading/mastheads.csv; some minutes

Each page, in each of its text forms, is read with the network of the fold that has not seen its site. The outlet of a
page is that of its domain in our table; where the table has none, or the page does not name it, none is right. The
weights make what is right as likely as may be (conditional logistic regression, with a penalty on large weights).
"""

import csv
from collections import Counter
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import gate
import numpy as np
import sites
from numpy.typing import NDArray

from corpus_db.loading import mastheads, outlets
from corpus_db.loading.page import Page

WEIGHTS = Path(mastheads.__file__).with_name("mastheads.csv")
KINDS = tuple(kind for kind in gate.KINDS if kind != "html")
STEPS, RATE, PENALTY = 400, 0.1, 1e-3


class Named(NamedTuple):
    """What a page names: FEATURES and a one for each outlet, and the row of the right one, -1 where that is none."""

    kind: str  # 'aed copy'
    fold: int
    outlets: NDArray[np.float64]
    right: int


def describe(page: gate.Page, kind: str) -> Named | None:
    """A labelled page; None where it names no outlet of our table."""
    found: list[Page] = []
    with mock.patch.object(mastheads, "spoken_for", found.append):
        gate.ours(page, shipped=False)
    mentions = mastheads.named(max(found, key=lambda each: each.last - each.first)) if found else []
    if not mentions:
        return None
    domain = page.gold.get("domain")
    outlet = outlets.of_domain(domain.removeprefix("www.")) if domain else None
    own = outlets.fold(outlet.name) if outlet and outlet.known else None
    keys = [outlets.fold(each[0].name) for each in mentions]
    rows = np.column_stack([mastheads.describe(mentions), np.ones(len(keys))])
    return Named(kind, sites.fold(page.gold), rows, keys.index(own) if own in keys else -1)


def fit(pages: list[Named]) -> NDArray[np.float64]:
    """The weights of FEATURES, and of being an outlet at all; none has 0."""
    weights, first, second = (np.zeros(len(mastheads.FEATURES) + 1) for _ in range(3))
    for step in range(1, STEPS + 1):  # Adam (Kingma & Ba, 2015)
        slope = PENALTY * weights
        for each in pages:
            sums = np.append(each.outlets @ weights, 0.0)
            likely = np.exp(sums - sums.max())
            slope = slope + each.outlets.T @ (likely[:-1] / likely.sum()) / len(pages)
            slope = slope - (each.outlets[each.right] / len(pages) if each.right >= 0 else 0.0)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def outcome(page: Named, weights: NDArray[np.float64]) -> str:
    """Whether the outlet that is chosen is right or wrong, or none is chosen."""
    sums = page.outlets @ weights
    best = int(sums.argmax())
    return "none" if sums[best] < 0 else "right" if best == page.right else "wrong"


def main() -> None:
    """Read the pages, print how often the chosen outlet is right on sites not seen, write the weights of all."""
    pages: list[Named] = []
    with Pool(initializer=gate.warm, initargs=(False,)) as pool:
        for name in gate.SETS:
            for kind in KINDS:
                given = gate.pages(name, kind, sample=False)
                found = pool.imap(partial(describe, kind=f"{name} {kind}"), given, 8)
                pages += [each for each in found if each is not None]
    counts: dict[str, Counter[str]] = {}
    for fold in range(sites.FOLDS):
        weights = fit([each for each in pages if each.fold != fold])
        for each in pages:
            if each.fold == fold:
                counts.setdefault(each.kind, Counter())[outcome(each, weights)] += 1
    for kind, count in counts.items():
        print(f"{kind:20}" + "".join(f"{count[each]:6} {each}" for each in ("right", "wrong", "none")))
    weights = fit(pages)
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        rows = zip(("least", *mastheads.FEATURES), (-weights[-1], *weights[:-1]), strict=True)
        csv.writer(file, lineterminator="\n").writerows([("feature", "weight"), *((n, f"{w:.4g}") for n, w in rows)])
