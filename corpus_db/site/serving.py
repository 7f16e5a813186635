"""A corpus -> a running site. Its settings are here and nowhere else: read-only, local, nothing from outside."""

import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import DEFAULT_PLUGINS, pm

from corpus_db import site
from corpus_db.errors import UsageError
from corpus_db.reading import kept, opening
from corpus_db.site import door
from corpus_db.site.metadata import metadata

PROCESSES = 2  # that answer, where as many can work at once
NAME = "corpus"  # of the database in addresses, whatever its file is called
SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 5_000,
    "sql_time_limit_ms": 10_000,
    "facet_time_limit_ms": 2_000,
    "default_facet_size": 20,
    "suggest_facets": False,  # each page would try every column
    "allow_download": False,
    "max_csv_mb": 0,  # an export that stops in the middle is worse than none
    "truncate_cells_html": 600,
    "default_cache_ttl": 0,  # a load changes the corpus while it is served
}


def application(path: Path) -> Any:
    """The Datasette of a corpus, with our plugin and no other. Raises DatabaseError where there is no corpus."""
    opening.connect(path).close()
    _only_ours()
    # Where rich is installed beside us, Datasette 0.65 prints by it what led to a 404, and fails: nothing was raised.
    pm.get_plugin("datasette.handle_exception").rich = None
    datasette = Datasette([str(path)], metadata=metadata(NAME), settings=SETTINGS)
    datasette.remove_database(next(name for name, each in datasette.databases.items() if each.path))
    datasette.add_database(Database(datasette, str(path)), name=NAME)
    return datasette


def _only_ours() -> None:
    """Leave out plugins that happen to be installed beside us: they have not been tried with a corpus.

    Ours is registered anew: Datasette, imported from here, met it half imported.
    """
    for plugin in pm.get_plugins():
        if plugin.__name__ not in DEFAULT_PLUGINS:
            pm.unregister(plugin)
    pm.register(site, "corpus_db")


def free_port(host: str, wanted: int | None, default: int) -> int:
    """The wanted port; else the default, or any free one where that is taken. Raises UsageError where the wanted is."""
    for port in (wanted if wanted is not None else default, 0):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except socket.gaierror:
                raise UsageError(f"no address for the host {host!r}: see --host") from None
            except OSError as error:
                if wanted is not None:
                    raise UsageError(f"port {wanted} on {host}: {error.strerror}: choose another --port") from None
                continue
            return int(probe.getsockname()[1])
    raise UsageError(f"no free port on {host}")


class Server:
    """A corpus on its way to being served; making it finds out whether it can be."""

    def __init__(self, path: Path, host: str, port: int) -> None:
        self._asked = (path, host, port)
        self._path = path
        app = door.guarded(application(path).app(), host, port)
        self._server = uvicorn.Server(
            uvicorn.Config(  # h11: whatever else is installed, the sizes of requests are bounded
                app, host=host, port=port, log_level="warning", lifespan="on", http="h11", ws="none",
                proxy_headers=False, server_header=False,
            )
        )  # fmt: skip

    def run(self, processes: int | None = None) -> None:
        """Serve until interrupted; what pages keep is worked out beside the first of them.

        Several processes answer at one address, PROCESSES unless told: a page that counts for seconds keeps one of
        them busy, for Python works with one processor in each.
        """
        beside = (processes or min(PROCESSES, os.cpu_count() or 1)) - 1
        with closing(self._server.config.bind_socket()) as listening, _beside(beside, self._asked, listening):
            self._serve(listening)

    def serve_beside(self, listening: socket.socket) -> None:
        """Serve on a socket of the process that started this one, until that ends."""
        threading.Thread(target=self._end_with_parent, name="end", daemon=True).start()
        self._serve(listening)

    def _serve(self, listening: socket.socket) -> None:
        threading.Thread(target=self._prepare, name="prepare", daemon=True).start()
        with suppress(KeyboardInterrupt):
            self._server.run([listening])

    def _prepare(self) -> None:
        with closing(opening.connect(self._path)) as connection:
            kept.prepare(connection)

    def _end_with_parent(self) -> None:
        if parent := multiprocessing.parent_process():
            multiprocessing.connection.wait([parent.sentinel])
            self._server.should_exit = True


@contextmanager
def _beside(processes: int, asked: tuple[Path, str, int], listening: socket.socket) -> Iterator[None]:
    """So many more processes that serve the same; they end with this one, however it ends."""
    spawn = multiprocessing.get_context("spawn")
    started = [spawn.Process(target=_serve_beside, args=(*asked, listening), daemon=True) for _ in range(processes)]
    with _uninterrupted():
        for process in started:
            process.start()
    try:
        yield
    finally:
        for process in started:
            process.terminate()


def _serve_beside(path: Path, host: str, port: int, listening: socket.socket) -> None:
    Server(path, host, port).serve_beside(listening)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What is started within does not hear Ctrl-C, which ends the process that starts it, and that ends the others."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
