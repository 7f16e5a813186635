"""A page -> who published it, at which address, and after whom: outlet, url, syndicated_from."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus_db.loading import bylines, dates, endings, mastheads, names, outlets
from corpus_db.loading.candidates import Candidate, Rank, StatedByField, choose, from_metadata
from corpus_db.loading.page import Page
from corpus_db.records import Block, Fact, Outlet, Role

# 'originally published on The Cradle', 'first appeared in Foreign Affairs', 'Republished from Consortium News'
_FIRST_IN = re.compile(
    r"""(?:(?:original(?:ly)?|first|previously)\s+(?:published|appeared|posted|ran|printed)(?:\s+\w+\s\d{1,2}(?:,\s\d{4})?)?
      |(?:re-?(?:published|printed|posted)|syndicated|reproduced|excerpted|cross-?posted)(?:\s+with\s+(?:kind\s+)?permission)?
      |(?:zuerst|ursprünglich)\s+(?:erschienen|veröffentlicht)|erschien(?:en)?\s+zuerst
      |publié\s+(?:initialement|à\s+l[’']origine)|publicad[oa]\s+originalmente|originalmente\s+publicad[oa]
      |pubblicato\s+originariamente|впервые\s+опубликован\w*)
    \s+(?:here\s+)?(?:on|in|by|at|from|with|bei|in\s+der|im|auf|par|dans|sur|en|por|em|no|na|su|da|в|на)\s+""",
    re.I | re.X,
)
_NAME_END = re.compile(
    r"\.?(?:(?<!\s)\s+)?\Z|\.\s|[,;:(|]"
    r"|\s(?:on|under|with|as|where|which|and (?:is|has|was)|in [A-Z][a-z]+ \d{4}|website|blog)\b"
)
# 'by Ann Lee June 9, 2015 from GlobalResearch Website': a republisher's line that names where the text is from
_FROM = re.compile(r"\b[Ff]rom\s+(?:the\s+)?([A-Z][\w.' -]{2,40}?)(?:\s+[Ww]ebsite\b|\s*[,.|]|\s*\Z)")
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:[,|•·/;]|\s[–—-]\s|\bfor\b)\s*")
_BEFORE_NAME = re.compile(
    r"\A(?:(?:(?:written|reported|edited|posted) )?by|from|in|source|published (?:by|in|on))\s*:?\s+", re.I
)
_COPYRIGHT = re.compile(rf"[\W_]*(?:{mastheads.CLAIM})", re.I)
# What no outlet's name has in it; what companies are named by, which own outlets.
_NO_NAME = re.compile(r"\.\s|\d|\band\b", re.I)
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|limited|gmbh|ag|plc|corp|corporation|company|holdings?|group|media|publishing|publications)\b",
    re.I,
)
_SERVICE = re.compile(r" (?:service|agency|agencies|bureau|desk|team|staff)\Z", re.I)
# Below a text that an agency wrote, wherever it stands: 'This material may not be published, broadcast …'
_WIRE = re.compile(r"\bmay not be (?:published|broadcast|rewritten|redistributed)", re.I)
_RIGHTS = re.compile(
    r"(?<![.,;\s])[.,;\s]+(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos).*",
    re.I,
)
_YEARS = re.compile(
    rf"\A(?:[\W_]*(?:{mastheads.CLAIM}|(?:19|20)\d\d)[\W_]*)+|(?:(?<![\W_])[\W_]+)?(?:19|20)\d\d\Z", re.I
)
_URL = re.compile(r"https?://[^\s<>\"'\])}]+|www\.[^\s<>\"'\])}]+")
_HOME = re.compile(r"(?:https?://|www\.)[^/\s]+/?\s*")
_IN_PLACE = re.compile(r" \([^()]{2,40}\)\Z")
# Addresses there say where a text was found, not who published it.
_FINDERS = frozenset(
    "google.com news.google.com bing.com facebook.com twitter.com x.com t.co archive.org web.archive.org archive.ph "
    "feedproxy.google.com".split()
)
# Places of a web page that state its address, the surest first.
_BY_ADDRESS = {place: at for at, place in enumerate(("mhtml", "saved page", "canonical link", "open graph", "json-ld"))}
_MAX_NAME = 60  # characters
_TITLED = 2  # blanks of what stands before the name of an outlet and is a title: 'World - The Guardian' is none


class Imprint(NamedTuple):
    """Who published, at which address, after whom; with the facts that say so."""

    outlet: Outlet | None
    url: Fact | None
    syndicated_from: Outlet | None
    facts: tuple[Fact, ...]


def read(page: Page, stated: StatedByField) -> Imprint:
    """The imprint of a page; `stated` is its metadata by field."""
    url = choose(_addresses(page, stated))
    hosts = _hosts(page, url)
    named = choose(_outlets(page, stated, url, hosts))
    own = outlets.host(url.value) if url and url.source in _BY_ADDRESS else None
    outlet = _resolve(named, hosts, (own,) if own else hosts)
    first = _syndication(page)
    origin = outlets.named(first.value) if first else None
    if origin and outlet and origin.key == outlet.key:
        first = origin = None
    domain = _domain(page, outlet)
    return Imprint(outlet, url, origin, tuple(fact for fact in (named, domain, first, url) if fact))


def is_home(address: str) -> bool:
    """Whether an address is that of an outlet, and of no article.

    >>> is_home("https://www.orlo.example/"), is_home("https://www.orlo.example/dam"), is_home("?")
    (True, False, False)
    """
    return _HOME.fullmatch(address) is not None


def _addresses(page: Page, stated: StatedByField) -> Iterator[Candidate]:
    for candidate in sorted(from_metadata(stated, "url"), key=lambda each: _BY_ADDRESS.get(each.fact.source, 0)):
        match = _URL.match(candidate.fact.value.strip())
        if match and not (candidate.fact.source == "header" and is_home(match[0])):
            rank = Rank.DATA if candidate.fact.source in _BY_ADDRESS else candidate.rank
            yield Candidate(rank, candidate.fact._replace(value=match[0]))
    edge = page.draft.front
    for at, block in page.blocks(Role.METADATA):
        if at < page.first and block.start >= edge and (match := _URL.search(block.text)):
            found = match[0].rstrip(".,;)")
            yield Candidate(
                Rank.METADATA, page.fact("url", found, block, match.start(), match.start() + len(found), "header")
            )


def _hosts(page: Page, url: Fact | None) -> tuple[str, ...]:
    """The domains that the file names outside its body, the article's own first."""
    own = [host] if url and (host := outlets.host(url.value)) else []
    blocks = zip(page.roles, page.draft.blocks, strict=True)
    rest = "\n".join([block.text for role, block in blocks if role is not Role.PARAGRAPH])
    return tuple(dict.fromkeys([*own, *outlets.domains(rest)]))


def _outlets(page: Page, stated: StatedByField, url: Fact | None, hosts: tuple[str, ...]) -> Iterator[Candidate]:
    """The outlets that a file names; one that we know by the page's own address comes first."""
    own = outlets.of_domain(outlets.host(url.value) or "") if url and url.source in _BY_ADDRESS else None
    if url and own and own.known:
        yield Candidate(Rank.DATA, url._replace(field="outlet", value=own.name))
    said = False
    for candidate in from_metadata(stated, "outlet"):
        said |= candidate.rank <= Rank.DATA
        yield Candidate(candidate.rank, candidate.fact._replace(value=_name(candidate.fact.value)))
    if said or (own and own.known):
        return  # nothing that is printed ranks higher
    for candidate in from_metadata(stated, "domain"):
        if outlet := outlets.of_domain(candidate.fact.value.strip()):
            rank = candidate.rank if outlet.known else Rank.VAGUE
            yield Candidate(rank, candidate.fact._replace(field="outlet", value=outlet.name))
    for at, block in page.blocks(Role.DATELINE, Role.BYLINE):
        if at <= page.first + 1 and not endings.is_pictured(block.text):
            for fact in _pieces(page, at, block):
                if _names_outlet(fact, hosts):
                    yield Candidate(Rank.PRINTED, fact)
    yield from _suffixes(page, stated, hosts)
    voted, claimed = mastheads.spoken_for(page), mastheads.claimed(page)
    if claimed and (voted is None or outlets.fold(voted.printed) in outlets.fold(claimed.value)):
        voted = claimed  # 'The Gazette' within 'La Gazette du Soir' is none
    if voted:
        yield Candidate(Rank.MASTHEAD, voted._replace(value=_name(voted.value)))
    for at, block in page.blocks(Role.MASTHEAD):
        if _introduces(page, at):
            yield Candidate(Rank.MASTHEAD, page.whole("outlet", block, "masthead")._replace(value=_name(block.text)))
    if url and (host := outlets.host(url.value)) and host.removeprefix("www.") not in _FINDERS:
        outlet = outlets.of_domain(host)
        if outlet:
            rank = Rank.ADDRESS if outlet.known else Rank.VAGUE
            yield Candidate(rank, url._replace(field="outlet", value=outlet.name, source="url"))
    for at, block in page.blocks(Role.CREDIT):
        if _COPYRIGHT.match(block.text) and not _WIRE.search(block.text):
            yield from (Candidate(Rank.BELOW, fact) for fact in _pieces(page, at, block) if _names_outlet(fact, hosts))


def _suffixes(page: Page, stated: StatedByField, hosts: tuple[str, ...]) -> Iterator[Candidate]:
    """Outlets behind headlines, as titles of pages have them: 'A headline | The Outlet'."""
    for candidate in from_metadata(stated, "headline"):
        if suffix := outlets.suffix(candidate.fact.value):
            outlet = outlets.named(suffix[1], hosts)
            if outlet.domain:
                yield Candidate(Rank.MASTHEAD, candidate.fact._replace(field="outlet", value=outlet.name))
    for block in page.draft.blocks[: page.first]:
        suffix = outlets.suffix(block.text)
        if suffix and block.text.count(" ", 0, suffix.start()) >= _TITLED and outlets.named(suffix[1], hosts).domain:
            name = _name(suffix[1])
            yield Candidate(Rank.MASTHEAD, page.fact("outlet", name, block, suffix.start(1), suffix.end(1), "masthead"))


def _name(printed: str) -> str:
    """The outlet's own name, where our table has it: 'The Guardian (London)' in archives."""
    outlet = outlets.match(printed) or outlets.match(_IN_PLACE.sub("", printed))
    return outlet.name if outlet else printed


def _introduces(page: Page, at: int) -> bool:
    """Whether a line of a few words names an outlet that the next block describes."""
    block = page.draft.blocks[at]
    short = len(block.text.split()) <= 6 and not outlets.suffix(block.text)
    return short and at + 1 < len(page.roles) and page.roles[at + 1] is Role.MASTHEAD


def _names_outlet(fact: Fact, hosts: tuple[str, ...]) -> bool:
    """Whether a part of a line names an outlet: one we know, one that a domain spells, one named like a newspaper.

    An agency above a text is where the text is from, not where it stands; a word can be much else.
    """
    printed, above = fact.printed, fact.source in (Role.BYLINE, Role.DATELINE)
    outlet = outlets.named(printed, hosts)
    own = outlet.domain is not None and any(outlets.of_domain(host) == outlet for host in hosts)
    if outlet.known or (fact.source != Role.BYLINE and outlet.domain is not None):
        return own or not ((above and outlet.kind == "agency") or names.is_common(printed.removeprefix("The ")))
    if not re.search(r"[ -]", printed) or _NO_NAME.search(printed) or _COMPANY.search(printed):
        return False
    if fact.source == Role.BYLINE and _SERVICE.search(printed):
        return False  # who wrote for the outlet
    return outlets.sounds_so(printed) and not names.is_job(printed)


def _pieces(page: Page, at: int, block: Block) -> Iterator[Fact]:
    """The parts of a line between commas and dates, as facts that may name an outlet."""
    text = block.text
    moments = dates.find(text, day_first=True)
    edges = [(0, 0), *((moment.start, moment.stop) for moment in moments), (len(text), len(text))]
    for (_, begin), (end, _) in pairwise(edges):
        start = begin
        for part in _BETWEEN.split(text[begin:end]):
            name = _BEFORE_NAME.sub("", part.strip(" .,:;-–—|"))
            name = _RIGHTS.sub("", _YEARS.sub("", name))
            if page.roles[at] is Role.BYLINE and (people := bylines.find(name)):
                name = name[people[-1].stop :].strip(" .,:;-–—|")
            place = text.find(name, start, end)
            if 1 < len(name) < _MAX_NAME and name[0].isalnum() and not name[0].islower() and place >= 0:
                start = place + len(name)
                yield page.fact("outlet", _name(name), block, place, start, page.roles[at])


def _resolve(named: Fact | None, hosts: tuple[str, ...], own: tuple[str, ...]) -> Outlet | None:
    """The outlet that a fact names; `own` is the host of the page's own address, all where none is stated."""
    if named is None:
        return None
    if host := outlets.host(named.printed):
        outlet = outlets.of_domain(host)
        if named.source in ("url", *_BY_ADDRESS) or (outlet and outlet.name == named.value):
            return outlet  # several outlets may have the name, the domain is of one
    return outlets.namesake(named.value, own) or outlets.named(named.value, hosts)


def _domain(page: Page, outlet: Outlet | None) -> Fact | None:
    """Where the file names the domain of an outlet that our table does not have."""
    if outlet is None or outlet.known or outlet.domain is None:
        return None
    for at, block in enumerate(page.draft.blocks):
        place = block.text.lower().find(outlet.domain)
        if place >= 0 and page.roles[at] is not Role.PARAGRAPH:
            return page.fact("domain", outlet.domain, block, place, place + len(outlet.domain), page.roles[at])
    return None


def _syndication(page: Page) -> Fact | None:
    """Where the file says that the article was first published."""
    for _, block in page.blocks(Role.CREDIT):
        if (match := _FIRST_IN.search(block.text)) and (span := _origin(block, match.end())):
            return page.fact("syndicated_from", _name(block.text[slice(*span)]), block, *span, "credit")
    for at, block in page.blocks(Role.BYLINE, Role.DATELINE, Role.CREDIT):
        match = _FROM.search(block.text)
        if match and (outlets.match(match[1]) or (page.roles[at] is Role.CREDIT and match.start() == 0)):
            return page.fact("syndicated_from", _name(match[1]), block, match.start(1), match.end(1), page.roles[at])
    return None


def _origin(block: Block, start: int) -> tuple[int, int] | None:
    """The name after 'originally published on': the text of its link, or what stands up to the end of the phrase."""
    link = next((link for link in block.form.links if start - 4 <= link.start < start + 6), None)
    end = _NAME_END.search(block.text, start)
    span = (link.start, link.stop) if link else (start, end.start() if end else len(block.text))
    name = block.text[slice(*span)]
    return span if 1 < len(name) < _MAX_NAME and (name[0].isupper() or "." in name) else None
