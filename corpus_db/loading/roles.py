"""Draft -> the role of each block.

The body is the stretch of the file that reads most like an article: sentences count for it, lines, links and the
wording of furniture against it. What stands above it is its head, what stands below its foot. General rules over
place, form and wording; none of them knows a file or an outlet.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from corpus_db.loading import bylines, cues, metadata
from corpus_db.records import Block, Draft, Role

_SENTENCE_END = re.compile(r"""[.!?…。！？][\])}'"’”»›*]*\Z""")
# A question can head a section; a line that ends in a full stop or a comma does not.
_STATEMENT_END = re.compile(r"""[.!…。！;:,][\])}'"’”»›]*\Z""")
_OPEN_END = re.compile(r"[,;:]\Z")
_SPEAKER = re.compile(r"[^\W\d_][\w .'’-]{0,40}: \S")  # 'Putin: "I agree."'
_LETTER = re.compile(r"[^\W\d_]")
_HEAD_ROLES = frozenset((Role.BYLINE, Role.DATELINE, Role.TAG))
_FOOT_ROLES = frozenset((Role.BOILERPLATE, Role.BIO, Role.CREDIT, Role.MASTHEAD, Role.METADATA))

# What a block counts for the body, in words of prose.
_PROSE = 40.0  # a paragraph counts its words, up to this many
_LINE, _ITEM, _HEAD, _FOOT, _SEPARATOR = -3.0, -5.0, -3.0, -12.0, -1.0
_HEAD_BLOCKS = 12  # a byline or dateline further into the body belongs to something else
_NEAR = 24  # blocks above the body among which a byline without 'By' or a breadcrumb is looked for
_CROSSHEAD_WORDS = 16
_HEADER_BLOCKS = 60  # the `key: value` lines of a crawler stand above them


class _View(NamedTuple):
    """What the rules look at in a block."""

    words: int
    sentence: bool  # ends as a sentence does
    links: float  # share of the text that is links
    hint: Role | None

    @property
    def reads(self) -> bool:
        """Whether it reads as running text: a sentence, or a long text without its full stop."""
        return (self.sentence and self.words > 2) or self.words > 24


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The blocks of a draft with their views, and the places that the rules found in them."""

    blocks: tuple[Block, ...]
    views: list[_View]
    headline: int | None  # the block that is the headline
    body: int  # the first block of the body
    foot: int  # the first block below it

    def is_headline(self, index: int) -> bool:
        """Whether a block prints the headline, or prints it again."""
        if self.headline is None:
            return False
        return index == self.headline or _fold(self.blocks[index].text) == _fold(self.blocks[self.headline].text)


def assign(draft: Draft) -> tuple[Role, ...]:
    """The role of each block of a draft, in order."""
    blocks, views = draft.blocks, _views(draft)
    start, stop = _body(blocks, views)
    if names := _names(draft, views, start):
        views = _with_people(blocks, views, names)
        start, stop = _body(blocks, views)
    if start == stop:
        return tuple(view.hint or Role.BOILERPLATE for view in views)
    headline = _headline(draft, views, start)
    sheet = _Sheet(blocks, views, headline, _after_head(views, start, stop), stop)
    roles = [_role(sheet, index) for index in range(len(blocks))]
    return tuple(_settle(sheet, roles))


def _views(draft: Draft) -> list[_View]:
    header = _header(draft.blocks)
    views = []
    for index, block in enumerate(draft.blocks):
        links = sum(link.stop - link.start for link in block.form.links) / max(1, len(block.text))
        words = len(block.text.split())
        views.append(
            _View(words, bool(_SENTENCE_END.search(block.text[-6:])), links, _hint(draft, index, words, header))
        )
    for index in range(1, len(views)):
        if views[index].hint is None and cues.describes(draft.blocks[index].text, draft.blocks[index - 1].text):
            views[index - 1 : index + 1] = [view._replace(hint=Role.MASTHEAD) for view in views[index - 1 : index + 1]]
    return views


def _names(draft: Draft, views: list[_View], start: int) -> frozenset[str]:
    """The authors that bylines, lines of names above the body, and metadata name."""
    stated = (each for field, each in metadata.sort(draft.stated)[0] if field == "author")
    found = [name for each in stated for name in bylines.parse(each.value)]
    for index, (block, view) in enumerate(zip(draft.blocks, views, strict=True)):
        bare = start - _NEAR <= index < start and view.hint is None and view.words <= 8 and _names_only(block.text)
        if view.hint is Role.BYLINE or bare:
            found.extend(bylines.parse(block.text))
        elif view.hint is Role.DATELINE and index < start:
            found.extend(name.name for name in bylines.find_within(block.text))
    return frozenset(found)


def _with_people(blocks: tuple[Block, ...], views: list[_View], names: frozenset[str]) -> list[_View]:
    """The views, where it is now known who the authors are: what tells about them is bio or credit."""
    firsts = {part.split()[0] for name in names for part in (name, name.split()[-1])}
    found = []
    for block, view in zip(blocks, views, strict=True):
        if view.hint is None and view.words > 4 and block.text.split(None, 1)[0] in firsts:
            if cues.is_reporting_credit(block.text, names):
                found.append(view._replace(hint=Role.CREDIT))
                continue
            if cues.is_bio(block.text, names):
                found.append(view._replace(hint=Role.BIO))
                continue
        found.append(view)
    return found


def _hint(draft: Draft, index: int, words: int, header: frozenset[int]) -> Role | None:
    """What form and wording of a block hint at."""
    block = draft.blocks[index]
    if index in header or (draft.stated and block.stop <= max(each.stop or 0 for each in draft.stated)):
        return Role.SEPARATOR if block.form.rule else Role.METADATA
    if block.form.rule:
        return Role.SEPARATOR
    return Role.CAPTION if block.form.image else cues.hint(block.text, words)


def _header(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The `key: value` lines above a text: lines that follow each other near the top."""
    found: set[int] = set()
    run: list[tuple[int, bool]] = []
    for index, block in enumerate(blocks[:_HEADER_BLOCKS]):
        if block.form.rule:
            continue
        if entry := metadata.entry(block):
            run.append((index, entry.field in metadata.TAGS))
            continue
        found.update(_lines_of_header(run))
        run = []
        if len(block.text) > 200 or (index > 20 and not found):
            break
    return frozenset(found | _lines_of_header(run))


def _lines_of_header(run: list[tuple[int, bool]]) -> set[int]:
    """A run of `key: value` lines is a header where it states more than tags; lines of tags alone are printed."""
    return {index for index, _ in run} if sum(not tag for _, tag in run) > 1 else set()


def _body(blocks: tuple[Block, ...], views: list[_View]) -> tuple[int, int]:
    """The stretch of blocks with the largest sum; an empty one where nothing reads like an article."""
    best, found, start, total = 0.0, (0, 0), 0, 0.0
    linked = any(block.form.links for block in blocks)
    for index, (block, view) in enumerate(zip(blocks, views, strict=True)):
        if total <= 0:
            total, start = 0.0, index
        total += _value(block, view, linked=linked)
        if total > best:
            best, found = total, (start, index + 1)
    return found


def _value(block: Block, view: _View, *, linked: bool) -> float:
    """How much a block counts for the body, in words. `linked` says that the format tells links from other text."""
    if view.hint in _FOOT_ROLES:
        return _FOOT
    if view.hint is not None:
        return _SEPARATOR if view.hint in (Role.SEPARATOR, Role.CAPTION) else _HEAD
    if view.reads and view.links < 0.8:
        return min(view.words, _PROSE) * (1.0 - view.links)
    if view.links > 0.5:
        return _ITEM
    if linked and (block.form.item or block.form.cell or block.form.code):
        return _SEPARATOR
    return _ITEM if block.form.item else _LINE


def _headline(draft: Draft, views: list[_View], start: int) -> int | None:
    """The block above the body that is the headline, or None where none is printed."""
    stated = {_fold(each.value) for field, each in metadata.sort(draft.stated)[0] if field == "headline"}
    texts = [_fold(block.text) for block in draft.blocks[: start + 1]]
    copies = Counter(texts)
    trails = [text for text, view in zip(texts, views, strict=False) if view.hint is Role.BOILERPLATE]
    scores = {}
    for index in range(start):
        view, block = views[index], draft.blocks[index]
        open_ = _OPEN_END.search(block.text[-2:])
        if view.hint in (None, Role.MASTHEAD) and view.words <= 40 and _LETTER.search(block.text) and not open_:
            near = views[index + 1 : min(index + 5, start)]
            score = _likeness(block, view) - 0.4 * (start - index)
            score += 6.0 if texts[index] in stated else 0.0
            score += 4.0 if len(texts[index]) > 12 and _repeated(texts[index], copies, trails) else 0.0
            score += 3.0 if any(other.hint in _HEAD_ROLES for other in near) else 0.0
            score += 2.0 if index == 0 and view.words > 3 else 0.0
            scores[index] = score
    return max(scores, key=lambda index: (scores[index], -index), default=None)


def _likeness(block: Block, view: _View) -> float:
    """How much a block looks like a headline, wherever it stands."""
    score = 2.0 if 6 <= view.words <= 25 else 0.5 if view.words > 3 else -2.0
    score += {1: 7.0, 2: 4.0, 3: 1.0}.get(block.form.heading, 0.0) + (1.0 if block.form.strong else 0.0)
    if view.hint is Role.MASTHEAD or block.form.item or view.links > 0.8:
        score -= 3.0
    if view.sentence and not block.text.endswith("?") and not block.form.heading:
        score -= 2.0
    return score


def _repeated(text: str, copies: Counter[str], trails: list[str]) -> bool:
    """Whether a line stands above the body a second time, alone or at the end of a breadcrumb."""
    return copies[text] > 1 or any(trail.endswith(text) for trail in trails[-_NEAR:])


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _after_head(views: list[_View], start: int, stop: int) -> int:
    """Where the text begins: where a byline or dateline stands below the first sentences, these are the standfirst."""
    for index in range(start, min(stop, start + _HEAD_BLOCKS)):
        if views[index].hint in _HEAD_ROLES and sum(view.reads for view in views[start:index]) <= 2:
            below = [at for at in range(index + 1, stop) if views[at].reads and views[at].hint is None]
            above = sum(view.words for view in views[start:index])
            if below and sum(views[at].words for at in below) > above:
                return _after_head(views, below[0], stop)
    return start


def _role(sheet: _Sheet, index: int) -> Role:
    hint = sheet.views[index].hint
    if hint in (Role.METADATA, Role.SEPARATOR):
        return hint
    if sheet.is_headline(index) and not sheet.body + 3 <= index < sheet.foot:
        return Role.HEADLINE
    if index < sheet.body:
        return hint or _in_head(sheet, index)
    if index < sheet.foot:
        return _in_body(sheet, index)
    return hint or Role.BOILERPLATE


def _in_head(sheet: _Sheet, index: int) -> Role:
    """Above the body, without a hint: standfirst, byline, first crosshead, or nothing of the article's."""
    view, block, headline = sheet.views[index], sheet.blocks[index], sheet.headline
    if headline is None or index < headline:
        return Role.BOILERPLATE
    between = sheet.views[headline + 1 : index]
    among_head = all(each.hint in _HEAD_ROLES or each.hint is Role.SEPARATOR or each.reads for each in between)
    if among_head and 3 < view.words < 100 and not block.form.item and view.links < 0.5:
        if view.reads or view.words > 7:
            return Role.STANDFIRST
        return Role.CROSSHEAD if index == sheet.body - 1 else Role.BOILERPLATE
    return Role.BYLINE if index - headline < 8 and _names_only(block.text) else Role.BOILERPLATE


def _names_only(text: str) -> bool:
    """Whether a line is names of people and nothing else: a byline without 'By'."""
    names = bylines.find(text)
    rest = text
    for name in reversed(names):
        rest = rest[: name.start] + rest[name.stop :]
    return bool(names) and not re.sub(r"\W|\b(?:and|und|et|y|e)\b", "", rest)


def _in_body(sheet: _Sheet, index: int) -> Role:
    view, block = sheet.views[index], sheet.blocks[index]
    if view.hint is not None:
        return Role.PARAGRAPH if view.hint is Role.BYLINE and view.words > 15 else view.hint
    return Role.CROSSHEAD if block.form.heading or _heads(block, view) else Role.PARAGRAPH


def _heads(block: Block, view: _View) -> bool:
    """Whether a short line within the body is printed as a crosshead: no statement, no list item, no quotation."""
    form = block.form
    if (
        view.words > _CROSSHEAD_WORDS
        or form.item
        or form.quote
        or form.cell
        or form.code
        or not _LETTER.search(block.text)
    ):
        return False
    return not _STATEMENT_END.search(block.text[-6:]) and not _SPEAKER.match(block.text)


def _settle(sheet: _Sheet, roles: list[Role]) -> list[Role]:
    """What a role says of its neighbours: a crosshead that heads nothing is none."""
    for index in range(len(roles) - 1, -1, -1):
        if roles[index] is Role.CROSSHEAD:
            below = (role for role in roles[index + 1 :] if role not in (Role.SEPARATOR, Role.CAPTION))
            if next(below, None) not in (Role.PARAGRAPH, Role.CROSSHEAD):
                plain = (
                    index > sheet.body and roles[index - 1] is Role.PARAGRAPH and not sheet.blocks[index].form.heading
                )
                roles[index] = Role.PARAGRAPH if plain else Role.BOILERPLATE
    return roles
