"""Exports by the command line and the site: the same bytes, and what breaks off is seen to be broken."""

import asyncio
import json
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from exports import FORMATS, exported

from corpus_db.cli import main
from corpus_db.reading import export
from corpus_db.reading.export import manifest
from corpus_db.reading.export.request import Sink
from corpus_db.site import serving
from corpus_db.site.download import UnwantedError


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def site(database: Path) -> Any:
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return datasette


def get(site: Any, path: str) -> httpx.Response:
    return asyncio.run(site.client.get(path))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_bytes_from_python_the_command_line_and_the_site(
    name: str, site: Any, database: Path, connection: sqlite3.Connection, tmp_path: Path
) -> None:
    typed = "the lang:en"
    out = tmp_path / f"out{export.FORMATS[name].suffix}"
    data, made = exported(connection, typed, format=name)
    found = run("export", typed, "--out", out, "--db", database)
    assert found.exit_code == 0
    assert (
        f"Wrote {made.tally.rows:,} {made.request.unit} to {out}: {len(data):,} bytes, SHA-256 {made.sha256}."
        in found.stdout
    )
    assert out.read_bytes() == data
    answer = get(site, f"/export?q=the+lang:en&format={name}")
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-type"] == export.FORMATS[name].media_type
    assert (
        f'attachment; filename="corpus-the-lang-en-{made.request.unit}{out.suffix}"'
        in answer.headers["content-disposition"]
    )
    said = get(site, f"/export/manifest?q=the+lang:en&format={name}").json()
    beside = json.loads(manifest.beside(out).read_text(encoding="utf-8"))
    for each in (said, beside):
        each.pop("created")
    assert said == beside
    assert said["sha256"] == made.sha256
    assert run("check", out).stdout == f"{out}: whole\n"


def test_the_standard_output(database: Path, connection: sqlite3.Connection) -> None:
    found = run("export", "water", "--db", database, "--columns", "article, text", "--unit", "articles")
    assert found.stdout_bytes == exported(connection, "water", unit="articles", columns=["article", "text"])[0]
    assert found.stderr.startswith("Wrote ")
    assert run("export", "outlet:zyzzyva", "--db", database).stderr.startswith(
        "No outlet of this corpus is called zyzzyva."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xlsx"], "Error: xlsx: not for the standard output: name a file with --out\n"),
        (["--out", "nix/x.csv"], "Error: nix/x.csv: No such file or directory: choose another --out\n"),
        (["--out", "x.doc"], "Error: x.doc: no format has the suffix '.doc' (.csv, .jsonl,"),
        (["--columns", "colour"], "Error: no column 'colour' of paragraphs: choose from"),
        (["--db", "nix.db"], "Error: nix.db: no such database"),
    ],
)
def test_mistakes_get_one_line(
    arguments: list[str], message: str, database: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    found = run("export", "--db", database, *arguments)
    assert found.exit_code == 2
    assert found.stderr.startswith(message)
    assert found.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_check_says_what_is_not_whole(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    run("export", "--out", out, "--db", database)
    with out.open("ab") as file:
        file.write(b"{}\n")
    found = run("check", out)
    assert found.exit_code == 1
    assert found.stdout.startswith(f"{out}: not whole: bytes ")
    assert run("check", tmp_path / "nix").exit_code == 2


def test_the_page_counts_and_offers(site: Any) -> None:
    text = get(site, "/export?q=water").text
    paragraphs, articles = re.search(
        r"<strong>(\d+) paragraphs?</strong> in <strong>(\d+) articles?</strong>", text
    ).groups()
    assert f"Download {paragraphs} paragraph" in text
    for name, each in export.FORMATS.items():
        mark = f'name="format" value="{name}"' if each.table else f"/export?q=water&amp;format={name}"
        assert mark in text
    checked = re.findall(r'name="columns" value="(\w+)" checked', text)
    assert checked == list(export.ask(_Empty(), "").columns)
    assert f"Download {articles} article" in get(site, "/export?q=water&unit=articles").text
    assert "Interpreted as <code>outlet:Nix</code>" in get(site, "/export?q=outlet:Nix").text


class _Empty(sqlite3.Connection):
    def __init__(self) -> None:
        super().__init__(":memory:")


def test_the_form_gives_what_its_columns_say(site: Any) -> None:
    answer = get(site, "/export?q=water&unit=articles&format=csv&bom=1&columns=article&columns=headline,outlet")
    assert answer.content.startswith(b'\xef\xbb\xbf"article","headline","outlet"\r\n')
    assert get(site, "/export?q=water&format=jsonl&bom=1").status_code == 200


def test_what_is_typed_is_text_and_downloads_are_not_pages(site: Any) -> None:
    text = get(site, "/export?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E+outlet:%22%3Cb%3E%22").text
    assert "<script>alert" not in text
    assert "<b>" not in text
    assert "There is nothing to export." in text
    for name in FORMATS:
        headers = get(site, f"/export?q=water&format={name}").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-disposition"].startswith("attachment; ")
        assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["format=doc", "unit=x", "format=csv&columns=colour", "format=tei&unit=paragraphs"])
def test_addresses_that_do_not_fit(site: Any, path: str) -> None:
    answer = get(site, f"/export?{path}")
    assert answer.status_code == 400
    assert "That did not work" in answer.text


def test_names_of_files_in_every_script(site: Any) -> None:
    header = get(site, "/export?q=%D0%B2%D0%BE%D0%B4%D0%B0+%C3%A9lection+%22;%0d%0ax&format=csv").headers[
        "content-disposition"
    ]
    assert header == (
        'attachment; filename="corpus-election-x-paragraphs.csv"; '
        "filename*=UTF-8''corpus-%D0%B2%D0%BE%D0%B4%D0%B0-%C3%A9lection-x-paragraphs.csv"
    )


# Downloads that go wrong, with a real server


@pytest.fixture
def address(database: Path) -> Iterator[str]:
    port = serving.free_port("127.0.0.1", None, 0)
    server = serving.Server(database, "127.0.0.1", port)._server
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive()


def replace(monkeypatch: pytest.MonkeyPatch, name: str, write: Any) -> None:
    monkeypatch.setitem(export.FORMATS, name, export.FORMATS[name]._replace(write=write))


def test_a_download_that_breaks_off_is_seen_by_the_client(
    address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def breaks(_connection: sqlite3.Connection, _request: Any, sink: Sink) -> None:
        sink.write(b"half a file" * 100_000)
        time.sleep(0.3)  # sent by now
        raise MemoryError("while the file is written")

    replace(monkeypatch, "csv", breaks)
    received: list[bytes] = []
    with httpx.stream("GET", f"{address}/export?format=csv") as answer:
        assert answer.status_code == 200
        assert "content-length" not in answer.headers
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            received.extend(answer.iter_bytes())
    assert b"".join(received).startswith(b"half a file")
    assert "while the file is written" in capfd.readouterr().err
    replace(monkeypatch, "parquet", breaks)
    assert httpx.get(f"{address}/export?format=parquet").status_code == 500
    assert httpx.get(f"{address}/").status_code == 200


def test_an_export_does_not_hold_up_pages_and_ends_with_its_reader(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def endless(_connection: sqlite3.Connection, _request: Any, sink: Sink) -> None:
        try:
            while True:
                sink.write(b"x" * 100_000)
                time.sleep(0.01)
        except UnwantedError:
            ended.set()
            raise

    replace(monkeypatch, "csv", endless)
    with httpx.stream("GET", f"{address}/export?format=csv") as answer:
        chunks = answer.iter_bytes()
        assert next(chunks)
        started = time.monotonic()
        assert httpx.get(f"{address}/").status_code == 200
        assert time.monotonic() - started < 5
        assert next(chunks)
        assert not ended.is_set()
    assert ended.wait(10)
