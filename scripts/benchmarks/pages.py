"""Pages of the site, asked for in process: again, and for the first time after a load; beside stock Datasette's."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.plugins import pm

from benchmarks import rounds
from corpus_db import site
from corpus_db.reading import kept, opening
from corpus_db.site import serving

_MOST = "(select {0} from {1} where {0} is not null group by 1 order by count(*) desc, 1 limit 1)"


def addresses(db: Path) -> dict[str, str]:
    """A page of each kind: that of the largest outlet, author and article, of searches for common words."""
    with closing(opening.connect(db)) as connection:
        outlet, author, article = (
            quote(connection.execute(statement).fetchone()[0], safe="")
            for statement in (
                f"select key from outlets where id = {_MOST.format('outlet_id', 'articles')}",
                f"select key from authors where id = {_MOST.format('author_id', 'bylines')}",
                "select key from articles order by word_count desc, id limit 1",
            )
        )
    return {
        "home": "/",
        "outlets": "/outlets",
        "outlet": f"/outlet/{outlet}",
        "authors": "/authors",
        "author": f"/author/{author}",
        "tags": "/tags",
        "quality": "/quality",
        "article": f"/article/{article}",
        "schema": "/schema",
        "search, a word": "/search?q=climate",
        "search, the commonest word": "/search?q=the",
        "trends": "/trends?q=climate&q=senate",
        "concordance": "/concordance?q=climate",
        "collocates": "/collocates?q=climate",
        "compare": "/compare?a=climate&b=senate",
    }


def stock_addresses(db: Path) -> dict[str, str]:
    """The pages of stock Datasette that come nearest."""
    return {
        "row": f"/{db.stem}/articles/1",
        "table, a word": f"/{db.stem}/paragraphs?_search=climate",
        "table, the commonest word": f"/{db.stem}/paragraphs?_search=the",
        "table, facet of years": f"/{db.stem}/articles?_facet=year",
    }


def measure(db: Path, number: int) -> None:
    """Print the CPU time of each page again and for the first time, and that of stock pages."""
    with _linked(db) as fresh, closing(asyncio.new_event_loop()) as loop:
        ours = serving.application(db)
        with closing(opening.connect(db)) as connection:
            kept.prepare(connection)
        with _without_us():
            stock = Datasette([str(db)], settings={"sql_time_limit_ms": 10_000})
        others = {f"stock: {name}": partial(_stock, loop, stock, path) for name, path in stock_addresses(db).items()}
        works = {name: partial(ask, loop, ours, path) for name, path in addresses(db).items()}
        rounds.measure({**works, **others}, 1)  # compiles templates
        took = rounds.measure({**works, **others}, number)
        first = _first(loop, fresh)
        row = took["stock: row"].median
        for name, each in took.items():
            once = f"{first[name] * 1000:8.1f} ms" if name in first else f"{'–':>11}"
            ratio = f"x {each.median / row:.2f}" if name in works else ""
            print(f"{name:34} {each.median * 1000:8.1f} ms   after a load {once}   of a stock row page {ratio}")
    print(f"{len(works)} pages, median of {number} rounds; after a load once, what is kept worked out beside it")


def _first(loop: Any, fresh: Path) -> dict[str, float]:
    """Each page of a corpus that nobody has asked yet, as its server begins: once what is kept has been worked out."""
    with closing(opening.connect(fresh)) as connection:
        prepared = rounds.measure({"prepare": partial(kept.prepare, connection)}, 1)["prepare"].median
    print(f"{'what pages keep, after a load':34} {prepared * 1000:8.1f} ms")
    served = serving.application(fresh)
    works = {name: partial(ask, loop, served, path) for name, path in addresses(fresh).items()}
    return {name: each.median for name, each in rounds.measure(works, 1).items()}


def ask(loop: Any, served: Any, path: str) -> None:
    """A page, which has to be there."""
    response = loop.run_until_complete(served.client.get(path))
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")


def _stock(loop: Any, stock: Any, path: str) -> None:
    with _without_us():
        loop.run_until_complete(stock.client.get(path))  # a page that ran out of time is one too


@contextmanager
def _without_us() -> Iterator[None]:
    """Datasette without our plugin."""
    pm.unregister(site)
    try:
        yield
    finally:
        pm.register(site, "corpus_db")


@contextmanager
def _linked(db: Path) -> Iterator[Path]:
    """The same file under another name: a corpus of which nothing is kept."""
    with tempfile.TemporaryDirectory(dir=db.parent) as folder:
        other = Path(folder) / db.name
        os.link(db, other)
        yield other
