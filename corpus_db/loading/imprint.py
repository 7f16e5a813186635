"""A page -> who published it, when, and after whom: outlet, published, updated, syndicated_from, address.

Each fact has candidates, from printed lines and from metadata. The best placed one wins; one that says otherwise is a defect.
A candidate is a fact with its rank, 0 the best.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_db.loading import dates, outlets
from corpus_db.loading.page import Page
from corpus_db.records import Block, Defect, Fact, Outlet, Role, Stated

_UPDATED = re.compile(
    r"(?:updat|modif|aktualisiert|mis à jour|actualiz|atualiz|aggiornat|bijgewerkt|uppdater|oppdater|opdater|обновл)\w*[\W\d]*(?:on|am|le|el|em|il|op)?\W*\Z",
    re.I,
)
# 'originally published on The Cradle', 'first appeared in Foreign Affairs', 'Republished from Consortium News'
_FIRST_IN = re.compile(
    r"(?:(?:original(?:ly)?|first|previously)\s+(?:published|appeared|posted|ran|printed)(?:\s+\w+ \d{1,2}(?:, \d{4})?)?|(?:re-?published|re-?printed|re-?posted|syndicated|"
    r"reproduced|excerpted|cross-?posted)(?:\s+with\s+(?:kind\s+)?permission)?|(?:zuerst|ursprünglich)\s+(?:erschienen|veröffentlicht)|erschien(?:en)?\s+zuerst|publié\s+(?:initialement|à l[’']origine)|"
    r"publicado\s+originalmente|originalmente\s+publicado|pubblicato\s+originariamente|впервые\s+опубликован\w*)\s+(?:here\s+)?(?:on|in|by|at|from|with|bei|in der|im|auf|par|dans|sur|en|por|em|no|na|su|da|в|на)\s+(?:the website of\s+)?",
    re.I,
)
_NAME_END = re.compile(
    r"\.?\s*\Z|\.\s|[,;:(|]|\s(?:on|under|and is|and has|with|as|where|which|in (?:January|February|March|April|May|June|July|August|September|October|November|December))\s|\s+(?:website|magazine's|blog)\b",
    re.I,
)
# 'by Ann Lee June 9, 2015 from GlobalResearch Website': a republisher's line that names where the text is from
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?([A-Z][\w.' -]{2,40}?)(?:\s+website\b|\s*[,.|]|\s*\Z)", re.I)
_PIECES = re.compile(r"\s*(?:[,|•·/;]|\s[–—-]\s|\bfor\b)\s*")
_NEWSY = re.compile(
    r"\b(?:times|post|news|herald|tribune|journal|gazette|daily|press|research|review|magazine|network|radio|television|tv|online|chronicle|observer|guardian|telegraph|mirror|"
    r"standard|star|sun|globe|mail|courier|dispatch|register|record|bulletin|report|zeitung|nachrichten|blatt|rundschau|anzeiger|tageblatt|presse|journal|gazeta|diario|periódico|"
    r"jornal|folha|corriere|giornale|gazzetta|krant|dagblad|avis|tidning|agency|agentur|agence|agencia)\b",
    re.I,
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|\Z)")
_URL = re.compile(r"https?://[^\s<>\"'\])}]+|www\.[^\s<>\"'\])}]+")
# Addresses there say where a text was found, not who published it.
_FINDERS = frozenset(
    (
        "google.com",
        "news.google.com",
        "bing.com",
        "facebook.com",
        "twitter.com",
        "x.com",
        "t.co",
        "archive.org",
        "web.archive.org",
        "archive.ph",
        "feedproxy.google.com",
    )
)


class Candidate(NamedTuple):
    """A fact that may be it. The lower the rank, the better the place where it is stated."""

    rank: int
    fact: Fact


class Imprint(NamedTuple):
    """Who published, when, after whom; with the facts that say so."""

    outlet: Outlet | None
    published: str | None
    syndicated_from: Outlet | None
    url: str | None
    facts: tuple[Fact, ...]
    defects: tuple[Defect, ...]


def read(page: Page, stated: list[tuple[str, Stated]], language: str | None) -> Imprint:
    """The imprint of a page; `stated` are its metadata by field."""
    url = choose(_addresses(page, stated))
    hosts = _hosts(page, url)
    outlet = choose(_outlets(page, stated, url, hosts))
    first = _syndication(page)
    known = outlets.named(outlet.value, hosts) if outlet else None
    if outlet and outlet.source == "url":
        known = outlets.of_domain(outlets.host(outlet.printed) or "")
    order = _order(page, language, known)
    days = list(_days(page, stated, url, order, language))
    published = choose(candidate for candidate in days if candidate.fact.field == "published")
    updated = choose(candidate for candidate in days if candidate.fact.field == "updated")
    origin = outlets.named(first.value) if first else None
    if origin and known and origin.key == known.key:
        first = origin = None
    facts = tuple(fact for fact in (outlet, published, updated, first, url) if fact)
    return Imprint(
        known,
        published.value if published else None,
        origin,
        url.value if url else None,
        facts,
        tuple(_disagreements(days, published)),
    )


def choose(candidates: Iterable[Candidate]) -> Fact | None:
    """The fact with the best rank; the first stated of those."""
    best = min(candidates, key=lambda candidate: candidate.rank, default=None)
    return best.fact if best else None


def _metadata(stated: list[tuple[str, Stated]], field: str) -> Iterator[Stated]:
    return (each for name, each in stated if name == field)


def _addresses(page: Page, stated: list[tuple[str, Stated]]) -> Iterator[Candidate]:
    for each in _metadata(stated, "url"):
        if match := _URL.match(each.value.strip()):
            yield Candidate(
                0 if each.wins else 1, Fact("url", match[0], each.value, each.source, each.start, each.stop)
            )
    for _, block in page.blocks(Role.METADATA):
        if page.draft.stated and block.stop <= (page.draft.stated[-1].stop or 0):
            continue
        if match := _URL.search(block.text):
            yield Candidate(2, page.fact("url", match[0].rstrip(".,;)"), block, match.start(), match.end(), "metadata"))


def _hosts(page: Page, url: Fact | None) -> tuple[str, ...]:
    """The domains that the file names outside its body, the article's own first."""
    own = [host] if url and (host := outlets.host(url.value)) else []
    said = [
        domain
        for at, block in enumerate(page.draft.blocks)
        if page.roles[at] is not Role.PARAGRAPH
        for domain in outlets.domains(block.text)
    ]
    return tuple(dict.fromkeys([*own, *said]))


def _outlets(
    page: Page, stated: list[tuple[str, Stated]], url: Fact | None, hosts: tuple[str, ...]
) -> Iterator[Candidate]:
    for each in _metadata(stated, "outlet"):
        yield Candidate(
            0 if each.wins else 2, Fact("outlet", _of_name(each.value), each.value, each.source, each.start, each.stop)
        )
    for at, block in page.blocks(Role.DATELINE, Role.BYLINE):
        if at <= page.first + 1:
            yield from (Candidate(1, fact) for fact in _in_dateline(page, block, hosts))
    for at, block in page.blocks(Role.MASTHEAD):
        if outlets.knows(block.text) or _introduces(page, at):
            yield Candidate(3, page.fact("outlet", _of_name(block.text), block, 0, len(block.text), "masthead"))
    if (
        url
        and (host := outlets.host(url.value))
        and host.removeprefix("www.") not in _FINDERS
        and (outlet := outlets.of_domain(host))
    ):
        yield Candidate(4 if outlet.known else 6, url._replace(field="outlet", value=outlet.name, source="url"))
    for _, block in page.blocks(Role.CREDIT):
        if re.match(r"[\W_]*(?:copyright|©|\(c\))", block.text, re.I):
            yield from (
                Candidate(5, fact) for fact in _pieces(page, block, "credit", hosts) if outlets.match(fact.printed)
            )


def _of_name(printed: str) -> str:
    outlet = outlets.match(printed)
    return outlet.name if outlet else printed


def _introduces(page: Page, at: int) -> bool:
    """Whether a line of a few words names an outlet that the next block describes."""
    block = page.draft.blocks[at]
    return len(block.text.split()) <= 6 and at + 1 < len(page.roles) and page.roles[at + 1] is Role.MASTHEAD


def _in_dateline(page: Page, block: Block, hosts: tuple[str, ...]) -> Iterator[Fact]:
    """The outlet in 'Global Research, March 23, 2023': known, or spelt by a domain of the file, or named like a newspaper."""
    for fact in _pieces(page, block, str(page.roles[page.draft.blocks.index(block)]), hosts):
        outlet = outlets.named(fact.printed, hosts)
        if (
            outlet.known
            or outlet.domain
            or (
                _NEWSY.search(fact.printed)
                and fact.printed[0].isupper()
                and page.roles[page.draft.blocks.index(block)] is Role.DATELINE
            )
        ):
            yield fact


def _pieces(page: Page, block: Block, source: str, hosts: tuple[str, ...]) -> Iterator[Fact]:
    """The parts of a line between commas and dates, as facts that may name an outlet."""
    text = block.text
    moments = dates.find(text, day_first=True)
    edges = [(0, 0), *((m.start, m.stop) for m in moments), (len(text), len(text))]
    for (_, begin), (end, _) in zip(edges, edges[1:], strict=False):
        at = begin
        for part in _PIECES.split(text[begin:end]):
            name = part.strip(" .,:;-–—|")
            if len(name) > 1 and (start := text.find(name, at)) >= 0:
                at = start + len(name)
                name = re.sub(r"^(?:By|From|In|Source|Published (?:by|in|on))\s*:?\s+", "", name, flags=re.I)
                if 1 < len(name) < 60:
                    begin_at = text.index(name, start)
                    yield page.fact(
                        "outlet", outlets.named(name, hosts).name, block, begin_at, begin_at + len(name), source
                    )


def _syndication(page: Page) -> Fact | None:
    """Where a credit says that the article was first published; the text of its link, or the name up to a full stop."""
    for _, block in page.blocks(Role.CREDIT):
        if match := _FIRST_IN.search(block.text):
            link = next(
                (link for link in block.form.links if link.start >= match.end() - 4 and link.start - match.end() < 6),
                None,
            )
            end = _NAME_END.search(block.text, match.end())
            start, stop = (link.start, link.stop) if link else (match.end(), end.start() if end else len(block.text))
            name = block.text[start:stop]
            if 1 < len(name) < 60 and name[0].isupper() | name[0].isdigit() | ("." in name):
                return page.fact("syndicated_from", _of_name(name), block, start, stop, "credit")
    for _, block in page.blocks(Role.BYLINE, Role.DATELINE):
        if (match := _FROM.search(block.text)) and outlets.match(match[1]):
            return page.fact(
                "syndicated_from", _of_name(match[1]), block, match.start(1), match.end(1), str(Role.BYLINE)
            )
    return None


def _order(page: Page, language: str | None, outlet: Outlet | None) -> bool | None:
    """Whether numeric dates of the page are day first, None where nothing tells."""
    texts = " ".join(
        block.text for _, block in page.blocks(Role.DATELINE, Role.BYLINE, Role.METADATA, Role.BOILERPLATE)[:50]
    )
    if (said := dates.spells_day_first(texts)) is not None:
        return said
    if outlet and outlet.country:
        return outlet.country not in ("US", "PH")
    return None if language in (None, "en") else True


def _days(
    page: Page, stated: list[tuple[str, Stated]], url: Fact | None, order: bool | None, language: str | None
) -> Iterator[Candidate]:
    for field in ("published", "updated"):
        for each in _metadata(stated, field):
            if value := dates.parse(each.value, day_first=order, language=language):
                yield Candidate(
                    0 if each.wins else 3, Fact(field, value, each.value, each.source, each.start, each.stop)
                )
    for at, block in page.blocks(Role.DATELINE, Role.BYLINE):
        printed = 1 if page.roles[at] is Role.DATELINE else 2
        rank = printed if at <= page.first + 1 else 5 if page.last < at <= page.last + 2 else None
        if rank is None:
            continue
        moments = dates.find(block.text, day_first=order, language=language)
        for moment in moments:
            field = "updated" if _UPDATED.search(block.text[: moment.start]) else "published"
            yield Candidate(rank, page.fact(field, moment.value, block, moment.start, moment.stop, str(page.roles[at])))
        if not moments and rank == 1 and (moment := dates.month(block.text, language)):
            yield Candidate(
                6, page.fact("published", moment.value, block, moment.start, moment.stop, str(page.roles[at]))
            )
    if url and (match := _URL_DAY.search(url.value)):
        yield Candidate(
            4, url._replace(field="published", value=f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", source="url")
        )


def _disagreements(days: list[Candidate], published: Fact | None) -> Iterator[Defect]:
    """Other days of publication that the file states in a good place."""
    others = {
        c.fact.value[:10]
        for c in days
        if c.fact.field == "published" and c.rank < 5 and published and c.fact.value[:10] != published.value[:10]
    }
    for other in sorted(others):
        if published:
            yield Defect("dates disagree", f"published {published.value} ({published.source}), but also {other}")
