"""A Query -> the SQL that lists what a page shows of it, for people to read, change and run.

The conditions are those of `matching`, so that page and statement can't differ. Queries are in the names of the corpus,
as `search` gives them back.
"""

from typing import NamedTuple

from corpus_db.reading import matching
from corpus_db.reading.query import Filter, Query
from corpus_db.reading.search import Sort

_NEWEST = "articles.published is null, articles.published desc, articles.id"
_ORDERS = {
    "newest": _NEWEST,
    "oldest": "articles.published is null, articles.published, articles.id",
    "relevance": f"found.score, {_NEWEST}",
}
_LISTED = "articles.published desc, articles.id desc"  # as lists of articles have them


class Statement(NamedTuple):
    """SQL with named parameters, and what they are; `title` says what its rows are."""

    title: str
    sql: str
    parameters: dict[str, str]


def article(key: str) -> Statement:
    """The paragraphs of an article, in order."""
    sql = "select position, crosshead, text\nfrom paragraph_browse\nwhere article = :article\norder by position"
    return Statement("the paragraphs of the article", sql, {"article": key})


def of_filter(field: str, value: str) -> tuple[Statement, ...]:
    """The articles of an outlet, author, tag or language, and their number in each month."""
    query = Query(filters=(Filter(field, value),))
    return _articles(query, _LISTED), months(query)


def paragraphs(query: Query) -> Statement:
    """The paragraphs that a query finds, those of the newest article first."""
    wanted, chosen = matching.paragraphs(query), matching.articles(query)
    sql = f"""select
    articles.key as article,
    articles.published as published,
    outlets.name as outlet,
    articles.headline as headline,
    paragraphs.position as position,
    paragraphs.text as text
from paragraphs
join articles on articles.id = paragraphs.article_id
left join outlets on outlets.id = articles.outlet_id{_where(wanted, chosen)}
order by {_NEWEST}, paragraphs.position"""  # noqa: S608 — conditions of ours, their values bound
    return Statement("the paragraphs that are found", sql, wanted.parameters | chosen.parameters)


def articles(query: Query, sort: Sort = "newest", *, by_number: bool = False) -> Statement:
    """The articles that a query finds, with the number of their matching paragraphs, in the order of `search`.

    `by_number` is whether relevance is that number, as `search` says it of queries that find very many paragraphs.
    """
    if sort == "relevance" and by_number:
        return _articles(query, f"found.paragraphs desc, {_NEWEST}")
    weighed = sort == "relevance" and bool(query.groups)
    return _articles(query, _ORDERS["newest" if sort == "relevance" and not weighed else sort], weighed=weighed)


def _articles(query: Query, order: str, *, weighed: bool = False) -> Statement:
    sql = f"""{_with(query, weighed=weighed)}select
    articles.key as article,
    articles.headline as headline,
    outlets.name as outlet,
    articles.published as published,
    articles.language as language,
    {_count(query)} as paragraphs
{_from(query)}
left join outlets on outlets.id = articles.outlet_id{_where(matching.articles(query))}
order by {order}"""
    return Statement("the articles that are found", sql, _parameters(query))


def months(query: Query) -> Statement:
    """How many articles and paragraphs a query finds in each month."""
    return _counts(query, "month", "articles.month", "articles.month is null, articles.month")


def years(query: Query) -> Statement:
    """How many articles and paragraphs a query finds in each year."""
    return _counts(query, "year", "articles.year", "articles.year is null, articles.year")


def outlets(query: Query) -> Statement:
    """How many articles and paragraphs a query finds for each outlet."""
    return _counts(query, "outlet", "outlets.name", "articles desc, outlet is null, outlet")


def _counts(query: Query, name: str, column: str, order: str) -> Statement:
    join = "\nleft join outlets on outlets.id = articles.outlet_id" if name == "outlet" else ""
    sql = f"""{_with(query)}select
    {column} as {name},
    count(*) as articles,
    sum({_count(query)}) as paragraphs
{_from(query)}{join}{_where(matching.articles(query))}
group by {column}
order by {order}"""
    return Statement(f"what is found, by {name}", sql, _parameters(query))


def _with(query: Query, *, weighed: bool = False) -> str:
    """The articles with paragraphs that have the words of a query; nothing where it says nothing of words."""
    condition = matching.paragraphs(query).sql
    if condition == "1":
        return ""
    if not weighed:
        return f"""with found as (
    select article_id, count(*) as paragraphs
    from paragraphs
    where {condition}
    group by article_id
)
"""  # noqa: S608 — as above
    return """with weighed as materialized (
    select rowid as id, bm25(paragraphs_fts) as score
    from paragraphs_fts
    where paragraphs_fts match :words
),
found as (
    select paragraphs.article_id, count(*) as paragraphs, min(round(weighed.score, 9)) as score
    from weighed
    join paragraphs on paragraphs.id = weighed.id
    group by paragraphs.article_id
)
"""


def _from(query: Query) -> str:
    if matching.paragraphs(query).sql == "1":
        return "from articles"
    return "from found\njoin articles on articles.id = found.article_id"


def _count(query: Query) -> str:
    return "articles.paragraph_count" if matching.paragraphs(query).sql == "1" else "found.paragraphs"


def _where(*conditions: matching.Condition) -> str:
    said = [each.sql for each in conditions if each.sql != "1"]
    return "".join(f"\n{'and' if number else 'where'} {each}" for number, each in enumerate(said))


def _parameters(query: Query) -> dict[str, str]:
    return matching.paragraphs(query).parameters | matching.articles(query).parameters
