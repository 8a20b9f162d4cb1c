"""The daemon: one loop with APScheduler's ticks, one long-lived spider, one writer and a pool of extractors."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from archive.writer import Writer
from crawler.loop import start_crawl
from crawler.pool import ExtractionPool
from scheduler.discovering import discover_source
from scheduler.feeding import Feed
from scheduler.housekeeping import keep_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.recording import Recorded
    from crawler.loop import Crawl
    from scheduler.settings import DaemonSettings

logger = structlog.stdlib.get_logger(__name__)


async def run_daemon(
    settings: DaemonSettings,
    stop: asyncio.Event,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    on_recorded: Callable[[Recorded], None] = lambda _: None,
) -> None:
    """Discover, fetch, store and come back until `stop` is set; then finish what is in flight.

    Raises ArchiveError if the archive cannot be opened. Runs inside `crawler.loop.run`.
    """
    with Writer(settings.database) as writer, ExtractionPool(settings.workers) as pool:
        feed = Feed(
            writer,
            pool,
            policy_of=settings.policy_of,
            lease=settings.schedule.lease,
            per_host=settings.crawl.concurrency_per_host + 1,
            keep_all_bodies=settings.keep_all_bodies,
            clock=clock,
            on_recorded=on_recorded,
        )
        crawl = await start_crawl(feed.requests(), feed.deliver, settings.crawl)
        feed.held_hosts = crawl.held_hosts
        jobs = _schedule(settings, writer, crawl, feed, clock)
        jobs.start()
        logger.info("started", sources=len(settings.sources), database=str(settings.database))
        stopped = asyncio.ensure_future(stop.wait())
        ended = asyncio.ensure_future(crawl.wait())
        await asyncio.wait((stopped, ended), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        logger.info("stopping")
        jobs.shutdown(wait=False)
        feed.stop()
        grace = settings.schedule.stop_within.total_seconds()
        with suppress(TimeoutError):
            # Downloads get the grace; a page that is still being extracted a second later is left to its lease.
            async with asyncio.timeout(grace + 1.0):
                await crawl.stop(grace)
        await feed.release()
    logger.info("stopped")


def _schedule(
    settings: DaemonSettings, writer: Writer, crawl: Crawl, feed: Feed, clock: Callable[[], datetime]
) -> AsyncIOScheduler:
    """The daemon's jobs. Each runs once at a time, and runs that were missed are made up for by one."""
    jobs = AsyncIOScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    seconds = settings.schedule.tick.total_seconds()
    jobs.add_job(_tick, IntervalTrigger(seconds=seconds, timezone=UTC), args=[feed], id="tick")
    jobs.add_job(
        keep_house,
        IntervalTrigger(seconds=settings.schedule.housekeeping.total_seconds(), timezone=UTC),
        args=[writer],
        id="housekeeping",
    )
    for source in settings.sources:
        jobs.add_job(
            discover_source,
            source.trigger(),
            args=[source, crawl, writer, feed, clock],
            id=f"discover {source.name}",
            next_run_time=clock(),
        )
    return jobs


async def _tick(feed: Feed) -> None:
    feed.wake()
