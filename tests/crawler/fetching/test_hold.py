"""Leaving hosts alone that ask for it."""

from __future__ import annotations

import asyncio
from email.utils import format_datetime, formatdate
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import FailureKind
from crawler.hold import LONGEST, SHORTEST, UNSAID, Holds, retry_after
from crawler.loop import run, start_crawl
from crawler.settings import CrawlSettings
from crawler.spider import PageRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from archive.models import Capture

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 1.5 ", 1.5),
        (b"0", 0.0),
        (formatdate(NOW + 90, usegmt=True).encode(), 90.0),
        (formatdate(NOW - 90, usegmt=True).encode(), 0.0),
        (b"", None),
        (None, None),
        (b"soon", None),
        (b"-5", None),
        (b"9" * 400, None),
        ("５".encode(), None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.binary(max_size=60) | st.datetimes().map(format_datetime).map(str.encode))
def test_retry_after_may_be_anything(value: bytes) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or seconds >= 0


def test_a_hold_ends_by_itself() -> None:
    holds = Holds()
    assert holds.hold("news.example", 30, NOW) == 30
    assert holds.held(NOW + 10) == {"news.example": 20}
    assert holds.remaining("other.example", NOW) == 0
    assert holds.held(NOW + 30) == {}
    assert holds.remaining("news.example", NOW + 30) == 0


@pytest.mark.parametrize(
    ("asked", "held"), [(0, SHORTEST), (7200, 7200), (86_400, 86_400), (1e9, LONGEST), (None, UNSAID)]
)
def test_a_hold_is_bounded(asked: float | None, held: float) -> None:
    assert Holds().hold("news.example", asked, NOW) == held


def test_a_host_that_keeps_turning_us_away_is_left_alone_for_longer() -> None:
    holds, now = Holds(), NOW
    lasted = []
    for _ in range(8):
        lasted.append(holds.hold("news.example", None, now))
        now += lasted[-1]
    assert lasted == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    holds.answered("news.example")
    assert holds.hold("news.example", None, now) == 60


def test_answers_that_were_under_way_do_not_lengthen_a_hold() -> None:
    holds = Holds()
    holds.hold("news.example", None, NOW)
    assert holds.hold("news.example", None, NOW + 1) == pytest.approx(UNSAID)
    assert holds.held(NOW + 1) == {"news.example": pytest.approx(UNSAID)}


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_a_pause_is_asked_nothing_more(make_site: Any, fetch_either_way: Any, status: int) -> None:
    busy, other = make_site("127.0.0.1"), make_site("127.0.0.2").on("/story")
    busy.on("/0", status=status, headers=(("Retry-After", "300"),))
    captures = fetch_either_way(
        *(busy.url(f"/{n}") for n in range(6)), other.url("/story"), concurrency_per_host=1, delay=0.01
    )
    first, *rest, elsewhere = captures
    assert first.status == status
    assert first.failure.message == f"{busy.host}:{busy.port} answered {status}; it is left alone for 300 s"
    for capture in (first, *rest):
        assert capture.failure.kind is FailureKind.HELD
        assert 290 < capture.failure.retry_after <= 300
    assert [capture.status for capture in rest] == [None] * 5
    assert elsewhere.status == 200
    assert busy.paths() == ["/0"]


def test_held_hosts_can_be_seen_from_outside(site: Any) -> None:
    site.on("/a", status=429, headers=(("Retry-After", "300"),))
    settings = CrawlSettings(reactor="none", allow_private=True, obey_robots=False)

    async def main() -> dict[str, float]:
        delivered = asyncio.Event()

        async def requests() -> AsyncIterator[PageRequest]:
            yield PageRequest(site.url("/a"))
            await asyncio.Event().wait()

        async def deliver(page: PageRequest, capture: Capture) -> None:
            delivered.set()

        crawl = await start_crawl(requests(), deliver, settings)
        await delivered.wait()
        held = crawl.held_hosts()
        await crawl.stop()
        return held

    held = run(main, settings)
    assert list(held) == ["127.0.0.1"]
    assert 290 < held["127.0.0.1"] <= 300
