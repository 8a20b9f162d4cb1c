"""Conditional GET (RFC 9110, section 13): who has the answer already gets 304 and no body."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OK = 200
NOT_MODIFIED = 304

_KEPT = frozenset(
    {"cache-control", "content-location", "content-security-policy", "date", "etag", "expires", "last-modified"}
    | {"link", "vary"}
)
"""The fields that a 304 repeats; others would speak of a body.

Browsers put a 304's fields in the place of those they hold: without its own policy a frame would get another's.
"""


class ConditionalGet:
    """Gives each whole answer to a GET an ETag of its content, if it has none, and answers 304 where it matches.

    A stream (`more_body` after the first piece) goes through as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        started: list[Message] = []

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == OK:
                started.append(message)
                return
            if started:
                start = started.pop()
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    await _answer(Headers(scope=scope), start, message, send)
                    return
                await send(start)
            await send(message)

        await self._app(scope, receive, answer)


async def _answer(asked: Headers, start: Message, body: Message, send: Send) -> None:
    headers = MutableHeaders(scope=start)
    if "etag" not in headers:
        digest = blake2b(body.get("body", b""), digest_size=12).hexdigest()
        # Weak, since the body may yet be compressed.
        headers["ETag"] = f'W/"{digest}"'
    if _is_known(asked, headers):
        start["status"] = NOT_MODIFIED
        start["headers"] = [(name, value) for name, value in start["headers"] if name.decode().lower() in _KEPT]
        body = {"type": "http.response.body", "body": b""}
    await send(start)
    await send(body)


def _is_known(asked: Headers, headers: Headers) -> bool:
    """Whether who asks has it: If-Modified-Since counts only without If-None-Match."""
    if (known := asked.get("if-none-match")) is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or headers["etag"].removeprefix("W/") in tags
    since, modified = _date(asked.get("if-modified-since")), _date(headers.get("last-modified"))
    return since is not None and modified is not None and modified <= since


def _date(text: str | None) -> datetime | None:
    try:
        return None if text is None else parsedate_to_datetime(text)
    except ValueError:
        return None
