"""The page of a concordance: each hit in its line."""

from functools import partial
from typing import Any

from datasette import Response

from corpus_db.reading import query, tables
from corpus_db.reading.concordance import LIMIT, NARROWEST, PAGE, SORTS, WIDEST, Concordance, concordance, every
from corpus_db.site import arguments, sheets
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask
from corpus_db.site.download import Download


async def concordance_page(datasette: Any, request: Any) -> Response | Download:
    """A page of lines, or all of them as CSV."""
    text = arguments.typed(request, "q")
    asked = query.parse(text)
    width = arguments.number(request, "width", NARROWEST, WIDEST, 10)
    if request.args.get("format") == "csv":
        lines = partial(every, query=asked, width=width)
        return sheets.answer(
            datasette, request, f"concordance {text}", lambda connection: tables.of_lines(lines(connection))
        )
    sort = arguments.choice(request, "sort", SORTS, "document")
    by_outlet = arguments.choice(request, "group", ("", "outlet"), "") == "outlet"
    number = arguments.number(request, "page", 1, 10**6, 1)
    count = partial(concordance, query=asked, width=width, sort=sort, by_outlet=by_outlet, page=number)
    found: Concordance = await ask(datasette, count)
    canonical = query.write(found.query)
    this = 1 + (found.first - 1) // PAGE
    chosen = {"q": canonical, "width": width, "sort": sort, "group": "outlet" if by_outlet else ""}
    address = partial(Addresses(datasette).page, "/concordance", **chosen)
    return await page(
        datasette,
        request,
        "concordance.html",
        found=found,
        text=text,
        canonical=canonical,
        by_outlet=by_outlet,
        sorts=SORTS,
        widths=(5, 8, 10, 15, 20),
        limit=LIMIT,
        address=address,
        previous=address(page=this - 1) if found.first > 1 else None,
        following=address(page=this + 1) if found.first + len(found.lines) <= found.total else None,
        groups={group.outlet: group for group in found.groups},
    )


ROUTES = [(r"^/concordance$", concordance_page)]
