"""All that stands in the archive, read again by today's extraction."""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from archive import pages, reextraction
from archive.errors import BodyMissing
from archive.models import Identity, Replay
from archive.opening import open_for_reading
from archive.provenance import Today, outdated
from archive.writer import Writer
from crawler.extraction import EXTRACTOR
from crawler.pool import ExtractionPool
from scheduler import frontier
from scheduler.replaying import read_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

    from archive.models import Finding
    from archive.pages import Page
    from scheduler.settings import DaemonSettings

AT_ONCE = 2
"""Pages in flight for each worker: one that is being read, one that is ready or being stored."""


class Result(StrEnum):
    """What became of one page."""

    REEXTRACTED = "reextracted"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reextracted:
    """What one replay came to. `version` is the one that stands there with it."""

    url: str
    version: int | None
    result: Result
    words_added: int = 0
    words_removed: int = 0
    error: str | None = None


async def reextract_all(
    settings: DaemonSettings,
    *,
    source: str | None = None,
    dry_run: bool = False,
    begin: Callable[[int], None],
    tell: Callable[[Reextracted], None],
) -> None:
    """Replay the standing version of each page that another extraction or other settings read.

    `begin` hears how many there are, `tell` of each as it is done; with `dry_run` nothing is written. Each page is
    committed by itself, and done once it is: a run that was broken off is gone on with by the next. Raises
    ArchiveError or PoolUnusable.
    """
    workers = settings.workers or os.cpu_count() or 1
    with ExitStack() as stack:
        # Where there is no archive yet, reading says so; writing would make one.
        writes = not dry_run and settings.database.is_file()
        writer = stack.enter_context(Writer(settings.database)) if writes else None
        db = stack.enter_context(open_for_reading(settings.database))
        page_ids = outdated(db, _today(settings), source=source)
        begin(len(page_ids))
        if not page_ids:
            return
        pool = stack.enter_context(ExtractionPool(min(workers, len(page_ids))))
        run = _Run(settings, db, writer, pool, tell)
        # Each task takes the next one that none has taken.
        waiting = iter(page_ids)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE * workers):
                    group.create_task(run.replay_each(waiting))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None


class _Run:
    """One run over the archive."""

    def __init__(
        self,
        settings: DaemonSettings,
        db: Database,
        writer: Writer | None,
        pool: ExtractionPool,
        tell: Callable[[Reextracted], None],
    ) -> None:
        self._settings = settings
        self._db = db
        self._writer = writer
        self._pool = pool
        self._tell = tell

    async def replay_each(self, page_ids: Iterator[int]) -> None:
        """Take one page after the other, as long as there are any."""
        for page_id in page_ids:
            self._tell(await self._replay(page_id))

    async def _replay(self, page_id: int) -> Reextracted:
        page = pages.get(self._db, page_id)
        if page.version is None:
            return Reextracted(page.url, None, Result.UNCHANGED)
        try:
            capture = reextraction.stored_capture(self._db, page, page.version)
        except BodyMissing as missing:
            return Reextracted(page.url, page.version, Result.FAILED, error=str(missing))
        known = frontier.on_demand(self._db, Identity(page.key, page.url))
        finding = await read_again(
            capture, self._pool, settings=self._settings.extraction_of(known.source), memory=known.memory
        )
        if finding.article is None:
            return Reextracted(page.url, page.version, Result.FAILED, error=finding.detail)
        reread = await self._take_in(page, page.version, finding)
        if reread is None or reread.event is None:
            return Reextracted(page.url, page.version, Result.UNCHANGED)
        return Reextracted(page.url, reread.version, Result.REEXTRACTED, reread.words_added, reread.words_removed)

    async def _take_in(self, page: Page, version: int, finding: Finding) -> reextraction.Rereading | None:
        if self._writer is None:
            return reextraction.read_again(self._db, page, finding)
        replay = Replay(page.id, version, finding)
        return await self._writer.write(lambda db: reextraction.record_replay(db, replay, now=datetime.now(UTC)))


def _today(settings: DaemonSettings) -> Today:
    by_source = {one.name: settings.extraction_of(one.name).digest for one in settings.sources}
    return Today(EXTRACTOR, by_source, settings.extraction.digest)
