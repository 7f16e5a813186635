"""The page of an article: to read it, and to see where each part of it comes from."""

from typing import Any

from datasette import NotFound, Response

from corpus_db.reading import article
from corpus_db.site import where
from corpus_db.site.answers import page


async def article_page(datasette: Any, request: Any) -> Response:
    """An article to read, with what was set aside and where each fact was stated."""
    key = request.url_vars["key"]
    found = await where.corpus(datasette).execute_fn(lambda connection: article.article(connection, key))
    if found is None:
        raise NotFound(f"No article has the key {key}.")
    return await page(datasette, request, "article.html", article=found)


ROUTES = [(r"^/article/(?P<key>[^/]+)$", article_page)]
