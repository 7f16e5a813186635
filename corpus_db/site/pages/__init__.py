"""Our pages: a route and a template each, over one function of `reading/`."""

from typing import Any

from corpus_db.site.pages import article, home, rows, schema

ROUTES: list[tuple[str, Any]] = [*home.ROUTES, *article.ROUTES, *rows.ROUTES, *schema.ROUTES]
