"""The page of collocates: the words that keep company with a word."""

from functools import partial
from sqlite3 import Connection
from typing import Any

from datasette import Response

from corpus_db.reading import query, tables
from corpus_db.reading.collocates import SORTS, TOP, WIDEST, Collocates, Sort, collocates
from corpus_db.reading.query import Query, Term
from corpus_db.reading.subcorpora import LIMIT
from corpus_db.reading.words import words
from corpus_db.site import arguments, sheets
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask
from corpus_db.site.download import Download

_WEIGHTS: dict[Sort, str] = {"g2": "g2", "count": "near"}  # what the bar beside a word shows; logDice is no length


async def collocates_page(datasette: Any, request: Any) -> Response | Download:
    """A list of words, or all of them as CSV."""
    text = arguments.typed(request, "q")
    asked = query.parse(text)
    chosen: dict[str, Any] = {
        "window": arguments.number(request, "window", 1, WIDEST, 5),
        "minimum": arguments.number(request, "minimum", 1, 100_000, 5),
        "sort": arguments.choice(request, "sort", SORTS, "g2"),
    }
    whole = arguments.ticked(request, "all")

    def count(connection: Connection) -> Collocates:
        return collocates(connection, asked, **chosen, limit=None if whole else LIMIT)

    if request.args.get("format") == "csv":
        return sheets.answer(
            datasette, request, f"collocates {text}", lambda connection: tables.of_collocates(count(connection))
        )
    found: Collocates | None = await ask(datasette, count) if asked.groups else None
    state = {"q": text, **chosen, "all": "1" if whole else ""}
    to, hits = Addresses(datasette), found.query if found else asked
    weight = _WEIGHTS.get(chosen["sort"])
    return await page(
        datasette,
        request,
        "collocates.html",
        found=found,
        weight=weight,
        most=max((getattr(each, weight) for each in found.collocates), default=0) if found and weight else 0,
        text=text,
        chosen=chosen,
        widest=WIDEST,
        whole=whole,
        limit=LIMIT,
        top=TOP,
        address=partial(to.page, "/collocates", **state),
        lines=lambda word: to.lines(beside(hits, word, chosen["window"])),
    )


def beside(asked: Query, word: str, window: int) -> Query:
    """What finds the hits of a query with a word within a window.

    Of one plain word it is a near search; the query language has none of phrases, beginnings and alternatives, so that
    for these it finds the paragraphs with both.
    """
    ((first, *others), *more) = asked.groups
    if not others and not more and not first.prefix and len(words(first.text)) == 1:
        return asked._replace(groups=((Term(f"{first.text} {word}", near=window - 1),),))
    return asked.within(Query(groups=((Term(word),),)))


ROUTES = [(r"^/collocates$", collocates_page)]
