"""Processes that map a function over lists of tasks, and what comes of a list whose process is killed.

Each worker has a pipe of its own, at whose other end a thread of this process waits. Workers share nothing: one that is
killed, in whatever moment, holds no lock that another waits for, and the end of its pipe tells.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

from corpus_db.errors import CorpusError

T = TypeVar("T")
R = TypeVar("R")

_KILLS, _LOST = 10, 3  # workers in a run, tasks of a list that are killed, above which it is not the tasks
_KILLED = "worker processes are killed again and again, perhaps for want of memory: try --jobs 1"
_SPAWN = multiprocessing.get_context("spawn")
_ONE = threading.Lock()  # one at a time starts, ends and counts workers


class Killed(Exception):  # noqa: N818 — no error of the program, and never shown as one
    """A worker ended before it answered."""


class Crew(Generic[T, R]):
    """So many workers for one function, for a `with` block; at its end none is left, whatever it was at."""

    def __init__(self, function: Callable[[T], R], size: int, lost: Callable[[T], R] | None) -> None:
        self._function, self._lost, self._kills = function, lost, 0
        self._workers = [_Worker[T, R]() for _ in range(size)]
        self._idle: SimpleQueue[_Worker[T, R]] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(size)

    def submit(self, tasks: list[T]) -> Future[list[R]]:
        """The results of tasks, in order, under way.

        Where the worker is killed, another does them again, one at a time; `lost` says what comes of one that kills
        its worker again. CorpusError where there is no `lost`, or too much is; what the function raises, otherwise.
        """
        return self._threads.submit(self._map, tasks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.dismiss(busy=kind is not None)
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.await_end()

    def _map(self, tasks: list[T]) -> list[R]:
        worker = self._idle.get()
        try:
            return worker.map(self._function, tasks)
        except Killed:
            with _ONE:
                self._kills += 1
            if self._kills > _KILLS:
                raise CorpusError(_KILLED) from None
            return list(self._one_by_one(worker, tasks))
        finally:
            self._idle.put(worker)

    def _one_by_one(self, worker: "_Worker[T, R]", tasks: list[T]) -> Iterator[R]:
        """Each task alone; one that kills its worker is tried once more."""
        gone = 0
        for task in tasks:
            for again in (True, False):
                try:
                    yield worker.map(self._function, [task])[0]
                    break
                except Killed:
                    if again:
                        continue
                    gone += 1
                    if self._lost is None or gone > _LOST:
                        raise CorpusError(_KILLED) from None
                    yield self._lost(task)


class _Worker(Generic[T, R]):
    """A process, and the one that takes its place where it is killed."""

    def __init__(self) -> None:
        self._dismissed = False
        self._start()

    def map(self, function: Callable[[T], R], tasks: list[T]) -> list[R]:
        """The results of tasks. Raises Killed where the process is, and what the function raises.

        Tasks are sent only to a process that waits for some, so that the two never wait for each other to read.
        """
        try:
            self._pipe.send((function, tasks))
            answer: list[R] | Exception = self._pipe.recv()
        except (EOFError, OSError):
            self._pipe.close()
            self._start()
            raise Killed from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def dismiss(self, *, busy: bool) -> None:
        """Let the process end: by itself where it waits for tasks, at once where it may be `busy`."""
        with _ONE:
            self._dismissed = True
            if busy:
                self._process.kill()
            else:
                self._pipe.close()

    def await_end(self) -> None:
        """Wait until it has ended."""
        self._process.join()
        self._pipe.close()

    def _start(self) -> None:
        """A new process, in the place of one that was killed; none after the end. Raises Killed then."""
        with _ONE:
            if self._dismissed:
                raise Killed
            self._pipe, theirs = _SPAWN.Pipe()
            self._process = _SPAWN.Process(target=_work, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()


def _work(pipe: Connection) -> None:
    """Answer lists of tasks until there are no more: what a worker does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key that is pressed is for the process that started this one
    _follow()
    with suppress(EOFError):
        while True:
            pipe.send(_answer(*pipe.recv()))


def _answer(function: Callable[[T], R], tasks: list[T]) -> list[R] | Exception:
    try:
        return [function(task) for task in tasks]
    except Exception as error:  # noqa: BLE001 — raised where the results are awaited
        error.add_note(traceback.format_exc())
        return error


def _follow() -> None:
    """End with the process that this one works for, even if that is killed in the middle of a task."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
