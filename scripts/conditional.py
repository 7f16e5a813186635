"""Conditional logistic regression (McFadden, 1974): weights by which one of several is chosen, page by page.

The weights make what is right on each page as likely as may be among all that the page has, with a penalty on large
ones. `corpus_db/loading` chooses the headline among lines so, and the outlet among those that a page names.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STEPS, RATE, PENALTY = 400, 0.05, 1e-3


class Page(NamedTuple):
    """What is chosen among: described, (choices, features), and which are right, one at least."""

    kind: str  # 'aed copy'
    fold: int
    choices: NDArray[np.float64]
    right: NDArray[np.bool_]


def fit(pages: Sequence[Page]) -> NDArray[np.float64]:
    """The weights of the features, as they are (not scaled)."""
    choices, right = np.concatenate([each.choices for each in pages]), np.concatenate([each.right for each in pages])
    sizes = np.array([len(each.choices) for each in pages])
    page, starts = np.repeat(np.arange(len(sizes)), sizes), np.cumsum(sizes) - sizes
    spread = choices.std(0) + 1e-6
    scaled = (choices - choices.mean(0)) / spread
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


def write(path: Path, least: float, features: Sequence[str], weights: NDArray[np.float64]) -> None:
    """The table that `corpus_db.loading.tables.weights` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = zip(("least", *features), (least, *weights.tolist()), strict=True)
        csv.writer(file, lineterminator="\n").writerows([("feature", "weight"), *((n, f"{w:.4g}") for n, w in rows)])
