"""Web archives in one file (MHTML, RFC 2557) -> the page in them: its bytes, its charset, its address."""

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


def _address(whole: Message, part: Message) -> str | None:
    for given in (whole.get("Snapshot-Content-Location"), part.get("Content-Location")):
        if given and str(given).startswith(("https://", "http://")):
            return str(given).strip()
    return None
