"""Rows -> Parquet."""

import sqlite3
from typing import Any

from corpus_db.reading.export.request import Request, Sink, Tally
from corpus_db.reading.export.selection import COLUMNS, blocks

_GROUP = 16_384  # rows of a row group, which is what memory holds


def write_parquet(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """Columns of string, int64 and list<string>, nulls where it is not stated."""
    import pyarrow as pa  # an extra: `ask` has seen that it is there
    from pyarrow import parquet

    kinds = {"text": pa.string(), "integer": pa.int64(), "list": pa.list_(pa.string())}
    schema = pa.schema([(name, kinds[COLUMNS[request.unit][name].kind]) for name in request.columns])
    held: dict[str, list[Any]] = {name: [] for name in request.columns}
    rows = waiting = 0
    with parquet.ParquetWriter(sink, schema) as writer, sink.whole():
        for block in blocks(connection, request):
            for name, values in held.items():
                values.extend(block.column(name))
            rows += block.rows
            waiting += block.rows
            if waiting >= _GROUP:
                writer.write_batch(pa.record_batch(list(held.values()), schema=schema))
                held = {name: [] for name in request.columns}
                waiting = 0
        if waiting:
            writer.write_batch(pa.record_batch(list(held.values()), schema=schema))
    return Tally(rows)
