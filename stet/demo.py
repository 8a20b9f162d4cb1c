"""The demo: the real daemon against the bundled newsroom, its schedule compressed to seconds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.models import Outcome
from archive.pages import MOVED
from crawler.settings import CrawlSettings
from scheduler.daemon import run_daemon
from scheduler.policy import RecheckPolicy, Step
from scheduler.settings import DaemonSettings, ScheduleSettings, SourceSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.checked import Checked
    from stet.newsroom import Change, Newsroom

ROUND = timedelta(milliseconds=250)
"""How often each page is looked at; the newsroom is ours, so that there is nobody to be polite to."""
PATIENCE = 6.0
"""Seconds to wait for what a step should bring."""
PATIENCE_AT_FIRST = 15.0
"""Seconds for the first look at all articles, before which the extraction processes start: slow on a busy machine."""
SOURCE = "Newsroom"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the archive made of one step of the script."""

    change: Change
    events: tuple[tuple[str, str], ...]
    """(path of the page, kind of event), in the order in which they were recorded."""
    seconds: float

    @property
    def as_expected(self) -> bool:
        """Exactly the expected kinds, on one page.

        The feed may show a story's new address before the old one is asked again: it is then a page of its own,
        to which the old one moves.
        """
        moved = "moved" in self.change.events
        events = [(path, kind) for path, kind in self.events if not (moved and kind == "first_seen")]
        kinds = sorted(kind for _, kind in events)
        return kinds == sorted(self.change.events) and len({path for path, _ in events}) <= 1


def demo_settings(database: Path, url: str, *, round_: timedelta = ROUND) -> DaemonSettings:
    """The daemon's settings for a newsroom at `url`."""
    return DaemonSettings(
        database=database,
        crawl=CrawlSettings(
            delay=0,
            concurrency_per_host=8,
            autothrottle=False,
            retries=0,
            allow_private=True,
            contact=f"{url}/about/",
        ),
        schedule=ScheduleSettings(tick=timedelta(milliseconds=50)),
        recheck=RecheckPolicy(
            steps=(Step(until=timedelta(days=36_500), every=round_),), retry_after=round_, retry_at_most=round_
        ),
        sources=(
            SourceSettings(
                name=SOURCE,
                feeds=[f"{url}/feed.xml"],
                sitemaps=[f"{url}/sitemap_index.xml"],
                sections=[f"{url}/world/"],
                every=2 * round_,
                jitter=timedelta(0),
            ),
        ),
    )


async def play(newsroom: Newsroom, settings: DaemonSettings, tell: Callable[[Seen | None], None]) -> list[Seen]:
    """Run the daemon while the newsroom takes its script's steps; `tell` hears of each, and of the start as None."""
    stop = asyncio.Event()
    watcher = _Watcher()
    daemon = asyncio.ensure_future(run_daemon(settings, stop, on_checked=watcher.note))
    try:
        watcher.expect(["first_seen"] * len(newsroom.paths))
        await watcher.wait(daemon, PATIENCE_AT_FIRST)
        tell(None)
        seen: list[Seen] = []
        while True:
            started = monotonic()
            change = newsroom.advance()
            if change is None:
                return seen
            watcher.expect(list(change.events), everywhere=not change.events)
            await watcher.wait(daemon)
            seen.append(Seen(change, watcher.events, monotonic() - started))
            tell(seen[-1])
    finally:
        stop.set()
        await daemon


class _Watcher:
    """Waits until the archive has recorded what a step should bring."""

    def __init__(self) -> None:
        self._missing: list[str] = []
        self._rounds: dict[int, int] = {}
        self._pages: set[int] = set()
        self._events: list[tuple[str, str]] = []
        self._done = asyncio.Event()

    @property
    def events(self) -> tuple[tuple[str, str], ...]:
        """What was recorded since the last `expect`."""
        return tuple(self._events)

    def expect(self, kinds: list[str], *, everywhere: bool = False) -> None:
        """Expect these kinds of events; with `everywhere` nothing but two more looks at every page.

        Two, since the first may have been under way when the step was taken. One failed look will do: the
        host is then left alone for a while.
        """
        self._missing = list(kinds)
        self._rounds = dict.fromkeys(self._pages, 2) if everywhere else {}
        self._events = []
        self._done.clear()

    def note(self, checked: Checked) -> None:
        """The daemon has recorded a capture."""
        recorded = checked.recorded
        self._pages.add(recorded.page.id)
        if recorded.page.state == MOVED:
            # It ends there, and is not looked at again.
            self._pages.discard(recorded.page.id)
            self._rounds.pop(recorded.page.id, None)
        for event in recorded.events:
            self._events.append((urlsplit(recorded.page.url).path, event.kind.value))
            if event.kind.value in self._missing:
                self._missing.remove(event.kind.value)
        if recorded.outcome is Outcome.ERROR:
            self._rounds.clear()
        elif recorded.page.id in self._rounds:
            self._rounds[recorded.page.id] -= 1
        if not self._missing and all(left <= 0 for left in self._rounds.values()):
            self._done.set()

    async def wait(self, daemon: asyncio.Future[None], patience: float = PATIENCE) -> None:
        """Return when it has come, or patience is at an end; raises what ended the daemon."""
        done = asyncio.ensure_future(self._done.wait())
        await asyncio.wait((done, daemon), timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        done.cancel()
        if daemon.done():
            daemon.result()
            raise RuntimeError("the daemon ended by itself")
