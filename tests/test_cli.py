"""The command line: what it prints and how it exits."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import BENCH, GOLDEN, ROOT, committed

from corpus_db import __version__
from corpus_db.cli import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five committed raw files, whatever else stands in data/raw."""
    folder = tmp_path_factory.mktemp("five")
    for path in committed():
        shutil.copyfile(path, folder / path.name)
    return folder


def test_load_and_load_again(five: Path, tmp_path: Path) -> None:
    first = run("load", five, "--db", tmp_path / "corpus.db", "--jobs", 1)
    assert first.exit_code == 0
    assert first.stdout.splitlines()[1:] == [
        "  files       5 loaded, 0 unchanged, 0 duplicate, 0 rejected",
        "  articles    5",
        "  outlets     3",
        "  authors     2",
        "  paragraphs  137",
        "  not stated  3 undated, 3 without outlet, 3 without author",
    ]
    assert first.stdout.startswith(f"Loaded {tmp_path / 'corpus.db'} from {five} in ")
    again = run("load", five, "--db", tmp_path / "corpus.db")
    assert "  files       0 loaded, 5 unchanged, 0 duplicate, 0 rejected" in again.stdout
    assert again.stdout.startswith("Updated ")
    assert again.exit_code == 0


def test_load_says_what_was_rejected(folder: Path, tmp_path: Path) -> None:
    found = run("load", folder, "--db", tmp_path / "corpus.db", "--jobs", 1)
    assert found.exit_code == 1
    assert "35 loaded, 0 unchanged, 1 duplicate, 1 rejected" in found.stdout
    assert found.stdout.endswith("Rejected files of the corpus:\n  picture.txt: not text: a picture\n")
    assert run("load", folder, "--db", tmp_path / "corpus.db").exit_code == 1


def test_only_the_first_rejects_are_listed(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(13):
        (tmp_path / "raw" / f"{number:02}.txt").write_bytes(b"GIF8" + bytes([number]))
    found = run("load", tmp_path / "raw", "--db", tmp_path / "corpus.db")
    lines = ["  09.txt: not text: a picture", "  … and 3 more: see the table raw_files"]
    assert found.stdout.splitlines()[-2:] == lines


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["load", "nix"], 2, "Error: nix: no such folder\n"),
        (["load", "--jobs", "0"], 2, "Invalid value for '--jobs'"),
        (["load", "--bogus"], 2, "No such option"),
        (["parse"], 2, "Missing argument 'PATH...'"),
        (["parse", "nix"], 2, "Error: nix: no such file or folder\n"),
        (["info", "--db", "nix.db"], 2, "Error: nix.db: no such database: make it with `corpus-db load`\n"),
        (["serve", "--db", "nix.db"], 2, "Error: nix.db: no such database: make it with `corpus-db load`\n"),
        (["bogus"], 2, "No such command"),
    ],
)
def test_mistakes_get_one_clear_line(arguments: list[str], code: int, message: str, tmp_path: Path) -> None:
    os.chdir(tmp_path)
    found = run(*arguments)
    os.chdir(ROOT)
    assert found.exit_code == code
    assert message in found.stderr
    assert "Traceback" not in found.output


def test_info(database: Path) -> None:
    lines = run("info", "--db", database).stdout.splitlines()
    assert lines[0] == str(database)
    assert "  raw files   35 loaded, 1 duplicate, 1 rejected" in lines
    assert "  languages   en 33, de 4, fr 1, ru 1" in lines
    assert any(line.startswith("  published   2009-03-12 to 20") for line in lines)


def test_parse_lists_every_block_with_its_role() -> None:
    found = run("parse", GOLDEN / "plain" / "blog.txt")
    assert found.exit_code == 0
    assert "blog.txt  (plain text, utf-8)" in found.stdout
    assert "  author          Ann Lee  [dateline 164–171]" in found.stdout
    assert "   1 paragraph    Every spring the government" in found.stdout
    assert "   3 paragraph    A footnote worth four bridges" in found.stdout
    assert all(len(line) <= 100 for line in found.stdout.splitlines())


def test_parse_json_is_one_object_a_line(folder: Path) -> None:
    found = run("parse", folder, "--json", "--jobs", 1)
    assert found.exit_code == 1
    records = [json.loads(line) for line in found.stdout.splitlines()]
    assert len(records) == 37
    assert records[-1]["path"] == "wire-again.txt"
    rejected = next(record for record in records if record["path"] == "picture.txt")
    assert (rejected["outcome"], rejected["problem"]) == ("rejected", "not text: a picture")
    article = next(record for record in records if record["path"] == "markdown/front_matter.md")["articles"][0]
    assert article["authors"] == ["Ann Lee", "Bo Ray"]
    assert article["tags"] == {"topic": ["courts", "water"], "section": ["Politics"]}
    assert set(article["blocks"][0]) == {"role", "start", "stop", "text"}


def test_parse_shows_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text("It rained \x1b[31mred\x1b[0m on Monday, said the clerk of the council.")
    assert "\x1b" not in run("parse", tmp_path).stdout


def test_version_and_module() -> None:
    assert run("--version").stdout == f"corpus-db, version {__version__}\n"
    found = subprocess.run([sys.executable, "-m", "corpus_db", "--help"], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("Usage: corpus-db [OPTIONS] COMMAND")


def test_progress_in_plain_lines(five: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.listing._EVERY", 0.0)
    found = run("load", five, "--db", tmp_path / "corpus.db", "--jobs", 1)
    assert found.stderr.splitlines()[-1].startswith("5 of 5 files, ")


def test_progress_as_a_bar_on_a_terminal(five: Path, tmp_path: Path) -> None:
    """In a terminal of its own: files, rate, time left."""
    if shutil.which("script") is None:
        pytest.skip("no `script` to make a terminal with: install util-linux")
    command = f"{sys.executable} -m corpus_db load {five} --db {tmp_path / 'corpus.db'} --jobs 1"
    found = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, text=True, check=True)
    assert "Loading" in found.stdout
    assert "5/5" in found.stdout
    assert "files/s" in found.stdout


def test_serve(database: Path) -> None:
    """The real server: a free port where 8001 is taken, the address printed, the home page there."""
    with socket.socket() as taken:
        with suppress(OSError):  # taken by somebody else: all the better
            taken.bind(("127.0.0.1", 8001))
            taken.listen()
        command = [sys.executable, "-u", "-m", "corpus_db", "serve", "--db", str(database)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            line = process.stdout.readline()
            address = line.split(" at ")[1].split(" ")[0]
            assert line == f"Serving {database} at {address} (stop with Ctrl-C)\n"
            assert address.startswith("http://127.0.0.1:")
            assert ":8001/" not in address
            assert "What this corpus holds" in fetch(address)
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be held on this system")
def test_serve_with_two_processes(database: Path) -> None:
    """Where one is busy the other answers; it does not outlive the one that started it, however that ends."""
    command = [sys.executable, "-u", "-m", "corpus_db", "serve", "--no-open", "--port", "0", "--processes", "2"]
    process = subprocess.Popen([*command, "--db", str(database)], stdout=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().split(" at ")[1].split(" ")[0]
        fetch(address)
        process.send_signal(signal.SIGSTOP)
        assert "What this corpus holds" in fetch(address)
    finally:
        process.kill()
        process.communicate(timeout=20)
    port = int(address.rstrip("/").rpartition(":")[2])
    for _ in range(300):
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                free.bind(("127.0.0.1", port))
                return
        time.sleep(0.1)
    raise AssertionError("the second process goes on")


def fetch(address: str) -> str:
    """What a server that is just starting answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")


def test_a_port_that_is_taken_is_a_clear_error(database: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        found = run("serve", "--db", database, "--port", port)
    assert found.exit_code == 2
    assert f"port {port} on 127.0.0.1: Address already in use: choose another --port" in found.stderr


def test_the_five_raw_files_are_read_without_a_mistake(five: Path, tmp_path: Path) -> None:
    """Scored by the scorer of the labelled pages: the role of every line, every fact, nothing invented."""
    gold = BENCH.parent / "gold" / "seeds"
    if not gold.is_dir():
        pytest.skip(f"no gold at {gold}: set CORPUS_DB_BENCH to where the labelled pages are")
    (tmp_path / "found.jsonl").write_text(run("parse", five, "--json").stdout, encoding="utf-8")
    score = [
        sys.executable,
        str(BENCH / "score.py"),
        "lines",
        str(tmp_path / "found.jsonl"),
        str(gold),
        str(five),
        "--json",
    ]
    figures = json.loads(subprocess.run(score, capture_output=True, text=True, check=True).stdout)
    assert figures["line_accuracy"] == figures["line_accuracy_macro"] == 1.0
    facts = {name: value for name, value in figures.items() if name.endswith(("_right", "_not_invented"))}
    assert len(facts) >= 11
    for name, value in facts.items():
        right, of = value.split("/")
        assert right == of, name
