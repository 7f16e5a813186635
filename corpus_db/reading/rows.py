"""An SQL statement -> all its rows, in batches as they are found: for a CSV that is never cut in silence."""

import csv
import io
import sqlite3
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus_db.errors import UsageError
from corpus_db.reading import functions
from corpus_db.reading.export.guarding import guard
from corpus_db.reading.opening import STEPS

SECONDS = 300.0  # that a statement may work; waiting for a slow reader is not work
_FIRST, _BATCH = 100, 2_000  # rows: the first ones are shown at once


class _Parameters(dict[str, str]):
    """What a statement binds; a parameter that is not given is '', as on the pages of Datasette."""

    def __missing__(self, name: str) -> str:
        return ""


def rows(
    connection: sqlite3.Connection, sql: str, parameters: Mapping[str, str], *, seconds: float = SECONDS
) -> Iterator[Sequence[Any]]:
    """The names of the columns, then batches of rows, lists of tuples; none where the statement gives none.

    Raises UsageError, saying why, for what is no statement that SQLite can run, and where `seconds` were not enough.
    """
    refusal = functions.register(connection)
    left = seconds

    def work(step: Any) -> Any:
        nonlocal left
        started = time.monotonic()
        connection.set_progress_handler(lambda: time.monotonic() - started > left, STEPS)
        try:
            return step()
        except sqlite3.Error as error:
            raise UsageError(reason(error, refusal, seconds)) from None
        except (sqlite3.Warning, ValueError) as error:  # several statements; a NUL
            raise UsageError(f"not a statement: {error}") from None
        finally:
            connection.set_progress_handler(None, 0)
            left -= time.monotonic() - started

    cursor = work(lambda: connection.execute(sql, _Parameters(parameters)))
    if cursor.description is None:
        raise UsageError("the statement gives no rows: it must be a select")
    batch = work(lambda: cursor.fetchmany(_FIRST))
    yield [each[0] for each in cursor.description]
    while batch:
        yield batch
        batch = work(lambda: cursor.fetchmany(_BATCH))


def reason(error: sqlite3.Error, refusal: functions.Refusal, seconds: float) -> str:
    """Why a statement failed, in words for the one who wrote it."""
    message = str(error)
    if message == functions.FAILED and refusal.reason:
        return refusal.reason
    return f"the statement took longer than {seconds:g} seconds" if message == "interrupted" else message


def why(connection: sqlite3.Connection, sql: str, parameters: Mapping[str, str], *, seconds: float) -> str | None:
    """Why a statement fails, found by running it again; None where it does not."""
    try:
        deque(rows(connection, sql, parameters, seconds=seconds), maxlen=0)
    except UsageError as error:
        return str(error)
    return None


def lines(batch: Sequence[Sequence[Any]]) -> bytes:
    """Rows as CSV: RFC 4180 in UTF-8, null an empty cell; a cell that a spreadsheet would run is guarded."""
    buffer = io.StringIO(newline="")
    columns = [guard([_cell(value) for value in column])[0] for column in zip(*batch, strict=True)]
    csv.writer(buffer).writerows(zip(*columns, strict=True))
    return buffer.getvalue().encode("utf-8", "surrogateescape")


def _cell(value: Any) -> Any:
    """A value as a cell; bytes, which no table of a corpus has, in hex."""
    return value.hex() if isinstance(value, bytes) else value
