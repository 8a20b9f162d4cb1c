"""robots.txt as RFC 9309 wants it read: a day's memory, and what each kind of failure means."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from crawler.hold import HostHeld
from crawler.redirects import RedirectLoop, TooManyRedirects
from crawler.resolver import AddressRefused
from crawler.settings import crawl_settings
from crawler.stopping import CrawlStopped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy.crawler import Crawler
    from scrapy.http import Response

LARGEST = 500 * 1024
"""Bytes that are read of a robots.txt: the least that RFC 9309 asks for."""
LARGE = 32 * 1024
"""Bytes from which on reading and asking is left to a thread: half a megabyte of rules takes up to a second."""
SERVER_ERROR_TTL = 600.0
"""Seconds for which a site is closed whose file cannot be read."""
UNREACHABLE_TTL = 60.0
"""Seconds for which a host that cannot be reached is not tried again."""
MOST_SITES = 2000
"""Sites whose rules are remembered; the longest unused go first."""


class RobotsRefused(IgnoreRequest):
    """robots.txt does not allow the page."""


class RobotsUnreadable(IgnoreRequest):
    """robots.txt cannot be read, so nothing is allowed until it is asked for again in `seconds`."""

    def __init__(self, host: str, why: str, seconds: float) -> None:
        super().__init__(f"robots.txt of {host} {why}, so nothing may be fetched there for now")
        self.seconds = seconds


class HostUnreachable(IgnoreRequest):
    """The host cannot be reached, not even for its robots.txt; `__cause__` is why."""


class Rules(Protocol):
    """What a robots.txt says; Scrapy's RobotParser is one."""

    def allowed(self, url: str, user_agent: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of one site's robots.txt."""

    until: float
    rules: Rules | None = None
    """None where all is allowed."""
    large: bool = False
    """Whether asking the rules takes long."""
    closed: str | None = None
    """Why nothing is allowed while the file cannot be read: what it does (`answers 500`)."""
    unreachable: Exception | None = None


class RobotsFiles:
    """The robots.txt of every site, fetched when first needed and again when it is too old.

    `fetch` gets a URL and gives status and body; HostHeld and CrawlStopped, if it raises them, are passed on.
    `parse` gets the site and the body. `ttl` and `clock` are in seconds.
    """

    def __init__(
        self,
        *,
        fetch: Callable[[str], Awaitable[tuple[int, bytes]]],
        parse: Callable[[str, bytes], Awaitable[Rules]],
        ttl: float,
        clock: Callable[[], float],
    ) -> None:
        self._fetch = fetch
        self._parse = parse
        self._ttl = ttl
        self._clock = clock
        self._sites: dict[str, Site] = {}
        self._under_way: dict[str, asyncio.Task[Site]] = {}

    async def site(self, origin: str) -> Site:
        """What holds for a site (`https://news.example`)."""
        known = self._sites.pop(origin, None)
        if known is not None:
            self._sites[origin] = known
            if known.until > self._clock():
                return known
        if origin not in self._under_way:
            task = asyncio.create_task(self._ask(origin, known))
            self._under_way[origin] = task
            task.add_done_callback(lambda _: self._under_way.pop(origin, None))
        return await asyncio.shield(self._under_way[origin])

    async def _ask(self, origin: str, known: Site | None) -> Site:
        site = await self._answer(origin)
        if not _is_known(site) and known is not None and _is_known(known):
            # RFC 9309, 2.4: while the file cannot be had, the old one may be used on; or that there was none.
            site = replace(known, until=site.until)
        self._sites[origin] = site
        while len(self._sites) > MOST_SITES:
            del self._sites[next(iter(self._sites))]
        return site

    async def _answer(self, origin: str) -> Site:
        try:
            status, body = await self._fetch(f"{origin}/robots.txt")
        except (HostHeld, CrawlStopped):
            raise
        except (RedirectLoop, TooManyRedirects):
            return Site(until=self._clock() + self._ttl)
        except Exception as exc:  # noqa: BLE001 (whatever it is, it is told of each page)
            return _not_had(exc, self._clock(), urlsplit(origin).hostname)
        now = self._clock()
        if status >= 500:  # noqa: PLR2004
            return Site(until=now + SERVER_ERROR_TTL, closed=f"answers {status}")
        if not 200 <= status < 300:  # noqa: PLR2004
            return Site(until=now + self._ttl)
        rules = await self._parse(origin, body[:LARGEST])
        return Site(until=now + self._ttl, rules=rules, large=len(body) > LARGE)


def _not_had(exc: Exception, now: float, host: str | None) -> Site:
    match exc:
        case DownloadTimeoutError():
            return Site(until=now + SERVER_ERROR_TTL, closed="gives no complete answer")
        case AddressRefused():
            # That does not pass by itself, so its pages are refused and not held.
            refused = RobotsRefused(f"robots.txt of {host} cannot be read: {exc}")
            return Site(until=now + SERVER_ERROR_TTL, unreachable=refused)
        case IgnoreRequest():
            return Site(until=now + SERVER_ERROR_TTL, closed=f"cannot be read ({exc})")
        case _:
            return Site(until=now + UNREACHABLE_TTL, unreachable=exc.with_traceback(None))


def _is_known(site: Site) -> bool:
    return site.closed is None and site.unreachable is None


def for_one_agent(body: bytes, name: str) -> bytes:
    """The file with all agents that cannot be `name` rolled into one.

    Protego keeps each rule for each agent of its group: 5,000 agents with 20,000 rules, in half a megabyte,
    would be a hundred million.
    """

    lines = body.decode("utf-8-sig", errors="ignore").splitlines()
    return "\n".join("User-agent: !" if _is_another(line, name) else line for line in lines).encode()


def _is_another(line: str, name: str) -> bool:
    said = _AGENT.match(line)
    agent = said["agent"].strip().lower() if said else "*"
    return agent != "*" and agent.replace("*", "") not in name.lower()


_AGENT = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)(?P<agent>[^#]*)", re.IGNORECASE)
"""A user-agent line in any of the spellings that Protego takes."""


class Robots:
    """Asks robots.txt before each request, and sends `robots_parsed` for each file read."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.monotonic) -> None:
        crawl = crawl_settings(crawler)
        if not crawl.obey_robots:
            raise NotConfigured
        self._crawler = crawler
        self._name = crawl.user_agent
        self._clock = clock
        self._files = RobotsFiles(fetch=self._fetch, parse=self._parse, ttl=crawl.robots_ttl, clock=clock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises RobotsRefused; where the file cannot be had, RobotsUnreadable or HostUnreachable."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        site = await self._files.site(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")
        if site.unreachable is not None:
            raise HostUnreachable from site.unreachable
        if site.closed is not None:
            raise RobotsUnreadable(parts.hostname or "", site.closed, max(0.0, site.until - self._clock()))
        if not await self._allowed(site, request.url):
            raise RobotsRefused(f"robots.txt of {parts.hostname} does not allow this page for {self._name}")

    async def _fetch(self, url: str) -> tuple[int, bytes]:
        if not self._crawler.engine.running:
            raise CrawlStopped
        request = Request(url, callback=NO_CALLBACK, meta={"dont_obey_robotstxt": True})
        response: Response = await self._crawler.engine.download_async(request)
        answered = response.request or request
        if (seconds := answered.meta.get("held_for")) is not None:
            raise HostHeld(urlsplit(answered.url).hostname or "", seconds)
        return response.status, response.body

    async def _allowed(self, site: Site, url: str) -> bool:
        if site.rules is None:
            return True
        if site.large:
            return await asyncio.to_thread(site.rules.allowed, url, self._name)
        return site.rules.allowed(url, self._name)

    async def _parse(self, origin: str, body: bytes) -> ProtegoRobotParser:
        ours = for_one_agent(body, self._name)
        if len(body) > LARGE:
            rules = await asyncio.to_thread(ProtegoRobotParser, ours, None)
        else:
            rules = ProtegoRobotParser(ours, None)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=Request(f"{origin}/")
        )
        return rules
