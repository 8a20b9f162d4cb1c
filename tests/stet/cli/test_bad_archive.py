"""An archive that cannot be used or written: one line says so, and nothing of it is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from support.badserver import serve_badly
from support.cli import Ran, configure, stet, stet_each, stet_started, with_room_for, without_roots_rights
from support.pages import article_page

from archive.opening import open_for_writing, transaction
from stet.cli.common import command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stet.config import Config

NEWS = "https://news.example/2026/a-story-of-many-words"


@dataclass(frozen=True)
class Kept:
    """An archive with one page in it, to be copied and spoilt."""

    folder: Path
    page: str
    other: str
    """A long page that is not in it."""

    def copy(self, to: Path) -> Path:
        shutil.copytree(self.folder, to, dirs_exist_ok=True)
        return to / "stet.db"

    def still_has_its_page(self, folder: Path) -> bool:
        return [record["version"] for record in stet(folder, "log", "--json", self.page).records] == [1]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    configure(folder)
    # Random bytes, so that the body is not compressed to nothing.
    noise = f"<!-- {os.urandom(200_000).hex()} -->"
    with serve_badly() as bad:
        page = bad.html("/2026/a-story-of-the-old-harbour", article_page())
        other = bad.html("/2026/another-story-of-the-old-harbour", article_page(inside=noise))
        assert stet(folder, "fetch", page).status == 0
        yield Kept(folder, page, other)


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("pragma integrity_check").fetchall() == [("ok",)]


def the_line(ran: Ran, status: int) -> str:
    """The one line of a command that failed with nothing done."""
    assert (ran.status, ran.stdout) == (status, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith("stet: ")
    return line


def test_a_read_only_file_can_be_read_and_keeps_what_it_has(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    path.chmod(0o444)
    fetched = stet(tmp_path, "fetch", "--json", kept.other, before=without_roots_rights)
    assert (fetched.status, fetched.stderr) == (1, "")
    (record,) = fetched.records
    assert record["outcome"] == "error"
    assert "fetched, but not stored: the archive stet.db is read-only" in record["error"]
    watched = stet(tmp_path, "watch", NEWS, before=without_roots_rights)
    assert "read-only; make it and its folder writable, or choose --db" in the_line(watched, 2)
    assert kept.still_has_its_page(tmp_path)


def test_a_read_only_folder_is_told_before_anything_is_fetched(kept: Kept, tmp_path: Path) -> None:
    kept.copy(tmp_path)
    tmp_path.chmod(0o555)
    try:
        fetched = stet(tmp_path, "fetch", kept.page, before=without_roots_rights)
    finally:
        tmp_path.chmod(0o755)
    assert "read-only" in the_line(fetched, 2)
    assert kept.still_has_its_page(tmp_path)


def test_no_archive_can_be_made_in_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        ran = stet(tmp_path, "watch", NEWS, before=without_roots_rights)
    finally:
        tmp_path.chmod(0o755)
    assert "stet.db cannot be opened; check that its folder exists and is writable" in the_line(ran, 2)


def test_a_full_disk_costs_the_page_that_finds_no_room_and_passes(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    room = with_room_for(path.stat().st_size + 60_000)
    full = stet(tmp_path, "fetch", "--json", kept.page, kept.other, before=room)
    assert (full.status, full.stderr) == (1, "")
    assert full.record_of(kept.page)["outcome"] == "unchanged"
    lost = full.record_of(kept.other)
    assert lost["outcome"] == "error"
    assert lost["error"].startswith("fetched, but not stored: the archive stet.db cannot")
    assert is_sound(path)
    assert kept.still_has_its_page(tmp_path)
    later = stet(tmp_path, "fetch", "--json", kept.other)
    assert (later.status, later.records[0]["outcome"]) == (0, "new")


def test_an_archive_that_finds_no_room_at_all_can_be_made_later(tmp_path: Path) -> None:
    none = stet(tmp_path, "watch", NEWS, before=with_room_for(1_000))
    assert "check the disk" in the_line(none, 1)
    assert stet(tmp_path, "watch", NEWS).status == 0


def test_a_command_waits_for_another_process_to_finish_writing(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with stet_started(tmp_path, "watch", NEWS) as waiting:
            while not has_open(waiting.pid, path) and waiting.poll() is None:
                os.sched_yield()
            assert waiting.poll() is None
            other.execute("rollback")
            stdout, stderr = waiting.communicate()
    assert (waiting.returncode, stdout, stderr) == (0, f"watched         {NEWS}\n", "")


def test_a_lock_that_is_not_given_up_is_told_in_one_line(tmp_path: Path) -> None:
    @command
    def impatient(settings: Config) -> None:
        with open_for_writing(settings.database, busy_seconds=0) as db, transaction(db):
            click.echo("written")

    path = tmp_path / "stet.db"
    with open_for_writing(path) as db, transaction(db):
        busy = CliRunner().invoke(impatient, ["--db", str(path)])
    assert (busy.exit_code, busy.stdout) == (1, "")
    assert busy.stderr == f"stet: the archive {path} is locked by another process; try again when it has finished\n"
    free = CliRunner().invoke(impatient, ["--db", str(path)])
    assert (free.exit_code, free.stdout) == (0, "written\n")


def test_a_damaged_archive_is_named_and_left_as_it_is(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    calls = [["log", kept.page], ["fetch", kept.page], ["changes"], ["sources"], ["watch", NEWS]]
    for ran in stet_each(tmp_path, calls):
        assert "the archive stet.db is damaged" in the_line(ran, 2)
    assert path.read_bytes() == content


def test_what_is_no_archive_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("dear diary, " * 500)
    recipes = tmp_path / "recipes.db"
    with closing(sqlite3.connect(recipes)) as other:
        other.execute("create table recipes (name text)")
    before = (notes.read_bytes(), recipes.read_bytes())
    for name, words in (("notes.txt", "is not a SQLite database"), ("recipes.db", "not a stet archive")):
        for ran in stet_each(tmp_path, [["watch", NEWS, "--db", name], ["log", NEWS, "--db", name]]):
            assert words in the_line(ran, 2)
            assert name in ran.stderr
    assert (notes.read_bytes(), recipes.read_bytes()) == before


def test_an_older_archive_is_brought_up_to_date_as_it_is_advised(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("drop table deliveries")
        db.execute("drop table notification_rules")
        db.execute("delete from _sqlite_migrations where name in ('keep_outbox', 'tell_once_for_all_rules')")
    assert "without the network `stet reextract`" in the_line(stet(tmp_path, "log", kept.page), 2)
    assert stet(tmp_path, "reextract").status == 0
    assert kept.still_has_its_page(tmp_path)


def test_a_place_where_no_archive_can_be_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    there, nowhere, none, ours = stet_each(
        tmp_path,
        [
            ["fetch", NEWS, "--db", "folder"],
            ["watch", NEWS, "--db", "no/where.db"],
            ["log", NEWS],
            ["changes", "--db", "no/where.db"],
        ],
    )
    assert {ran.status for ran in (there, nowhere, none, ours)} == {2}
    assert "'folder' is a directory" in there.stderr
    assert "the archive's folder no does not exist" in the_line(nowhere, 2)
    assert "there is no archive at stet.db yet" in the_line(none, 2)
    assert "there is no archive at no/where.db yet" in the_line(ours, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]


def test_a_configured_archive_that_is_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    configure(tmp_path, database="folder")
    assert "folder is a folder; the archive is a file" in the_line(stet(tmp_path, "watch", NEWS), 2)


def has_open(pid: int, path: Path) -> bool:
    """Whether the process has the archive's write-ahead log open: it has come to its transaction."""
    try:
        return f"{path}-wal" in {str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir()}
    except OSError:
        return False
