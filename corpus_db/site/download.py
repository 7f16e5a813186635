"""Bytes that a worker thread writes -> an answer that is sent while they grow.

The worker writes to a temporary file (where TMPDIR says) as fast as the disk takes it, and the answer follows: a slow
reader holds neither a worker nor the corpus, and memory holds a chunk. An answer is whole or broken: where the worker
fails after the start, the connection is closed before the end of the body, and the client reports a failed download.
"""

import asyncio
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO
from urllib.parse import quote

Send = Callable[[dict[str, Any]], Awaitable[None]]

_CHUNK = 1 << 18  # bytes
_WORKERS = ThreadPoolExecutor(2, thread_name_prefix="export")  # of their own: pages don't wait for exports


def slug(text: str) -> str:
    """The words of a text as a part of the name of a file, in letters of any script: 'climate-policy-outlet-nix'."""
    return re.sub(r"[\W_]+", "-", text).strip("-")[:60].strip("-").lower()


def attachment(name: str, media_type: str) -> dict[str, str]:
    """The headers of an answer that a browser saves: its name in letters that every client knows, and in its own."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"-{2,}", "-", plain).replace("-.", ".")
    own = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return {"content-type": media_type, "content-disposition": f'attachment; filename="{plain}"{own}'}


class UnwantedError(Exception):
    """The reader has gone away: raised in the worker, to end it."""


class Growing(io.RawIOBase):
    """A temporary file that one thread writes while another one reads what is there."""

    def __init__(self, file: BinaryIO, told: Callable[[], object]) -> None:
        """`told` is called in the thread of the writer whenever there is more."""
        super().__init__()
        self._file, self._told = file, told
        self.size = 0
        self.unwanted = False

    def writable(self) -> bool:
        """Whether it can be written to."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer of bytes
        """Add bytes. Raises UnwantedError where nobody waits for them."""
        if self.unwanted:
            raise UnwantedError
        self._file.write(data)
        self._file.flush()
        self.size += len(data)
        self._told()
        return len(data)

    def read_at(self, position: int) -> bytes:
        """Some of the bytes that are there, from a position on."""
        return os.pread(self._file.fileno(), min(_CHUNK, self.size - position), position)


class Download:
    """An answer that `write` makes, in a thread of its own."""

    def __init__(self, receive: Any, write: Callable[[Growing], None], headers: dict[str, str], *, early: bool) -> None:
        """`early` starts to send before all is written; else the length is known, and a failure is an error page."""
        self._receive, self._write, self._headers, self._early = receive, write, headers, early

    async def asgi_send(self, send: Send) -> None:
        """Send what is written. Stops the writer where the reader goes away or the server stops."""
        loop, news = asyncio.get_running_loop(), asyncio.Event()
        with tempfile.TemporaryFile() as file:
            growing = Growing(file, lambda: loop.call_soon_threadsafe(news.set))
            work = loop.run_in_executor(_WORKERS, self._write, growing)
            gone = asyncio.ensure_future(self._gone())
            for each in (work, gone):
                each.add_done_callback(lambda _: news.set())
            try:
                await self._follow(send, growing, work, gone, news)
            finally:
                growing.unwanted = True
                gone.cancel()
                await asyncio.wait({work})
                work.exception()  # seen: what it raised was raised by `_follow`, or nobody waits for it

    async def _follow(
        self, send: Send, growing: Growing, work: asyncio.Future[None], gone: asyncio.Future[None], news: asyncio.Event
    ) -> None:
        while not (work.done() or (self._early and growing.size)):
            await news.wait()
            news.clear()
            if gone.done():
                return
        headers = dict(self._headers)
        if work.done():
            work.result()
            headers["content-length"] = str(growing.size)
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        sent = 0
        while True:
            done = work.done()
            while sent < growing.size and not gone.done():
                chunk = await asyncio.to_thread(growing.read_at, sent)
                sent += len(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            if done or gone.done():
                break
            await news.wait()
            news.clear()
        if not gone.done():
            work.result()
            await send({"type": "http.response.body", "body": b""})

    async def _gone(self) -> None:
        """Return when the reader has gone away."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
