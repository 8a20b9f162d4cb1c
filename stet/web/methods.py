"""The methods of HTTP: HEAD wherever there is GET, and which ones an address knows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.routing import Match

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = frozenset({"GET", "HEAD", "OPTIONS"})
_ALL = ("DELETE", "GET", "PATCH", "POST", "PUT")


class Head:
    """Answers HEAD as GET, without the body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        answered = asyncio.Event()
        requests = [receive]

        async def received() -> Message:
            if requests:
                return await requests.pop()()
            # A stream would go on for ever: for whoever asks only for its headers, that was all.
            await answered.wait()
            return {"type": "http.disconnect"}

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)
                await send({"type": "http.response.body", "body": b""})
                answered.set()

        await self._app({**scope, "method": "GET"}, received, without_body)


def allowed(scope: Scope) -> list[str]:
    """The methods by which there is something at the address that was asked for; none where there is nothing."""
    found = [method for method in _ALL if _has_route({**scope, "method": method})]
    return sorted([*found, "HEAD"]) if "GET" in found else found


def _has_route(scope: Scope) -> bool:
    return any(route.matches(scope)[0] is Match.FULL for route in scope["app"].routes)
