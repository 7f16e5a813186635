"""A corpus as plain data that does not depend on ids: what must be equal however it was loaded."""

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus_db.store import vocabulary

QUERIES = {
    "raw_files": "select path, sha256, bytes, format, encoding, outcome, problem, manifest from raw_files",
    "outlets": "select key, name, domain, country, kind from outlets",
    "authors": "select key, name from authors",
    "articles": """select articles.key, path, outlets.key, headline, standfirst, dateline, published, language, url,
        origin.key, paragraph_count, word_count, year, month
        from articles join raw_files on raw_files.id = raw_file_id left join outlets on outlets.id = outlet_id
        left join outlets as origin on origin.id = syndicated_from_id""",
    "bylines": """select articles.key, authors.key, position, bylines.name, printed
        from bylines join articles on articles.id = article_id join authors on authors.id = author_id""",
    "paragraphs": """select articles.key, position, crosshead, text, start, stop
        from paragraphs join articles on articles.id = article_id""",
    "furniture": """select articles.key, path, position, role, text, start, stop
        from furniture left join articles on articles.id = article_id
        join raw_files on raw_files.id = furniture.raw_file_id""",
    "tags": "select key, scheme, value from tags join articles on articles.id = article_id",
    "facts": """select key, field, value, printed, source, start, stop
        from facts join articles on articles.id = article_id""",
    "doubted_bylines": """select articles.key, authors.key, position, doubted_bylines.name, printed
        from doubted_bylines join articles on articles.id = article_id join authors on authors.id = author_id""",
    "defects": "select path, kind, detail from defects join raw_files on raw_files.id = raw_file_id",
    "article_counts": """select outlets.key, month, language, articles, paragraphs, words, syndicated
        from article_counts left join outlets on outlets.id = outlet_id""",
    "author_counts": """select authors.key, articles, paragraphs, words, first, last
        from author_counts join authors on authors.id = author_id""",
    "tag_counts": "select scheme, value, articles, paragraphs, words from tag_counts",
    "role_counts": """select outlets.key, role, blocks, words
        from role_counts left join outlets on outlets.id = outlet_id""",
    "words": "select word, paragraphs from words",
    "corpus": "select name, value from corpus",
    "full text": """select articles.key, position
        from paragraphs_fts join paragraphs on paragraphs.id = paragraphs_fts.rowid
        join articles on articles.id = article_id where paragraphs_fts match 'the OR und OR le OR на'""",
    "full text of headlines and standfirsts": """select key, headline, standfirst from articles where id in
        (select rowid from articles_fts where articles_fts match 'the OR und OR le OR a OR court')""",
}


def tables(path: Path) -> dict[str, list[tuple]]:
    """All that a corpus holds, by table, sorted; checked for integrity on the way."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        for name in ("paragraphs_fts", "articles_fts"):
            connection.execute(f"insert into {name} ({name}, rank) values ('integrity-check', 1)")
        connection.rollback()
        found = {name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in QUERIES.items()}
        return found | {"common_words": common_words(connection)}


def common_words(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """The common words with the paragraphs that their bits say have them."""
    query = "select paragraphs.id, key, position from paragraphs join articles on articles.id = article_id"
    places = {row[0]: row[1:] for row in connection.execute(query)}
    return sorted(
        (word, *places[block * vocabulary.BLOCK + number])
        for word, block, bits in connection.execute("select word, block, bits from common_words")
        for number, bit in enumerate("".join(f"{byte:08b}" for byte in bits))
        if bit == "1"
    )


def rows(path: Path) -> dict[str, list[tuple]]:
    """All rows of a corpus with their ids."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        plain = [name for name in names if not name.startswith(("paragraphs_fts", "articles_fts", "sqlite_"))]
        return {name: connection.execute(f"select * from {name} order by 1, 2").fetchall() for name in plain}
