"""Rows -> a workbook of Excel and LibreOffice.

XlsxWriter writes it, row by row through temporary files: BSD, no dependencies, released several times a year. Text is
written as text: no formula, no link. What a workbook can't hold is never cut: behind 1,048,576 rows the next sheet
goes on, with the line of names again; text behind 32,767 characters (Excel counts UTF-16 units) goes on in the sheet
'continued', where a row has the sheet, the row and the column of the cell, the number of the part, from 2, and its
text. The cell and its parts in their order are the whole text. Text of the form '<r>…</r>' is written so, too.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from corpus_db.reading.export.request import Request, Sink, Tally
from corpus_db.reading.export.selection import blocks

_ROWS = 1_048_576
_UNITS = 32_767
_UNENCODABLE = re.compile("[\ufffe\uffff]")  # XlsxWriter escapes the other characters that XML can't hold
_SETTINGS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 — as the parts of the zip: the same rows give the same bytes
_HEAD = ("sheet", "row", "column", "part", "text")


def write_xlsx(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """A sheet of the rows, the line of names kept in sight; a list is joined by '; ', an empty cell is not stated."""
    import xlsxwriter  # takes a twentieth of a second: other formats and commands do without

    with (
        tempfile.TemporaryDirectory() as folder,
        xlsxwriter.Workbook(sink, {**_SETTINGS, "tmpdir": folder}) as workbook,
        sink.whole(),
    ):
        workbook.set_properties({"created": _MADE})
        workbook.use_zip64()
        sheets = _Sheets(workbook, request.unit, request.columns)
        for block in blocks(connection, request):
            for row in zip(*map(block.column, request.columns), strict=True):
                sheets.write(row)
    return Tally(sheets.rows, replaced=sheets.replaced, continued=sheets.continued)


class _Sheets:
    """The sheets of a workbook, a further one where one is full."""

    def __init__(self, workbook: Any, name: str, columns: tuple[str, ...]) -> None:
        self._workbook, self._name, self._columns = workbook, name, columns
        self._count = 0
        self._sheet: Any = None
        self._line = 0  # the next one of the sheet
        self._more: _Sheets | None = None
        self.rows = self.replaced = self.continued = 0
        self._next()

    def write(self, row: tuple[Any, ...]) -> None:
        """Add a row."""
        if self._line == _ROWS:
            self._next()
        for column, value in enumerate(row):
            if isinstance(value, tuple):
                value = "; ".join(value)
            if isinstance(value, str):
                first, *parts = self._parts(value)
                self._sheet.write_string(self._line, column, first)
                if parts:
                    self._go_on(column, parts)
            elif value is not None:
                self._sheet.write_number(self._line, column, value)
        self._line += 1
        self.rows += 1

    def _next(self) -> None:
        self._count += 1
        self._sheet = self._workbook.add_worksheet(self._name if self._count == 1 else f"{self._name} {self._count}")
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._columns):
            self._sheet.write_string(0, column, name)
        self._line = 1

    def _parts(self, text: str) -> Iterator[str]:
        """The text in pieces that a cell can hold; mostly one."""
        if "\ufffe" in text or "\uffff" in text:
            text, count = _UNENCODABLE.subn("\ufffd", text)
            self.replaced += count
        if text.startswith("<r>") and text.endswith("</r>"):  # XlsxWriter would take it for markup of its own
            yield text[:1]
            text = text[1:]
        while len(text) > _UNITS // 2 and len(text.encode("utf-16-le")) > 2 * _UNITS:
            part = text[:_UNITS].encode("utf-16-le")[: 2 * _UNITS].decode("utf-16-le", "ignore")
            yield part
            text = text[len(part) :]
        yield text

    def _go_on(self, column: int, parts: list[str]) -> None:
        """Write the rest of a cell's text to the sheet 'continued'."""
        self._more = self._more or _Sheets(self._workbook, "continued", _HEAD)
        for number, part in enumerate(parts, 2):
            self._more.write((self._sheet.name, self._line + 1, self._columns[column], number, part))
        self.continued += 1
