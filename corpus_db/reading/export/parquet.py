"""Rows -> Parquet."""

import sqlite3
from typing import Any

from corpus_db.errors import UsageError
from corpus_db.reading.export.request import Request, Sink, Tally
from corpus_db.reading.export.selection import COLUMNS, blocks

_GROUP = 16_384  # rows of a row group, which is what memory holds


def write_parquet(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """Columns of string, int64 and list<string>, nulls where it is not stated. Raises UsageError without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("parquet: needs pyarrow: install it with `pip install 'corpus-db[parquet]'`") from None
    kinds = {"text": pyarrow.string(), "integer": pyarrow.int64(), "list": pyarrow.list_(pyarrow.string())}
    schema = pyarrow.schema([(name, kinds[COLUMNS[request.unit][name].kind]) for name in request.columns])
    held: dict[str, list[Any]] = {name: [] for name in request.columns}
    writer = parquet.ParquetWriter(sink, schema)  # no `with`: it would make a whole file of half the rows
    rows = waiting = 0

    def flush() -> None:
        writer.write_batch(pyarrow.record_batch(list(held.values()), schema=schema))
        for values in held.values():
            values.clear()

    for block in blocks(connection, request):
        for name, values in held.items():
            values.extend(block.own[name] if name in block.own else [block.shared[name]] * block.rows)
        rows += block.rows
        waiting += block.rows
        if waiting >= _GROUP:
            flush()
            waiting = 0
    if waiting:
        flush()
    writer.close()
    return Tally(rows)
