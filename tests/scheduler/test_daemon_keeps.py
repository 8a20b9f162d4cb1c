"""The daemon discovers, fetches, keeps and comes back, and others work beside it."""

from __future__ import annotations

import signal
from collections import Counter
from typing import TYPE_CHECKING

from support.archived import assert_sound, events, kept, on_show, rows, shows, states
from support.cli import stet
from support.daemon import running, source, write_config
from support.waiting import wait_until

Event = tuple[str, str]
WINDPARK = "/politik/oberlinden-lehnt-windpark-am-kahlberg-ab"

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Newsroom, Served


def test_the_archive_has_exactly_what_the_newsroom_did(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url))
    with running(config, database) as daemon:
        daemon.wait_for("checked", times=len(newsroom.paths), outcome="new")
        first = set(events(database))
        assert first == {(path, "first_seen") for path in newsroom.paths}
        expected: list[tuple[str, str]] = []
        while change := newsroom.advance():
            if change.path:
                path = newsroom.story(change.path.rpartition("/")[2]).path
                expected += [(path, kind) for kind in change.events]
            _wait_for_events(database, len(first) + len(expected), change.name)
            if change.name == "outage":
                daemon.wait_for("checked", outcome="error")
        said = on_show(newsroom, served.url)
        wait_until(lambda: shows(database, said), "the last state")
        daemon.signal(signal.SIGTERM)
        assert daemon.ended(within=10) == 0
    seen = events(database)[len(first) :]
    # Discovery may come upon a story's new address before the old one is asked again.
    (moved,) = (path for path, kind in seen if kind == "moved")
    assert Counter(_without(seen, (WINDPARK, "first_seen"), moved)) == Counter(_without(expected, None, WINDPARK))
    assert_sound(database)
    for path, page in states(database).items():
        made = {"headline_changed", "text_changed", "byline_changed", "correction_added", "correction_removed"}
        steps = [kinds for about, kinds in _changes(newsroom) if about == path and made & set(kinds)]
        assert page.versions == 1 + len(steps), path
    assert "Traceback" not in daemon.told(), daemon.told()
    assert daemon.logged("checked", outcome="error")[0]["detail"].endswith("answered 503; it is left alone for 1 s")


def _without(events: list[Event], event: Event | None, moved: str) -> list[Event]:
    return [one for one in events if one not in {event, (moved, "moved")}]


def _wait_for_events(database: Path, count: int, step: str) -> None:
    wait_until(lambda: len(events(database)) >= count, lambda: f"{step}: {events(database)[-3:]}")


def _changes(newsroom: Newsroom) -> list[tuple[str, tuple[str, ...]]]:
    """(path of the page as it is at the end, kinds) for each step of the script that is about one."""
    return [(newsroom.story(step.slug).path, step.events) for step in newsroom.steps if step.slug]


def test_others_work_beside_the_daemon(newsroom: Newsroom, served: Served, tmp_path: Path, database: Path) -> None:
    watched, fetched = (f"{served.url}{path}" for path in newsroom.paths[:2])
    config = write_config(tmp_path)
    options = ("--config", config, "--db", database)
    with running(config, database) as daemon:
        daemon.wait_for("started")
        assert stet(tmp_path, "watch", *options, watched).status == 0
        daemon.wait_for("checked", url=watched, outcome="new")
        daemon.wait_for("checked", url=watched, outcome="unchanged", times=3)

        ran = stet(tmp_path, "fetch", *options, "--json", fetched, watched)
        assert (ran.status, ran.stderr) == (0, "")
        assert {record["url"]: record["outcome"] for record in ran.records} == {fetched: "new", watched: "unchanged"}
        assert ran.record_of(fetched)["text"] == newsroom.stories[1].text

        second = stet(tmp_path, "run", *options)
        assert second.status == 2
        assert f"another `stet run` has the archive {database}" in second.stderr

        assert stet(tmp_path, "unwatch", *options, watched).status == 0
        daemon.signal()
        assert daemon.ended(within=10) == 0
    assert len(kept(database)) == 2
    assert rows(database, "select count(*) from pages where watched") == [(0,)]
    assert_sound(database)


def test_a_second_daemon_may_have_another_archive_or_the_same_one_afterwards(tmp_path: Path, database: Path) -> None:
    config = write_config(tmp_path)
    with running(config, database) as one, running(config, tmp_path / "other.db") as other:
        for daemon in (one, other):
            daemon.wait_for("started")
        one.kill()
        with running(config, database) as after:
            after.wait_for("started")
            after.signal()
            assert after.ended(within=10) == 0
