"""What APScheduler does with a job that takes longer than its interval."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from scheduler.jobs import scheduled
from scheduler.settings import DaemonSettings, ScheduleSettings, SourceSettings

if TYPE_CHECKING:
    import pytest

OFTEN = timedelta(milliseconds=10)


async def nothing() -> None:
    pass


def test_a_discovery_slower_than_its_interval_runs_once_at_a_time_and_is_told_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    started: list[str] = []

    async def run() -> None:
        ticks = asyncio.Event()
        count = 0

        async def tick() -> None:
            nonlocal count
            count += 1
            if count > 50:
                ticks.set()

        async def never_ends(source: SourceSettings) -> None:
            started.append(source.name)
            await ticks.wait()

        settings = DaemonSettings(
            database=Path("never-opened.db"),
            sources=(
                SourceSettings(name="Slow", feeds=["https://news.example/feed"], every=OFTEN, jitter=timedelta(0)),
            ),
            schedule=ScheduleSettings(tick=OFTEN),
        )
        jobs = scheduled(
            settings, tick=tick, housekeeping=nothing, discover=never_ends, clock=lambda: datetime.now(UTC)
        )
        jobs.start()
        await ticks.wait()
        jobs.shutdown(wait=False)

    with caplog.at_level(logging.INFO), capture_logs() as told:
        asyncio.run(run())
    assert started == ["Slow"]
    assert [line["job"] for line in told if "longer than its interval" in line["event"]] == ["discover Slow"]
    assert not caplog.records
