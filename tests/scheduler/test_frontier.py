"""The queue of pages: who is due, who is claimed, who comes next."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from support.desk import Desk, article

from archive import pages
from archive.models import Identity, Outcome
from archive.opening import open_for_writing, transaction
from scheduler import frontier, sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=10)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_for_writing(tmp_path / "stet.db") as opened:
        yield opened


def page(host: str, name: str = "a") -> Identity:
    return Identity(f"{host}/{name}", f"https://{host}/{name}")


def lease(
    db: Database, *, now: datetime = NOW, limit: int = 10, per_host: int = 10, busy: tuple[str, ...] = ()
) -> list[str]:
    claimed = frontier.lease(db, now=now, duration=LEASE, limit=limit, per_host=per_host, busy_hosts=busy)
    return [one.identity.url for one in claimed.values()]


def test_a_watched_page_is_due_at_once_and_leased_once(db: Database) -> None:
    assert frontier.watch(db, page("a.example"), now=NOW)
    assert lease(db) == ["https://a.example/a"]
    assert lease(db) == []


def test_a_lease_runs_out_by_itself(db: Database) -> None:
    frontier.watch(db, page("a.example"), now=NOW)
    lease(db)
    assert lease(db, now=NOW + LEASE - timedelta(seconds=1)) == []
    assert lease(db, now=NOW + LEASE) == ["https://a.example/a"]


def test_hosts_take_turns(db: Database) -> None:
    for number in range(5):
        frontier.watch(db, page("big.example", str(number)), now=NOW - timedelta(hours=1))
    frontier.watch(db, page("small.example"), now=NOW)
    assert lease(db, limit=2) == ["https://big.example/0", "https://small.example/a"]


def test_no_host_gets_more_than_its_share_and_a_busy_one_none(db: Database) -> None:
    for number in range(5):
        frontier.watch(db, page("big.example", str(number)), now=NOW)
    assert len(lease(db, per_host=2)) == 2
    assert lease(db, busy=("big.example",)) == []


def test_a_host_may_have_a_share_of_its_own(db: Database) -> None:
    for host in ("big.example", "small.example"):
        for number in range(5):
            frontier.watch(db, page(host, str(number)), now=NOW)
    claimed = frontier.lease(db, now=NOW, duration=LEASE, limit=10, per_host=2, other_hosts={"big.example": 4})
    assert sorted(Counter(one.host for one in claimed.values()).items()) == [("big.example", 4), ("small.example", 2)]


def test_a_lease_looks_hosts_up_in_the_index_and_scans_no_pages(db: Database) -> None:
    plans = []
    db.conn.set_trace_callback(plans.append)
    lease(db)
    db.conn.set_trace_callback(None)
    (query,) = [sql for sql in plans if "recursive queues" in sql]
    steps = [row[3] for row in db.execute(f"explain query plan {query}")]
    on_pages = [step for step in steps if re.search(r"(SCAN|SEARCH) (pages|due|beside|after|asked|next|due_now)", step)]
    assert on_pages
    assert all("SEARCH" in step for step in on_pages), on_pages


def test_leases_that_are_given_back_are_due_again(db: Database) -> None:
    frontier.watch(db, page("a.example"), now=NOW)
    claimed = frontier.lease(db, now=NOW, duration=LEASE, limit=1, per_host=1)
    frontier.release(db, claimed, NOW)
    assert lease(db) == ["https://a.example/a"]


def test_an_unwatched_page_is_never_due_not_even_after_its_fetch(db: Database) -> None:
    frontier.watch(db, page("a.example"), now=NOW)
    (page_id,) = frontier.lease(db, now=NOW, duration=LEASE, limit=1, per_host=1)
    assert frontier.unwatch(db, "a.example/a", now=NOW)
    assert not frontier.unwatch(db, "a.example/a", now=NOW)
    frontier.schedule(db, page_id, NOW)
    frontier.release(db, [page_id], NOW)
    assert lease(db, now=NOW + timedelta(days=1)) == []


def test_watching_twice_does_not_jump_the_queue(db: Database) -> None:
    frontier.watch(db, page("a.example"), now=NOW)
    lease(db)
    assert not frontier.watch(db, page("a.example"), now=NOW)
    assert lease(db) == []


def test_discovery_brings_back_what_was_fetched_but_not_what_was_unwatched(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article(), page("a.example"))
    assert frontier.discovered(db, page("a.example"), now=NOW, source="A")
    frontier.unwatch(db, "a.example/a", now=NOW)
    assert not frontier.discovered(db, page("a.example"), now=NOW, source="A")
    assert frontier.watch(db, page("a.example"), now=NOW)


def test_every_tenth_check_asks_for_the_page_whole(db: Database) -> None:
    desk = Desk(db)
    asked = []
    for _ in range(20):
        with transaction(db):
            frontier.watch(db, page("a.example"), now=NOW)
            frontier.schedule(db, 1, NOW)
            (claimed,) = frontier.lease(db, now=NOW, duration=LEASE, limit=1, per_host=1).values()
        asked.append(claimed.etag)
        assert frontier.on_demand(db, page("a.example")).etag == claimed.etag
        desk.reads(article(), page("a.example"))
    assert [number for number, etag in enumerate(asked, start=1) if etag is None] == [1, 10, 20]


def test_a_page_that_was_gone_is_asked_for_whole(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article(), page("a.example"))
    assert frontier.on_demand(db, page("a.example")).etag == '"1"'
    desk.finds(Outcome.GONE, page("a.example"))
    found = frontier.on_demand(db, page("a.example"))
    assert (found.etag, found.memory.body_digest) == (None, None)


def test_a_lease_knows_what_its_source_repeats(db: Database) -> None:
    for source, name in (("Alder Post", "a"), ("Vale Times", "b"), (None, "c")):
        frontier.watch(db, page("a.example", name), now=NOW, source=source)
    db.execute(
        """insert into source_lines (source_id, digest, text, pages, stories, days, first_day, last_day, titles, since,
               first_seen_at, last_seen_at, learned_at)
           select id, -7, 'Printed on paper.', 9, 9, 9, '2026-01-01', '2026-01-09', '', 0, '', '', '2026-01-09'
           from sources where name = 'Alder Post'"""
    )
    claimed = frontier.lease(db, now=NOW, duration=LEASE, limit=10, per_host=10)
    assert {one.source: one.memory.boilerplate for one in claimed.values()} == {
        "Alder Post": {-7},
        "Vale Times": frozenset(),
        None: frozenset(),
    }
    assert frontier.on_demand(db, page("a.example", "a")).memory.boilerplate == {-7}


def test_a_lease_knows_where_its_page_had_its_text(db: Database) -> None:
    Desk(db).reads(replace(article(), place="main>div.story"), page("a.example"))
    frontier.watch(db, page("a.example"), now=NOW)
    (claimed,) = frontier.lease(db, now=NOW, duration=LEASE, limit=1, per_host=1).values()
    assert claimed.memory.place == "main>div.story"
    assert frontier.on_demand(db, page("a.example")).memory.place == "main>div.story"


def test_pages_of_a_paused_source_are_passed_over_and_the_others_of_their_host_are_not(db: Database) -> None:
    for number in range(20):
        frontier.watch(db, page("a.example", f"paused-{number}"), now=NOW - timedelta(hours=1), source="Paused")
    frontier.watch(db, page("a.example", "other"), now=NOW, source="Other")
    frontier.watch(db, page("a.example", "alone"), now=NOW)
    frontier.watch(db, page("b.example", "paused"), now=NOW, source="Paused")
    assert sources.pause(db, "Paused", now=NOW)
    assert not sources.pause(db, "Paused", now=NOW)
    assert lease(db, limit=2, per_host=2) == ["https://a.example/other", "https://a.example/alone"]
    assert lease(db) == []
    assert sources.resume(db, "Paused")
    assert len(lease(db, limit=30, per_host=30)) == 21


def test_a_page_that_was_asked_for_comes_before_all_others_once(db: Database) -> None:
    for number in range(5):
        frontier.watch(db, page("a.example", str(number)), now=NOW - timedelta(hours=1))
    frontier.watch(db, page("z.example", "asked"), now=NOW + timedelta(days=1))
    asked = pages.find(db, page("z.example", "asked").key)
    assert asked is not None
    assert frontier.ask(db, asked.id, now=NOW)
    assert not frontier.ask(db, asked.id, now=NOW)
    assert lease(db, limit=2) == ["https://z.example/asked", "https://a.example/0"]
    assert frontier.ask(db, asked.id, now=NOW)
    assert lease(db, limit=1, busy=("z.example",)) == ["https://a.example/1"]


def test_the_queue_tells_how_many_pages_wait_and_for_how_long(db: Database) -> None:
    later, latest = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    assert frontier.queue(db, now=NOW) == frontier.Queue(0, False, None)
    frontier.watch(db, page("a.example"), now=NOW)
    frontier.watch(db, page("a.example", "b"), now=later)
    frontier.watch(db, page("b.example"), now=later)
    frontier.watch(db, page("c.example"), now=latest + LEASE)
    waiting = frontier.queue(db, now=latest)
    assert (waiting.due, waiting.is_more) == (3, False)
    assert waiting.lag(latest) == 120
    lease(db, now=latest, limit=1)
    waiting = frontier.queue(db, now=latest)
    assert (waiting.due, waiting.lag(latest)) == (2, 60)
    assert frontier.queue(db, now=latest, at_most=1) == frontier.Queue(1, True, "2026-03-01T12:01:00.000Z")


def test_pages_of_a_paused_source_do_not_wait(db: Database) -> None:
    frontier.watch(db, page("a.example"), now=NOW, source="Paused")
    frontier.watch(db, page("a.example", "b"), now=NOW)
    sources.pause(db, "Paused", now=NOW)
    assert frontier.queue(db, now=NOW + timedelta(minutes=1)).due == 1


def test_a_page_that_is_not_to_be_looked_at_again_does_not_wait(db: Database) -> None:
    frontier.watch(db, page("a.example"), now=NOW)
    frontier.schedule(db, 1, None)
    frontier.watch(db, page("b.example"), now=NOW)
    frontier.unwatch(db, page("b.example").key, now=NOW)
    assert frontier.queue(db, now=NOW) == frontier.Queue(0, False, None)
