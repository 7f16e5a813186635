"""Exports of all paragraphs beside `csv.writer` over one statement that gives the same rows."""

import csv
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks import rounds
from corpus_db.reading import export, opening


def measure(db: Path, number: int) -> None:
    """Print rows a second of CPU time for each format of a table, the usual columns."""
    with tempfile.TemporaryDirectory() as folder, closing(opening.connect(db)) as connection:
        out = Path(folder) / "out"
        columns = ", ".join(export.ask(connection).columns)
        statement = f"select {columns} from paragraph_browse order by id"

        def plain() -> None:
            with out.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(connection.execute(statement))

        names = [name for name, each in export.FORMATS.items() if each.table]
        works = {name: partial(export.export, connection, "", out, format=name) for name in names}
        took = rounds.measure({**works, "csv.writer": plain}, number)
        (rows,) = connection.execute("select count(*) from paragraphs").fetchone()
    anchor = took["csv.writer"].median
    for name, each in took.items():
        print(f"export {name:10} {rows / each.median:9,.0f} rows/s   speed of csv.writer x {anchor / each.median:.2f}")
    print(f"{rows:,} paragraphs, median of {number} rounds")
