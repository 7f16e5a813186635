"""Draft -> the role of each block.

A trained network (`network.py`) tells body, crossheads, headline, standfirst, byline and dateline from everything
else, from each block's own features and its neighbours'. What gold pages do not label is told by wording and place:
tags, captions, credits, bios, mastheads, metadata, separators; the rest is boilerplate. None of it knows a file or an
outlet.
"""

import re

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import bylines, cues, endings, features, heads, network
from corpus_db.loading.headlines import BELOW
from corpus_db.loading.sheet import (
    BODY,
    BYLINE,
    CROSSHEAD,
    CROSSHEAD_WORDS,
    LETTER,
    PARAGRAPH,
    STATEMENT_END,
    SURE,
    Sheet,
    fixed_roles,
)
from corpus_db.records import Block, Draft, Role, Scope

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
_CAPTION = 500  # characters of a caption, at most
_LINKED = 0.8  # share of a block that is links, from which it counts against the body
_COUNTED, _AGAINST = 60, 0.6  # words of a block that count for the body as a whole; the part that counts against it
_NEAR, _SHAPED_WORDS = 6, 30  # blocks above the text that belong to it; words of a line that its shape explains
_LEAST_WORDS, _FOOT_WORDS = 4, 150  # of a sentence; of a bio or a credit at most
_TITLE_WORDS = 16  # of the title of another article
_BESIDE = 24  # blocks around the article among which wording is looked at closely


def assign(draft: Draft, networks: network.Weights | None = None) -> tuple[Role, ...]:
    """The role of each block of a draft, in order; `networks` are others than the package's."""
    if not draft.blocks:
        return ()
    given = features.of(draft)
    sheet = Sheet(draft.blocks, network.likely(given, networks), fixed_roles(draft), given.hints)
    roles = _body(sheet)
    inside = [at for at, role in enumerate(roles) if role in (Role.PARAGRAPH, Role.CROSSHEAD)]
    if Role.PARAGRAPH not in roles and not any(block.form.scope for block in draft.blocks):
        inside = sorted([*inside, *_sentences(sheet, roles)])
    if not inside:
        return tuple(sheet.fixed.get(at) or Role.BOILERPLATE for at in range(len(draft.blocks)))
    inside = heads.without_titles(sheet, roles, inside)
    _shaped(sheet, roles, inside)
    inside = heads.below_byline(sheet, roles, inside)
    heads.fill(sheet, roles, inside)
    names = _names(draft, roles)
    _foot(sheet, roles, names, inside)
    _settle(sheet, roles)
    _furniture(sheet, roles, names, inside)
    return tuple(role or Role.BOILERPLATE for role in roles)


def _body(sheet: Sheet) -> list[Role | None]:
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
        elif sheet.worded[at] is Role.BOILERPLATE:
            inside[at] = not (_POINTER.match(text) and not STATEMENT_END.search(text[-6:]))
    for at in _stretch(sheet.blocks, body, inside):
        if roles[at] is None and inside[at]:
            roles[at] = Role.CROSSHEAD if _heads(sheet.blocks[at], chances[at]) else Role.PARAGRAPH
    return roles


def _sentences(sheet: Sheet, roles: list[Role | None]) -> list[int]:
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


def _place(block: Block) -> tuple[str, str] | None:
    """The tag and the class words of the element that a block's own stands in."""
    parent = _parent(block)
    return parent[:2] if parent else None


def _shaped(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> None:
    """Lines about the article whose shape alone says what they are: 'By Ann Lee', 'Tags: Asia', 'from The Post'."""
    above = range(max(0, inside[0] - _BESIDE), min(len(roles), inside[0] + 2 * BELOW))
    below = range(max(above.stop, inside[-1] - BELOW), min(len(roles), inside[-1] + _BESIDE))
    for at in (*above, *below):
        text = sheet.blocks[at].text
        words = text.count(" ") + 1
        if roles[at] not in (None, Role.PARAGRAPH, Role.CROSSHEAD) or words > _SHAPED_WORDS:
            continue
        hint = cues.shape(text, words)
        if hint in (Role.TAG, Role.CREDIT):
            roles[at] = hint
        elif hint in (Role.BYLINE, Role.DATELINE):
            near = inside[0] - _NEAR <= at < inside[0] + BELOW
            if near or sheet.chances[at, BYLINE:].sum() > heads.NAMED:
                roles[at] = hint


def _names(draft: Draft, roles: list[Role | None]) -> frozenset[str]:
    """The authors that bylines, datelines and metadata name."""
    found = [name for each in draft.stated if each.key == "author" for name in bylines.parse(each.value)]
    for role, block in zip(roles, draft.blocks, strict=True):
        if role is Role.BYLINE:
            found.extend(bylines.parse(block.text))
        elif role is Role.DATELINE:
            found.extend(name.name for name in bylines.find_within(block.text))
    return frozenset(found)


def _foot(sheet: Sheet, roles: list[Role | None], names: frozenset[str], inside: list[int]) -> None:
    """Take from the end of the body what its wording says is none: bios, credits, what an outlet says of itself."""
    rest = inside[3:]
    while rest:
        if titles := _titles_below(sheet, roles, rest):
            for at in titles:
                roles[at] = None
            del rest[-len(titles) :]
            continue
        at = rest.pop()
        text = sheet.blocks[at].text
        words = text.count(" ") + 1
        if words > _FOOT_WORDS:
            return
        role = _of_names(text, names) or cues.hint(text, words)
        if role not in (Role.BIO, Role.CREDIT) and cues.describes(text, sheet.blocks[at - 1].text):
            role = roles[at - 1] = Role.MASTHEAD
        if role is Role.MASTHEAD and roles[at] is Role.MASTHEAD:
            continue
        if role not in (Role.BIO, Role.CREDIT, Role.MASTHEAD):
            return
        roles[at] = role


def _titles_below(sheet: Sheet, roles: list[Role | None], rest: list[int]) -> list[int]:
    """The last lines of a body that are the titles of other articles: no sentences, and apart from what is above."""
    found: list[int] = []
    for at in reversed(rest):
        text = sheet.blocks[at].text
        title = text.count(" ") < _TITLE_WORDS and not STATEMENT_END.search(text[-6:])
        if not title or (found and found[-1] != at + 1):
            break
        found.append(at)
    apart = found and roles[found[-1] - 1] not in (Role.PARAGRAPH, Role.CROSSHEAD)
    return found if apart else []


def _of_names(text: str, names: frozenset[str]) -> Role | None:
    """What a text says of the authors: who they are, or where they reported from."""
    firsts = {part.split()[0] for name in names for part in (name, name.split()[-1])}
    if text.count(" ") < 4 or text.split(None, 1)[0] not in firsts:
        return None
    if cues.is_reporting_credit(text, names):
        return Role.CREDIT
    return Role.BIO if cues.is_bio(text, names) else None


def _furniture(sheet: Sheet, roles: list[Role | None], names: frozenset[str], inside: list[int]) -> None:
    """Fill in what the blocks that are no part of the article's text are, those near it with more care."""
    near = range(inside[0] - _BESIDE, inside[-1] + _BESIDE)
    for at, block in enumerate(sheet.blocks):
        if roles[at] is not None:
            continue
        if at not in near:
            roles[at] = sheet.worded[at] if sheet.worded[at] is not Role.BYLINE else None
            continue
        words = len(block.text.split())
        hint = cues.hint(block.text, words)
        if hint in (None, Role.BOILERPLATE):
            hint = _of_names(block.text, names) or hint
        roles[at] = hint
        if hint is None and at and cues.describes(block.text, sheet.blocks[at - 1].text):
            roles[at] = Role.MASTHEAD
            if roles[at - 1] is Role.BOILERPLATE or roles[at - 1] is None:
                roles[at - 1] = Role.MASTHEAD


def _settle(sheet: Sheet, roles: list[Role | None]) -> None:
    """What a role says of its neighbours: a crosshead that heads nothing is none."""
    below: Role | None = None
    for at in range(len(roles) - 1, -1, -1):
        role = roles[at]
        if role is Role.CROSSHEAD and below is not Role.PARAGRAPH and below is not Role.CROSSHEAD:
            plain = at > 0 and roles[at - 1] is Role.PARAGRAPH and not sheet.blocks[at].form.heading
            roles[at] = role = Role.PARAGRAPH if plain else None
        if role not in (Role.SEPARATOR, Role.CAPTION):
            below = role
