"""Rows -> CSV and JSON Lines."""

import csv
import io
import json
import sqlite3
from itertools import repeat
from typing import Any

from corpus_db.reading.export.guarding import guard
from corpus_db.reading.export.request import Request, Sink, Tally
from corpus_db.reading.export.selection import Block, blocks

_CHUNK = 1 << 17  # characters held back: enough that the cost of a write does not count
_BOM = b"\xef\xbb\xbf"


def write_csv(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """RFC 4180 in UTF-8: a line of names, then the rows, CRLF behind each; a list is joined by '; ', an empty cell is not
    stated. Cells that a spreadsheet could run are guarded.
    """  # noqa: D205 — one sentence
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    if request.bom:
        sink.write(_BOM)
    writer.writerow(request.columns)
    rows = guarded = 0
    for block in blocks(connection, request):
        cells, found = _cells(block, request.columns)
        writer.writerows(zip(*cells, strict=True))
        rows += block.rows
        guarded += found
        if buffer.tell() > _CHUNK:
            _pass_on(buffer, sink)
    _pass_on(buffer, sink)
    return Tally(rows, guarded=guarded)


def _cells(block: Block, columns: tuple[str, ...]) -> tuple[list[Any], int]:
    """The columns of a block, and how many cells in them are guarded. What the rows share is looked at once."""
    cells: list[Any] = []
    count = 0
    for name in columns:
        if name in block.own:
            column, found = guard(block.own[name])
            cells.append(column)
        else:
            value = block.shared[name]
            (cell,), found = guard(["; ".join(value) if isinstance(value, tuple) else value])
            cells.append(repeat(cell, block.rows))
            found *= block.rows
        count += found
    return cells, count


def write_jsonl(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """An object a line in UTF-8, all columns in each: text, numbers, arrays of text, null where it is not stated."""
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    buffer = io.StringIO(newline="")
    rows = 0
    for block in blocks(connection, request):
        cells = [block.own.get(name) or repeat(block.shared.get(name), block.rows) for name in request.columns]
        for row in zip(*cells, strict=True):
            buffer.write(f"{encode(dict(zip(request.columns, row, strict=True)))}\n")
        rows += block.rows
        if buffer.tell() > _CHUNK:
            _pass_on(buffer, sink)
    _pass_on(buffer, sink)
    return Tally(rows)


def _pass_on(buffer: io.StringIO, sink: Sink) -> None:
    """Empty the buffer into the sink."""
    sink.write(buffer.getvalue().encode())
    buffer.seek(0)
    buffer.truncate()
