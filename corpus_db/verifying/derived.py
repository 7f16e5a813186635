"""What was made from the rows, made once more on a copy: full text, names and doubts, counts, words."""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from corpus_db.loading import outlets
from corpus_db.records import Fault, Outlet
from corpus_db.store import counts, indexes, vocabulary

# Full text table -> the table whose text it finds, and how a row of that is named.
_FULL_TEXT = {
    "paragraphs_fts": """select paragraphs.id, 'paragraph ' || position || ' of ' || key
        from paragraphs join articles on articles.id = article_id""",
    "articles_fts": "select id, 'headline and standfirst of ' || key from articles",
}
_LACKING = "with named (id, name) as ({rows}) select name from named where id not in (select id from {name}_docsize)"
_EXTRA = "with named (id, name) as ({rows}) select id from {name}_docsize where id not in (select id from named)"
_CHECK = "insert into {name} ({name}, rank) values ('integrity-check', 1)"  # of every word, against the rows
# Table -> what a row of it says and how it is named; all of it is settled after a load, from all articles.
_SETTLED = {
    "authors": "select 'author ' || key, name from authors",
    "outlets": "select 'outlet ' || key, name || coalesce(', ' || domain, '') from outlets",
    "bylines": """select 'article ' || key, 'byline ' || position || ', ' || name
        from bylines join articles on articles.id = article_id""",
    "doubted_bylines": """select 'article ' || key, 'doubted byline ' || position || ', ' || name
        from doubted_bylines join articles on articles.id = article_id""",
    "defects": """select path, kind || ': ' || detail from defects join raw_files on raw_files.id = raw_file_id
        where kind = 'doubted author'""",
}

# Table -> where a row of it stands, what it is of, and what it says; all of it is counted from other tables.
_COUNTED = {
    "article_counts": """select 'article_counts', coalesce(outlets.key, 'no outlet') || ', '
        || coalesce(month, 'undated') || ', ' || coalesce(language, 'no language') || ': ' || articles || ' articles, '
        || paragraphs || ' paragraphs, ' || words || ' words, ' || syndicated || ' syndicated'
        from article_counts left join outlets on outlets.id = outlet_id""",
    "author_counts": """select 'author_counts', coalesce(authors.key, author_id) || ': ' || articles || ' articles, '
        || paragraphs || ' paragraphs, ' || words || ' words, ' || coalesce(first || ' to ' || last, 'undated')
        from author_counts left join authors on authors.id = author_id""",
    "tag_counts": """select 'tag_counts', scheme || ': ' || value || ': ' || articles || ' articles, ' || paragraphs
        || ' paragraphs, ' || words || ' words' from tag_counts""",
    "role_counts": """select 'role_counts', coalesce(outlets.key, 'no outlet') || ', ' || role || ': ' || blocks
        || ' blocks, ' || words || ' words' from role_counts left join outlets on outlets.id = outlet_id""",
    "words": "select 'words', word || ': ' || paragraphs || ' paragraphs' from words",
    "common_words": "select 'common_words', word || ': the bits of block ' || block, bits from common_words",
}


def full_text(copy: sqlite3.Connection) -> Iterator[Fault]:
    """Rows that full text lacks, has without their text, or has in other words."""
    for name, query in _FULL_TEXT.items():
        lacking, extra, check = (statement.format(name=name, rows=query) for statement in (_LACKING, _EXTRA, _CHECK))
        yield from (Fault(name, f"lacks the {row}") for (row,) in copy.execute(lacking))
        yield from (Fault(name, f"has row {row}, which is no text") for (row,) in copy.execute(extra))
        try:
            copy.execute(check)
        except sqlite3.DatabaseError:
            yield Fault(name, "does not say what the rows say: build it anew with `corpus-db load --rebuild`")


def settled(copy: sqlite3.Connection) -> Iterator[Fault]:
    """Names, authors, outlets and doubted bylines that are other than a recount gives. The copy is changed."""
    before = {name: copy.execute(query).fetchall() for name, query in _SETTLED.items()}
    copy.execute("begin")
    try:
        indexes.doubt(copy)
        authors = [row[0] for row in copy.execute("select id from authors")]
        indexes.settle(copy, authors, [row[0] for row in copy.execute("select id from outlets")])
    except sqlite3.IntegrityError as error:
        yield Fault("doubted_bylines", f"can't be judged anew: {error}")
        copy.execute("rollback")
        return
    for name, query in _SETTLED.items():
        after = set(copy.execute(query))
        for where, what in before[name]:
            if (where, what) not in after:
                yield Fault(where, f"{what}: not what a recount gives")
        for where, what in sorted(after - set(before[name])):
            yield Fault(where, f"{what}: what a recount gives, but not there")
    copy.execute("rollback")


def counted(copy: sqlite3.Connection) -> Iterator[Fault]:
    """Counts, words and bits of common words that are other than a recount gives. The copy is changed."""
    before = {name: copy.execute(query).fetchall() for name, query in _COUNTED.items()}
    copy.execute("begin")
    for name in _COUNTED:
        copy.execute(f"delete from {name}")  # noqa: S608 — our own names
    vocabulary.build(copy)
    counts.build_roles(copy)
    counts.build(copy)
    for name, query in _COUNTED.items():
        there, after = Counter(before[name]), Counter(copy.execute(query))
        yield from (Fault(row[0], f"{row[1]}: not what a recount gives") for row in sorted((there - after).elements()))
        for row in sorted((after - there).elements()):
            yield Fault(row[0], f"{row[1]}: what a recount gives, but not there")
    copy.execute("rollback")


def listed(copy: sqlite3.Connection) -> Iterator[Fault]:
    """Outlets of our table of which the database says something else than that."""
    for key, *said in copy.execute("select key, name, domain, country, kind from outlets order by key"):
        known = outlets.keyed(key) or (Outlet(key, key, key) if "." in key else None)
        if known is None:
            wrong = said[2:] != [None, None]
        else:
            wrong = said != [known.name, known.domain, known.country, known.kind]
        if wrong:
            yield Fault(f"outlet {key}", "name, domain, country or kind are not those of our table of outlets")
