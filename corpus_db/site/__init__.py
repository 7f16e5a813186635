"""Answers -> pages: a Datasette plugin.

Our own pages are thin routes over `reading/`; the stock ones stay a click away. The plugin does nothing in a Datasette
that serves no corpus. It uses the hooks that Datasette 0.65 and 1.0 have in common, only.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup, escape

from corpus_db.reading import functions, limits, rows
from corpus_db.reading.questions import questions
from corpus_db.site import answers, drawing, headers, pages, where, wording
from corpus_db.site.addresses import Addresses

_KEY = re.compile(r"[0-9a-f]{16}(?:-\d+)?")
_SECONDS = 10.0  # that finding out why a statement failed may take
_SCRIPT = re.compile(r"<script(?=[\s>{])")


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Our pages; none where no corpus is served."""
    found = where.corpus(datasette)
    return [*pages.ROUTES, *pages.rows.instead(found.name)] if found else []


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Our SQL functions and limits, for whoever queries the corpus."""
    if (found := where.corpus(datasette)) and found.name == database:
        functions.register(conn)
        limits.bound(conn)


@hookimpl
def extra_css_urls(datasette: Any, view_name: str) -> list[str]:
    """The look of stock pages beside ours."""
    ours = where.corpus(datasette) and view_name
    return [where.static(datasette, name) for name in ("stock.css", "charts.css")] if ours else []


@hookimpl
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """What every template of ours and the nonce of every script need."""
    found: dict[str, Any] = {"csp_nonce": request.scope.get("csp_nonce", "") if request else ""}
    if database := where.corpus(datasette):
        found |= {
            "corpus_database": database.name,
            "to": Addresses(datasette),
            "corpus_static": lambda name: where.static(datasette, name),
            "corpus_questions": {each.name for each in questions()},
            "result_chart": drawing.draw,
            "failure": lambda sql, parameters: database.execute_fn(
                lambda connection: rows.why(connection, sql, parameters, seconds=_SECONDS)
            ),
        }
    return found


@hookimpl
def render_cell(value: Any, column: str, datasette: Any) -> Markup | None:
    """Keys of articles and addresses as links, lists as words."""
    if not isinstance(value, str):
        return None
    if column == "article" and _KEY.fullmatch(value):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/article/{value}"), value)
    if column == "url" and value.startswith(("https://", "http://")):
        return Markup('<a href="{0}" rel="noreferrer noopener">{0}</a>').format(value)
    if column in ("author_list", "tag_list") and (words := _words(value)) is not None:
        return escape(words)
    return None


def _words(value: str) -> str | None:
    """A JSON array as words; None for anything else that a statement calls a list."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return "; ".join(map(str, found)) if isinstance(found, list) else None


class _Amended(Extension):
    """Gives each `<script>` of a template the nonce of the request; one that data brings has none, and does not run.

    Stock pages also say that they are in English, for those who have them read aloud.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The source of a template, before it is compiled."""
        return _SCRIPT.sub('<script nonce="{{ csp_nonce }}"', source).replace("<html>", '<html lang="en">')


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Have templates write nonces and their language; numbers, plurals and code as `wording` has them."""
    env.add_extension(_Amended)
    env.filters |= wording.FILTERS


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """An answer of ours for what a reader can get wrong; Datasette's for its data formats and for mistakes of ours."""
    if not where.corpus(datasette):
        return None
    data = request.path.endswith((".json", ".csv"))
    if answers.is_misread(request, exception):
        return answers.refusal(exception) if data else answers.problem(datasette, request, exception, 400)
    status = getattr(exception, "status", 500)
    data = data or getattr(exception, "message_is_html", False)
    return answers.problem(datasette, request, exception, status) if status < 500 and not data else None


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Security headers on every answer; a content security policy that lets nothing in from outside."""
    return headers.guarded


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """The way from stock pages to ours."""
    if not where.corpus(datasette):
        return []
    return [{"href": datasette.urls.path("/"), "label": "Home of the corpus"}]
