"""Answers that are the same until the next load: worked out once for each state of a database, and kept."""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
# Path of a database, 'files' of its corpus, inode, bytes and time of change of the file.
State = tuple[str, str | None, int, int, int]

_KEEPING: list[Callable[[sqlite3.Connection], object]] = []
_LATELY = 4  # answers that are kept: of a corpus with ten million paragraphs one can take 80 MB
_STATES = 2  # states of databases whose answers are kept; a server has one


def kept(work: Callable[[sqlite3.Connection], Answer]) -> Callable[[sqlite3.Connection], Answer]:
    """The function, remembering its last answers, and ready for `prepare`."""
    answered = kept_when_asked(work)
    _KEEPING.append(answered)
    return answered


def kept_when_asked(work: Callable[[sqlite3.Connection], Answer]) -> Callable[[sqlite3.Connection], Answer]:
    """The function, remembering its last answers. A second reader waits for the first, who works them out."""
    return _remembering(work, _STATES, Lock())


def kept_lately(
    work: Callable[Concatenate[sqlite3.Connection, Asked], Answer],
) -> Callable[Concatenate[sqlite3.Connection, Asked], Answer]:
    """The function, remembering its last few answers, by what else it is asked; readers must not change them.

    Several readers work out theirs beside one another.
    """
    return _remembering(work, _LATELY, nullcontext())


def _remembering(
    work: Callable[Concatenate[sqlite3.Connection, Asked], Answer], most: int, turn: AbstractContextManager[object]
) -> Callable[Concatenate[sqlite3.Connection, Asked], Answer]:
    """The function, remembering so many answers; `turn` is had while one is worked out.

    A database in memory is asked each time.
    """
    answers: OrderedDict[object, Answer] = OrderedDict()
    lock = Lock()

    @wraps(work)
    def answered(connection: sqlite3.Connection, /, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
        state = _state(connection)
        if state is None:
            return work(connection, *asked, **named)
        about = (state, *asked, *named.items())
        with turn:
            with lock:
                if about in answers:
                    answers.move_to_end(about)
                    return answers[about]
            answer = work(connection, *asked, **named)
            with lock:
                answers[about] = answer
                while len(answers) > most:
                    answers.popitem(last=False)
        return answer

    return answered


def prepare(connection: sqlite3.Connection) -> None:
    """Work out all that is kept for every reader, so that nobody waits for it."""
    for each in _KEEPING:
        each(connection)


def _state(connection: sqlite3.Connection) -> State | None:
    """What the connection sees, and the file that is there now.

    The two can differ: a load that builds a corpus anew puts another file in the place of the one that is open.
    """
    path = connection.execute("select file from pragma_database_list where name = 'main'").fetchone()[0]
    if not path:
        return None
    found = os.stat(path)  # noqa: PTH116 — of the path that SQLite gives
    (seen,) = connection.execute("select max(value) from corpus where name = 'files'").fetchone()
    return path, seen, found.st_ino, found.st_size, found.st_mtime_ns
