"""The home page: what the corpus holds at a glance, and the ways into it."""

from typing import Any

from datasette import Response

from corpus_db.reading import home
from corpus_db.reading.queries import questions
from corpus_db.site import where
from corpus_db.site.answers import page


async def home_page(datasette: Any, request: Any) -> Response:
    """Totals, newest articles, outlets, authors, what needs attention, and questions to start from."""
    found = await where.corpus(datasette).execute_fn(home.home)
    return await page(datasette, request, "home.html", home=found, questions=questions())


ROUTES = [(r"^/$", home_page)]
