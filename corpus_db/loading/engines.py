"""A function mapped over many raw files: one after the other, or in several processes. Same results in the same order.

An engine is one function: `engine(function, tasks)` yields `function(task)` for each task, in order.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from corpus_db.loading import cost, pipeline, raw, workers
from corpus_db.records import Parsed, Reject, Stated

T = TypeVar("T")
R = TypeVar("R")
Engine = Callable[[Callable[[T], R], Iterable[T]], Iterator[R]]
Task = tuple[str, tuple[Stated, ...]]  # a path, and what the manifest states of it

_CHUNK = 32  # files handed to a worker at a time
_AHEAD = 4  # chunks under way for each worker: more would only fill the memory
SECONDS = 120.0  # of a processor for one file: a hundred times what the largest article takes


def serial(function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """One after the other, in this process."""
    return map(function, tasks)


def processes(
    function: Callable[[T], R], tasks: Iterable[T], jobs: int, lost: Callable[[T], R] | None = None
) -> Iterator[R]:
    """In `jobs` processes, a few chunks ahead of the consumer.

    Where one is killed, what it had to do is done again, one task at a time; `lost` says what comes of a task that
    kills its process again. Raises CorpusError where there is no `lost`, or too much is.
    """
    rest = iter(tasks)
    pending: deque[Future[list[R]]] = deque()
    with workers.Crew(function, jobs, lost) as crew:
        while True:
            while len(pending) < jobs * _AHEAD and (chunk := list(islice(rest, _CHUNK))):
                pending.append(crew.submit(chunk))
            if not pending:
                return
            yield from pending.popleft().result()


def choose(jobs: int | None, count: int, lost: Callable[[T], R] | None = None) -> Engine[T, R]:
    """The engine for so many files: more processes than the work is worth cost more than they save."""
    jobs = min(jobs or cores(), -(-count // (2 * _CHUNK)))
    return partial(processes, jobs=jobs, lost=lost) if jobs > 1 else serial


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
