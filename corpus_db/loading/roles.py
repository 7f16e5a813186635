"""Draft -> the role of each block.

The body is the stretch of the file that reads most like an article: sentences count for it, lines, links and wording of
furniture against it. What stands above it is its head, what stands below its foot. General rules over place, form and
wording; none of them knows a file or an outlet.
"""

import re
from typing import NamedTuple

from corpus_db.loading import bylines, cues, metadata
from corpus_db.records import Block, Draft, Role

_SENTENCE_END = re.compile(r"""[.!?…。！？][\])}'"’”»›*]*\Z""")
_ENDS_OPEN = re.compile(r"[,;:]\Z")
_LETTER = re.compile(r"[^\W\d_]")
# A question can head a section; a line that ends in a full stop or an exclamation mark does not.
_STATEMENT = re.compile(r"""[.!…。！;:,][\])}'"’”»›]*\Z""")
_SPEAKER = re.compile(r"[^\W\d_][\w .'’-]{0,40}: \S")
_HEAD_ROLES = frozenset((Role.BYLINE, Role.DATELINE, Role.TAG))
_FOOT_ROLES = frozenset((Role.BOILERPLATE, Role.BIO, Role.CREDIT, Role.MASTHEAD, Role.METADATA))

_PROSE_WORDS = 40  # a paragraph counts for the body by its words, up to this many
_LINE, _ITEM, _HEAD, _FOOT = -3.0, -5.0, -3.0, -12.0  # what other blocks count against it
_HEAD_BLOCKS = 12  # a byline or dateline further into the body belongs to something else
_CROSSHEAD_WORDS = 16


class _View(NamedTuple):
    """What the rules look at in a block."""

    words: int
    sentence: bool  # ends as a sentence does
    links: float  # share of the text that is links
    hint: Role | None


def assign(draft: Draft) -> tuple[Role, ...]:
    """The role of each block of a draft, in order."""
    blocks = draft.blocks
    views = _views(draft)
    roles: list[Role | None] = [view.hint if view.hint in (Role.METADATA, Role.SEPARATOR) else None for view in views]
    start, stop = _body(blocks, views)
    if start == stop:
        return tuple(role or view.hint or Role.BOILERPLATE for role, view in zip(roles, views, strict=True))
    headline = _headline(draft, views, start)
    body = _after_head(blocks, views, start, stop, headline)
    for index in range(len(blocks)):
        if roles[index] is None:
            part = _in_head if index < body else _in_body if index < stop else _in_foot
            roles[index] = part(blocks, views, index, headline, body)
    return tuple(_settle(blocks, [role or Role.BOILERPLATE for role in roles], views, headline, body))


def _views(draft: Draft) -> list[_View]:
    header = _header(draft.blocks)
    views = []
    for index, block in enumerate(draft.blocks):
        words = len(block.text.split())
        length = max(1, len(block.text))
        links = sum(link.stop - link.start for link in block.form.links) / length
        views.append(
            _View(words, bool(_SENTENCE_END.search(block.text[-6:])), links, _hint(draft, index, words, header))
        )
    names = frozenset(
        name
        for block, view in zip(draft.blocks, views, strict=True)
        if view.hint is Role.BYLINE
        for name in bylines.parse(block.text)
    )
    return [
        view._replace(hint=Role.BIO)
        if view.hint is None and view.words > 4 and cues.is_bio(block.text, names)
        else view
        for block, view in zip(draft.blocks, views, strict=True)
    ]


def _hint(draft: Draft, index: int, words: int, header: frozenset[int]) -> Role | None:
    block = draft.blocks[index]
    if index in header or any(block.start <= (stated.start or -1) < block.stop for stated in draft.stated[:100]):
        return Role.METADATA
    if block.form.rule or (not _LETTER.search(block.text) and not any(map(str.isdigit, block.text))):
        return Role.SEPARATOR
    if block.form.image:
        return Role.CAPTION
    return cues.hint(block.text, words)


def _header(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The `key: value` lines above a text: two or more that follow each other near the top."""
    found: set[int] = set()
    run: list[tuple[int, bool]] = []
    for index, block in enumerate(blocks[:60]):
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
    """A run of `key: value` lines is a header where more than tags are stated; lines of tags alone are printed."""
    return {index for index, _ in run} if sum(not tag for _, tag in run) > 1 else set()


def _body(blocks: tuple[Block, ...], views: list[_View]) -> tuple[int, int]:
    """The stretch of blocks with the largest sum; both zero where nothing reads like an article."""
    best, range_, start = 0.0, (0, 0), 0
    total = 0.0
    for index, value in enumerate(_value(block, view) for block, view in zip(blocks, views, strict=True)):
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > best:
            best, range_ = total, (start, index + 1)
    return range_


def _value(block: Block, view: _View) -> float:
    """How much a block counts for the body, in words."""
    if view.hint in _FOOT_ROLES:
        return _FOOT
    if view.hint is Role.SEPARATOR:
        return -1.0
    if view.hint is not None:
        return _HEAD
    if _reads(view):
        return min(view.words, _PROSE_WORDS) * (1.0 - view.links) if view.links < 0.8 else _ITEM
    return _ITEM if block.form.item or view.links > 0.5 else _LINE


def _reads(view: _View) -> bool:
    """Whether a block reads as running text: a sentence, or a long text without its full stop."""
    return (view.sentence and view.words > 2) or view.words > 24


def _headline(draft: Draft, views: list[_View], start: int) -> int | None:
    """The block above the body that is the headline, or None where none is printed."""
    blocks = draft.blocks
    stated = {_fold(each.value) for field, each in metadata.sort(draft.stated)[0] if field == "headline"}
    texts = [_fold(block.text) for block in blocks[: start + 1]]
    scores = {}
    for index in range(start):
        view, block = views[index], blocks[index]
        if view.hint not in (None, Role.MASTHEAD) or not _LETTER.search(block.text) or view.words > 40:
            continue
        score = 2.0 if 6 <= view.words <= 25 else 0.5 if view.words > 3 else -2.0
        score += {1: 7.0, 2: 4.0, 3: 1.0}.get(block.form.heading, 0.0) + (1.0 if block.form.strong else 0.0)
        score += 6.0 if texts[index] in stated else 0.0
        score += 4.0 if len(texts[index]) > 12 and _repeated(texts, index) else 0.0
        score += (
            3.0 if any(views[near].hint in _HEAD_ROLES for near in range(index + 1, min(index + 5, start))) else 0.0
        )
        score -= 3.0 if view.hint is Role.MASTHEAD or block.form.item or view.links > 0.8 else 0.0
        score -= 0.4 * (start - index)
        if view.sentence and not block.text.endswith("?") and not block.form.heading:
            score -= 2.0
        scores[index] = score
    return max(scores, key=lambda index: (scores[index], -index), default=None)


def _repeated(texts: list[str], index: int) -> bool:
    """Whether a line stands above the body a second time, alone or at the end of a breadcrumb."""
    return any(other.endswith(texts[index]) for at, other in enumerate(texts) if at != index)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _after_head(blocks: tuple[Block, ...], views: list[_View], start: int, stop: int, headline: int | None) -> int:
    """Where the text begins: after a byline or dateline that stands below the first sentences, the standfirst."""
    for index in range(start, min(stop, start + _HEAD_BLOCKS)):
        if views[index].hint in _HEAD_ROLES and sum(_reads(view) for view in views[start:index]) <= 2:
            later = [at for at in range(index + 1, stop) if _reads(views[at]) and views[at].hint is None]
            if later and sum(views[at].words for at in later) > sum(view.words for view in views[start:index]):
                return _after_head(blocks, views, later[0], stop, headline) if later[0] < stop else start
    return start


def _in_head(blocks: tuple[Block, ...], views: list[_View], index: int, headline: int | None, body: int) -> Role:
    view, block = views[index], blocks[index]
    if index == headline:
        return Role.HEADLINE
    if headline is not None and _fold(block.text) == _fold(blocks[headline].text):
        return Role.HEADLINE
    if view.hint is not None:
        return view.hint
    if headline is None or index < headline:
        return Role.BOILERPLATE
    if (
        view.words > 3
        and view.words < 100
        and not block.form.item
        and view.links < 0.5
        and _stands(views, headline, index)
    ):
        if _reads(view) or view.words > 7:
            return Role.STANDFIRST
        return Role.CROSSHEAD if index == body - 1 else Role.BOILERPLATE
    if headline < index and index - headline < 8 and _names_only(block.text):
        return Role.BYLINE
    return Role.BOILERPLATE


def _stands(views: list[_View], headline: int, index: int) -> bool:
    """Whether between the headline and this block stand only what belongs to a head."""
    return all(
        view.hint in _HEAD_ROLES or view.hint is Role.SEPARATOR or _reads(view) for view in views[headline + 1 : index]
    )


def _names_only(text: str) -> bool:
    """Whether a line is names of people and nothing else: a byline without 'By'."""
    names = bylines.find(text)
    rest = text
    for name in reversed(names):
        rest = rest[: name.start] + rest[name.stop :]
    return bool(names) and not re.sub(r"\W|\b(?:and|und|et|y|e)\b", "", rest)


def _in_body(blocks: tuple[Block, ...], views: list[_View], index: int, headline: int | None, body: int) -> Role:
    view, block = views[index], blocks[index]
    if headline is not None and index - body < 3 and _fold(block.text) == _fold(blocks[headline].text):
        return Role.HEADLINE
    if view.hint is not None:
        return Role.PARAGRAPH if view.hint is Role.BYLINE and view.words > 15 else view.hint
    if block.form.heading or _heads(block, view):
        return Role.CROSSHEAD
    return Role.PARAGRAPH


def _heads(block: Block, view: _View) -> bool:
    """Whether a short line within the body is printed as a crosshead: no statement, no list item, no quotation."""
    form = block.form
    if view.words > _CROSSHEAD_WORDS or form.item or form.quote or form.cell or form.code:
        return False
    return (
        not _STATEMENT.search(block.text[-6:])
        and not _SPEAKER.match(block.text)
        and _LETTER.search(block.text) is not None
    )


def _in_foot(blocks: tuple[Block, ...], views: list[_View], index: int, headline: int | None, body: int) -> Role:  # noqa: ARG001
    view = views[index]
    if headline is not None and _fold(blocks[index].text) == _fold(blocks[headline].text):
        return Role.HEADLINE
    return view.hint or Role.BOILERPLATE


def _settle(
    blocks: tuple[Block, ...], roles: list[Role], views: list[_View], headline: int | None, body: int
) -> list[Role]:
    """What a role says of its neighbours: a crosshead heads something, a bio goes on, links follow 'Read also'."""
    for index in range(len(roles) - 1, -1, -1):
        if roles[index] is Role.CROSSHEAD:
            after = next((role for role in roles[index + 1 :] if role not in (Role.SEPARATOR, Role.CAPTION)), None)
            if after not in (Role.PARAGRAPH, Role.CROSSHEAD):
                roles[index] = (
                    Role.PARAGRAPH
                    if index > body and roles[index - 1] is Role.PARAGRAPH and not blocks[index].form.heading
                    else Role.BOILERPLATE
                )
    return roles
