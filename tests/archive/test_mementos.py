"""Which captures are mementos, and which answers for a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from support.desk import START, Desk, article, identity

from archive import mementos, pages
from archive.errors import BodyMissing
from archive.models import Capture, Finding, Home, Outcome
from archive.opening import transaction
from archive.recording import record

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.pages import Page

QUARTER = timedelta(minutes=15)


def the_page(db: Database) -> Page:
    page = pages.find(db, identity().key)
    assert page is not None
    return page


def times(db: Database, **given: datetime) -> list[str]:
    return [each.second[11:] for each in mementos.listing(db, the_page(db), limit=100, **given).mementos]


def test_what_showed_the_page_and_is_kept_is_a_memento(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article(), body=b"one")
    desk.reads(article(), body=b"one with another advertisement")
    desk.reads(article(), body=b"one")
    desk.finds(Outcome.BLOCKED)
    desk.finds(Outcome.ERROR)
    desk.finds(Outcome.PAYWALLED)
    desk.finds(Outcome.GONE)
    assert times(db) == ["12:15:00", "12:45:00", "13:30:00", "13:45:00"]


def test_what_a_page_shows_that_moved_to_another_is_that_one_s(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article("Another."), identity("b"))
    desk.reads(article())
    moved = Finding(Outcome.NEW, article("Another."), home=Home(identity("b"), by_redirect=True))
    desk.record(moved, keep_all_bodies=True)
    assert [status for (status,) in db.execute("select outcome from captures")][-1] == Outcome.MOVED
    assert times(db) == ["12:30:00"]


def test_the_nearest_answers_and_of_two_as_near_the_earlier(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article(), body=b"one")
    desk.reads(article("Two."), body=b"two")
    page = the_page(db)
    halfway = START + 1.5 * QUARTER
    for asked, expected in (
        (datetime(1990, 1, 1, tzinfo=UTC), b"one"),
        (halfway, b"one"),
        (halfway + timedelta(seconds=1), b"two"),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), b"two"),
    ):
        found = mementos.nearest(db, page, asked)
        assert found is not None
        assert mementos.content(db, found).body == expected


def test_of_two_in_one_second_the_first_is_the_memento(db: Database) -> None:
    page = identity()
    with transaction(db):
        for milliseconds, words in ((100, "One."), (900, "Two."), (1_500, "Three.")):
            at = START + timedelta(milliseconds=milliseconds)
            capture = Capture(page.url, at, page.url, 200, (), words.encode())
            record(db, page, capture, Finding(Outcome.NEW, article(words)))
    known = the_page(db)
    assert times(db) == ["12:00:00", "12:00:01"]
    newest = mementos.newest(db, known)
    assert newest is not None
    around = mementos.around(db, known, newest)
    assert (around.prev, around.next, around.last) == (around.first, None, newest)
    assert mementos.content(db, around.first).body == b"One."
    assert mementos.nearest(db, known, START) == around.first


def test_a_long_past_is_listed_in_parts_that_lead_to_one_another(db: Database) -> None:
    desk = Desk(db)
    for number in range(5):
        desk.reads(article(f"Words {number}."))
    page = the_page(db)
    first = mementos.listing(db, page, limit=2)
    assert first.before is None
    assert first.after is not None
    second = mementos.listing(db, page, since=first.after.at, limit=2)
    assert second.mementos[0] == first.after
    assert second.before == first.mementos[0]
    assert second.after is not None
    last = mementos.listing(db, page, since=second.after.at, limit=2)
    assert len(last.mementos) == 1
    assert last.after is None
    assert last.before == second.mementos[0]


def test_bytes_that_came_again_have_the_headers_that_they_first_came_with(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article(), body=b"one")
    desk.reads(article(), body=b"one")
    newest = mementos.newest(db, the_page(db))
    assert newest is not None
    assert mementos.content(db, newest).headers == (("etag", '"1"'),)


@pytest.mark.parametrize("damage", ["update bodies set zstd = x'00'", "delete from bodies"])
def test_a_body_that_is_damaged_or_lost_is_told_of(db: Database, damage: str) -> None:
    Desk(db).reads(article(), body=b"one")
    newest = mementos.newest(db, the_page(db))
    assert newest is not None
    db.execute(damage)
    with pytest.raises(BodyMissing):
        mementos.content(db, newest)
