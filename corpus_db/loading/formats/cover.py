"""Blocks of a file -> the same blocks, grown so that every visible character of the file stands in exactly one.

Readers give the text; marks around it (a bullet, a closing tag, `##`) belong to the block on their line, and lines
that no reader took become blocks of their own. This is promise 1: nothing is lost.
"""

import re
from collections.abc import Iterable

from corpus_db.loading.formats.inline import fold
from corpus_db.records import Block, Form

_STRETCH = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# Markup that prints nothing: comments, scripts and styles, tags.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)|</?[A-Za-z][^<>]*>|<![^<>]*>", re.S | re.I
)
_MARKS = re.compile(r"[\W_]+\Z")


def cover(source: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks`, ordered and disjoint, grown over what is visible in `source`; those without text are left out."""
    grown: list[Block] = []
    at = 0
    for block in (each for each in blocks if each.text):
        if block.start > at and not source[at : block.start].isspace():
            start = _fill(source, grown, at, block.start, before=True)
            block = block if start == block.start else block._replace(start=start)
        grown.append(block)
        at = block.stop
    if not source[at:].isspace():
        _fill(source, grown, at, len(source), before=False)
    return tuple(grown)


def _fill(source: str, grown: list[Block], start: int, stop: int, *, before: bool) -> int:
    """Give what stands in a gap to the block on its line, or to new blocks; where the next block is to begin.

    `before` says whether a block follows the gap. Tags and characters that print nothing go to the block before them.
    """
    first = None
    shown = _UNSEEN.sub(lambda unseen: " " * len(unseen[0]), source[start:stop])
    for match in _STRETCH.finditer(source, start, stop):
        text = match[0].strip()
        if not text:
            continue
        left = match.start() + match[0].index(text)
        right = left + len(text)
        if before and match.end() == stop and not (grown and match.start() == start):
            return left if first is None else first
        prints = fold(shown[left - start : right - start])
        if grown and (match.start() == start or not prints):
            grown[-1] = grown[-1]._replace(stop=right)
        elif not prints:
            first = left if first is None else first
        else:
            begin, first = left if first is None else first, None
            grown.append(Block(fold(text), begin, right, Form(rule=bool(_MARKS.match(text)))))
    return stop if first is None else first
