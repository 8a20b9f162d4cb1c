"""SIGTERM and SIGINT: what is in flight is finished, and what will not finish is given back."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from support.archived import assert_sound, kept, rows, states
from support.cli import stet
from support.daemon import alive, descendants, running, source, write_config
from support.waiting import wait_until

from archive.times import iso
from stet.newsroom import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stet.newsroom import Newsroom, Served

STOPS_WITHIN = 10.0
AT_ONE_TIME = 8
"""`concurrency_per_host`."""


class Gate:
    """Holds answers back: those of the paths that it is closed for."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self._closed: dict[str, threading.Event] = {}

    def close(self, *paths: str) -> None:
        for path in paths:
            self._closed[path] = threading.Event()

    def open(self) -> None:
        for gate in self._closed.values():
            gate.set()

    def pass_through(self, path: str) -> None:
        if (gate := self._closed.get(path)) is not None:
            self.waiting.append(path)
            gate.wait(60)

    @contextmanager
    def serving(self, newsroom: Newsroom) -> Iterator[Served]:
        with serve(newsroom, before=self.pass_through) as served:
            try:
                yield served
            finally:
                self.open()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_is_in_flight_is_finished_and_stored(
    number: signal.Signals, newsroom: Newsroom, tmp_path: Path, database: Path
) -> None:
    gate, held = Gate(), newsroom.paths[:3]
    gate.close(*held)
    with gate.serving(newsroom) as served:
        config = write_config(tmp_path, source(served.url))
        with running(config, database) as daemon:
            daemon.wait_for("checked", outcome="new", times=len(newsroom.paths) - len(held))
            wait_until(lambda: set(gate.waiting) == set(held))
            workers = descendants(daemon.pid)
            assert workers
            daemon.signal(number)
            daemon.wait_for("finishing what is in flight; signal again to end at once", signal=number.name)
            daemon.wait_for("stopping")
            asked = len(served.requests)
            gate.open()
            assert daemon.ended(STOPS_WITHIN) == 0
            assert daemon.logged("stopped")
            wait_until(lambda: not alive(workers), "the end of the workers")
    # Nothing is begun any more: these are what was held back, and what was on its way.
    assert len(served.requests) <= asked + len(held) + AT_ONE_TIME
    assert {path for path, _ in kept(database)} == set(newsroom.paths)
    assert_sound(database)
    assert "Traceback" not in daemon.told(), daemon.told()


def test_an_answer_that_never_comes_does_not_hold_up_the_end(
    newsroom: Newsroom, tmp_path: Path, database: Path
) -> None:
    gate, held = Gate(), newsroom.paths[0]
    gate.close(held, "/feed.xml")
    with gate.serving(newsroom) as served:
        config = write_config(tmp_path, source(served.url, sections=[]), schedule={"lease": "1h"})
        assert stet(tmp_path, "watch", "--db", database, served.url + held).status == 0
        with running(config, database) as daemon:
            wait_until(lambda: {held, "/feed.xml"} <= set(gate.waiting))
            daemon.signal()
            assert daemon.ended(STOPS_WITHIN) == 0
    assert kept(database) == {}
    assert rows(database, "select outcome from captures") == []
    ((due,),) = rows(database, "select next_check_at from pages")
    assert str(due) <= iso(datetime.now(UTC))
    assert_sound(database)
    assert "Traceback" not in daemon.told(), daemon.told()
    assert not daemon.logged("source failing")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_at_once(
    number: signal.Signals, newsroom: Newsroom, tmp_path: Path, database: Path
) -> None:
    gate, held = Gate(), newsroom.paths[0]
    gate.close(held)
    with gate.serving(newsroom) as served:
        config = write_config(tmp_path, source(served.url), schedule={"stop_within": "1h"})
        with running(config, database) as daemon:
            wait_until(lambda: held in gate.waiting)
            daemon.wait_for("checked", times=3)
            workers = descendants(daemon.pid)
            daemon.signal(number)
            daemon.wait_for("stopping")
            assert daemon.status is None
            daemon.signal(number)
            assert daemon.ended(STOPS_WITHIN) == 128 + number
            wait_until(lambda: not alive(workers), "the end of the workers")
    assert_sound(database)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_whole_group_is_no_pages_failure(
    number: signal.Signals, newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    """As a terminal sends Ctrl-C, and systemd its SIGTERM."""
    config = write_config(tmp_path, source(served.url))
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new")
        newsroom.furniture()
        os.killpg(daemon.pid, number)
        assert daemon.ended(STOPS_WITHIN) == 0
    assert rows(database, "select detail from captures where outcome = 'error'") == []
    assert "Traceback" not in daemon.told(), daemon.told()
    assert_sound(database)


def test_pages_that_came_to_be_due_while_it_was_off_are_asked_for_at_the_start(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url), schedule={"lease": "1h"})
    for _ in range(2):
        with running(config, database) as daemon:
            daemon.wait_for("checked", times=len(newsroom.paths))
            daemon.signal()
            assert daemon.ended(STOPS_WITHIN) == 0
        newsroom.furniture()
    assert {page.versions for page in states(database).values()} == {1}
