"""The export of what a query finds: a page to choose from, the file, its manifest."""

import sqlite3
from contextlib import closing
from functools import partial
from typing import Any

from datasette import Response
from datasette.utils.asgi import BadRequest

from corpus_db.errors import UsageError
from corpus_db.reading import export, hits, opening, query
from corpus_db.reading.export.guarding import RULE
from corpus_db.reading.export.selection import COLUMNS, USUAL
from corpus_db.site import where
from corpus_db.site.answers import page
from corpus_db.site.asking import ask
from corpus_db.site.download import Download, Growing, attachment, slug


async def export_page(datasette: Any, request: Any) -> Response | Download:
    """The file, where a format is named; else the page to choose one."""
    asked = await _ask(datasette, request)
    if request.args.get("format"):
        chosen = export.FORMATS[asked.format]
        name = _name(asked) + chosen.suffix
        return _download(datasette, request, partial(_file, asked), name, chosen.media_type, early=chosen.text)
    found = await ask(datasette, partial(_counts, asked=asked))
    return await page(
        datasette, request, "export.html", asked=asked, text=asked.typed, interpreted=query.write(asked.query),
        counts=found, formats=export.FORMATS, columns=COLUMNS[asked.unit], usual=USUAL[asked.unit], rule=RULE,
    )  # fmt: skip


async def manifest(datasette: Any, request: Any) -> Download:
    """What the file of the same address would say of itself; it is made once more to find out."""
    asked = await _ask(datasette, request)
    name = f"{_name(asked)}{export.FORMATS[asked.format].suffix}.manifest.json"
    return _download(datasette, request, partial(_manifest, asked), name, "application/json", early=False)


async def _ask(datasette: Any, request: Any) -> export.Request:
    """What an address asks for. Raises BadRequest where it does not fit together."""
    values = request.args
    name = values.get("format") or "csv"
    try:
        return await ask(
            datasette,
            partial(
                export.ask,
                typed=values.get("q") or "",
                format=name,
                unit=values.get("unit") or None,
                columns=[column for each in values.getlist("columns") for column in each.split(",") if column],
                bom=values.get("bom") == "1" and name == "csv",  # the page asks it beside every format
            ),
        )
    except UsageError as error:
        raise BadRequest(str(error)) from None


def _counts(connection: sqlite3.Connection, asked: export.Request) -> dict[str, int]:
    found = hits.hits(connection, asked.query)
    return {"paragraphs": found.total, "articles": found.articles}


def _download(datasette: Any, request: Any, write: Any, name: str, media_type: str, *, early: bool) -> Download:
    """An answer that a browser saves under a name."""
    path = str(where.corpus(datasette).path)
    return Download(request.receive, partial(write, path), attachment(name, media_type), early=early)


def _file(asked: export.Request, path: str, target: Growing) -> None:
    _write(asked, path, target, target)


def _manifest(asked: export.Request, path: str, target: Growing) -> None:
    target.write(_write(asked, path, target, None).text().encode())


def _write(asked: export.Request, path: str, watched: Growing, target: Growing | None) -> export.Manifest:
    """Write on a connection of its own, which gives up when nobody waits any more."""
    with closing(opening.connect(path)) as connection:
        connection.set_progress_handler(lambda: watched.unwanted, opening.STEPS)
        return export.write(connection, asked, target)  # type: ignore[arg-type]  # it has a `write`


def _name(asked: export.Request) -> str:
    """What the file is called, without its suffix: 'corpus-climate-policy-paragraphs'."""
    return "-".join(part for part in ("corpus", slug(query.write(asked.query)), asked.unit) if part)


ROUTES = [(r"^/export$", export_page), (r"^/export/manifest$", manifest)]
