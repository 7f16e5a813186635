"""Saved web pages: their visible text as blocks, each with the elements around it; the metadata that they state.

Lexbor (selectolax) builds the tree as a browser does (WHATWG HTML, 13.2), 30 times as fast as BeautifulSoup; it does
not say where in the source a text stands. Texts come in the order of the source, though, so each is found there again
behind the one before it. Scripts, styles and markup are no text; text that a page hides is, and its form says so.
"""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from corpus_db.entities import unescape
from corpus_db.loading.formats import frontmatter, markdown, pagemeta
from corpus_db.loading.formats.inline import fold
from corpus_db.loading.formats.pieces import GAP, Element, Piece, disjoint, of_line, of_texts, stops
from corpus_db.records import Block, Draft, Form, RawFile, Scope

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml", ".mht", ".mhtml")

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])", re.I | re.S
)
_BLOCKS = frozenset(
    """address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section
    select summary table tbody td textarea tfoot th thead tr ul""".split()
)
_RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "template", "xmp"))  # their text is not walked
# Elements whose text a browser does not show.
_UNSEEN = _RAW | frozenset("audio canvas datalist head math noscript object svg title video".split())
_STRONG = frozenset(("b", "em", "i", "strong"))
# Elements that give a form to all the texts in them.
_FORMS: dict[str, dict[str, Any]] = {f"h{level}": {"heading": level} for level in range(1, 7)} | {
    "li": {"item": True},
    "blockquote": {"quote": True},
    "td": {"cell": True},
    "th": {"cell": True},
    "pre": {"code": True},
    "figcaption": {"image": True},
}
_NAMING = ("class", "id", "itemprop", "role")  # attributes whose words name an element
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_TAG = re.compile(r"<(?=[A-Za-z!?]|/(?!\Z))")  # what opens markup; any other '<' is text, and '</' at the very end
_STRETCH = re.compile(r">\s*+[^<>]++<")  # between tags, not blank
_REWRITTEN = re.compile(r"[&\r\0]")  # what a parser changes
_NEAR = 4_000  # characters of markup between two texts, above which the second is looked for with more care
_ENTITY = 33  # characters that one can be written with
_ESCAPED = re.compile(r"[&<>\"']")  # what pages write as entities here and plainly there
_STRETCHES, _STRAYS = 20_000, 20  # between tags that are looked through, unless too many texts were not found so

_ROOT = Element(seen=True, block=0, form=Form(), scope=None, link=None, strong=False)
_UNSEEN_ELEMENT = _ROOT._replace(seen=False)


def claims(raw: RawFile) -> bool:
    """By its name, or because it begins as a page does; front matter makes it Markdown."""
    path = raw.path.lower()
    named = path.endswith(SUFFIXES) or (not path.endswith(markdown.SUFFIXES) and _OPENING.match(raw.source, 0, 4_000))
    return bool(named) and frontmatter.find(raw.source) is None


def read(raw: RawFile) -> tuple[Draft, ...]:
    """One draft: the visible text of the page in the order of the source, and what its metadata states."""
    page = _Page(raw.source)
    page.walk()
    return (Draft(page.ordered(), (*raw.stated, *pagemeta.stated(raw.source, page.stating))),)


class _Page:
    """Walks the tree of a page and its source side by side, and cuts the text into blocks."""

    def __init__(self, source: str) -> None:
        self.stating: list[Any] = []  # nodes that state metadata
        try:
            self._data, self._source = source.encode(), source
        except UnicodeEncodeError:  # lone surrogates are question marks
            self._data = source.encode("utf-8", "replace")
            self._source = self._data.decode()
        self._at = 0  # the source up to here is walked
        self._elements: dict[int, Element] = {}
        self._blocks: list[Block] = []
        self._taken: set[int] = set()  # starts of the stretches whose texts were found
        self._strays = 0  # texts that do not stand behind the one before them

    def walk(self) -> None:
        """Go through the page once."""
        tree = LexborHTMLParser(self._data)
        if tree.root is None:
            return
        elements, stating = self._elements, self.stating
        pieces: list[Piece] = []
        inside = _UNSEEN_ELEMENT  # the element that the pieces stand in
        broken, breaks = False, 0
        for node in tree.root.traverse(include_text=True):
            tag = node.tag
            if tag == "-text":
                if not node.is_empty_text_node:
                    parent = node.parent
                    element = elements.get(parent.mem_id) or self._element(parent)  # type: ignore[union-attr]
                    if not element.seen:
                        continue
                    text = node.text_content
                    if text and not text.isspace():
                        if pieces and (
                            broken
                            or element.block != inside.block
                            or (breaks and (breaks > 1 or stops(pieces, element.strong)))
                        ):
                            self._keep(pieces, inside)
                            pieces = []
                        broken, breaks, inside = False, 0, element
                        if start := self._next(text):
                            pieces.append(Piece(text, start, len(text), element.link, element.strong))
                        else:
                            pieces += [Piece(*each, element.link, element.strong) for each in self._search(text)]
                        continue
                if pieces:
                    pieces.append(GAP)
            elif tag == "-comment":
                self._pass(node.html or "-", _NEAR)
            else:
                if tag in _BLOCKS:
                    broken = True
                elif tag == "br":
                    breaks += 1
                    if pieces:
                        pieces.append(GAP)
                elif tag in _UNSEEN:
                    elements[node.mem_id] = _UNSEEN_ELEMENT
                    if tag in _RAW:
                        self._pass("</" + tag)
                if tag in pagemeta.TAGS:
                    stating.append(node)
        if pieces:
            self._keep(pieces, inside)

    def ordered(self) -> tuple[Block, ...]:
        """The blocks in the order of the source, disjoint."""
        if not self._strays:
            return tuple(self._blocks)
        return tuple(disjoint(block for block in self._blocks if block.stop > block.start))

    def _pass(self, written: str, near: int | None = None) -> None:
        """Go on to where something is written, at most so far behind the last text."""
        stop = len(self._source) if near is None else self._at + near + len(written)
        self._at = max(self._at, self._source.find(written, self._at, stop))

    def _element(self, node: Any) -> Element:
        """What an element hands down, of it and of all those around it."""
        elements, chain = self._elements, []
        while node is not None and (place := node.mem_id) not in elements:
            chain.append((place, node))
            node = node.parent
        above = elements[place] if node is not None else _ROOT
        for place, each in reversed(chain):
            above = elements[place] = self._inner(each, place, above)
        return above

    def _inner(self, node: Any, place: int, above: Element) -> Element:
        tag = node.tag
        if not above.seen or tag in _UNSEEN:
            return _UNSEEN_ELEMENT
        attributes = node.attributes
        own = tag in _BLOCKS or "-" in tag
        form, scope = above.form, above.scope
        if own or "class" in attributes or "itemprop" in attributes:
            names = " ".join(filter(None, map(attributes.get, _NAMING))) if attributes else ""
            scope = Scope(tag, names, scope)
            if tag in _FORMS:
                form = form._replace(**_FORMS[tag])
            if "hidden" in attributes or ("style" in attributes and _HIDES.search(attributes["style"] or "")):
                form = form._replace(hidden=True)
            if "itemprop" in attributes:
                self.stating.append(node)
        link = (attributes.get("href") or "") if tag == "a" else above.link
        return Element(True, place if own else above.block, form, scope, link, above.strong or tag in _STRONG)

    def _next(self, text: str) -> int:
        """Where a text stands near the last as it is written there; 0 where it does not, or that is not sure."""
        source, at, written = self._source, self._at, f">{text}<"
        stop, start = at + _NEAR + len(text), 0
        if "<" in text or ">" in text:
            start = source.find(written, at, stop) + 1
        else:
            for stretch in _STRETCH.finditer(source, at, stop):
                if stretch[0] == written:
                    start = stretch.start() + 1
                    break
        if not start or not at or start in self._taken:
            return 0
        if not (text.isascii() and not _ESCAPED.search(text)) and source.find("&", at, start) >= 0:
            return 0  # one that is written with entities may stand before it
        self._at = start + len(text)
        self._taken.add(start)
        return start

    def _search(self, text: str) -> list[tuple[str, int, int]]:
        """Where a text stands that is written with entities or other line breaks, or far behind the last.

        The stretches between tags are compared one after the other. Text, start, width; several where markup that the
        parser ignored stands within the text.
        """
        source, begin = self._source, self._at
        if begin:
            begin = source.find(">", begin) + 1 or len(source)
        limit = _STRETCHES if self._strays < _STRAYS else _STRETCHES // 100
        wanted, longest = fold(text), _ENTITY * len(text)
        while begin < len(source) and limit:
            tag = _TAG.search(source, begin)
            end = tag.start() if tag else len(source)
            while begin < end and limit and begin not in self._taken:  # what is taken is so up to its end
                limit -= 1
                if end - begin > longest:
                    begin = source.rfind(">", begin, end) + 1 or end
                    continue
                written = source[begin:end]
                if written == text or (_REWRITTEN.search(written) and fold(unescape(written)) == wanted):
                    self._at = end
                    self._taken.add(begin)
                    return [(text, begin, end - begin)]
                begin = source.find(">", begin, end) + 1 or end  # the mark may have stood in an attribute
            begin = source.find(">", end) + 1 or len(source)
        self._strays += 1
        if found := self._scattered(fold(text), self._at):
            self._at = found[-1][1] + found[-1][2]
            return found
        return self._scattered(fold(text), 0, again=True)

    def _scattered(self, rest: str, begin: int, *, again: bool = False) -> list[tuple[str, int, int]]:
        """The stretches behind `begin` that together are a text which the parser joined or moved.

        Where they end before the text does they are looked for from the top once more, `again`, as long as some are.
        """
        found: list[tuple[str, int, int]] = []
        while rest and (more := list(self._parts(rest, begin))):
            found += more
            for shown, start, _ in more:
                rest = rest[len(shown) :].lstrip()
                self._taken.add(start)
            if not again:
                break
        if rest.strip("\0\ufffd"):
            self._taken.difference_update(start for _, start, _ in found)
            return []
        return found

    def _parts(self, rest: str, begin: int) -> Iterator[tuple[str, int, int]]:
        """The free stretches behind `begin` that a text goes on with, one after the other: as shown, start, width."""
        source = self._source
        while begin < len(source) and rest:
            tag = _TAG.search(source, begin)
            end = tag.start() if tag else len(source)
            if end - begin > _ENTITY * len(rest) + _NEAR:
                begin = max(begin, source.rfind(">", begin, end) + 1)
            while begin < end and begin not in self._taken:
                shown = fold(unescape(source[begin:end].replace("\0", "")))
                if shown and rest.startswith(shown):
                    yield shown, begin, end - begin
                    rest = rest[len(shown) :].lstrip()
                    break
                begin = source.find(">", begin, end) + 1 or end
            begin = source.find(">", end) + 1 or len(source)

    def _keep(self, pieces: list[Piece], inside: Element) -> None:
        """The pieces are a block."""
        alone = len(pieces) == 1
        while pieces[-1] is GAP:
            pieces.pop()
        if len(pieces) == 1:
            self._blocks.extend(of_line(pieces[0], inside, alone=alone))
            return
        starts = [piece.start for piece in pieces if piece.width]
        if starts == sorted(starts):
            self._blocks.extend(of_texts(pieces, inside))
            return
        self._strays += 1
        for piece in pieces:
            if piece.width:
                self._blocks.extend(of_texts([piece], inside))
