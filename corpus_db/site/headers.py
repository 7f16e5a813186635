"""What every answer of the site says to the browser: run nothing, load nothing, show nowhere else."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def guarded(app: Application) -> Application:
    """The application with security headers on each of its answers, and a new nonce for each in `scope`."""

    async def wrapped(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        nonce = secrets.token_urlsafe(16)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = _HEADERS | {"content-security-policy": _POLICY.format(nonce=nonce)}
                kept = [each for each in message.get("headers", []) if each[0].decode().lower() not in added]
                headers = [*kept, *((name.encode(), value.encode()) for name, value in added.items())]
                message = message | {"headers": headers}
            await send(message)

        await app(scope | {"csp_nonce": nonce}, receive, answer)

    return wrapped
