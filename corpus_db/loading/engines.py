"""A function mapped over many raw files: one after the other, or in several processes. Same results in the same order.

An engine is one function: `engine(function, tasks)` yields `function(task)` for each task, in order.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from corpus_db.errors import CorpusError
from corpus_db.loading import pipeline, raw
from corpus_db.records import Parsed, Reject, Stated

T = TypeVar("T")
R = TypeVar("R")
Engine = Callable[[Callable[[T], R], Iterable[T]], Iterator[R]]
Task = tuple[str, tuple[Stated, ...]]  # a path, and what the manifest states of it

_CHUNK = 32  # files handed to a worker at a time
_AHEAD = 4  # chunks under way for each worker: more would only fill the memory


def serial(function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """One after the other, in this process."""
    return map(function, tasks)


def processes(function: Callable[[T], R], tasks: Iterable[T], jobs: int) -> Iterator[R]:
    """In `jobs` processes, a few chunks ahead of the consumer. Raises CorpusError where one is killed."""
    rest = iter(tasks)
    pending: deque[Future[list[R]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            while True:
                while len(pending) < jobs * _AHEAD and (chunk := list(islice(rest, _CHUNK))):
                    pending.append(pool.submit(_map, function, chunk))
                if not pending:
                    return
                yield from pending.popleft().result()
        except BrokenProcessPool:
            raise CorpusError("a worker process was killed, perhaps for want of memory: try --jobs 1") from None
        finally:
            for future in pending:
                future.cancel()


def choose(jobs: int | None, count: int) -> Engine[T, R]:
    """The engine for so many files: more processes than the work is worth cost more than they save."""
    jobs = min(jobs or cores(), -(-count // (2 * _CHUNK)))
    return partial(processes, jobs=jobs) if jobs > 1 else serial


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _map(function: Callable[[T], R], tasks: list[T]) -> list[R]:
    return [function(task) for task in tasks]


def parse(root: Path, task: Task) -> Parsed | Reject:
    """The articles of a raw file; a mistake of ours in it is a reject that says so, and the load goes on."""
    path, stated = task
    try:
        return pipeline.parse(root, path, stated)
    except Exception as error:  # noqa: BLE001 — the outermost wall of a worker
        return Reject(raw.shown(path), f"internal error, please report it: {type(error).__name__}: {error}")


def fingerprint(root: Path, path: str) -> tuple[str, str, int] | Reject:
    """Path, SHA-256 and size of a raw file, or why it can't be read."""
    found = raw.fingerprint(root, path)
    return found if isinstance(found, Reject) else (path, *found)
