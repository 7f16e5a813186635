"""Where our pages are: an article, an outlet, an author, a search. One for each Datasette, as `to` in templates."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from corpus_db.reading import query
from corpus_db.reading.query import Query
from corpus_db.site import where


class Addresses:
    """Addresses under the base of a Datasette; names and words in them are encoded."""

    def __init__(self, datasette: Any) -> None:
        self._urls = datasette.urls
        self._database = where.corpus(datasette).name

    def article(self, key: str) -> str:
        """The page of an article."""
        return str(self._urls.path(f"/article/{key}"))

    def outlet(self, key: str) -> str:
        """The page of an outlet."""
        return str(self._urls.path(f"/outlet/{quote(key, safe='')}"))

    def author(self, key: str) -> str:
        """The page of an author."""
        return str(self._urls.path(f"/author/{quote(key, safe='')}"))

    def search(self, wanted: Query | str) -> str:
        """What a search finds; it may be written as one types it."""
        return self.page("/search", q=wanted)

    def lines(self, wanted: Query) -> str:
        """The lines of the hits of a search."""
        return self.page("/concordance", q=wanted)

    def stated(self, field: str, value: str | None, words: str = "") -> str:
        """The articles that state this value of a field, or none of it; and that match the words."""
        return self.search(f"{field}:{query.quoted(value or '')} {words}".strip())

    def page(self, path: str, **parameters: object) -> str:
        """A page of ours with those of the parameters that say something; a list has its name once for each value."""
        values = {name: query.write(each) if isinstance(each, Query) else each for name, each in parameters.items()}
        said = {name: value for name, value in values.items() if value is not None and str(value)}
        return str(self._urls.path(path)) + (f"?{urlencode(said, doseq=True)}" if said else "")

    def table(self, name: str, **filters: object) -> str:
        """A stock page: the rows of a table or view, or the answer to a documented query."""
        return str(self._urls.table(self._database, name)) + (f"?{urlencode(filters)}" if filters else "")

    def question(self, name: str) -> str:
        """The answer to a documented question."""
        return str(self._urls.query(self._database, name))

    def statement(self, sql: str = "", parameters: Mapping[str, object] | None = None) -> str:
        """The page of a statement, to run and to change; without one, the page to write it."""
        said = {**(parameters or {}), "sql": sql} if sql else {}
        return str(self._urls.database(self._database)) + (f"?{urlencode(said)}" if said else "")

    def rows(self, parameters: Mapping[str, object], **asked: str) -> str:
        """All rows of a statement, asked as `sql`, or of a documented `question`, as CSV."""
        return f"{self._urls.path('/sql.csv')}?{urlencode({**parameters, **asked})}"
