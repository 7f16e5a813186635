"""Pages of results, with facets and timeline, beside bare counts of FTS5 and the twenty best hits of Tantivy.

Tantivy is the best that is known for search; it is measured where it is installed. Its index has the same paragraphs,
by words in lower case.
"""

import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import rounds
from corpus_db.reading import having, matching, opening, query, results

# What is looked for -> how we and Tantivy write it; None where Tantivy has no such question.
SEARCHES: dict[str, tuple[str, str | None]] = {
    "nothing, facets only": ("", None),
    "a rare word": ("zeppelin", "zeppelin"),
    "the commonest word": ("the", "the"),
    "two common words": ("the to", "+the +to"),
    "a phrase of common words": ('"of the"', '"of the"'),
    "either of two": ("president OR senate", "president senate"),
    "a beginning": ("climat*", None),
    "one letter": ("s*", None),
    "a word left out": ("the -to", "+the -to"),
    "only a word left out": ("-the", None),
    "near each other": ('"president trump"~5', '"president trump"~5'),
    "outlet and year": ('the outlet:"Fox News" date:2016', None),
    "a range of time": ("from:2016 to:2018", None),
    "newest first": ("the", None),
    "page 50": ("the", None),
}


def measure(db: Path, number: int) -> None:
    """Print the CPU time of a page of results, of another one of the same search, of a bare count, and of Tantivy."""
    with tempfile.TemporaryDirectory() as folder, closing(opening.connect(db)) as connection:
        index = _index(connection, Path(folder))
        print(f"Tantivy: {'skipped, it is not installed' if index is None else 'top 20 and their number'}")
        results.results(connection, query.parse(""))  # reads what is kept
        for name, (typed, other) in SEARCHES.items():
            _line(connection, index, name, typed, other, number)
        articles, paragraphs = connection.execute("select count(*), sum(paragraph_count) from articles").fetchone()
    print(f"{articles:,} articles, {paragraphs:,} paragraphs, median of {number} rounds")


def _line(connection: sqlite3.Connection, index: Any, name: str, typed: str, other: str | None, number: int) -> None:
    wanted = query.parse(typed)
    words = matching.full_text(wanted)
    options = _options(connection, wanted, name)
    page = partial(results.results, connection, wanted, **options)
    works = {"ours": partial(_for_the_first_time, page), "again": page}
    if words:
        statement = "select count(*) from paragraphs_fts where paragraphs_fts match ?"
        works["count"] = lambda: connection.execute(statement, [words]).fetchone()
    if index is not None and other:
        works["tantivy"] = lambda: index.searcher().search(index.parse_query(other, ["text"]), 20, count=True)
    took = rounds.measure(works, number)
    found = results.results(connection, wanted, **options).found
    cells = [f"{took[each].median * 1000:8.1f} ms" if each in took else f"{'–':>11}" for each in _COLUMNS]
    said = f"{name:26} page {cells[0]}   again {cells[1]}   count {cells[2]}   Tantivy {cells[3]}"
    print(f"{said}   {found.paragraphs:>9,} paragraphs", flush=True)


_COLUMNS = ("ours", "again", "count", "tantivy")


def _for_the_first_time(page: rounds.Work) -> None:
    """A page of a search that nobody has made lately."""
    remembering = having.look_up
    having.look_up = remembering.__wrapped__
    try:
        page()
    finally:
        having.look_up = remembering


def _options(connection: sqlite3.Connection, wanted: query.Query, name: str) -> dict[str, Any]:
    """Where a page starts, and its order."""
    if name == "newest first":
        return {"sort": "newest"}
    if name != "page 50":
        return {}
    before = results.results(connection, wanted, size=49 * 20).found
    return {"after": before.after}


def _index(connection: sqlite3.Connection, folder: Path) -> Any:
    """An index of Tantivy of all paragraphs; None where it is not installed."""
    try:
        import tantivy
    except ImportError:
        return None
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="default")
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for (text,) in connection.execute("select text from paragraphs"):
        writer.add_document(tantivy.Document(text=[text]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index
