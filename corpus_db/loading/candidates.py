"""Facts that may be it, and which of them is: the one stated in the best place, the first of those.

Ranks of places are the same for every field, the lower the better.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from corpus_db.records import Fact, Stated


class Rank(IntEnum):
    """Where a candidate is stated."""

    WINS = 0  # a line of the manifest that says so
    DATA = 1  # what a page states of itself for machines
    PRINTED = 2  # a line made to state it, above the body
    BESIDE = 3  # another line above the body
    METADATA = 4
    MASTHEAD = 5
    ADDRESS = 6
    BELOW = 7  # a line below the body
    MANIFEST = 8  # fills what the file leaves open
    VAGUE = 9  # less than was asked for: a month, the bare domain


_DATA = frozenset(("json-ld", "open graph", "canonical link", "parsely", "dublin core", "citation", "microdata"))


class Candidate(NamedTuple):
    """A fact that may be it."""

    rank: Rank
    fact: Fact


StatedByField = list[tuple[str, Stated]]


def choose(candidates: Iterable[Candidate]) -> Fact | None:
    """The fact with the best rank; the first stated of those."""
    best = min(candidates, key=lambda candidate: candidate.rank, default=None)
    return best.fact if best else None


def from_metadata(stated: StatedByField, field: str) -> Iterator[Candidate]:
    """The values that metadata states for a field, as they stand there."""
    for name, each in stated:
        if name == field:
            yield Candidate(rank(each), Fact(field, each.value, each.value, each.source, each.start, each.stop))


def rank(stated: Stated) -> Rank:
    """How good a place of metadata is: the manifest fills gaps, unless it says that it wins."""
    if stated.wins:
        return Rank.WINS
    if stated.source == "manifest":
        return Rank.MANIFEST
    return Rank.DATA if stated.source in _DATA else Rank.METADATA
