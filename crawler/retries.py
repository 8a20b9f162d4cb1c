"""Trying again, after a pause that doubles, what may well work the second time."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Self

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.misc import load_object

from crawler.failures import bad_certificate
from crawler.settings import crawl_settings

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

LONGEST_PAUSE = 60.0
"""Seconds."""


class Retries:
    """Retries broken connections, time-outs and passing server errors; 429 and 503 are held instead."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._backoff = crawl_settings(crawler).retry_backoff
        self._statuses = {int(status) for status in crawler.settings.getlist("RETRY_HTTP_CODES")}
        self._exceptions = tuple(map(load_object, crawler.settings.getlist("RETRY_EXCEPTIONS")))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in self._statuses:
            return response
        return await self._again(request, f"status {response.status}") or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not isinstance(exception, self._exceptions) or bad_certificate(exception):
            return None
        # A name that DNS does not know hardly ever turns up within seconds.
        most = 1 if isinstance(exception, CannotResolveHostError) else None
        return await self._again(request, type(exception).__name__, most=most)

    async def _again(self, request: Request, reason: str, *, most: int | None = None) -> Request | None:
        spider = self._crawler.spider
        if spider is None or not self._crawler.engine.running:
            return None
        allowed = self._crawler.settings.getint("RETRY_TIMES")
        again = get_retry_request(
            request,
            spider=spider,
            reason=reason,
            max_retry_times=allowed if most is None else min(most, allowed),
        )
        if again is not None:
            await asyncio.sleep(pause(self._backoff, again.meta["retry_times"]))
        return again


def pause(backoff: float, retry: int) -> float:
    """Seconds before the `retry`th retry, counting from 1: doubling, and up to half more or less."""
    return min(LONGEST_PAUSE, backoff * 2.0 ** (retry - 1) * random.uniform(0.5, 1.5))  # noqa: S311
