"""How many articles, paragraphs and words there are of whom, when and about what: counted once, at the end of a load.

What is counted of articles is counted anew by every load, for doubted names change it where no article changed. Words
of furniture, which have to be counted in the text, are changed by what came and went.
"""

import sqlite3

_COUNTED = {
    "article_counts": """
        select outlet_id, month, language, count(*), sum(paragraph_count), sum(word_count), count(syndicated_from_id)
        from articles group by 1, 2, 3""",
    "author_counts": """
        select author_id, count(*), sum(paragraph_count), sum(word_count), min(published), max(published)
        from (select distinct author_id, article_id from bylines) join articles on articles.id = article_id
        group by author_id order by author_id""",
    "tag_counts": """
        select scheme, value, count(*), sum(paragraph_count), sum(word_count)
        from tags join articles on articles.id = article_id group by scheme, value order by scheme, value""",
}
# Words are what stands between the blanks of clean text.
_ROLES = """
insert into role_counts
select outlet_id, role, {sign} count(*), {sign} sum(length(text) - length(replace(text, ' ', '')) + 1)
from furniture left join articles on articles.id = article_id {of} group by 1, 2
"""
_FOLD = """
create temp table folded as select outlet_id, role, sum(blocks) as blocks, sum(words) as words
from role_counts group by 1, 2 having sum(blocks) > 0 order by 1, 2
"""


def build(connection: sqlite3.Connection) -> None:
    """What is counted of articles."""
    for name, query in _COUNTED.items():
        connection.execute(f"insert into {name} {query}")


def build_roles(connection: sqlite3.Connection) -> None:
    """The furniture of a corpus by outlet and role."""
    connection.execute(_ROLES.format(sign="", of=""))


def forget(connection: sqlite3.Connection) -> None:
    """Drop what is counted anew, and take the furniture of the raw files in `temp.stale` out of the rest."""
    for name in _COUNTED:
        connection.execute(f"delete from {name}")  # noqa: S608 — our own names
    connection.execute(_ROLES.format(sign="-", of="where furniture.raw_file_id in (select id from temp.stale)"))


def remember_roles(connection: sqlite3.Connection, last: int) -> None:
    """Add the furniture of the raw files with an id above `last`."""
    connection.execute(_ROLES.format(sign="", of="where furniture.raw_file_id > :last"), {"last": last})
    connection.execute(_FOLD)
    connection.execute("delete from role_counts")
    connection.execute("insert into role_counts select * from temp.folded")
    connection.execute("drop table temp.folded")
