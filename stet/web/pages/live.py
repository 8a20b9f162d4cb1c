"""Changes as they are recorded: server-sent events (HTML Living Standard, section 9.2)."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Query, Request
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from stet.web.access.access import access
from stet.web.filters import ChangeFilter
from stet.web.live import Live, TooManyListeners

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import Receive, Scope, Send

    from archive.stream import Wanted
    from stet.web.live import News

RETRY_AFTER = 30
"""Seconds."""
RECONNECT = 3_000
"""Milliseconds after which a browser whose connection broke comes back."""

router = APIRouter(include_in_schema=False)

_LARGEST = 2**63 - 1


class _Asked(ChangeFilter):
    """Which changes, and after which event."""

    last: int | None = Field(default=None, ge=0, le=_LARGEST)


@router.get("/changes/live")
async def live(
    request: Request, asked: Annotated[_Asked, Query()], last_event_id: Annotated[str, Header()] = ""
) -> Response:
    """`changes` events with the entries of what is recorded, `many` where that is too much to be told.

    Goes on after Last-Event-ID, where a browser comes back with one, or after the event `last`, or from now on.
    """
    found: Live = request.app.state.live
    place = ExitStack()
    try:
        place.enter_context(found.listening())
    except TooManyListeners:
        raise HTTPException(
            503,
            "So many readers are told of changes at once that there is room for no more.",
            {"Retry-After": str(RETRY_AFTER)},
        ) from None
    after = int(last_event_id) if _is_id(last_event_id) else asked.last
    return _Stream(_events(found, asked.wanted(), after, partial(access(request).may_still_read, request)), place)


class _Stream(StreamingResponse):
    """Gives the listener's place back however it ends, also where it never began."""

    def __init__(self, events: AsyncIterator[str], place: ExitStack) -> None:
        super().__init__(
            events, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        self._place = place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._place:
            await super().__call__(scope, receive, send)


async def _events(live: Live, wanted: Wanted, after: int | None, may_read: Callable[[], bool]) -> AsyncIterator[str]:
    yield f"retry: {RECONNECT}\n\n"
    async for news in live.news(wanted, after):
        if not may_read():
            return
        yield _event(news) if news else ": nothing yet\n\n"


def _event(news: News) -> str:
    """An event without data is not dispatched, but its id is where the browser resumes."""
    if news.is_too_much:
        return f"id: {news.last}\nevent: many\ndata: more than are told at once\n\n"
    data = "".join(f"data: {line}\n" for line in news.entries.replace("\r", "").split("\n")) if news.entries else ""
    return f"id: {news.last}\nevent: changes\n{data}\n"


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST)) and int(text) <= _LARGEST
