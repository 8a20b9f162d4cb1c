"""The page spider: each page that is asked for is fetched once and delivered as one capture."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.exceptions import CloseSpider

from archive.models import Capture, Failure, FailureKind, Redirect
from crawler.failures import STOPPED, describe, one_line
from crawler.identity import InvalidURL
from crawler.settings import crawl_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

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

    `requests` is asked for the next page only when there is room to fetch it, and a page takes up room until
    `deliver` is done with it: at most twice as many pages as may be fetched at one time are under way.
    What `requests` raises ends the crawl and is left in `error`; what `deliver` raises is logged, and costs
    no other page anything.
    """

    name = "pages"

    def __init__(
        self,
        *,
        requests: AsyncIterator[PageRequest],
        deliver: Callable[[PageRequest, Capture], Awaitable[None]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        on_start: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self.error: Exception | None = None
        self._requests = requests
        self._deliver = deliver
        self._clock = clock
        self._on_start = on_start
        self._tickets = count()
        self._open: dict[int, PageRequest] = {}
        self._places: asyncio.Semaphore

    def abandon(self) -> None:
        """Delivers no more."""
        self._deliver = _nobody

    async def start(self) -> AsyncIterator[scrapy.Request]:
        self._on_start()
        self._places = asyncio.Semaphore(2 * crawl_settings(self.crawler).concurrency)
        while True:
            await self._places.acquire()
            while self.crawler.engine.needs_backout():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            try:
                page = await anext(self._requests)
            except StopAsyncIteration:
                return
            except Exception as exc:
                self.error = exc
                raise CloseSpider("no more requests") from exc
            ticket = next(self._tickets)
            self._open[ticket] = page
            try:
                request = self._request(page, ticket)
            except InvalidURL as exc:
                await self._hand_over(ticket, self._nothing(page, self._describe(exc, page.url)))
            else:
                yield request

    async def closed(self, reason: str) -> None:  # noqa: ARG002 (Scrapy's signature)
        """Delivers, as stopped, what was asked for but not fetched."""
        for ticket, page in list(self._open.items()):
            await self._hand_over(ticket, self._nothing(page, STOPPED))

    def _request(self, page: PageRequest, ticket: int) -> scrapy.Request:
        _check(page.url)
        request = scrapy.Request(
            page.url,
            callback=self._answered,
            errback=self._unanswered,
            cb_kwargs={"ticket": ticket},
            dont_filter=True,
        )
        if page.etag:
            request.headers["If-None-Match"] = page.etag
        if page.last_modified:
            request.headers["If-Modified-Since"] = page.last_modified
        return request

    async def _answered(self, response: Response, ticket: int) -> None:
        page = self._open[ticket]
        capture = Capture(
            url=page.url,
            fetched_at=self._clock(),
            final_url=response.url,
            status=response.status,
            headers=_headers(response),
            body=response.body,
            redirects=_redirects(response.meta),
            failure=_not_an_answer(response),
            download_seconds=response.meta.get("download_latency"),
        )
        await self._hand_over(ticket, capture)

    async def _unanswered(self, failure: Any) -> None:
        request: scrapy.Request = failure.request
        ticket = request.cb_kwargs["ticket"]
        page = self._open[ticket]
        why = self._describe(failure.value, request.url)
        capture = self._nothing(page, why, final_url=request.url, redirects=_redirects(request.meta))
        await self._hand_over(ticket, capture)

    async def _hand_over(self, ticket: int, capture: Capture) -> None:
        page = self._open.pop(ticket)
        try:
            await self._deliver(page, capture)
        except Exception:
            self.logger.exception("%s was fetched, but not taken", page.url)
        finally:
            self._places.release()

    def _describe(self, exc: BaseException, url: str) -> Failure:
        crawl = crawl_settings(self.crawler)
        return describe(exc, url, timeout=crawl.timeout, max_size=crawl.max_size)

    def _nothing(
        self,
        page: PageRequest,
        why: Failure,
        *,
        final_url: str | None = None,
        redirects: tuple[Redirect, ...] = (),
    ) -> Capture:
        return Capture(
            url=page.url,
            fetched_at=self._clock(),
            final_url=final_url or page.url,
            status=None,
            redirects=redirects,
            failure=why,
        )


async def _nobody(page: PageRequest, capture: Capture) -> None:
    """Takes what nobody waits for any more."""


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as exc:
        raise InvalidURL(f"not a URL that can be fetched: {exc}") from exc
    if not parts.scheme or not parts.hostname:
        raise InvalidURL("not a URL that can be fetched: it names no host; https://host/path is one")


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )


def _redirects(meta: Mapping[str, Any]) -> tuple[Redirect, ...]:
    hops = zip(meta.get("redirect_reasons", ()), meta.get("redirect_urls", ()), strict=True)
    return tuple(Redirect(status, url) for status, url in hops)


def _not_an_answer(response: Response) -> Failure | None:
    """Why an answer has nothing to read in it, where the crawler is the one who can tell."""
    host = urlsplit(response.url).netloc
    if (seconds := response.meta.get("held_for")) is not None:
        message = f"{host} answered {response.status}; it is left alone for {seconds:.0f} s"
        return Failure(FailureKind.HELD, message, retry_after=seconds)
    location = response.headers.get("Location")
    if location is not None and response.status in {301, 302, 303, 307, 308}:
        shown = one_line(location.decode("latin-1"), 200)
        return Failure(FailureKind.FAILED, f"{host} redirects to what cannot be fetched: {shown}")
    return None
