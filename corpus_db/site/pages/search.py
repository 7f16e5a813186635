"""The page of results: articles with their matching paragraphs, facets and a timeline. All state is in the address."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from datasette import Response

from corpus_db.reading import facets, languages, query, search, statements
from corpus_db.reading.query import Query
from corpus_db.reading.results import Results, results
from corpus_db.site import charts
from corpus_db.site.addresses import Addresses
from corpus_db.site.answers import page
from corpus_db.site.asking import ask


class Choice(NamedTuple):
    """A value of a facet as a link that chooses it, or no longer."""

    label: str
    unstated: bool
    articles: int
    chosen: bool
    href: str
    months: tuple["Choice", ...] = ()


class Chip(NamedTuple):
    """A part of the query that can be taken away."""

    text: str
    href: str


Address = Callable[..., str]  # of a search, by the parameter `q`: a query or its text, in the order that was chosen


async def search_page(datasette: Any, request: Any) -> Response:
    """What a query finds; a range of time that was typed apart from the query becomes part of it, in a new address."""
    arguments = {name: request.args.get(name) or None for name in ("sort", "after", "before", "from", "to")}
    sort = arguments["sort"] if arguments["sort"] in search.SORTS else None
    text = request.args.get("q") or ""
    address = partial(Addresses(datasette).page, "/search", q=None, sort=sort)
    if "from" in request.args or "to" in request.args:
        return Response.redirect(address(q=_between(query.parse(text), arguments["from"], arguments["to"])))
    found: Results = await ask(
        datasette,
        lambda connection: results(
            connection, query.parse(text), sort=sort, after=arguments["after"], before=arguments["before"]
        ),
    )
    settled = found.found.query
    timeline = charts.timeline(found.months, lambda words: address(q=settled.within(query.parse(words))))
    return await page(
        datasette,
        request,
        "search.html",
        results=found,
        text=text,
        canonical=query.write(settled),
        address=address,
        sort=sort,
        ranked=search.RANKED,
        statements=(
            statements.articles(settled, found.found.sort, by_number=found.found.by_number),
            statements.paragraphs(settled),
            statements.outlets(settled),
            statements.months(settled),
        ),
        chips=_chips(settled, address),
        facets=[(each, _choices(settled, each, address)) for each in found.facets],
        timeline=charts.bars(timeline) if len(timeline) > 1 else None,
    )


def _between(wanted: Query, since: str | None, until: str | None) -> Query:
    """The query with another range of time; what is no date is left out."""
    given = [value.strip() if value and query.is_date(value.strip()) else None for value in (since, until)]
    return wanted._replace(since=given[0], until=given[1])


def _chips(wanted: Query, address: Address) -> list[Chip]:
    """The filters of a query, each with the address of the query without it."""
    chips = [
        Chip(query.written(each), address(q=wanted._replace(filters=tuple(x for x in wanted.filters if x != each))))
        for each in wanted.filters
    ]
    if wanted.since:
        chips.append(Chip(f"from:{wanted.since}", address(q=wanted._replace(since=None))))
    if wanted.until:
        chips.append(Chip(f"to:{wanted.until}", address(q=wanted._replace(until=None))))
    return chips


def _choices(wanted: Query, facet: facets.Facet, address: Address) -> list[Choice]:
    """The values of a facet as links."""

    def choice(each: facets.Value) -> Choice:
        unstated = "undated" if facet.field == "date" else "not stated"
        return Choice(
            (languages.name(each.value) if facet.field == "lang" else each.value) or unstated,
            not each.value,
            each.articles,
            each.chosen,
            address(q=facets.toggled(wanted, facet.field, each.value)),
            tuple(map(choice, each.months)),
        )

    return [choice(each) for each in facet.values]


ROUTES = [(r"^/search$", search_page)]
