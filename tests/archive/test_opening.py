"""Files that are no archive, or one that cannot be used, are named and left as they were."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from support.desk import Desk, article

from archive.errors import ArchiveBusy, ArchiveUnusable
from archive.opening import open_for_reading, open_for_writing, transaction

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_archive_makes_sense_to_other_tools(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path):
        pass
    with closing(sqlite3.connect(path)) as plain:
        names = {name for (name,) in plain.execute("select name from sqlite_master where type in ('table', 'view')")}
        assert {"sources", "pages", "captures", "bodies", "snapshots", "blocks", "events"} <= names
        assert {"latest", "changes", "headlines"} <= names
        assert plain.execute("pragma journal_mode").fetchone() == ("wal",)
        for view in ("latest", "changes", "headlines"):
            assert plain.execute(f"select * from {view}").fetchall() == []


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    for _ in range(2):
        with open_for_writing(path) as db:
            assert db.table("_sqlite_migrations").count > 0


def test_an_archive_from_before_contributors_were_named_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        Desk(db).reads(article(credits=("Editing by Bo Marsh",)))
        db.execute("alter table snapshots drop column contributors")
        db.execute("delete from _sqlite_migrations where name = 'name_contributors'")
        db.conn.commit()
    with open_for_writing(path) as db:
        (named,) = db.execute("select contributors from snapshots").fetchone()
        assert json.loads(named) == [{"name": "Bo Marsh", "did": "editing"}]


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"dear diary, " * 500)
    with pytest.raises(ArchiveUnusable, match=r"notes\.txt is not a SQLite database"), open_for_writing(path):
        pass
    assert path.read_bytes() == b"dear diary, " * 500


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("create table recipes (name text)")
    before = path.read_bytes()
    for opened in (open_for_writing, open_for_reading):
        with pytest.raises(ArchiveUnusable, match="not a stet archive"), opened(path):
            pass
    assert path.read_bytes() == before


def test_a_newer_archive_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        row = {"migration_set": "stet", "name": "from_the_future", "applied_at": "2099-01-01"}
        db.table("_sqlite_migrations").insert(row)
    with pytest.raises(ArchiveUnusable, match="newer stet"), open_for_writing(path):
        pass


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        for number in range(200):
            db.table("sources").insert({"name": f"source {number} {'x' * 200}"})
    content = bytearray(path.read_bytes())
    content[1024:] = os.urandom(len(content) - 1024)
    path.write_bytes(content)
    with pytest.raises(ArchiveUnusable, match="damaged"), open_for_writing(path) as db:
        list(db.table("sources").rows)


def test_no_folder_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="does not exist"), open_for_writing(tmp_path / "no" / "stet.db"):
        pass
    with pytest.raises(ArchiveUnusable, match="no archive at"), open_for_reading(tmp_path / "stet.db"):
        pass


def test_a_folder_or_an_empty_file_is_no_archive_yet(tmp_path: Path) -> None:
    for opened in (open_for_reading, open_for_writing):
        with pytest.raises(ArchiveUnusable, match="is a folder"), opened(tmp_path):
            pass
    empty = tmp_path / "stet.db"
    empty.touch()
    with pytest.raises(ArchiveUnusable, match="no archive at"), open_for_reading(empty):
        pass


def test_a_reader_cannot_write_and_waits_for_nobody(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        db.table("sources").insert({"name": "before"})
        with transaction(db):
            db.table("sources").insert({"name": "not yet"})
            with open_for_reading(path) as reader:
                assert [row["name"] for row in reader.table("sources").rows] == ["before"]
                with pytest.raises(sqlite3.OperationalError):
                    reader.execute("delete from sources")


def test_a_locked_archive_is_busy_not_broken(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with (
        open_for_writing(path) as db,
        transaction(db),
        pytest.raises(ArchiveBusy, match="locked by another process"),
        open_for_writing(path, busy_seconds=0) as late,
        transaction(late),
    ):
        pass


def test_our_own_mistakes_are_not_called_the_files(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), open_for_writing(tmp_path / "stet.db") as db:
        db.execute("select * from nowhere")


def test_a_read_only_archive_says_so(nobodys_folder: Path) -> None:
    path = nobodys_folder / "stet.db"
    with open_for_writing(path):
        pass
    path.chmod(0o444)
    nobodys_folder.chmod(0o555)
    try:
        with pytest.raises(ArchiveUnusable, match=r"read-only|cannot be opened"), open_for_writing(path) as db:
            db.table("sources").insert({"name": "x"})
    finally:
        nobodys_folder.chmod(0o755)
