"""The address guard: only http and https, and only to hosts on the public internet.

It looks at every request: pages, each hop of a redirect, robots.txt, feeds. What it lets through is checked
again by the same resolver when the connection is made.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from crawler.resolver import AddressRefused, ReactorNames, Resolver, resolver_for
from crawler.settings import crawl_settings

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.settings import CrawlSettings


class AddressGuard:
    """Refuses requests that lead elsewhere than to the public web, before anything is sent."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = crawl_settings(crawler)
        return cls(_resolver_of_the_reactor(crawl) if crawl.reactor == "asyncio" else resolver_for(crawl))

    async def process_request(self, request: Request) -> None:
        """Raises AddressRefused, or UnknownHost."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"}:
            raise AddressRefused(f"{parts.scheme} is not fetched; only http and https are")
        await self.resolver.addresses(parts.hostname or "")


def _resolver_of_the_reactor(crawl: CrawlSettings) -> Resolver:
    names = getattr(sys.modules.get("twisted.internet.reactor"), "nameResolver", None)
    if not isinstance(names, ReactorNames):
        message = "the reactor resolves names unguarded: run the crawl inside crawler.loop.run"
        raise RuntimeError(message)  # noqa: TRY004 (nobody passed a value of a wrong type)
    if names.resolver.allow_private and not crawl.allow_private:
        raise RuntimeError("the reactor lets private addresses through, this crawl must not")
    return names.resolver
