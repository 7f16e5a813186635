"""What the stock pages say of the data: titles, descriptions, columns, facets, documented queries.

The descriptions are the comments of `schema.sql` and `views.sql`, so that they are written once.
"""

from typing import Any

from corpus_db.reading.questions import questions
from corpus_db.store import schema

_TITLES = {
    "raw_files": "Raw files",
    "outlets": "Outlets",
    "authors": "Authors",
    "articles": "Articles (table)",
    "bylines": "Bylines (table)",
    "doubted_bylines": "Doubted bylines (table)",
    "paragraphs": "Paragraphs (table)",
    "furniture": "Furniture (table)",
    "tags": "Tags",
    "facts": "Facts (table)",
    "defects": "Defects",
    "corpus": "About this corpus",
    "paragraph_browse": "Paragraphs",
    "article_browse": "Articles",
    "furniture_browse": "Furniture",
    "fact_browse": "Facts",
}
_FULL_TEXT = {"fts_table": "paragraphs_fts", "fts_pk": "id"}
_SETTINGS: dict[str, dict[str, Any]] = {
    "raw_files": {"facets": ["outcome", "format", "encoding", "problem"], "label_column": "path"},
    "outlets": {"facets": ["country", "kind"], "label_column": "name", "sort": "name"},
    "authors": {"label_column": "name", "sort": "name"},
    "articles": {"facets": ["year", "language"], "label_column": "headline"},
    "paragraphs": {"label_column": "text"},
    "furniture": {"facets": ["role"], "label_column": "text"},
    "tags": {"facets": ["scheme", "value"]},
    "facts": {"facets": ["field", "source"], "label_column": "value"},
    "defects": {"facets": ["kind"], "label_column": "detail"},
    "paragraph_browse": {"facets": ["outlet", "authors", "year", "month", "language"], **_FULL_TEXT},
    "article_browse": {
        "facets": ["outlet", {"array": "author_list"}, "year", "month", "language", {"array": "tag_list"}],
        "sort_desc": "published",
    },
    "furniture_browse": {"facets": ["role", "outlet"]},
    "fact_browse": {"facets": ["field", "source"]},
}
_UNITS = (
    "Spans count code points of the decoded raw text; word counts count words between white space; sizes are in bytes."
)
_LICENSE = {
    "license": "The texts are their publishers'; their licence is stated by the files, if at all. Kept for research.",
    "source": "The raw files of this corpus, listed with their SHA-256 in raw_files",
}


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata for a corpus served under this name."""
    tables = {}
    for name, table in schema.tables().items():
        columns = {column: text or "" for column, text in table.columns.items() if text}
        tables[name] = {
            "title": _TITLES.get(name, name),
            "description": table.description,
            "columns": columns,
            **_SETTINGS.get(name, {}),
        }
    queries = {
        question.name: {
            "sql": question.sql,
            "title": question.title,
            "description": question.description,
            "hide_sql": True,
        }
        for question in questions()
    }
    return {
        "title": "News corpus",
        "description": "Articles, outlets, authors and paragraphs from a folder of raw news files.",
        **_LICENSE,
        "databases": {
            database: {
                "description": f"Start with the views: article_browse and paragraph_browse. {_UNITS}",
                "tables": tables,
                "queries": queries,
            }
        },
    }
