"""The pages of an article: to read it, to see where each part of it comes from, to cite it."""

from typing import Any

from datasette import NotFound, Response

from corpus_db.reading import article, citing, marking, moment, rawview, references, search, statements
from corpus_db.reading.query import parse
from corpus_db.site.answers import page
from corpus_db.site.asking import ask
from corpus_db.site.download import attachment

_KEY = r"/article/(?P<key>[0-9a-f]{16}(?:-\d+)?)"
_FIELDS = ("headline", "author", "outlet", "published", "language", "url")  # a reader misses what is not stated of them
_RESULTS = 20  # on a page of them
# Format in the address -> what writes it, and its type: the usual ones, for two of them are not registered.
_FORMATS = {
    "bib": (citing.bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (citing.ris, "application/x-research-info-systems; charset=utf-8"),
    "csl.json": (citing.csl_json, "application/vnd.citationstyles.csl+json"),
}


async def article_page(datasette: Any, request: Any) -> Response:
    """An article to read, with what was set aside and where each fact was stated; `q` and `sort` name a search."""
    key, typed = request.url_vars["key"], (request.args.get("q") or "").strip()
    found, cited = await ask(datasette, lambda each: (article.article(each, key), citing.cited(each, [key])))
    if found is None:
        raise _no_article(key)
    stated: dict[str, list[article.Stated]] = {}
    for fact in found.facts:
        stated.setdefault(fact.field, []).append(fact)
    return await page(
        datasette,
        request,
        "article.html",
        article=found,
        published=moment.written(found.published) if found.published else None,
        stated=stated,
        doubted={each.name for each in found.doubted},
        schemes={scheme for scheme, _ in found.tags},
        unstated=[field for field in _FIELDS if field not in stated],
        window=rawview.WINDOW,
        references=(
            ("APA, 7th edition", references.apa(cited[0])),
            ("Chicago, 17th edition, author-date", references.chicago(cited[0])),
        ),
        statements=(statements.article(key),),
        records=[(name, write(cited)) for name, (write, _) in _FORMATS.items()],
        **(await _hit(datasette, found, typed, request.args.get("sort")) if typed else {"marks": {}, "heading": None}),
    )


async def _hit(datasette: Any, found: article.Article, typed: str, sort: str | None) -> dict[str, Any]:
    """The place of an article among the results of a search, and its texts with what was looked for marked."""
    query = parse(typed)
    sort = sort if sort in search.SORTS else None
    beside = await ask(datasette, lambda connection: search.neighbours(connection, query, sort, found.key))
    marks = await ask(datasette, lambda connection: marking.marked(connection, query, found.id))
    headings = await ask(datasette, lambda connection: marking.headings(connection, query, [found.id]))
    after = beside.previous if beside and beside.position > _RESULTS else None
    return {
        "typed": typed,
        "sort": sort,
        "beside": beside,
        "after": after,
        "marks": marks,
        "heading": headings[found.id],
    }


async def raw_page(datasette: Any, request: Any) -> Response:
    """The raw file of an article, with the role of each block; `at` is a position in it."""
    key, at = request.url_vars["key"], request.args.get("at") or ""
    position = int(at) if at.isascii() and at.isdigit() and len(at) < 12 else None
    found = await ask(datasette, lambda connection: rawview.raw_view(connection, key, position))
    if found is None:
        raise _no_article(key)
    return await page(datasette, request, "raw.html", view=found, window=rawview.WINDOW, folded=rawview.FOLDED)


async def citation(datasette: Any, request: Any) -> Response:
    """The record of an article for a reference manager, as a file."""
    key, suffix = request.url_vars["key"], request.url_vars["format"]
    found = await ask(datasette, lambda connection: citing.cited(connection, [key]))
    if not found:
        raise _no_article(key)
    write, content_type = _FORMATS[suffix]
    return Response(write(found), headers=attachment(f"{key}.{suffix}", content_type), content_type=content_type)


def _no_article(key: str) -> NotFound:
    return NotFound(f"No article has the key {key}.")


ROUTES = [
    (rf"^{_KEY}\.(?P<format>bib|ris|csl\.json)$", citation),
    (rf"^{_KEY}/raw$", raw_page),
    (r"^/article/(?P<key>[^/]+)$", article_page),
]
