"""Our pages: a route and a template each, over one function of `reading/`."""

from typing import Any

from corpus_db.site.pages import api, article, authors, export, home, outlets, quality, rows, schema, search, tags

_PAGES = (home, search, article, outlets, authors, tags, quality, export, schema, rows, api)
ROUTES: list[tuple[str, Any]] = [route for each in _PAGES for route in each.ROUTES]
