"""The pages of outlets: all of them, and each."""

from typing import Any
from urllib.parse import unquote

from datasette import NotFound, Response

from corpus_db.reading import outlets, query, statements
from corpus_db.site import charts
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask


async def outlets_page(datasette: Any, request: Any) -> Response:
    """All outlets, to sort, to filter and to page through; small charts of the largest."""
    to = Addresses(datasette)
    asked: dict[str, Any] = {name: request.args.get(name) or "" for name in ("sort", "text", "letter", "after")}
    listing = await ask(datasette, lambda connection: outlets.outlets(connection, **asked))
    panels: tuple[charts.Panel, ...] = ()
    if not any(asked.values()):
        largest = await ask(datasette, outlets.largest)
        names_by_key = {key: name for key, name, _ in largest}
        series = charts.timelines(
            {key: dict(months) for key, _, months in largest},
            lambda key, words: to.stated("outlet", names_by_key[key], words),
            most=36,
        )
        panels = charts.multiples(
            [each._replace(name=names_by_key[each.name], href=to.outlet(each.name)) for each in series]
        )
    return await page(datasette, request, "outlets.html", listing=listing, asked=asked, panels=panels)


async def outlet_page(datasette: Any, request: Any) -> Response:
    """An outlet: its numbers, when it published, who writes there, what about, and the newest articles."""
    key = unquote(request.url_vars["key"])
    found = await ask(datasette, lambda connection: outlets.outlet(connection, key))
    if found is None:
        raise NotFound(f"No outlet has the key {key}.")
    to = Addresses(datasette)
    months = charts.timeline(
        {each.name: each.articles for each in found.months if each.name},
        lambda words: to.stated("outlet", found.outlet.name, words),
    )
    context: dict[str, Any] = {
        "chart": charts.bars(months) if months else None,
        "field": f"outlet:{query.quoted(found.outlet.name)}",
        "statements": statements.of_filter("outlet", found.outlet.name),
    }
    return await page(datasette, request, "outlet.html", portrait=found, outlet=found.outlet, **context)


ROUTES = [(r"^/outlets$", outlets_page), (r"^/outlet/(?P<key>[^/]+)$", outlet_page)]
