"""Rows -> CSV and JSON Lines."""

import json
import sqlite3
from collections.abc import Iterable
from itertools import repeat

from corpus_db.reading.export.guarding import guard
from corpus_db.reading.export.request import Request, Sink, Tally
from corpus_db.reading.export.selection import Block, blocks

_HELD = 256  # lines held back: enough that the cost of a write does not count
_BOM = b"\xef\xbb\xbf"
_QUOTE, _TWO = '"', '""'


def write_csv(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """RFC 4180 in UTF-8: a line of names, then the rows, CRLF behind each.

    A list is joined by '; ', an empty cell is not stated. All text is in quotes, which is as OWASP advises and faster
    than to look whether it needs them. Cells that a spreadsheet could run are guarded.
    """
    if request.bom:
        sink.write(_BOM)
    held = [f"{','.join(map(_quoted, request.columns))}\r\n"]
    rows = guarded = 0
    for block in blocks(connection, request):
        cells, found = _cells(block, request.columns)
        held.extend([f"{line}\r\n" for line in map(",".join, zip(*cells, strict=True))])
        rows += block.rows
        guarded += found
        if len(held) > _HELD:
            _pass_on(held, sink)
    _pass_on(held, sink)
    return Tally(rows, guarded=guarded)


def _cells(block: Block, columns: tuple[str, ...]) -> tuple[list[Iterable[str]], int]:
    """The cells of a block, column by column, and how many are guarded. What the rows share is looked at once."""
    cells: list[Iterable[str]] = []
    count = 0
    for name in columns:
        if name in block.own:
            column, found = guard(block.own[name])
            cells.append(map(_quoted, column))
        else:
            value = block.shared[name]
            (cell,), found = guard(["; ".join(value) if isinstance(value, tuple) else value])
            cells.append(repeat(_quoted(cell), block.rows))
            found *= block.rows
        count += found
    return cells, count


def _quoted(value: str | int | None) -> str:
    if type(value) is str:
        return f'"{value.replace(_QUOTE, _TWO)}"'
    return "" if value is None else str(value)


def write_jsonl(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """An object a line in UTF-8, all columns in each: text, numbers, arrays of text, null where it is not stated."""
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    held: list[str] = []
    rows = 0
    for block in blocks(connection, request):
        cells = map(block.column, request.columns)
        names = request.columns
        held.extend([f"{encode(dict(zip(names, row, strict=True)))}\n" for row in zip(*cells, strict=True)])
        rows += block.rows
        if len(held) > _HELD:
            _pass_on(held, sink)
    _pass_on(held, sink)
    return Tally(rows)


def _pass_on(held: list[str], sink: Sink) -> None:
    """Empty what is held back into the sink."""
    sink.write("".join(held).encode())
    held.clear()
