"""What every page of ours answers with."""

from typing import Any

from datasette import Response


async def page(datasette: Any, request: Any, template: str, *, status: int = 200, **context: Any) -> Response:
    """A template of ours, filled in."""
    context["status"] = status
    return Response.html(await datasette.render_template(template, context, request=request), status=status)


async def problem(datasette: Any, request: Any, exception: Exception, status: int) -> Response:
    """What a reader sees who asked for something that is not there, or in a way that does not work."""
    message = getattr(exception, "message", None) or (exception.args[0] if exception.args else "")
    return await page(datasette, request, "problem.html", status=status, message=str(message))
