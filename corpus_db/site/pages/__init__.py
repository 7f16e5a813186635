"""Our pages: a route and a template each, over one function of `reading/`."""

from typing import Any

from corpus_db.site.pages import article, export, home, rows, schema, search

_PAGES = (home, article, export, rows, schema, search)
ROUTES: list[tuple[str, Any]] = [route for each in _PAGES for route in each.ROUTES]
