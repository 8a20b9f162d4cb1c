"""The daemon at work, as those see and steer it that run beside the crawl: the reading room, the notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Mapping
    from datetime import datetime
    from typing import Any, TypeAlias

    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from archive.writer import Writer
    from scheduler.feeding import Feed
    from scheduler.jobs import Runs
    from scheduler.settings import DaemonSettings

TICKS_MISSED = 10
"""After so many ticks that did not come, the loop is held up by something."""


@dataclass(frozen=True, slots=True)
class Running:
    """What the daemon works with. `ending` is set when it ends: who runs beside it is then to end too."""

    settings: DaemonSettings
    writer: Writer
    feed: Feed
    jobs: AsyncIOScheduler
    ending: asyncio.Event
    clock: Callable[[], datetime]
    started_at: datetime
    runs: Runs
    extraction: asyncio.Future[None]
    """Done once a worker can read pages."""


Companion: TypeAlias = "Callable[[Running], Coroutine[Any, Any, None]]"
"""Runs beside the crawl, in the same loop, until `ending` is set."""


@dataclass(frozen=True, slots=True)
class JobState:
    """One of APScheduler's jobs."""

    name: str
    next_run_at: datetime | None
    """None where it will not run again."""
    last_run_at: datetime | None
    """When its last run began; None where there was none yet."""
    running: bool


@dataclass(frozen=True, slots=True)
class DaemonState:
    """The daemon at one moment."""

    started_at: datetime
    jobs: tuple[JobState, ...]
    """Those that run next come first."""
    in_flight: int
    """Pages that are being fetched, read or stored."""
    held_hosts: Mapping[str, float]
    """Hosts that asked to be left alone, and for how many seconds more."""
    writing: int
    """Jobs that wait for the archive's writer."""
    wrong: tuple[str, ...]
    """What keeps it from its work, a sentence each."""


def state(running: Running) -> DaemonState:
    """How the daemon does. Only in its own loop, for it looks at what the loop works on."""
    return DaemonState(
        started_at=running.started_at,
        jobs=tuple(sorted(_jobs(running), key=lambda job: (job.next_run_at is None, job.next_run_at, job.name))),
        in_flight=running.feed.in_flight,
        held_hosts=running.feed.held_hosts(),
        writing=running.writer.waiting,
        wrong=tuple(_wrong(running)),
    )


def _jobs(running: Running) -> list[JobState]:
    runs = running.runs
    return [
        JobState(job.name, job.next_run_time, runs.last_run_at(job.id), runs.is_running(job.id))
        for job in running.jobs.get_jobs()
    ]


def _wrong(running: Running) -> list[str]:
    wrong = []
    if not running.writer.is_open:
        wrong.append("the archive is not open for writing")
    if running.feed.is_archive_failing:
        wrong.append("the archive cannot be written")
    if running.feed.failed.done():
        wrong.append("pages can no longer be stored or read")
    elif not running.extraction.done():
        wrong.append("extraction is not ready yet")
    ticked = running.runs.last_run_at("tick") or running.started_at
    # A tick may be far shorter than what the loop needs for one page.
    allowed = max(TICKS_MISSED * running.settings.schedule.tick.total_seconds(), TICKS_MISSED)
    if (late := (running.clock() - ticked).total_seconds()) > allowed:
        wrong.append(f"the frontier was last looked at {late:.0f} s ago")
    if running.ending.is_set():
        wrong.append("the daemon is stopping")
    return wrong
