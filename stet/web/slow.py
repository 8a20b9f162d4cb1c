"""Questions that may take seconds: few at one time, so that they leave threads to the pages that take none."""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import Request

from stet.web.errors import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SLOW = re.compile(
    r"/(?:api/v1/)?(?:search|compare|copies)|/search\.(?:atom|json)|/api/v1/diff|/memento/[0-9]+if_/.*", re.DOTALL
)
"""Paths that search the whole archive, compare long texts, or make a raw capture harmless."""
AT_ONCE = 2
"""Half of the threads (stet/web/serving.py)."""
WAIT = 5.0
"""Seconds after which who waits for a turn is told to come back."""


class SlowOnes:
    """Has slow requests wait for their turn; after `wait` seconds in vain the answer is 503."""

    def __init__(self, app: ASGIApp, *, at_once: int = AT_ONCE, wait: float = WAIT) -> None:
        self._app = app
        self._turns = asyncio.Semaphore(at_once)
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not SLOW.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._turns.acquire()
        except TimeoutError:
            refusal = problem(
                Request(scope),
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Others ask questions that take long. Try again in a moment.",
                {"Retry-After": str(round(self._wait) or 1)},
            )
            await refusal(scope, receive, send)
            return
        await self._in_turn(scope, receive, send)

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The turn is over once the answer begins: how fast it is read is up to the reader."""
        is_over = False

        def end() -> None:
            nonlocal is_over
            if not is_over:
                is_over = True
                self._turns.release()

        async def begun(message: Message) -> None:
            end()
            await send(message)

        try:
            await self._app(scope, receive, begun)
        finally:
            end()
