"""The page of a comparison: the words that are typical of a part of the corpus."""

from functools import partial
from sqlite3 import Connection
from typing import Any

from datasette import Response

from corpus_db.reading import query, statements, tables
from corpus_db.reading.compare import SORTS, TOP, Comparison, Side, compare
from corpus_db.reading.query import Query, Term
from corpus_db.reading.subcorpora import LIMIT, UNITS
from corpus_db.site import arguments, sheets
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask
from corpus_db.site.download import Download


async def compare_page(datasette: Any, request: Any) -> Response | Download:
    """Two lists of words, or all words as CSV."""
    text_a, text_b = arguments.typed(request, "a"), arguments.typed(request, "b")
    chosen: dict[str, Any] = {
        "unit": arguments.choice(request, "unit", UNITS, "articles"),
        "minimum": arguments.number(request, "minimum", 1, 100_000, 5),
        "articles": arguments.number(request, "articles", 1, 100_000, 1),
        "hide": arguments.number(request, "hide", 0, 1_000, 0),
        "sort": arguments.choice(request, "sort", SORTS, "g2"),
    }
    whole = arguments.ticked(request, "all")
    b = query.parse(text_b) if text_b else None

    def count(connection: Connection) -> Comparison:
        return compare(connection, query.parse(text_a), b, **chosen, limit=None if whole else LIMIT)

    if request.args.get("format") == "csv":
        name = f"words {text_a} against {text_b or 'the rest'}"
        return sheets.answer(datasette, request, name, lambda connection: tables.of_comparison(count(connection)))
    found: Comparison | None = await ask(datasette, count) if text_a else None
    to = Addresses(datasette)
    state = {"a": text_a, "b": text_b, **chosen, "all": "1" if whole else ""}

    return await page(
        datasette,
        request,
        "compare.html",
        found=found,
        text_a=text_a,
        text_b=text_b,
        chosen=chosen,
        whole=whole,
        limit=LIMIT,
        top=TOP,
        address=partial(to.page, "/compare", **state),
        lines=lambda side, word: to.lines(_lines(side, word)),
        write=query.write,
        statements=_statements(found),
    )


def _statements(found: Comparison | None) -> list[statements.Statement]:
    """The SQL of what is compared; none of a rest, which is what the other does not find."""
    parts = (("A", found.a), ("B", found.b)) if found else ()
    listed = statements.paragraphs if found and found.unit == "paragraphs" else statements.articles
    asked = [(name, listed(side.query)) for name, side in parts if side.query]
    return [each._replace(title=f"{name}: {each.title}") for name, each in asked]


def _lines(side: Side, word: str) -> Query:
    """What finds a word in the articles that the filters of a part let through."""
    asked = side.query or Query()
    return asked._replace(groups=(), excluded=()).within(Query(groups=((Term(word),),)))


ROUTES = [(r"^/compare$", compare_page)]
