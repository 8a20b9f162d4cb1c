"""Turning requests away that are under way: waiting for their turn at a host, or already connected."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from scrapy.core.downloader import Downloader
    from scrapy.crawler import Crawler
    from scrapy.http import Response

abort_downloads = object()
"""The signal that ends every download at once."""


class CrawlStopped(IgnoreRequest):
    """The crawl was stopped before this was fetched."""


def turn_away(downloader: Downloader, why: Exception, *, host: str | None = None) -> None:
    """Fails with `why` all requests that wait for their turn, at one host or at all of them."""
    for key, slot in downloader.slots.items():
        if host is None or key == host:
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(why)


class Downloads:
    """The downloads of one handler, which end with CrawlStopped when the signal is given."""

    def __init__(self, crawler: Crawler) -> None:
        self._stopped = False
        self._tasks: set[asyncio.Task[Response]] = set()
        crawler.signals.connect(self._abort, signal=abort_downloads)

    async def finish(self, download: Callable[[], Coroutine[Any, Any, Response]]) -> Response:
        """What `download()` returns, if it is let."""
        if self._stopped:
            raise CrawlStopped
        task = asyncio.create_task(download())
        self._tasks.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if self._stopped:
                raise CrawlStopped from None
            raise
        finally:
            self._tasks.discard(task)

    def _abort(self) -> None:
        self._stopped = True
        for task in self._tasks:
            task.cancel()
