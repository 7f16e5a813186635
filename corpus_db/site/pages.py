"""Our pages: a route and a template each, over one function of `reading/`."""

from typing import Any

from datasette import NotFound, Response

from corpus_db.reading import article, home
from corpus_db.reading.queries import questions
from corpus_db.site import where


async def home_page(datasette: Any, request: Any) -> Response:
    """What the corpus holds at a glance, and the ways into it."""
    found = await where.corpus(datasette).execute_fn(home.home)
    context = {"home": found, "questions": questions()}
    return Response.html(await datasette.render_template("home.html", context, request=request))


async def article_page(datasette: Any, request: Any) -> Response:
    """An article to read, with what was set aside and where each fact was stated."""
    key = request.url_vars["key"]
    found = await where.corpus(datasette).execute_fn(lambda connection: article.article(connection, key))
    if found is None:
        raise NotFound(f"No article has the key {key}.")
    return Response.html(await datasette.render_template("article.html", {"article": found}, request=request))


async def problem(datasette: Any, request: Any, exception: Exception, status: int) -> Response:
    """What a reader sees who asked for something that is not there, or in a way that does not work."""
    message = getattr(exception, "message", None) or (exception.args[0] if exception.args else "")
    page = await datasette.render_template("problem.html", {"status": status, "message": str(message)}, request=request)
    return Response.html(page, status=status)


ROUTES = [
    (r"^/$", home_page),
    (r"^/article/(?P<key>[^/]+)$", article_page),
]
