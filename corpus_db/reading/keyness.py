"""Counts of a word in two bodies of text -> how unlike they are. Pure arithmetic, by the formulas of the sources.

`a` and `b` are the counts of a word, `size_a` and `size_b` the numbers of all words of the two bodies.
"""

from math import log, log2
from statistics import NormalDist


def log_likelihood(a: int, b: int, size_a: int, size_b: int) -> float:
    """G² of a word in two bodies of text, 0 where both use it at the same rate (Rayson & Garside 2000).

    >>> round(log_likelihood(120, 60, 10_000, 10_000), 2)
    20.39
    """
    expected_a = size_a * (a + b) / (size_a + size_b)
    expected_b = size_b * (a + b) / (size_a + size_b)
    return max(0.0, 2 * (_term(a, expected_a) + _term(b, expected_b)))


def association(near: int, node: int, word: int, size: int) -> float:
    """G² of a word and a window, from all four cells of their table (Dunning 1993; Evert 2008).

    `near` counts the word within the window, `node` all words of the window, `word` the word in the whole text and
    `size` all its words, the window included.
    """
    rows, columns = (node, size - node), (word, size - word)
    observed = ((near, node - near), (word - near, size - node - word + near))
    return max(
        0.0, 2 * sum(_term(observed[i][j], rows[i] * columns[j] / size) for i in (0, 1) for j in (0, 1) if rows[i])
    )


def _term(observed: int, expected: float) -> float:
    return observed * log(observed / expected) if observed else 0.0


def difference(a: int, b: int, size_a: int, size_b: int) -> float | None:
    """By how many per cent the rate in the first body exceeds that in the second (%DIFF, Gabrielatos & Marchi 2012).

    None where the second does not have the word: no number says how many times nothing that is.

    >>> difference(30, 10, 1_000, 1_000)
    200.0
    """
    return 100 * (a * size_b - b * size_a) / (b * size_a) if b else None


def log_ratio(a: int, b: int, size_a: int, size_b: int) -> float:
    """How many times the rate doubles from the second body to the first (Hardie 2014); a count of 0 is taken as 0.5.

    >>> log_ratio(40, 10, 1_000, 1_000)
    2.0
    """
    return log2(((a or 0.5) / size_a) / ((b or 0.5) / size_b))


def log_dice(near: int, node: int, word: int) -> float:
    """How exclusively two words keep company: 14 at most, one less where half as much (Rychlý 2008).

    `near` counts the word beside the node, `node` and `word` each of them in the whole text.

    >>> log_dice(10, 10, 10), log_dice(10, 20, 20)
    (14.0, 13.0)
    """
    return 14 + log2(2 * near / (node + word))


def threshold(words: int, level: float = 0.05) -> float:
    """The G² that a word has to reach where so many are tested at once: one in `1 / level` lists errs (Bonferroni).

    >>> round(threshold(1), 2), round(threshold(10_000), 2)
    (3.84, 20.84)
    """
    return float(NormalDist().inv_cdf(1 - level / (2 * max(1, words))) ** 2)
