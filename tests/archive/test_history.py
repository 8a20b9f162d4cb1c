"""A page's history as it is listed: versions without their texts, a few at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.desk import BODY, article, identity

from archive import bodies, history, pages, snapshots
from archive.history import NoticeSeen
from archive.models import Home, Outcome

if TYPE_CHECKING:
    from support.desk import Desk

    from archive.pages import Page

EDITED = (BODY[0].replace("214", "241"), *BODY[1:])


def page(desk: Desk, path: str = "a") -> Page:
    found = pages.find(desk.db, identity(path).key)
    assert found is not None
    return found


def test_each_version_says_from_which_it_was_edited_and_when_the_page_was_back_at_it(desk: Desk) -> None:
    desk.reads(article())
    desk.reads(article(*EDITED))
    desk.reads(article())
    second, first = history.listed(desk.db, page(desk), until=9, limit=9)
    assert (first.version, first.edited, first.events) == (1, None, ("first_seen",))
    assert first.back is not None
    assert (first.back.from_version, first.back.observed_at) == (2, "2026-01-01T12:45:00.000Z")
    assert second.edited is not None
    assert second.back is None
    assert (second.edited.from_version, second.edited.kinds[0]) == (1, "number")
    assert second.edited.unmarked > 0.5
    assert (second.words_added, second.words_removed) == (1, 1)


def test_versions_come_a_few_at_a_time(desk: Desk) -> None:
    for number in range(7):
        desk.reads(article(f"{number} ships came in.", *BODY[1:]))
    listed = [each.version for each in history.listed(desk.db, page(desk), until=5, limit=3)]
    assert listed == [5, 4, 3]
    assert history.times(desk.db, page(desk), limit=2) == [
        (7, "2026-01-01T13:45:00.000Z"),
        (6, "2026-01-01T13:30:00.000Z"),
    ]


def test_where_a_page_stands(desk: Desk) -> None:
    desk.reads(article("It stands here."), identity("old"))
    desk.reads(article("It stands here."), identity("other"))
    assert history.standing(desk.db, page(desk, "old")).moved_to is None
    desk.finds(Outcome.MOVED, identity("old"), home=Home(identity("other"), by_redirect=True))
    standing = history.standing(desk.db, page(desk, "old"))
    assert (standing.moved_to, standing.last_version) == ("https://news.example/other", 1)
    assert standing.next_check_at is None


def test_since_when_a_page_is_away(desk: Desk) -> None:
    desk.reads(article())
    assert history.standing(desk.db, page(desk)).away_at is None
    desk.finds(Outcome.GONE)
    desk.finds(Outcome.GONE)
    standing = history.standing(desk.db, page(desk))
    assert (standing.away_at, standing.last_there_at) == ("2026-01-01T12:30:00.000Z", "2026-01-01T12:15:00.000Z")


def test_the_next_check_is_told_of_watched_pages_alone(desk: Desk) -> None:
    desk.reads(article())
    due = "2026-01-02T12:00:00.000Z"
    desk.db.execute("update pages set watched = 1, next_check_at = ?", [due])
    assert history.standing(desk.db, page(desk)).next_check_at == due
    desk.db.execute("update pages set watched = 0")
    assert history.standing(desk.db, page(desk)).next_check_at is None


def test_a_notice_says_from_when_to_when_it_was_seen(desk: Desk) -> None:
    desk.reads(article())
    desk.reads(article(corrections=("Correction: no.",)))
    desk.reads(article())
    assert history.notices(desk.db, page(desk), limit=5) == [
        NoticeSeen(
            "Correction: no.",
            2,
            last_seen_without_at="2026-01-01T12:15:00.000Z",
            first_seen_at="2026-01-01T12:30:00.000Z",
            last_seen_at="2026-01-01T12:30:00.000Z",
            removed_at="2026-01-01T12:45:00.000Z",
        )
    ]


def test_whether_a_body_is_kept_is_known_without_reading_it(desk: Desk) -> None:
    desk.reads(article(), body=b"<html>")
    name = snapshots.body_digest(desk.db, page(desk), 1)
    assert bodies.is_kept(desk.db, name)
    desk.db.execute("delete from bodies")
    assert not bodies.is_kept(desk.db, name)
    assert not bodies.is_kept(desk.db, None)
