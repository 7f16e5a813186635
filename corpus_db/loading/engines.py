"""A function mapped over many raw files: one after the other, or in several processes. Same results in the same order.

An engine is one function: `engine(function, tasks)` yields `function(task)` for each task, in order.
"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from corpus_db.errors import CorpusError
from corpus_db.loading import cost, pipeline, raw
from corpus_db.records import Parsed, Reject, Stated

T = TypeVar("T")
R = TypeVar("R")
Engine = Callable[[Callable[[T], R], Iterable[T]], Iterator[R]]
Task = tuple[str, tuple[Stated, ...]]  # a path, and what the manifest states of it

_CHUNK = 32  # files handed to a worker at a time
_AHEAD = 4  # chunks under way for each worker: more would only fill the memory
_KILLS, _LOST = 10, 3  # workers in a run, files in a chunk that are killed, above which it is not the files
_KILLED = "worker processes are killed again and again, perhaps for want of memory: try --jobs 1"
SECONDS = 120.0  # of a processor for one file: a hundred times what the largest article takes


def serial(function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """One after the other, in this process."""
    return map(function, tasks)


def processes(
    function: Callable[[T], R], tasks: Iterable[T], jobs: int, lost: Callable[[T], R] | None = None
) -> Iterator[R]:
    """In `jobs` processes, a few chunks ahead of the consumer.

    Where one is killed, what was under way is done again, one task at a time; `lost` says what comes of a task that
    kills its process again. Raises CorpusError where there is no `lost`, or too much is.
    """
    rest = iter(tasks)
    pending: deque[tuple[list[T], Future[list[R]]]] = deque()
    pool, kills = _pool(jobs), 0
    try:
        while True:
            while len(pending) < jobs * _AHEAD and (chunk := list(islice(rest, _CHUNK))):
                pending.append((chunk, _submit(pool, function, chunk)))
            if not pending:
                return
            chunk, future = pending.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                kills += 1
                if kills > _KILLS:
                    raise CorpusError(_KILLED) from None
                pool.shutdown(cancel_futures=True)
                results = list(_one_by_one(function, chunk, lost))
                pool = _pool(jobs)
                pending = deque((each, _submit(pool, function, each)) for each, _ in pending)
            yield from results
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(function: Callable[[T], R], tasks: list[T], lost: Callable[[T], R] | None) -> Iterator[R]:
    """Each task alone in a process; one that kills it is tried once more."""
    pool, gone = _pool(1), 0
    try:
        for task in tasks:
            for again in (True, False):
                try:
                    yield _submit(pool, function, [task]).result()[0]
                    break
                except BrokenProcessPool:
                    pool.shutdown()
                    pool = _pool(1)
                    if again:
                        continue
                    gone += 1
                    if lost is None or gone > _LOST:
                        raise CorpusError(_KILLED) from None
                    yield lost(task)
    finally:
        pool.shutdown()


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_follow)


def _follow() -> None:
    """End with the process that this one works for, even if that is killed: nobody else would tell it to."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _submit(pool: ProcessPoolExecutor, function: Callable[[T], R], chunk: list[T]) -> Future[list[R]]:
    """A chunk under way; where a process was killed already, that is what comes of it."""
    try:
        return pool.submit(_map, function, chunk)
    except BrokenProcessPool as error:
        broken: Future[list[R]] = Future()
        broken.set_exception(error)
        return broken


def choose(jobs: int | None, count: int, lost: Callable[[T], R] | None = None) -> Engine[T, R]:
    """The engine for so many files: more processes than the work is worth cost more than they save."""
    jobs = min(jobs or cores(), -(-count // (2 * _CHUNK)))
    return partial(processes, jobs=jobs, lost=lost) if jobs > 1 else serial


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _map(function: Callable[[T], R], tasks: list[T]) -> list[R]:
    return [function(task) for task in tasks]


def parse(root: Path, task: Task) -> Parsed | Reject:
    """The articles of a raw file; a mistake of ours in it is a reject that says so, and the load goes on."""
    path, stated = task
    try:
        with cost.limited(SECONDS):
            return pipeline.parse(root, path, stated)
    except cost.TooCostly as error:
        return _rejected(root, path, str(error))
    except MemoryError:
        return _rejected(root, path, "takes more memory to read than there is: split it into one file an article")
    except Exception as error:  # noqa: BLE001 — the outermost wall of a worker
        return Reject(raw.shown(path), f"internal error, please report it: {type(error).__name__}: {error}")


def _rejected(root: Path, path: str, problem: str) -> Reject:
    """The reject of a file whose bytes can be read, so that it is not tried again until it changes."""
    found = raw.fingerprint(root, path)
    return found if isinstance(found, Reject) else Reject(raw.shown(path), problem, *found)


def lost(task: Task) -> Reject:
    """What comes of a raw file that kills the process which reads it; the next load tries it again."""
    return Reject(raw.shown(task[0]), "its reading was killed twice, perhaps for want of memory: load again")


def fingerprint(root: Path, path: str) -> tuple[str, str, int] | Reject:
    """Path, SHA-256 and size of a raw file, or why it can't be read."""
    found = raw.fingerprint(root, path)
    return found if isinstance(found, Reject) else (path, *found)
