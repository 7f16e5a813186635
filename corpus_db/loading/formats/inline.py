"""Markup within a block -> clean text, with the run of source behind every stretch of it.

Markdown's inline markup (emphasis, links, escapes, entities, code, tags) is resolved by pyromark; the source of each
piece of text is kept, so that a name in a link still has its own span.
"""

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from corpus_db.loading.formats.lines import BLANK, INVISIBLE
from corpus_db.records import Link, Run

OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH

# What folding has to touch: white space other than single spaces, invisible and control characters.
_UNCLEAN = re.compile(f"[{BLANK[:9]}{BLANK[10:]}{INVISIBLE}\x00-\x1f\x7f]|  ")
_PIECE = re.compile(f"([{BLANK}]+)|[{INVISIBLE}\x00-\x08\x0e-\x1b\x7f]+|([^{BLANK}{INVISIBLE}\x00-\x1f\x7f]+)")
_ERASE = {ord(char): None for char in INVISIBLE} | dict.fromkeys((*range(9), *range(14, 28), 127))
# Markdown links, or text that is strong as Markdown writes it: the marks of a text exported from a page.
_MARKED = re.compile(
    r"\[[^\[\]\n]{1,300}\]\((?:#|https?:|/|mailto:)[^()\s]*\)|(?<!\*)\*\*[^\s*][^*\n]{0,300}\*\*(?!\*)"
)


def fold(text: str) -> str:
    """`text` with white space folded to single spaces, and what prints nothing left out."""
    folded = " ".join(text.split())
    return folded if folded.isprintable() else " ".join(folded.translate(_ERASE).split())


def is_marked(source: str) -> bool:
    """Whether a plain text was exported with Markdown's inline marks in it."""
    return bool(_MARKED.search(source))


class Pieces:
    """Collects the pieces of a block's text, folds the white space between them, and remembers where each came from."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._runs: list[Run] = []
        self._links: list[Link] = []
        self._open: list[tuple[int, str]] = []
        self._length = 0
        self._space = False
        self._depth = 0
        self._strong = self._plain = False

    def __bool__(self) -> bool:
        return self._length > 0

    def add(self, text: str, start: int, width: int) -> None:
        """Append `text`, which stands for `width` characters of the source from `start`."""
        if len(text) != width and _UNCLEAN.search(text):
            self._space |= text[:1].isspace()
            self.add(fold(text), start, width)
            self._space |= text[-1:].isspace()
        elif len(text) != width or not _UNCLEAN.search(text):
            stripped = text.strip()
            if stripped:
                left = text.index(stripped)
                exact = len(text) == width
                self._space |= left > 0
                self._put(stripped, start + left if exact else start, len(stripped) if exact else width)
            self._space |= text[-1:].isspace()
        else:
            for match in _PIECE.finditer(text):
                if match[1]:
                    self._space = True
                elif match[2]:
                    self._put(match[2], start + match.start(), len(match[2]))

    def _put(self, text: str, start: int, width: int) -> None:
        if self._space and self._length:
            self._text.append(" ")
            self._length += 1
        self._space = False
        self._runs.append(Run(self._length, len(text), start, width))
        self._text.append(text)
        self._length += len(text)
        if self._depth:
            self._strong = True
        elif re.search(r"\w", text):
            self._plain = True

    def space(self) -> None:
        """A line break or another gap between words."""
        self._space = True

    def open_link(self, target: str) -> None:
        """What follows is the text of a link."""
        self._open.append((self._length + (self._space and self._length > 0), target))

    def close_link(self) -> None:
        """The innermost link ends."""
        start, target = self._open.pop()
        if self._length > start:
            self._links.append(Link(start, self._length, target))

    def emphasise(self, by: int) -> None:
        """Emphasis opens (1) or closes (-1)."""
        self._depth += by

    def take(self) -> tuple[str, tuple[Run, ...], tuple[Link, ...], bool]:
        """The text, its runs, its links, whether all of it is emphasised; then empty for the next block.

        A link that is still open goes on in the next block.
        """
        links = [*self._links, *(Link(a, self._length, target) for a, target in self._open if self._length > a)]
        result = "".join(self._text), tuple(self._runs), tuple(links), self._strong and not self._plain
        self._text, self._runs, self._links, self._open = [], [], [], [(0, target) for _, target in self._open]
        self._length, self._space, self._strong, self._plain = 0, False, False, False
        return result


def feed(pieces: Pieces, event: Any, source: str, masked: str, start: int, stop: int) -> bool:
    """Give `pieces` what an inline event of pyromark says of `source[start:stop]`; False if it is no inline event."""
    match event:
        case {"Text": text}:
            same = text == masked[start:stop]
            _unescape(pieces, source[start:stop], start) if same else pieces.add(text, start, stop - start)
        case {"Code": text}:
            left = source.find(text, start, stop)
            pieces.add(text, start, stop - start) if left < 0 else pieces.add(text, left, len(text))
        case {"InlineHtml": tag}:
            if tag.lower().startswith(("<br", "</p", "</div", "</li", "<p", "<td", "</td")):
                pieces.space()
        case "SoftBreak" | "HardBreak":
            pieces.space()
        case {"Start": {"Link": {"dest_url": target}}} | {"Start": {"Image": {"dest_url": target}}}:
            pieces.open_link(target)
        case {"End": "Link" | "Image"}:
            pieces.close_link()
        case {"Start": "Emphasis" | "Strong" | "Strikethrough"}:
            pieces.emphasise(1)
        case {"End": "Emphasis" | "Strong" | "Strikethrough"}:
            pieces.emphasise(-1)
        case _:
            return False
    return True


# A backslash that still stands before a mark was escaped twice by the tool that wrote the file.
_TWICE = re.compile(r"\\(?=[$*_\[\]()#~`.!>|+-])")


def _unescape(pieces: Pieces, text: str, start: int) -> None:
    at = 0
    for match in _TWICE.finditer(text):
        pieces.add(text[at : match.start()], start + at, match.start() - at)
        at = match.end()
    pieces.add(text[at:], start + at, len(text) - at)


class _Mask(dict[int, str]):
    """Stands in one ASCII character for each other one, so that positions in UTF-8 bytes are positions in the text."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = " " if char.isspace() else "x" if char.isalnum() else "."
        return self[code]


_MASK = _Mask({code: chr(code) for code in range(128)})


def mask(source: str) -> str:
    """`source` with ASCII stand-ins: pyromark counts bytes, we count characters."""
    return source if source.isascii() else source.translate(_MASK)


def events(masked: str) -> Iterator[tuple[Any, int, int]]:
    """Pyromark's events over a masked text, with their half-open ranges."""
    for event, place in pyromark.events_with_range(masked, options=OPTIONS):
        yield event, place["start"], place["end"]


def resolve(source: str, start: int, stop: int) -> tuple[str, tuple[Run, ...], tuple[Link, ...], bool]:
    """Clean text, runs, links and whether all is emphasised, of a stretch of plain text with Markdown's inline marks.

    The stretch is read as one line behind a guarding full stop, so that nothing in it is taken for a block.
    """
    text = "." + source[start:stop]
    masked = re.sub(r"[\n\r\x0b\x0c\x1c-\x1e]", " ", mask(text))
    pieces = Pieces()
    for event, begin, end in events(masked):
        if begin == 0 and "Text" in event:
            feed(pieces, {"Text": event["Text"][1:]}, text, masked, 1, end)
        else:
            feed(pieces, event, text, masked, begin, end)
    clean, runs, links, strong = pieces.take()
    return clean, tuple(run._replace(start=run.start - 1 + start) for run in runs), links, strong
