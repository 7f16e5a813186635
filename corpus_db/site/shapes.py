"""The JSON addresses and the shapes of what they are asked and answer, from which all else is made.

Requests are checked by them, `/api` and `/api/openapi.json` tell them, the tests hold the answers to them. A shape is
frozen. What changes or goes is a new version, a new number under `api`; what is added is not.
"""

from typing import NamedTuple

from corpus_db.reading import search, subcorpora, trends

VERSION = 1


class Parameter(NamedTuple):
    """An argument of an address, and what it can be: any text where nothing else is said."""

    name: str
    meaning: str
    among: tuple[str, ...] = ()  # one of these
    most: int | None = None  # a number from 1 to this
    times: tuple[int, int] = (0, 1)  # how often it can be given


class Field(NamedTuple):
    """A place in an answer: `articles[].key` is the key of each article. Null is 'not stated' unless said otherwise."""

    path: str
    type: str  # 'text', 'integer', 'boolean', 'list', 'object', each perhaps 'or null'
    meaning: str


class Endpoint(NamedTuple):
    """An address to read from, what it answers, and one to try."""

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Field, ...]
    example: str


_API = Field("api", "integer", f"version of the shape, {VERSION}")
_QUERY = "as understood, in the search language and in the names of the corpus"
_Q = Parameter("q", "a search, as typed into the search field; everything where it is left out")
_OUTLET = (
    Field("outlets[].key", "text", "what tells outlets apart"),
    Field("outlets[].name", "text", ""),
    Field("outlets[].domain", "text or null", "main domain, of outlets in our table"),
    Field("outlets[].country", "text or null", "ISO 3166-1 alpha-2"),
    Field("outlets[].kind", "text or null", "'newspaper', 'agency' …"),
    Field("outlets[].articles", "integer", ""),
    Field("outlets[].paragraphs", "integer", "of its articles"),
    Field("outlets[].words", "integer", "of its articles"),
    Field("outlets[].first", "text or null", "date of its first article in ISO 8601, as far as stated"),
    Field("outlets[].last", "text or null", "… and of its last"),
)

ENDPOINTS = (
    Endpoint(
        "search",
        "/api/search",
        "Articles that a search finds, a page at a time. Ask for the next page with the `next` of this one as `after`.",
        (
            _Q,
            Parameter("sort", "relevance (where words are looked for), newest or oldest", search.SORTS),
            Parameter("after", "key of the article behind which the page starts"),
            Parameter("size", "articles of a page: 1 to 100, 20 where it is left out", most=100),
        ),
        (
            _API,
            Field("query", "text", _QUERY),
            Field("unknown", "list", "filters whose value nothing in the corpus is called"),
            Field("unknown[]", "text", "such a filter, as it is typed"),
            Field("sort", "text", "the order of the articles"),
            Field("total", "object", ""),
            Field("total.articles", "integer", "articles that are found"),
            Field("total.paragraphs", "integer", "paragraphs that are found in them"),
            Field("first", "integer", "number of the first article of the page, from 1; 0 where there is none"),
            Field("next", "text or null", "what to ask for as `after`; null on the last page"),
            Field("articles", "list", ""),
            Field("articles[].key", "text", "permanent address: the article is `/api/article/KEY`"),
            Field("articles[].headline", "text or null", ""),
            Field("articles[].standfirst", "text or null", ""),
            Field("articles[].outlet", "text or null", ""),
            Field("articles[].authors", "list", "in the order printed; empty where none is stated"),
            Field("articles[].authors[]", "text", ""),
            Field("articles[].published", "text or null", "ISO 8601, as far as stated: month, day, or day and time"),
            Field("articles[].language", "text or null", "ISO 639 code"),
            Field("articles[].paragraphs", "integer", "how many of its paragraphs match"),
            Field("articles[].snippets", "list", "the first paragraphs that match; without words, the beginning"),
            Field("articles[].snippets[].position", "integer", "number of the paragraph in its article"),
            Field("articles[].snippets[].text", "text", "of the paragraph, where it is long the part around the hits"),
            Field("articles[].snippets[].hits", "list", "the words that match: spans in the text, in code points"),
            Field("articles[].snippets[].hits[]", "list", "a span"),
            Field("articles[].snippets[].hits[][]", "integer", "start, and stop behind the last character"),
        ),
        "/api/search?q=said&size=2",
    ),
    Endpoint(
        "article",
        "/api/article/KEY",
        "An article with its body, its facts and where each was stated, and what was set aside.",
        (),
        (
            _API,
            Field("key", "text", "permanent address"),
            Field("headline", "text or null", ""),
            Field("standfirst", "text or null", "the summary below the headline"),
            Field("dateline", "text or null", "the printed line of place, date, outlet"),
            Field("outlet", "text or null", ""),
            Field("authors", "list", "in the order printed"),
            Field("authors[]", "text", ""),
            Field("published", "text or null", "ISO 8601, as far as stated: month, day, or day and time"),
            Field("language", "text or null", "ISO 639 code"),
            Field("url", "text or null", "address of the article, where the file states it"),
            Field("syndicated_from", "text or null", "outlet that published it first, if another"),
            Field("words", "integer", "of the body text"),
            Field("tags", "list", ""),
            Field("tags[].scheme", "text", "'section', 'topic', 'region' …"),
            Field("tags[].value", "text", "as stated"),
            Field("body", "list", "in reading order"),
            Field("body[].role", "text", "'paragraph', 'crosshead', 'caption' or 'separator'"),
            Field("body[].position", "integer or null", "number of a paragraph; null of what is none"),
            Field("body[].text", "text", ""),
            Field("facts", "list", "where each fact was stated"),
            Field("facts[].field", "text", "'author', 'outlet', 'published' …"),
            Field("facts[].value", "text", "what was understood"),
            Field("facts[].printed", "text", "the words that state it"),
            Field("facts[].source", "text", "the kind of place that states it"),
            Field("facts[].start", "integer or null", "span in the raw file in code points; null of other sources"),
            Field("facts[].stop", "integer or null", ""),
            Field("furniture", "list", "what is printed around the body text"),
            Field("furniture[].role", "text", "what it is to the article"),
            Field("furniture[].text", "text", ""),
            Field("furniture[].start", "integer", "span in the raw file, in code points"),
            Field("furniture[].stop", "integer", ""),
            Field("defects", "list", "oddities of the raw file"),
            Field("defects[].kind", "text", ""),
            Field("defects[].detail", "text", ""),
            Field("raw", "object", "the raw file"),
            Field("raw.path", "text", "in the raw folder"),
            Field("raw.sha256", "text", "of the bytes, in hex"),
            Field("raw.format", "text", "the raw format that read it"),
            Field("raw.encoding", "text", "of the text, as Python names it"),
        ),
        "",
    ),
    Endpoint(
        "outlets",
        "/api/outlets",
        "Every outlet and what it has in the corpus, most articles first.",
        (),
        (
            _API,
            Field("outlets", "list", ""),
            *_OUTLET,
            Field("without_outlet", "integer", "articles that state no outlet"),
        ),
        "/api/outlets",
    ),
    Endpoint(
        "trends",
        "/api/trends",
        "How many articles or paragraphs searches find in each month or year, and of how many.",
        (
            Parameter("q", "a search; up to five of them, each as a `q` of its own", times=(1, trends.MOST)),
            Parameter("unit", "articles or paragraphs; articles where it is left out", subcorpora.UNITS),
            Parameter("step", "month or year; as the time that is covered allows where it is left out", trends.STEPS),
        ),
        (
            _API,
            Field("unit", "text", "what is counted"),
            Field("step", "text", "'month' or 'year'"),
            Field("steps", "list", "from the first to the last, none left out"),
            Field("steps[]", "text", "'2024-03' or '2024'"),
            Field("whole", "object", "all that could have matched: what passes the filters that all searches share"),
            Field("whole.query", "text", "these filters"),
            Field("whole.counts", "list", "by step"),
            Field("whole.counts[]", "integer", ""),
            Field("whole.undated", "integer", "of no step"),
            Field("trends", "list", "by search"),
            Field("trends[].query", "text", _QUERY),
            Field("trends[].unknown", "list", "filters whose value nothing in the corpus is called"),
            Field("trends[].unknown[]", "text", "such a filter, as it is typed"),
            Field("trends[].counts", "list", "what matches, by step"),
            Field("trends[].counts[]", "integer", ""),
            Field("trends[].undated", "integer", "what matches, of no step"),
        ),
        "/api/trends?q=war&q=peace&step=year",
    ),
)
