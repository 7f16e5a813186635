"""Who may ask the site and how: names, methods, pages of other sites, long addresses."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from corpus_db.cli import main
from corpus_db.errors import UsageError
from corpus_db.site import door, serving


async def hall(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001 — as every application
    """An application behind the door: it says that it was reached."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


def ask(app: Any, method: str = "GET", path: str = "/", **headers: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:8001"
        ) as client:
            return await client.request(
                method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("host", "port", "name", "status"),
    [
        ("127.0.0.1", 8001, "127.0.0.1:8001", 200),
        ("127.0.0.1", 8001, "localhost:8001", 200),
        ("127.0.0.1", 8001, "LOCALHOST:8001", 200),
        ("127.0.0.1", 8001, "[::1]:8001", 200),
        ("127.0.0.1", 8001, "127.0.0.1:8002", 421),
        ("127.0.0.1", 8001, "127.0.0.1", 421),
        ("127.0.0.1", 80, "127.0.0.1", 200),
        ("127.0.0.1", 8001, "rebound.example:8001", 421),
        ("127.0.0.1", 8001, "localhost.rebound.example:8001", 421),
        ("127.0.0.1", 8001, "localhost:8001@rebound.example", 421),
        ("127.0.0.1", 8001, "192.168.1.7:8001", 421),
        ("127.0.0.1", 8001, "", 421),
        ("Desk.lan", 8001, "desk.lan:8001", 200),
        ("desk.lan", 8001, "other.lan:8001", 421),
        ("fd00::7", 8001, "[fd00::7]:8001", 200),
        ("0.0.0.0", 8001, "192.168.1.7:8001", 200),
        ("0.0.0.0", 8001, "192.168.1.7:81", 421),
        ("0.0.0.0", 8001, "192.168.1.7", 421),
        ("0.0.0.0", 80, "192.168.1.7", 200),
        ("::", 8001, "[fd00::7]:8001", 200),
        ("0.0.0.0", 8001, "rebound.example:8001", 421),
        ("0.0.0.0", 8001, "192.168.1.7.rebound.example:8001", 421),
    ],
)
def test_only_known_names_are_answered(host: str, port: int, name: str, status: int) -> None:
    """A stranger's name that was made to lead to this machine is none of ours."""
    answer = ask(door.guarded(hall, host, port), host=name)
    assert answer.status_code == status
    assert (answer.text == "in") == (status == 200)


def test_one_name_is_asked_for() -> None:
    async def asked(names: list[bytes]) -> int:
        sent: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "raw_path": b"/", "query_string": b"", "headers": [(b"host", each) for each in names]}  # fmt: skip
        await door.guarded(hall, "127.0.0.1", 8001)(scope, None, send)
        return sent[0]["status"]

    assert asyncio.run(asked([b"localhost:8001"])) == 200
    assert asyncio.run(asked([])) == 400
    assert asyncio.run(asked([b"localhost:8001", b"rebound.example"])) == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec_fetch_site": "none", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, 200),
        ({"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}, 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}, 403),
        ({"sec_fetch_site": "same-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}, 403),
    ],
)
def test_other_sites_may_link_but_not_load(headers: dict[str, str], status: int) -> None:
    assert ask(door.guarded(hall, "127.0.0.1", 8001), **headers).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "NIX"])
def test_nothing_writes(method: str, database: Path) -> None:
    """Every address of ours and of Datasette refuses all that is not reading, before it reaches a page."""
    served = serving.application(database)
    app = door.guarded(served.app(), "127.0.0.1", 8001)
    for path in ("/", "/search", "/api/search", "/export", "/corpus", "/corpus/articles", "/corpus/mentions", "/-/messages", "/-/logout", "/-/permissions", "/sql.csv"):  # fmt: skip
        answer = ask(app, method, path)
        assert answer.status_code == 405, path
        assert answer.headers["allow"] == "GET, HEAD"
        assert "set-cookie" not in answer.headers


def test_long_addresses_are_refused() -> None:
    app = door.guarded(hall, "127.0.0.1", 8001)
    assert ask(app, path=f"/?q={'a' * 30_000}").status_code == 200
    assert ask(app, path=f"/?q={'a' * 40_000}").status_code == 414
    assert ask(app, path=f"/{'a' * 40_000}").status_code == 414


def test_refusals_have_the_security_headers_and_no_page() -> None:
    app = door.guarded(hall, "127.0.0.1", 8001)
    for answer in (ask(app, host="rebound.example"), ask(app, "POST"), ask(app, sec_fetch_site="cross-site")):
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers
    assert ask(app, "HEAD", host="rebound.example").content == b""


@pytest.mark.parametrize(("host", "local"), [
    ("127.0.0.1", True), ("127.1.2.3", True), ("localhost", True), ("::1", True),
    ("0.0.0.0", False), ("::", False), ("", False), ("192.0.2.1", False),
])  # fmt: skip
def test_what_other_machines_could_see_is_said(host: str, local: bool) -> None:
    said = door.exposure(host)
    assert (said is None) == local
    assert local or "every article and raw file" in said


def test_no_address() -> None:
    with pytest.raises(UsageError, match="no address for the host"):
        door.exposure("a..b")


def test_other_machines_are_let_in_on_purpose_only(database: Path) -> None:
    found = CliRunner().invoke(main, ["serve", "--db", str(database), "--host", "0.0.0.0"])
    assert found.exit_code == 2
    assert found.stderr.startswith("Error: --host 0.0.0.0 lets other machines in: ")
    assert found.stderr.endswith(": add --allow-remote to do so\n")
    assert found.stdout == ""
    command = [sys.executable, "-u", "-m", "corpus_db", "serve", "--no-open", "--port", "0", "--db", str(database)]
    command += ["--host", "0.0.0.0", "--allow-remote"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        local = address.replace("0.0.0.0", "127.0.0.1")
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport, timeout=60) as client:
            assert client.get(local).status_code == 200
            assert client.get(local, headers={"host": "rebound.example"}).status_code == 421
            assert "server" not in client.get(local).headers
        server.terminate()
        assert "Warning: --host 0.0.0.0 lets other machines in" in server.stderr.read()
