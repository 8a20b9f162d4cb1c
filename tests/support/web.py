"""The reading room over a real archive, served over real HTTP, and what a client sees of it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import requests
from lxml import html
from support.waiting import PATIENCE

from archive.reading import Readers
from stet.config import Config, WebSettings
from stet.web.app import create_app
from stet.web.room import Room
from stet.web.serving import address, listen, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement


@dataclass(frozen=True)
class Served:
    """A reading room that answers at `url` (which ends with no slash)."""

    url: str
    room: Room

    def get(self, path: str, **options: Any) -> requests.Response:
        """What a GET of that path brings; redirects are not followed."""
        return requests.get(self.url + path, timeout=PATIENCE, allow_redirects=False, **options)

    def page(self, path: str, **options: Any) -> HtmlElement:
        """The page there, which must be one, as a tree."""
        answer = self.get(path, **options)
        assert answer.status_code == 200, (answer.status_code, answer.text[:2_000])
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return html.document_fromstring(answer.text)


@contextmanager
def reading_room(
    database: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC), **settings: Any
) -> Iterator[Served]:
    """The room alone, over the archive there; `settings` are of the configuration."""
    config = Config(database=database, **{"web": WebSettings(port=0), **settings})
    with Readers(database) as readers, listen(config.web) as listener:
        room = Room(config, readers, clock)
        started: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        ready = threading.Event()

        async def until_ended() -> None:
            ending = asyncio.Event()
            started.append((asyncio.get_running_loop(), ending))
            ready.set()
            await serve(create_app(room), listener, ending)

        thread = threading.Thread(target=asyncio.run, args=[until_ended()])
        thread.start()
        assert ready.wait(PATIENCE)
        try:
            yield Served(address(listener).rstrip("/"), room)
        finally:
            loop, ending = started[0]
            loop.call_soon_threadsafe(ending.set)
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the room does not close"
