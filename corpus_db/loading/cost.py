"""What one raw file may cost: bytes, blocks, seconds. One file that costs more is rejected, and the load goes on.

Bytes are limited where files are read (raw.py); blocks and seconds here.
"""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from corpus_db.records import Draft

MAX_BLOCKS = 50_000  # of a file: a long novel has ten thousand paragraphs


class TooCostly(Exception):  # noqa: N818 — no error of the program, and never shown as one
    """A file took longer than one may."""


def problem(drafts: Sequence[Draft]) -> str | None:
    """Why the drafts of a file are more than one may give, or None."""
    if sum(len(draft.blocks) for draft in drafts) > MAX_BLOCKS:
        return f"more than {MAX_BLOCKS:,} blocks of text: split it into one file an article"
    return None


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooCostly where what stands inside takes so many seconds of the processor.

    Time of the processor, not of the clock: what other programs do, and a clock that is set, make no difference. Where
    there is no such timer (Windows, a thread that is not the main one) there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        raise TooCostly(f"takes more than {seconds:g} seconds to read: split it into one file an article")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
