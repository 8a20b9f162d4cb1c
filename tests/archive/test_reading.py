"""Connections that are kept open read the archive that stands there, whatever was done with its file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.desk import Desk, article, identity

from archive.errors import ArchiveUnusable
from archive.opening import open_for_writing
from archive.reading import Readers
from archive.stream import last_id

if TYPE_CHECKING:
    from pathlib import Path


def archive(path: Path, *, pages: int) -> Path:
    with open_for_writing(path) as db:
        for number in range(pages):
            Desk(db).reads(article(), identity(f"page-{number}"))
    return path


def events(readers: Readers) -> tuple[int, int]:
    """As a reader has them, and at a glance."""
    with readers.reading() as db, readers.glancing() as own:
        return last_id(db), last_id(own)


def test_an_archive_that_another_took_the_place_of_is_read_from_then_on(tmp_path: Path) -> None:
    path = archive(tmp_path / "stet.db", pages=1)
    with Readers(path, limit=1) as readers:
        assert events(readers) == (1, 1)
        archive(tmp_path / "new.db", pages=3).replace(path)
        assert events(readers) == (3, 3)


def test_an_archive_that_was_removed_is_missed_until_one_is_there(tmp_path: Path) -> None:
    path = archive(tmp_path / "stet.db", pages=1)
    with Readers(path, limit=1) as readers:
        assert events(readers) == (1, 1)
        aside = path.rename(tmp_path / "aside.db")
        for _ in range(2):
            with pytest.raises(ArchiveUnusable, match="no archive at"), readers.reading():
                pass
            with pytest.raises(ArchiveUnusable, match="no archive at"), readers.glancing():
                pass
        aside.rename(path)
        assert events(readers) == (1, 1)


def test_an_archive_beside_which_nothing_can_be_made_is_read_as_it_stands(nobodys_folder: Path) -> None:
    path = archive(nobodys_folder / "stet.db", pages=1)
    path.chmod(0o444)
    nobodys_folder.chmod(0o555)
    with Readers(path, limit=1) as readers:
        assert events(readers) == (1, 1)
        nobodys_folder.chmod(0o755)
        path.chmod(0o644)
        with open_for_writing(path) as db:
            Desk(db).reads(article(), identity("another"))
            assert events(readers) == (2, 2), "also what stands in the log alone"


def test_what_stands_in_a_log_that_cannot_be_read_is_not_passed_over(nobodys_folder: Path) -> None:
    made = nobodys_folder / "made"
    made.mkdir()
    with open_for_writing(made / "stet.db") as db:
        Desk(db).reads(article())
        for name in ("stet.db", "stet.db-wal"):
            shutil.copy(made / name, nobodys_folder)
    nobodys_folder.chmod(0o555)
    with pytest.raises(ArchiveUnusable), Readers(nobodys_folder / "stet.db"):
        pass
