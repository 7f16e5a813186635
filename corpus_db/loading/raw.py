"""A folder -> its raw files: walked in path order, read, hashed, decoded. Never followed out of the folder.

Nothing here raises for a bad file: it becomes a Reject that says why.
"""

import hashlib
import os
import stat
from dataclasses import replace
from io import BufferedReader
from pathlib import Path

from corpus_db import decoding
from corpus_db.loading import encodings
from corpus_db.records import RawFile, Reject, Stated

MANIFEST = "manifest.csv"
MAX_BYTES = 64 * 1024 * 1024  # a larger file is an archive or a mistake; it would not fit in memory many times over
_PIECE = 64 * 1024  # bytes that are hashed at a time


def walk(root: Path) -> list[str | Reject]:
    """Paths of the raw files below `root`, relative to it, in code point order; a Reject for each that can't be one.

    Hidden files and folders and the manifest are not raw files. A symbolic link to a file is followed within `root`;
    links out of it and links to folders are rejected.
    """
    found: list[str | Reject] = []
    inside = os.path.realpath(root)
    folders = [(str(root), "")]  # and what the paths of its files begin with
    while folders:
        folder, beginning = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            found.append(Reject(shown(beginning[:-1] or "."), f"unreadable folder: {error.strerror}"))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{beginning}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{path}/"))
            elif problem := _misplaced(entry, inside):
                found.append(Reject(shown(path), problem))
            elif path != MANIFEST:
                found.append(path)
    return sorted(found, key=lambda each: each.path if isinstance(each, Reject) else shown(each))


def _misplaced(entry: os.DirEntry[str], inside: str) -> str | None:
    """Why an entry that is no folder is no raw file either, or None."""
    if entry.is_symlink():
        target = Path(os.path.realpath(entry.path))
        if not target.exists():
            return "symbolic link to nothing"
        if not target.is_relative_to(inside):
            return "symbolic link out of the raw folder"
        if target.is_dir():
            return "symbolic link to a folder"
    return None if entry.is_file() else "not a regular file"


def shown(path: str) -> str:
    r"""A path as text that every database takes: bytes of a name that are not UTF-8 become `\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def fingerprint(root: Path, path: str) -> tuple[str, int] | Reject:
    """SHA-256 (hex) and size in bytes of a raw file, read in pieces."""
    try:
        with _open(root, path) as file:
            first = file.read(_PIECE)
            digest = hashlib.sha256(first)
            while piece := file.read(_PIECE) if len(first) == _PIECE else b"":
                digest.update(piece)
            return digest.hexdigest(), file.tell()
    except OSError as error:
        return Reject(shown(path), _unreadable(error))


def read(root: Path, path: str) -> RawFile | Reject:
    """A raw file with its decoded text, or why it has none."""
    try:
        with _open(root, path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                problem = f"larger than {MAX_BYTES // 1024**2} MiB: split it into one file an article"
                return Reject(shown(path), problem, sha256, size)
            data = file.read(size + 1)
    except OSError as error:
        return Reject(shown(path), _unreadable(error))
    return _decoded(shown(path), data)


def _decoded(path: str, data: bytes) -> RawFile | Reject:
    sha256 = hashlib.sha256(data).hexdigest()
    saved = decoding.unwrap(data)
    decoded = encodings.decode(saved.data, saved.charset) if saved else encodings.decode(data)
    if isinstance(decoded, str):
        return Reject(path, decoded, sha256, len(data))
    found = RawFile(path, sha256, len(data), decoded.encoding, decoded.text, decoded.defects)
    if saved is None:
        return found
    stated = (Stated("url", saved.address, "mhtml"),) if saved.address else ()
    return replace(found, encoding=decoding.describe(decoded.encoding, saved.transfer), stated=stated)


def _open(root: Path, path: str) -> BufferedReader:
    """The file, opened without waiting on a pipe; OSError where it is not a regular file."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(f"{root}/{path}", flags)  # a Path for each would take longer than to read it
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "not a regular file")
    return os.fdopen(descriptor, "rb")


def _unreadable(error: OSError) -> str:
    return f"unreadable: {error.strerror or error}"
