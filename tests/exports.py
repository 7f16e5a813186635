"""A corpus that is hard on formats, and readers of exports that are not ours."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.csv
import pyarrow.parquet
from openpyxl.utils.escape import unescape

from corpus_db.reading import export
from corpus_db.store import indexes, schema

TABLES = [name for name, each in export.FORMATS.items() if each.table]
FORMATS = list(export.FORMATS)
RISKY = [
    "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\u00a0=1", "'=1", "''=1", '"=1"', "“=1”",
    "\u200b=1", "\ufeff@x", "＝1", "＋1", "－1", "＠x", "=HYPERLINK(\"http://x\",\"y\")", "- a list item", "-", "' \"\t=",
]  # fmt: skip
TAME = [
    "'Tis the season", "a = b", "1-2", "“Quoted,” she said", "said \"so\", and; left", "two\nlines", "cr\ronly", "cr\r\nlf",
    "nul\0inside", "bell\a", "]]>&amp;<p>", "<r><t>x</t></r>", "<r></r>", "<r>_x0041_ and \a &amp; <t></r>", "_x0041_ and _x000D_", "x\ufffe\uffffy",
    "😀 🏳️‍🌈", "שלום עולם", "\u202eabc", "— dash", "–", "#N/A", "1e5", "0012", "NULL", "true", ",", '"', "x" * 40_000,
    "😀" * 20_000,
]  # fmt: skip
CELLS = RISKY + TAME


def build(path: Path, texts: list[list[str]]) -> Path:
    """A corpus of articles with these paragraphs, the first of which is the headline, too."""
    with closing(sqlite3.connect(path)) as connection:
        schema.create(connection)
        connection.execute("insert into corpus values ('version', '0'), ('raw', 'raw')")
        connection.execute("insert into outlets (id, key, name) values (1, 'o', '=Outlet & <Sons>')")
        connection.executemany(
            "insert into authors (id, key, name) values (?, ?, ?)", [(1, "a", "@Ann"), (2, "b", "Bo; Ray")]
        )
        position = 0
        for number, paragraphs in enumerate(texts, 1):
            key = f"{number:016x}"
            connection.execute(
                "insert into raw_files (id, path, sha256, bytes, outcome) values (?, ?, ?, 1, 'loaded')",
                [number, f"{number:06}.txt", f"{number:064x}"],
            )
            connection.execute(
                """insert into articles (id, key, raw_file_id, outlet_id, headline, published, language, paragraph_count,
                word_count) values (?, ?, ?, ?, ?, ?, ?, ?, 5)""",
                [number, key, number, 1 if number % 2 else None, paragraphs[0] if number % 2 else None,
                 "2024-03-05T10:30+01:00" if number % 2 else None, "en" if number % 2 else None, len(paragraphs)],
            )  # fmt: skip
            if number % 2:
                connection.execute(
                    "insert into bylines values (?, 1, 1, 'Ann', 'Ann'), (?, 2, 2, 'Bo', 'Bo')", [number] * 2
                )
                connection.execute("insert into tags values (?, 'topic', '=dams')", [number])
            for place, text in enumerate(paragraphs, 1):
                position += 1
                crosshead = "Under & over" if place > len(paragraphs) // 2 else None
                connection.execute(
                    "insert into paragraphs values (?, ?, ?, ?, ?, 0, 1)", [position, number, place, crosshead, text]
                )
        schema.create_indexes(connection)
        indexes.build(connection)
        connection.commit()
    return path


def exported(connection: sqlite3.Connection, typed: str = "", **options: Any) -> tuple[bytes, export.Manifest]:
    target = io.BytesIO()
    made = export.export(connection, typed, target, **options)
    return target.getvalue(), made


def read(data: bytes, name: str) -> list[dict[str, Any]]:
    """The rows of a table, as a reader that is not ours gives them."""
    if name == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    if name == "jsonl":
        return [json.loads(line) for line in data.decode().split("\n")[:-1]]
    if name == "parquet":
        return pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return workbook(data)[1]


def workbook(data: bytes) -> tuple[list[str], list[dict[str, Any]]]:
    """The names of the sheets, and the rows: texts that go on in the sheet 'continued' put together."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for sheet in book.worksheets:
        names, *lines = sheet.iter_rows(values_only=True)
        for number, line in enumerate(lines, 2):
            values = [unescape(value) if isinstance(value, str) else value for value in line]
            row = dict(zip(names, values, strict=False))
            if sheet.title.startswith("continued"):
                assert row["part"] > 1
                rows[row["sheet"], row["row"]][row["column"]] += row["text"]
            else:
                rows[sheet.title, number] = row
    return book.sheetnames, list(rows.values())
