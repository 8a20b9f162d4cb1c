"""The stream of events: its newest, a page of it after the other, and what came since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.desk import BODY, Desk, article, identity

from archive.models import Outcome
from archive.stream import Wanted, changes, last_id, newest, recorded_after

if TYPE_CHECKING:
    from sqlite_utils import Database


def test_leafing_through_shows_each_event_once_newest_first(db: Database) -> None:
    desk = Desk(db)
    for number in range(7):
        desk.reads(article(f"There were {number} ships.", *BODY[1:]), identity(f"page-{number % 3}"))
    seen = []
    place = None
    while found := newest(db, before=place, limit=3):
        seen += found
        place = found[-1].place
    assert seen == list(changes(db))[::-1]
    assert len(seen) > 3


def test_what_was_recorded_since_comes_in_order_whenever_it_was_observed(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article())
    known = last_id(db)
    desk.now = desk.now.replace(year=2020)
    desk.reads(article(title="Ships of old"), identity("old"))
    desk.finds(Outcome.GONE)
    since = recorded_after(db, Wanted(), known, limit=10)
    assert [change.kind for change in since] == ["first_seen", "gone"]
    assert [change.id for change in since] == sorted(change.id for change in since)
    assert recorded_after(db, Wanted(), last_id(db), limit=10) == []


def test_events_are_chosen_by_words_of_any_version_of_their_page(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article("The dredger sank.", *BODY))
    desk.reads(article(*BODY))
    desk.reads(article("Nobody knows.", title="Other"), identity("other"))
    assert {change.url for change in newest(db, Wanted(text="dredger"), limit=10)} == {identity().url}
