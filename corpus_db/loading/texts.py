"""A text by itself -> what it tells: its figures, its words, the role that its wording hints at.

Nothing here depends on the file that a text stands in: the same lines stand on all pages of an outlet, and are
described once.
"""

import math
import re
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from corpus_db.loading import buckets, cues
from corpus_db.records import Role

LONG = 280  # characters above which a block is not compared with others
LINE = 160  # characters up to which it can be a headline
SIZES = 3  # figures that say how long a text is; they come first

_KEPT = 20_000  # texts whose description is kept
_HINTS = (Role.BOILERPLATE, Role.BIO, Role.CREDIT, Role.TAG, Role.MASTHEAD, Role.CAPTION, Role.METADATA, Role.BYLINE)
_HINT_ROWS = {hint: tuple(float(hint is role) for role in _HINTS) for hint in (None, *Role)}
_ENDS = (".!?…。！？।", ":", ",;–—-", '"”’»›“)]')
_END_ROWS = {char: tuple(float(char in ends) for ends in _ENDS) for char in "".join(_ENDS)}
_NO_END = (0.0,) * len(_ENDS)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(r"\d{1,2}[:.h]\d\d|\d{1,2}\s?(?:am|pm|Uhr)\b")
_DIGIT = re.compile(r"\d")
_FIGURES = Struct(f"{SIZES + len(_HINTS) + len(_ENDS) + 10}f")


class Text(NamedTuple):
    """What a text tells by itself. Its figures and the buckets of its words are packed, as numbers of 32 bits."""

    figures: bytes
    words: bytes
    folded: str  # '' where it is too long to be compared
    longer: tuple[str, ...]  # words of a line that have more than three letters
    hint: Role | None


def describe(text: str) -> Text:
    """What a text that is not empty tells by itself."""
    return _kept(text) if len(text) < LONG else _described(text)


def _described(text: str) -> Text:
    words, row = buckets.of_words(text)
    count = text.count(" ") + 1
    hint = cues.worded(text, count)
    return Text(
        _FIGURES.pack(*_figures(text, count, hint)),
        row,
        " ".join(words) if len(text) < LONG else "",
        tuple([word for word in words if len(word) > 3]) if len(text) <= LINE else (),
        hint,
    )


_kept = lru_cache(_KEPT)(_described)


def _figures(text: str, count: int, hint: Role | None) -> tuple[float, ...]:
    """Size, wording, how a text begins and ends, its sentences, what stands in it."""
    length, first = len(text), text[0]
    digits = length < LONG and _DIGIT.search(text) is not None
    return (
        math.log1p(length),
        math.log1p(count),
        length / count / 10,
        *_HINT_ROWS[hint],
        *_END_ROWS.get(text[-1], _NO_END),
        first.isupper(),
        first.islower(),
        first.isdigit(),
        math.log1p(text.count(". ") + text.count("? ") + text.count("! ")) if count > 1 else 0.0,
        digits and _YEAR.search(text) is not None,
        digits and _TIME.search(text) is not None,
        "@" in text,
        "©" in text,
        "|" in text or "•" in text or "›" in text or "»" in text,
        "http" in text or "www." in text,
    )
