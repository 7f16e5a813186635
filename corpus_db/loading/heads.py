"""The roles of the lines above a body: headline, standfirst, bylines, datelines, a first crosshead.

The network says what each is likely to be; how it is printed, and where, decides between the likely.
"""

import math
import re

from corpus_db.loading import bylines, cues, dates, endings, headlines, names, standfirsts
from corpus_db.loading.headlines import BELOW
from corpus_db.loading.sheet import (
    BODY,
    BYLINE,
    CROSSHEAD,
    CROSSHEAD_WORDS,
    DATELINE,
    HEADLINE,
    LETTER,
    PARAGRAPH,
    STANDFIRST,
    STATEMENT_END,
    SURE,
    Sheet,
)
from corpus_db.records import Role

_LEAST_WORDS, _MOST_WORDS = 4, 150  # of a standfirst
_MARKS = 8  # characters by which two prints of a headline can differ
NAMED = 0.02  # how likely a line of names near the head has to be the byline
_NEAR = 4  # blocks around a headline in which a line of nothing but names can be the byline
_BARE = -0.4  # logarithm of odds above which a line of nothing but names is the byline
_TOLD = 2.0  # what it counts that a page says who somebody is
_BIO = 1_000  # characters of a text that says so, at most
_LOWER = re.compile(r"(?<!\w)(?=[^\W\d_])[^A-ZÀ-Þ\W\d_][^\W\d_]{2,}")
_FOLLOW, _TITLE = 3, 24  # lines of a text that tell whether its first is a headline; words of that
_APART = 4  # blocks between the lines of one byline
_PARTLY = 0.3  # how likely a line above the text has to be of the article


def without_titles(sheet: Sheet, roles: list[Role | None], inside: list[int], titles: set[str]) -> list[int]:
    """The body without first lines that are the headline, as metadata states it."""
    while len(inside) > 1 and headlines.fold(sheet.blocks[inside[0]].text) in titles:
        roles[inside[0]] = None
        inside = inside[1:]
    return inside


def without_lone(roles: list[Role | None], inside: list[int]) -> list[int]:
    """The body without first crossheads that stand apart from the rest: labels of a page, of a crawler."""
    while len(inside) > 1 and roles[inside[0]] is Role.CROSSHEAD and inside[1] - inside[0] > BELOW:
        roles[inside[0]] = None
        inside = inside[1:]
    return inside


def first_line(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> list[int]:
    """The body of a plain text without its first line: the headline, if that is no sentence and nothing else is one."""
    if Role.HEADLINE in roles or len(inside) < _FOLLOW or sheet.blocks[inside[0]].form.scope is not None:
        return inside
    first, *others = (sheet.blocks[at].text for at in inside[:_FOLLOW])
    sentences = all(STATEMENT_END.search(text[-6:]) for text in others) and max(map(len, others)) > len(first)
    if not sentences or STATEMENT_END.search(first[-6:]) or first.count(" ") >= _TITLE or not LETTER.search(first):
        return inside
    roles[inside[0]] = Role.HEADLINE
    return inside[1:]


def opened(sheet: Sheet, at: int, stop: int) -> range:
    """The lines of a byline that opens on a line of its own: 'By', 'Ann Lee', 'and', 'Bo Ray'; none where none does."""
    texts = [block.text for block in sheet.blocks[at:stop]]
    if not bylines.opens_alone(texts[0]):
        return range(0)
    last = at_name = 0
    while texts[last + 1 :] and bylines.is_line_of_names(texts[last + 1]):
        at_name = last = last + 1
        if texts[last + 1 :] and (bylines.joins(texts[last + 1]) or names.is_job(texts[last + 1].rsplit(" ")[-1])):
            last += 1  # 'and', or what somebody is
        elif not texts[last].endswith(","):
            break
    return range(at, at + at_name + 1) if at_name else range(0)


def fill(sheet: Sheet, roles: list[Role | None], inside: list[int], titles: set[str]) -> None:
    """Fill in headline, standfirst, bylines and datelines; `titles` are the stated headlines, folded."""
    chances, blocks = sheet.chances, sheet.blocks
    free = [at for at, role in enumerate(roles) if role is None]
    above = [at for at in free if at < inside[-1] and LETTER.search(blocks[at].text)]
    best = None if Role.HEADLINE in roles else headlines.choose(sheet, above, inside[0], titles)
    if best is not None:
        folded, size = headlines.fold(blocks[best].text), len(blocks[best].text)
        for at in range(best + 1, inside[0]):
            _above_text(sheet, roles, at, inside[0])
        for at in free:
            if at == best or (abs(len(blocks[at].text) - size) < _MARKS and headlines.fold(blocks[at].text) == folded):
                roles[at] = Role.HEADLINE
    for at in free:
        if roles[at] is None:
            which = int(chances[at].argmax())
            if which == STANDFIRST and at < inside[0] + 3:
                roles[at] = standfirsts.role(sheet, at, inside[0])
            elif which == BYLINE and (
                (headlines.names_somebody(blocks[at].text) and not endings.is_pictured(blocks[at].text))
                or (chances[at, BYLINE] > SURE and bylines.find_signed(blocks[at].text))
            ):
                roles[at] = Role.BYLINE
            elif (which == DATELINE and not blocks[at].form.cell) or (
                which in (BYLINE, DATELINE) and dates.find(blocks[at].text)
            ):
                roles[at] = Role.DATELINE
    named = [at for at in free if roles[at] is Role.BYLINE]
    if named:
        first = max(named, key=lambda at: chances[at, BYLINE] * (1.0 if at < inside[0] + BELOW else 0.5))
        for at in named:
            if abs(at - first) > _APART and at < inside[-1]:  # of another article
                roles[at] = None
    else:
        _bare_names(sheet, roles, inside[0] if best is None else min(best, inside[0]), inside[0])
    _join_names(sheet, roles, inside[0])


def _above_text(sheet: Sheet, roles: list[Role | None], at: int, first: int) -> None:
    """Between headline and text: what reads like text is standfirst, a line right above the text its crosshead."""
    block, chances = sheet.blocks[at], sheet.chances[at]
    words = block.text.count(" ") + 1
    likely = roles[at] is None and chances[PARAGRAPH] + chances[STANDFIRST] > BODY
    if likely and _LEAST_WORDS < words < _MOST_WORDS and cues.hint(block.text, words) is None:
        roles[at] = Role.STANDFIRST
    elif roles[at] is None and at == first - 1 and 1 < words <= CROSSHEAD_WORDS and not block.form.links:
        ours = chances[CROSSHEAD] + chances[STANDFIRST] + chances[HEADLINE]
        if ours > _PARTLY and not STATEMENT_END.search(block.text[-6:]) and cues.hint(block.text, words) is None:
            roles[at] = Role.CROSSHEAD


def _bare_names(sheet: Sheet, roles: list[Role | None], headline: int, first: int) -> None:
    """Where no line is the byline for sure, the likeliest line of nothing but names near the head is.

    The lines right beside it that are as likely are bylines as well: a page can print each name on its own.
    """
    lines = [
        at
        for at in range(max(0, headline - _NEAR), min(len(roles), first + BELOW))
        if roles[at] in (None, Role.CROSSHEAD, Role.STANDFIRST, Role.DATELINE)
        and bylines.is_line_of_names(sheet.blocks[at].text)
    ]
    if not lines:
        return
    told = {at for at in lines if _tells_of(sheet, bylines.find(sheet.blocks[at].text))}
    headlines, days = ([at for at, role in enumerate(roles) if role is each] for each in (Role.HEADLINE, Role.DATELINE))
    lower = _lower_words(sheet)
    scores = {at: _bareness(sheet, roles, at, first, headlines, days, lower) + _TOLD * (at in told) for at in lines}
    best = max(lines, key=lambda at: scores[at])
    for at in lines:
        likely = scores[at] > _BARE if at == best else abs(at - best) == 1 and scores[at] > max(0.0, scores[best] - 1.0)
        if likely and roles[at] is not Role.DATELINE:
            roles[at] = Role.BYLINE


def _join_names(sheet: Sheet, roles: list[Role | None], first: int) -> None:
    """Lines of nothing but names right above and below a byline that is one: each of several authors on a line."""
    for at in [at for at, role in enumerate(roles[:first]) if role is Role.BYLINE]:
        for step in (-1, 1):
            other = at + step
            while 0 <= other < first and roles[other] is None and _only_names(sheet, at) and _only_names(sheet, other):
                roles[other] = Role.BYLINE
                other += step


def _only_names(sheet: Sheet, at: int) -> bool:
    text = sheet.blocks[at].text
    return bylines.is_line_of_names(text) and not bylines.opens(text) and not sheet.blocks[at].form.heading


def _tells_of(sheet: Sheet, people: tuple[bylines.Name, ...]) -> bool:
    """Whether a page says who one of these people is: 'Ann Lee is a reporter', behind a number as well."""
    named = frozenset(name.name for name in people)
    return any(
        cues.is_bio(block.text.lstrip("0123456789. "), named) and names.is_job(re.sub(r"\W", " ", block.text))
        for block in sheet.blocks
        if len(block.text) < _BIO and any(name in block.text for name in named)
    )


def _bareness(
    sheet: Sheet, roles: list[Role | None], at: int, first: int, headlines: list[int], days: list[int], lower: set[str]
) -> float:
    """How likely a line of nothing but names is the byline, as a logarithm of odds.

    The weights are those of a logistic regression over the lines of names of the labelled pages.
    """
    words = {word for name in bylines.find(sheet.blocks[at].text) for word in names.telling_words(name.name)}
    score = 0.6 + 0.6 * math.log(float(sheet.chances[at, BYLINE]) + 1e-3)
    score += 1.6 if any(0 < at - each <= _NEAR for each in headlines) else 0.0
    score += max((1.4 - 0.5 * max(0, abs(at - each) - 1) for each in days if abs(at - each) <= 2), default=0.0)
    score += 0.5 if at >= first else 0.0
    score -= 1.0 if sheet.blocks[at].form.heading else 0.0
    score -= 0.4 if roles[at] is Role.CROSSHEAD else 0.0
    return score - (1.3 if not lower.isdisjoint(words) else 0.0)


def _lower_words(sheet: Sheet) -> set[str]:
    """The words of three letters and more that a page prints in lower case: what it has there is hardly a name."""
    return set(_LOWER.findall(" ".join(block.text for block in sheet.blocks)))
