"""Mastheads, footers and menus of a page -> the outlet that they speak for.

A domain and a copyright line say most. A menu names other outlets, and words that are the name of one somewhere. A
conditional logistic regression (McFadden, 1974), the weights in `mastheads.csv` made by `scripts/train --mastheads`,
weighs that: one of the outlets that are named, or none of them.
"""

import math
import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import names, outlets, tables
from corpus_db.loading.page import Page
from corpus_db.records import Block, Fact, Role

CLAIM = r"copyright|©|\(c\)"

_CLAIMED = re.compile(rf"{CLAIM}|@ ?(?:19|20)\d\d\b", re.I)  # '@ 2025' as well
_FURNITURE = frozenset((Role.BOILERPLATE, Role.MASTHEAD, Role.CREDIT, Role.METADATA, Role.TAG))
_LONGER = re.compile(r" (?:& )?[A-ZÀ-Þ]")  # a longer name than the one that we know, or a company's
_COMPANY = re.compile(r" (?:Inc|LLC|Ltd|Limited|GmbH|AG|SA|Co|Corp|Company)\b")
# '© 2024 The Orlo Post. All rights reserved', 'Copyright (c) 2019-2024 Orlo Heute GmbH': what stands before the name …
_RIGHTS = re.compile(rf"(?:{CLAIM}|ⓒ|@ ?(?=(?:19|20)\d\d\b))(?:{CLAIM}|(?:19|20)\d\d\b|by\b|[\W_])*", re.I)
# … and behind it, at once or behind what else a company is called: 'Orlo Heute Verlag GmbH'
_FORMS = (
    r"(?:inc|llc|ltd|limited|gmbh|ag|kg|s\.?a|co|corp|company|a/s|as|aps|ab|oyj?|b\.?v|n\.?v|zrt|kft|rt|s\.?r\.?[lo]"
    r"|s\.?l|s\.?p\.?a|a\.\s?s|sp\.?\s?z|pty|pvt|dac|plc|a\.?ş|α\.?ε)(?!\w)"
)
_BEHIND = re.compile(
    rf"""\s*(?:[.,;:|•·∙—–(\[/®™-]|(?:19|20)\d\d\b|all\b|alle\b|tous\b|tutti\b|todos\b|toate\b|minden\b|wszelkie\b
        |všechna\b|tüm\b|все\b|всі\b|{_FORMS}|\Z)""",
    re.I | re.X,
)
_PUBLISHER = re.compile(
    r"(?:verlag|ediciones|editorial|éditions|editions|edições|edizioni|wydawnictwo|uitgeverij|εκδόσεις) (?=\w)", re.I
)
_OWNER = re.compile(rf"(?:\ [\w&'’-]+){{1,2}},?\ {_FORMS}", re.I | re.X)
_NAME_WORD = re.compile(r"\w(?:[\w.&'’-]*\w)?|&")
_TOP, _NAME_WORDS, _NAME_CHARS = 3, 6, 45  # lines at the top of a file; a name's words and characters, at most
_MAX_LINE, _MAX_CLAIM = 200, 1_000  # characters: of a line, of one that claims rights or has addresses
_LEAST_SMALL, _LEAST_LONG = 5, 6  # letters of a name: in small letters, in a line of several words
_ARTICLE = re.compile(r"the ", re.I)
_SHORT = 60  # characters of a line that is no sentence
_KEPT = 1 << 13  # lines of furniture whose outlets are kept: pages of an outlet have the same ones
_MOST = 30  # words of a line in which names are looked for
# What an outlet is described by.
FEATURES = (
    "share", "short lines", "alone", "claimed", "printed domain", "addressed", "one word", "common word",
    "without its article",
)  # fmt: skip
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
    CLAIM = 2  # a line that claims rights
    DOMAIN = 3  # by its domain, as a name
    ADDRESS = 4


_Named = tuple[str, int, int, _How]  # an outlet, where it is named in a line, and how


class Mention(NamedTuple):
    """An outlet of our table that a line of furniture names; several outlets may have the name."""

    name: str
    at: int
    block: Block
    start: int
    stop: int
    how: _How

    @property
    def printed(self) -> str:
        """The name as it stands there."""
        return self.block.text[self.start : self.stop]


def spoken_for(page: Page) -> Fact | None:
    """The outlet of our table that the furniture of a page speaks for."""
    found = named(page)
    if not found:
        return None
    weights, least = _weights()
    sums = describe(found) @ weights
    if sums.max() < least:
        return None
    best = max(found[int(sums.argmax())], key=lambda mention: mention.how)
    return page.fact("outlet", best.name, best.block, best.start, best.stop, _source(page.roles[best.at]))


def _source(role: Role) -> str:
    """The kind of place that a line of furniture is."""
    return "masthead" if role in (Role.BOILERPLATE, Role.MASTHEAD) else role


def claimed(page: Page) -> Fact | None:
    """The outlet, whether our table has it or not, that claims rights and whose name is a line of its own.

    Of 1,361 copied labelled pages 90 of which nothing else tells the outlet name one so; 86 of these are it.
    """
    alone: dict[str, int] = {}
    for at, block in enumerate(page.draft.blocks):
        if page.roles[at] in _FURNITURE and _may_be_name(block.text):
            alone.setdefault(outlets.fold(block.text), at)
    for at, block in enumerate(page.draft.blocks):
        if page.roles[at] in _FURNITURE and len(block.text) <= _MAX_CLAIM:
            for rights in _RIGHTS.finditer(block.text):
                if span := _owner(block.text, rights.end(), alone):
                    name = block.text[slice(*span)]
                    line = page.draft.blocks[alone.get(outlets.fold(name), at)].text
                    fact = page.fact("outlet", name, block, *span, _source(page.roles[at]))
                    return fact._replace(value=line if name.isupper() and len(line) == len(name) else name)
    return None


def _may_be_name(line: str) -> bool:
    """Whether a line can be the name of an outlet: a few words, no sentence, no word of a menu."""
    if not 2 < len(line) <= _NAME_CHARS or line.count(" ") >= _NAME_WORDS or line[0].islower():
        return False
    return line[0].isalnum() and line[-1].isalnum() and not all(map(names.is_common, line.split()))


def _owner(text: str, start: int, alone: dict[str, int]) -> tuple[int, int] | None:
    """The span of the outlet that a claim of rights names, which begins at `start`.

    Its name is one of the lines that stand `alone`, or is one that newspapers have; no agency, whose texts many print.
    """
    if publisher := _PUBLISHER.match(text, start):
        start = publisher.end()
    ends = [word.end() for word in _NAME_WORD.finditer(text, start, start + 2 * _NAME_CHARS)][:_NAME_WORDS]
    for count, stop in reversed(list(enumerate(ends, 1))):
        name = text[start:stop]
        at, behind, known = alone.get(outlets.fold(name)), _BEHIND.match(text, stop), outlets.match(name)
        if (known and known.kind == "agency") or f"{name} company" in text:  # 'Ziff Davis, LLC., a Ziff Davis company'
            continue
        if at is not None and (behind or ((at < _TOP or count > 1) and _OWNER.match(text, stop))):
            return start, stop
        if behind and outlets.is_newspaper(name):
            return start, stop
    return None


def named(page: Page) -> list[list[Mention]]:
    """The outlets that the furniture of a page names, each with all its mentions."""
    found: dict[str, list[Mention]] = {}
    for at, (role, block) in enumerate(zip(page.roles, page.draft.blocks, strict=True)):
        if role in _FURNITURE and len(block.text) <= _MAX_CLAIM and not page.first <= at <= page.last:
            for name, start, stop, how in _outlets_in(block.text):
                found.setdefault(outlets.fold(name), []).append(Mention(name, at, block, start, stop, how))
    return list(found.values())


def describe(found: list[list[Mention]]) -> NDArray[np.float64]:
    """FEATURES of each of the outlets that a page names."""
    lines = [len({mention.block.text for mention in each}) for each in found]
    most = sorted(lines)[-2:]
    rows = []
    for each, count in zip(found, lines, strict=True):
        others = most[0] if count == most[-1] and len(most) > 1 else most[-1] if count < most[-1] else 0
        rows.append(_described(each, count / (count + others)))
    return np.array(rows, dtype=np.float64)


def _described(mentions: list[Mention], share: float) -> tuple[float, ...]:
    """`share`: of the lines that name it, or the outlet that most other lines name."""
    name = mentions[0].name
    words = name.removeprefix("The ").split()
    hows = {mention.how for mention in mentions}
    in_full = any(_ARTICLE.match(mention.printed) for mention in mentions)
    return (
        share,
        math.log1p(len({each.block.text for each in mentions if len(each.block.text) <= _SHORT})),
        *(how in hows for how in (_How.ALONE, _How.CLAIM, _How.DOMAIN, _How.ADDRESS)),
        len(words) == 1,
        len(words) == 1 and names.is_common(words[0]) and not in_full,
        all(each.how < _How.DOMAIN and outlets.lacks_article(each.printed, name) for each in mentions),
    )


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    """Those of FEATURES, and what the sum of an outlet has to reach."""
    return tables.weights("mastheads.csv", FEATURES)


@lru_cache(_KEPT)
def _outlets_in(text: str) -> tuple[_Named, ...]:
    """The outlets of our table that a line of furniture names; agencies, named wherever news is, by their domains."""
    return tuple(_find(text))


def _find(text: str) -> Iterator[_Named]:
    for domain in outlets.known_domains(text):
        if domain.outlet.name not in _PLATFORMS:
            yield domain.outlet.name, domain.start, domain.stop, _How.ADDRESS if domain.addressed else _How.DOMAIN
    claimed = _CLAIMED.search(text) is not None
    if len(text) > _MAX_LINE and not claimed:
        return
    words = list(_WORD.finditer(text))
    taken = 0
    for first in range(min(len(words), _MOST)):
        if first < taken or not _may_open(text, words, first):
            continue
        for last in range(min(len(words), first + 6) - 1, first - 1, -1):
            start, stop = words[first].start(), words[last].end()
            name = _own_name(text[start:stop], claimed=claimed)
            if name and (last > first or _stands_alone(text, words, first, claimed=claimed)):
                whole = first == 0 and last == len(words) - 1
                yield name, start, stop, _How.CLAIM if claimed else _How(whole)
                taken = last + 1
                break


def _may_open(text: str, words: list[re.Match[str]], first: int) -> bool:
    """Whether the name of an outlet may begin with a word of a line, and is not the end of a longer name."""
    word = words[first][0]
    if not word[0].isalnum() or not outlets.may_begin(word):
        return False
    if word in ("the", "The", "THE") and not (first + 1 < len(words) and outlets.may_begin(words[first + 1][0])):
        return False
    before = words[first - 1] if first else None
    return not (before and before[0][0].isupper() and not names.is_common(before[0]) and text[before.end()] == " ")


def _own_name(printed: str, *, claimed: bool) -> str | None:
    """The name of the outlet that is printed so, as our table has it; in small letters where it is no common word."""
    outlet = outlets.match(printed)
    if printed[0].islower():
        short = len(printed) < _LEAST_SMALL and not (outlet and outlet.name == printed)
        if outlet is None or " " in printed or short or names.is_common(printed):
            return None
    if outlet is None:
        return printed if outlets.knows(printed) else None
    return None if outlet.name in _PLATFORMS or (outlet.kind == "agency" and not claimed) else outlet.name


def _stands_alone(text: str, words: list[re.Match[str]], at: int, *, claimed: bool) -> bool:
    """Whether a single word that is the name of an outlet is a name where it stands, not a part of one."""
    word, stop = words[at][0], words[at].end()
    if len(word) < _LEAST_LONG and len(words) > 2 and not claimed:
        return False
    return not (names.is_common(word) and _LONGER.match(text, stop)) or _COMPANY.match(text, stop) is not None
