"""The paragraphs and furniture of a raw file, beside the blocks that the file gives: nothing lost, nothing invented.

The file is cut into blocks once more, by the reader of its format; each has to be a row, with its span and its text.
Then what the reader gives is checked itself: every visible character of the file stands in a block.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from corpus_db.entities import unescape
from corpus_db.loading.formats import html as pages
from corpus_db.loading.formats.inline import fold
from corpus_db.records import Block, Fault, Role
from corpus_db.verifying.held import HeldArticle, HeldBlock

# What a browser does not show, as the HTML standard has it.
_UNSEEN = (
    "script style iframe noembed noframes template xmp audio canvas datalist head math noscript object svg title video"
).split()
_SHOWN = 60  # characters of a text in a line


def check(path: str, source: str, name: str, given: Iterable[Block], held: tuple[HeldArticle, ...]) -> list[Fault]:
    """What is wrong with the blocks of a file: `given` are those that the format `name` cuts it into."""
    blocks = {(block.start, block.stop): block.text for block in given}
    rows = [(named(article, row), row) for article in held for row in article.blocks]
    faults = [Fault(where, what) for where, row in rows for what in _misplaced(row, blocks, len(source))]
    faults.extend(_overlaps(rows))
    there = {(row.start, row.stop) for _, row in rows}
    lacking = sorted(blocks.keys() - there)
    faults.extend(Fault(path, f"characters {a}–{b} are in no row: {_cut(blocks[a, b])}") for a, b in lacking)
    lost = _unshown(source, blocks.values()) if name == pages.NAME else _uncovered(source, sorted(blocks))
    faults.extend(Fault(path, what) for what in lost)
    for article in held:
        faults.extend(_order(article))
    return faults


def named(article: HeldArticle, row: HeldBlock) -> str:
    """How a row is called in a line: 'paragraph 3 of 0123456789abcdef'; furniture by its role."""
    kind = row.role if row.role == Role.PARAGRAPH else f"furniture ({row.role})"
    return f"{kind} {row.position} of {article.key}"


def _misplaced(row: HeldBlock, blocks: dict[tuple[int, int], str], length: int) -> Iterator[str]:
    if not 0 <= row.start < row.stop <= length:
        yield f"its span {row.start}–{row.stop} is not inside the file of {length} characters"
    elif (row.start, row.stop) not in blocks:
        yield f"its span {row.start}–{row.stop} is not that of a block of the file"
    elif row.text != blocks[row.start, row.stop]:
        yield f"its text is not what its span {row.start}–{row.stop} gives: {_cut(row.text)}"


def _overlaps(rows: list[tuple[str, HeldBlock]]) -> Iterator[Fault]:
    """Rows whose spans share a character, whichever articles of the file they belong to."""
    for (before, above), (where, row) in pairwise(sorted(rows, key=lambda each: (each[1].start, each[1].stop))):
        if row.start < above.stop:
            yield Fault(where, f"its span {row.start}–{row.stop} overlaps with that of {before}")


def _order(article: HeldArticle) -> Iterator[Fault]:
    """Numbers that do not follow the file, and paragraphs that stand under another crosshead."""
    crosshead, last = None, Counter[bool]()
    for row in article.blocks:
        body = row.role == Role.PARAGRAPH
        if row.position <= last[body]:
            yield Fault(named(article, row), "is numbered in another order than that of its span")
        last[body] = row.position
        if row.role == Role.CROSSHEAD:
            crosshead = row.text
        if row.crosshead != (crosshead if body else None):
            yield Fault(named(article, row), f"its crosshead is {row.crosshead!r}, it stands under {crosshead!r}")


def _uncovered(source: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Visible characters of a text that stand in no span; the spans ascend."""
    edges = [0, *(edge for span in spans for edge in span), len(source)]
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        if lost := source[start:stop].strip():
            yield f"characters {start}–{stop} stand in no block: {_cut(lost)}"


def _unshown(source: str, texts: Iterable[str]) -> Iterator[str]:
    """Letters that a page shows and its blocks lack, or the other way round."""
    there, found = Counter(seen(shown(source))), Counter("".join(map(seen, texts)))
    if lost := there - found:
        yield f"{lost.total()} characters that the page shows stand in no block, such as {min(lost)!r}"
    if invented := found - there:
        yield f"{invented.total()} characters of its blocks are not on the page, such as {min(invented)!r}"


def shown(source: str) -> str:
    """The text that a browser shows of a page, or of a part of one."""
    tree = LexborHTMLParser(source.encode("utf-8", "replace"))
    tree.strip_tags(_UNSEEN, recursive=True)
    return tree.root.text(deep=True) if tree.root else ""


def seen(text: str) -> str:
    """The letters and digits of a text that is shown; what clean text leaves out does not count."""
    return "".join(filter(str.isalnum, fold(text)))


def letters(text: str) -> str:
    """Letters and digits of a text that is written: markup within a span does not count."""
    return "".join(filter(str.isalnum, unescape(text)))


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
