"""Draft and roles -> Article: the facts that its lines and its metadata state, each with the place that states it.

What is not stated stays None.
"""

import re
from collections.abc import Iterator

from corpus_db.loading import authors, cues, imprint, language, metadata, names, outlets, published
from corpus_db.loading.candidates import Candidate, Rank, StatedByField, choose, from_metadata
from corpus_db.loading.page import HEAD, Page
from corpus_db.records import Article, Block, Byline, Defect, Draft, Fact, Outlet, Part, Role, Stated, Tag

# 'WASHINGTON (AP) — ', 'SPRINGFIELD, Ill. – ', 'BERLIN, March 3 (Reuters) - ': capitals, then a dash.
_CAPITALS, _CAPITALISED = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+", r"[A-Z][\w.]+"
# 'WASHINGTON (AP) — It rained', 'NEW YORK, June 12 (Reuters) - It rained'
_OPENING_DATELINE = re.compile(
    rf"({_CAPITALS}(?: {_CAPITALS}){{0,3}}(?: ?, {_CAPITALISED}(?: {_CAPITALISED}){{0,2}}(?: \d{{1,2}})?)?"
    r" ?(?:\([^()]{2,40}\))?)\s*(?:—|–|-{1,2})\s+(?=\S)"
)
_SCHEMES = {
    "region": "region regions",
    "theme": "theme themes",
    "section": "section sections category categories rubrik ressort rubrique sección seccion рубрика",
}
_SCHEME_OF = {key: scheme for scheme, keys in _SCHEMES.items() for key in keys.split()}
_SCHEME = re.compile(r"\s*(section|topic|region|theme)\s*:\s*", re.I)  # 'region: Asia, Africa'
_SWITCHES = frozenset(("true", "false", "yes", "no"))  # 'published: true' of a blog says nothing of the day
_KICKER = 10  # words that a line above the headline has at most
_MAX_TAG = 80  # characters
_PAGE = re.compile(r"(?:page|pg|p|seite|s|blz|pag|column)\.? ?[A-Z]?\d+[A-Z]?", re.I)  # where a paper printed it
_SAMPLED = 12  # paragraphs, to tell the language by


def build(source: str, draft: Draft, roles: tuple[Role, ...]) -> Article:
    """The article of a draft whose blocks have these roles; `source` is the file's decoded text."""
    page = Page.of(source, draft, roles)
    stated, unknown = metadata.sort((*draft.stated, *_printed_metadata(page)))
    spoken, doubted = _language(page, stated)
    who = imprint.read(page, stated)
    days, defects = published.read(page, stated, who.url, who.outlet, spoken.value if spoken else None)
    headline, standfirst, dateline = _headline(page, stated, who.outlet), _standfirst(page, stated), _dateline(page)
    people, tags = authors.read(page, stated, who.outlet), _tags(page, stated)
    facts = (headline, standfirst, dateline, *people, *who.facts, *days, spoken, *tags)
    oddities = (*(Defect("unknown key", key) for key in unknown), *_unread(stated, facts), *_lacks(headline))
    return Article(
        parts=tuple(_parts(page)),
        headline=headline.value if headline else None,
        standfirst=standfirst.value if standfirst else None,
        dateline=dateline.value if dateline else None,
        outlet=who.outlet,
        bylines=tuple(Byline(names.key(fact.value), fact.value, fact.printed) for fact in people),
        published=next((fact.value for fact in days if fact.field == "published"), None),
        language=spoken.value if spoken else None,
        url=who.url.value if who.url else None,
        syndicated_from=who.syndicated_from,
        tags=tuple(Tag(fact.field, fact.value) for fact in tags),
        facts=tuple(fact for fact in facts if fact is not None),
        defects=(*defects, *doubted, *oddities),
    )


def _parts(page: Page) -> Iterator[Part]:
    crosshead = None
    for role, block in zip(page.roles, page.draft.blocks, strict=True):
        if role is Role.CROSSHEAD:
            crosshead = block.text
        yield Part(role, block.text, block.start, block.stop, crosshead if role is Role.PARAGRAPH else None)


def _printed_metadata(page: Page) -> Iterator[Stated]:
    """What the `key: value` lines of a crawler, an export or a mail say."""
    edge = page.draft.front
    for _, block in page.blocks(Role.METADATA):
        if block.start >= edge and (entry := metadata.entry(block)):
            start, stop = block.locate(page.source, entry.start, entry.stop)
            yield Stated(entry.key, entry.value, "header", start, stop)


def _printed(page: Page, field: str, role: Role) -> Iterator[Candidate]:
    """The blocks of a role, each as the fact of the same name."""
    return (Candidate(Rank.PRINTED, page.whole(field, block, role)) for _, block in page.blocks(role))


def _headline(page: Page, stated: StatedByField, outlet: Outlet | None) -> Fact | None:
    """The printed headline; else the stated one, without the outlet's name behind it."""
    titles = {_fold(each.value) for field, each in stated if field == "headline"}
    printed = [Candidate(Rank.WINS, _without_kicker(page, block, titles)) for _, block in page.blocks(Role.HEADLINE)]
    found = choose(
        [*(each for each in from_metadata(stated, "headline") if each.rank is Rank.WINS), *printed]
    ) or choose(from_metadata(stated, "headline"))
    if found and found.source != Role.HEADLINE and (suffix := outlets.suffix(found.value)):
        known = outlets.knows(suffix[1])
        if known or (outlet and outlets.fold(suffix[1]) in (outlet.key, outlets.fold(outlet.name))):
            return found._replace(value=found.value[: suffix.start()])
    return found


def _without_kicker(page: Page, block: Block, titles: set[str]) -> Fact:
    """The headline that a block prints, without the line above it where metadata states the title without that."""
    words = list(re.finditer(r"\w+", block.text))
    for first in range(1, min(len(words) - 2, _KICKER)):
        if _fold(block.text[words[first].start() :]) in titles:
            start = words[first].start()
            while start and not block.text[start - 1].isspace() and block.text[start - 1] not in ":|":
                start -= 1  # an opening quotation mark
            return page.fact("headline", block.text[start:], block, start, len(block.text), Role.HEADLINE)
    return page.whole("headline", block, Role.HEADLINE)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _standfirst(page: Page, stated: StatedByField) -> Fact | None:
    return choose([*_printed(page, "standfirst", Role.STANDFIRST), *from_metadata(stated, "standfirst")])


def _dateline(page: Page) -> Fact | None:
    """The first printed dateline above the body; else the one that a wire report opens with."""
    for at, block in page.blocks(Role.DATELINE):
        if at <= page.first + HEAD:
            return page.whole("dateline", block, Role.DATELINE)
    block = page.draft.blocks[page.first]
    if match := _OPENING_DATELINE.match(block.text):
        printed = match[1].rstrip()
        return page.fact("dateline", printed, block, 0, len(printed), Role.PARAGRAPH)
    return None


def _tags(page: Page, stated: StatedByField) -> tuple[Fact, ...]:
    found: dict[tuple[str, str], Fact] = {}
    for _, block in page.blocks(Role.TAG):
        if match := cues.TAG.fullmatch(block.text):
            scheme = _SCHEME_OF.get(match["key"].casefold(), "topic")
            for start, stop in _values(block.text, match.start("values")):
                fact = page.fact(scheme, block.text[start:stop], block, start, stop, Role.TAG)
                found.setdefault((scheme, fact.value.casefold()), fact)
    for field, each in stated:
        if field in metadata.TAGS:
            prefix = _SCHEME.match(each.value)
            scheme = prefix[1].casefold() if prefix else field
            for start, stop in _values(each.value, prefix.end() if prefix else 0):
                value = each.value[start:stop]
                fact = Fact(scheme, value, value, each.source, each.start, each.stop)
                found.setdefault((scheme, value.casefold()), fact)
    return tuple(found.values())


def _values(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of the values between commas, semicolons and bars."""
    for match in re.finditer(r"[^,;|•·]+", text[start:]):
        value = match[0].strip(" .#\"'")
        if value and len(value) < _MAX_TAG and not _PAGE.fullmatch(value):
            at = start + match.start() + match[0].index(value)
            yield at, at + len(value)


def _language(page: Page, stated: StatedByField) -> tuple[Fact | None, list[Defect]]:
    """The language that the file states, else the one that its body is written in; whether the two disagree."""
    read = ((each, language.code(each.fact.value)) for each in from_metadata(stated, "language"))
    said = choose(each._replace(fact=each.fact._replace(value=code)) for each, code in read if code)
    body = [block for _, block in page.blocks(Role.PARAGRAPH)]
    told = language.identify(" ".join(block.text for block in body[:_SAMPLED]))
    if said is None:
        return Fact("language", told, "", "body text", body[0].start, body[-1].stop) if told else None, []
    if told is None or language.alike(told, said.value):
        return said, []
    return said, [Defect("languages disagree", f"{said.value} ({said.source}), but the text reads as {told}")]


def _unread(stated: StatedByField, facts: tuple[Fact | None, ...]) -> Iterator[Defect]:
    """Values of metadata that say nothing we understand: a date that is none, an author that is no name."""
    given = {(fact.source, fact.start, fact.printed) for fact in facts if fact}
    fields = {fact.field for fact in facts if fact and fact.source != "body text"}
    for field, each in stated:
        checked = field in ("published", "updated", "url", "author", "language") and field not in fields
        checked &= not (field == "url" and imprint.is_home(each.value))
        if checked and (each.source, each.start, each.value) not in given and each.value.casefold() not in _SWITCHES:
            yield Defect("value not understood", f"{each.key}: {each.value[:80]}")


def _lacks(headline: Fact | None) -> list[Defect]:
    return [] if headline else [Defect("no headline", "none is printed or stated")]
