"""What a statement may do and take on a connection that reads a corpus, whoever wrote it.

The connection is read-only, and time is limited where statements of strangers run; but SQLite looks at the clock
between the steps of a statement only, not within a function that makes a text of a gigabyte or compares a pattern of
ten thousand marks.
"""

import sqlite3

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 100_000_000,  # bytes of a value or a row: the largest raw file fits
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 500,  # bytes; each `%` in it multiplies the work
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 200_000,  # bytes of a statement
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,  # other files
}
# Of files, of programs, and of where things lie in memory.
_FUNCTIONS = frozenset(("load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "fsdir"))
_ATTACHING = frozenset((sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH))
_VOCABULARY = "fts5vocab"  # the one virtual table that `reading` itself makes: of the words of the full text


def bound(connection: sqlite3.Connection) -> None:
    """Hold a connection to the limits."""
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    connection.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:  # noqa: ARG001
    """Whether a statement may be prepared that does this, as SQLite asks."""
    named = (second or "").lower()
    refused = (
        action in _ATTACHING
        or (action == sqlite3.SQLITE_FUNCTION and named in _FUNCTIONS)
        or (action == sqlite3.SQLITE_CREATE_VTABLE and named != _VOCABULARY)
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
