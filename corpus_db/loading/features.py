"""Draft -> numbers: what the classifier of roles knows of each block. One table for every raw format.

Three kinds: dense figures (length, kinds of characters, form, place in the file, agreement with stated metadata),
words (which, at either end and within), and the elements around a block with their class words. A format that has no
such thing as links or elements gives zeros and empty lists.
"""

import math
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import buckets, texts
from corpus_db.loading.buckets import Buckets
from corpus_db.loading.texts import Text
from corpus_db.records import Block, Draft, Form, Role, Scope

Figures = NDArray[np.float32]

_FORMS = Form._fields.index("scope")  # what of a form is plain flags
_KINDS = 8  # of characters
_LEVELS = 4  # elements around a block whose share of the text is looked at
PROSE = 80  # characters from which a block is running text
_LINKS = 12  # of a block, above which it is a list of them
_SHAPES = ((81, np.float32), (buckets.OF_WORDS, np.int32), (buckets.OF_ELEMENTS, np.int32))
# What addresses of pages about people and about subjects have in them.
_OF_PEOPLE = tuple(
    re.compile(part)
    for part in (
        r"author /by/ /staff /people /person profile contribut autor auteur journalist writer redakt reporter bio\b"
    ).split()
)
_OF_SUBJECTS = tuple(
    re.compile(part)
    for part in (
        "/tags?/ /topics?/ /themen?/ /categor /sections?/ /keyword /schlagwort /sujet /tema/ /etiqueta"
    ).split()
)


class Features(NamedTuple):
    """Of a draft of n blocks: `dense` (n, 81); `words` (n, OF_WORDS) and `names` (n, OF_ELEMENTS) of `buckets.py`.

    `hints` are the roles that the wording of each block hints at.
    """

    dense: Figures
    words: Buckets
    names: Buckets
    hints: tuple[Role | None, ...] = ()


def of(draft: Draft) -> Features:
    """The features of each block, in order."""
    blocks = draft.blocks
    n, front = len(blocks), draft.front
    if not n:
        return Features(*(np.zeros((0, width), kind) for width, kind in _SHAPES))  # type: ignore[arg-type]
    lines = [texts.describe(block.text) for block in blocks]
    printed = np.frombuffer(b"".join([line.figures for line in lines]), np.float32).reshape(n, -1)
    columns = [
        printed[:, : texts.SIZES],
        *_links(blocks),
        printed[:, texts.SIZES :],
        [block.stop <= front for block in blocks],
        _echoes(blocks, lines),
        *_targets(blocks),
        _forms(blocks),
        *_agreement(draft, lines),
        _characters(blocks),
        _places(blocks),
        _containers(blocks),
    ]
    words = np.frombuffer(b"".join([line.words for line in lines]), np.int32).reshape(n, -1)
    return Features(
        np.column_stack(columns).astype(np.float32),
        words,
        buckets.of_elements(blocks),
        tuple(line.hint for line in lines),
    )


def _rows(table: dict[Any, tuple[Any, ...]], keys: Sequence[Any]) -> Any:
    """The rows that a table has for the keys, as an array: each row is made once."""
    numbers = {key: number for number, key in enumerate(table)}
    return np.array(list(table.values()))[[numbers[key] for key in keys]]


def _found(patterns: tuple[re.Pattern[str], ...], targets: list[str]) -> list[bool]:
    """Which of the texts, looked through as one, have one of the patterns in them; none of these matches a break."""
    joined = "\n".join(targets)
    starts = list(accumulate((len(text) + 1 for text in targets), initial=0))
    found = [False] * len(targets)
    for pattern in patterns:
        for match in pattern.finditer(joined):
            found[bisect_right(starts, match.start()) - 1] = True
    return found


def _links(blocks: tuple[Block, ...]) -> list[Any]:
    """The share of each block that is links, whether that is all of it, the logarithm of their number."""
    shares = []
    for block in blocks:
        links = block.form.links
        shares.append(sum([link.stop - link.start for link in links]) / len(block.text) if links else 0.0)
    return [shares, [share > 0.95 for share in shares], [math.log1p(len(block.form.links)) for block in blocks]]


def _echoes(blocks: tuple[Block, ...], lines: list[Text]) -> list[float]:
    """The share of a line's longer words that stand in the running text of the file, as a headline's do."""
    running = " ".join([block.text for block in blocks if len(block.text) > texts.LINE])
    stands = frozenset(buckets.WORD.findall(running.lower())).__contains__
    return [sum(map(stands, line.longer)) / len(line.longer) if line.longer else 0.0 for line in lines]


def _targets(blocks: tuple[Block, ...]) -> tuple[list[bool], list[bool]]:
    """Whether a link of a block leads to a page about people, or about a subject."""
    targets = [
        " ".join([link.target for link in block.form.links]).lower() if len(block.form.links) <= _LINKS else ""
        for block in blocks
    ]
    return _found(_OF_PEOPLE, targets), _found(_OF_SUBJECTS, targets)


def _forms(blocks: tuple[Block, ...]) -> Any:
    forms: list[tuple[Any, ...]] = [block.form[:_FORMS] for block in blocks]
    return _rows({form: _flags(Form(*form)) for form in dict.fromkeys(forms)}, forms)


def _flags(form: Form) -> tuple[bool, ...]:
    heading = form.heading
    return (
        *(heading == 1, heading == 2, heading == 3, heading > 3),
        *(form.item, form.quote, form.cell, form.code, form.image, form.rule, form.strong, form.hidden),
        *(form.gap > 0, form.gap > 1, form.indent > 0),
    )


class _Said(NamedTuple):
    """What a file states of itself, folded."""

    titles: frozenset[str]
    title_words: tuple[frozenset[str], ...]
    described: tuple[str, ...]
    people: frozenset[str]
    outlets: frozenset[str]
    body: str

    @classmethod
    def by(cls, draft: Draft) -> "_Said":
        stated: dict[str, list[str]] = {}
        for each in draft.stated:
            stated.setdefault(each.key, []).append(each.value)
        body = " ".join(" ".join(stated.get("article body", ())).split())
        titles = frozenset(map(_fold, stated.get("headline", ()))) - {""}
        return cls(
            titles,
            tuple(frozenset(title.split()) for title in titles),
            tuple({_fold(value)[:PROSE] for value in stated.get("description", ())} - {""}),
            frozenset(_fold(value) for value in stated.get("author", ()) if len(value) < 60) - {""},
            frozenset(map(_fold, stated.get("outlet", ()))) - {""},
            re.sub(r"<[^<>]*>", "", body) if len(body) > 400 else "",
        )


def _agreement(draft: Draft, lines: list[Text]) -> list[Any]:
    """How each block agrees with what the file states, whether the file prints it twice, what the file has at all."""
    said, blocks = _Said.by(draft), draft.blocks
    folded = [line.folded for line in lines]
    copies, nothing = Counter(folded), [0.0] * len(lines)
    linked = any(block.form.links for block in blocks[:400])
    scoped = any(block.form.scope for block in blocks[:40])
    return [
        [line != "" and copies[line] > 1 for line in folded],
        [line in said.titles for line in folded],
        [_nearness(line, said) for line in folded] if said.titles else nothing,
        [line.startswith(said.described) for line in folded] if said.described else nothing,
        np.any([[name in line for line in folded] for name in said.people], axis=0) if said.people else nothing,
        [line in said.people for line in folded],
        [line in said.outlets for line in folded],
        [_part_of(said.body, block.text) for block in blocks] if said.body else nothing,
        np.tile((linked, scoped, bool(said.body), bool(said.titles)), (len(lines), 1)),
    ]


def _nearness(line: str, said: _Said) -> float:
    """The share of words that a line has in common with the stated title that is most like it; 0 for the same."""
    if len(line) >= 200 or line in said.titles:
        return 0.0
    words, best = line.split(), 0.0
    for title in said.title_words:
        if common := len(title.intersection(words)):
            best = max(best, common / (len(title.union(words))))
    return best


def _part_of(body: str, text: str) -> float:
    """Whether a stated text of the article has both ends of a block, or one of them."""
    return ((text[:40] in body) + (text[-40:] in body)) / 2


def _fold(text: str) -> str:
    return " ".join(buckets.WORD.findall(text.lower()))


@cache
def _kinds() -> Any:
    """The kind of each character of the basic plane: upper, lower, other letter, digit, blank, comma, mark, rest."""
    table = np.full(0x10000, 7, dtype=np.uint8)
    by_category = {"Lu": 0, "Lt": 0, "Ll": 1, "Lo": 2, "Lm": 2, "Nd": 3, "Zs": 4, "Po": 6, "Ps": 6, "Pe": 6, "Pd": 6}
    for code in range(0x3000):
        table[code] = by_category.get(unicodedata.category(chr(code)), 7)
    table[0x3000:0xFB00] = 2
    table[ord(",")] = 5
    return table


def _characters(blocks: tuple[Block, ...]) -> Any:
    """Shares of the kinds of characters in each block (n, 8), and of words in capitals (n, 1)."""
    n = len(blocks)
    joined = " ".join([block.text for block in blocks])
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    lengths = np.array([len(block.text) for block in blocks])
    of = np.repeat(np.arange(n), lengths + 1)[:-1]  # the block that each character stands in, or right behind
    shares = np.bincount(of * _KINDS + kinds, minlength=n * _KINDS).reshape(n, _KINDS) / lengths[:, None]
    first = np.concatenate([[True], kinds[:-1] == 4])  # of a word
    words = np.maximum(1, np.bincount(of[first & (kinds < 4)], minlength=n))
    capitals = np.bincount(of[first & (kinds == 0)], minlength=n) / words
    return np.column_stack([shares, capitals])


def _containers(blocks: tuple[Block, ...]) -> Any:
    """The share of the file's running text in the element around each block, and in the next three (n, 4)."""
    if not any(block.form.scope for block in blocks[:40]):
        return np.zeros((len(blocks), _LEVELS))
    sums: dict[int, int] = {}
    total = 1
    for block in blocks:
        if (length := len(block.text)) > PROSE:
            total += length
            for each in _above(block.form.scope):
                sums[each] = sums.get(each, 0) + length
    rows: dict[int, tuple[float, ...]] = {}
    places = []
    for block in blocks:
        parent = block.form.scope and block.form.scope.parent
        places.append(id(parent))
        if id(parent) not in rows:
            shares = [sums.get(each, 0) / total for each in _above(block.form.scope)]
            rows[id(parent)] = (*shares, *(0.0,) * (_LEVELS - len(shares)))
    return _rows(rows, places)


def _above(scope: Scope | None) -> list[int]:
    """The identities of the elements around an element, the innermost first."""
    found: list[int] = []
    while scope and scope.parent and len(found) < _LEVELS:
        scope = scope.parent
        found.append(id(scope))
    return found


def _places(blocks: tuple[Block, ...]) -> Figures:
    """Where each block stands in the file: by number, by characters, by running text (n, 9)."""
    n = len(blocks)
    at = np.arange(n, dtype=np.float32)
    lengths = np.array([len(block.text) for block in blocks], dtype=np.float32)
    prose = np.where(lengths > PROSE, lengths, 0.0)
    total, running = lengths.sum(), max(1.0, float(prose.sum()))
    before = (np.cumsum(prose) - prose) / running
    longest = np.maximum(lengths.max(), 1.0)
    return np.stack(
        [
            at / n,
            np.log1p(at) / 5,
            np.log1p(n - at) / 5,
            (np.cumsum(lengths) - lengths) / total,
            before,
            np.full(n, math.log1p(n) / 5),
            np.full(n, math.log1p(running) / 10),
            lengths / longest,
            np.full(n, running / max(1.0, float(total))),
        ],
        axis=1,
    ).astype(np.float32)
