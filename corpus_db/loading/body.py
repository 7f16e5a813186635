"""What network and elements say -> the body: its paragraphs and crossheads, in one stretch of the file."""

import re
from collections.abc import Collection
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import elements, endings
from corpus_db.loading.sheet import (
    BODY,
    CROSSHEAD,
    CROSSHEAD_WORDS,
    LETTER,
    PARAGRAPH,
    REMAINING,
    STATEMENT_END,
    SURE,
    Sheet,
)
from corpus_db.records import Block, Role, Scope

_SPEAKER = re.compile(r"[^\W\d_][\w .'’-]{0,40}: \S")  # 'Lee: "I agree."'
_QUOTED_LINE = re.compile(
    r"""['"“‘«„][^"“”«»„]{8,120}[^.!?…,"“”«»„]['"”’»“]\Z"""
)  # “The wells are dry”, alone on its line
_LINE_HEADS, _REST_HEADS = 0.25, 0.9  # how likely a crosshead has to be one: a line like one, any other block
_POINTER = re.compile(r"\w+(?: \w+){0,3} ?: ")  # 'Read also: What the bill says'
_FOOT_ROLES = frozenset((Role.BOILERPLATE, Role.BIO, Role.CREDIT, Role.MASTHEAD, Role.METADATA, Role.TAG))
_BETWEEN = 0.2  # how likely a block with body on both sides has to be body
_AROUND = 2  # blocks that are its sides
_WHOLE = 150  # words of a body, behind which a title of first rank opens another article
_PIECES = 3  # paragraphs that a block has to repeat, to be the text once more
_TITLE = 20  # words of the title of another article
_CAPTION = 500  # characters of a caption, at most
_LINKED = 0.8  # share of a block that is links, from which it counts against the body
_COUNTED, _AGAINST = 60, 0.6  # words of a block that count for the body as a whole; the part that counts against it
_LEAST_WORDS, _SENTENCE = 4, 8  # of a sentence; of one between two paragraphs


def find(sheet: Sheet) -> list[Role | None]:
    """The roles, paragraphs and crossheads filled in: what is likely body, in the stretch that is body as a whole."""
    chances = sheet.chances
    body = chances[:, PARAGRAPH] + chances[:, CROSSHEAD]
    roles: list[Role | None] = [sheet.fixed.get(at) for at in range(len(sheet.blocks))]
    bars = np.array([SURE if hint in _FOOT_ROLES else BODY for hint in sheet.worded], dtype=np.float32)
    inside = body > bars
    for at in np.flatnonzero(~inside & (body > _BETWEEN)).tolist():
        above, below = body[max(0, at - _AROUND) : at], body[at + 1 : at + 1 + _AROUND]
        inside[at] = above.max(initial=0.0) > SURE and below.max(initial=0.0) > SURE
    for at in np.flatnonzero(inside).tolist():
        text = sheet.blocks[at].text
        if roles[at] is None and len(text) < _CAPTION and endings.is_pictured(text):
            roles[at], inside[at] = Role.CAPTION, False
        elif endings.points_away(text) or endings.asks(text):
            roles[at], inside[at] = roles[at] or Role.BOILERPLATE, False
        elif sheet.worded[at] is Role.BOILERPLATE:
            inside[at] = not (_POINTER.match(text) and not STATEMENT_END.search(text[-6:]))
    _leave_titles(sheet, roles, inside)
    left_out = _leave_out(sheet, roles, inside)
    stretch = _stretch(sheet.blocks, body, inside)
    _take_in(sheet, roles, inside, [at for at in stretch if inside[at]], left_out)
    for at in stretch:
        if roles[at] is None and inside[at]:
            roles[at] = Role.CROSSHEAD if _heads(sheet.blocks[at], chances[at]) else Role.PARAGRAPH
    return roles


def _leave_titles(sheet: Sheet, roles: list[Role | None], inside: NDArray[np.bool_]) -> None:
    """Take from the body the titles of other articles, and who wrote these, below a line that says that they are."""
    away, words = False, 0  # words of the body above
    for at, block in enumerate(sheet.blocks):
        count = block.text.count(" ") + 1
        title = count <= _TITLE and not STATEMENT_END.search(block.text[-6:]) and not block.form.heading
        if inside[at] and words > REMAINING and ((away and title) or endings.leads_away(block.text)):
            roles[at], inside[at] = roles[at] or Role.BOILERPLATE, False
        words += count if inside[at] else 0
        away = words > REMAINING and (endings.leads_away(block.text) or (away and title))


def _leave_out(sheet: Sheet, roles: list[Role | None], inside: NDArray[np.bool_]) -> dict[int, Role]:
    """Take from the body posts of others and what elements' class words say is none, where a text is left: these."""
    found: dict[int, Role] = {}
    words = {at: sheet.blocks[at].text.count(" ") + 1 for at in np.flatnonzero(inside).tolist()}
    for at in words:
        if said := elements.role(sheet.blocks[at]):
            found[at] = said
        elif (
            endings.asks_consent(sheet.blocks[at].text)
            or any(endings.signs_post(block.text) for block in sheet.blocks[at : at + 2])
            or (words[at] > _WHOLE and _repeats(sheet, at, words))
        ):
            found[at] = Role.BOILERPLATE
    without = sum(words[at] for at in found)
    if sum(words.values()) - without < max(REMAINING, without // 3):
        return {}
    for at, said in found.items():
        inside[at] = False
        if said is Role.CAPTION and roles[at] is None:
            roles[at] = said
    return found


def _repeats(sheet: Sheet, at: int, words: dict[int, int]) -> bool:
    """Whether a block is the text once more, in one piece: most of it is what other blocks of the body say."""
    text = sheet.blocks[at].text
    others = {sheet.blocks[each].text: count for each, count in words.items() if each != at}
    again = [count for other, count in others.items() if other in text]
    return len(again) >= _PIECES and 2 * sum(again) > words[at]


def _take_in(
    sheet: Sheet, roles: list[Role | None], inside: NDArray[np.bool_], text: list[int], left_out: Collection[int]
) -> None:
    """Add to the body the sentences between two paragraphs, where one element holds all three in elements alike."""
    blocks = sheet.blocks
    for above, below in pairwise(text):
        parent = _parent(blocks[above])
        if below == above + 1 or parent is None or parent is not _parent(blocks[below]):
            continue
        for at in range(above + 1, below):
            block = blocks[at]
            inside[at] |= (
                roles[at] is None
                and at not in left_out
                and _parent(block) is parent
                and _own(block) == _own(blocks[above]) == _own(blocks[below])
                and block.text.count(" ") >= _SENTENCE
                and STATEMENT_END.search(block.text[-6:]) is not None
                and sheet.worded[at] is None
                and 2 * sum(link.stop - link.start for link in block.form.links) < len(block.text)
                and not endings.is_pictured(block.text)
            )


def sentences(sheet: Sheet, roles: list[Role | None]) -> list[int]:
    """Where nothing of a text is likely body: its sentences are, for somebody kept it."""
    found = []
    for at, block in enumerate(sheet.blocks):
        words = block.text.count(" ") + 1
        if (
            roles[at] is None
            and words > _LEAST_WORDS
            and STATEMENT_END.search(block.text[-6:])
            and not block.form.links
        ):
            roles[at] = Role.PARAGRAPH
            found.append(at)
    return found


def _heads(block: Block, chances: NDArray[np.float32]) -> bool:
    """Whether a block of the body is a crosshead: likely one, and printed as one where no heading says so."""
    if not LETTER.search(block.text):
        return False
    if block.form.heading:
        return bool(chances[CROSSHEAD] > chances[PARAGRAPH])
    if _QUOTED_LINE.match(block.text):
        return True
    short = len(block.text.split()) <= CROSSHEAD_WORDS
    printed = short and not STATEMENT_END.search(block.text[-6:]) and not _SPEAKER.match(block.text)
    least = _LINE_HEADS if printed else _REST_HEADS
    return bool(chances[CROSSHEAD] > least * (chances[PARAGRAPH] + chances[CROSSHEAD]))


def _stretch(blocks: tuple[Block, ...], body: NDArray[np.float32], inside: NDArray[np.bool_]) -> range:
    """The run of blocks with the largest sum: body counts its words, all else a part of its own against that."""
    best, found, start, total = 0.0, range(0), 0, 0.0
    titled: set[tuple[str, str] | None] = {None}  # where titles of first rank stand above the text
    last: Block | None = None  # of the text so far
    for at, block in enumerate(blocks):
        words = min(_COUNTED, block.text.count(" ") + 1)
        if total <= 0:
            start, total = at, 0.0
        if block.form.heading == 1 and not inside[at]:
            if total <= _WHOLE:
                titled.add(_place(block))
            elif last is None or _place(last) in titled or not _within(block, last, blocks[at + 1 :], inside[at + 1 :]):
                break  # another article on the same page
        elif total > _WHOLE and endings.ends(block.text, blocks[at + 1].text if at + 1 < len(blocks) else ""):
            break  # what readers wrote
        elif inside[at]:
            last = block
        linked = sum(link.stop - link.start for link in block.form.links) / len(block.text) if block.form.links else 0.0
        if inside[at] and linked < _LINKED:
            total += words * float(body[at]) * (1.0 - linked)
        else:
            total -= _AGAINST * words * (linked if inside[at] else 1.0 - float(body[at]))
        if total > best:
            best, found = total, range(start, at + 1)
    return found


def _within(title: Block, last: Block, rest: tuple[Block, ...], inside: NDArray[np.bool_]) -> bool:
    """Whether a title stands within a text: in an element like those of the text, or the same one has text below it."""
    if _place(title) == _place(last):
        return True
    below = next((block for block, body in zip(rest, inside, strict=True) if body and not block.form.heading), None)
    return below is not None and _parent(below) is _parent(last)


def _parent(block: Block) -> Scope | None:
    return block.form.scope and block.form.scope.parent


def _own(block: Block) -> tuple[str, str] | None:
    """The tag and the class words of a block's own element."""
    scope = block.form.scope
    return scope[:2] if scope else None


def _place(block: Block) -> tuple[str, str] | None:
    """The tag and the class words of the element that a block's own stands in."""
    parent = _parent(block)
    return parent[:2] if parent else None
