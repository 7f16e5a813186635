"""Our pages: a route and a template each, over one function of `reading/`."""

from typing import Any

from corpus_db.site.pages import article, authors, export, home, outlets, quality, search, tags

ROUTES: list[tuple[str, Any]] = [
    *home.ROUTES,
    *search.ROUTES,
    *article.ROUTES,
    *outlets.ROUTES,
    *authors.ROUTES,
    *tags.ROUTES,
    *quality.ROUTES,
    *export.ROUTES,
]
