"""Where things are in a Datasette: the database that is a corpus, our static files."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus_db.store import schema


def corpus(datasette: Any) -> Any:
    """The first database of a Datasette that is a corpus, or None."""
    return next((each for each in datasette.databases.values() if each.path and _is_corpus(str(each.path))), None)


@cache
def _is_corpus(path: str) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("pragma application_id").fetchone()[0] == schema.APPLICATION_ID)
    except sqlite3.DatabaseError:
        return False


def static(datasette: Any, name: str) -> str:
    """The address of a file of ours in `static/`."""
    return str(datasette.urls.static_plugins(_plugin(), name))


@cache
def _plugin() -> str:
    """The name under which Datasette knows this plugin: that of its distribution, or of its module."""
    from datasette.plugins import get_plugins  # not at the top: this module is imported while that one is

    ours = str(Path(__file__).with_name("static"))
    return str(next(each["name"] for each in get_plugins() if each["static_path"] == ours))
