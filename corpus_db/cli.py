"""Arguments in, one call, a few lines out."""

import json
import sys
import time
import webbrowser
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from corpus_db import __version__, corpus, listing
from corpus_db.errors import CorpusError, UsageError
from corpus_db.loading import engines, raw
from corpus_db.reading import export as exports
from corpus_db.reading import identity, query, results
from corpus_db.reading.search import SORTS
from corpus_db.records import Parsed, Reject
from corpus_db.verifying import proof

RAW = "data/raw"
_PORT = 8001

_db = click.option(
    "--db", default=corpus.DATABASE, show_default=True, type=click.Path(path_type=Path), help="The corpus."
)
_jobs = click.option("--jobs", type=click.IntRange(1), help="Processes; one a core by default.")


class _Group(click.Group):
    """Turns our errors into one line and exit code 2: 1 is for rejected files."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except CorpusError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(2)


_QUERIES = {"ignore_unknown_options": True}  # a query can begin with a word that is left out: '-coal'


def _query(context: click.Context, _: click.Parameter, typed: str) -> str:
    if typed.startswith("--"):
        raise click.NoSuchOption(typed, ctx=context)
    return typed


@click.group(cls=_Group)
@click.version_option(__version__, prog_name="corpus-db")
def main() -> None:
    """Turn a folder of raw news files into a corpus, and serve it."""


@main.command()
@click.argument("raw_folder", metavar="[RAW]", default=RAW, type=click.Path(path_type=Path))
@_db
@_jobs
@click.option("--rebuild", is_flag=True, help="Start over instead of loading what has changed.")
def load(raw_folder: Path, db: Path, jobs: int | None, *, rebuild: bool) -> None:
    """Bring the corpus up to date with a folder of raw files.

    New files are added, changed ones replaced, the rows of vanished ones removed. RAW is data/raw by default. Exit
    code 0 if no file of the corpus is rejected, 1 if one is, 2 for wrong usage.
    """
    started = time.monotonic()
    with listing.Progress() as progress:
        loaded = corpus.load(raw_folder, db, jobs=jobs, rebuild=rebuild, progress=progress)
    with corpus.open_corpus(db) as connection:
        rejected = listing.summary(connection, loaded, raw_folder, db, time.monotonic() - started)
    sys.exit(1 if rejected else 0)


@main.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_jobs
def parse(paths: tuple[Path, ...], jobs: int | None, *, as_json: bool) -> None:
    """Print what raw files would give, without a database.

    PATH is a raw file or a folder of them. Exit code 0 if no file is rejected, 1 if one is.
    """
    rejected = False
    for record in _parsed(paths, jobs):
        rejected |= isinstance(record, Reject)
        click.echo(json.dumps(listing.plain(record), ensure_ascii=False) if as_json else listing.readable(record))
    sys.exit(1 if rejected else 0)


def _parsed(paths: tuple[Path, ...], jobs: int | None) -> Iterator[Parsed | Reject]:
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        root = path if path.is_dir() else path.parent
        walked = raw.walk(root) if path.is_dir() else [path.name]
        names = [each for each in walked if isinstance(each, str)]
        engine: engines.Engine[engines.Task, Parsed | Reject] = engines.choose(jobs, len(names))
        records = iter(engine(partial(engines.parse, root), [(name, ()) for name in names]))
        for each in walked:
            yield next(records) if isinstance(each, str) else each


@main.command()
@_db
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"Port; {_PORT} by default, a free one if that is taken.")
@click.option("--open/--no-open", "browser", default=None, help="Open a browser; by default on a terminal only.")
@click.option("--allow-remote", is_flag=True, help="Let other machines read all, where --host lets them in.")
@click.option("--processes", type=click.IntRange(1, 64), help="That answer; 2 by default where two can work at once.")
def serve(
    db: Path, host: str, port: int | None, *, browser: bool | None, allow_remote: bool, processes: int | None
) -> None:
    """Serve the corpus on this machine, until interrupted."""
    from corpus_db.site import door, serving  # Datasette takes half a second to import: other commands do without

    if exposed := door.exposure(host):
        if not allow_remote:
            raise UsageError(f"{exposed}: add --allow-remote to do so")
        click.echo(f"Warning: {exposed}", err=True)
    port = serving.free_port(host, port, _PORT)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    server = serving.Server(db, host, port)
    click.echo(f"Serving {db} at {address} (stop with Ctrl-C)")
    if browser if browser is not None else sys.stdout.isatty():
        webbrowser.open(address)
    server.run(processes)


@main.command()
@_db
@_jobs
@click.option("--deep", is_flag=True, help="Parse all raw files again and compare row by row.")
def verify(db: Path, jobs: int | None, *, deep: bool) -> None:
    """Prove the corpus against its raw folder, a line for each thing wrong.

    The database and the raw files are not touched. Exit code 0 if all is right, 1 if anything is wrong, 2 for wrong
    usage.
    """
    started = time.monotonic()
    faults = 0
    with listing.Progress("Verifying") as progress:
        for fault in proof.verify(db, deep=deep, jobs=jobs, progress=progress):
            listing.fault(fault)
            faults += 1
    with corpus.open_corpus(db) as connection:
        listing.verified(connection, db, faults, time.monotonic() - started)
    sys.exit(1 if faults else 0)


@main.command()
@_db
@click.option("--hash", "hashed", is_flag=True, help="Print only the SHA-256 of what the corpus says, ids left out.")
def info(db: Path, *, hashed: bool) -> None:
    """Print what is in the corpus."""
    with corpus.open_corpus(db) as connection:
        if hashed:
            click.echo(identity.identity(connection))
        else:
            listing.info(connection, db)


@main.command(context_settings=_QUERIES)
@click.argument("typed", metavar="[QUERY]", default="", callback=_query)
@click.option("--out", default="-", help="File to write; - for the standard output, which is the default.")
@click.option("--format", "name", help=f"{', '.join(exports.FORMATS)}; by default what the suffix of --out says.")
@click.option("--unit", help="What a row is: paragraphs, by default, or articles.")
@click.option("--columns", help="Names of columns, with commas between them; the usual ones by default.")
@click.option("--bom", is_flag=True, help="Begin a CSV with a byte order mark, by which Excel knows UTF-8.")
@_db
def export(
    typed: str, out: str, name: str | None, unit: str | None, columns: str | None, db: Path, *, bom: bool
) -> None:
    """Write all that a query finds to a file, with a manifest beside it.

    QUERY is what the search of the site takes; without it, all is written. The file gets its name when it is whole.
    """
    chosen = [each.strip() for each in columns.split(",")] if columns else []
    with corpus.open_corpus(db) as connection:
        if out == "-":
            request = exports.ask(connection, typed, format=name, unit=unit, columns=chosen, bom=bom)
            if not exports.FORMATS[request.format].text:
                raise UsageError(f"{request.format}: not for the standard output: name a file with --out")
            made = exports.write(connection, request, sys.stdout.buffer)
            sys.stdout.flush()
        else:
            made = exports.export(connection, typed, out, format=name, unit=unit, columns=chosen, bom=bom)
    listing.exported(made, out)


@main.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Tell whether an exported file is whole, by its manifest.

    Exit code 0 if it is, 1 if it is not.
    """
    differences = exports.check(path)
    click.echo(f"{path}: {'not whole: ' + '; '.join(differences) if differences else 'whole'}")
    sys.exit(1 if differences else 0)


@main.command(context_settings=_QUERIES)
@click.argument("typed", metavar="[QUERY]", default="", callback=_query)
@click.option("--sort", type=click.Choice(SORTS), help="By default relevance, or newest where no words are looked for.")
@click.option("--size", type=click.IntRange(1), default=20, show_default=True, help="Articles to print.")
@_db
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def search(typed: str, sort: str | None, size: int, db: Path, *, as_json: bool) -> None:
    """Print the articles that a query finds, with their matching paragraphs.

    QUERY is what the search of the site takes; without it, all articles are found, the newest first.
    """
    with corpus.open_corpus(db) as connection:
        found = results.results(connection, query.parse(typed), sort=sort, size=size)
    click.echo(json.dumps(results.plain(found.found), ensure_ascii=False) if as_json else listing.found(found))
