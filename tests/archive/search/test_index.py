"""The full-text index stays in step with the snapshots, whatever is done to the archive."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database
from support.archived import assert_sound
from support.desk import Desk, article, identity

from archive.models import Home
from archive.opening import open_for_writing, transaction
from archive.schema import migrations
from archive.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path


def found(db: Database, query: str) -> list[tuple[str, int]]:
    return db.execute(
        """select key, snapshots.version from snapshots_fts
           join snapshots on snapshots.id = snapshots_fts.rowid join pages on pages.id = page_id
           where snapshots_fts match ? order by snapshots.id""",
        [query],
    ).fetchall()


def test_what_is_recorded_is_found_at_once(desk: Desk, tmp_path: Path) -> None:
    desk.reads(article("The quay reopened."))
    desk.reads(article("The quay never reopened."))
    assert found(desk.db, "quay") == [("news.example/a", 1), ("news.example/a", 2)]
    assert found(desk.db, "title: ships") == [("news.example/a", 1), ("news.example/a", 2)]
    assert found(desk.db, "never") == [("news.example/a", 2)]
    assert_sound(tmp_path / "stet.db")


def test_what_is_set_aside_is_not_indexed(desk: Desk) -> None:
    desk.reads(article(aside=("Sign up for our newsletter.",), corrections=("An earlier version misspelled Oslo.",)))
    assert found(desk.db, "newsletter OR misspelled") == []


def test_a_page_that_moves_or_is_folded_into_another_keeps_its_words(desk: Desk, tmp_path: Path) -> None:
    desk.reads(article("The quay reopened."), identity("old"))
    desk.reads(article("The quay reopened."), identity("old"), home=Home(identity("new"), by_redirect=True))
    desk.reads(article("The quay reopened."), identity("double"), home=Home(identity("new"), by_redirect=True))
    assert found(desk.db, "quay") == [("news.example/new", 1)]
    assert_sound(tmp_path / "stet.db")


def test_what_is_rolled_back_leaves_no_words(tmp_path: Path) -> None:
    def fails(db: Database) -> None:
        _insert_snapshot(db, "Half a story.")
        assert found(db, "half") == [("k", 1)]
        raise ValueError("halfway")

    path = tmp_path / "stet.db"
    with Writer(path) as writer:
        undone = writer.submit(fails)
        kept = writer.submit(lambda db: _insert_snapshot(db, "A whole story."))
        with pytest.raises(ValueError, match="halfway"):
            undone.result()
        kept.result()
    with open_for_writing(path) as db:
        assert found(db, "story") == [("k", 1)]
        with pytest.raises(ValueError, match="halfway"), transaction(db):
            db.execute("update snapshots set text = 'Half a text.'")
            raise ValueError("halfway")
        assert found(db, "half") == []
        db.execute("insert into snapshots_fts (snapshots_fts, rank) values ('integrity-check', 1)")


def test_rows_that_are_rewritten_or_deleted_take_their_words_along(desk: Desk) -> None:
    desk.reads(article("The quay reopened."))
    desk.db.execute("update snapshots set text = 'The pier reopened.'")
    assert (found(desk.db, "quay"), found(desk.db, "pier")) == ([], [("news.example/a", 1)])
    desk.db.execute("delete from blocks")
    desk.db.execute("delete from snapshots")
    assert desk.db.execute("select * from snapshots_vocab").fetchall() == []
    desk.db.execute("insert into snapshots_fts (snapshots_fts, rank) values ('integrity-check', 1)")


def test_an_index_out_of_step_is_not_sound(desk: Desk, tmp_path: Path) -> None:
    desk.reads(article())
    desk.db.execute("drop trigger snapshots_rewritten")
    desk.db.execute("update snapshots set title = 'Boats return'")
    desk.db.conn.commit()
    with pytest.raises((AssertionError, sqlite3.DatabaseError)):
        assert_sound(tmp_path / "stet.db")


def test_an_archive_older_than_the_index_is_indexed_whole(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with closing(sqlite3.connect(path)) as connection:
        old = Database(connection)
        migrations.apply(old, stop_before="create_search")
        _insert_snapshot(old, "An old story.")
        connection.commit()
    with open_for_writing(path) as db:
        assert found(db, "old") == [("k", 1)]
        db.execute("insert into snapshots_fts (snapshots_fts, rank) values ('integrity-check', 1)")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Le café déjà fermé", "cafe"),
        ("Le cafe\u0301 ferme\u0301", "café"),
        ("किताब पढ़ना", "किताब"),
        ("كِتَاب", "كِتَاب"),
        ("Straße in Łódź", "łódź"),
        ("ΑΘΗΝΑ", "αθηνα"),
    ],
)
def test_words_are_whole_and_found_without_accents(desk: Desk, text: str, word: str) -> None:
    desk.reads(article(text, title="-"))
    assert found(desk.db, f'"{word}"') == [("news.example/a", 1)]
    words = {term for (term,) in desk.db.execute("select term from snapshots_vocab")}
    assert len(words) == len(text.split())


def _insert_snapshot(db: Database, text: str) -> None:
    db.execute("insert into pages (id, key, url, host, first_seen_at) values (1, 'k', 'u', 'h', '2026')")
    db.execute("insert into captures (id, page_id, fetched_at, outcome) values (1, 1, '2026', 'new')")
    db.execute(
        """insert into snapshots (page_id, version, capture_id, captured_at, title, text, fingerprint, chain)
           values (1, 1, 1, '2026', 'Title', ?, 'f', 'c')""",
        [text],
    )
