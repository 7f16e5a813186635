"""Draft -> numbers: what the classifier of roles knows of each block. One table for every raw format.

Three kinds: dense figures (length, kinds of characters, form, place in the file, agreement with stated metadata),
words (which, at either end and within), and the elements around a block with their class words. A format that has no
such thing as links or elements gives zeros and empty lists.
"""

import math
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import chain
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import cues
from corpus_db.records import Block, Draft, Form, Link, Role, Scope

WORDS, NAMES = 1 << 13, 1 << 12  # hash buckets of words, and of elements with their class words; bucket 0 is "none"
HEAD, TAIL, BAG, NEAR, FAR = 3, 3, 24, 12, 20  # how many of each kind a block has at most

Figures = NDArray[np.float32]
Buckets = NDArray[np.int32]

_WORD = re.compile(r"\w+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FOLDED = re.compile(r"\W+")
_EDGE, _LONG = 140, 280  # characters at either end whose words are looked at; above which a block is not compared
_KNOWN = 200_000  # words whose buckets are kept
_DEPTH = 12  # elements that are looked at around a block
_FORMS = Form._fields.index("scope")  # what of a form is plain flags
_KINDS = 8  # of characters
_LEVELS = 4  # elements around a block whose share of the text is looked at
_PROSE = 80  # characters from which a block is running text
_SHAPES = ((81, np.float32), (HEAD + TAIL + BAG, np.int32), (NEAR + FAR, np.int32))
_HINTS = (Role.BOILERPLATE, Role.BIO, Role.CREDIT, Role.TAG, Role.MASTHEAD, Role.CAPTION, Role.METADATA, Role.BYLINE)
_OF_PEOPLE = re.compile(
    r"author|/by/|/staff|/people|/person|profile|contribut|autor|auteur|journalist|writer|redakt|reporter|bio\b"
)
_OF_SUBJECTS = re.compile(
    r"/tags?/|/topics?/|/themen?/|/categor|/sections?/|/keyword|/schlagwort|/sujet|/tema/|/etiqueta"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(r"\d{1,2}[:.h]\d\d|\d{1,2}\s?(?:am|pm|Uhr)\b")
_DIGIT = re.compile(r"\d")
_HINT_ROWS = {hint: tuple(float(hint is role) for role in _HINTS) for hint in (None, *Role)}
_ENDS = (frozenset(".!?…。！？।"), frozenset(":"), frozenset(",;–—-"), frozenset('"”’»›“)]'))
_END_ROWS = {char: tuple(float(char in ends) for ends in _ENDS) for char in frozenset().union(*_ENDS)}
_NO_END, _NO_TARGETS = (0.0,) * len(_ENDS), (0.0, 0.0)


class Features(NamedTuple):
    """Of a draft of n blocks: `dense` (n, D); `words` (n, HEAD + TAIL + BAG), `names` (n, NEAR + FAR), 0 where none.

    `hints` are the roles that the wording of each block hints at.
    """

    dense: Figures
    words: Buckets
    names: Buckets
    hints: tuple[Role | None, ...] = ()


def of(draft: Draft) -> Features:
    """The features of each block, in order."""
    blocks = draft.blocks
    if not blocks:
        return Features(*(np.zeros((0, width), kind) for width, kind in _SHAPES))  # type: ignore[arg-type]
    rows = _Rows(draft)
    dense = np.array([rows.of(index, block) for index, block in enumerate(blocks)], dtype=np.float32)
    dense = np.concatenate([dense, _characters(blocks), _places(blocks), _containers(blocks)], axis=1)
    words = np.zeros((len(blocks), HEAD + TAIL + BAG), dtype=np.int32)
    names = np.zeros((len(blocks), NEAR + FAR), dtype=np.int32)
    chains: dict[int, tuple[tuple[int, ...], ...]] = {}
    for index, block in enumerate(blocks):
        first, last, bag = _words(block.text)
        words[index, : len(first)] = first
        words[index, HEAD : HEAD + len(last)] = last
        words[index, HEAD + TAIL : HEAD + TAIL + len(bag)] = bag
        if (scope := block.form.scope) is not None:
            around = _chain(scope, chains)
            near = [*around[0], *(around[1] if len(around) > 1 else ())][:NEAR]
            far = list(dict.fromkeys(chain.from_iterable(around[2:])))[:FAR]
            names[index, : len(near)] = near
            names[index, NEAR : NEAR + len(far)] = far
    return Features(dense, words, names, tuple(rows.hints))


class _Buckets(dict[str, int]):
    """The bucket of each word, worked out once a process."""

    def __missing__(self, word: str) -> int:
        shape = "#" * len(word) if word.isdigit() else word
        bucket = 1 + crc32(shape.encode()) % (WORDS - 1)
        if len(self) < _KNOWN:
            self[word] = bucket
        return bucket


_BUCKETS = _Buckets()


def _words(text: str) -> tuple[list[int], list[int], list[int]]:
    """Buckets of the first and the last words of a block, and of those at its two edges together."""
    if len(text) > 2 * _EDGE:
        first = [_BUCKETS[word] for word in _WORD.findall(text[:_EDGE].lower())]
        last = [_BUCKETS[word] for word in _WORD.findall(text[-_EDGE:].lower())[1:]]
        return first[:HEAD], last[-TAIL:], first[: BAG // 2] + last[-BAG // 2 :]
    found = [_BUCKETS[word] for word in _WORD.findall(text.lower())]
    return found[:HEAD], found[-TAIL:], found[:BAG]


@cache
def _tokens(tag: str, names: str) -> tuple[int, ...]:
    """Buckets of an element and of its class words."""
    found = dict.fromkeys(["<" + tag, *(word.lower() for word in _CAMEL.findall(names[:200]) if 2 < len(word) < 20)])
    return tuple(1 + crc32(each.encode()) % (NAMES - 1) for each in list(found)[:8])


def _chain(scope: Scope, known: dict[int, tuple[tuple[int, ...], ...]]) -> tuple[tuple[int, ...], ...]:
    """Buckets of the elements around a block, the innermost first."""
    unknown: list[Scope] = []
    above: Scope | None = scope
    while above is not None and id(above) not in known:
        unknown.append(above)
        above = above.parent
    for each in reversed(unknown):
        around = known[id(each.parent)] if each.parent else ()
        known[id(each)] = (_tokens(each.tag, each.names), *around[: _DEPTH - 1])
    return known[id(scope)]


class _Rows:
    """Figures of a block that need more than its characters: its form, its wording, what the file states."""

    def __init__(self, draft: Draft) -> None:
        stated: dict[str, list[str]] = {}
        for each in draft.stated:
            stated.setdefault(each.key, []).append(each.value)
        self._titles = {_fold(value) for value in stated.get("headline", ())} - {""}
        self._title_words = [set(title.split()) for title in self._titles]
        self._described = {_fold(value)[:_LONG] for value in stated.get("description", ())} - {""}
        self._people = {_fold(value) for value in stated.get("author", ()) if len(value) < 60} - {""}
        self._outlets = {_fold(value) for value in stated.get("outlet", ())} - {""}
        body = " ".join(" ".join(stated.get("article body", ())).split())
        self._body = re.sub(r"<[^<>]*>", "", body) if len(body) > 400 else ""
        self._folded = [_fold(block.text) if len(block.text) < _LONG else "" for block in draft.blocks]
        self._copies = Counter(self._folded)
        running = [block.text for block in draft.blocks if len(block.text) > _PROSE * 2]
        self._prose = frozenset(_WORD.findall(" ".join(running).lower()))
        self._linked = any(block.form.links for block in draft.blocks[:400])
        self._scoped = any(block.form.scope for block in draft.blocks[:40])
        self._front = draft.front
        self._whole = (float(self._linked), float(self._scoped), float(bool(self._body)), float(bool(self._titles)))
        self.hints: list[Role | None] = []

    def of(self, index: int, block: Block) -> list[float]:
        text, form = block.text, block.form
        length = len(text)
        count = text.count(" ") + 1
        links = form.links
        shared = sum(link.stop - link.start for link in links) / length if links else 0.0
        hint = cues.worded(text, count)
        self.hints.append(hint)
        first = text[0]
        short = length < _LONG and _DIGIT.search(text) is not None
        return [
            math.log1p(length),
            math.log1p(count),
            length / count / 10,
            shared,
            shared > 0.95,
            math.log1p(len(links)) if links else 0.0,
            *_HINT_ROWS[hint],
            *_END_ROWS.get(text[-1], _NO_END),
            first.isupper(),
            first.islower(),
            first.isdigit(),
            math.log1p(text.count(". ") + text.count("? ") + text.count("! ")) if count > 1 else 0.0,
            short and _YEAR.search(text) is not None,
            short and _TIME.search(text) is not None,
            "@" in text,
            "©" in text,
            "|" in text or "•" in text or "›" in text or "»" in text,
            "http" in text or "www." in text,
            block.stop <= self._front,
            self._echo(index, text),
            *(_targets(links) if links else _NO_TARGETS),
            *_form(form[:_FORMS]),
            *self._agreement(index, text),
            *self._whole,
        ]

    def _echo(self, index: int, text: str) -> float:
        """The share of a line's longer words that stand in the running text of the file, as a headline's do."""
        folded = self._folded[index]
        if not folded or len(text) > _PROSE * 2:
            return 0.0
        words = [word for word in folded.split() if len(word) > 3]
        return sum(word in self._prose for word in words) / len(words) if words else 0.0

    def _agreement(self, index: int, text: str) -> list[float]:
        """How a block agrees with what the file states, and whether the file prints it twice."""
        folded = self._folded[index]
        body = (float(text[:40] in self._body) + float(text[-40:] in self._body)) / 2 if self._body else 0.0
        if not folded:
            return [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, body]
        title, near = folded in self._titles, 0.0
        if not title and self._title_words and len(folded) < 200:
            words = set(folded.split())
            near = max(len(words & each) / len(words | each) for each in self._title_words)
        return [
            self._copies[folded] > 1,
            title,
            near,
            any(folded.startswith(each[:80]) for each in self._described) if self._described else 0.0,
            any(name in folded for name in self._people) if self._people else 0.0,
            folded in self._people,
            folded in self._outlets,
            body,
        ]


def _targets(links: tuple[Link, ...]) -> tuple[float, float]:
    """Whether a link of a block leads to a page about people, or about a subject."""
    if not links or len(links) > 12:
        return 0.0, 0.0
    targets = " ".join(link.target for link in links).lower()
    return float(_OF_PEOPLE.search(targets) is not None), float(_OF_SUBJECTS.search(targets) is not None)


@cache
def _form(values: tuple[Any, ...]) -> list[float]:
    form = Form(*values)
    heading = form.heading
    flags = (form.item, form.quote, form.cell, form.code, form.image, form.rule, form.strong, form.hidden)
    levels = (heading == 1, heading == 2, heading == 3, heading > 3)
    return [*map(float, levels), *map(float, flags), *map(float, (form.gap > 0, form.gap > 1, form.indent > 0))]


def _fold(text: str) -> str:
    return _FOLDED.sub(" ", text.lower()).strip()


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


def _characters(blocks: tuple[Block, ...]) -> Figures:
    """Shares of the kinds of characters in each block (n, 8), and of words in capitals (n, 1)."""
    joined = " ".join(block.text for block in blocks)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    lengths = np.array([len(block.text) for block in blocks])
    starts = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]])
    shares = np.empty((len(blocks), _KINDS + 1), dtype=np.float32)
    for kind in range(_KINDS):
        shares[:, kind] = np.add.reduceat((kinds == kind).astype(np.float32), starts) / lengths
    first = np.concatenate([[True], kinds[:-1] == 4])  # of a word
    words = np.maximum(1.0, np.add.reduceat((first & (kinds < 4)).astype(np.float32), starts))
    shares[:, _KINDS] = np.add.reduceat((first & (kinds == 0)).astype(np.float32), starts) / words
    return shares


def _containers(blocks: tuple[Block, ...]) -> Figures:
    """The share of the file's running text in the element around each block, and in the next three (n, 4)."""
    shares = np.zeros((len(blocks), _LEVELS), dtype=np.float32)
    if not any(block.form.scope for block in blocks[:40]):
        return shares
    sums: dict[int, float] = {}
    around: list[list[int]] = []
    total = 1.0
    for block in blocks:
        chain_: list[int] = []
        scope = block.form.scope
        while scope is not None and len(chain_) < _LEVELS + 2:
            chain_.append(id(scope))
            scope = scope.parent
        around.append(chain_[1 : _LEVELS + 1])
        length = len(block.text)
        if length > _PROSE:
            total += length
            for each in around[-1]:
                sums[each] = sums.get(each, 0.0) + length
    for index, ids in enumerate(around):
        shares[index, : len(ids)] = [sums.get(each, 0.0) / total for each in ids]
    return shares


def _places(blocks: tuple[Block, ...]) -> Figures:
    """Where each block stands in the file: by number, by characters, by running text (n, 9)."""
    n = len(blocks)
    at = np.arange(n, dtype=np.float32)
    lengths = np.array([len(block.text) for block in blocks], dtype=np.float32)
    prose = np.where(lengths > _PROSE, lengths, 0.0)
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
