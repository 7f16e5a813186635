"""A fragment of HTML inside another format -> blocks with runs. For whole pages there is a format of its own.

BeautifulSoup builds the tree, as forgiving as a browser; each text node is then found again in the source, so that
every character of visible text has its place there.
"""

import re
import warnings
from collections import Counter

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag
from bs4.element import NavigableString, PreformattedString

from corpus_db.entities import unescape
from corpus_db.loading.formats.inline import Pieces
from corpus_db.records import Block, Form

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html iframe legend li main nav ol option p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_HIDDEN_TAGS = frozenset(("head", "script", "style", "template", "noscript", "svg", "math", "object"))
_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[!?/a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<[!?/a-zA-Z][^>]*>", re.S
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});?")
_CELLS = frozenset(("td", "th"))
_EMPHASIS = frozenset(("b", "strong", "em", "i"))


def blocks(source: str, start: int, stop: int) -> list[Block]:
    """The blocks of the visible text in `source[start:stop]`, in order."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        tree = BeautifulSoup(source[start:stop], "html.parser")
    found = _Fragment(source, start, stop)
    found.read(tree)
    return found.blocks


class _Fragment:
    """Walks a tree and the source side by side."""

    def __init__(self, source: str, start: int, stop: int) -> None:
        self.blocks: list[Block] = []
        self._source, self._at, self._stop = source, start, stop
        self._pieces = Pieces()
        self._inside: Counter[str] = Counter()

    def read(self, tree: Tag) -> None:
        """All of the tree: iterative, for fragments can be nested without end."""
        stack: list[tuple[Tag | NavigableString, bool]] = [(tree, False)]
        while stack:
            node, closing = stack.pop()
            if isinstance(node, NavigableString):
                self._text(node)
            elif closing:
                self._close(node)
            elif node.name not in _HIDDEN_TAGS:
                self._open(node)
                stack.append((node, True))
                stack.extend(
                    (child, False) for child in reversed(node.contents) if isinstance(child, Tag | NavigableString)
                )
        self._end()

    def _text(self, node: NavigableString) -> None:
        if isinstance(node, PreformattedString):
            return
        for text, start, width in self._places(str(node)):
            self._pieces.add(text, start, width)

    def _places(self, text: str) -> list[tuple[str, int, int]]:
        """Where the characters of a text node stand in the source, from the end of the last one on."""
        places, done = [], 0
        while done < len(text):
            char = self._source[self._at : self._at + 1]
            if not char or self._at >= self._stop:
                break
            if char == text[done] and char not in "&<":
                begin = self._at
                while self._at < self._stop and done < len(text) and self._source[self._at] == text[done] not in "&<":
                    self._at, done = self._at + 1, done + 1
                places.append((self._source[begin : self._at], begin, self._at - begin))
            elif char == "&" and (entity := _ENTITY.match(self._source, self._at)):
                value = unescape(entity[0])
                if text.startswith(value, done):
                    places.append((value, self._at, len(entity[0])))
                    done += len(value)
                self._at = entity.end()
            elif char == "<" and (tag := _MARKUP.match(self._source, self._at, self._stop)):
                self._at = tag.end()
            elif char == text[done]:
                places.append((char, self._at, 1))
                self._at, done = self._at + 1, done + 1
            else:
                self._at += 1
        return places

    def _open(self, node: Tag) -> None:
        if node.name == "a":
            self._pieces.open_link(str(node.get("href") or ""))
        elif node.name in _EMPHASIS:
            self._pieces.emphasise(1)
        elif node.name in _CELLS:
            self._pieces.space()
        if node.name in _BLOCK_TAGS:
            self._end()
            self._inside[node.name] += 1

    def _close(self, node: Tag) -> None:
        if node.name == "a":
            self._pieces.close_link()
        elif node.name in _EMPHASIS:
            self._pieces.emphasise(-1)
        elif node.name in _CELLS:
            self._pieces.space()
        if node.name in _BLOCK_TAGS:
            self._end()
            self._inside[node.name] -= 1

    def _end(self) -> None:
        """What was collected is a block."""
        if not self._pieces:
            return
        text, runs, links, strong = self._pieces.take()
        names = +self._inside
        form = Form(
            heading=next((level for level in range(1, 7) if f"h{level}" in names), 0),
            item="li" in names,
            quote="blockquote" in names,
            cell="tr" in names,
            code="pre" in names,
            image="figcaption" in names,
            strong=strong,
            links=links,
        )
        self.blocks.append(Block(text, runs[0].start, runs[-1].start + runs[-1].width, form, runs))
