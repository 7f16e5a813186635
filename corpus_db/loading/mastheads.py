"""Mastheads, footers and menus of a page -> the outlet that they speak for.

A copyright line and an address say most. A menu names other outlets, and words that are the name of one somewhere.
"""

import math
import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from corpus_db.loading import names, outlets
from corpus_db.loading.page import Page
from corpus_db.records import Block, Fact, Outlet, Role

CLAIM = r"copyright|©|\(c\)"

_CLAIMED = re.compile(CLAIM, re.I)
_FURNITURE = frozenset((Role.BOILERPLATE, Role.MASTHEAD, Role.CREDIT, Role.METADATA, Role.TAG))
_LONGER = re.compile(r" (?:& )?[A-ZÀ-Þ]")  # a longer name than the one that we know, or a company's
_COMPANY = re.compile(r" (?:Inc|LLC|Ltd|Limited|GmbH|AG|SA|Co|Corp|Company)\b")
_MAX_LINE = 200  # characters
_MOST = 30  # words of a line in which names are looked for
_LEAST = -0.3  # logarithm of odds that furniture speaks for an outlet
_WORD = re.compile(r"[\w.&'’-]+")
# Where an outlet's pages are found or shared, which are outlets as well.
_PLATFORMS = frozenset(
    """Medium,YouTube,Facebook,Twitter,X,LinkedIn,Reddit,Telegram,WhatsApp,Instagram,Google,Substack,Apple,Yahoo,MSN,Tumblr
    Yahoo News,Google News,Flipboard,TikTok,The Advertiser,Local News""".replace("\n    ", ",").split(",")
)


class _How(IntEnum):
    """How a line names an outlet, the better the more."""

    WITHIN = 0
    ALONE = 1  # the line is nothing else
    ADDRESS = 2
    CLAIM = 3  # a copyright line


class _Mention(NamedTuple):
    """An outlet of our table that a line of furniture names."""

    outlet: Outlet
    at: int
    block: Block
    start: int
    stop: int
    how: _How


def spoken_for(page: Page) -> Fact | None:
    """The outlet of our table that the furniture of a page speaks for: copyright lines, addresses, many other lines.

    A menu names other outlets, and words that are names of outlets somewhere. The weights are those of a logistic
    regression over the outlets that labelled pages name.
    """
    found: dict[str, list[_Mention]] = {}
    for at, (role, block) in enumerate(zip(page.roles, page.draft.blocks, strict=True)):
        if role not in _FURNITURE or len(block.text) > _MAX_LINE or page.first <= at <= page.last:
            continue
        for mention in _mentions(block, at):
            if mention.outlet.kind != "agency" or mention.how >= _How.ADDRESS:  # agencies are named wherever news is
                found.setdefault(mention.outlet.name, []).append(mention)
    lines = {name: len({mention.block.text for mention in each}) for name, each in found.items()}
    addressed = {name for name, each in found.items() if any(mention.how is _How.ADDRESS for mention in each)}
    best, score = "", _LEAST
    for name, each in found.items():
        words = name.removeprefix("The ").split()
        common = len(words) == 1 and names.is_common(words[0])
        others = max((count for other, count in lines.items() if other != name), default=0)
        odds = 1.3 * math.log1p(lines[name]) + 3.5 * lines[name] / (lines[name] + others) - 4.0
        odds += 1.4 * any(mention.how is _How.CLAIM for mention in each)
        odds += 2.2 * (name in addressed) - 1.9 * bool(addressed - {name})
        odds -= 1.1 * (len(words) == 1) + 2.0 * common
        odds += 0.5 * (each[0].at < page.first and each[-1].at > page.last)
        if odds > score:
            best, score = name, odds
    if not best:
        return None
    mention = max(found[best], key=lambda mention: mention.how)
    role = page.roles[mention.at]
    source = "masthead" if role in (Role.BOILERPLATE, Role.MASTHEAD) else role
    return page.fact("outlet", best, mention.block, mention.start, mention.stop, source)


def _mentions(block: Block, at: int) -> Iterator[_Mention]:
    """The outlets of our table that a line of furniture names."""
    text = block.text
    for domain in outlets.domains(text):
        if (outlet := outlets.of_domain(domain)) and outlet.known and outlet.name not in _PLATFORMS:
            start = text.lower().index(domain)
            yield _Mention(outlet, at, block, start, start + len(domain), _How.ADDRESS)
    claimed = _CLAIMED.search(text) is not None
    words = list(_WORD.finditer(text))
    taken = 0
    for first in range(min(len(words), _MOST)):
        word = words[first][0]
        if first < taken or not word[0].isalnum() or word[0].islower() or not outlets.may_begin(word):
            continue
        before = words[first - 1] if first else None
        if before and before[0][0].isupper() and not names.is_common(before[0]) and text[before.end()] == " ":
            continue  # the end of a longer name
        for last in range(min(len(words), first + 6) - 1, first - 1, -1):
            start, stop = words[first].start(), words[last].end()
            outlet = outlets.match(text[start:stop])
            if (
                outlet
                and outlet.name not in _PLATFORMS
                and (last > first or stop - start > 5 or len(words) <= 2 or claimed)
                and (
                    last > first
                    or not names.is_common(word)
                    or not _LONGER.match(text, stop)
                    or _COMPANY.match(text, stop)
                )
            ):
                whole = first == 0 and last == len(words) - 1
                yield _Mention(outlet, at, block, start, stop, _How.CLAIM if claimed else _How(whole))
                taken = last + 1
                break
