"""The room of the sources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.desk import BODY, START, Desk, article, identity
from support.web import reading_room

from archive.health import SourceHealth, most_edited, recent_failures, source_health
from archive.models import Outcome
from archive.opening import open_for_writing
from scheduler.settings import SourceSettings
from stet.health import condition
from stet.web.bars import DAYS, HEIGHT, bars

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served

NOW = START + timedelta(days=2)
HOSTILE = "<b>Gazette</b>"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources: one edited on two days and with failures, one failing since an hour."""
    path = tmp_path_factory.mktemp("sources") / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db, source="Example Daily")
        desk.reads(article())
        desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:]))
        desk.now += timedelta(days=1)
        desk.reads(article("The harbour office counted 261 ships in March.", *BODY[1:]))
        desk.reads(article("The harbour office counted 281 ships in March.", *BODY[1:]))
        desk.reads(article(title="Lighthouse sold"), identity("lighthouse"))
        desk.finds(Outcome.ERROR, identity("lighthouse"), detail="time-out <after> 30 s")
        desk.finds(Outcome.BLOCKED, identity("lighthouse"), detail="a bot wall")
        other = Desk(db, source=HOSTILE)
        other.reads(article(title="Gazette story"), identity("gazette"))
        db.execute("update pages set watched = 1, next_check_at = '2026-01-03T11:00:00.000Z'")
        db.execute("update pages set next_check_at = '2026-01-03T13:00:00.000Z' where url like '%lighthouse'")
        db.execute(
            "update sources set failing_since = '2026-01-03T11:00:00.000Z', last_error = 'HTTP 503' where name = ?",
            [HOSTILE],
        )
        db.execute(
            """insert into source_lines (source_id, digest, text, pages, stories, days, first_day, last_day, titles,
                   since, first_seen_at, last_seen_at, learned_at)
               select id, 1, 'Write to <us> at any time.', 9, 9, 9, '2026-01-01', '2026-01-02', '', 0,
                      '2026-01-01T12:00:00.000Z', '2026-01-02T12:00:00.000Z', '2026-01-02T12:00:00.000Z'
               from sources where name = 'Example Daily'"""
        )
        db.conn.commit()
    return path


@pytest.fixture(scope="module")
def room(archive: Path) -> Iterator[Served]:
    never = SourceSettings(name="Never Read", feeds=("https://never.example/feed",))
    with reading_room(archive, clock=lambda: NOW, sources=(never,)) as served:
        yield served


def test_health_tells_what_is_due_and_what_was_edited_on_which_day(archive: Path) -> None:
    with open_for_writing(archive) as db:
        daily, other = sorted(
            source_health(db, since=NOW - timedelta(days=7), now=NOW), key=lambda each: each.source == HOSTILE
        )
        assert (daily.due, daily.next_due_at, daily.scheduled) == (1, "2026-01-03T13:00:00.000Z", 2)
        assert daily.edits_by_day == {"2026-01-01": 1, "2026-01-02": 2}
        assert (daily.fetches, daily.errors, daily.edits, daily.learned_lines) == (7, 2, 3, 1)
        assert (other.due, other.next_due_at, other.edits_by_day) == (1, None, {})
        later = source_health(db, since=NOW - timedelta(hours=24), now=NOW, edits_since=NOW - timedelta(days=7))
        assert {each.source: each.edits for each in later}["Example Daily"] == 2
        assert {each.source: sum(each.edits_by_day.values()) for each in later}["Example Daily"] == 3


def test_failures_and_edited_pages_are_of_the_source_alone(archive: Path) -> None:
    with open_for_writing(archive) as db:
        failures = recent_failures(db, "Example Daily", limit=20)
        assert [each.outcome for each in failures] == ["blocked", "error"]
        assert [each.outcome for each in recent_failures(db, "Example Daily", limit=1)] == ["blocked"]
        assert recent_failures(db, HOSTILE, limit=20) == []
        (edited,) = most_edited(db, "Example Daily", since=NOW - timedelta(days=7), limit=10)
        assert (edited.url, edited.edits) == ("https://news.example/a", 3)
        assert most_edited(db, HOSTILE, since=NOW - timedelta(days=7), limit=10) == []


def test_figures_of_the_last_days_are_found_by_their_time(archive: Path) -> None:
    with open_for_writing(archive) as db:
        asked: list[str] = []
        db.conn.set_trace_callback(asked.append)
        source_health(db, since=NOW, now=NOW)
        recent_failures(db, "Example Daily", limit=20)
        most_edited(db, "Example Daily", since=NOW, limit=10)
        db.conn.set_trace_callback(None)
        plans = [step[-1] for sql in asked for step in db.execute(f"explain query plan {sql}")]
    assert {step for step in plans if "captures" in step or "snapshots" in step} == {
        "SEARCH captures USING COVERING INDEX captures_fetched (fetched_at>?)",
        "SCAN captures USING INDEX captures_failed",
        "SEARCH snapshots USING INDEX snapshots_edited (captured_at>?)",
    }


def test_each_source_is_told_in_words_and_with_its_edits(room: Served) -> None:
    page = room.page("/sources")
    rows = {row.xpath("string(th/a)"): " ".join(row.xpath("string(.)").split()) for row in page.xpath("//tbody/tr")}
    assert set(rows) == {"Example Daily", HOSTILE, "Never Read"}
    assert "Troubled" in rows["Example Daily"]
    assert "3 edits in 30 days, most on 2026-01-02: 2; 0 today" in rows["Example Daily"]
    assert "1 now" in rows["Example Daily"]
    assert "Failing since" in rows[HOSTILE]
    assert "HTTP 503" in rows[HOSTILE]
    assert "Not looked at yet" in rows["Never Read"]
    labels = page.xpath("//*[local-name()='svg']/@aria-label")
    assert len(labels) == 3
    assert "<b>Gazette" not in room.get("/sources").text


def test_a_source_shows_what_failed_what_it_repeats_and_its_days_in_figures(room: Served) -> None:
    page = room.page("/source?name=Example+Daily")
    said = " ".join(page.xpath("string(//main)").split())
    assert "time-out <after> 30 s" in said
    assert "Write to <us> at any time." in said
    assert "Its recent changes" in page.xpath("string(//a[@href='/?source=Example+Daily'])")
    days = page.xpath("//details//tbody/tr")
    assert len(days) == DAYS
    assert days[-2].xpath("string(td)") == "2"
    assert page.xpath("//section[@aria-labelledby='edited']//a/@href") == ["/page?url=https%3A%2F%2Fnews.example%2Fa"]


def test_a_source_that_was_never_looked_at_has_a_page(room: Served) -> None:
    assert "Not looked at yet" in room.page("/source?name=Never+Read").xpath("string(//main)")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/source?name=Nobody", 404),
        ("/source", 400),
        ("/source?name=", 400),
        ("/source?name=%00", 404),
        ("/source?name=" + "x" * 300, 400),
        ("/sources?offset=-1", 400),
        ("/sources?offset=x", 400),
        ("/sources?unknown=1", 400),
    ],
)
def test_bad_parameters_are_told(room: Served, path: str, status: int) -> None:
    assert room.get(path).status_code == status


def test_more_sources_than_a_page_holds_are_on_the_next(archive: Path) -> None:
    many = tuple(SourceSettings(name=f"S{n:03}", feeds=(f"https://s{n}.example/feed",)) for n in range(60))
    with reading_room(archive, clock=lambda: NOW, sources=many) as room:
        first = room.page("/sources")
        second = room.page(first.xpath("string(//a[@rel='next']/@href)"))
        names = [*first.xpath("//tbody/tr/th/a/bdi/text()"), *second.xpath("//tbody/tr/th/a/bdi/text()")]
        assert len(names) == len(set(names)) == 62
        assert not second.xpath("//a[@rel='next']")
        assert len(room.get("/sources").content) < 100_000


def test_figures_are_kept_for_some_seconds_and_their_time_is_told(archive: Path) -> None:
    times = iter([NOW, NOW + timedelta(hours=3)])
    with reading_room(archive, clock=lambda: next(times)) as room:
        first, again = (room.page("/sources").xpath("string(//main/p/time/@datetime)") for _ in range(2))
    assert first == again == "2026-01-03T12:00:00.000Z"


@pytest.mark.parametrize(
    ("health", "said"),
    [
        (SourceHealth("S", failing_since="2026", last_success_at="2025", fetches=1), "Failing"),
        (SourceHealth("S", discovery_error="HTTP 404", last_success_at="2025", fetches=1), "Feeds cannot be read"),
        (SourceHealth("S"), "Not looked at yet"),
        (SourceHealth("S", last_success_at="2025"), "Not fetched lately"),
        (SourceHealth("S", last_success_at="2025", fetches=10, errors=1), "Troubled"),
        (SourceHealth("S", last_success_at="2025", fetches=100, errors=9), "Well"),
    ],
)
def test_how_a_source_does_is_a_word(health: SourceHealth, said: str) -> None:
    assert condition(health) == said


@given(st.dictionaries(st.integers(0, DAYS - 1), st.integers(1, 10**6)))
def test_every_day_with_edits_has_a_bar_within_the_chart(by_place: dict[int, int]) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    by_day = {(now - timedelta(days=ago)).date().isoformat(): edits for ago, edits in by_place.items()}
    shown = bars(by_day, now)
    heights = [int(bar.split("v-")[1].split("h")[0]) for bar in shown.path.split("M")[1:]]
    assert len(heights) == len(by_place)
    assert all(1 <= height <= HEIGHT for height in heights)
    assert sum(edits for _, edits in shown.days) == sum(by_place.values())
