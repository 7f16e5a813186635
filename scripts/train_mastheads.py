"""Fits the weights by which a page's outlet is told from the others that it names. See corpus_db/loading/mastheads.py.

    scripts/train --mastheads    cross-validation by site, then corpus_db/loading/mastheads.csv; some minutes

Each page, in each of its text forms, is read with the network of the fold that has not seen its site. The outlet of a
page is that of its domain in our table; where the table has none, or the page does not name it, none is right. The
weights are those of a conditional logistic regression, in which being an outlet at all is a feature and none has none.
"""

from collections import Counter
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from unittest import mock

import conditional
import gate
import numpy as np
import sites
from conditional import Page
from numpy.typing import NDArray

from corpus_db.loading import mastheads, outlets

WEIGHTS = Path(mastheads.__file__).with_name("mastheads.csv")
KINDS = tuple(kind for kind in gate.KINDS if kind != "html")


def describe(page: gate.Page, kind: str) -> Page | None:
    """A labelled page, a row for each outlet that it names and one for none; None where it names none of our table."""
    found: list[Any] = []
    with mock.patch.object(mastheads, "spoken_for", found.append):
        gate.ours(page, shipped=False)
    mentions = mastheads.named(max(found, key=lambda each: each.last - each.first)) if found else []
    if not mentions:
        return None
    domain = page.gold.get("domain")
    outlet = outlets.of_domain(domain.removeprefix("www.")) if domain else None
    own = outlets.fold(outlet.name) if outlet and outlet.known else None
    right = np.array([outlets.fold(each[0].name) == own for each in mentions])
    rows = np.column_stack([mastheads.describe(mentions), np.ones(len(mentions))])
    none = np.zeros((1, rows.shape[1]))
    return Page(kind, sites.fold(page.gold), np.vstack([rows, none]), np.append(right, not right.any()))


def outcome(page: Page, weights: NDArray[np.float64]) -> str:
    """Whether the outlet that is chosen is right or wrong, or none is chosen."""
    best = int((page.choices @ weights).argmax())
    return "none" if best == len(page.choices) - 1 else "right" if page.right[best] else "wrong"


def main() -> None:
    """Read the pages, print how often the chosen outlet is right on sites not seen, write the weights of all."""
    pages: list[Page] = []
    with Pool(initializer=gate.warm, initargs=(False,)) as pool:
        for name in gate.SETS:
            for kind in KINDS:
                given = gate.pages(name, kind, sample=False)
                found = pool.imap(partial(describe, kind=f"{name} {kind}"), given, 8)
                pages += [each for each in found if each is not None]
    counts: dict[str, Counter[str]] = {}
    for fold in range(sites.FOLDS):
        weights = conditional.fit([each for each in pages if each.fold != fold])
        for each in pages:
            if each.fold == fold:
                counts.setdefault(each.kind, Counter())[outcome(each, weights)] += 1
    for kind, count in counts.items():
        print(f"{kind:20}" + "".join(f"{count[each]:6} {each}" for each in ("right", "wrong", "none")))
    weights = conditional.fit(pages)
    conditional.write(WEIGHTS, -weights[-1], mastheads.FEATURES, weights[:-1])
