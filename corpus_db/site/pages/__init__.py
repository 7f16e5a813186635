"""Our pages: a route and a template each, over one function of `reading/`."""

from typing import Any

from corpus_db.site.pages import article, collocates, compare, concordance, export, home, search, trends

ROUTES: list[tuple[str, Any]] = [
    *home.ROUTES,
    *article.ROUTES,
    *search.ROUTES,
    *trends.ROUTES,
    *concordance.ROUTES,
    *collocates.ROUTES,
    *compare.ROUTES,
    *export.ROUTES,
]
