"""The page spider: each page that is asked for is fetched once and delivered as one capture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy
from scrapy import signals

from archive.models import Capture, Failure, FailureKind, Redirect
from crawler.failures import describe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from scrapy.http import Response


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to fetch now; with `etag` or `last_modified` only if it is no longer what they say."""

    url: str
    page_id: int | None = None
    etag: str | None = None
    last_modified: str | None = None


class PageSpider(scrapy.Spider):
    """Fetches pages as they come from `requests`, and awaits `deliver` exactly once for each.

    `requests` is asked for the next page only when there is room to fetch it, and while `deliver` is
    waited for, its page takes up room.
    """

    name = "pages"

    def __init__(
        self,
        *,
        requests: AsyncIterator[PageRequest],
        deliver: Callable[[PageRequest, Capture], Awaitable[None]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self._requests = requests
        self._deliver = deliver
        self._clock = clock
        self._tickets = count()
        self._open: dict[int, PageRequest] = {}

    async def start(self) -> AsyncIterator[scrapy.Request]:
        while True:
            await self._room()
            try:
                page = await anext(self._requests)
            except StopAsyncIteration:
                return
            ticket = next(self._tickets)
            self._open[ticket] = page
            try:
                yield self._request(page, ticket)
            except ValueError as exc:
                await self._close(ticket, self._failed(page.url, describe(exc, page.url)))

    async def closed(self, reason: str) -> None:
        """Delivers what was asked for but not fetched before the spider was stopped."""
        stopped = Failure(FailureKind.HELD, "stopped before it was fetched", retry_after=0.0)
        for ticket, page in list(self._open.items()):
            await self._close(ticket, self._failed(page.url, stopped))

    async def _room(self) -> None:
        while self.crawler.engine.needs_backout():
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    def _request(self, page: PageRequest, ticket: int) -> scrapy.Request:
        _check(page.url)
        return scrapy.Request(
            page.url,
            callback=self._answered,
            errback=self._failed_request,
            cb_kwargs={"ticket": ticket},
            dont_filter=True,
        )

    async def _answered(self, response: Response, ticket: int) -> None:
        page = self._open.get(ticket)
        if page is None:
            return
        await self._close(ticket, self._capture(page, response))

    async def _failed_request(self, failure: Any) -> None:
        request = failure.request
        ticket = request.cb_kwargs["ticket"]
        page = self._open.get(ticket)
        if page is None:
            return
        why = describe(failure.value, request.url, timeout=request.meta.get("download_timeout"))
        capture = Capture(
            url=page.url,
            fetched_at=self._clock(),
            final_url=request.url,
            status=None,
            redirects=_redirects(request),
            failure=why,
        )
        await self._close(ticket, capture)

    async def _close(self, ticket: int, capture: Capture) -> None:
        page = self._open.pop(ticket, None)
        if page is not None:
            await self._deliver(page, capture)

    def _failed(self, url: str, why: Failure) -> Capture:
        return Capture(url=url, fetched_at=self._clock(), final_url=url, status=None, failure=why)

    def _capture(self, page: PageRequest, response: Response) -> Capture:
        return Capture(
            url=page.url,
            fetched_at=self._clock(),
            final_url=response.url,
            status=response.status,
            headers=_headers(response),
            body=response.body,
            redirects=_redirects(response.request),
        )


def _check(url: str) -> None:
    if not urlsplit(url).hostname:
        raise ValueError("no host in the URL")
    _ = urlsplit(url).port


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )


def _redirects(request: scrapy.Request | None) -> tuple[Redirect, ...]:
    if request is None:
        return ()
    statuses = request.meta.get("redirect_reasons", ())
    urls = request.meta.get("redirect_urls", ())
    return tuple(Redirect(status, url) for status, url in zip(statuses, urls, strict=True))
