"""A corpus -> its content as rows without ids, and the hash of them: what is equal wherever and however it was loaded.

`ROWS` is the one definition of what a corpus says: the hash is made of it, and two corpora are compared by it. What is
left out tells of the building only: ids, which follow the order of arrival; the version of corpus_db and the raw
folder, which are said beside the hash where it is written; full text, views and statistics, which follow from the rows.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from corpus_db.reading.kept import kept_when_asked

# Table -> its rows, those that it points to by their keys, in an order that no id decides: text by its code points.
ROWS = {
    "raw_files": """select path, sha256, bytes, format, encoding, outcome, problem, manifest
        from raw_files order by path""",
    "outlets": "select key, name, domain, country, kind from outlets order by key",
    "authors": "select key, name from authors order by key",
    "articles": """select articles.key, path, outlets.key, headline, standfirst, dateline, published, language, url,
        origin.key, paragraph_count, word_count, year, month
        from articles left join raw_files on raw_files.id = raw_file_id left join outlets on outlets.id = outlet_id
        left join outlets as origin on origin.id = syndicated_from_id order by articles.key""",
    "bylines": """select articles.key, position, authors.key, bylines.name, printed
        from articles join bylines on article_id = articles.id left join authors on authors.id = author_id
        order by articles.key, position""",
    "doubted_bylines": """select articles.key, position, authors.key, doubted_bylines.name, printed
        from articles join doubted_bylines on article_id = articles.id left join authors on authors.id = author_id
        order by articles.key, position""",
    "paragraphs": """select key, position, crosshead, text, start, stop
        from articles join paragraphs on article_id = articles.id order by key, position""",
    "furniture": """select path, key, position, role, text, start, stop
        from raw_files join furniture on furniture.raw_file_id = raw_files.id
        left join articles on articles.id = article_id order by path, key, position""",
    "tags": """select key, scheme, value from articles join tags on article_id = articles.id
        order by key, scheme, value""",
    "facts": """select key, field, value, printed, source, start, stop
        from articles join facts on article_id = articles.id
        order by key, field, value, printed, source, start, stop""",
    "defects": """select path, kind, detail from raw_files join defects on raw_file_id = raw_files.id
        order by path, kind, detail""",
}
_BATCH = 1_000  # rows made JSON at a time


@kept_when_asked
def identity(connection: sqlite3.Connection) -> str:
    """The SHA-256, in hex, of all that a corpus says.

    It is that of `json.dumps({table: rows})`, as ASCII, for the tables and rows of `ROWS` in their order. The same raw
    files give the same hash whatever the engine, the order of loading or of files, the machine, its time zone and its
    locale; another hash says that some row differs, so that a paper can cite the very data it was written from. It is
    made of rows rather than of what they follow from (raw files and version), for what was exported is rows.
    """
    found = hashlib.sha256()
    for opening, (name, query) in zip(["{", *[", "] * len(ROWS)], ROWS.items(), strict=False):
        found.update(f'{opening}"{name}": ['.encode())
        comma = ""
        for batch in _batches(connection.execute(query)):
            found.update(f"{comma}{json.dumps(batch)[1:-1]}".encode())
            comma = ", "
        found.update(b"]")
    found.update(b"}")
    return found.hexdigest()


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[Any]]:
    while rows := cursor.fetchmany(_BATCH):
        yield rows
