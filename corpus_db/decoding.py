"""The bytes of a raw file -> the decoded text that spans count in. Pure: no files, no guesses.

A room of its own because two need the same step: `loading` finds out the encoding and decodes with it, and `reading`
decodes again with the encoding that `raw_files` states, to show the place of a span. A web archive in one file (MHTML,
RFC 2557) counts as the page in it.
"""

import re
from email import message_from_bytes
from email.message import Message
from typing import NamedTuple

_HEADER = re.compile(rb"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}", re.S)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)


class Saved(NamedTuple):
    """A page out of an archive. `transfer` is how it was encoded for mail, None where it was not."""

    data: bytes
    charset: str | None
    transfer: str | None
    address: str | None


def unwrap(data: bytes) -> Saved | None:
    """The page that an archive holds, None where the bytes are no archive."""
    header = _HEADER.match(data, 0, 8_192)
    if header is None or not _MULTIPART.search(header[0]):
        return None
    whole = message_from_bytes(data)
    for part in whole.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                transfer = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
                return Saved(payload, part.get_content_charset(), transfer or None, _address(whole, part))
    return None


def text(data: bytes, encoding: str) -> str:
    """The characters of bytes in an encoding of Python's; U+FFFD for what is not in it. Line breaks stay as written."""
    return data.decode(encoding, "replace")


def describe(encoding: str, transfer: str | None) -> str:
    """What `raw_files.encoding` says: 'utf-8', or 'utf-8, quoted-printable' of a page in an archive."""
    return ", ".join(filter(None, (encoding, transfer)))


def encoding(described: str) -> str:
    """The encoding in what `raw_files.encoding` says.

    >>> encoding(describe("utf-8", "quoted-printable")), encoding(describe("cp1252", None))
    ('utf-8', 'cp1252')
    """
    return described.partition(",")[0]


def _address(whole: Message, part: Message) -> str | None:
    for given in (whole.get("Snapshot-Content-Location"), part.get("Content-Location")):
        if given and str(given).startswith(("https://", "http://")):
            return str(given).strip()
    return None
