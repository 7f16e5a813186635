"""Draft -> the role of each block.

A trained network (`network.py`) tells body, crossheads, headline, standfirst, byline and dateline from everything
else, from each block's own features and its neighbours'. What gold pages do not label is told by wording and place:
tags, captions, credits, bios, mastheads, metadata, separators; the rest is boilerplate. None of it knows a file or an
outlet.
"""

from corpus_db.loading import body, bylines, cues, features, headlines, heads, network, standfirsts
from corpus_db.loading.headlines import BELOW
from corpus_db.loading.sheet import (
    BODY,
    BYLINE,
    HEADLINE,
    STATEMENT_END,
    Sheet,
    as_told,
    fixed_roles,
)
from corpus_db.records import Draft, Role

_NEAR, _SHAPED_WORDS = 6, 30  # blocks above the text that belong to it; words of a line that its shape explains
_FOOT_WORDS = 150  # of a bio or a credit, at most
_TITLE_WORDS = 16  # of the title of another article
_TEXT = (Role.PARAGRAPH, Role.CROSSHEAD)
_BESIDE = 24  # blocks around the article among which wording is looked at closely


def assign(draft: Draft, networks: network.Weights | None = None) -> tuple[Role, ...]:
    """The role of each block of a draft, in order; `networks` are others than the package's."""
    if not draft.blocks:
        return ()
    given = features.of(draft)
    sheet = Sheet(draft.blocks, as_told(draft, network.likely(given, networks)), fixed_roles(draft), given.hints)
    roles = body.find(sheet)
    inside = [at for at, role in enumerate(roles) if role in _TEXT]
    if Role.PARAGRAPH not in roles and not any(block.form.scope for block in draft.blocks):
        inside = sorted([*inside, *body.sentences(sheet, roles)])
    if not inside:
        return tuple(sheet.fixed.get(at) or Role.BOILERPLATE for at in range(len(draft.blocks)))
    titles = headlines.stated(draft, sheet)
    inside = heads.without_titles(sheet, roles, heads.without_lone(roles, inside), titles)
    _shaped(sheet, roles, inside)
    inside = standfirsts.take(draft, sheet, roles, inside)
    heads.fill(sheet, roles, inside, titles)
    inside = heads.first_line(sheet, roles, standfirsts.give_back(sheet, roles, inside))
    names = _names(draft, roles)
    _foot(sheet, roles, names, inside)
    _settle(sheet, roles)
    _furniture(sheet, roles, names, inside)
    return tuple(role or Role.BOILERPLATE for role in roles)


def _shaped(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> None:
    """Lines about the article whose shape alone says what they are: 'By Ann Lee', 'Tags: Asia', 'from The Post'."""
    above = range(max(0, inside[0] - _BESIDE), min(len(roles), inside[0] + 2 * BELOW))
    below = range(max(above.stop, inside[-1] - BELOW), min(len(roles), inside[-1] + _BESIDE))
    for at in above:
        for signed in heads.opened(sheet, at, above.stop) if roles[at] is None else ():
            roles[signed] = Role.BYLINE
    for at in (*above, *below):
        text = sheet.blocks[at].text
        words = text.count(" ") + 1
        if roles[at] not in (None, *_TEXT) or words > _SHAPED_WORDS or sheet.chances[at, HEADLINE] > BODY:
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
    apart = found and roles[found[-1] - 1] not in _TEXT
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
    """What a role says of its neighbours: a crosshead that heads nothing is none.

    Furniture may stand between a heading and its text, a block of it below a crosshead that no heading marks.
    """
    below, apart = None, 0  # what stands below; how many blocks of furniture between
    for at in range(len(roles) - 1, -1, -1):
        role, heading = roles[at], sheet.blocks[at].form.heading
        if role is Role.CROSSHEAD and not (below in _TEXT and (heading or apart <= 1)):
            plain = at > 0 and roles[at - 1] is Role.PARAGRAPH and not heading
            roles[at] = role = Role.PARAGRAPH if plain else None
        if role is None:
            apart += 1
        elif role not in (Role.SEPARATOR, Role.CAPTION):
            below, apart = role, 0
