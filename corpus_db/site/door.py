"""Who may ask the site, and how. What is refused here never reaches a page.

A page of a stranger, open in the reader's browser, can make that browser ask this machine. Without a check it could
read the answers where its own name is made to lead here (DNS rebinding), or keep the corpus busy. So the name that is
asked for must be one of ours, other sites' pages may link to the site but not load parts of it, and nobody may do
anything but read.
"""

import ipaddress
import socket
from typing import Any, NamedTuple

from corpus_db.errors import UsageError
from corpus_db.site import headers
from corpus_db.site.headers import Application, Receive, Send

_LONGEST = 32_768  # bytes of an address; longer ones are no question that a person has
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Refusal(NamedTuple):
    """An answer to who may not ask so."""

    status: int
    message: str


def guarded(app: Application, host: str, port: int) -> Application:
    """The application behind the door of a server on `host` and `port`."""
    named, anywhere = _names(host, port), is_anywhere(host)

    async def wrapped(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        refusal = _refusal(scope, named, port, anywhere=anywhere) if scope["type"] == "http" else None
        await (headers.guarded(_answer(refusal)) if refusal else app)(scope, receive, send)

    return wrapped


def exposure(host: str) -> str | None:
    """What other machines could see of a server on `host`; None where only this machine can ask. Raises UsageError."""
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, None)} if host else {"0.0.0.0"}  # noqa: S104
    except (OSError, UnicodeError):
        raise UsageError(f"no address for the host {host!r}: see --host") from None
    if all(ipaddress.ip_address(each.partition("%")[0]).is_loopback for each in found):
        return None
    return (
        f"--host {host or repr(host)} lets other machines in: whoever reaches this one can read every article and "
        "raw file, the paths of the files too, run SQL and export all, without a password and unencrypted"
    )


def is_anywhere(host: str) -> bool:
    """Whether a server on `host` answers on every address of the machine."""
    return host in ("", "0.0.0.0", "::")  # noqa: S104


def _names(host: str, port: int) -> frozenset[str]:
    """What a browser may call a server on `host` and `port`, as the Host header says it."""
    own = f"[{host}]" if ":" in host else host.lower()
    names = {*_LOCAL, own, *((socket.gethostname().lower(),) if is_anywhere(host) else ())}
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))


def _refusal(scope: dict[str, Any], named: frozenset[str], port: int, *, anywhere: bool) -> Refusal | None:
    """Why a request is not answered; None where it is."""
    asked = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
    if len(asked) != 1:
        return Refusal(400, "one Host header is needed")
    if asked[0] not in named and not (anywhere and _is_address(asked[0], port)):
        return Refusal(421, "this server has another name: see the address that `corpus-db serve` prints")
    if scope["method"] not in ("GET", "HEAD"):
        return Refusal(405, "this site only reads")
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST:
        return Refusal(414, f"the address has more than {_LONGEST:,} bytes")
    sent = {name: value.decode("latin-1") for name, value in scope["headers"]}
    shown = (sent.get(b"sec-fetch-mode"), sent.get(b"sec-fetch-dest")) == ("navigate", "document")
    if sent.get(b"sec-fetch-site") in ("cross-site", "same-site") and not shown:
        return Refusal(403, "pages of other sites may link to this one, not load parts of it")
    return None


def _is_address(name: str, port: int) -> bool:
    """Whether a Host header has an IP address, to which no stranger's name can have been made to lead."""
    bare, _, given = name.rpartition(":") if not name.endswith("]") and ":" in name else (name, "", "80")
    try:
        ipaddress.ip_address(bare.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return given == str(port)


def _answer(refusal: Refusal) -> Application:
    """What says it, in a line of text."""
    body = f"{refusal.message}\n".encode()

    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:  # noqa: ARG001 — as the others
        said = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        said += [(b"content-length", str(len(body)).encode())]
        said += [(b"allow", b"GET, HEAD")] if refusal.status == 405 else []
        await send({"type": "http.response.start", "status": refusal.status, "headers": said})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    return answer
