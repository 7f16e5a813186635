"""A page -> its authors: of bylines above the text, of metadata, of lines below it. None rather than a wrong one."""

import re
from collections.abc import Iterator

from corpus_db.loading import bylines, names, outlets
from corpus_db.loading.candidates import Rank, StatedByField, rank
from corpus_db.loading.page import HEAD, Page
from corpus_db.records import Block, Fact, Outlet, Role

_BESIDE_NAME = 40  # characters that a line of a name has besides it: 'By', the job
_SIGNS = 5  # blocks below the text in which a line signs it


def read(page: Page, stated: StatedByField, outlet: Outlet | None) -> tuple[Fact, ...]:
    """The authors that the best place names, each once: a byline above the body, metadata, a byline below or in it."""
    places: dict[Rank, list[Fact]] = {}
    where: dict[int, int] = {}  # start of a printed name -> the block it stands in
    for place, at, fact in (*_signed(page), *_dated(page)):
        where[fact.start or 0] = at
        places.setdefault(place, []).append(fact)
    lines = [block.text for _, block in page.blocks(Role.BYLINE, Role.DATELINE)]
    said: dict[Rank, str] = {}
    for field, each in stated:
        if field == "author" and said.get(rank(each), each.source) == each.source:
            for name in _listed(each.value, lines):
                said[rank(each)] = each.source  # the other vocabularies say the same, or name those of related articles
                fact = Fact("author", name.name, name.printed, each.source, each.start, each.stop)
                places.setdefault(rank(each), []).append(fact)
    best = places[min(places)] if places else []
    if min(places, default=None) is Rank.BELOW:
        best = _alone(best, where, page.last)
    printed = places.get(Rank.PRINTED, [])
    if min(places, default=None) is Rank.DATA and printed:
        own = {outlets.fold(each.value) for field, each in stated if field == "outlet"}
        own |= {outlets.fold(outlet.name)} if outlet else set()
        people = [fact for fact in best if outlets.fold(fact.value) not in own]
        best = _agreed(page, people, printed, where)
    return tuple({names.key(fact.value): fact for fact in reversed(best)}.values())[::-1]


def _alone(below: list[Fact], where: dict[int, int], last: int) -> list[Fact]:
    """The authors that one line below the text or in it names; none where others name others: teasers, comments.

    Lines right below the text go before the others.
    """
    lines: dict[int, list[Fact]] = {}
    for fact in below:
        lines.setdefault(where[fact.start or 0], []).append(fact)
    near = [facts for at, facts in lines.items() if 0 < at - last <= _SIGNS] or list(lines.values())
    people = [{names.key(fact.value) for fact in facts} for facts in near]
    return near[0] if all(each == people[0] for each in people) else []


def _signed(page: Page) -> Iterator[tuple[Rank, int, Fact]]:
    """The people that byline blocks name, with their places.

    Above the text, where a line opens as a byline does and names somebody, the others do not count: they name whom a
    picture shows, or who took it. Where it names nobody, those count that are made of nothing but names.
    """
    above = [block.text for at, block in page.blocks(Role.BYLINE) if at <= page.first + HEAD]
    opened = [text for text in above if bylines.opens(text)]
    named = any(map(bylines.find, opened))
    for at, block in page.blocks(Role.BYLINE):
        opens = bylines.opens(block.text)
        if opened and not opens and at <= page.first + HEAD and (named or not bylines.is_line_of_names(block.text)):
            continue
        found = [each for each in bylines.find(block.text) if opens or names.is_unlike_words(each.name)]
        for name in found or (bylines.find_signed(block.text) if _is_signed(page, at, block) else ()):
            fact = page.fact("author", name.name, block, name.start, name.stop, Role.BYLINE)
            yield Rank.PRINTED if at <= page.first + HEAD else Rank.BELOW, at, fact._replace(printed=name.printed)


def _dated(page: Page) -> Iterator[tuple[Rank, int, Fact]]:
    """The people that the datelines above the text name, with their places."""
    for at, block in page.blocks(Role.DATELINE):
        if at <= page.first + HEAD:
            within = bylines.find_within(block.text)
            for name in within or bylines.find_before_date(block.text):
                fact = page.fact("author", name.name, block, name.start, name.stop, Role.DATELINE)
                yield Rank.PRINTED if within else Rank.BESIDE, at, fact._replace(printed=name.printed)


def _listed(value: str, lines: list[str]) -> tuple[bylines.Name, ...]:
    """The people that a value of metadata names.

    One that has not the form of a name counts where a byline prints it as well, and not as part of another name.
    """
    if found := bylines.find_listed(value):
        return found
    return tuple(name for name in bylines.find_signed(value) if any(_prints(name.name, line) for line in lines))


def _is_signed(page: Page, at: int, block: Block) -> bool:
    """Whether a byline without a full name can still name somebody: 'by Maria', 'Orlo Team', above the text."""
    return at <= page.first + HEAD and (bylines.opens(block.text) or block.text.count(" ") == 1)


def _prints(name: str, line: str) -> bool:
    """Whether a line prints a name, and not as a part of a longer one."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line)
    return found is not None and all(name not in each.name for each in bylines.find(line))


def _agreed(page: Page, data: list[Fact], printed: list[Fact], where: dict[int, int]) -> list[Fact]:
    """The authors, where metadata and a byline both name some.

    The byline's, which names no editors; of its lines, where it has several, those that name one of the stated. But
    the stated ones where the byline names some of them or none, and lines of their own beside the text the others.
    """
    stated = {names.key(fact.value): fact for fact in data}
    named = [names.key(fact.value) for fact in printed]
    missing = [fact for key, fact in stated.items() if key not in named]
    common = stated.keys() & set(named)
    own = [names.is_name(fact.value) and _has_own_line(page, fact.value, _BESIDE_NAME) for fact in missing]
    if own and not common and all(own):
        return data
    if missing and len(common) == len(set(named)) and all(_has_own_line(page, fact.value, 0) for fact in missing):
        return data
    if not common or set(named) <= stated.keys():
        return printed
    lines = [fact for fact, key in zip(printed, named, strict=True) if key in stated]
    near = {where.get(fact.start or 0) for fact in lines}
    return [fact for fact in printed if where.get(fact.start or 0) in near]


def _has_own_line(page: Page, name: str, beside: int) -> bool:
    """Whether a page prints a name above its text or in its first lines, on a line with `beside` more characters."""
    return any(
        len(block.text) <= len(name) + beside and name in block.text
        for block in page.draft.blocks[: page.first + 2 * HEAD]
    )
