"""Draft -> the role of each block.

A trained network (`network.py`) tells body, crossheads, headline, standfirst, byline and dateline from everything
else, from each block's own features and its neighbours'. What gold pages do not label is told by wording and place:
tags, captions, credits, bios, mastheads, metadata, separators; the rest is boilerplate. None of it knows a file or an
outlet.
"""

import math
import re

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import bylines, cues, features, metadata, network
from corpus_db.loading.sheet import Sheet, fixed_roles
from corpus_db.records import Block, Draft, Role

_LETTER = re.compile(r"[^\W\d_]")
# A question can head a section; a line that ends in a full stop or a comma does not.
_STATEMENT_END = re.compile(r"""[.!…。！;:,][\])}'"’”»›]*\Z""")
_SPEAKER = re.compile(r"[^\W\d_][\w .'’-]{0,40}: \S")  # 'Lee: "I agree."'
_QUOTED_LINE = re.compile(
    r"""['"“‘«„][^"“”«»„]{8,120}[^.!?…,"“”«»„]['"”’»“]\Z"""
)  # “The wells are dry”, alone on its line
_CROSSHEAD_WORDS = 16
_LINE_HEADS, _REST_HEADS = 0.25, 0.9  # how likely a crosshead has to be one: a line like one, any other block
_FOOT_ROLES = frozenset((Role.BOILERPLATE, Role.BIO, Role.CREDIT, Role.MASTHEAD, Role.METADATA, Role.TAG))

_PARAGRAPH, _CROSSHEAD, _HEADLINE, _STANDFIRST, _BYLINE, _DATELINE = range(1, len(network.CLASSES))
_BODY = 0.44  # how likely a block has to be body
_SURE = 0.8  # the same, where its wording says that it is none
_BETWEEN = 0.2  # how likely a block with body on both sides has to be body
_AROUND = 2  # blocks that are its sides
_MARKS = 8  # characters by which two prints of a headline can differ
_WHOLE = 150  # words of a body, behind which a title of first rank opens another article
_LINKED = 0.8  # share of a block that is links, from which it counts against the body
_COUNTED, _AGAINST = 60, 0.6  # words of a block that count for the body as a whole; the part that counts against it
_HARDLY = 1e-3  # how likely a block is to be the headline at least
_STATED = 6.0  # what it counts that metadata above the text states a title
_LIKE, _LEAST = 1.0, -9.0  # what the print counts beside the network; logarithm below which nothing is the headline
_NAMED = 0.02  # how likely a line of names near the head has to be the byline
_BELOW, _APART = 4, 4  # blocks: of the first paragraph where a byline can stand, between the lines of one byline
_PARTLY = 0.3  # how likely a line above the text has to be of the article
_NEAR, _SHAPED_WORDS = 6, 30  # blocks above the text that belong to it; words of a line that its shape explains
_LEAST_WORDS, _FOOT_WORDS = 4, 150  # of a standfirst; of that, a bio or a credit at most
_BESIDE = 24  # blocks around the article among which wording is looked at closely


def assign(draft: Draft, members: tuple[network.Weights, ...] | None = None) -> tuple[Role, ...]:
    """The role of each block of a draft, in order; `members` are other networks than the package's."""
    if not draft.blocks:
        return ()
    given = features.of(draft)
    sheet = Sheet(draft.blocks, network.likely(given, members), fixed_roles(draft), given.hints)
    roles = _body(sheet)
    inside = [at for at, role in enumerate(roles) if role in (Role.PARAGRAPH, Role.CROSSHEAD)]
    if not inside and not any(block.form.scope for block in draft.blocks):
        inside = _sentences(sheet, roles)
    if not inside:
        return tuple(sheet.fixed.get(at) or Role.BOILERPLATE for at in range(len(draft.blocks)))
    _shaped(sheet, roles, inside)
    inside = _below_byline(sheet, roles, inside)
    _head(sheet, roles, inside)
    names = _names(draft, roles)
    _foot(sheet, roles, names, inside)
    _settle(sheet, roles)
    _furniture(sheet, roles, names, inside)
    return tuple(role or Role.BOILERPLATE for role in roles)


def _body(sheet: Sheet) -> list[Role | None]:
    """The roles, paragraphs and crossheads filled in: what is likely body, in the stretch that is body as a whole."""
    chances = sheet.chances
    body = chances[:, _PARAGRAPH] + chances[:, _CROSSHEAD]
    roles: list[Role | None] = [sheet.fixed.get(at) for at in range(len(sheet.blocks))]
    bars = np.array([_SURE if hint in _FOOT_ROLES else _BODY for hint in sheet.worded], dtype=np.float32)
    inside = body > bars
    for at in np.flatnonzero(~inside & (body > _BETWEEN)).tolist():
        above, below = body[max(0, at - _AROUND) : at], body[at + 1 : at + 1 + _AROUND]
        inside[at] = above.max(initial=0.0) > _SURE and below.max(initial=0.0) > _SURE
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
            and _STATEMENT_END.search(block.text[-6:])
            and not block.form.links
        ):
            roles[at] = Role.PARAGRAPH
            found.append(at)
    return found


def _heads(block: Block, chances: NDArray[np.float32]) -> bool:
    """Whether a block of the body is a crosshead: likely one, and printed as one where no heading says so."""
    if not _LETTER.search(block.text):
        return False
    if block.form.heading:
        return bool(chances[_CROSSHEAD] > chances[_PARAGRAPH])
    if _QUOTED_LINE.match(block.text):
        return True
    short = len(block.text.split()) <= _CROSSHEAD_WORDS
    printed = short and not _STATEMENT_END.search(block.text[-6:]) and not _SPEAKER.match(block.text)
    least = _LINE_HEADS if printed else _REST_HEADS
    return bool(chances[_CROSSHEAD] > least * (chances[_PARAGRAPH] + chances[_CROSSHEAD]))


def _stretch(blocks: tuple[Block, ...], body: NDArray[np.float32], inside: NDArray[np.bool_]) -> range:
    """The run of blocks with the largest sum: body counts its words, all else a part of its own against that."""
    best, found, start, total = 0.0, range(0), 0, 0.0
    for at, block in enumerate(blocks):
        words = min(_COUNTED, block.text.count(" ") + 1)
        if total <= 0:
            start, total = at, 0.0
        if block.form.heading == 1 and not inside[at] and total > _WHOLE:
            break  # another article on the same page
        linked = sum(link.stop - link.start for link in block.form.links) / len(block.text) if block.form.links else 0.0
        if inside[at] and linked < _LINKED:
            total += words * float(body[at]) * (1.0 - linked)
        else:
            total -= _AGAINST * words * (linked if inside[at] else 1.0 - float(body[at]))
        if total > best:
            best, found = total, range(start, at + 1)
    return found


def _shaped(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> None:
    """Lines about the article whose shape alone says what they are: 'By Ann Lee', 'Tags: Asia', 'from The Post'."""
    above = range(max(0, inside[0] - _BESIDE), min(len(roles), inside[0] + 2 * _BELOW))
    below = range(max(above.stop, inside[-1] - _BELOW), min(len(roles), inside[-1] + _BESIDE))
    for at in (*above, *below):
        text = sheet.blocks[at].text
        words = text.count(" ") + 1
        if roles[at] not in (None, Role.PARAGRAPH, Role.CROSSHEAD) or words > _SHAPED_WORDS:
            continue
        hint = cues.shape(text, words)
        if hint in (Role.TAG, Role.CREDIT):
            roles[at] = hint
        elif hint in (Role.BYLINE, Role.DATELINE):
            near = inside[0] - _NEAR <= at < inside[0] + _BELOW
            if near or sheet.chances[at, _BYLINE:].sum() > _NAMED:
                roles[at] = hint


def _below_byline(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> list[int]:
    """The body without the first lines of it, where these stand above byline or dateline: they are the standfirst."""
    for at in range(inside[0], min(inside[0] + _BELOW, len(roles))):
        if roles[at] in (Role.BYLINE, Role.DATELINE) and sheet.chances[at, _BYLINE:].sum() > _BODY:
            above, below = [each for each in inside if each < at], [each for each in inside if each > at]
            length = [sum(len(sheet.blocks[each].text) for each in part) for part in (above, below)]
            if above and len(above) < 3 and length[1] > 2 * length[0]:
                for each in above:
                    roles[each] = _standfirst(sheet, each, inside[0])
                return below
    return inside


def _head(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> None:
    """Fill in headline, standfirst, bylines and datelines."""
    chances, blocks = sheet.chances, sheet.blocks
    free = [at for at, role in enumerate(roles) if role is None]
    above = [at for at in free if at < inside[-1] and _LETTER.search(blocks[at].text)]
    best = _headline(sheet, above, inside[0])
    if best is not None:
        folded, size = _fold(blocks[best].text), len(blocks[best].text)
        for at in range(best + 1, inside[0]):
            _above_text(sheet, roles, at, inside[0])
        for at in free:
            if at == best or (abs(len(blocks[at].text) - size) < _MARKS and _fold(blocks[at].text) == folded):
                roles[at] = Role.HEADLINE
    for at in free:
        if roles[at] is None:
            which = int(chances[at].argmax())
            if which == _STANDFIRST and at < inside[0] + 3:
                roles[at] = _standfirst(sheet, at, inside[0])
            elif which == _BYLINE and (
                _names_somebody(blocks[at].text)
                or (chances[at, _BYLINE] > _SURE and bylines.find_signed(blocks[at].text))
            ):
                roles[at] = Role.BYLINE
            elif which == _DATELINE:
                roles[at] = Role.DATELINE
    named = [at for at in free if roles[at] is Role.BYLINE]
    if named:
        first = max(named, key=lambda at: chances[at, _BYLINE] * (1.0 if at < inside[0] + _BELOW else 0.5))
        for at in named:
            if abs(at - first) > _APART and at < inside[-1]:  # of another article
                roles[at] = None
    else:
        _bare_names(sheet, roles, inside[0] if best is None else min(best, inside[0]), inside[0])


def _standfirst(sheet: Sheet, at: int, first: int) -> Role | None:
    """A standfirst, unless it is a short line: above the text that is its first crosshead."""
    text = sheet.blocks[at].text
    if text.count(" ") >= 2 * _LEAST_WORDS or _STATEMENT_END.search(text[-6:]):
        return Role.STANDFIRST
    return Role.CROSSHEAD if at == first - 1 else None


def _above_text(sheet: Sheet, roles: list[Role | None], at: int, first: int) -> None:
    """Between headline and text: what reads like text is standfirst, a line right above the text its crosshead."""
    block, chances = sheet.blocks[at], sheet.chances[at]
    words = block.text.count(" ") + 1
    likely = roles[at] is None and chances[_PARAGRAPH] + chances[_STANDFIRST] > _BODY
    if likely and _LEAST_WORDS < words < _FOOT_WORDS and cues.hint(block.text, words) is None:
        roles[at] = Role.STANDFIRST
    elif roles[at] is None and at == first - 1 and 1 < words <= _CROSSHEAD_WORDS and not block.form.links:
        ours = chances[_CROSSHEAD] + chances[_STANDFIRST] + chances[_HEADLINE]
        if ours > _PARTLY and not _STATEMENT_END.search(block.text[-6:]) and cues.hint(block.text, words) is None:
            roles[at] = Role.CROSSHEAD


def _headline(sheet: Sheet, above: list[int], first: int) -> int | None:
    """The block that is the headline, None where none is printed: likely one, and printed as headlines are."""
    scores: dict[int, float] = {}
    entries = [metadata.entry(sheet.blocks[at]) for at, role in sheet.fixed.items() if role is Role.METADATA]
    titles = {_fold(entry.value) for entry in entries if entry and entry.field == "headline"}
    for at in above:
        if at < first + _BELOW and not _signs(sheet, at):
            chance = max(_HARDLY, float(sheet.chances[at, _HEADLINE]))
            scores[at] = math.log(chance) + _LIKE * _likeness(sheet, at, first)
            if titles and _fold(sheet.blocks[at].text) in titles:
                scores[at] += _STATED
    for at in sorted(scores, key=lambda at: -scores[at]):
        if scores[at] < _LEAST:
            return None
        text = sheet.blocks[at].text
        if sheet.chances[at, _HEADLINE] > _BODY:
            return at
        hint = cues.hint(text, text.count(" ") + 1)
        if hint in (None, Role.MASTHEAD) and not bylines.is_line_of_names(text):
            return at
    return None


def _signs(sheet: Sheet, at: int) -> bool:
    """Whether a block is byline or dateline rather than headline."""
    text = sheet.blocks[at].text
    likely = sheet.chances[at, _BYLINE:].max() >= _BODY
    return bool(likely) and (_names_somebody(text) or cues.is_dateline(text))


def _likeness(sheet: Sheet, at: int, first: int) -> float:
    """How much a block looks like a headline where it stands."""
    block = sheet.blocks[at]
    words = len(block.text.split())
    score = 1.0 if 4 <= words <= 25 else -1.5 if words < 3 or words > 40 else 0.0
    score += 2.5 if words > 3 and block.text.isupper() else -3.0 if words == 1 and "." in block.text else 0.0
    score += {1: 2.0, 2: 1.0}.get(block.form.heading, 0.0) + (2.0 if at == 0 and words > 2 else 0.0)
    if block.text[-1] in ".,;:":
        score -= 1.5
    if at > first:
        score -= 2.0
    return score - min(2.0, 0.04 * abs(first - at))


def _names_somebody(text: str) -> bool:
    """Whether a likely byline can be one: it opens so, or has a name of more than common words."""
    return bylines.opens(text) or any(bylines.is_unlike_words(name.name) for name in bylines.find(text))


def _bare_names(sheet: Sheet, roles: list[Role | None], headline: int, first: int) -> None:
    """Where no line is the byline for sure, the likeliest line of nothing but names near the head is."""
    lines = [
        at
        for at in range(max(0, headline - 4), min(len(roles), first + 4))
        if roles[at] in (None, Role.CROSSHEAD, Role.STANDFIRST, Role.DATELINE)
        and bylines.is_line_of_names(sheet.blocks[at].text)
    ]
    best = max(lines, key=lambda at: sheet.chances[at, _BYLINE], default=None)
    if best is not None and (sheet.chances[best, _BYLINE] > _NAMED or roles[best] is Role.CROSSHEAD):
        roles[best] = roles[best] if roles[best] is Role.DATELINE else Role.BYLINE


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
    for at in reversed(inside[3:]):
        text = sheet.blocks[at].text
        words = text.count(" ") + 1
        if words > _FOOT_WORDS:
            return
        apart = roles[at - 1] not in (Role.PARAGRAPH, Role.CROSSHEAD)
        if apart and words <= _CROSSHEAD_WORDS and not _STATEMENT_END.search(text[-6:]):
            roles[at] = None  # the title of a related article
            continue
        role = _of_names(text, names) or cues.hint(text, words)
        if role not in (Role.BIO, Role.CREDIT) and cues.describes(text, sheet.blocks[at - 1].text):
            role = roles[at - 1] = Role.MASTHEAD
        if role is Role.MASTHEAD and roles[at] is Role.MASTHEAD:
            continue
        if role not in (Role.BIO, Role.CREDIT, Role.MASTHEAD):
            return
        roles[at] = role


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


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
