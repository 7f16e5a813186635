"""Our pages: a route and a template each, over one function of `reading/`."""

from types import ModuleType
from typing import Any

from corpus_db.site.pages import (
    api,
    article,
    authors,
    collocates,
    compare,
    concordance,
    export,
    home,
    outlets,
    quality,
    rows,
    schema,
    search,
    tags,
    trends,
)

_PAGES: tuple[ModuleType, ...] = (
    home, search, article, outlets, authors, tags, quality, trends, concordance, collocates, compare, export, schema,
    rows, api,
)  # fmt: skip
ROUTES: list[tuple[str, Any]] = [route for each in _PAGES for route in each.ROUTES]
