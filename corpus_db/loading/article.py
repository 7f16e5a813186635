"""Draft and roles -> Article: the facts that its lines and its metadata state, each with the place that states it.

A printed line wins over metadata, and metadata over nothing; a manifest fills what both lack, or wins where it says so.
What is not stated stays None.
"""

import re
from collections.abc import Iterable, Iterator

from corpus_db.loading import bylines, cues, imprint, language, metadata, outlets
from corpus_db.loading.imprint import Candidate, choose
from corpus_db.loading.page import Page
from corpus_db.records import Article, Byline, Defect, Draft, Fact, Part, Role, Stated, Tag

# 'WASHINGTON (AP) — ', 'SPRINGFIELD, Ill. – ', 'BERLIN, March 3 (Reuters) - ': capitals, a place or agency, then a dash.
_OPENING_DATELINE = re.compile(
    r"((?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+ ?){1,4}(?:, (?:[A-Z][\w.]+ ?){1,3}\d{0,2})?(?: ?\([^()]{2,40}\))?)\s*(?:—|–|-{1,2})\s+(?=\S)"
)
# 'A headline | The Outlet', 'A headline - The Outlet'
_SUFFIX = re.compile(r"\s+[|–—·-]\s+([^|–—·]{2,50})\Z")
_TAG_SCHEMES = {
    "region": "region", "regions": "region", "theme": "theme", "themes": "theme", "section": "section", "sections": "section",
    "category": "section", "categories": "section", "rubrik": "section", "ressort": "section", "rubrique": "section",
    "sección": "section", "seccion": "section", "рубрика": "section",
}  # fmt: skip
_LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z]{2,4})?")


def build(source: str, draft: Draft, roles: tuple[Role, ...]) -> Article:
    """The article of a draft whose blocks have these roles; `source` is the file's decoded text."""
    page = Page.of(source, draft, roles)
    stated, unknown = metadata.sort((*draft.stated, *_printed_metadata(page)))
    parts = tuple(_parts(page))
    spoken, language_facts = _language(page, stated)
    who = imprint.read(page, stated, spoken)
    headline, standfirst = _headline(page, stated, who), _standfirst(page, stated)
    authors = _authors(page, stated)
    dateline = _dateline(page)
    tags, tag_facts = _tags(page, stated)
    facts = [fact for fact in (headline, standfirst, dateline) if fact]
    return Article(
        parts=parts,
        headline=headline.value if headline else None,
        standfirst=standfirst.value if standfirst else None,
        dateline=dateline.value if dateline else None,
        outlet=who.outlet,
        bylines=tuple(Byline(bylines.key(fact.value), fact.value, fact.printed) for fact in authors),
        published=who.published,
        language=spoken,
        url=who.url,
        syndicated_from=who.syndicated_from,
        tags=tags,
        facts=(*facts, *authors, *who.facts, *language_facts, *tag_facts),
        defects=(*who.defects, *(Defect("unknown key", key) for key in unknown), *_missing(headline)),
    )


def _parts(page: Page) -> Iterator[Part]:
    crosshead = None
    for role, block in zip(page.roles, page.draft.blocks, strict=True):
        if role is Role.CROSSHEAD:
            crosshead = block.text
        yield Part(role, block.text, block.start, block.stop, crosshead if role is Role.PARAGRAPH else None)


def _printed_metadata(page: Page) -> Iterator[Stated]:
    """What the `key: value` lines of a crawler, an export or a mail say."""
    edge = max((each.stop or 0 for each in page.draft.stated), default=0)
    for _, block in page.blocks(Role.METADATA):
        if block.start >= edge and (entry := metadata.entry(block)):
            start, stop = block.locate(page.source, entry.start, entry.stop)
            yield Stated(entry.key, entry.value, "header", start, stop)


def _from_metadata(stated: Iterable[tuple[str, Stated]], field: str, rank: int) -> Iterator[Candidate]:
    for name, each in stated:
        if name == field:
            yield Candidate(
                0 if each.wins else rank, Fact(field, each.value, each.value, each.source, each.start, each.stop)
            )


def _headline(page: Page, stated: list[tuple[str, Stated]], who: imprint.Imprint) -> Fact | None:
    printed = [Candidate(1, page.whole("headline", block, "headline")) for _, block in page.blocks(Role.HEADLINE)]
    found = choose([*printed, *_from_metadata(stated, "headline", 2)])
    if found and found.source != "headline" and (suffix := _SUFFIX.search(found.value)):
        name = outlets.fold(suffix[1])
        if outlets.knows(suffix[1]) or (who.outlet and name in (who.outlet.key, outlets.fold(who.outlet.name))):
            return found._replace(value=found.value[: suffix.start()])
    return found


def _standfirst(page: Page, stated: list[tuple[str, Stated]]) -> Fact | None:
    printed = [Candidate(1, page.whole("standfirst", block, "standfirst")) for _, block in page.blocks(Role.STANDFIRST)]
    return choose([*printed, *_from_metadata(stated, "standfirst", 2)])


def _dateline(page: Page) -> Fact | None:
    """The first printed dateline above the body; else the one that a wire report opens with."""
    for at, block in page.blocks(Role.DATELINE):
        if at <= page.first + 1:
            return page.whole("dateline", block, "dateline")
    if page.first < len(page.roles):
        block = page.draft.blocks[page.first]
        if match := _OPENING_DATELINE.match(block.text):
            return page.fact("dateline", match[1].strip(), block, 0, len(match[1].rstrip()), "paragraph")
    return None


def _authors(page: Page, stated: list[tuple[str, Stated]]) -> tuple[Fact, ...]:
    """The authors of the best place that names any: the head, metadata, the foot. Each is one fact."""
    head: list[Fact] = []
    foot: list[Fact] = []
    for at, block in page.blocks(Role.BYLINE):
        names = bylines.find(block.text)
        facts = [
            page.fact("author", name.name, block, name.start, name.stop, "byline")._replace(printed=name.printed)
            for name in names
        ]
        (head if at <= page.last else foot).extend(facts)
    manifest: list[Fact] = []
    keyed: list[Fact] = []
    for name, each in stated:
        if name == "author":
            facts = [
                Fact("author", found.name, found.printed, each.source, each.start, each.stop)
                for found in bylines.find(each.value)
            ]
            (manifest if each.wins else keyed).extend(facts)
    best = next((facts for facts in (manifest, head, keyed, foot) if facts), [])
    return tuple({bylines.key(fact.value): fact for fact in reversed(best)}.values())[::-1]


def _tags(page: Page, stated: list[tuple[str, Stated]]) -> tuple[tuple[Tag, ...], tuple[Fact, ...]]:
    facts: dict[tuple[str, str], Fact] = {}
    for _, block in page.blocks(Role.TAG):
        if match := cues.TAG.fullmatch(block.text):
            scheme = _TAG_SCHEMES.get(match["key"].casefold(), "topic")
            for start, stop in _values(block.text, match.start("values")):
                fact = page.fact(scheme, block.text[start:stop], block, start, stop, "tag")
                facts.setdefault((scheme, fact.value.casefold()), fact)
    for field, each in stated:
        if field in metadata.TAGS:
            for start, stop in _values(each.value, 0):
                fact = Fact(field, each.value[start:stop], each.value[start:stop], each.source, each.start, each.stop)
                facts.setdefault((field, fact.value.casefold()), fact)
    return tuple(Tag(fact.field, fact.value) for fact in facts.values()), tuple(facts.values())


def _values(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of the values between commas, semicolons and bars."""
    for match in re.finditer(r"[^,;|•·]+", text[start:]):
        value = match[0].strip(" .#\"'")
        if value and len(value) < 80:
            at = start + match.start() + match[0].index(value)
            yield at, at + len(value)


def _language(page: Page, stated: list[tuple[str, Stated]]) -> tuple[str | None, tuple[Fact, ...]]:
    """The language that the file states; else the one that its body is written in."""
    for candidate in sorted(_from_metadata(stated, "language", 1)):
        if match := _LANGUAGE_CODE.fullmatch(candidate.fact.value.strip().casefold()):
            return match[1], (candidate.fact._replace(value=match[1]),)
    body = [block for _, block in page.blocks(Role.PARAGRAPH)]
    code = language.identify(" ".join(block.text for block in body[:12]))
    if code is None:
        return None, ()
    return code, (Fact("language", code, "", "body text", body[0].start, body[-1].stop),)


def _missing(headline: Fact | None) -> list[Defect]:
    return [] if headline else [Defect("no headline", "none is printed or stated")]
