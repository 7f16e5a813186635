"""Bytes -> text: which encoding a raw file is in, and what in it could not be decoded.

A byte order mark decides; then UTF-8; then what a page declares; then, for old files, Windows-1252 where the bytes
look Western European, else what charset-normalizer says. The text keeps every character of the file: spans count in
it.
"""

import codecs
import re
from typing import NamedTuple

import charset_normalizer

from corpus_db import decoding
from corpus_db.records import Defect

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes((*range(9), *range(14, 28), 127))
_CONTROL_PAIRS = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")  # those above 127, in UTF-8
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_MULTIBYTE = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})")
_FOREIGN = re.compile(
    rb"[\x81\x8d\x8f\x90\x9d\xd0\xdd\xde\xf0\xfd\xfe]"  # no characters of Windows-1252, or Icelandic ones
    rb"|[A-Za-z][\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xa1-\xb6\xb8\xb9\xbb-\xbf\xd7\xf7][a-z]"
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}charset\s*=\s*|<\?xml[^>]{0,100}encoding\s*=\s*)["']?([A-Za-z][\w:.-]{1,30})""", re.I
)
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "koi8_r", "cp932", "euc_jp", "cp949", "gb18030", "big5",
]  # fmt: skip
_SURROGATES = re.compile("[\ud800-\udfff]")


class Decoded(NamedTuple):
    """A file's text, the name of its encoding (Python's), and what is odd about it."""

    text: str
    encoding: str
    defects: tuple[Defect, ...]


def decode(data: bytes, charset: str | None = None) -> Decoded | str:
    """The text of a raw file, or why there is none. `charset` is what its container says of it."""
    if not data or data.isspace():
        return "empty file"
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _wide(data)
    text = None
    if encoding is None:
        if kind := next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None):
            return f"not text: {kind}"
        if data.count(0) > len(data) // 1000:
            return "not text: NUL bytes"
        text = _utf8(data)
        encoding = "utf-8" if text is not None else _narrow(data, charset or _declared(data))
    if text is None:
        text = decoding.text(data, encoding)
    if not text or text.isspace():
        return "empty file"
    controls = _controls(data, text, encoding)
    if controls > len(text) // 20:
        return "not text: control characters"
    return Decoded(text, encoding, tuple(_defects(data, text, encoding, controls)))


def _controls(data: bytes, text: str, encoding: str) -> int:
    """The number of control characters in a text; of UTF-8 counted in its bytes, which is faster."""
    if not encoding.startswith("utf-8"):
        return len(_CONTROLS.findall(text))
    return len(data) - len(data.translate(None, _CONTROL_BYTES)) + len(_CONTROL_PAIRS.findall(data))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every second byte of Western text is NUL."""
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    """What a page or an XML file says of its own encoding (WHATWG HTML, 13.2.3.2)."""
    match = _DECLARED.search(data, 0, 4_096) if b"<" in data[:512] else None
    return match[1].decode("ascii") if match else None


def _utf8(data: bytes) -> str | None:
    """The text where the bytes are UTF-8, whatever they declare: files are converted and keep their old declaration."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _narrow(data: bytes, declared: str | None) -> str:
    """The encoding of bytes that are not UTF-8 throughout."""
    if declared and (name := _decodes(data, declared)):
        return name
    high = _HIGH_RUNS.findall(data)
    if sum(map(len, _MULTIBYTE.findall(data))) > 0.5 * sum(map(len, high)):
        return "utf-8"  # with a few bytes damaged
    if _western(data, high):
        return "cp1252"
    guesses = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY)
    return max(guesses, key=lambda guess: guess.coherence - guess.chaos).encoding if guesses else "cp1252"


def _decodes(data: bytes, declared: str) -> str | None:
    """Python's name of a declared encoding, if the bytes are in it. Latin-1 means Windows-1252, as in browsers."""
    try:
        name = codecs.lookup(declared).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        if _SURROGATES.search(data.decode(name)):  # which UTF-7 and the escapes of Python can write
            return None
    except (LookupError, UnicodeError, ValueError):
        return None
    return name if name not in ("utf-8", "utf-16", "utf-32") else None


def _western(data: bytes, high: list[bytes]) -> bool:
    """Whether legacy bytes are Western European letters and typographer's quotes among ASCII.

    Other scripts come in long runs of high bytes; in Windows-1252, letters stand between ASCII letters. Central
    European and Turkish text has bytes between letters that Windows-1252 reads as signs or as Icelandic letters.
    """
    if sum(map(len, high)) > 1.5 * len(high):
        return False
    return len(_FOREIGN.findall(data)) <= max(1, 0.1 * len(high))


def _defects(data: bytes, text: str, encoding: str, controls: int) -> list[Defect]:
    """What the reader of a methods section must know of the decoding."""
    found = []
    replaced = text.count("\ufffd")
    written = data.count("\ufffd".encode()) if replaced and encoding.startswith("utf-8") else 0
    if replaced > written:
        found.append(Defect("undecodable bytes", f"{replaced - written} places are not {encoding}"))
    if written:
        found.append(Defect("replacement characters", f"{written} characters were lost before the file was written"))
    if controls:
        found.append(Defect("control characters", f"{controls} left out of the text"))
    return found
