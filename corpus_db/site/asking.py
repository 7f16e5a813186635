"""What a page asks of the corpus -> its answer, or, where that takes too long, an error that says so."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from datasette.views.base import DatasetteError

from corpus_db.reading import opening
from corpus_db.site import where

Answer = TypeVar("Answer")
SECONDS = (
    300.0  # that an answer may take once it is begun; all collocates of the commonest word of 37,554 articles take 90
)


async def ask(datasette: Any, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """What `work` finds on a connection of the corpus.

    Raises DatasetteError, status 400, where SQLite was not done after `SECONDS`: statements are stopped between two
    steps, other work is not.
    """

    def answered(connection: sqlite3.Connection) -> Answer:
        last = time.monotonic() + SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > last, opening.STEPS)
        try:
            return work(connection)
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                stopped = f"This took longer than {SECONDS:g} seconds and was stopped: ask for less, by a filter."
                raise DatasetteError(stopped, status=400) from None
            raise
        finally:
            connection.set_progress_handler(None, 0)

    found: Answer = await where.corpus(datasette).execute_fn(answered)
    return found
