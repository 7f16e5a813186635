"""A page -> the days on which it says it was published and updated.

Printed datelines above the body come first, then metadata, then the address. Where another good place states another
day, that is a defect. A day that has not come yet is none of publication. A day below the body counts only right below
it: further down it belongs to something else.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from corpus_db.loading import cues, dates
from corpus_db.loading.candidates import Candidate, Rank, StatedByField, choose, from_metadata
from corpus_db.loading.page import HEAD, Page
from corpus_db.records import Block, Defect, Fact, Outlet, Role

# What stands before a day of updating: 'Updated on', 'zuletzt aktualisiert am'
_UPDATED = re.compile(
    r"(?:updat|modif|akt\.|aktualisiert|uppfær|güncel|aktualiz|mis à jour|actualiz|atualiz|aggiornat|bijgewerkt"
    r"|uppdater|oppdater|opdater|обновл)"
    r"[^\d]{0,24}\Z",
    re.I,
)
# What stands before a day of publication: 'First published on', 'Publié le', 'Published: 12:37 GMT,'
_SAYS = (
    r"(?<!last )(?:published|posted|veröffentlicht|erschienen|publié|publicado|pubblicato|gepubliceerd|publicerad"
    r"|publisert|udgivet|opublikowan[oey]|опубликован[оа]?|yayınlan|입력|게시|発行|公開|发布)"
)
_LABEL = re.compile(_SAYS, re.I)
_PUBLISHED = re.compile(rf"{_SAYS}[^\d\n]{{0,16}}(?:\d{{1,2}}[:.h]\d\d[^\d\n]{{0,12}})?\Z", re.I)
_FIRST = re.compile(r"\b(?:first|originally|initially|zuerst|ursprünglich)\s\Z", re.I)  # before 'published'
_DIGIT = re.compile(r"\d")
_AGAIN = timedelta(days=30)  # from a first publication to a later one, more than to the dateline of a printed issue
_LABELLED = 240  # characters of a line that says so
_NO_LINE = re.compile(r"°|\(@\w|\A[—–-] \w")  # of a weather report, below a message
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|\Z)")
_MADE = "2026-11-22"  # the day on which this rule was made
_MONTH_FIRST = frozenset(("US", "PH"))  # countries that print 3/23/2023


def read(
    page: Page, stated: StatedByField, url: Fact | None, outlet: Outlet | None, language: str | None
) -> tuple[list[Fact], list[Defect]]:
    """The facts `published` and `updated`, where stated, and what disagrees with them."""
    order = _order(page, outlet, language)
    printed = [*_labelled(page, order, language), *_printed(page, order, language)]
    every = [*(printed or _alone(page, order, language)), *_stated(stated, order, language), *_in_address(url)]
    latest = _latest()
    found = [each for each in every if each.fact.value[:10] <= latest]
    future = [
        Defect("date in the future", f"{each.fact.field} {each.fact.value} ({each.fact.source}): left out")
        for each in every
        if each not in found
    ]
    chosen = choose(each for each in found if each.fact.field == "published")
    published = _first(_local(chosen, found), found)
    updated = choose(each for each in found if each.fact.field == "updated")
    facts = [fact for fact in (published, updated) if fact]
    odd = _disagreements(found, published) if published else _undecided(page, stated, order)
    return facts, [*dict.fromkeys(future), *odd]


def _latest() -> str:
    """The last day that can have come when a file is read: tomorrow, for it may be tomorrow elsewhere.

    A clock that is set before this version was made is not believed.
    """
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return max(tomorrow.isoformat(), _MADE)


def _local(chosen: Fact | None, found: list[Candidate]) -> Fact | None:
    """The day that the page prints, where metadata in universal time states the day before or after it."""
    if chosen is None or not chosen.value.endswith("Z"):
        return chosen
    day = date.fromisoformat(chosen.value[:10])
    for rank in (Rank.PRINTED, Rank.BESIDE):
        for each in found:
            if each.rank is rank and each.fact.field == "published" and len(each.fact.value) >= 10:
                other = date.fromisoformat(each.fact.value[:10])
                if abs((other - day).days) <= 1:
                    return each.fact if other != day else chosen
    return chosen


def _first(chosen: Fact | None, found: list[Candidate]) -> Fact | None:
    """The day that the page prints, where what it states for machines is a later one that an update gave it.

    Some pages state the day on which they were saved last, as that of publication and of updating alike.
    """
    data = [each.fact for each in found if each.rank is Rank.DATA]
    saved = [fact.value[:10] for fact in data if fact.field == "updated"]
    if chosen not in data or not saved or min(saved) > chosen.value[:10]:
        return chosen
    for each in found:
        whole = each.rank is Rank.PRINTED and each.fact.field == "published" and len(each.fact.value) >= 10
        if whole and date.fromisoformat(each.fact.value[:10]) + _AGAIN < date.fromisoformat(chosen.value[:10]):
            return each.fact
    return chosen


def _order(page: Page, outlet: Outlet | None, language: str | None) -> bool | None:
    """Whether the numeric dates of a page are day first; None where nothing tells."""
    lines = page.blocks(Role.DATELINE, Role.BYLINE, Role.METADATA, Role.BOILERPLATE)[:50]
    said = dates.spells_day_first(" ".join(block.text for _, block in lines))
    if said is not None:
        return said
    if outlet and outlet.country:
        return outlet.country not in _MONTH_FIRST
    return None if language in (None, "en") else True


def _printed(page: Page, order: bool | None, language: str | None) -> Iterator[Candidate]:
    """The moments in datelines and bylines, those nearest to the headline first; without one, to the text."""
    above = [at for at, _ in page.blocks(Role.HEADLINE) if at <= page.first + HEAD] or [page.first]
    lines = page.blocks(Role.DATELINE, Role.BYLINE)
    for at, block in sorted(lines, key=lambda line: min(abs(line[0] - each) for each in above)):
        dateline = page.roles[at] is Role.DATELINE
        if at <= page.first + HEAD:
            rank = Rank.PRINTED if dateline else Rank.BESIDE
        elif page.last < at <= page.last + 2:
            rank = Rank.BELOW
        else:
            continue
        if _NO_LINE.search(block.text):
            continue
        moments = dates.find(block.text, day_first=order, language=language)
        for moment in moments:
            yield Candidate(rank, _fact(page, block, at, moment))
        if not moments and dateline and rank is Rank.PRINTED and (month := dates.month(block.text, language)):
            yield Candidate(Rank.VAGUE, _fact(page, block, at, month))


def _labelled(page: Page, order: bool | None, language: str | None) -> Iterator[Candidate]:
    """The day that lines call that of publication, wherever they stand, where all of them name the same.

    Below the text it can be the day of another article, unless it is that of first publication.
    """
    found: list[Candidate] = []
    for at, block in enumerate(page.draft.blocks):
        if len(block.text) > _LABELLED or page.roles[at] is Role.METADATA or not _DIGIT.search(block.text):
            continue
        if not (_LABEL.match if page.roles[at] is Role.PARAGRAPH else _LABEL.search)(block.text):
            continue
        for moment in dates.find(block.text, day_first=order, language=language):
            if label := _PUBLISHED.search(block.text[: moment.start]):
                first = at <= page.last or _FIRST.search(block.text[: label.start()].rstrip() + " ")
                fact = page.fact("published", moment.value, block, moment.start, moment.stop, page.roles[at])
                found.append(Candidate(Rank.PRINTED if first else Rank.BELOW, fact))
    if len({each.fact.value[:10] for each in found}) == 1:
        yield min(found, key=lambda each: each.rank)


def _alone(page: Page, order: bool | None, language: str | None) -> Iterator[Candidate]:
    """The day of the only lines that are made to state one: those above the text, else those within it.

    What stands far above the headline is the day on which the page was copied.
    """
    places: tuple[list[Candidate], list[Candidate]] = ([], [])
    start = max(0, min([at for at, _ in page.blocks(Role.HEADLINE)] or [page.first]) - 2 * HEAD)
    for at, block in enumerate(page.draft.blocks[start : page.last + 1], start):
        if page.roles[at] in (Role.PARAGRAPH, Role.METADATA) or _NO_LINE.search(block.text):
            continue
        if not cues.is_dateline(block.text):
            continue
        moments = dates.find(block.text, day_first=order, language=language)
        places[at >= page.first].extend(Candidate(Rank.BELOW, _fact(page, block, at, moment)) for moment in moments)
    for found in filter(None, places):
        if len({each.fact.value[:10] for each in found if each.fact.field == "published"}) <= 1:
            yield from found
        return


def _fact(page: Page, block: Block, at: int, moment: dates.Moment) -> Fact:
    field = "updated" if _UPDATED.search(block.text[: moment.start]) else "published"
    return page.fact(field, moment.value, block, moment.start, moment.stop, page.roles[at])


def _stated(stated: StatedByField, order: bool | None, language: str | None) -> Iterator[Candidate]:
    for field in ("published", "updated"):
        for candidate in from_metadata(stated, field):
            if value := dates.parse(candidate.fact.value, day_first=order, language=language):
                yield Candidate(candidate.rank, candidate.fact._replace(value=value))
    for each in (each for _, each in stated if each.key == "moment"):
        if value := dates.parse(each.value, day_first=order, language=language):
            yield Candidate(Rank.ADDRESS, Fact("published", value, each.value, each.source, each.start, each.stop))
            return


def _in_address(url: Fact | None) -> Iterator[Candidate]:
    if url and (match := _IN_ADDRESS.search(url.value)):
        day = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
        if dates.parse(day):
            yield Candidate(Rank.ADDRESS, url._replace(field="published", value=day, source="url"))


def _undecided(page: Page, stated: StatedByField, order: bool | None) -> list[Defect]:
    """Dates that would be some if we knew which of their numbers is the month."""
    printed = [block.text for at, block in page.blocks(Role.DATELINE, Role.BYLINE) if at <= page.first + HEAD]
    printed += [each.value for field, each in stated if field == "published"]
    if order is not None:
        return []
    two = [text for text in printed if dates.parse(text) is None and dates.parse(text, day_first=True)]
    return [Defect("ambiguous date", f"{text[:80]}: day or month first?") for text in two]


def _same(one: str, other: str) -> bool:
    """Whether two statements can be of one moment: the same day, or the day beside where one is in another zone."""
    if one[:10] == other[:10] or len(one) < 10 or len(other) < 10:
        return True
    zoned = "T" in one or "T" in other
    return zoned and abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) <= 1


def _disagreements(found: list[Candidate], published: Fact) -> list[Defect]:
    """Other days of publication that the file states in a good place."""
    others = {
        each.fact.value[:10]: each.fact.source
        for each in found
        if each.fact.field == "published" and each.rank < Rank.BELOW and not _same(each.fact.value, published.value)
    }
    return [
        Defect("dates disagree", f"published {published.value} ({published.source}), but {day} ({source})")
        for day, source in sorted(others.items())
    ]
