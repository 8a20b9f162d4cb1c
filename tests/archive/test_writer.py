"""The one writer: what it answers is committed, and one bad job spoils no other."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

import pytest

from archive.errors import ArchiveBusy, ArchiveError, ArchiveUnusable
from archive.opening import open_for_reading
from archive.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database


def naming(name: str) -> Callable[[Database], None]:
    def work(db: Database) -> None:
        db.table("sources").insert({"name": name})

    return work


def names(path: Path) -> list[str]:
    with open_for_reading(path) as db:
        return [row["name"] for row in db.table("sources").rows]


def test_an_answer_means_committed(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with Writer(path) as writer:
        writer.submit(naming("a")).result()
        assert names(path) == ["a"]


def test_a_job_that_fails_is_rolled_back_alone(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    held = Event()

    def half(db: Database) -> None:
        naming("half")(db)
        raise LookupError("no")

    with Writer(path) as writer:
        # The first job keeps the writer busy until the others wait in one batch.
        first = writer.submit(lambda db: held.wait())
        jobs = [writer.submit(naming("a")), writer.submit(half), writer.submit(naming("b"))]
        held.set()
        first.result()
        jobs[0].result()
        with pytest.raises(LookupError):
            jobs[1].result()
        jobs[2].result()
    assert names(path) == ["a", "b"]


def test_what_was_submitted_is_written_before_it_closes(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with Writer(path) as writer:
        for number in range(500):
            writer.submit(naming(str(number)))
    assert len(names(path)) == 500


def test_a_file_that_cannot_be_opened_is_told_of_at_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    with pytest.raises(ArchiveUnusable, match="not a SQLite database"), Writer(path):
        pass


def test_a_lock_held_elsewhere_fails_the_batch_and_passes(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with Writer(path, busy_seconds=0) as writer:
        writer.submit(naming("a")).result()
        with closing(sqlite3.connect(path)) as other:
            other.execute("begin immediate")
            with pytest.raises(ArchiveBusy):
                writer.submit(naming("b")).result()
            other.rollback()
        writer.submit(naming("c")).result()
    assert names(path) == ["a", "c"]


def test_coroutines_await_their_commit(tmp_path: Path) -> None:
    async def main() -> list[int]:
        with Writer(tmp_path / "stet.db") as writer:
            return await asyncio.gather(*(writer.write(lambda db, n=n: n) for n in range(10)))

    assert asyncio.run(main()) == list(range(10))


def test_a_writer_that_dies_leaves_nobody_waiting(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "stet.db"
    begun, held = Event(), Event()

    def dies(db: Database) -> None:
        raise SystemExit

    with Writer(path) as writer:
        first = writer.submit(lambda db: (begun.set(), held.wait()))
        begun.wait()
        jobs = [writer.submit(naming("a")), writer.submit(dies), writer.submit(naming("b"))]
        held.set()
        first.result()
        for job in jobs:
            with pytest.raises(ArchiveError):
                job.result(timeout=30)
        with pytest.raises(ArchiveUnusable, match="no longer written: SystemExit"):
            while True:
                writer.submit(naming("c")).result(timeout=30)
    assert "the archive's writer stopped" in caplog.text
    assert names(path) == []


def test_a_job_that_was_taken_back_harms_nobody(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    held = Event()
    with Writer(path) as writer:
        writer.submit(lambda db: held.wait())
        taken_back = writer.submit(naming("a"))
        other = writer.submit(naming("b"))
        assert taken_back.cancel()
        held.set()
        other.result(timeout=30)
    assert names(path) == ["b"]


def test_a_closed_writer_says_so(tmp_path: Path) -> None:
    with Writer(tmp_path / "stet.db") as writer:
        pass
    with pytest.raises(ArchiveUnusable, match="is closed"):
        writer.submit(naming("a")).result(timeout=30)


def test_closing_need_not_wait_for_a_lock_held_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with closing(sqlite3.connect(path)) as other:
        with Writer(path) as writer:
            writer.submit(naming("a")).result()
            other.execute("begin immediate")
            late = writer.submit(naming("b"))
            writer.close(within=0.1)
            assert not late.done()
            other.rollback()
        late.result(timeout=30)


FULL = """
import resource, signal, sys
from pathlib import Path
from archive.errors import ArchiveFull
from archive.writer import Writer
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Writer(Path(sys.argv[1])) as writer:
    writer.submit(lambda db: db.table("sources").insert({"name": "kept"})).result()
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        writer.submit(lambda db: db.table("sources").insert({"name": "x" * 1_000_000})).result()
    except ArchiveFull as error:
        print("full:", error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    writer.submit(lambda db: db.table("sources").insert({"name": "after"})).result()
"""


def test_a_disk_without_room_loses_nothing_and_recovers(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=True)
    assert "full: the archive" in done.stdout
    assert names(path) == ["kept", "after"]
