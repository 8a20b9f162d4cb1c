"""A live blog through the archive: what a reader is told of a new post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.liveblogs import ENTRIES, NEW, live_page

from archive import snapshots
from archive.models import EventKind, Outcome, Role
from crawler.extraction import extract

if TYPE_CHECKING:
    from support.desk import Desk

    from archive.recording import Recorded


def captured(desk: Desk, body: bytes) -> Recorded:
    return desk.reads(extract(body, url="https://news.example/a", content_type="text/html"), body=body)


def test_a_new_post_is_told_as_additions_only(desk: Desk) -> None:
    captured(desk, live_page(ENTRIES))
    recorded = captured(desk, live_page((NEW, *ENTRIES)))
    assert recorded.outcome is Outcome.CHANGED
    (event,) = recorded.events
    assert event.kind is EventKind.TEXT_CHANGED
    told = {kind: event.details[kind] for kind in ("additions", "deletions", "edits", "refactors")}
    assert told == {"additions": 1 + len(NEW.lines), "deletions": 0, "edits": 0, "refactors": 0}
    stored = snapshots.load(desk.db, recorded.page).article
    assert stored.texts(Role.POST) == tuple(entry.stamp for entry in (NEW, *ENTRIES))


def test_a_live_blog_with_nothing_new_is_unchanged(desk: Desk) -> None:
    captured(desk, live_page(ENTRIES))
    again = captured(desk, live_page(ENTRIES).replace(b"5 minutes ago", b"20 minutes ago"))
    assert (again.outcome, again.events) == (Outcome.UNCHANGED, ())
