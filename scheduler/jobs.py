"""What APScheduler is given to do: the tick, the housekeeping, and one discovery a source."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC
from typing import TYPE_CHECKING

import structlog
from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    EVENT_JOB_SUBMITTED,
    JobEvent,
    JobSubmissionEvent,
)
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime, timedelta

    from scheduler.settings import DaemonSettings, SourceSettings

logger = structlog.stdlib.get_logger(__name__)


def scheduled(
    settings: DaemonSettings,
    *,
    tick: Callable[[], Awaitable[None]],
    housekeeping: Callable[[], Awaitable[None]],
    discover: Callable[[SourceSettings], Awaitable[None]],
    clock: Callable[[], datetime],
) -> AsyncIOScheduler:
    """The daemon's jobs. Each runs once at a time, and runs that were missed are made up for by one.

    A run that falls due while the one before still goes on is left out, which is told once for each job.
    """
    jobs = AsyncIOScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("apscheduler.executors.default").addFilter(_is_told)
    logging.getLogger("apscheduler.scheduler").addFilter(_is_no_overlap)
    jobs.add_listener(_TellOfOverlaps(), EVENT_JOB_MAX_INSTANCES)
    jobs.add_job(tick, _every(settings.schedule.tick), id="tick", name="tick")
    jobs.add_job(housekeeping, _every(settings.schedule.housekeeping), id="housekeeping", name="housekeeping")
    for source in settings.sources:
        name = discovery(source.name)
        # At the start all sources at once.
        jobs.add_job(discover, source.trigger(), args=[source], id=name, name=name, next_run_time=clock())
    return jobs


def discovery(source: str) -> str:
    """The id of the job that looks for a source's pages."""
    return f"discover {source}"


class Runs:
    """Which jobs run, and when each began last: a listener of one scheduler.

    `Runs(jobs, clock)` begins to listen. To be asked in the scheduler's loop.
    """

    def __init__(self, jobs: AsyncIOScheduler, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._running: set[str] = set()
        self._last: dict[str, datetime] = {}
        jobs.add_listener(self._submitted, EVENT_JOB_SUBMITTED)
        jobs.add_listener(self._ended, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    def is_running(self, job_id: str) -> bool:
        return job_id in self._running

    def last_run_at(self, job_id: str) -> datetime | None:
        """When its last run began; None before the first."""
        return self._last.get(job_id)

    def _submitted(self, event: JobSubmissionEvent) -> None:
        self._running.add(event.job_id)
        self._last[event.job_id] = self._clock()

    def _ended(self, event: JobEvent) -> None:
        self._running.discard(event.job_id)


class _TellOfOverlaps:
    """A listener in place of APScheduler's warning, which comes with every run that is left out."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def __call__(self, event: JobSubmissionEvent) -> None:
        if event.job_id not in self._told:
            self._told.add(event.job_id)
            logger.info("takes longer than its interval; runs that fall due meanwhile are left out", job=event.job_id)


def _is_no_overlap(record: logging.LogRecord) -> bool:
    return "maximum number of running instances" not in str(record.msg)


def _is_told(record: logging.LogRecord) -> bool:
    """A job that is cancelled, since the daemon stops, has not failed."""
    return record.exc_info is None or not isinstance(record.exc_info[1], asyncio.CancelledError)


def _every(interval: timedelta) -> IntervalTrigger:
    return IntervalTrigger(seconds=interval.total_seconds(), timezone=UTC)
