"""corpus_db turns a folder of raw news files into a queryable SQLite corpus, and Datasette serves it."""

__version__ = "0.1.0"
