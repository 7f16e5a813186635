"""Our pages: a route and a template each, over one function of `reading/`."""

from typing import Any

from corpus_db.site.pages import article, export, home, rows, schema

ROUTES: list[tuple[str, Any]] = [*home.ROUTES, *article.ROUTES, *export.ROUTES, *rows.ROUTES, *schema.ROUTES]
