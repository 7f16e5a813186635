"""Where our pages are: an article, an outlet, an author, a search. One for each Datasette, as `to` in templates."""

from typing import Any
from urllib.parse import quote, urlencode

from corpus_db.reading import query
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

    def search(self, text: str) -> str:
        """What a search finds, written as one types it."""
        return self.page("/search", q=text)

    def stated(self, field: str, value: str | None, words: str = "") -> str:
        """The articles that state this value of a field, or none of it; and that match the words."""
        return self.search(f"{field}:{query.quoted(value or '')} {words}".strip())

    def page(self, path: str, **parameters: object) -> str:
        """A page of ours with those of the parameters that say something."""
        said = {name: value for name, value in parameters.items() if value is not None and str(value)}
        return str(self._urls.path(path)) + (f"?{urlencode(said)}" if said else "")

    def table(self, name: str, **filters: object) -> str:
        """A stock page: the rows of a table or view, or the answer to a documented query."""
        return str(self._urls.table(self._database, name)) + (f"?{urlencode(filters)}" if filters else "")
