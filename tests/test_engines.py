"""Workers: same results in the same order, whatever is killed when; none is left."""

import multiprocessing
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.context import SpawnProcess

import pytest

from corpus_db.errors import CorpusError
from corpus_db.loading import engines

RUNS = 30 if "CORPUS_DB_ALL" in os.environ else 3
POWER = partial(pow, 3)  # its results are long: more of them than a pipe holds


class Killer:
    """Kills each of the first so many workers, some seconds after it was started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started: list[SpawnProcess] = []
        self.delays: Iterator[float] = iter(())
        start = SpawnProcess.start

        def doomed(process: SpawnProcess) -> None:
            start(process)
            self.started.append(process)
            if (delay := next(self.delays, None)) is not None:
                timer = threading.Timer(delay, self.kill, [process])
                timer.daemon = True
                timer.start()

        monkeypatch.setattr(SpawnProcess, "start", doomed)

    def kill(self, process: SpawnProcess) -> None:
        with suppress(OSError, ValueError):  # it has ended by itself
            process.kill()


@pytest.fixture
def killer(monkeypatch: pytest.MonkeyPatch) -> Killer:
    return Killer(monkeypatch)


def test_workers_killed_as_they_start_or_work(killer: Killer) -> None:
    """From the moment in which they are there to the one in which all have long been at work."""
    chance = random.Random(os.environ.get("CORPUS_DB_SEED", "8"))
    tasks = range(9_000, 9_640)
    for run in range(RUNS):
        longest = 0.0 if run == 0 else chance.choice([0.01, 0.3, 1.5])
        # Of three kills no more than two can meet one task: with a third it would be lost.
        killer.delays = iter([longest * chance.random() for _ in range(3)])
        assert list(engines.processes(POWER, tasks, 2)) == [3**number for number in tasks]
    assert len(killer.started) > 2 * RUNS
    assert multiprocessing.active_children() == []


def test_workers_that_are_killed_again_and_again(killer: Killer) -> None:
    killer.delays = iter([0.0] * 1_000)
    with pytest.raises(CorpusError, match="killed again and again"):
        list(engines.processes(POWER, range(640), 2))
    assert multiprocessing.active_children() == []


def test_what_is_raised_in_a_worker_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal") as raised:
        list(engines.processes(int, [*["1"] * 100, "x"], 2))
    assert "in _answer" in raised.value.__notes__[0]
    assert multiprocessing.active_children() == []


def test_work_that_is_no_longer_wanted_is_broken_off() -> None:
    """Workers end at once, not when they have slept."""
    results = engines.processes(time.sleep, [*[0] * engines._CHUNK, *[60] * 320], 2)
    assert next(results) is None
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
