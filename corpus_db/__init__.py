"""corpus_db turns a folder of raw news files into a queryable SQLite corpus, and Datasette serves it.

    loading/   raw files -> articles      raw.py reads a file, formats/ cut it into blocks, roles.py says what each
    block is,
                                          article.py reads the facts; pipeline.py knows this order, engines.py maps it
    store/     articles -> corpus.db      the schema, what changed since the last load, the one writer, full text
    reading/   corpus.db -> answers       read-only; for the site, the command line and Python alike
    site/      answers -> pages           a Datasette plugin

decoding.py, bytes -> text, is the one step that both rivers share: loading takes it, reading repeats it to show a span.

`load(raw_folder, db)` goes the whole way, `open_corpus(db)` opens what it made for reading.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Loaded", "load", "open_corpus"]

if TYPE_CHECKING:
    from corpus_db.corpus import Loaded, load, open_corpus


def __getattr__(name: str) -> Any:
    """The public functions, imported when they are asked for: the site and the schema do without the loader."""
    if name in __all__:
        from corpus_db import corpus

        return getattr(corpus, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
