"""The pages of authors: all of them, and each."""

from typing import Any
from urllib.parse import unquote

from datasette import NotFound, Response

from corpus_db.reading import authors, query, statements
from corpus_db.site import charts
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask


async def authors_page(datasette: Any, request: Any) -> Response:
    """All authors, to sort, to filter and to page through."""
    asked: dict[str, Any] = {name: request.args.get(name) or "" for name in ("sort", "text", "letter", "after")}
    listing = await ask(datasette, lambda connection: authors.authors(connection, **asked))
    return await page(datasette, request, "authors.html", listing=listing, asked=asked)


async def author_page(datasette: Any, request: Any) -> Response:
    """An author: numbers, outlets, months, who else signs, and the articles."""
    key = unquote(request.url_vars["key"])
    found = await ask(datasette, lambda connection: authors.author(connection, key))
    if found is None:
        raise NotFound(f"No author has the key {key}.")
    to = Addresses(datasette)
    months = charts.timeline(
        {each.name: each.articles for each in found.months if each.name},
        lambda words: to.stated("author", found.author.name, words),
    )
    context: dict[str, Any] = {
        "chart": charts.bars(months) if months else None,
        "field": f"author:{query.quoted(found.author.name)}",
        "statements": statements.of_filter("author", found.author.name),
    }
    return await page(datasette, request, "author.html", portrait=found, author=found.author, **context)


ROUTES = [(r"^/authors$", authors_page), (r"^/author/(?P<key>[^/]+)$", author_page)]
