"""What a source repeats: counted once a page, bounded, forgotten in time, and never an edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.desk import Desk, article, identity

from archive import boilerplate, evidence, pages, snapshots
from archive.models import Article, Block, EventKind, Outcome, Role, line_digest
from archive.repeats import KEPT, set_aside

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.recording import Recorded

ONE_ADDITION = {"additions": 1, "deletions": 0, "edits": 0, "refactors": 0, "merges": 0, "splits": 0}
HOUSE = "The Alder Post is printed on paper from the valley."
SUBJECTS = ("Dam", "Bakers", "Glacier", "Windpark", "Lighthouse", "Freight", "Orchard", "Museum", "Chess", "Harbour")
DIGEST = line_digest(HOUSE)


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db, source="Alder Post")


def story(number: int, *more: str) -> Article:
    """An article of its own subject, one a day, with these lines at its end."""
    subject = f"{SUBJECTS[number % len(SUBJECTS)]}{'x' * (number // len(SUBJECTS))}"
    date = f"2025-12-{1 + number % 28:02}"
    told = f"{subject} is in the news again, and nobody in the valley talks of anything else but that."
    return article(told, *more, title=f"{subject} now", published=f"{date}T08:00:00Z")


def known(desk: Desk) -> frozenset[int]:
    return boilerplate.learned(desk.db, 1)


def reread(desk: Desk, number: int, *more: str) -> Recorded:
    """The page is read anew, by what the archive has learned."""
    fresh = story(number, *more)
    fresh = replace(fresh, blocks=set_aside(fresh.blocks, known(desk), text_roles=fresh.text_roles))
    return desk.reads(fresh, identity(f"story-{number}"))


def publish(desk: Desk, count: int, *more: str, first: int = 0) -> None:
    for number in range(first, first + count):
        reread(desk, number, *more)


def pages_of(desk: Desk, text: str) -> int:
    row = desk.db.execute("select pages from source_lines where digest = ?", [line_digest(text)]).fetchone()
    return row[0] if row else 0


def test_a_line_on_enough_articles_is_learned_and_what_they_tell_is_not(desk: Desk) -> None:
    publish(desk, 7, HOUSE)
    assert known(desk) == frozenset()
    publish(desk, 3, HOUSE, first=7)
    assert known(desk) == {DIGEST}
    assert pages_of(desk, HOUSE) == 10


def test_a_line_counts_once_in_the_life_of_a_page(desk: Desk) -> None:
    for version in range(12):
        reread(desk, 1, HOUSE, f"Then came{' another' * version} turn.")
    reread(desk, 1, HOUSE)
    assert desk.count("snapshots") > 10
    assert pages_of(desk, HOUSE) == 1
    assert desk.db.execute("select articles_counted from sources").fetchone() == (1,)


def test_a_line_that_comes_later_to_known_pages_counts_too(desk: Desk) -> None:
    publish(desk, 8)
    publish(desk, 8, HOUSE)
    assert known(desk) == {DIGEST}
    assert pages_of(desk, HOUSE) == 8


def test_learning_a_line_is_no_edit_of_the_pages_that_have_it(desk: Desk) -> None:
    publish(desk, 9, HOUSE)
    edits = desk.events()
    first = pages.find(desk.db, identity("story-0").key)
    recorded = reread(desk, 0, HOUSE)
    assert first is not None
    assert (recorded.outcome, recorded.page.version) == (Outcome.UNCHANGED, 2)
    assert [event.kind for event in recorded.events] == [EventKind.REEXTRACTED]
    assert recorded.events[0].details["set_aside"] == [HOUSE]
    assert recorded.page.last_changed_at == first.last_changed_at
    assert desk.events() == [*edits, "reextracted"]
    stored = snapshots.load(desk.db, recorded.page)
    assert (stored.events, stored.words_added, stored.words_removed) == (("reextracted",), 0, 0)
    assert HOUSE not in stored.article.text
    assert HOUSE in [block.text for block in stored.article.removed]
    again = reread(desk, 0, HOUSE)
    assert (again.outcome, again.events, again.page.version) == (Outcome.UNCHANGED, (), 2)


def test_an_edit_that_comes_with_the_learning_is_told_without_it(desk: Desk) -> None:
    publish(desk, 9, HOUSE)
    recorded = reread(desk, 0, "It is back.", HOUSE)
    assert (recorded.outcome, recorded.page.version) == (Outcome.CHANGED, 3)
    assert [event.kind for event in recorded.events] == [EventKind.REEXTRACTED, EventKind.TEXT_CHANGED]
    assert recorded.events[1].details == ONE_ADDITION
    versions = [snapshot.events for snapshot in snapshots.history(desk.db, recorded.page)]
    assert versions == [("text_changed",), ("reextracted",), ("first_seen",)]


def test_a_house_line_that_the_site_takes_down_is_no_edit(desk: Desk) -> None:
    publish(desk, 9, HOUSE)
    assert [event.kind for event in reread(desk, 3).events] == [EventKind.REEXTRACTED]


def test_what_stands_there_may_become_an_earlier_version_again(desk: Desk) -> None:
    reread(desk, 0)
    publish(desk, 9, HOUSE)
    recorded = reread(desk, 0, HOUSE)
    assert (recorded.outcome, recorded.page.version) == (Outcome.UNCHANGED, 1)
    assert [event.kind for event in recorded.events] == [EventKind.REEXTRACTED]
    assert reread(desk, 0, HOUSE).events == ()


def test_forgetting_a_line_is_no_edit_of_the_pages_that_have_it(desk: Desk) -> None:
    publish(desk, 12, HOUSE)
    desk.db.execute("update source_lines set learned_at = null")
    recorded = reread(desk, 11, HOUSE)
    assert (recorded.outcome, recorded.events) == (Outcome.UNCHANGED, ())
    edited = reread(desk, 11, HOUSE, "It is back.")
    assert [event.kind for event in edited.events] == [EventKind.TEXT_CHANGED]
    assert edited.events[0].details == ONE_ADDITION
    assert HOUSE not in snapshots.load(desk.db, edited.page).article.text


def test_a_line_that_the_configuration_wants_back_is_no_edit(desk: Desk) -> None:
    publish(desk, 12, HOUSE)
    kept = (*story(11).blocks, Block(Role.BODY, HOUSE, KEPT))
    recorded = desk.reads(replace(story(11), blocks=kept), identity("story-11"))
    assert [event.kind for event in recorded.events] == [EventKind.REEXTRACTED]
    assert recorded.events[0].details["restored"] == [HOUSE]
    assert HOUSE in snapshots.load(desk.db, recorded.page).article.text


def test_a_learned_line_is_counted_on_and_what_a_site_stops_doing_is_forgotten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boilerplate, "DECAY_EVERY", 16)
    publish(desk, 48, HOUSE)
    assert known(desk) == {DIGEST}
    publish(desk, 15, first=48)
    assert known(desk) == {DIGEST}
    publish(desk, 80, first=63)
    assert known(desk) == frozenset()


def test_lines_of_a_source_are_bounded_and_the_frequent_stay(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boilerplate, "MAX_LINES", 40)
    for number in range(64):
        reread(desk, number, HOUSE, *(f"Only here {'a' * number} {'b' * line}." for line in range(10)))
    most = 40 + boilerplate.TRIM_EVERY * 12
    assert desk.count("source_lines") <= most
    assert known(desk) == {DIGEST}


def test_sources_learn_apart_and_pages_without_one_teach_nothing(desk: Desk) -> None:
    publish(desk, 12, HOUSE)
    other = Desk(desk.db, source="Vale Times")
    other.reads(story(1, HOUSE), identity("vale"))
    Desk(desk.db).reads(story(2, HOUSE), identity("nobodys"))
    by_source = dict(desk.db.execute("select source_id, pages from source_lines where digest = ?", [DIGEST]))
    assert by_source == {1: 12, 2: 1}
    assert boilerplate.learned_by(desk.db, [1, 2, 3]) == {1: {DIGEST}}


def test_where_nothing_is_to_be_learned_nothing_is_counted(db: Database) -> None:
    desk = Desk(db, source="Alder Post", learns=False)
    publish(desk, 12, HOUSE)
    assert desk.count("source_lines") == 0


def test_a_capture_recorded_twice_counts_once(desk: Desk) -> None:
    desk.reads(story(1, HOUSE), identity("a"), body=b"one")
    desk.now -= timedelta(minutes=15)
    desk.reads(story(1, HOUSE), identity("a"), body=b"one")
    assert pages_of(desk, HOUSE) == 1


def test_the_list_has_what_is_learned_and_what_is_nearly(desk: Desk) -> None:
    publish(desk, 6, HOUSE)
    assert boilerplate.listing(desk.db, "Vale Times") is None
    ((line, share),) = boilerplate.listing(desk.db, "Alder Post") or []
    assert (line.text, line.learned_at, line.pages, share) == (HOUSE, None, 6, 1.0)
    publish(desk, 6, first=6)
    publish(desk, 6, HOUSE, first=12)
    ((line, share),) = boilerplate.listing(desk.db, "Alder Post") or []
    assert line.learned_at is not None
    assert (line.pages, round(share, 2)) == (12, 0.67)
    assert evidence.is_learned(line, 18)
