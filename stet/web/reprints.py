"""Answers given again: what many ask for at one time is put together, compressed and digested once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import Request

from archive.errors import ArchiveError
from archive.stream import last_id
from stet.web.access.access import visitor

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from archive.reading import Readers

SECONDS = {"/": 10.0, "/page": 1.0}
"""For how long an answer may be given again, by its path, while no event is recorded. A look that finds nothing new
changes the times on a page's history, and the time itself what `since=2d` means."""
AT_LEAST = 1.0
"""For how long it may be given again whatever is recorded: beside a crawl at full speed some event always is. Who
looks at the changes is told live of what came since the answer was made, which says up to which event it tells."""
MOST = 256
"""Answers kept; each is some 10 kB."""
LONGEST = 100_000
"""Bytes of a body that is kept."""

_OK = 200
_MATTERS = ("host", "accept-encoding")
_CONDITIONAL = ("if-none-match", "if-modified-since", "authorization")


@dataclass(frozen=True, slots=True)
class _Answer:
    event: int
    """The last one when it was asked for."""
    at: float
    start: Message
    body: bytes


class Reprints:
    """Gives answers again to readers who have no session; belongs to one loop."""

    def __init__(self, app: ASGIApp, readers: Readers) -> None:
        self._app = app
        self._readers = readers
        self._kept: OrderedDict[tuple[object, ...], _Answer] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        event = self._last_event() if _is_for_all(scope) else None
        if event is None:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = (scope["scheme"], scope["path"], scope["query_string"], *(headers.get(name) for name in _MATTERS))
        kept, now = self._kept.get(key), monotonic()
        holds = AT_LEAST if kept is None or kept.event != event else SECONDS[scope["path"]]
        if kept is None or now - kept.at >= holds:
            await self._app(scope, receive, self._keeping(key, event, now, send))
            return
        self._kept.move_to_end(key)
        # Whoever is on the way out sets headers of its own.
        await send({**kept.start, "headers": list(kept.start["headers"])})
        await send({"type": "http.response.body", "body": kept.body})

    def _keeping(self, key: tuple[object, ...], event: int, at: float, send: Send) -> Send:
        """Passes on what it is sent, and keeps it if that is a whole answer."""
        started: list[Message] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == _OK:
                started.append({**message, "headers": list(message["headers"])})
            elif started and not message.get("more_body") and len(message["body"]) <= LONGEST:
                self._kept[key] = _Answer(event, at, started.pop(), message["body"])
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
            else:
                started.clear()
            await send(message)

        return keep

    def _last_event(self) -> int | None:
        """A look at the end of an index, which is no work for a thread; None where that cannot be."""
        try:
            with self._readers.glancing() as db:
                return last_id(db)
        except ArchiveError:
            return None


def _is_for_all(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in SECONDS:
        return False
    request = Request(scope)
    return visitor(request).session is None and not any(name in request.headers for name in _CONDITIONAL)
