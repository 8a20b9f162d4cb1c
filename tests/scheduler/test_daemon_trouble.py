"""What the daemon does where it cannot start, cannot write, or cannot go on."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from support.archived import assert_sound, kept, on_show, shows
from support.cli import stet
from support.daemon import descendants, running, source, write_config
from support.waiting import wait_until

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Newsroom, Served

STOPS_WITHIN = 10.0


def test_a_mistyped_key_is_named_with_its_file_and_line(tmp_path: Path, database: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("crawl:\n  delay: 1s\nschedule:\n  tik: 5s\n", encoding="utf-8")
    ran = stet(tmp_path, "run", "--config", config, "--db", database)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == f"stet: {config}:4: schedule.tik: unknown key; did you mean `tick`?\n"
    assert not database.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"dear diary, " * 500, "is not a SQLite database"),
        (b"SQLite format 3\0" + b"\xff" * 5000, ""),
    ],
)
def test_a_file_that_is_no_archive_is_left_as_it_is(content: bytes, why: str, tmp_path: Path, database: Path) -> None:
    database.write_bytes(content)
    ran = stet(tmp_path, "run", "--config", write_config(tmp_path), "--db", database)
    assert ran.status == 2
    assert f"stet: the archive {database} {why}" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert database.read_bytes() == content


def test_a_locked_archive_is_waited_for_and_the_wait_can_be_ended(tmp_path: Path, database: Path) -> None:
    with open_for_writing(database):
        pass
    config = write_config(tmp_path)
    with closing(sqlite3.connect(database)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        with running(config, database) as waits, running(config, tmp_path / "other.db") as starts:
            starts.wait_for("started")
            wait_until(lambda: waits.log)
            waits.signal()
            assert waits.ended(STOPS_WITHIN) == 0
            assert not waits.logged("started")
        with running(config, database) as waits:
            wait_until(lambda: waits.log)
            other.close()
            waits.wait_for("started")


def test_a_lock_held_elsewhere_does_not_hold_up_the_end(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url))
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))
        with closing(sqlite3.connect(database)) as other:
            other.execute("begin immediate")
            asked = len(served.requests)
            daemon.signal()
            assert daemon.ended(STOPS_WITHIN) == 0
            other.rollback()
    assert len(served.requests) <= asked + len(newsroom.paths)
    assert_sound(database)


def test_a_full_disk_is_told_of_once_and_loses_nothing(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url))
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    full = "archive cannot be written; what was fetched will be fetched again"
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new", times=3)
        before = kept(database)
        resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        newsroom.advance()
        change = newsroom.advance()
        assert change is not None
        daemon.wait_for(full)
        found, asked = len(served.requested("/feed.xml")), len(served.requests)
        wait_until(lambda: len(served.requested("/feed.xml")) >= found + 3)
        # Discovery goes on; pages that cannot be stored are not fetched all the time.
        pages = [request for request in served.requests[asked:] if request.path in newsroom.paths]
        assert len(pages) <= 2
        resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE, unlimited)
        daemon.wait_for("archive can be written again")
        said = on_show(newsroom, served.url)
        wait_until(lambda: shows(database, said), daemon.told)
        daemon.signal()
        assert daemon.ended(STOPS_WITHIN) == 0
    assert len(daemon.logged(full)) == 1
    assert len(daemon.logged("archive can be written again")) == 1
    assert "Traceback" not in daemon.told(), daemon.told()
    assert kept(database).items() >= before.items()
    assert_sound(database)


def test_an_archive_that_is_damaged_while_it_runs_ends_it_with_a_message(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url))
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))
        with closing(sqlite3.connect(database)) as other:
            other.execute("pragma wal_checkpoint(truncate)")
        with database.open("r+b") as file:
            file.seek(100)
            file.write(b"\xff" * (database.stat().st_size - 100))
        assert daemon.ended(30) in {1, 2}
    assert daemon.lines[-1].startswith(f"stet: the archive {database} ")
    assert "never retrieved" not in daemon.told()


def test_workers_that_are_killed_cost_no_page(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url))
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))
        for pid in descendants(daemon.pid):
            os.kill(pid, signal.SIGKILL)
        while newsroom.advance():
            pass
        said = on_show(newsroom, served.url)
        wait_until(lambda: shows(database, said), daemon.told)
        daemon.signal()
        assert daemon.ended(STOPS_WITHIN) == 0
    assert_sound(database)
