"""Words and elements of a page -> hash buckets, whose vectors the classifier of roles has learnt.

Rows of buckets are packed as whole numbers of 32 bits, with 0 behind the last: rows are made once and joined fast.
"""

import re
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus_db.records import Block, Scope

WORDS, NAMES = 1 << 13, 1 << 12  # buckets of words, and of elements with their class words; bucket 0 is "none"
HEAD, TAIL, BAG, NEAR, FAR = 3, 3, 24, 12, 20  # how many of each kind a block has at most
OF_WORDS, OF_ELEMENTS = HEAD + TAIL + BAG, NEAR + FAR  # buckets in a row
EDGE = 140  # characters at either end of a block whose words are looked at
WORD = re.compile(r"\w+")

Buckets = NDArray[np.int32]

_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SIZE = 4  # bytes of a packed bucket
_DEPTH = 12  # elements that are looked at around a block
_KNOWN, _ROWS = 200_000, 20_000  # words and elements whose buckets are kept, rows that are


class Words(NamedTuple):
    """The words at the beginning of a text in lower case, all of them where it is short; its row of buckets, packed."""

    first: list[str]
    row: bytes


def of_words(text: str) -> Words:
    """Buckets of the first words of a text, of its last, and of those at both its edges together."""
    whole = len(text) <= 2 * EDGE
    words = WORD.findall(text.lower() if whole else text[:EDGE].lower())
    first = last = bag = _packed([_BUCKETS[word] for word in words])
    if not whole:
        last = _packed([_BUCKETS[word] for word in WORD.findall(text[-EDGE:].lower())[1:]])
        bag = first[: _SIZE * BAG // 2] + last[-_SIZE * BAG // 2 :]
    return Words(words, _padded(first, HEAD) + _padded(last[-_SIZE * TAIL :], TAIL) + _padded(bag, BAG))


class _Buckets(dict[str, int]):
    """The bucket of each word, worked out once a process."""

    def __missing__(self, word: str) -> int:
        shape = "#" * len(word) if word.isdigit() else word
        bucket = 1 + crc32(shape.encode()) % (WORDS - 1)
        if len(self) < _KNOWN:
            self[word] = bucket
        return bucket


_BUCKETS = _Buckets()


def _packed(buckets: Iterable[int]) -> bytes:
    return array("i", buckets).tobytes()


def _padded(packed: bytes, most: int) -> bytes:
    """So many packed buckets, 0 behind the last."""
    return packed[: _SIZE * most].ljust(_SIZE * most, b"\0")


def of_elements(blocks: tuple[Block, ...]) -> Buckets:
    """Buckets of the innermost two elements around each block, and of those further out, each once."""
    chains: dict[int, tuple[tuple[int, ...], ...]] = {}
    outer: dict[int, bytes] = {}
    rows: list[bytes] = []
    for block in blocks:
        scope = block.form.scope
        parent = scope and scope.parent
        above = parent and parent.parent
        if id(above) not in outer:
            around = _chain(above, chains)
            outer[id(above)] = _padded(_packed(dict.fromkeys(chain.from_iterable(around))), FAR)
        rows += _near(*(scope[:2] if scope else ()), *(parent[:2] if parent else ())), outer[id(above)]
    return np.frombuffer(b"".join(rows), np.int32).reshape(len(blocks), -1)


@lru_cache(_KNOWN)
def _tokens(tag: str, names: str) -> tuple[int, ...]:
    """Buckets of an element and of its class words."""
    found = dict.fromkeys(["<" + tag, *(word.lower() for word in _CAMEL.findall(names[:200]) if 2 < len(word) < 20)])
    return tuple(1 + crc32(each.encode()) % (NAMES - 1) for each in list(found)[:8])


@lru_cache(_ROWS)
def _near(*named: str) -> bytes:
    """Buckets of elements given as tag, class words, tag, class words."""
    return _padded(_packed(chain.from_iterable(map(_tokens, named[::2], named[1::2]))), NEAR)


def _chain(scope: Scope | None, known: dict[int, tuple[tuple[int, ...], ...]]) -> tuple[tuple[int, ...], ...]:
    """Buckets of an element and of those around it, the innermost first, as far out as is looked."""
    if scope is None:
        return ()
    unknown: list[Scope] = []
    above: Scope | None = scope
    while above is not None and id(above) not in known:
        unknown.append(above)
        above = above.parent
    for each in reversed(unknown):
        around = known[id(each.parent)] if each.parent else ()
        known[id(each)] = (_tokens(each.tag, each.names), *around[: _DEPTH - 3])
    return known[id(scope)]
