"""Many readers at once of a corpus that is served, one reader alone beside them, and a load while they read."""

import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks import pages
from benchmarks.rounds import Took
from corpus_db.site.serving import PROCESSES

_CLIENTS = 16
_COMMAND = [sys.executable, "-m", "corpus_db"]


def measure(db: Path, raw: Path | None, seconds: int) -> None:
    """Print what pages take one reader, many, and many while the raw folder is loaded anew; mixed pages, wall time.

    Of a server of one process, and of as many as it has by default.
    """
    for processes in (1, PROCESSES):
        print(f"served by {processes}")
        with _served(db, processes) as port:
            paths = list(pages.addresses(db).values())
            for path in paths * 2 * processes:  # so that nothing is worked out for the first reader, in either process
                _ask(HTTPConnection("127.0.0.1", port, timeout=300), path)
            alone = _read(port, paths, 1, max(5, seconds // 4))
            _line("one reader", alone)
            many = _read(port, paths, _CLIENTS, seconds)
            _line(f"{_CLIENTS} readers", many, alone)
            if raw is not None and processes > 1:
                command = [*_COMMAND, "load", str(raw), "--db", str(db), "--rebuild", "--jobs", "1"]
                load = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                beside = _read(port, paths, _CLIENTS, seconds, until=load)
                _line(f"{_CLIENTS} readers, a load beside", beside, alone)
                if load.wait():
                    raise SystemExit("the load beside the readers failed")


def _line(name: str, took: Took, alone: Took | None = None) -> None:
    ratio = f"   p95 x {took.p95 / alone.p95:.1f}" if alone else ""
    median, p95 = took.median * 1000, took.p95 * 1000
    print(f"{name:28} {len(took.seconds):6} pages   median {median:8.1f} ms   p95 {p95:8.1f} ms{ratio}")


def _read(
    port: int, paths: list[str], clients: int, seconds: int, until: subprocess.Popen[bytes] | None = None
) -> Took:
    """What each page took: so many clients, each asking for one page after the other, at random but the same each time.

    They go on for some seconds, or until a program has ended. Raises SystemExit where a page was not there.
    """
    found: list[float] = []
    problems: list[str] = []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        chance = random.Random(number)
        connection = HTTPConnection("127.0.0.1", port, timeout=300)
        while until.poll() is None if until else time.monotonic() < end:
            path = chance.choice(paths)
            started = time.perf_counter()
            try:
                _ask(connection, path)
            except (OSError, ValueError) as error:
                problems.append(f"{path}: {error}")
                return
            found.append(time.perf_counter() - started)

    threads = [threading.Thread(target=client, args=[number]) for number in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if problems:
        raise SystemExit(f"{len(problems)} readers met an error: {problems[0]}")
    return Took(tuple(found))


def _ask(connection: HTTPConnection, path: str) -> None:
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise ValueError(f"status {response.status}")


@contextmanager
def _served(db: Path, processes: int) -> Iterator[int]:
    """The real server of a corpus, on a port of its own."""
    command = [*_COMMAND, "serve", "--db", str(db), "--no-open", "--port", "0", "--processes", str(processes)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        if server.stdout is None or not (said := re.search(r":(\d+)/", server.stdout.readline())):
            raise SystemExit(f"{db}: the server does not say where it is")
        port = int(said[1])
        while server.poll() is None:
            try:
                _ask(HTTPConnection("127.0.0.1", port, timeout=300), "/")
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()
