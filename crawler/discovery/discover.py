"""One run of discovery: from a source's settings to the pages it has."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from scrapy.http import Response

from crawler.discovery.dates import latest_instant
from crawler.discovery.errors import DiscoveryError
from crawler.discovery.feeds import read_feed
from crawler.discovery.sections import read_section
from crawler.discovery.sitemaps import Sitemap, read_sitemap
from crawler.failures import one_line
from crawler.identity import identity, is_section_or_home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.models import Found
    from crawler.discovery.settings import DiscoverySettings

T = TypeVar("T")

Download = Callable[[str], Awaitable[Response]]
"""Fetches a URL, redirects followed. Raises DiscoveryError, in words, for what kept it from that; anything else
counts as such too, since one feed must not stop the others."""

MAX_CHILDREN = 50
"""Further sitemaps that are followed from one sitemap of the settings."""
MAX_DEPTH = 3
"""Sitemap indexes within indexes; the protocol allows none, sites have one."""
MAX_FAILURES = 3
"""Children of one sitemap that may fail before its others are left alone."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one run came to."""

    found: tuple[Found, ...]
    """Each page once, by its identity: of feeds, then sitemaps, then sections."""
    problems: tuple[str, ...]
    """One line for each feed, sitemap or section page that could not be read."""
    succeeded: int
    """Feeds, sitemaps and section pages that could."""


async def discover(
    settings: DiscoverySettings, download: Download, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Discovery:
    """The pages that the feeds, sitemaps and sections of `settings` name.

    Feeds and sitemaps are the publisher's own lists: their pages are taken as they are (feeds often live on
    another domain than the pages), but for the home and section pages in sitemaps. Of a section page, links
    to its own site that look like articles are taken. With `include`, what it matches is taken and nothing else.
    """
    run = _Run(settings, download, clock())
    async with asyncio.TaskGroup() as group:
        tasks = [
            *(group.create_task(run.feed(url)) for url in settings.feeds),
            *(group.create_task(run.sitemap(url)) for url in settings.sitemaps),
            *(group.create_task(run.section(url)) for url in settings.sections),
        ]
    yields = [task.result() for task in tasks]
    pages = _merged(one.pages for one in yields)
    return Discovery(
        found=tuple(pages.values())[: settings.max_pages],
        problems=tuple(problem for one in yields for problem in one.problems),
        succeeded=sum(one.succeeded for one in yields),
    )


@dataclass(frozen=True, slots=True)
class _Yield:
    """What one line of the settings brought: its pages by identity."""

    pages: dict[str, Found]
    problems: tuple[str, ...] = ()
    succeeded: int = 0


class _Run:
    """The settings, the download and the date that all parts of one run share."""

    def __init__(self, settings: DiscoverySettings, download: Download, now: datetime) -> None:
        self._settings = settings
        self._download = download
        self._oldest = now - settings.max_age if settings.max_age else None
        self._visited: set[str] = set()
        self._include = [re.compile(pattern) for pattern in settings.include]
        self._exclude = [re.compile(pattern) for pattern in settings.exclude]

    async def feed(self, url: str) -> _Yield:
        def read(response: Response) -> dict[str, Found]:
            return self._first(read_feed(response.body, url=response.url, content_type=_content_type(response)))

        return await self._one(url, read)

    async def section(self, url: str) -> _Yield:
        wanted = self._is_taken if self._include else None

        def read(response: Response) -> dict[str, Found]:
            kind = _content_type(response)
            return self._first(read_section(response.body, url=response.url, content_type=kind, wanted=wanted))

        return await self._one(url, read)

    async def sitemap(self, url: str) -> _Yield:
        """The pages of a sitemap and of those it leads to, the newest first."""
        pages: dict[str, Found] = {}
        problems: list[str] = []
        succeeded = 0
        queue = deque([(url, 0)])
        for _ in range(1 + MAX_CHILDREN):
            if not queue or len(pages) >= self._settings.max_pages or len(problems) >= MAX_FAILURES:
                break
            address, depth = queue.popleft()
            self._visited.add(address)
            try:
                children, more = await self._read(address, self._sitemap_of)
            except DiscoveryError as error:
                problems.append(str(error))
                continue
            succeeded += 1
            pages = _merged([pages, more])
            if depth < MAX_DEPTH:
                queue.extend((child, depth + 1) for child in self._worth_reading(children))
        return _Yield(pages, tuple(problems), succeeded)

    async def _one(self, url: str, read: Callable[[Response], dict[str, Found]]) -> _Yield:
        try:
            return _Yield(await self._read(url, read), succeeded=1)
        except DiscoveryError as error:
            return _Yield({}, (str(error),))

    async def _read(self, url: str, read: Callable[[Response], T]) -> T:
        try:
            response = await self._download(url)
        except DiscoveryError:
            raise
        except Exception as error:
            raise DiscoveryError(one_line(f"{url}: {type(error).__name__}: {error}")) from error
        if response.status != HTTPStatus.OK:
            raise DiscoveryError(f"{url}: HTTP {_status(response.status)}")
        # In a thread, since a long sitemap takes seconds and the loop has others to serve.
        return await asyncio.to_thread(_told, url, read, response)

    def _sitemap_of(self, response: Response) -> tuple[tuple[tuple[str, str | None], ...], dict[str, Found]]:
        sitemap = read_sitemap(response.body, url=response.url)
        pages = [page for page in sitemap.pages if self._is_fresh(page) and self._is_page(page, sitemap)]
        # Undated ones last; else in the sitemap's order, since the sort is stable.
        pages.sort(key=_moment, reverse=True)
        return sitemap.children, self._first(pages)

    def _first(self, pages: Iterable[Found]) -> dict[str, Found]:
        """The first `max_pages` of the pages that are taken, by identity."""
        found: dict[str, Found] = {}
        for page in pages:
            if len(found) >= self._settings.max_pages:
                break
            if self._is_taken(page.url):
                found.setdefault(identity(page.url), page)
        return found

    def _is_taken(self, url: str) -> bool:
        if any(pattern.search(url) for pattern in self._exclude):
            return False
        return not self._include or any(pattern.search(url) for pattern in self._include)

    def _is_page(self, page: Found, sitemap: Sitemap) -> bool:
        return bool(self._include) or page.url in sitemap.news or not is_section_or_home(page.url)

    def _is_fresh(self, page: Found) -> bool:
        moment = latest_instant(page.published, page.modified)
        return self._oldest is None or moment is None or moment >= self._oldest

    def _worth_reading(self, children: Iterable[tuple[str, str | None]]) -> list[str]:
        """The sitemaps that were not read yet and are not too old, the newest first."""
        dated = [(url, latest_instant(date) or _NEVER) for url, date in children if url not in self._visited]
        if self._oldest:
            dated = [(url, moment) for url, moment in dated if moment is _NEVER or moment >= self._oldest]
        dated.sort(key=lambda child: child[1], reverse=True)
        chosen = [url for url, _ in dated[:MAX_CHILDREN]]
        self._visited.update(chosen)
        return chosen


def _told(url: str, read: Callable[[Response], T], response: Response) -> T:
    """What `read` makes of the response. Raises DiscoveryError, whatever it trips over."""
    try:
        return read(response)
    except DiscoveryError:
        raise
    except Exception as error:
        raise DiscoveryError(one_line(f"{url} cannot be read: {type(error).__name__}: {error}")) from error


_NEVER = datetime.min.replace(tzinfo=UTC)


def _moment(page: Found) -> datetime:
    return latest_instant(page.published, page.modified) or _NEVER


def _merged(parts: Iterable[dict[str, Found]]) -> dict[str, Found]:
    """Each page as it was first found, with what later ones add to its title and dates."""
    merged: dict[str, Found] = {}
    for key, page in (item for part in parts for item in part.items()):
        first = merged.setdefault(key, page)
        if first is not page and not (first.title and first.published and first.modified):
            merged[key] = replace(
                first,
                title=first.title or page.title,
                published=first.published or page.published,
                modified=first.modified or page.modified,
            )
    return merged


def _content_type(response: Response) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if value else None


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
