"""What discovery found goes under the schedule, and the jobs that look for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from support.desk import START

from archive.models import Found
from archive.opening import open_for_writing
from crawler.loop import run
from crawler.settings import CrawlSettings
from scheduler import frontier
from scheduler.discovering import discover_once, watch_found
from scheduler.jobs import scheduled
from scheduler.settings import DaemonSettings, SourceSettings

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Newsroom, Served

FEED = ["https://news.example/feed.xml"]


def found(*paths: str) -> list[Found]:
    return [Found(f"https://news.example/{path}", "https://news.example/feed.xml") for path in paths]


def test_pages_are_watched_once_under_each_of_their_addresses(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        first = watch_found(db, "News", found("2026/a-story", "2026/another-story?utm_source=feed"), now=START)
        assert len(first) == 2
        again = watch_found(db, "News", found("2026/a-story#top", "2026/another-story"), now=START)
        assert again == set()
        leased = frontier.lease(db, now=START, duration=timedelta(minutes=1), limit=9, per_host=9)
        assert [lease.source for lease in leased.values()] == ["News", "News"]


def test_sources_are_looked_at_without_a_daemon(newsroom: Newsroom, served: Served) -> None:
    crawl = CrawlSettings(allow_private=True, delay=0, retries=0, autothrottle=False, reactor="none")
    good = SourceSettings(name="Good", feeds=[f"{served.url}/feed.xml"])
    bad = SourceSettings(name="Bad", feeds=[f"{served.url}/nothing.xml"])
    results = run(lambda: discover_once([good, bad], crawl), crawl)
    assert {page.url for page in results["Good"].found} == {served.url + path for path in newsroom.paths}
    assert results["Bad"].found == ()
    assert results["Bad"].problems == (f"{served.url}/nothing.xml: HTTP 404 Not Found",)


def test_a_source_is_looked_at_every_quarter_of_an_hour_unless_it_says_otherwise() -> None:
    trigger = SourceSettings(name="News", feeds=FEED, jitter="0s").trigger()
    assert trigger.get_next_fire_time(START, START) == START + timedelta(minutes=15)


def test_a_cron_line_is_read_in_its_time_zone() -> None:
    trigger = SourceSettings(name="News", feeds=FEED, cron="0 6 * * *", timezone="Europe/Berlin", jitter="0s").trigger()
    due = trigger.get_next_fire_time(None, datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert due == datetime(2026, 7, 2, 6, tzinfo=ZoneInfo("Europe/Berlin"))
    assert due.astimezone(UTC).hour == 4


def test_jitter_keeps_sources_from_starting_together() -> None:
    trigger = SourceSettings(name="News", feeds=FEED, every="1h", jitter="5m").trigger()
    times = {trigger.get_next_fire_time(START, START) for _ in range(20)}
    assert len(times) > 1
    assert all(timedelta(minutes=55) <= time - START <= timedelta(minutes=65) for time in times)


@pytest.mark.parametrize(
    ("rhythm", "why"),
    [
        ({"every": "1h", "cron": "0 * * * *"}, "either `every` or `cron`"),
        ({"cron": "61 * * * *"}, "cannot be read"),
        ({"timezone": "Mars/Olympus"}, "no IANA time zone"),
    ],
)
def test_a_rhythm_that_cannot_be_kept_is_refused(rhythm: dict[str, str], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        SourceSettings.model_validate({"name": "News", "feeds": FEED, **rhythm})


def test_missed_runs_coalesce_and_no_job_runs_beside_itself(tmp_path: Path) -> None:
    settings = DaemonSettings(
        database=tmp_path / "stet.db",
        sources=(SourceSettings(name="One", feeds=FEED), SourceSettings(name="Two", feeds=FEED)),
    )

    async def nothing(*_: object) -> None:
        """Stands for any job."""

    async def main() -> None:
        jobs = scheduled(settings, tick=nothing, housekeeping=nothing, discover=nothing, clock=lambda: START)
        jobs.start(paused=True)
        built = {job.id: job for job in jobs.get_jobs()}
        assert set(built) == {"tick", "housekeeping", "discover One", "discover Two"}
        for job in built.values():
            assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
        # At the start each source is looked at at once.
        assert built["discover One"].next_run_time == START
        jobs.shutdown(wait=False)

    asyncio.run(main())
