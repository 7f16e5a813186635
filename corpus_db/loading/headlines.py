"""Which of the lines above a text is its headline.

Each line is described by what the network says of it, how it is printed, what stands below it, and how many of its
words the text has, too: a headline says what its text is about, a menu or the title of another article does not. A
conditional logistic regression (McFadden, 1974), the weights in `headlines.csv` made by `scripts/train --headlines`,
weighs that; the line with the highest sum is the headline.
"""

import math
import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import bylines, cues, metadata, names, outlets, tables
from corpus_db.loading.sheet import BODY, BYLINE, HEADLINE, PARAGRAPH, STANDFIRST, Sheet
from corpus_db.records import Draft, Role

# What a line is described by. The wording comes last: it costs most, and is asked for the likeliest lines only.
PRINTED = (
    "furniture", "headline", "standfirst", "shared", "shared words", "words", "usual length", "long", "capitals",
    "first rank", "third rank", "first of file", "stop", "below", "distance", "links", "standfirst below", "quoted",
)  # fmt: skip
WORDED = ("hint", "names", "byline below", "dateline below")
BELOW = 4  # blocks from the first paragraph on where headline and byline can stand
_LIKELY = 12  # lines whose wording is looked at
_PARAGRAPHS = 15  # of the text, whose words count
_STEM = 6  # letters by which words are compared: endings differ
_SHORTEST = 4  # letters of a word that says something
_LEAST = 1e-6  # chance that a logarithm is taken of
_QUOTABLE = 25  # characters of a line that other lines can quote
_USUAL, _LONG = range(4, 26), 30  # words
_SEEN = 0.2  # how likely some line has to be the headline, where a page's metadata is not asked
_STATED = 6.0  # what it counts that metadata states the line as title
_NAME_WORDS, _SPOKEN_OF = 5, 2  # words of a name; lines that have it
_NAME = re.compile(r"[^\W\d_](?:[\w.&'’ -]*[\w.])?")
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # Thai, kana, Han, Hangul


def choose(sheet: Sheet, above: list[int], first: int, titles: set[str]) -> int | None:
    """The block that is the headline, None where none is printed.

    `above` are blocks that could be, in order; `first` is the first block of the body; `titles` are the headlines that
    metadata states, folded.
    """
    lines = candidates(sheet, above, first)
    if not lines:
        return None
    weights, lowest = _weights()
    scores = describe_print(sheet, lines, first) @ weights[: len(PRINTED)]
    if sheet.blocks[0].form.scope is None or sheet.chances[lines, HEADLINE].max() < _SEEN:
        scores += [_STATED * (bool(titles) and fold(sheet.blocks[at].text) in titles) for at in lines]
    likely = sorted(np.argsort(-scores, kind="stable")[:_LIKELY].tolist())
    worded = describe_wording(sheet, [lines[each] for each in likely]) @ weights[len(PRINTED) :]
    for score, each in sorted(zip(scores[likely] + worded, likely, strict=True), reverse=True):
        at: int = lines[each]
        if score < lowest:
            return None
        text = sheet.blocks[at].text
        if _is_name(sheet, text):
            continue
        hint = cues.hint(text, text.count(" ") + 1)
        if sheet.chances[at, HEADLINE] > BODY or (hint in (None, Role.MASTHEAD) and not bylines.is_line_of_names(text)):
            return at
    return None


def _is_name(sheet: Sheet, text: str) -> bool:
    """Whether a line is a domain, or the name of an outlet that other lines speak of: 'Ann Lee/The Orlo Gazette'."""
    if " " not in text and outlets.host(text) == text.lower():
        return True
    if text.count(" ") >= _NAME_WORDS or not _NAME.fullmatch(text) or not outlets.sounds_so(text):
        return False
    return sum(text in block.text and text != block.text for block in sheet.blocks) >= _SPOKEN_OF


def candidates(sheet: Sheet, above: list[int], first: int) -> list[int]:
    """The blocks among which the headline is: not far below the first paragraph, no byline, no dateline."""
    return [at for at in above if at < first + BELOW and not _signs(sheet, at)]


def describe_print(sheet: Sheet, lines: list[int], first: int) -> NDArray[np.float64]:
    """How lines are printed, and where: (lines, PRINTED)."""
    body = [at for at in range(first, len(sheet.blocks)) if sheet.chances[at, PARAGRAPH] > BODY][:_PARAGRAPHS]
    text = _terms(" ".join(sheet.blocks[at].text for at in body))
    others = (
        block.text for block, likely in zip(sheet.blocks, sheet.chances[:, PARAGRAPH], strict=True) if likely < BODY
    )
    around = "\n".join(others)
    return np.array([_printed(sheet, at, first, text, around) for at in lines])


def describe_wording(sheet: Sheet, lines: list[int]) -> NDArray[np.float64]:
    """What the wording of lines, and of those right below them, hints at: (lines, WORDED)."""
    found = []
    for at in lines:
        text = sheet.blocks[at].text
        end = len(sheet.blocks)
        found.append((
            cues.hint(text, text.count(" ") + 1) is not None,
            bylines.is_line_of_names(text),
            any(_signs(sheet, each) for each in range(at + 1, min(end, at + 4))),
            any(cues.is_dateline(sheet.blocks[each].text) for each in range(at + 1, min(end, at + 5))),
        ))  # fmt: skip
    return np.array(found, dtype=np.float64)


def _printed(sheet: Sheet, at: int, first: int, text: frozenset[str], around: str) -> tuple[float, ...]:
    block, chances = sheet.blocks[at], sheet.chances[at]
    terms = _terms(block.text)
    shared, words = len(terms & text), len(block.text.split())
    below = sheet.chances[at + 1, STANDFIRST] if at + 1 < len(sheet.blocks) else 0.0
    return (
        *(math.log(max(_LEAST, float(chances[each]))) for each in (0, HEADLINE, STANDFIRST)),
        shared / max(1, len(terms)),
        math.log1p(shared),
        math.log1p(words),
        words in _USUAL,
        words > _LONG,
        words > 3 and block.text.isupper(),
        block.form.heading == 1,
        block.form.heading > 2,
        at == 0,
        block.text[-1] in ".,;:",
        at > first,
        math.log1p(abs(first - at)),
        bool(block.form.links),
        float(below),
        len(block.text) >= _QUOTABLE and _is_quoted(block.text, around),
    )


def _terms(text: str) -> frozenset[str]:
    """What a text speaks of: its longer words without their endings; pairs of signs where words are not apart."""
    words = _WORD.findall(text.casefold())
    if not _UNSPACED.search(text):
        return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST)
    found: set[str] = set()
    for word in words:
        if _UNSPACED.search(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _SHORTEST:
            found.add(word[:_STEM])
    return frozenset(found)


def _is_quoted(text: str, around: str) -> bool:
    """Whether lines around a text have another line in them, as 'Share: A headline' and '4. A headline' have one."""
    return around.count(text) > f"\n{around}\n".count(f"\n{text}\n")


def _signs(sheet: Sheet, at: int) -> bool:
    """Whether a block is byline or dateline rather than headline."""
    text = sheet.blocks[at].text
    likely = sheet.chances[at, BYLINE:].max() >= BODY
    return bool(likely) and (names_somebody(text) or cues.is_dateline(text))


def names_somebody(text: str) -> bool:
    """Whether a likely byline can be one: it opens so, or has a name of more than common words."""
    return bylines.opens(text) or any(names.is_unlike_words(name.name) for name in bylines.find(text))


def stated(draft: Draft, sheet: Sheet) -> set[str]:
    """The headlines that a page states, and those of metadata above a text, folded."""
    entries = [metadata.entry(sheet.blocks[at]) for at, role in sheet.fixed.items() if role is Role.METADATA]
    given = [each.value for each in draft.stated if each.key == "headline"]
    return {fold(each) for each in (*given, *(entry.value for entry in entries if entry and entry.field == "headline"))}


def fold(text: str) -> str:
    """The words of a text in small letters."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def least() -> float:
    """The sum below which no line is the headline."""
    return _weights()[1]


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    return tables.weights("headlines.csv", (*PRINTED, *WORDED))
