"""The page of results: articles with their matching paragraphs, facets and a timeline. All state is in the address."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette import Response

from corpus_db.reading import facets, query, search, statements
from corpus_db.reading.query import Query
from corpus_db.reading.results import Results, results
from corpus_db.site import charts, where
from corpus_db.site.answers import page


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


class Address:
    """Addresses of searches: `q` is the whole query, `sort` the order where it was chosen."""

    def __init__(self, datasette: Any, sort: str | None) -> None:
        self._path = datasette.urls.path("/search")
        self._sort = sort

    def of(self, wanted: Query | str, **others: str | None) -> str:
        """The address of a query; `others` are further parameters, None for those to leave out."""
        text = wanted if isinstance(wanted, str) else query.write(wanted)
        values = {"q": text, "sort": self._sort} | others
        return f"{self._path}?{urlencode({name: value for name, value in values.items() if value or name == 'q'})}"


async def search_page(datasette: Any, request: Any) -> Response:
    """What a query finds; a range of time that was typed apart from the query becomes part of it, in a new address."""
    arguments = {name: request.args.get(name) or None for name in ("sort", "after", "before", "from", "to")}
    sort = arguments["sort"] if arguments["sort"] in search.SORTS else None
    text = request.args.get("q") or ""
    address = Address(datasette, sort)
    if "from" in request.args or "to" in request.args:
        return Response.redirect(address.of(_between(query.parse(text), arguments["from"], arguments["to"])))
    found: Results = await where.corpus(datasette).execute_fn(
        lambda connection: results(
            connection, query.parse(text), sort=sort, after=arguments["after"], before=arguments["before"]
        )
    )
    settled = found.found.query
    timeline = charts.timeline(found.months, lambda words: address.of(settled.within(query.parse(words))))
    return await page(
        datasette,
        request,
        "search.html",
        results=found,
        text=text,
        canonical=query.write(settled),
        address=address.of,
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
        Chip(query.written(each), address.of(wanted._replace(filters=tuple(x for x in wanted.filters if x != each))))
        for each in wanted.filters
    ]
    if wanted.since:
        chips.append(Chip(f"from:{wanted.since}", address.of(wanted._replace(since=None))))
    if wanted.until:
        chips.append(Chip(f"to:{wanted.until}", address.of(wanted._replace(until=None))))
    return chips


def _choices(wanted: Query, facet: facets.Facet, address: Address) -> list[Choice]:
    """The values of a facet as links."""

    def choice(each: facets.Value) -> Choice:
        unstated = "undated" if facet.field == "date" else "not stated"
        return Choice(
            each.value or unstated,
            not each.value,
            each.articles,
            each.chosen,
            address.of(facets.toggled(wanted, facet.field, each.value)),
            tuple(map(choice, each.months)),
        )

    return [choice(each) for each in facet.values]


ROUTES = [(r"^/search$", search_page)]
