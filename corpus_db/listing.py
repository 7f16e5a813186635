"""What the command line prints: progress, the summary of a load, what a file gives."""

import shutil
import sqlite3
import sys
import textwrap
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from corpus_db.corpus import Loaded
from corpus_db.reading.export import Manifest
from corpus_db.reading.marking import Piece
from corpus_db.reading.query import Filter
from corpus_db.reading.results import Results
from corpus_db.reading.totals import Totals, rejects, totals
from corpus_db.records import Article, Fault, Parsed, Reject, Role

_SHOWN = 10  # rejects in a summary
_EVERY = 10.0  # seconds between lines of progress where there is no terminal


class Progress:
    """Files done, rate and time left: a bar on a terminal, now and then a line elsewhere."""

    def __init__(self, label: str = "Loading") -> None:
        self._label = label
        self._bar: Any = None
        self._started = self._told = time.monotonic()

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` files are written."""
        if sys.stderr.isatty():
            if self._bar is None:
                self._bar = click.progressbar(
                    length=total, label=self._label, file=sys.stderr, show_pos=True, item_show_func=self._rate
                )
                self._bar.__enter__()
            self._bar.update(done - self._bar.pos, done)
        elif done and time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            left = (self._told - self._started) / done * (total - done)
            click.echo(f"{done:,} of {total:,} files, {self._rate(done)}, {left:.0f} s left", err=True)

    def _rate(self, done: int | None) -> str:
        return f"{(done or 0) / max(0.001, time.monotonic() - self._started):,.0f} files/s"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, traceback)


def summary(connection: sqlite3.Connection, loaded: Loaded, raw_folder: Path, db: Path, seconds: float) -> int:
    """Print what a load did and what the corpus holds now; the number of rejected files in it."""
    now = totals(connection)
    outcomes = loaded.outcomes
    click.echo(f"{'Loaded' if loaded.fresh else 'Updated'} {db} from {raw_folder} in {seconds:.1f} s.")
    done = [
        f"{outcomes['loaded']:,} loaded",
        f"{outcomes['unchanged']:,} unchanged",
        f"{outcomes['duplicate']:,} duplicate",
        f"{outcomes['rejected']:,} rejected",
    ]
    if outcomes["vanished"]:
        done.append(f"{outcomes['vanished']:,} vanished")
    click.echo(f"  files       {', '.join(done)}")
    _holdings(now)
    _rejected(connection, now)
    return now.rejected


def info(connection: sqlite3.Connection, db: Path) -> None:
    """Print what a corpus holds."""
    now = totals(connection)
    click.echo(f"{db}")
    click.echo(f"  raw files   {now.loaded:,} loaded, {now.duplicate:,} duplicate, {now.rejected:,} rejected")
    _holdings(now)
    span = f"{now.first[:10]} to {now.last[:10]}" if now.first and now.last else "no article is dated"
    click.echo(f"  published   {span}")
    click.echo(f"  languages   {_languages(now)}")
    click.echo(f"  defects     {now.defects:,}")
    _rejected(connection, now)


def fault(found: Fault) -> None:
    """Print a thing wrong with a corpus, on one line."""
    click.echo(_line(f"{found.where}: {found.what}"))


def verified(connection: sqlite3.Connection, db: Path, faults: int, seconds: float) -> None:
    """Print how a verification ended."""
    count = f"{faults:,} thing{'s' if faults > 1 else ''} wrong" if faults else "nothing wrong"
    click.echo(f"Verified {db} in {seconds:.1f} s: {count}.", err=faults > 0)
    if not faults:
        now = totals(connection)
        click.echo(f"  raw files   {now.loaded:,} loaded, {now.duplicate:,} duplicate, {now.rejected:,} rejected")
        click.echo(f"  articles    {now.articles:,}")
        click.echo(f"  paragraphs  {now.paragraphs:,}")


def _languages(now: Totals) -> str:
    return ", ".join(f"{code or 'not stated'} {count:,}" for code, count in now.languages) or "none"


def _holdings(now: Totals) -> None:
    for name in ("articles", "outlets", "authors", "paragraphs"):
        click.echo(f"  {name:11} {getattr(now, name):,}")
    click.echo(
        f"  not stated  {now.undated:,} undated, {now.without_outlet:,} without outlet, "
        f"{now.without_author:,} without author"
    )


def _rejected(connection: sqlite3.Connection, now: Totals) -> None:
    if now.rejected:
        click.echo("Rejected files of the corpus:")
        for reason in rejects(connection, _SHOWN):
            click.echo(f"  {_line(reason.path)}: {_line(reason.problem)}")
        if now.rejected > _SHOWN:
            click.echo(f"  … and {now.rejected - _SHOWN:,} more: see the table raw_files")


def exported(made: Manifest, out: str) -> None:
    """Print what was exported; on the standard error where the export itself is on the standard output."""
    asked, counted = made.request, made.tally
    for each in asked.unknown:
        click.echo(_unknown(each), err=True)
    where = "the standard output" if out == "-" else out
    told = [
        f"Wrote {counted.rows:,} {asked.unit} to {where}: {made.bytes:,} bytes, SHA-256 {made.sha256}.",
        *([f"  guarded     {counted.guarded:,} cells that a spreadsheet could run"] if counted.guarded else []),
        *([f"  replaced    {counted.replaced:,} characters that XML can't hold"] if counted.replaced else []),
        *([f"  continued   {counted.continued:,} long cells, in the sheet 'continued'"] if counted.continued else []),
    ]
    click.echo("\n".join(told), err=out == "-")


def plain(record: Parsed | Reject) -> dict[str, Any]:
    """What a file gives as JSON: path, outcome, and its articles with their facts and blocks."""
    if isinstance(record, Reject):
        return {"path": record.path, "outcome": "rejected", "problem": record.problem, "articles": []}
    return {
        "path": record.path,
        "outcome": "loaded",
        "format": record.format,
        "encoding": record.encoding,
        "defects": [list(defect) for defect in record.defects],
        "articles": [_plain(article) for article in record.articles],
    }


def _plain(article: Article) -> dict[str, Any]:
    tags: dict[str, list[str]] = {}
    for tag in article.tags:
        tags.setdefault(tag.scheme, []).append(tag.value)
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "dateline": article.dateline,
        "outlet": article.outlet.name if article.outlet else None,
        "outlet_domain": article.outlet.domain if article.outlet else None,
        "authors": [byline.name for byline in article.bylines],
        "published": article.published,
        "language": article.language,
        "url": article.url,
        "syndicated_from": article.syndicated_from.name if article.syndicated_from else None,
        "tags": tags,
        "blocks": [
            {"role": part.role, "start": part.start, "stop": part.stop, "text": part.text} for part in article.parts
        ],
        "facts": [fact._asdict() for fact in article.facts],
        "defects": [list(defect) for defect in article.defects],
    }


def readable(record: Parsed | Reject) -> str:
    """What a file gives, for people: its facts, then each block with its role, a line each."""
    if isinstance(record, Reject):
        return f"{_line(record.path)}\n  rejected: {record.problem}\n"
    width = shutil.get_terminal_size((100, 24)).columns
    lines = [f"{_line(record.path)}  ({record.format}, {record.encoding})"]
    lines.extend(f"  defect: {defect.kind}: {defect.detail}" for defect in record.defects)
    for article in record.articles:
        lines.append("")
        for fact in article.facts:
            place = f"{fact.source} {fact.start}–{fact.stop}" if fact.start is not None else fact.source
            lines.append(_cut(f"  {fact.field:15} {_line(fact.value)}", width - len(place) - 3) + f"  [{place}]")
        lines.extend(f"  defect: {defect.kind}: {defect.detail}" for defect in article.defects)
        lines.append("")
        number = 0
        for part in article.parts:
            number += part.role is Role.PARAGRAPH
            mark = f"{number:>4} " if part.role is Role.PARAGRAPH else "     "
            lines.append(_cut(f"{mark}{part.role:12} {_line(part.text)}", width))
    return "\n".join(lines) + "\n"


def found(results: Results) -> str:
    """A page of results for people: how many, what was understood, then each article with its matching paragraphs."""
    page = results.found
    counts = ((page.articles, "article"), (page.paragraphs, "paragraph"))
    counted = [f"{count:,} {one}{'' if count == 1 else 's'}" for count, one in counts]
    lines = [
        ", ".join(counted),
        f"Interpreted as: {results.interpretation}.",
        *(_unknown(each) for each in page.unknown),
        *results.notes,
        *(f"Perhaps: {each.text}" for each in results.suggestions),
    ]
    lines += [f"In the {each.field}: {each.articles:,}, see {each.text}" for each in results.headed]
    width = shutil.get_terminal_size((100, 24)).columns
    for hit in page.hits:
        said = (hit.outlet or "outlet not stated", (hit.published or "undated")[:10], *hit.authors)
        headline = _marked(hit.marked.headline) or "(no headline)"
        lines += ["", _cut(_line(headline), width), _cut(f"  {_line(' · '.join(said))}", width), f"  {hit.key}"]
        standfirst = hit.marked.standfirst
        texts = [("", standfirst)] if any(piece.hit for piece in standfirst) else []
        for number, pieces in (*texts, *hit.snippets):
            text = f"{number:>6} {_line(_marked(pieces))}"
            lines += textwrap.wrap(text, width, subsequent_indent=" " * 7)
    return "\n".join(lines)


def _marked(pieces: Iterable[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


def _unknown(each: Filter) -> str:
    return f"No {each.field} of this corpus is called {_line(each.value)}."


def _line(text: str) -> str:
    """Text that can't move the cursor or colour the terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
