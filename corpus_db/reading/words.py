"""Text -> words, by the rules of the full-text index: what can be counted is what can be found.

The rules are those of FTS5's tokenizer `unicode61 remove_diacritics 2`: a character is part of a word (letters, digits,
private use), an accent that belongs to the letter before it, or a break; letters lose case and accents. They are asked
of SQLite itself, a block of characters at a time, when a character is first met, so that both can never differ. (FTS5
cuts a word of more than 32,768 bytes; here it stays whole.)
"""

import sqlite3
from contextlib import closing
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus_db.store import schema

_BLOCK = 1024  # characters that are asked for at once
_BREAK, _ACCENT, _UNKNOWN = ord(" "), 0x110000, 0x110001  # the last two are no code points
_folded: NDArray[np.uint32] = np.full(0x110000, _UNKNOWN, np.uint32)  # by code point
_lock = Lock()


def words(text: str) -> list[str]:
    """The words of a text in order, as the index has them: `'The “Café”, 2024'` is `the`, `cafe`, `2024`.

    >>> words("The “Cafe\u0301”, U.S. 2024-03")
    ['the', 'cafe', 'u', 's', '2024', '03']
    """
    folded = _fold(text)
    return str(folded[folded != _ACCENT].tobytes(), "utf-32-le").split()


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand in it: half-open ranges of code points, as many as there are `words`.

    >>> spans("¿Qué? No.")
    [(1, 4), (6, 8)]
    """
    edges = _edges(text).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def starts(text: str) -> NDArray[np.int64]:
    """Where each word of a text starts: code points, ascending."""
    return _edges(text)[::2]


def _edges(text: str) -> NDArray[np.int64]:
    """Where words start and stop, in turn. An accent is part of the word that it stands in or behind, else nothing."""
    folded = _fold(text)
    places = np.arange(len(folded))
    letters = (folded != _BREAK) & (folded != _ACCENT)
    bearers = np.maximum.accumulate(np.where(folded == _ACCENT, -1, places))
    inside = letters | ((folded == _ACCENT) & (bearers >= 0) & letters[bearers])
    return np.flatnonzero(np.diff(inside, prepend=False, append=False))


def _fold(text: str) -> NDArray[np.uint32]:
    """Each character of a text as the index sees it: a folded code point, a break or an accent."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    folded = _folded[codes]
    if (folded == _UNKNOWN).any():
        for block in np.unique(codes[folded == _UNKNOWN] // _BLOCK):
            _ask(int(block) * _BLOCK)
        folded = _folded[codes]
    return folded


def _ask(first: int) -> None:
    """Learn from SQLite how it folds the block of characters that starts here."""
    codes = [code for code in range(first, first + _BLOCK) if not 0xD800 <= code < 0xE000]  # surrogates are no text
    with _lock, closing(sqlite3.connect(":memory:")) as connection:
        schema.create(connection)
        connection.execute("create virtual table found using fts5vocab (paragraphs_fts, instance)")
        rows = ((code, f"a{chr(code)}b {chr(code)}") for code in codes)
        connection.executemany("insert into paragraphs_fts (rowid, text) values (?, ?)", rows)
        terms: dict[int, list[str]] = {}
        for term, code in connection.execute("select term, doc from found order by doc, offset"):
            terms.setdefault(code, []).append(term)
    for code in codes:
        found = terms[code]
        _folded[code] = _BREAK if found == ["a", "b"] else _ACCENT if found == ["ab"] else ord(found[1])
