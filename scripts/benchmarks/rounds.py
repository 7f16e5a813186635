"""Works -> their medians, measured in turn within one run, so that what slows the machine slows all of them."""

import os
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

Work = Callable[[], object]
Clock = Callable[[], float]


class Took(NamedTuple):
    """Seconds that a work took in each round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of all rounds."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """What 95 of 100 rounds stay below; of less than 20, the slowest."""
        return sorted(self.seconds)[int(0.95 * len(self.seconds))]


def processor() -> float:
    """Seconds of CPU time of this process and of those that it waited for."""
    return sum(os.times()[:4])


def measure(works: Mapping[str, Work], rounds: int, clock: Clock = time.process_time) -> dict[str, Took]:
    """What each work takes in so many rounds of all of them."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = clock()
            work()
            found[name].append(clock() - started)
    return {name: Took(tuple(seconds)) for name, seconds in found.items()}


def compared(name: str, ours: float, anchor: str, other: float | None, unit: str = "ms") -> str:
    """A line that says what ours takes, what the anchor takes and their ratio; '–' where there is no anchor."""
    scale = 1000 if unit == "ms" else 1
    begin = f"{name:32} {ours * scale:10,.1f} {unit}   {anchor:26}"
    return (
        f"{begin} {'–':>10}" if other is None else f"{begin} {other * scale:10,.1f} {unit}   ratio {ours / other:.2f}"
    )
