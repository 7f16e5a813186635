"""Markdown, with or without YAML front matter -> blocks.

CommonMark decides what is a heading, a quote, a list, a table; but many tools write one paragraph a line without blank
lines between, which CommonMark would run together. So a single line break within a paragraph counts as it does in plain
text: it joins only where the lines are wrapped at a width or a sentence runs on.
"""

import re
from bisect import bisect_left
from itertools import islice
from typing import Any

from corpus_db.loading.formats import fragments, frontmatter, lines
from corpus_db.loading.formats.cover import cover
from corpus_db.loading.formats.inline import Pieces, events, feed, fold, mask, resolve
from corpus_db.records import Block, Draft, Form, RawFile

NAME = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")


def claims(raw: RawFile) -> bool:
    """By its name, or because it begins with front matter."""
    return raw.path.lower().endswith(SUFFIXES) or frontmatter.find(raw.source) is not None


def read(raw: RawFile) -> tuple[Draft, ...]:
    """One draft of all the blocks of the file, in order, and what the front matter states."""
    front = frontmatter.find(raw.source)
    document = _Document(raw.source, front.stop if front else 0)
    blocks = [*(front.blocks if front else ()), *document.blocks()]
    return (Draft(cover(raw.source, blocks), front.stated if front else ()),)


_NUMBER = re.compile(r"\d{1,9}[.)]")


class _Document:
    """Follows pyromark's events and cuts the text into blocks."""

    def __init__(self, source: str, start: int) -> None:
        self._source, self._start = source, start
        found = lines.lines(source, start)
        self._groups = lines.groups(source, found, lines.layout(source, found))
        self._starts = [line.start for line in found]
        self._gaps = [line.gap for line in found]
        self._joined = {line.start for group in self._groups for line in group[1:]}
        self._pieces = Pieces()
        self._blocks: list[Block] = []
        self._form = Form()
        self._items = self._quotes = self._images = 0
        self._image_only = True
        self._raw: list[tuple[int, int]] = []  # ranges of text that CommonMark left alone

    def blocks(self) -> list[Block]:
        """All blocks, in order; marks around their text are not in their spans."""
        masked = mask(self._source[self._start :])
        shifted = self._source[self._start :]
        for event, begin, end in events(masked):
            self._follow(event, shifted, masked, begin, end)
        self._end()
        return self._blocks

    def _follow(self, event: Any, text: str, masked: str, begin: int, end: int) -> None:
        match event:
            case {"Text": _}:  # the most frequent first
                if not self._raw or begin >= self._raw[-1][1]:
                    feed(self._pieces, event, text, masked, begin, end)
                    self._note_image(event)
            case "SoftBreak" | "HardBreak":
                self._break(begin + self._start)
            case "Rule":
                self._end()
                self._add(fold(text[begin:end]), begin, begin + len(text[begin:end].rstrip()), Form(rule=True))
            case {"Start": {"CodeBlock": kind}}:
                self._end()
                self._code(text, begin, end, fenced=kind != "Indented")
            case {"Start": {"HtmlBlock": _}} | {"Start": "HtmlBlock"}:
                self._end()
                self._html(begin, end)
            case {"Html": _}:
                pass
            case {"Start": {"Heading": {"level": level}}}:
                self._end()
                self._form = Form(heading=int(level[1]))
            case {"End": {"Heading": _}}:
                self._end()
                self._underline(text, end)
                self._form = Form()
            case {"Start": "TableCell"} | {"End": "TableCell"}:
                self._pieces.space()
            case {"Start": "TableRow" | "TableHead"}:
                self._end()
                self._underline(text, begin)
                self._form = Form(cell=True)
            case {"End": "TableRow" | "TableHead"}:
                self._end()
                self._form = Form()
            case _ if feed(self._pieces, event, text, masked, begin, end):
                self._note_image(event)
            case _:
                self._end()
                self._nest(event, text, begin)

    def _note_image(self, event: Any) -> None:
        match event:
            case {"Start": {"Image": _}}:
                self._images += 1
            case {"End": "Image"}:
                self._images -= 1
            case {"Text": text} | {"Code": text} if not self._images and text.strip():
                self._image_only = False

    def _nest(self, event: Any, text: str, begin: int) -> None:
        """Paragraphs, lists and quotes: what a block stands in. The number of an item is part of its text."""
        match event:
            case {"Start": "Item"}:
                self._items += 1
                if number := _NUMBER.match(text, begin):
                    self._pieces.add(number[0], begin, len(number[0]))
                    self._pieces.space()
            case {"End": "Item"}:
                self._items -= 1
            case {"Start": {"BlockQuote": _}}:
                self._quotes += 1
            case {"End": {"BlockQuote": _}}:
                self._quotes -= 1

    def _break(self, at: int) -> None:
        """A line break within a paragraph: a space, or the end of a block."""
        line = bisect_left(self._starts, at)
        wrapped = line < len(self._starts) and self._starts[line] in self._joined
        if wrapped or self._form.heading or self._form.cell:
            self._pieces.space()
        else:
            self._end()

    def _underline(self, text: str, end: int) -> None:
        """The marks below a heading, or the first row of a table, belong to its block."""
        above = self._blocks[-1] if self._blocks else None
        if above and (above.form.heading or above.form.cell):
            marks = text[above.stop - self._start : end]
            if marks.strip() and not marks.strip("=-|: \t\r\n"):
                self._blocks[-1] = above._replace(stop=above.stop + len(marks.rstrip()))

    def _end(self) -> None:
        """What was collected is a block."""
        if self._pieces:
            text, runs, links, strong = self._pieces.take()
            image = self._image_only and bool(links)
            form = self._form._replace(strong=strong, links=links, image=image)
            if self._start:
                runs = tuple(run._replace(start=run.start + self._start) for run in runs)
            self._keep(Block(text, runs[0].start, runs[-1].start + runs[-1].width, form, runs))
        self._image_only = True

    def _keep(self, block: Block) -> None:
        line = max(0, bisect_left(self._starts, block.start + 1) - 1)
        gap = self._gaps[line] if line < len(self._gaps) else 0
        item, quote = block.form.item or self._items > 0, block.form.quote or self._quotes > 0
        self._blocks.append(block._replace(form=block.form._replace(item=item, quote=quote, gap=gap)))

    def _add(self, text: str, begin: int, end: int, form: Form) -> None:
        self._keep(Block(text, begin + self._start, end + self._start, form))

    def _code(self, text: str, begin: int, end: int, *, fenced: bool) -> None:
        """A code block. An indented one is ordinary text that someone indented: it is read line by line."""
        self._raw.append((begin, end))
        if fenced:
            stretches = [(line.start, line.stop) for line in lines.lines(text, begin, end)][1:]
            if stretches and not text[stretches[-1][0] : stretches[-1][1]].strip("`~"):
                stretches.pop()
            if stretches:
                start, stop = stretches[0][0], stretches[-1][1]
                self._add(fold(text[start:stop]), start, stop, Form(code=True))
            return
        first = bisect_left(self._groups, begin + self._start, key=lambda group: group[0].start)
        for group in islice(self._groups, first, None):
            start, stop = group[0].start, group[-1].stop
            if start >= end + self._start:
                break
            if stop <= end + self._start:
                clean, runs, links, strong = resolve(self._source, start, stop)
                form = Form(links=links, strong=strong, indent=group[0].indent)
                self._keep(Block(clean, start, stop, form, runs))

    def _html(self, begin: int, end: int) -> None:
        for block in fragments.blocks(self._source, begin + self._start, end + self._start):
            self._keep(block)
