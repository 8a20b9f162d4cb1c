"""Discovery through a real crawl, without a reactor, against the newsroom on loopback."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from crawler.discovery.settings import DiscoverySettings
from crawler.discovery.spider import DiscoverySpider
from crawler.settings import CrawlSettings, scrapy_settings
from stet.newsroom.newsroom import Newsroom
from stet.newsroom.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.discovery.discover import Discovery
    from stet.newsroom.server import Served

CRAWL = CrawlSettings(delay=0.0, autothrottle=False, retries=0, timeout=5.0, allow_private=True, reactor="none")


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Newsroom()) as served:
        yield served


def crawl(sources: Mapping[str, DiscoverySettings], settings: CrawlSettings = CRAWL) -> dict[str, Discovery]:
    delivered: dict[str, Discovery] = {}

    async def deliver(name: str, discovery: Discovery) -> None:
        delivered[name] = discovery

    async def main() -> None:
        runner = AsyncCrawlerRunner(scrapy_settings(settings))
        await runner.crawl(DiscoverySpider, sources=sources, deliver=deliver)

    asyncio.run(main())
    return delivered


def test_every_way_of_finding_finds_the_same_stories(site: Served) -> None:
    ways = {
        "rss": DiscoverySettings(feeds=[f"{site.url}/feed.xml"]),
        "atom": DiscoverySettings(feeds=[f"{site.url}/atom.xml"]),
        "json": DiscoverySettings(feeds=[f"{site.url}/feed.json"]),
        "robots": DiscoverySettings(sitemaps=[f"{site.url}/robots.txt"]),
        "news": DiscoverySettings(sitemaps=[f"{site.url}/news-sitemap.xml"]),
        "gzip": DiscoverySettings(sitemaps=[f"{site.url}/sitemap.xml.gz"]),
        "home": DiscoverySettings(sections=[f"{site.url}/"]),
    }
    found = crawl(ways)
    assert found.keys() == ways.keys()
    assert {name: one.problems for name, one in found.items()} == dict.fromkeys(ways, ())
    pages = {name: {page.url for page in one.found} for name, one in found.items()}
    assert len(pages["rss"]) >= 12
    for name in ways:
        assert pages[name] == pages["rss"], name
    assert all(page.title and page.published for page in found["news"].found)


def test_what_cannot_be_fetched_is_said_in_words(site: Served) -> None:
    gone, private, closed = f"{site.url}/nothing", f"{site.url}/private/feed.xml", "http://127.0.0.1:9/feed.xml"
    found = crawl({"one": DiscoverySettings(feeds=[gone, private, closed, f"{site.url}/feed.xml"])})
    first, second, third = found["one"].problems
    assert first == f"{gone}: HTTP 404 Not Found"
    assert second.startswith(f"{private}: ")
    assert "robots.txt" in second
    assert third == f"{closed}: 127.0.0.1:9 refused the connection"
    assert found["one"].succeeded == 1
    assert found["one"].found


def test_a_plain_function_may_be_delivered_to(site: Served) -> None:
    delivered: list[str] = []

    async def main() -> None:
        runner = AsyncCrawlerRunner(scrapy_settings(CRAWL))
        sources = {"one": DiscoverySettings(feeds=[f"{site.url}/feed.xml"])}
        await runner.crawl(DiscoverySpider, sources=sources, deliver=lambda name, _: delivered.append(name))

    asyncio.run(main())
    assert delivered == ["one"]
