"""The home page: what the corpus holds at a glance, and the ways into it."""

from typing import Any

from datasette import Response

from corpus_db.reading import home
from corpus_db.reading.questions import questions
from corpus_db.site import charts
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask


async def home_page(datasette: Any, request: Any) -> Response:
    """Totals, a search, a timeline, outlets, authors, tags, newest articles, and questions to start from."""
    found = await ask(datasette, home.home)
    to = Addresses(datasette)
    months = charts.timeline({each.name: each.articles for each in found.months if each.name}, to.search)
    chart = charts.bars(months) if months else None
    return await page(datasette, request, "home.html", home=found, questions=questions(), chart=chart)


ROUTES = [(r"^/$", home_page)]
