"""The page of tags."""

from typing import Any

from datasette import Response

from corpus_db.reading import tags
from corpus_db.site.answers import page
from corpus_db.site.asking import ask


async def tags_page(datasette: Any, request: Any) -> Response:
    """Tags by scheme with their numbers of articles, each a search."""
    asked: dict[str, Any] = {name: request.args.get(name) or "" for name in ("scheme", "text", "after")}
    listing = await ask(datasette, lambda connection: tags.tags(connection, **asked))
    return await page(datasette, request, "tags.html", listing=listing, asked=asked)


ROUTES = [(r"^/tags$", tags_page)]
