"""The page spider: one delivery for each page, whatever happens, and no page taken before there is room."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import scrapy

from archive.models import FailureKind
from crawler.loop import crawl_pages, run, start_crawl
from crawler.settings import CrawlSettings
from crawler.spider import PageRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from archive.models import Capture

SETTINGS = CrawlSettings(
    reactor="none", allow_private=True, obey_robots=False, delay=0, retries=0, concurrency=2, concurrency_per_host=2
)


def test_a_capture_holds_the_whole_exchange(site: Any, fetch: Any) -> None:
    site.on("/a", body=b"<p>Hello.</p>", headers=(("X-Tag", "one"), ("x-tag", "two"), ("ETag", '"1"')))
    before = datetime.now(UTC)
    (capture,) = fetch(site.url("/a"))
    assert before <= capture.fetched_at <= datetime.now(UTC)
    assert (capture.url, capture.final_url) == (site.url("/a"), site.url("/a"))
    assert (capture.status, capture.body, capture.failure) == (200, b"<p>Hello.</p>", None)
    assert [value for name, value in capture.headers if name == "x-tag"] == ["one", "two"]
    assert capture.header("etag") == '"1"'


def test_we_say_who_we_are(site: Any, fetch: Any) -> None:
    site.on("/a", headers=(("Set-Cookie", "id=1"), ("Location", "/ignored")))
    fetch(site.url("/a"), site.url("/a"), contact="https://stet.example/bot", concurrency=1)
    for hit in site.hits:
        assert hit.headers["user-agent"] == "Stet/0.1.0 (+https://stet.example/bot)"
        assert not {"cookie", "referer", "accept-language"} & set(hit.headers)


def test_an_unchanged_page_answers_304(site: Any, fetch_either_way: Any) -> None:
    site.on("/a", raw=b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: close\r\n\r\n')
    (capture,) = fetch_either_way(PageRequest(site.url("/a"), etag='"1"'))
    assert (capture.status, capture.body, capture.failure) == (304, b"", None)
    assert site.hits[0].headers["if-none-match"] == '"1"'
    assert "if-modified-since" not in site.hits[0].headers


def test_without_conditions_none_are_sent(site: Any, fetch: Any) -> None:
    site.on("/a")
    fetch(site.url("/a"))
    assert not {"if-none-match", "if-modified-since"} & set(site.hits[0].headers)


def test_the_same_page_asked_for_twice_is_delivered_twice(site: Any, fetch: Any) -> None:
    site.on("/a", body=b"1").on("/a", body=b"2")
    page = site.url("/a")
    captures = fetch(PageRequest(page, 1), PageRequest(page, 2), concurrency=1)
    assert [capture.body for capture in captures] == [b"1", b"2"]


def test_very_long_urls_are_fetched(site: Any, fetch: Any) -> None:
    path = "/" + "a" * 4000
    site.on(path)
    (capture,) = fetch(site.url(path))
    assert capture.status == 200


@pytest.mark.parametrize("url", ["", "story", "http://", "http://[::1", "http://a:b/", "mailto:desk@news.example"])
def test_what_is_no_url_is_delivered_as_a_failure(fetch: Any, url: str) -> None:
    (capture,) = fetch(url)
    assert capture.failure.kind is FailureKind.FAILED
    assert capture.failure.message.startswith("not a URL that can be fetched: ")


def test_pages_are_taken_only_as_there_is_room(site: Any) -> None:
    site.on("/a")
    taken = delivered = 0
    most = 0

    async def requests() -> AsyncIterator[PageRequest]:
        nonlocal taken, most
        for _ in range(40):
            taken += 1
            most = max(most, taken - delivered)
            yield PageRequest(site.url("/a"))

    async def deliver(page: PageRequest, capture: Capture) -> None:
        nonlocal delivered
        await asyncio.sleep(0.01)
        delivered += 1

    run(lambda: crawl_pages(requests(), deliver, SETTINGS), SETTINGS)
    assert (taken, delivered) == (40, 40)
    assert most <= 2 * SETTINGS.concurrency


def test_an_error_in_one_delivery_is_logged_and_costs_no_other_page(
    site: Any, caplog: pytest.LogCaptureFixture
) -> None:
    site.on("/a").on("/b")
    delivered: list[str] = []

    async def requests() -> AsyncIterator[PageRequest]:
        for url in (site.url("/a"), "no url", site.url("/b")):
            yield PageRequest(url)

    async def deliver(page: PageRequest, capture: Capture) -> None:
        delivered.append(page.url)
        if page.url != site.url("/b"):
            raise LookupError("the desk is closed")

    with caplog.at_level(logging.ERROR):
        run(lambda: crawl_pages(requests(), deliver, SETTINGS), SETTINGS)
    assert sorted(delivered) == sorted([site.url("/a"), "no url", site.url("/b")])
    assert caplog.text.count("LookupError: the desk is closed") == 2


def test_an_error_in_the_requests_ends_the_crawl_and_is_raised(site: Any) -> None:
    site.on("/a")
    delivered: list[PageRequest] = []

    async def requests() -> AsyncIterator[PageRequest]:
        yield PageRequest(site.url("/a"))
        raise LookupError("the list is lost")

    async def deliver(page: PageRequest, capture: Capture) -> None:
        delivered.append(page)

    with pytest.raises(LookupError, match="the list is lost"):
        run(lambda: crawl_pages(requests(), deliver, SETTINGS), SETTINGS)
    assert len(delivered) == 1


@pytest.mark.parametrize("grace", [0.0, 0.1])
def test_a_stopped_crawl_delivers_every_page_that_it_took(site: Any, grace: float) -> None:
    site.on("/slow", raw=b"", stall=True)
    taken: list[PageRequest] = []
    delivered: dict[PageRequest, Capture] = {}

    async def requests() -> AsyncIterator[PageRequest]:
        for n in range(100):
            taken.append(PageRequest(site.url("/slow"), n))
            yield taken[-1]

    async def deliver(page: PageRequest, capture: Capture) -> None:
        assert page not in delivered
        delivered[page] = capture

    async def main() -> None:
        crawl = await start_crawl(requests(), deliver, SETTINGS.model_copy(update={"delay": 0.2, "timeout": 100.0}))
        await asyncio.to_thread(site.wait_for_hits, 1)
        await crawl.stop(grace)

    run(main, SETTINGS)
    assert taken
    assert list(delivered) and set(delivered) == set(taken)
    for capture in delivered.values():
        assert capture.failure is not None
        assert capture.failure.kind is FailureKind.HELD
        assert capture.failure.retry_after == 0
        assert capture.failure.message == "stopped before it was fetched"


def test_what_is_in_flight_may_finish_before_a_stop(site: Any) -> None:
    site.on("/slow", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", endless=b"x", pause=0.1)
    delivered: list[Capture] = []

    async def requests() -> AsyncIterator[PageRequest]:
        yield PageRequest(site.url("/slow"))
        await asyncio.Event().wait()

    async def deliver(page: PageRequest, capture: Capture) -> None:
        delivered.append(capture)

    async def main() -> None:
        crawl = await start_crawl(requests(), deliver, SETTINGS)
        await asyncio.to_thread(site.wait_for_hits, 1)
        await crawl.stop(60.0)

    run(main, SETTINGS)
    assert [capture.body for capture in delivered] == [b"xxx"]


def test_one_more_request_can_be_made_through_the_engine(site: Any) -> None:
    site.on("/feed", body=b"<rss/>")

    async def requests() -> AsyncIterator[PageRequest]:
        await asyncio.Event().wait()
        yield PageRequest("never")

    async def deliver(page: PageRequest, capture: Capture) -> None:
        raise AssertionError

    async def main() -> bytes:
        crawl = await start_crawl(requests(), deliver, SETTINGS)
        response = await crawl.engine.download_async(scrapy.Request(site.url("/feed")))
        await crawl.stop()
        return response.body

    assert run(main, SETTINGS) == b"<rss/>"


@pytest.mark.parametrize("obey", [True, False])
def test_a_crawl_can_be_used_and_stopped_as_soon_as_it_has_started(site: Any, obey: bool) -> None:
    settings = SETTINGS.model_copy(update={"obey_robots": obey})

    async def requests() -> AsyncIterator[PageRequest]:
        await asyncio.Event().wait()
        yield PageRequest("never")

    async def deliver(page: PageRequest, capture: Capture) -> None:
        raise AssertionError

    async def main() -> int:
        idle = await start_crawl(requests(), deliver, settings)
        await idle.stop()
        crawl = await start_crawl(requests(), deliver, settings)
        response = await crawl.engine.download_async(scrapy.Request(site.url("/feed")))
        await crawl.stop()
        await crawl.stop()
        return response.status

    assert run(main, settings) == 404
