"""Discovery through Scrapy: one run of its own, or the requests of a crawl under way."""

from __future__ import annotations

import asyncio
from inspect import isawaitable
from typing import TYPE_CHECKING

import scrapy
from scrapy.http.request import NO_CALLBACK

from crawler.discovery.discover import discover
from crawler.discovery.errors import DiscoveryError
from crawler.failures import describe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from scrapy.core.engine import ExecutionEngine
    from scrapy.http import Response

    from crawler.discovery.discover import Discovery, Download
    from crawler.discovery.settings import DiscoverySettings


def engine_download(engine: ExecutionEngine) -> Download:
    """Downloads through a running engine: its robots.txt rules, delays and limits hold."""
    timeout, max_size = engine.settings.getfloat("DOWNLOAD_TIMEOUT"), engine.settings.getint("DOWNLOAD_MAXSIZE")

    async def download(url: str) -> Response:
        try:
            return await engine.download_async(scrapy.Request(url, callback=NO_CALLBACK, dont_filter=True))
        except Exception as error:
            why = describe(error, url, timeout=timeout, max_size=max_size)
            raise DiscoveryError(f"{url}: {why.message}") from error

    return download


class DiscoverySpider(scrapy.Spider):
    """Runs discovery once for each of `sources`, all at the same time, and ends.

    `deliver` is called once for each, as its run ends; if it is a coroutine function it is awaited.
    """

    name = "discovery"

    def __init__(
        self,
        *,
        sources: Mapping[str, DiscoverySettings],
        deliver: Callable[[str, Discovery], Awaitable[None] | None],
    ) -> None:
        super().__init__()
        self._sources = sources
        self._deliver = deliver

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Yields nothing: the requests are made and answered inside."""
        async with asyncio.TaskGroup() as group:
            for name, settings in self._sources.items():
                group.create_task(self._discover(name, settings))
        return
        yield

    async def _discover(self, name: str, settings: DiscoverySettings) -> None:
        delivered = self._deliver(name, await discover(settings, engine_download(self.crawler.engine)))
        if isawaitable(delivered):
            await delivered
