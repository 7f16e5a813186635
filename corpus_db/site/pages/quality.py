"""The page of what to check before counting."""

from datetime import UTC, datetime
from typing import Any

from datasette import Response

from corpus_db.reading import quality, setaside, suspicion
from corpus_db.site.answers import page
from corpus_db.site.asking import ask


async def quality_page(datasette: Any, request: Any) -> Response:
    """Rejects, defects, what is not stated, what stands out, and a text for the methods section."""
    today = datetime.now(UTC).date()
    found = await ask(datasette, lambda connection: quality.quality(connection, today))
    context: dict[str, Any] = {"suspicion": suspicion, "setaside": setaside}
    return await page(datasette, request, "quality.html", found=found, totals=found.totals, **context)


ROUTES = [(r"^/quality$", quality_page)]
