"""Scrapy's HTTP/1.1 over Twisted, as the asyncio reactor runs it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from crawler.stopping import Downloads

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class TwistedDownloads(HTTP11DownloadHandler):
    """Downloads that can be stopped; the reactor's own resolver guards where they connect to."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._downloads = Downloads(crawler)

    async def download_request(self, request: Request) -> Response:
        return await self._downloads.finish(partial(super().download_request, request))
