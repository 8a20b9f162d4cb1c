"""What a person may have the running daemon do: watch a page, look at it now, let a source rest.

Orders are written to the archive before they are told to be done, so they outlive a restart. robots.txt, the address
guard, politeness and pauses that hosts asked for hold as ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from archive import pages
from archive.errors import UnknownPage, UnknownSource
from archive.times import parse_iso
from crawler.identity import identify
from scheduler import frontier, sources
from scheduler.jobs import discovery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from archive.pages import Page
    from scheduler.running import Running

APART = timedelta(minutes=1)
"""Between two checks of a page that were asked for, and after any other."""


class NotNow(Exception):
    """It cannot be done as things are. The message says what to do first."""


class TooSoon(NotNow):
    """The page was looked at a moment ago, or its host asked to be left alone; in `after` seconds it may be again."""

    def __init__(self, message: str, after: int) -> None:
        super().__init__(message)
        self.after = after


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an order."""

    subject: str
    """The page's URL, or the source's name."""
    is_changed: bool
    """False where it was so already."""


async def watch(running: Running, url: str) -> Done:
    """Put a page under the schedule, due at once. Raises InvalidURL, ArchiveError."""
    page = identify(url)

    def work(db: Database) -> Done:
        is_added = frontier.watch(db, page, now=running.clock())
        return Done(_known(db, page.key, url).url, is_added)

    return await _order(running, work)


async def unwatch(running: Running, url: str) -> Done:
    """Take a page out of the schedule; what was kept of it stays. Raises InvalidURL, UnknownPage, ArchiveError."""
    key = identify(url).key

    def work(db: Database) -> Done:
        page = _known(db, key, url)
        return Done(page.url, frontier.unwatch(db, page.key, now=running.clock()))

    return await _order(running, work)


async def check_now(running: Running, url: str) -> Done:
    """Have a watched page fetched next, ahead of others.

    Raises InvalidURL, UnknownPage, ArchiveError; NotNow where it is not watched or its source is paused; TooSoon
    where it was looked at less than APART ago, or its host asked to be left alone for longer.
    """
    key = identify(url).key
    held = running.feed.held_hosts()

    def work(db: Database) -> Done:
        page = _known(db, key, url)
        now = running.clock()
        _refuse_untimely(db, page, now)
        _refuse_held(page, held)
        return Done(page.url, frontier.ask(db, page.id, now=now))

    return await _order(running, work)


def may_check(db: Database, page: Page, now: datetime) -> bool:
    """Whether the page can be asked for as far as the archive knows; what its host asked for, the daemon knows."""
    try:
        _refuse_untimely(db, page, now)
    except NotNow:
        return False
    return True


async def pause(running: Running, source: str) -> Done:
    """Leave a source's sites alone until it is resumed: no discovery, no checks. Raises UnknownSource, ArchiveError."""

    def work(db: Database) -> Done:
        _refuse_unknown(db, running, source)
        return Done(source, sources.pause(db, source, now=running.clock()))

    return await _order(running, work)


async def resume(running: Running, source: str) -> Done:
    """End a source's pause, and look for its pages at once. Raises UnknownSource, ArchiveError."""

    def work(db: Database) -> Done:
        _refuse_unknown(db, running, source)
        return Done(source, sources.resume(db, source))

    done = await _order(running, work)
    # Sources of the archive that are not configured any more have none.
    if done.is_changed and (job := running.jobs.get_job(discovery(source))) is not None:
        job.modify(next_run_time=running.clock())
    return done


async def _order(running: Running, work: Callable[[Database], Done]) -> Done:
    done = await running.writer.write(work)
    running.feed.wake()
    return done


def _known(db: Database, key: str, url: str) -> Page:
    page = pages.find(db, key)
    if page is None:
        raise UnknownPage(f"the archive knows nothing of {url}; watch it first")
    return page


def _refuse_untimely(db: Database, page: Page, now: datetime) -> None:
    if not page.watched:
        raise NotNow(f"{page.url} is not watched; watch it first")
    if sources.is_paused(db, pages.source_name(db, page)):
        raise NotNow(f"the source of {page.url} is paused; resume it first")
    if page.last_checked_at is not None:
        left = parse_iso(page.last_checked_at) + APART - now
        if left > timedelta(0):
            seconds = min(left, APART) // timedelta(seconds=1) + 1
            raise TooSoon(f"{page.url} was looked at less than a minute ago; try again in {seconds} s", seconds)


def _refuse_held(page: Page, held: Mapping[str, float]) -> None:
    host = pages.host_of(page.url)
    if host in held:
        seconds = ceil(held[host])
        raise TooSoon(f"{host} asked to be left alone; try again in {seconds} s", seconds)


def _refuse_unknown(db: Database, running: Running, name: str) -> None:
    if name not in sources.names(db, running.settings.sources):
        raise UnknownSource(f"no source is named {name}")
