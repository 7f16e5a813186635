"""Which words the paragraphs have: how many have each, and which ones have the commonest.

What a search takes grows with the paragraphs that it meets. Which paragraphs have a common word is kept as a bit for
each, which is read and intersected a hundred times as fast as the full text; a sorted list of ids is larger where more
than one paragraph in 32 has the word. Both tables are those of the rows however these came in.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

COMMON, LEAST = 16, 1_000  # a word is common that at least one paragraph in so many has, and so many have
BLOCK = 2**19  # paragraphs of a row of `common_words`
Ids = NDArray[np.int64]

_TOKENIZER = "unicode61 remove_diacritics 2"  # of `paragraphs_fts`
# The words of some paragraphs as the full text has them, counted by it.
_SOME = f"create virtual table temp.some using fts5 (text, content = '', tokenize = '{_TOKENIZER}')"
_ADD = """
insert into words select term, :sign * doc from temp.some_words where true
on conflict (word) do update set paragraphs = paragraphs + excluded.paragraphs
"""
_IS_COMMON = """
select word from words
where paragraphs >= :least and paragraphs * :common >= (select sum(paragraph_count) from articles) order by word
"""


def build(connection: sqlite3.Connection) -> None:
    """Both tables of a corpus whose full text is there."""
    connection.execute("create virtual table temp.counted using fts5vocab (main, 'paragraphs_fts', 'row')")
    connection.execute("insert into words select term, doc from temp.counted")
    connection.execute("drop table temp.counted")
    _settle(connection)


def forget(connection: sqlite3.Connection, paragraph_ids: list[int]) -> None:
    """Take paragraphs out of both, while they are there."""
    _count(connection, paragraph_ids, -1)
    connection.execute("delete from words where paragraphs = 0")
    gone = np.array(sorted(paragraph_ids), dtype=np.int64)
    for (word,) in connection.execute("select distinct word from common_words").fetchall():
        _change(connection, word, gone, present=False)


def remember(connection: sqlite3.Connection, paragraph_ids: list[int]) -> None:
    """Add paragraphs to both, when they are there and in the full text."""
    _count(connection, paragraph_ids, 1)
    if paragraph_ids:
        for (word,) in connection.execute("select distinct word from common_words").fetchall():
            _change(connection, word, _having(connection, word, min(paragraph_ids)), present=True)
    _settle(connection)


def ids(connection: sqlite3.Connection, statement: str, parameters: Mapping[str, object]) -> Ids:
    """The ids that a statement gives, ascending.

    They come as one text, for to make an object of each takes several times as long.
    """
    joined = f"select group_concat(id) from ({statement})"  # noqa: S608 — our own statements
    (text,) = connection.execute(joined, parameters).fetchone()
    found = np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)
    return found if (found[1:] > found[:-1]).all() else np.sort(found)


def _count(connection: sqlite3.Connection, paragraph_ids: Iterable[int], sign: int) -> None:
    """Add the words of paragraphs to those of the corpus, or take them away."""
    connection.execute(_SOME)
    connection.execute("create virtual table temp.some_words using fts5vocab (temp, 'some', 'row')")
    statement = "insert into temp.some (rowid, text) select id, text from paragraphs where id = ?"
    connection.executemany(statement, ((each,) for each in paragraph_ids))
    connection.execute(_ADD, {"sign": sign})
    connection.execute("drop table temp.some_words")
    connection.execute("drop table temp.some")


def _settle(connection: sqlite3.Connection) -> None:
    """Have the bits of those words that are common now, and of no others."""
    wanted = {word for (word,) in connection.execute(_IS_COMMON, {"least": LEAST, "common": COMMON})}
    there = {word for (word,) in connection.execute("select distinct word from common_words")}
    connection.executemany("delete from common_words where word = ?", ((each,) for each in sorted(there - wanted)))
    for word in sorted(wanted - there):
        rows = ((word, number, bits) for number, bits in _blocks(_having(connection, word)))
        connection.executemany("insert into common_words values (?, ?, ?)", rows)


def _having(connection: sqlite3.Connection, word: str, least: int = 0) -> Ids:
    """The paragraphs that have a word, those from an id on."""
    escaped = word.replace('"', '""')
    statement = "select rowid as id from paragraphs_fts where paragraphs_fts match :word and rowid >= :least"
    return ids(connection, statement, {"word": f'"{escaped}"', "least": str(least)})


def _blocks(found: Ids) -> Iterator[tuple[int, bytes]]:
    """The bits of ascending ids, block by block; zeros at the end of a block are left out."""
    edges = np.searchsorted(found, np.arange(0, int(found[-1]) + BLOCK + 1, BLOCK)) if len(found) else np.zeros(1, int)
    for number, (start, stop) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        if stop > start:
            present = np.zeros(BLOCK, dtype=np.bool_)
            present[found[start:stop] - number * BLOCK] = True
            yield number, np.packbits(present).tobytes().rstrip(b"\0")


def _change(connection: sqlite3.Connection, word: str, changed: Ids, *, present: bool) -> None:
    """Set or clear the bits of a word for some paragraphs."""
    for number, bits in _blocks(changed):
        where = "where word = ? and block = ?"
        row = connection.execute(f"select bits from common_words {where}", [word, number]).fetchone()  # noqa: S608
        old = np.frombuffer((row[0] if row else b"").ljust(BLOCK // 8, b"\0"), np.uint8)
        other = np.frombuffer(bits.ljust(BLOCK // 8, b"\0"), np.uint8)
        new = (old | other if present else old & ~other).tobytes().rstrip(b"\0")
        connection.execute(f"delete from common_words {where}", [word, number])  # noqa: S608
        if new:
            connection.execute("insert into common_words values (?, ?, ?)", [word, number, new])
