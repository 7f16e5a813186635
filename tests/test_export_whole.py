"""Exports of 2,000 real articles: every row, read back by other people's readers, equals plain SQL."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet
import pytest
from exports import exported
from lxml import etree
from places import tei_schema

from corpus_db.reading.export import guarding

COLUMNS = ["article", "position", "outlet", "headline", "published", "text"]
WANTED = """
select articles.key, position, outlets.name, headline, published, text
from paragraphs
join articles on articles.id = article_id
left join outlets on outlets.id = outlet_id
order by article_id, position
"""
Rows = list[tuple[Any, ...]]


def by_csv(data: bytes) -> Rows:
    return [tuple(row) for row in list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]]


def by_arrow(data: bytes) -> Rows:
    return as_rows(
        pyarrow.csv.read_csv(
            io.BytesIO(data),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(COLUMNS, pyarrow.string()), strings_can_be_null=False
            ),
        )
    )


def as_rows(table: pyarrow.Table) -> Rows:
    return list(zip(*(table.column(name).to_pylist() for name in COLUMNS), strict=True))


def as_tuples(frame: pd.DataFrame) -> Rows:
    frame = frame.astype(object)
    return list(frame.where(frame.notna(), None).itertuples(index=False, name=None))


def by_openpyxl(data: bytes) -> Rows:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets
    return list(sheet.iter_rows(min_row=2, values_only=True))


READERS: dict[str, tuple[str, Callable[[bytes], Rows]]] = {
    "csv by csv": ("csv", by_csv),
    "csv by pandas": (
        "csv",
        lambda data: as_tuples(pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, engine="python")),
    ),
    "csv by pyarrow": ("csv", by_arrow),
    "jsonl by pandas": (
        "jsonl",
        lambda data: as_tuples(pd.read_json(io.BytesIO(data), lines=True, dtype=False)),
    ),
    "jsonl by pyarrow": (
        "jsonl",
        lambda data: as_rows(
            pyarrow.json.read_json(
                io.BytesIO(data),
                parse_options=pyarrow.json.ParseOptions(pyarrow.schema([("published", pyarrow.string())])),
            )
        ),
    ),
    "parquet by pandas": ("parquet", lambda data: as_tuples(pd.read_parquet(io.BytesIO(data)))),
    "parquet by pyarrow": ("parquet", lambda data: as_rows(pyarrow.parquet.read_table(io.BytesIO(data)))),
    "xlsx by openpyxl": ("xlsx", by_openpyxl),
}


@pytest.fixture(scope="module")
def made(articles: sqlite3.Connection) -> dict[str, bytes]:
    """The paragraphs of the corpus in every format of a table."""
    return {name: exported(articles, format=name, columns=COLUMNS)[0] for name in ("csv", "jsonl", "parquet", "xlsx")}


@pytest.mark.parametrize("reader", READERS)
def test_all_paragraphs_come_back(reader: str, made: dict[str, bytes], articles: sqlite3.Connection) -> None:
    name, read = READERS[reader]
    wanted = articles.execute(WANTED).fetchall()
    assert len(wanted) == articles.execute("select count(*) from paragraphs").fetchone()[0] > 30_000
    rows = read(made[name])
    if name == "csv":  # has texts only, and guards what a spreadsheet would run
        wanted = [tuple("" if value is None else str(value) for value in row) for row in wanted]
        rows = [tuple(guarding.recover(value) for value in row) for row in rows]
    assert rows == wanted


def test_all_articles_are_valid_tei(articles: sqlite3.Connection) -> None:
    schema = etree.DTD(str(tei_schema()))
    with zipfile.ZipFile(io.BytesIO(exported(articles, format="tei")[0])) as archive:
        names = {name.removesuffix(".xml") for name in archive.namelist() if name.endswith(".xml")}
        assert names == {key for (key,) in articles.execute("select key from articles")}
        for key in names:
            assert schema.validate(etree.fromstring(archive.read(f"{key}.xml"))), (key, schema.error_log)


def test_all_articles_are_cited(articles: sqlite3.Connection) -> None:
    keys = [key for (key,) in articles.execute("select key from articles order by id")]
    assert [each["id"] for each in json.loads(exported(articles, format="csl")[0])] == keys
    assert exported(articles, format="bibtex")[0].count(b"\n@") + 1 == len(keys)
    assert exported(articles, format="ris")[0].count(b"\nER  - ") == len(keys)
