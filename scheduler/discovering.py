"""From a source's feeds, sitemaps and sections to pages in the frontier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from scrapy.crawler import AsyncCrawlerRunner

from archive.errors import ArchiveError
from crawler.discovery.discover import discover
from crawler.discovery.spider import DiscoverySpider, engine_download
from crawler.identity import identify
from crawler.settings import scrapy_settings
from scheduler import frontier, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlite_utils import Database

    from archive.models import Found
    from archive.writer import Writer
    from crawler.discovery.discover import Discovery
    from crawler.loop import Crawl
    from crawler.settings import CrawlSettings
    from scheduler.feeding import Feed
    from scheduler.settings import SourceSettings

logger = structlog.stdlib.get_logger(__name__)


async def discover_source(
    source: SourceSettings, crawl: Crawl, writer: Writer, feed: Feed, clock: Callable[[], datetime]
) -> None:
    """The daemon's job for one source: look for its pages, unless it is paused. Those not seen before are due now."""
    try:
        if await writer.write(lambda db: sources.is_paused(db, source.name)):
            return
    except ArchiveError as error:
        feed.archive_failed(error)
        return
    result = await discover(source, engine_download(crawl.engine))
    now = clock()

    def work(db: Database) -> int:
        sources.discovered(db, source.name, result.problems, now=now)
        return len(watch_found(db, source.name, result.found, now=now))

    try:
        added = await writer.write(work)
    except ArchiveError as error:
        feed.archive_failed(error)
        return
    logger.info("discovered", source=source.name, found=len(result.found), new=added)
    feed.wake()


async def discover_once(sources: Iterable[SourceSettings], crawl: CrawlSettings) -> dict[str, Discovery]:
    """Look for the pages of all `sources` now, in a crawl of its own; results by the source's name, in their order."""
    results: dict[str, Discovery] = {}
    by_name = {source.name: source for source in sources}
    runner = AsyncCrawlerRunner(scrapy_settings(crawl))
    await runner.crawl(DiscoverySpider, sources=by_name, deliver=results.__setitem__)
    return {name: results[name] for name in by_name if name in results}


def watch_found(db: Database, source: str, found: Iterable[Found], *, now: datetime) -> set[str]:
    """Watch what discovery found; returns the URLs of the pages that were not watched before."""
    return {page.url for page in found if frontier.discovered(db, identify(page.url), now=now, source=source)}
