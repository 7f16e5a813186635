"""A folder is walked in path order and never left; whatever is in it is read or rejected with the reason."""

import hashlib
import os
from pathlib import Path

import pytest

from corpus_db.loading import encodings, raw
from corpus_db.records import RawFile, Reject


def test_walk_is_sorted_and_skips_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.txt", ".hidden", ".git/config", "manifest.csv", "a/manifest.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert raw.walk(tmp_path) == ["a/b.txt", "a/manifest.csv", "a/z.txt", "b.txt"]


def test_links_devices_and_pipes_are_rejected(tmp_path: Path) -> None:
    root = tmp_path / "raw"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("x")
    (root / "real.txt").write_text("x")
    (root / "inside.txt").symlink_to("real.txt")
    (root / "outside.txt").symlink_to(tmp_path / "secret")
    (root / "nothing.txt").symlink_to("missing")
    (root / "to-folder").symlink_to("folder")
    os.mkfifo(root / "pipe")
    found = raw.walk(root)
    assert [each for each in found if isinstance(each, str)] == ["inside.txt", "real.txt"]
    assert {each.path: each.problem for each in found if isinstance(each, Reject)} == {
        "outside.txt": "symbolic link out of the raw folder",
        "nothing.txt": "symbolic link to nothing",
        "to-folder": "symbolic link to a folder",
        "pipe": "not a regular file",
    }
    assert isinstance(raw.read(root, "inside.txt"), RawFile)
    assert raw.read(root, "pipe").problem == "unreadable: not a regular file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_unreadable_files_and_folders_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").mkdir(mode=0)
    found = raw.walk(tmp_path)
    assert raw.read(tmp_path, "a.txt").problem == "unreadable: Permission denied"
    assert Reject("b", "unreadable folder: Permission denied") in found


def test_vanished_files_are_rejected(tmp_path: Path) -> None:
    assert raw.read(tmp_path, "a.txt").problem == "unreadable: No such file or directory"
    assert raw.fingerprint(tmp_path, "a.txt").problem == "unreadable: No such file or directory"


def test_names_that_are_not_utf8_are_shown(tmp_path: Path) -> None:
    os.close(os.open(os.fsencode(tmp_path) + b"/caf\xe9.txt", os.O_CREAT))
    (name,) = raw.walk(tmp_path)
    assert raw.shown(name) == r"caf\xe9.txt"
    assert raw.read(tmp_path, name).path == r"caf\xe9.txt"


def test_fingerprint_is_the_sha256_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    assert raw.fingerprint(tmp_path, "a.txt") == (hashlib.sha256(b"abc").hexdigest(), 3)
    assert raw.read(tmp_path, "a.txt").sha256 == hashlib.sha256(b"abc").hexdigest()


def test_a_file_too_large_is_rejected_with_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "MAX_BYTES", 2 * 1024**2)
    data = b"word " * 600_000
    (tmp_path / "a.txt").write_bytes(data)
    found = raw.read(tmp_path, "a.txt")
    assert found == Reject(
        "a.txt", "larger than 2 MiB: split it into one file an article", hashlib.sha256(data).hexdigest(), len(data)
    )


FRENCH = "Le président a déclaré à l’Élysée que l’été sera « chaud » – c’est sûr. "
POLISH = "Zażółć gęślą jaźń i inne polskie znaki, które są ważne dla Łodzi. Śnieg pada. "
RUSSIAN = "Привет, это новости из города о политике и экономике страны. "
JAPANESE = "東京で首相が会見した。政治の話題。"


@pytest.mark.parametrize(
    ("text", "written", "encoding"),
    [
        ("plain", "ascii", "utf-8"),
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8-sig"),
        (FRENCH, "utf-16", "utf-16"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
        (FRENCH, "utf-32", "utf-32"),
        (FRENCH, "cp1252", "cp1252"),
        (POLISH * 3, "cp1250", "cp1250"),
        (RUSSIAN * 3, "cp1251", "cp1251"),
        (RUSSIAN * 3, "koi8-r", "koi8_r"),
        (JAPANESE * 3, "shift_jis", "cp932"),
    ],
)
def test_encodings(text: str, written: str, encoding: str) -> None:
    assert encodings.decode(text.encode(written)) == encodings.Decoded(text, encoding, ())


def test_damaged_bytes_are_a_defect() -> None:
    decoded = encodings.decode("größer als früher, schöner als je, süßer ".encode() + b"\xff und \xe9")
    assert decoded.encoding == "utf-8"
    assert [defect.kind for defect in decoded.defects] == ["undecodable bytes"]
    assert "2 places" in decoded.defects[0].detail


def test_lost_and_control_characters_are_defects() -> None:
    decoded = encodings.decode("A long enough text with caf\ufffd in it and one \x01 too.".encode())
    assert [defect.kind for defect in decoded.defects] == ["replacement characters", "control characters"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty file"),
        (b" \n\t\r\n", "empty file"),
        (b"\xef\xbb\xbf \n", "empty file"),
        (b"%PDF-1.7 ...", "not text: a PDF"),
        (b"PK\x03\x04...", "not text: a zip archive or an office document"),
        (b"\x89PNG\r\n\x1a\n...", "not text: a picture"),
        (b"abc\x00\x00def", "not text: NUL bytes"),
        (b"\x01\x02\x03\x04 abc", "not text: control characters"),
    ],
)
def test_what_is_no_text_is_rejected(data: bytes, problem: str) -> None:
    assert encodings.decode(data) == problem


def test_a_stray_nul_byte_is_a_defect_only() -> None:
    decoded = encodings.decode(b"word " * 400 + b"\x00" + b" word" * 400)
    assert [defect.kind for defect in decoded.defects] == ["control characters"]
