"""From the frontier to the spider and back: due pages are leased as there is room, and what comes is stored."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from archive.errors import ArchiveError, ArchiveUnusable
from archive.models import Finding, Outcome
from crawler.extraction import ExtractionSettings
from crawler.pool import PoolUnusable
from crawler.reading import read
from crawler.spider import PageRequest
from scheduler import frontier, sources
from scheduler.checked import Checked
from scheduler.replaying import store_comparably
from scheduler.storing import is_held, store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from sqlite_utils import Database

    from archive.models import Capture
    from archive.recording import Recorded
    from archive.writer import Writer
    from crawler.pool import ExtractionPool
    from crawler.settings import CrawlSettings
    from scheduler.frontier import Lease
    from scheduler.policy import RecheckPolicy

LEASED_AT_ONCE = 16
ARCHIVE_PAUSE = 5.0
"""Seconds between two pages that are tried while the archive cannot be written."""

logger = structlog.stdlib.get_logger(__name__)


class Feed:
    """Leases due pages for the spider, and stores each capture that comes of them.

    Of each host one page more is in flight than may be fetched at one time: it waits for its turn, and no host
    fills all the slots. `failed` gets the
    error after which no page can be stored or read any more.
    """

    def __init__(
        self,
        writer: Writer,
        pool: ExtractionPool,
        *,
        policy_of: Callable[[str | None], RecheckPolicy],
        extraction_of: Callable[[str | None], ExtractionSettings] = lambda _: ExtractionSettings(),
        lease: timedelta,
        crawl: CrawlSettings,
        keep_all_bodies: bool,
        clock: Callable[[], datetime],
        held_hosts: Callable[[], dict[str, float]] = dict,
    ) -> None:
        self._writer = writer
        self._pool = pool
        self._policy_of = policy_of
        self._extraction_of = extraction_of
        self._lease = lease
        self._crawl = crawl
        self._keep_all_bodies = keep_all_bodies
        self._clock = clock
        self._followers: list[Callable[[Checked], None]] = []
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._go_on = asyncio.Event()
        self._archive_failing = False
        self._in_flight: dict[int, Lease] = {}
        self.held_hosts = held_hosts
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def in_flight(self) -> int:
        """How many pages are leased: being fetched, read or stored."""
        return len(self._in_flight)

    def is_fetching(self, page_id: int) -> bool:
        """Whether that page is leased."""
        return page_id in self._in_flight

    @property
    def is_archive_failing(self) -> bool:
        """Whether the archive could not be written when that was last tried."""
        return self._archive_failing

    def follow(self, follower: Callable[[Checked], None]) -> None:
        """Have `follower` called, in the loop, with each check once it is recorded."""
        self._followers.append(follower)

    def wake(self) -> None:
        """Look at the frontier at once."""
        self._wake.set()

    def stop(self) -> None:
        """Lease no more; `requests` ends."""
        self._stopping.set()
        self._go_on.set()
        self.wake()

    def fail(self, error: Exception) -> None:
        """There is no going on after this."""
        if not self.failed.done():
            self.failed.set_exception(error)

    def archive_failed(self, error: ArchiveError) -> None:
        """The archive could not be written: told when it starts, not at each try."""
        if isinstance(error, ArchiveUnusable):
            self.fail(error)
        elif not self._archive_failing:
            logger.error("archive cannot be written; what was fetched will be fetched again", reason=str(error))
            self._archive_failing = True
            self._go_on.clear()

    async def requests(self) -> AsyncIterator[PageRequest]:
        """The pages to fetch, as they become due, until `stop`."""
        while not self._stopping.is_set():
            self._wake.clear()
            leases = await self._due()
            self._in_flight |= leases
            for page_id, lease in leases.items():
                if self._stopping.is_set():
                    return
                yield PageRequest(lease.identity.url, page_id, lease.etag, lease.last_modified)
            if not leases:
                await self._wake.wait()

    async def deliver(self, request: PageRequest, capture: Capture) -> None:
        """Read and store what came of one lease. Where that fails, the lease is left to run out."""
        page_id = request.page_id or 0
        lease = self._in_flight.get(page_id)
        if lease is None:
            # It came after all was given back at the end, and will be fetched again.
            return
        try:
            if is_held(capture):
                await self._put_back(page_id, lease, capture)
            else:
                await self._store(lease, capture)
        except PoolUnusable as error:
            self.fail(error)
        except ArchiveError as error:
            self.archive_failed(error)
        finally:
            self._in_flight.pop(page_id, None)
            self.wake()

    async def release(self) -> None:
        """Give back what was leased and never came, so that the next start need not wait for the leases."""
        page_ids = list(self._in_flight)
        self._in_flight.clear()
        if not page_ids:
            return
        now = self._clock()
        try:
            await self._writer.write(lambda db: frontier.release(db, page_ids, now))
        except ArchiveError as error:
            self.archive_failed(error)

    async def _due(self) -> dict[int, Lease]:
        if self._archive_failing:
            await self._pause()
        in_flight = Counter(lease.host for lease in self._in_flight.values())
        busy = {host for host, count in in_flight.items() if count > self._crawl.concurrency_of(host)} | set(
            self.held_hosts()
        )

        def work(db: Database) -> dict[int, Lease]:
            return frontier.lease(
                db,
                now=self._clock(),
                duration=self._lease,
                # What cannot be stored need not be fetched, but for one page that shows when it can be again.
                limit=1 if self._archive_failing else LEASED_AT_ONCE,
                per_host=self._crawl.concurrency_per_host + 1,
                other_hosts={host: self._crawl.concurrency_of(host) + 1 for host in self._crawl.hosts},
                busy_hosts=busy,
            )

        try:
            leases = await self._writer.write(work)
        except ArchiveError as error:
            self.archive_failed(error)
            return {}
        return {page_id: lease for page_id, lease in leases.items() if page_id not in self._in_flight}

    async def _put_back(self, page_id: int, lease: Lease, capture: Capture) -> None:
        failure = capture.failure
        pause = (failure and failure.retry_after) or 0.0
        now = self._clock()

        def work(db: Database) -> None:
            frontier.release(db, [page_id], now + timedelta(seconds=pause))
            if pause and failure and lease.source:
                sources.page_failed(db, lease.source, failure.message, now=now)

        await self._writer.write(work)

    async def _store(self, lease: Lease, capture: Capture) -> None:
        try:
            settings = self._extraction_of(lease.source)
            finding = await read(capture, self._pool, settings=settings, memory=lease.memory)
            record = partial(self._record, lease, capture)
            recorded = await store_comparably(
                record, finding, self._writer, self._pool, settings=settings, memory=lease.memory
            )
        except (ArchiveError, PoolUnusable):
            raise
        except Exception:
            # A defect of ours. The page is put off like any that fails, or its site would be asked again and again.
            logger.exception("a page could not be read or stored; please report it", url=lease.identity.url)
            finding = Finding(Outcome.ERROR, detail="an internal error, see the log")
            recorded = await self._record(lease, replace(capture, body=b""), finding)
        if self._archive_failing:
            logger.warning("archive can be written again")
            self._archive_failing = False
            self._go_on.set()
        nothing_new = recorded.outcome is Outcome.UNCHANGED and not recorded.events
        # Most checks find nothing new: whoever follows them asks for the level `debug`.
        tell = logger.debug if nothing_new else logger.info
        tell(
            "checked",
            outcome=recorded.outcome.value,
            url=recorded.page.url,
            version=recorded.page.version,
            events=[event.kind.value for event in recorded.events] or None,
            detail=recorded.detail or None,
        )
        checked = Checked(recorded, lease.source, capture.download_seconds, finding.extraction_seconds)
        for follower in self._followers:
            follower(checked)

    async def _record(self, lease: Lease, capture: Capture, finding: Finding) -> Recorded:
        return await self._writer.write(
            lambda db: store(
                db,
                lease.identity,
                capture,
                finding,
                source=lease.source,
                policy=self._policy_of(lease.source),
                keep_all_bodies=self._keep_all_bodies,
                learns=self._extraction_of(lease.source).boilerplate.learn,
            )
        )

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(ARCHIVE_PAUSE):
                await self._go_on.wait()
