"""Fetching pages now, because somebody asked."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from archive import snapshots
from archive.errors import ArchiveError
from archive.models import Outcome
from archive.writer import Writer
from crawler.identity import InvalidURL, identify
from crawler.loop import crawl_pages
from crawler.pool import ExtractionPool
from crawler.reading import read
from crawler.spider import PageRequest
from scheduler import frontier
from scheduler.replaying import store_comparably
from scheduler.storing import is_held, store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from sqlite_utils import Database

    from archive.models import Article, Capture, Event, Finding, Identity
    from scheduler.frontier import Lease
    from scheduler.settings import DaemonSettings


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one URL that was asked for. `article` is what stands at its page now, if any was ever read."""

    url: str
    final_url: str | None
    fetched_at: datetime
    http_status: int | None
    outcome: Outcome
    version: int | None = None
    events: tuple[Event, ...] = ()
    article: Article | None = None
    error: str | None = None


async def fetch_now(urls: Iterable[str], settings: DaemonSettings, tell: Callable[[Fetched], None]) -> None:
    """Fetch, read and store each of `urls`; `tell` hears of each once, as it is done. Raises ArchiveError.

    An URL that cannot be fetched is told of like the others and stops none of them. Runs inside
    `crawler.loop.run`.
    """
    wanted: dict[str, Identity] = {}
    for url in urls:
        try:
            found = identify(url)
        except InvalidURL as error:
            tell(_failed(url, str(error)))
        else:
            wanted.setdefault(found.key, found)
    if not wanted:
        return
    with (
        Writer(settings.database) as writer,
        ExtractionPool(min(len(wanted), settings.workers or os.cpu_count() or 1)) as pool,
    ):
        fetch = _Fetch(settings, writer, pool, tell)
        await crawl_pages(fetch.requests(wanted.values()), fetch.deliver, settings.crawl)
        fetch.tell_the_rest()


class _Fetch:
    """One run over some pages: what was asked for, and has not been told of yet."""

    def __init__(
        self, settings: DaemonSettings, writer: Writer, pool: ExtractionPool, tell: Callable[[Fetched], None]
    ) -> None:
        self._settings = settings
        self._writer = writer
        self._pool = pool
        self._tell = tell
        self._open: dict[str, _Asked] = {}

    async def requests(self, identities: Iterable[Identity]) -> AsyncIterator[PageRequest]:
        for identity in identities:
            try:
                lease = await self._writer.write(partial(frontier.on_demand, identity=identity))
            except ArchiveError as error:
                self._tell(_failed(identity.url, f"not fetched: {error}"))
                continue
            url = lease.identity.url
            if url in self._open:
                self._open[url].urls.append(identity.url)
                continue
            self._open[url] = _Asked(lease, [identity.url])
            yield PageRequest(url, lease.page_id, lease.etag, lease.last_modified)

    async def deliver(self, request: PageRequest, capture: Capture) -> None:
        lease = self._open[request.url].lease
        settings = self._settings.extraction_of(lease.source)
        finding = await read(capture, self._pool, settings=settings, memory=lease.memory)
        try:
            if is_held(capture):
                fetched = _failed(request.url, finding.detail)
            else:
                store = partial(self._store, lease, capture)
                fetched = await store_comparably(
                    store, finding, self._writer, self._pool, settings=settings, memory=lease.memory
                )
        except ArchiveError as error:
            fetched = _failed(request.url, f"fetched, but not stored: {error}")
        for url in self._open.pop(request.url).urls:
            self._tell(replace(fetched, url=url))

    async def _store(self, lease: Lease, capture: Capture, finding: Finding) -> Fetched:
        return await self._writer.write(lambda db: _store(db, lease, capture, finding, self._settings))

    def tell_the_rest(self) -> None:
        """A defect of ours must not make a page vanish without a word; the log has the traceback."""
        for asked in self._open.values():
            for url in asked.urls:
                self._tell(_failed(url, "an internal error, see the log; please report it"))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page that is being fetched, and the URLs under which it was asked for."""

    lease: Lease
    urls: list[str]


def _store(db: Database, lease: Lease, capture: Capture, finding: Finding, settings: DaemonSettings) -> Fetched:
    recorded = store(
        db,
        lease.identity,
        capture,
        finding,
        source=lease.source,
        policy=settings.policy_of(lease.source),
        keep_all_bodies=settings.keep_all_bodies,
        learns=settings.extraction_of(lease.source).boilerplate.learn,
    )
    page = recorded.page
    return Fetched(
        url=page.url,
        final_url=capture.final_url,
        fetched_at=capture.fetched_at,
        http_status=capture.status,
        outcome=recorded.outcome,
        version=page.version,
        events=recorded.events,
        article=None if page.version is None else snapshots.load(db, page).article,
        error=recorded.detail or None,
    )


def _failed(url: str, error: str) -> Fetched:
    return Fetched(url, None, datetime.now(UTC), None, Outcome.ERROR, error=error)
