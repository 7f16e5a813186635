"""A real browser and a real server, for the tests that need them."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

CHROMIUM = next(
    filter(
        None,
        map(
            shutil.which,
            ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        ),
    ),
    None,
)
if CHROMIUM is None:
    assert "CI" not in os.environ, "no Chromium: the script that runs the tests has to install it"
    pytest.skip("no Chromium: install it to test the pages in a browser", allow_module_level=True)

from playwright.sync_api import Browser, sync_playwright  # noqa: E402 — not needed where there is no browser

OURS = (
    "home", "results", "few results", "nothing found", "article", "hit", "raw file", "outlets", "outlet", "authors",
    "author", "tags", "quality", "trends", "trends by outlet", "concordance", "compare", "collocates", "export",
    "schema", "API", "missing",
)  # fmt: skip
ALL = (*OURS, "table", "question", "SQL")


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of a corpus, served as its users serve it, but by one process: a test asks for one page at a time."""
    command = [sys.executable, "-u", "-m", "corpus_db", "serve", "--no-open", "--processes", "1", "--port", "0"]
    command += ["--db", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            address = re.search(r"http://\S+", server.stdout.readline())[0].rstrip("/")
            answers(address)
            yield address
        finally:
            server.terminate()


def answers(address: str) -> None:
    """Wait until a server takes connections: it says its address before."""
    host, port = address.removeprefix("http://").split(":")
    for _ in range(300):
        with suppress(ConnectionRefusedError), socket.create_connection((host, int(port)), timeout=5):
            return
        time.sleep(0.1)


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
