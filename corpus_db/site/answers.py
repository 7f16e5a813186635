"""What every page of ours answers with."""

from typing import Any

from datasette import Response
from datasette.views.base import DatasetteError


async def page(datasette: Any, request: Any, template: str, *, status: int = 200, **context: Any) -> Response:
    """A template of ours, filled in."""
    context["status"] = status
    return Response.html(await datasette.render_template(template, context, request=request), status=status)


async def problem(datasette: Any, request: Any, exception: Exception, status: int) -> Response:
    """What a reader sees who asked for something that is not there, or in a way that does not work."""
    message = _message(exception)
    if message.startswith(
        "Database not found"
    ):  # the first part of an address names a database, where no page of ours has it
        message = "No page has this address."
    return await page(datasette, request, "problem.html", status=status, message=message)


def is_misread(request: Any, exception: Exception) -> bool:
    """Whether a stock page failed over a parameter that makes no sense, which Datasette takes for its own fault.

    The addresses of stock pages name a database. An error of SQLite is none of these: it may be one of the disk.
    """
    stock = "database" in request.scope.get("url_route", {}).get("kwargs", {})
    failed = isinstance(exception, DatasetteError) and exception.status >= 500
    return bool(stock and request.query_string) and (
        failed or isinstance(exception, ValueError | LookupError | TypeError)
    )


def refusal(exception: Exception) -> Response:
    """What a program reads that asked a stock page in a way that does not work."""
    return Response.json({"ok": False, "error": _message(exception), "status": 400, "title": None}, status=400)


def _message(exception: Exception) -> str:
    return str(getattr(exception, "message", None) or (exception.args[0] if exception.args else ""))
