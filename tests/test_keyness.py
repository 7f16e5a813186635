"""Statistics of words against examples worked by hand, with the formulas written out."""

import math
from math import log, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.reading import keyness

# Word counts of two bodies of text, with the expected counts by hand: E = size * (a + b) / (both sizes).
LIKELIHOODS = [
    # Equal sizes: E = 90 and 90.
    ((120, 60, 10_000, 10_000), 2 * (120 * log(120 / 90) + 60 * log(60 / 90))),
    # 1 to 3: E = 25 and 75; 0 ln 0 is 0.
    ((100, 0, 1_000, 3_000), 2 * 100 * log(100 / 25)),
    ((0, 100, 1_000, 3_000), 2 * 100 * log(100 / 75)),
    ((25, 75, 1_000, 3_000), 0.0),
]


@pytest.mark.parametrize(("counts", "expected"), LIKELIHOODS)
def test_log_likelihood(counts: tuple[int, int, int, int], expected: float) -> None:
    assert keyness.log_likelihood(*counts) == pytest.approx(expected, abs=1e-9)


def test_association_is_of_all_four_cells() -> None:
    # Of 1,000 words 50 stand in the window; the word occurs 40 times, 10 of them there.
    expected = 2 * (
        10 * log(10 / (50 * 40 / 1000))
        + 40 * log(40 / (50 * 960 / 1000))
        + 30 * log(30 / (950 * 40 / 1000))
        + 920 * log(920 / (950 * 960 / 1000))
    )
    assert keyness.association(10, 50, 40, 1_000) == pytest.approx(expected)
    assert keyness.association(2, 50, 40, 1_000) == pytest.approx(0)  # as many as expected: 50 * 40 / 1000
    assert keyness.association(3, 10, 3, 10) == pytest.approx(0)  # all of the text is window


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((30, 10, 1_000, 1_000), 200.0),
        ((10, 30, 1_000, 1_000), -100 * 2 / 3),
        ((10, 10, 1_000, 2_000), 100.0),
        ((0, 10, 1_000, 1_000), -100.0),
        ((10, 0, 1_000, 1_000), None),
    ],
)
def test_difference(counts: tuple[int, int, int, int], expected: float | None) -> None:
    assert keyness.difference(*counts) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((40, 10, 1_000, 1_000), 2.0), ((8, 0, 1_000, 1_000), log2(8 / 0.5)), ((0, 8, 2_000, 1_000), log2(0.5 / 2 / 8))],
)
def test_log_ratio(counts: tuple[int, int, int, int], expected: float) -> None:
    assert keyness.log_ratio(*counts) == pytest.approx(expected)


@pytest.mark.parametrize(("counts", "expected"), [((7, 7, 7), 14.0), ((5, 100, 60), 14 + log2(10 / 160))])
def test_log_dice(counts: tuple[int, int, int], expected: float) -> None:
    assert keyness.log_dice(*counts) == pytest.approx(expected)


SIZE = st.integers(1, 10**7)


@given(st.integers(0, 10**4), st.integers(0, 10**4), SIZE, SIZE)
def test_g2_is_no_less_than_0_and_the_same_from_both_sides(a: int, b: int, more_a: int, more_b: int) -> None:
    size_a, size_b = a + more_a, b + more_b
    g2 = keyness.log_likelihood(a, b, size_a, size_b)
    assert g2 >= 0
    assert g2 == pytest.approx(keyness.log_likelihood(b, a, size_b, size_a))
    assert keyness.association(a, size_a, a + b, size_a + size_b) == pytest.approx(
        g2 + _others(a, b, size_a, size_b), rel=1e-6, abs=1e-3
    )


def _others(a: int, b: int, size_a: int, size_b: int) -> float:
    """What the other words add: the two cells that the shorter formula leaves out."""
    return keyness.log_likelihood(size_a - a, size_b - b, size_a, size_b)


def test_thresholds_of_significance() -> None:
    """A chi-square of one degree of freedom is as large by chance once in so many tests."""
    assert keyness.threshold(1) == pytest.approx(3.8415, abs=1e-3)
    for words in (1, 50, 40_000):
        assert math.erfc(math.sqrt(keyness.threshold(words) / 2)) == pytest.approx(0.05 / words)
        assert not math.isinf(keyness.threshold(words))
