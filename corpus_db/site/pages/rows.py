"""All rows of a statement or a documented question as CSV, streamed; Datasette's own CSV of a statement is cut."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from datasette import Response
from datasette.plugins import pm
from datasette.utils import InvalidSql, validate_sql_select

from corpus_db.errors import UsageError
from corpus_db.reading import opening, rows
from corpus_db.reading.questions import questions
from corpus_db.site import where
from corpus_db.site.download import attachment

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


async def csv_page(datasette: Any, request: Any, send: Send, receive: Receive) -> Response | None:
    """The rows of `sql`, or of the `question` of that name, with the other arguments as its parameters.

    The answer begins when there are rows: what fails before is an error that says why. What fails later, such as a
    statement that works too long, breaks the connection off, so that no program takes the part for the whole.
    """
    database = where.corpus(datasette)
    await datasette.ensure_permissions(request.actor, [("execute-sql", database.name)])
    parameters = {key: request.args[key] for key in request.args if key not in ("sql", "question")}
    name = _question(request) or "statement"
    started = False
    with closing(opening.connect(database.path)) as connection:
        # What runs on a page of Datasette runs here: its functions, and those of other plugins.
        pm.hook.prepare_connection(conn=connection, database=database.name, datasette=datasette)
        gone = asyncio.create_task(_interrupt(connection.interrupt, receive))
        try:
            batches = rows.rows(connection, _statement(request), parameters)
            head, batch = await _next(batches), await _next(batches)
            await send({"type": "http.response.start", "status": 200, "headers": _headers(name)})
            started = True
            await _send(send, [head])
            while batch:
                await _send(send, batch)
                batch = await _next(batches)
        except (InvalidSql, UsageError) as error:
            # An answer that has begun is left without its end: the server closes the connection.
            return None if started else Response.text(f"{error}\n", status=400)
        finally:
            gone.cancel()
    await send({"type": "http.response.body", "body": b""})
    return None


def _statement(request: Any) -> str:
    """The statement that is asked for, which only reads. Raises UsageError or InvalidSql where there is none."""
    name, sql = _question(request), request.args.get("sql")
    if bool(name) == bool(sql):
        raise UsageError("say which rows: /sql.csv?sql=select… or /sql.csv?question=NAME")
    if name:
        found = next((each.sql for each in questions() if each.name == name), None)
        if found is None:
            raise UsageError(f"no question is called {name!r}: {', '.join(each.name for each in questions())}")
        return found
    validate_sql_select(sql)
    return str(sql)


def _question(request: Any) -> str | None:
    name = request.url_vars.get("question") or request.args.get("question")
    return str(name) if name else None


def _headers(name: str) -> list[tuple[bytes, bytes]]:
    headers = attachment(f"{name}.csv", "text/csv; charset=utf-8") | {"cache-control": "no-store"}
    return [(key.encode(), value.encode()) for key, value in headers.items()]


async def _next(batches: Iterator[Sequence[Any]]) -> Sequence[Any]:
    """The next batch, found in a thread beside those that answer pages; () where there is none."""
    return await asyncio.to_thread(next, batches, ())


async def _send(send: Send, batch: Sequence[Any]) -> None:
    body = await asyncio.to_thread(rows.lines, batch)
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _interrupt(interrupt: Callable[[], None], receive: Receive) -> None:
    """Stop the work for a reader who has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
    interrupt()


def instead(database: str) -> list[tuple[str, Any]]:
    """The addresses under which Datasette has its CSV of statements and questions, which stops at a number of rows."""
    names = "|".join(each.name for each in questions())
    return [
        (rf"^/{re.escape(database)}\.csv$", csv_page),
        (rf"^/{re.escape(database)}/(?P<question>{names})\.csv$", csv_page),
    ]


ROUTES = [(r"^/sql\.csv$", csv_page)]
