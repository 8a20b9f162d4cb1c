"""What reads otherwise because we do is told as that, and never as an edit of the publisher's."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database
from support.archived import assert_sound
from support.desk import BODY, Desk, article, identity

from archive import bodies, chain, pages, provenance, snapshots
from archive.compare.versions.fingerprint import fingerprint
from archive.errors import BodyMissing
from archive.health import source_health
from archive.models import TEXT_ROLES, Article, EventKind, Finding, Outcome, Replay, Role
from archive.opening import open_for_writing
from archive.provenance import Today
from archive.reextraction import ReplayFirst, record_replay, stored_capture
from archive.schema import migrations

if TYPE_CHECKING:
    from pathlib import Path

    from archive.pages import Page
    from archive.recording import Recorded
    from archive.reextraction import Rereading

CREDIT = "Reporting by our desk."
NOTICE = "Correction: the quay reopens on Tuesday."
OLD, NEW = "test 1", "test 2"


def found(read: Article, extractor: str, settings: str = "aa") -> Finding:
    return Finding(Outcome.NEW, read, extractor=extractor, settings_digest=settings)


def page_of(desk: Desk) -> Page:
    page = pages.find(desk.db, identity().key)
    assert page is not None
    return page


def replays(desk: Desk, read: Article, extractor: str = NEW, settings: str = "aa") -> Rereading | None:
    """The standing version is read again as this article."""
    page = page_of(desk)
    assert page.version is not None
    return record_replay(desk.db, Replay(page.id, page.version, found(read, extractor, settings)), now=desk.now)


def reads(desk: Desk, fresh: Article, again: Finding) -> Recorded:
    """A fetch by the new extraction, which reads as `again` what stands there; a replay must have been asked for."""
    with pytest.raises(ReplayFirst) as first:
        desk.record(found(fresh, NEW))
    replay = Replay(first.value.page_id, first.value.version, again)
    return desk.record(replace(found(fresh, NEW), replay=replay))


def told(desk: Desk) -> list[tuple[str, int]]:
    return desk.db.execute("select kind, version from events order by id").fetchall()


def test_a_new_reading_is_a_version_of_the_same_capture_and_no_change(desk: Desk) -> None:
    desk.record(found(article(*BODY, CREDIT), OLD), body=b"<html>1</html>")
    before = page_of(desk)
    reread = replays(desk, article(*BODY))
    assert reread is not None
    assert (reread.version, reread.words_added, reread.words_removed) == (2, 0, 4)
    page = page_of(desk)
    assert (page.version, page.last_changed_at, page.checks) == (2, before.last_changed_at, before.checks)
    old, new = reversed(snapshots.history(desk.db, page))
    assert (old.events, new.events) == (("first_seen",), ("reextracted",))
    assert (new.extractor, new.settings_digest, new.reextracts) == (NEW, "aa", 1)
    assert new.captured_at == old.captured_at
    assert stored_capture(desk.db, page, 2).body == b"<html>1</html>"
    (details,) = desk.db.execute("select details from events where kind = 'reextracted'").fetchone()
    told_of = json.loads(details)
    assert told_of["extractor"] == {"before": OLD, "after": NEW}
    assert told_of["settings"] == {"before": "aa", "after": "aa"}
    assert (told_of["words_added"], told_of["words_removed"]) == (0, 4)


def test_a_reading_that_says_the_same_is_noted_and_asked_for_no_more(desk: Desk) -> None:
    desk.record(found(article(), OLD))
    today = Today(NEW, {}, "aa")
    assert provenance.outdated(desk.db, today) == [page_of(desk).id]
    assert provenance.outdated(desk.db, today, source="Another") == []
    reread = replays(desk, article(aside=("Read by another extraction.",)))
    assert reread is not None
    assert reread.event is None
    assert provenance.outdated(desk.db, today) == []
    assert told(desk) == [("first_seen", 1)]
    assert snapshots.load(desk.db, page_of(desk)).extractor == OLD


def test_reading_again_twice_makes_nothing_new(desk: Desk) -> None:
    desk.record(found(article(*BODY, CREDIT), OLD))
    for _ in range(3):
        replays(desk, article())
    assert told(desk) == [("first_seen", 1), ("reextracted", 2)]
    assert provenance.outdated(desk.db, Today(NEW, {}, "aa")) == []


def test_a_version_that_no_longer_stands_there_is_left_alone(desk: Desk) -> None:
    page = desk.record(found(article(), OLD)).page
    desk.record(found(article("All is new."), OLD))
    assert record_replay(desk.db, Replay(page.id, 1, found(article("Other."), NEW)), now=desk.now) is None
    assert desk.count("snapshots") == 2


def test_settings_that_go_to_and_fro_keep_no_state_twice(desk: Desk) -> None:
    desk.record(found(article(), OLD))
    replays(desk, article(*BODY, CREDIT), OLD, "bb")
    replays(desk, article(), OLD, "aa")
    assert told(desk) == [("first_seen", 1), ("reextracted", 2), ("reextracted", 1)]
    assert (page_of(desk).version, desk.count("snapshots")) == (1, 2)
    assert provenance.outdated(desk.db, Today(OLD, {}, "aa")) == []


def test_what_counts_as_text_is_kept_with_the_version(desk: Desk) -> None:
    with_promos = replace(article(aside=("Sign up.",)), text_roles=TEXT_ROLES | {Role.PROMO})
    page = desk.record(found(with_promos, OLD)).page
    assert snapshots.load(desk.db, page).article == with_promos
    desk.db.execute("update snapshots set text_roles = null")
    assert snapshots.load(desk.db, page).article.text_roles == TEXT_ROLES


def test_an_edit_and_a_change_of_ours_in_one_check_are_two_versions(desk: Desk) -> None:
    desk.record(found(article(*BODY, CREDIT), OLD))
    edited = BODY[0].replace("214", "241")
    recorded = reads(desk, article(edited, *BODY[1:], corrections=(NOTICE,)), found(article(), NEW))
    assert [event.kind for event in recorded.events] == ["reextracted", "text_changed", "correction_added"]
    assert (recorded.outcome, recorded.page.version) == (Outcome.CHANGED, 3)
    counts = {"additions": 0, "deletions": 0, "edits": 1, "refactors": 0, "merges": 0, "splits": 0}
    assert counts.items() <= recorded.events[1].details.items()
    assert recorded.page.last_changed_at == recorded.page.last_checked_at
    assert told(desk)[1:] == [("reextracted", 2), ("text_changed", 3), ("correction_added", 3)]
    between = [snapshots.readings_between(desk.db, page_of(desk), *two) for two in ((1, 3), (3, 1), (1, 2), (2, 3))]
    assert between == [(2,), (2,), (2,), ()]


def test_a_change_of_ours_alone_is_no_change_of_the_page(desk: Desk) -> None:
    before = desk.record(found(article(*BODY, NOTICE), OLD)).page
    fresh = article(title="Ships return at last", corrections=(NOTICE,))
    recorded = reads(desk, fresh, found(fresh, NEW))
    assert [event.kind for event in recorded.events] == [EventKind.REEXTRACTED]
    assert (recorded.outcome, recorded.page.version) == (Outcome.UNCHANGED, 2)
    assert recorded.page.last_changed_at == before.last_changed_at
    assert recorded.page.title == "Ships return at last"
    assert [row["title"] for row in desk.db["headlines"].rows] == ["Ships return"]
    assert [health.edits for health in source_health(desk.db, since=desk.now.replace(year=2025), now=desk.now)] == [0]


def test_where_both_read_the_same_nothing_is_read_again(desk: Desk) -> None:
    desk.record(found(article(), OLD))
    assert desk.record(found(article(), NEW)).outcome is Outcome.UNCHANGED
    # By now the new extraction has read what stands there: an edit can be told.
    assert [event.kind for event in desk.record(found(article("All is new."), NEW)).events] == ["text_changed"]


def test_dates_that_are_read_otherwise_have_not_changed(desk: Desk) -> None:
    desk.record(found(article(published="2026-01-01T08:00:00Z"), OLD))
    fresh = article(published="2026-01-01T07:00:00Z")
    recorded = reads(desk, fresh, found(fresh, NEW))
    assert (recorded.outcome, recorded.events) == (Outcome.UNCHANGED, ())
    assert recorded.page.published == "2026-01-01T07:00:00Z"


def test_without_the_old_body_it_is_said_that_nobody_can_tell(desk: Desk, tmp_path: Path) -> None:
    before = desk.record(found(article(*BODY, CREDIT), OLD), body=b"<html>1</html>").page
    desk.db.execute("delete from bodies")
    with pytest.raises(BodyMissing, match="version 1 was not kept"):
        stored_capture(desk.db, before, 1)
    gone = Finding(Outcome.ERROR, detail="the raw body of version 1 was not kept")
    recorded = reads(desk, article("All is new.", corrections=(NOTICE,), modified="2026-01-01T12:20:00Z"), gone)
    (event,) = recorded.events
    assert event.kind is EventKind.REEXTRACTED
    assert "was not kept: what of it the publisher changed cannot be told apart" in str(event.details["detail"])
    assert (recorded.outcome, recorded.page.version) == (Outcome.CHANGED, 2)
    assert recorded.page.last_changed_at == before.last_changed_at
    assert snapshots.load(desk.db, recorded.page).reextracts == 1
    # From here on they can be told apart again.
    assert [event.kind for event in desk.record(found(article("Newer."), NEW)).events] == [
        "text_changed",
        "correction_removed",
    ]
    desk.db.conn.commit()
    assert_sound(tmp_path / "stet.db")


def test_a_damaged_body_cannot_be_read_again(desk: Desk) -> None:
    page = desk.record(found(article(), OLD), body=b"<html>1</html>").page
    desk.db.execute("update bodies set zstd = x'00' where digest = ?", [bodies.digest(b"<html>1</html>")])
    with pytest.raises(BodyMissing, match="damaged"):
        stored_capture(desk.db, page, 1)


def test_the_chain_tells_when_our_doing_is_made_of_an_edit(desk: Desk, tmp_path: Path) -> None:
    desk.record(found(article(), OLD))
    desk.record(found(article("All is new."), OLD))
    replays(desk, article("All is newer."))
    desk.db.conn.commit()
    assert_sound(tmp_path / "stet.db")
    desk.db.execute("update snapshots set reextracts = 1 where version = 2")
    desk.db.conn.commit()
    with pytest.raises(AssertionError, match="v2"):
        assert_sound(tmp_path / "stet.db")


def test_rows_older_than_the_settings_digest_are_still_sound(desk: Desk, tmp_path: Path) -> None:
    desk.record(Finding(Outcome.NEW, article(), extractor=OLD))
    desk.db.execute("update snapshots set text_roles = null")
    desk.record(Finding(Outcome.NEW, article("All is new."), extractor=OLD))
    replays(desk, article("All is newer."))
    desk.db.conn.commit()
    assert_sound(tmp_path / "stet.db")


def test_an_archive_older_than_the_settings_digest_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with closing(sqlite3.connect(path)) as connection:
        old = Database(connection)
        migrations.apply(old, stop_before="note_provenance")
        link = chain.link("", version=1, captured_at="2026-01-01T12:00:00.000Z", article=article(), extractor=OLD)
        old.execute(
            "insert into pages (id, key, url, host, state, version, first_seen_at) values (1, ?, ?, ?, ?, 1, ?)",
            [identity().key, identity().url, "news.example", "live", "2026-01-01T12:00:00.000Z"],
        )
        old.execute("insert into captures (id, page_id, fetched_at, outcome, version) values (1, 1, '2026', 'new', 1)")
        read = article()
        old.execute(
            """insert into snapshots (id, page_id, version, capture_id, captured_at, title, authors, published,
                   language, text, corrections, credits, words_added, words_removed, fingerprint, extractor, chain)
               values (1, 1, 1, 1, '2026-01-01T12:00:00.000Z', ?, ?, ?, 'en', ?, '[]', '[]', 1, 0, ?, ?, ?)""",
            [read.title, json.dumps(read.authors), read.published, read.text, fingerprint(read), OLD, link],
        )
        old.table("blocks").insert_all(
            {"snapshot_id": 1, "position": place, "role": block.role.value, "text": block.text, "reason": ""}
            for place, block in enumerate(read.blocks)
        )
        connection.commit()
    with open_for_writing(path) as db:
        desk = Desk(db)
        standing = snapshots.load(db, page_of(desk))
        assert (standing.article, standing.extractor, standing.settings_digest) == (read, OLD, None)
        # By which settings it was read nobody knows: it is read again once.
        assert provenance.outdated(db, Today(OLD, {}, "aa")) == [1]
        replays(desk, read, OLD)
        assert provenance.outdated(db, Today(OLD, {}, "aa")) == []
        replays(desk, article(BODY[0]))
        db.conn.commit()
    assert_sound(path)
