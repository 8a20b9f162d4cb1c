"""The daemon: one loop with APScheduler's ticks, one long-lived spider, one writer and a pool of extractors."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import structlog

from archive.writer import Writer
from crawler.loop import start_crawl
from crawler.pool import ExtractionPool, PoolUnusable
from scheduler.discovering import discover_source
from scheduler.feeding import Feed
from scheduler.housekeeping import keep_house
from scheduler.jobs import Runs, scheduled
from scheduler.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.loop import Crawl
    from scheduler.checked import Checked
    from scheduler.running import Companion
    from scheduler.settings import DaemonSettings

EXTRACTED_WITHIN = 0.5
RELEASED_WITHIN = 0.3
COMPANIONS_END_WITHIN = 0.3
WRITER_CLOSES_WITHIN = 0.3
"""Seconds at the end, after the grace. What takes longer, since another process has the lock or a page hangs in
extraction, is left to the leases."""

logger = structlog.stdlib.get_logger(__name__)


class DaemonFailed(Exception):
    """The daemon ended by itself; the log has the traceback."""


async def run_daemon(
    settings: DaemonSettings,
    stop: asyncio.Event,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    on_checked: Callable[[Checked], None] = lambda _: None,
    companions: Sequence[Companion] = (),
) -> None:
    """Discover, fetch, store and come back until `stop` is set; then finish what is in flight.

    `on_checked` hears of each page that was checked. `companions` run beside the crawl and end with it; one that
    fails ends the daemon.
    Raises ArchiveError if the archive cannot be opened, or no longer be written; PoolUnusable; DaemonFailed.
    Runs inside `crawler.loop.run`.
    """
    writer = Writer(settings.database)
    opened = asyncio.wrap_future(writer.start())
    try:
        # Opening may wait long for another process's lock.
        await _first(opened, _set(stop))
        if opened.done():
            opened.result()
            with ExtractionPool(settings.workers) as pool:
                await _work(settings, stop, writer, pool, clock=clock, on_checked=on_checked, companions=companions)
    finally:
        writer.close(within=WRITER_CLOSES_WITHIN)
    logger.info("stopped")


async def _work(
    settings: DaemonSettings,
    stop: asyncio.Event,
    writer: Writer,
    pool: ExtractionPool,
    *,
    clock: Callable[[], datetime],
    on_checked: Callable[[Checked], None],
    companions: Sequence[Companion],
) -> None:
    feed = Feed(
        writer,
        pool,
        policy_of=settings.policy_of,
        extraction_of=settings.extraction_of,
        lease=settings.schedule.lease,
        crawl=settings.crawl,
        keep_all_bodies=settings.keep_all_bodies,
        clock=clock,
    )
    feed.follow(on_checked)
    crawl = await start_crawl(feed.requests(), feed.deliver, settings.crawl)
    feed.held_hosts = crawl.held_hosts
    jobs = scheduled(
        settings,
        tick=partial(_tick, feed),
        housekeeping=partial(keep_house, writer),
        discover=partial(discover_source, crawl=crawl, writer=writer, feed=feed, clock=clock),
        clock=clock,
    )
    runs = Runs(jobs, clock)
    jobs.start()
    logger.info("started", sources=len(settings.sources), database=str(settings.database))
    ready = asyncio.create_task(_prepare(pool, feed))
    ended = asyncio.ensure_future(crawl.wait())
    ending = asyncio.Event()
    running = Running(settings, writer, feed, jobs, ending, clock, started_at=clock(), runs=runs, extraction=ready)
    beside = [asyncio.create_task(companion(running)) for companion in companions]
    try:
        await _first(_set(stop), ended, feed.failed, *beside)
    finally:
        logger.info("stopping")
        ending.set()
        ready.cancel()
        jobs.shutdown(wait=False)
        feed.stop()
        await _finish(crawl, feed, settings.schedule.stop_within.total_seconds())
        await _end(beside)
    for companion in beside:
        if not companion.cancelled() and (error := companion.exception()):
            raise DaemonFailed("what runs beside the crawl ended by itself") from error
    if feed.failed.done():
        feed.failed.result()
    if not stop.is_set():
        raise DaemonFailed("fetching ended by itself") from ended.exception()


async def _finish(crawl: Crawl, feed: Feed, grace: float) -> None:
    """Downloads get the grace; a page that is still being extracted soon after is left to its lease."""
    try:
        async with asyncio.timeout(grace + EXTRACTED_WITHIN):
            await crawl.stop(grace)
    except TimeoutError:
        logger.warning("some pages took too long and will be fetched again")
    except Exception:
        logger.exception("fetching ended with an error")
    with suppress(TimeoutError):
        async with asyncio.timeout(RELEASED_WITHIN):
            await feed.release()


async def _end(companions: Sequence[asyncio.Task[None]]) -> None:
    """They have had as long as the crawl to end by themselves."""
    if not companions:
        return
    _, late = await asyncio.wait(companions, timeout=COMPANIONS_END_WITHIN)
    for companion in late:
        companion.cancel()
    if late:
        await asyncio.wait(late, timeout=COMPANIONS_END_WITHIN)


async def _prepare(pool: ExtractionPool, feed: Feed) -> None:
    """Have the workers ready before the first page is, or end in time."""
    try:
        await pool.ready()
    except PoolUnusable as error:
        feed.fail(error)


async def _first(*awaited: asyncio.Future[Any]) -> None:
    """Return once one of them is done; nothing is raised."""
    await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)


def _set(event: asyncio.Event) -> asyncio.Task[Literal[True]]:
    return asyncio.create_task(event.wait())


async def _tick(feed: Feed) -> None:
    feed.wake()
