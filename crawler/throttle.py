"""How far apart the requests to one host are: never closer than the config and its robots.txt want."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.extensions.throttle import AutoThrottle

from crawler.settings import crawl_settings

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

LONGEST_CRAWL_DELAY = 300.0
"""Seconds. Pages that wait for their turn take up places of other hosts' pages. With one request at a time the
daemon has two of a host under way, and both should be through within their lease, ten minutes."""


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle with a floor for each host, which it also keeps where it is not to adapt."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawl = crawl_settings(crawler)
        self._asked: dict[str, dict[str, float]] = {}
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)

    def floor(self, host: str) -> float:
        """The least seconds between two requests to a host."""
        different = self._crawl.hosts.get(host)
        configured = self._crawl.delay if different is None or different.delay is None else different.delay
        return max(configured, *self._asked.get(host, {}).values(), 0.0)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        asked = kept_to(robotparser.crawl_delay(self._crawl.user_agent))
        # By scheme and port too, since each has its own robots.txt, and the strictest is kept to.
        self._asked.setdefault(host, {})[f"{parts.scheme}://{parts.netloc}"] = asked
        downloader = self.crawler.engine.downloader
        # Slots are dropped when idle; the next one is made from these.
        downloader.per_slot_settings.setdefault(host, {})["delay"] = self.floor(host)
        if (slot := downloader.slots.get(host)) is not None:
            slot.delay = max(slot.delay, self.floor(host))

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        if not self._crawl.autothrottle:
            return
        self.mindelay = self.floor(request.meta.get("download_slot", ""))
        self.maxdelay = max(self.mindelay, self._crawl.autothrottle_max_delay)
        super()._response_downloaded(response, request, spider)


def kept_to(asked: float | None) -> float:
    """The seconds of a Crawl-delay that are kept to."""
    return max(0.0, min(asked, LONGEST_CRAWL_DELAY)) if asked and math.isfinite(asked) else 0.0
