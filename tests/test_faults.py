"""Kills, full disks, locks, files that change: the real program is broken off, and the corpus is the old or the new one.

A dozen kills in every run; 200 where CORPUS_DB_ALL is set. The figures stand in RELIABILITY.md.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from places import GOLDEN

from corpus_db import corpus
from corpus_db.cli import main
from corpus_db.loading import cost, engines, raw
from corpus_db.reading.identity import identity
from corpus_db.verifying import proof

KILLS = 200 if "CORPUS_DB_ALL" in os.environ else 12
FILES = 30  # small raw files


class State(NamedTuple):
    """A raw folder, a corpus of it, and the hash of what that says."""

    raw: Path
    db: Path
    hash: str


class Place:
    """A folder with `raw`, which is one of two states at a time, and `corpus.db`."""

    def __init__(self, root: Path, old: State, new: State) -> None:
        self.root, self.old, self.new = root, old, new
        self.raw, self.db = root / "raw", root / "corpus.db"

    def show(self, state: State) -> None:
        """Let the raw folder be that of a state."""
        self.raw.unlink(missing_ok=True)
        self.raw.symlink_to(state.raw)

    def start(self, kind: str) -> None:
        """The old corpus, or none for a fresh load; the new raw files."""
        for path in self.root.glob("corpus.db*"):
            path.unlink()
        if kind != "fresh":
            shutil.copyfile(self.old.db, self.db)
        self.show(self.new)

    def command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "corpus_db", "load", str(self.raw), "--db", str(self.db), *options]

    def check(self) -> str:
        """Whether the corpus is the 'old' or the 'new' one, or 'none'; that it is whole; that a load completes it."""
        found = "none"
        if self.db.exists():
            with corpus.open_corpus(self.db) as connection:
                found = {self.old.hash: "old", self.new.hash: "new"}[identity(connection)]
            self.show(self.old if found == "old" else self.new)
            assert list(proof.verify(self.db, jobs=1)) == []
            self.show(self.new)
        corpus.load(self.raw, self.db, jobs=1)
        assert list(proof.verify(self.db, jobs=1)) == []
        with corpus.open_corpus(self.db) as connection:
            assert identity(connection) == self.new.hash
        assert [path.name for path in self.root.glob("corpus.db*")] == ["corpus.db"]
        return found


def article(chance: random.Random, number: int) -> str:
    words = "council water clocks bridge vote river minister report market school harbour winter law".split()
    body = "\n\n".join(" ".join(chance.choices(words, k=30)).capitalize() + "." for _ in range(chance.randint(2, 5)))
    return (
        f"A headline of the day number {number}\n\nBy Ann Lee and Bo Ray\n\nMarch {number % 28 + 1}, 2024\n\n{body}\n"
    )


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[State, State]:
    """Two states of a raw folder: between them files came, changed and went."""
    chance = random.Random(6)
    place = tmp_path_factory.mktemp("states")
    for name in ("old", "new"):
        (place / name / "raw").mkdir(parents=True)
    for number in range(FILES):
        text = article(chance, number)
        if chance.random() < 0.85:
            (place / "old" / "raw" / f"{number:03}.txt").write_text(text)
        if chance.random() < 0.85:
            changed = article(chance, number) if chance.random() < 0.4 else text
            (place / "new" / "raw" / f"{number:03}.txt").write_text(changed)
    for sample in sorted((GOLDEN / "plain").glob("*.txt")):
        shutil.copyfile(sample, place / "new" / "raw" / sample.name)
    found = []
    for name in ("old", "new"):
        raw_folder, db = place / name / "raw", place / name / "corpus.db"
        corpus.load(raw_folder, db, jobs=1)
        with corpus.open_corpus(db) as connection:
            found.append(State(raw_folder, db, identity(connection)))
    return found[0], found[1]


@pytest.fixture
def place(states: tuple[State, State], tmp_path: Path) -> Place:
    (tmp_path / "place").mkdir()
    return Place(tmp_path / "place", *states)


def options(kind: str, jobs: int = 1) -> list[str]:
    return ["--jobs", str(jobs), *(["--rebuild"] if kind == "rebuild" else [])]


def awaited(process: subprocess.Popen, path: Path) -> None:
    """Wait until a file is there, or the process has ended."""
    while process.poll() is None and not path.exists():
        time.sleep(0.001)


def test_killed_loads(place: Place, record_property: Callable[[str, object], None]) -> None:
    """Fresh, incremental and rebuild loads, in one process and two, killed at random moments of their work."""
    chance = random.Random(os.environ.get("CORPUS_DB_SEED", "6"))
    seen: Counter[tuple[str, str]] = Counter()
    for step in range(KILLS):
        kind = ("fresh", "incremental", "rebuild")[step % 3]
        place.start(kind)
        process = forked(place.command(*options(kind, jobs=2 if step % 4 == 0 else 1))[3:])
        # From its beginning, or from the first change to the corpus on; within its work, or soon after.
        mark = chance.choice(["corpus.db.lock", "corpus.db-journal" if kind == "incremental" else "corpus.db.loading"])
        while process.is_alive() and not (place.root / mark).exists():
            time.sleep(0.0005)
        time.sleep(chance.choice([chance.uniform(0, 2.0), chance.uniform(0, 0.2), chance.uniform(0, 0.01)]))
        children = offspring(process.pid)
        process.kill()
        process.join()
        kind = kind if process.exitcode == -signal.SIGKILL else "ended before"
        seen[kind, place.check()] += 1
        assert gone(children), "a killed load left a process behind"
    record_property("kills", f"{KILLS}: {dict(sorted(seen.items()))}")
    if record := os.environ.get("CORPUS_DB_RECORD"):
        Path(record).write_text(f"{dict(sorted(seen.items()))}\n")
    assert {found for _, found in seen} >= {"none", "old"}


def forked(
    arguments: list[str], said: int = subprocess.DEVNULL, before: Callable[[], object] = lambda: None
) -> multiprocessing.Process:
    """The program as a process of its own, without the seconds that it takes to import.

    `said` is the file, open for writing, that gets what it says of errors; `before` is called in the process.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("the system has no fork")

    def program() -> None:
        engines._CHUNK = 4  # so that two processes are worth while for few files
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing if said == subprocess.DEVNULL else said, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        before()
        try:
            main(arguments)
        except SystemExit as end:
            sys.stderr.flush()
            os._exit(int(end.code or 0))  # what measures coverage would make 1 of any other way

    process = multiprocessing.get_context("fork").Process(target=program)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks where there are threads
        process.start()
    return process


def offspring(pid: int) -> list[int]:
    """The processes that a process has started; none where the system does not say."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def gone(pids: list[int]) -> bool:
    """Whether processes end within some seconds."""
    for _ in range(200):
        pids = [
            pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        if not pids:
            return True
        time.sleep(0.05)
    return False


def test_a_journal_is_not_undone_in_another_corpus(place: Place) -> None:
    """A change that was killed while it wrote leaves a journal; a rebuild must not put a new corpus beside it."""
    place.start("incremental")
    script = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("pragma cache_size = 1")
connection.execute("begin immediate")
connection.execute("update paragraphs set text = 'half a change ' || text")
connection.execute("update furniture set text = 'half a change ' || text")
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", script, str(place.db)], check=False)
    assert place.db.with_name("corpus.db-journal").stat().st_size > 512
    subprocess.run(place.command("--rebuild", "--jobs", "1"), check=True, stdout=subprocess.DEVNULL)
    assert place.check() == "new"


@pytest.mark.parametrize("kind", ["fresh", "incremental", "rebuild"])
def test_two_loads_at_once(place: Place, kind: str) -> None:
    """One does the work; the other does nothing, or says in one line that it is not its turn."""
    place.start(kind)
    both = [
        subprocess.Popen(
            place.command(*options(kind)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=300)[1] for process in both]
    codes = [process.returncode for process in both]
    assert 0 in codes
    for code, line in zip(codes, said, strict=True):
        assert code == 0 or line == f"Error: {place.db}: another load is at work on it: wait until it has finished\n"
    assert place.check() == "new"


def failed(done: subprocess.CompletedProcess) -> str:
    """The one line that a load says where it fails."""
    said = [line for line in done.stderr.splitlines() if " files/s, " not in line]
    assert done.returncode == 2, done.stderr
    assert len(said) == 1
    assert said[0].startswith("Error: ")
    return said[0]


def run(place: Place, *arguments: str, before: Callable[[], object] = lambda: None) -> subprocess.CompletedProcess:
    with tempfile.TemporaryFile("w+") as said:
        process = forked(place.command(*arguments)[3:], said.fileno(), before)
        process.join()
        said.seek(0)
        return subprocess.CompletedProcess(arguments, process.exitcode, "", said.read())


@pytest.mark.parametrize("kind", ["fresh", "incremental", "rebuild"])
@pytest.mark.parametrize("kilobytes", [8, 300])
def test_files_that_may_not_grow(place: Place, kind: str, kilobytes: int) -> None:
    resource = pytest.importorskip("resource", reason="no limits on this system")
    place.start(kind)
    limits = (kilobytes * 1024, kilobytes * 1024)
    done = run(place, *options(kind), before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits))
    assert str(place.db) in failed(done)
    assert place.check() == ("none" if kind == "fresh" else "old")


@contextmanager
def disk(path: Path, kilobytes: int) -> Iterator[None]:
    """A disk of its own at `path`; skips the test where nobody may make one."""
    path.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(path)], capture_output=True, check=False
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("no disk of its own without the rights to mount one")
    try:
        yield
    finally:
        subprocess.run(["umount", str(path)], check=True)


@pytest.mark.parametrize("kind", ["fresh", "incremental", "rebuild"])
@pytest.mark.parametrize("free", [16, 100, 400])
def test_a_full_disk(states: tuple[State, State], tmp_path: Path, kind: str, free: int) -> None:
    with disk(tmp_path / "disk", 16_000):
        place = Place(tmp_path / "disk", *states)
        place.start(kind)
        room = shutil.disk_usage(place.root).free - free * 1024
        (place.root / "ballast").write_bytes(bytes(room))
        assert str(place.db) in failed(run(place, *options(kind)))
        (place.root / "ballast").unlink()
        assert place.check() == ("none" if kind == "fresh" else "old")


@pytest.mark.parametrize("kind", ["fresh", "incremental", "rebuild"])
def test_a_folder_that_is_read_only(states: tuple[State, State], tmp_path: Path, kind: str) -> None:
    with disk(tmp_path / "disk", 16_000):
        place = Place(tmp_path / "disk", *states)
        place.start(kind)
        subprocess.run(["mount", "-o", "remount,ro", str(place.root)], check=True)
        assert str(place.db) in failed(run(place, *options(kind)))
        if kind != "fresh":  # it can be read all the same
            with corpus.open_corpus(place.db) as connection:
                assert identity(connection) == place.old.hash
        subprocess.run(["mount", "-o", "remount,rw", str(place.root)], check=True)
        assert place.check() == ("none" if kind == "fresh" else "old")


@pytest.mark.parametrize("kind", ["incremental", "rebuild"])
def test_another_program_writes(place: Place, kind: str) -> None:
    """A load waits for it some seconds, then says so."""
    place.start(kind)
    with closing(sqlite3.connect(place.db, isolation_level=None)) as other:
        other.execute("begin immediate")
        said = failed(run(place, *options(kind)))
        assert said == f"Error: {place.db}: another program is writing to it: wait until it has finished"
        other.execute("rollback")
    assert place.check() == "old"


def test_another_program_that_ends_soon_is_waited_for(place: Place) -> None:
    place.start("incremental")
    with closing(sqlite3.connect(place.db, isolation_level=None)) as other:
        other.execute("begin immediate")
        process = subprocess.Popen(place.command(*options("incremental")), stdout=subprocess.DEVNULL)
        awaited(process, place.root / "corpus.db.lock")
        time.sleep(1)
        assert process.poll() is None
        other.execute("rollback")
    assert process.wait(timeout=300) == 0
    assert place.check() == "new"


def test_a_reader_sees_the_old_corpus_or_the_new_one(place: Place) -> None:
    for kind in ("incremental", "rebuild"):
        place.start(kind)
        process = subprocess.Popen(place.command(*options(kind)), stdout=subprocess.DEVNULL)
        seen = set()
        while process.poll() is None:
            with corpus.open_corpus(place.db) as connection:
                seen.add(identity(connection))
        assert process.returncode == 0
        assert seen <= {place.old.hash, place.new.hash}
        assert place.check() == "new"


@pytest.fixture
def alone(states: tuple[State, State], tmp_path: Path) -> Path:
    """A raw folder of its own, to change while it is read."""
    shutil.copytree(states[1].raw, tmp_path / "raw")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (Path.unlink, "unreadable: No such file or directory"),
        (lambda path: path.write_text(path.read_text() + "\nOne more line of it.\n"), "changed while it was loaded: load again"),
        (lambda path: path.write_bytes(b""), "changed while it was loaded: load again"),
        (lambda path: (path.unlink(), path.mkdir()), "unreadable: not a regular file"),
        (lambda path: (path.unlink(), path.symlink_to("/etc/hostname")), "changed while it was loaded: load again"),
        (lambda path: (path.unlink(), os.mkfifo(path)), "unreadable: not a regular file"),
    ],
)  # fmt: skip
def test_a_file_that_changes_before_it_is_read(
    alone: Path, change: Callable[[Path], object], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its bytes were hashed: it is a reject with the reason, and the next load takes it as it is then."""
    read = raw.read

    def changing(root: Path, path: str) -> object:
        if path == "blog.txt":
            change(root / path)
        return read(root, path)

    monkeypatch.setattr("corpus_db.loading.raw.read", changing)
    loaded = corpus.load(alone / "raw", alone / "corpus.db", jobs=1)
    assert [(reject.path, reject.problem) for reject in loaded.rejects] == [("blog.txt", problem)]
    monkeypatch.undo()
    corpus.load(alone / "raw", alone / "corpus.db", jobs=1)
    assert list(proof.verify(alone / "corpus.db", jobs=1)) == []


def test_files_that_come_and_go_while_they_are_read(alone: Path, states: tuple[State, State]) -> None:
    """The real program, in a folder that is never still: every load ends well, the last one with all there is."""
    chance = random.Random(7)
    names = sorted(path.name for path in states[1].raw.iterdir())
    for _ in range(3):
        command = [sys.executable, "-m", "corpus_db", "load", str(alone / "raw"), "--db", str(alone / "corpus.db")]
        process = subprocess.Popen(
            [*command, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        while process.poll() is None:
            path = alone / "raw" / chance.choice(names)
            chance.choice([
                lambda path=path: path.unlink(missing_ok=True),
                lambda path=path: path.write_text(article(chance, 1)),
                lambda path=path: shutil.copyfile(states[1].raw / path.name, path),
            ])()  # fmt: skip
            time.sleep(0.002)
        assert "Traceback" not in process.communicate()[1]
        assert process.returncode in (0, 1)
    corpus.load(alone / "raw", alone / "corpus.db", jobs=1)
    assert list(proof.verify(alone / "corpus.db", jobs=1)) == []


def test_a_worker_that_is_killed(place: Place, tmp_path: Path) -> None:
    """By the system, say, for want of memory, as it starts or later: its work is done again, the load goes on."""
    if not Path("/proc/self/task").exists():
        pytest.skip("the system does not say which processes there are")
    chance = random.Random(os.environ.get("CORPUS_DB_SEED", "6"))
    for kind, longest in [("fresh", 0.0)] + [(kind, 1.5) for kind in ("fresh", "incremental", "rebuild")] * (
        KILLS // 20
    ):
        place.start(kind)
        process = subprocess.Popen(
            place.command(*options(kind, jobs=2)),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=patched(tmp_path / "site", SMALL_CHUNKS),
        )  # fmt: skip
        awaited(process, place.root / ("corpus.db.lock" if kind == "incremental" else "corpus.db.loading"))
        while not (workers := spawned(process.pid)):
            assert process.poll() is None, "no worker was killed"
            time.sleep(0.01)
        time.sleep(longest * chance.random())
        with suppress(ProcessLookupError):
            os.kill(chance.choice(workers), signal.SIGKILL)
        try:
            said = process.communicate(timeout=120)[1]
        finally:
            process.kill()
        assert "Error" not in said
        assert process.returncode == 0, said
        assert place.check() == "new"


def spawned(pid: int) -> list[int]:
    """The worker processes of a load."""
    found = []
    for child in offspring(pid):
        with suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


def patched(folder: Path, code: str) -> dict[str, str]:
    """An environment in which every process of the program runs some lines first."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(code)
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


SMALL_CHUNKS = """
from corpus_db.loading import engines
engines._CHUNK = 4
"""
DEADLY = f"""{SMALL_CHUNKS}
import os, signal
from corpus_db.loading import pipeline
parse = pipeline.parse
def deadly(root, path, stated=()):
    if path in ("blog.txt", "wire.txt"):
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(root, path, stated)
pipeline.parse = deadly
"""


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder of a few raw files."""
    (tmp_path / "raw").mkdir()
    for name in ("blog.txt", "mail.txt", "opinion.txt", "russian.txt", "wire.txt"):
        shutil.copyfile(GOLDEN / "plain" / name, tmp_path / "raw" / name)
    return tmp_path


def killed(few: Path, deadly: str) -> subprocess.CompletedProcess:
    """A load of them in two processes that some files kill."""
    command = [
        sys.executable,
        "-m",
        "corpus_db",
        "load",
        str(few / "raw"),
        "--db",
        str(few / "corpus.db"),
        "--jobs",
        "2",
    ]
    env = patched(few / "site", deadly.replace("_CHUNK = 4", "_CHUNK = 2"))
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def test_a_file_that_kills_whoever_reads_it(few: Path) -> None:
    """It is a reject with the reason; the others are loaded; the next load tries it again."""
    done = killed(few, DEADLY.replace(', "wire.txt"', ","))
    assert done.returncode == 1, done.stderr
    assert "4 loaded, 0 unchanged, 0 duplicate, 1 rejected" in done.stdout
    assert "  blog.txt: its reading was killed twice, perhaps for want of memory: load again\n" in done.stdout
    assert corpus.load(few / "raw", few / "corpus.db", jobs=1).outcomes == {"loaded": 1, "unchanged": 4, "vanished": 0}
    assert list(proof.verify(few / "corpus.db", jobs=1)) == []


def test_workers_that_are_always_killed(few: Path) -> None:
    done = killed(
        few,
        DEADLY.replace('path in ("blog.txt", "wire.txt")', "True").replace(
            "_CHUNK = 4", "_CHUNK = 2\nengines.workers._LOST = 1"
        ),
    )
    assert failed(done).startswith("Error: worker processes are killed again and again")
    assert not (few / "corpus.db").exists()


BACKWARDS = """
import itertools, time
steps = itertools.count()
time.time = lambda: 4e9 - 86400.0 * next(steps)
time.time_ns = lambda: int(time.time() * 1e9)
"""


def test_a_clock_that_goes_backwards(place: Place, tmp_path: Path) -> None:
    """Neither the clock nor the dates of the files say what has changed: their bytes do."""
    place.start("incremental")
    shutil.copytree(place.new.raw, tmp_path / "raw")
    place.raw.unlink()
    place.raw.symlink_to(tmp_path / "raw")
    for number, path in enumerate(sorted((tmp_path / "raw").iterdir())):
        os.utime(path, ((0, 0), (4e9, 4e9), (1, 1e9))[number % 3])
    environment = patched(tmp_path / "site", BACKWARDS)
    command = place.command(*options("incremental"))
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert place.check() == "new"


def test_a_file_of_too_many_bytes(alone: Path) -> None:
    with (alone / "raw" / "huge.txt").open("wb") as file:
        file.truncate(raw.MAX_BYTES + 1)
    (reject,) = corpus.load(alone / "raw", alone / "corpus.db", jobs=1).rejects
    assert reject.problem == "larger than 64 MiB: split it into one file an article"


def test_a_file_of_too_many_blocks(alone: Path) -> None:
    (alone / "raw" / "long.txt").write_text("It rained on that day.\n\n" * (cost.MAX_BLOCKS + 1))
    (reject,) = corpus.load(alone / "raw", alone / "corpus.db", jobs=1).rejects
    assert reject.problem == "more than 50,000 blocks of text: split it into one file an article"
    assert corpus.load(alone / "raw", alone / "corpus.db", jobs=1).outcomes["unchanged"] == len(
        list((alone / "raw").iterdir())
    )
    assert list(proof.verify(alone / "corpus.db", jobs=1)) == []


def test_a_file_that_takes_too_long(alone: Path, tmp_path: Path) -> None:
    """Seconds of the processor: the real program with another limit, whose other files are loaded."""
    text = "\n\n".join(f"Ann Lee and Bo Ray met in Orlo on day {day}, and it rained. " * 5 for day in range(49_000))
    (alone / "raw" / "long.txt").write_text(text)
    command = [sys.executable, "-m", "corpus_db", "load", str(alone / "raw"), "--db", str(alone / "corpus.db")]
    limit = "from corpus_db.loading import engines\nengines.SECONDS = 3.0\n"
    done = subprocess.run(
        [*command, "--jobs", "1"], capture_output=True, text=True, check=False, env=patched(tmp_path / "site", limit)
    )  # fmt: skip
    assert "long.txt: takes more than 3 seconds to read: split it into one file an article\n" in done.stdout
    assert " 1 rejected\n" in done.stdout
    assert list(proof.verify(alone / "corpus.db", jobs=1)) == []


def test_a_file_that_takes_too_much_memory(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses memory, the file is rejected and the load goes on."""
    parse = engines.pipeline.parse

    def greedy(root: Path, path: str, stated: tuple = ()) -> object:
        return bytearray(1 << 62) if path == "blog.txt" else parse(root, path, stated)

    monkeypatch.setattr("corpus_db.loading.pipeline.parse", greedy)
    (reject,) = corpus.load(alone / "raw", alone / "corpus.db", jobs=1).rejects
    assert reject.problem == "takes more memory to read than there is: split it into one file an article"
    assert list(proof.verify(alone / "corpus.db", jobs=1)) == []


def test_a_damaged_corpus_is_built_anew_on_request(place: Place) -> None:
    place.start("incremental")
    data = bytearray(place.db.read_bytes())
    data[8192:] = bytes(len(data) - 8192)
    place.db.write_bytes(data)
    assert "malformed" in failed(run(place, "--jobs", "1"))
    assert run(place, "--jobs", "1", "--rebuild").returncode == 0
    assert place.check() == "new"
