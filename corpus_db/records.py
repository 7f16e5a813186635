"""The nouns that pass from room to room. Frozen; they import nothing of ours.

Positions named `start` and `stop` are half-open spans in code points of the decoded raw text, unless a line here
says otherwise. None means "not stated", never "failed".
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from corpus_db.entities import unescape


class Role(StrEnum):
    """What a block of a raw file is to its article."""

    PARAGRAPH = "paragraph"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    TAG = "tag"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    SEPARATOR = "separator"
    CREDIT = "credit"
    BIO = "bio"
    MASTHEAD = "masthead"
    METADATA = "metadata"
    BOILERPLATE = "boilerplate"


class Defect(NamedTuple):
    """An oddity in a file that was read all the same."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class RawFile:
    """A raw file, read and decoded.

    `path` is relative to the raw folder, with '/' between folders. `source` is the decoded text without byte order
    mark.
    """

    path: str
    sha256: str
    size: int
    encoding: str
    source: str
    defects: tuple[Defect, ...] = ()
    stated: "tuple[Stated, ...]" = ()  # by the archive that the file is


@dataclass(frozen=True, slots=True)
class Reject:
    """A raw file that gives no article, and why. `sha256` and `size` are None where the bytes could not be read."""

    path: str
    problem: str
    sha256: str | None = None
    size: int | None = None


class Run(NamedTuple):
    """A stretch of a block's clean text and where it stands in the source.

    Where `length` equals `width` the two correspond character by character; otherwise (an entity, a code span) the
    stretch stands for the whole width.
    """

    at: int  # offset in the clean text
    length: int
    start: int  # offset in the source
    width: int


class Link(NamedTuple):
    """A link in a block: span in the block's clean text, and the target as written."""

    start: int
    stop: int
    target: str


class Scope(NamedTuple):
    """An element of a page around a block: its tag, its class and id words, the element around it."""

    tag: str
    names: str
    parent: "Scope | None"


_ENTITY = re.compile(r"&(?:#\w{1,10}|[A-Za-z]\w{1,31});?")


class Form(NamedTuple):
    """How a block is printed, as far as its raw format tells. No news sense."""

    heading: int = 0  # level 1 to 6, 0 for none
    item: bool = False  # of a list
    quote: bool = False
    cell: bool = False  # row of a table
    code: bool = False
    image: bool = False  # nothing but the description of an image
    rule: bool = False  # a line of marks without a word, such as `* * *`
    strong: bool = False  # all of it emphasised
    gap: int = 0  # blank lines above
    indent: int = 0  # columns
    hidden: bool = False  # the page does not show it at once
    scope: Scope | None = None  # the innermost element, of a page
    links: tuple[Link, ...] = ()


class Block(NamedTuple):
    """A run of text that is printed as one: its clean text, its span, its form.

    `runs` ascend in both offsets; None where the text is the source with white space folded.
    """

    text: str
    start: int
    stop: int
    form: Form = Form()
    runs: tuple[Run, ...] | None = None

    def locate(self, source: str, start: int, stop: int) -> tuple[int, int]:
        """Span in `source` of the non-empty range `start:stop` of the block's clean text."""
        if self.runs is None:
            return _align(self.text, source, self.start, start, stop)
        starts = [run.at for run in self.runs]
        first = self.runs[bisect_right(starts, start) - 1]
        last = self.runs[bisect_right(starts, stop - 1) - 1]
        begin, _ = self._place(source, first, start)
        _, end = self._place(source, last, stop - 1)
        return begin, end

    def _place(self, source: str, run: Run, at: int) -> tuple[int, int]:
        """Span in `source` of the character at `at` of the clean text, which stands in `run`.

        Where white space was folded or an entity resolved, the two are compared character by character; where they do
        not correspond at all, the whole run stands for each of its characters.
        """
        if run.length == run.width:
            return run.start + at - run.at, run.start + at - run.at + 1
        place, stop = run.start, run.start + run.width
        for index in range(run.at, at + 1):
            char = self.text[index]
            while place < stop and source[place].isspace() and not char.isspace():
                place += 1
            match = _ENTITY.match(source, place, stop)
            shown = unescape(match[0])[:1] if match else ""
            end = match.end() if match and (shown == char or (shown + char).isspace()) else place + 1
            if end == place + 1 and (place >= stop or (source[place] != char and not char.isspace())):
                return run.start, stop
            if index == at:
                return place, end
            place = end
        return run.start, stop


def _align(text: str, source: str, at: int, start: int, stop: int) -> tuple[int, int]:
    """Span in `source`, from `at` on, of `text[start:stop]`, where `text` is `source` with characters left out."""
    begin = at
    for index, char in enumerate(text[:stop]):
        if char.isspace():
            continue
        at = source.index(char, at)
        if index <= start or text[start:index].isspace():
            begin = at
        at += 1
    return begin, at


class Fault(NamedTuple):
    """A thing wrong with a database: in which row or file, and what."""

    where: str
    what: str


class Stated(NamedTuple):
    """A value that a file's metadata states under a key; `source` is a word of `facts.source`.

    `wins` over what the file itself prints: a line of the manifest that says so.
    """

    key: str
    value: str
    source: str
    start: int | None = None
    stop: int | None = None
    wins: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader gives for each article of a raw file: blocks in the order of the file, and stated metadata.

    `told` is what the format says of each block, PARAGRAPH of all that is text; empty where it says nothing.
    """

    blocks: tuple[Block, ...]
    stated: tuple[Stated, ...] = ()
    told: tuple[Role | None, ...] = ()

    @property
    def front(self) -> int:
        """Where front matter ends in the source; 0 without it."""
        return max((each.stop or 0 for each in self.stated if each.source == "front matter"), default=0)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes. `key` is the same for all the ways in which the outlet prints its name."""

    key: str
    name: str
    domain: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2, of outlets in our table
    kind: str | None = None
    known: bool = False  # stands in our table of outlets


class Byline(NamedTuple):
    """An author of an article. `key` is the same for all the ways in which the name is printed."""

    key: str
    name: str
    printed: str


class Tag(NamedTuple):
    """What an article says it is about; `scheme` is 'section', 'topic', 'region' and so on."""

    scheme: str
    value: str


class Fact(NamedTuple):
    """What is known of an article, in which words it was stated, and where."""

    field: str
    value: str
    printed: str
    source: str
    start: int | None = None
    stop: int | None = None


class Part(NamedTuple):
    """A block with its role. `crosshead` is the one that a paragraph stands under."""

    role: Role
    text: str
    start: int
    stop: int
    crosshead: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article: every block of its part of the raw file, and what is stated of it.

    `published` is ISO 8601 as far as stated: a month, a day, or a day and time with offset.
    """

    parts: tuple[Part, ...]
    headline: str | None = None
    standfirst: str | None = None
    dateline: str | None = None
    outlet: Outlet | None = None
    bylines: tuple[Byline, ...] = ()
    published: str | None = None
    language: str | None = None
    url: str | None = None
    syndicated_from: Outlet | None = None
    tags: tuple[Tag, ...] = ()
    facts: tuple[Fact, ...] = ()
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A raw file with its articles: what the store writes."""

    path: str
    sha256: str
    size: int
    format: str
    encoding: str
    articles: tuple[Article, ...]
    defects: tuple[Defect, ...] = field(default=())
