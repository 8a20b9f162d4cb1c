"""The stream of events: its newest, a page of it after the other, and what came since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.desk import BODY, Desk, article, identity

from archive import event_words
from archive.models import Outcome
from archive.opening import open_for_writing
from archive.stream import Change, Wanted, changes, last_id, newest, newest_looks, next_looks, recorded_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two sources, of which one is busy."""
    with open_for_writing(tmp_path_factory.mktemp("stream") / "stet.db") as db:
        _busy(db)
        Desk(db, source="Two").reads(article("Nobody knows.", title="Other"), identity("other"))
        yield db


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


def test_a_page_of_looks_after_the_other_shows_each_event_once_and_none_apart_from_its_capture(db: Database) -> None:
    desk = _busy(db)
    seen: list[tuple[Change, ...]] = []
    place = None
    while found := newest_looks(db, before=place, limit=2):
        seen += found
        place = found[-1][-1].place
    assert [change for look in seen for change in look] == list(changes(db))[::-1]
    assert len({look[0].capture_id for look in seen}) == len(seen)
    assert max(map(len, seen)) > 1
    assert desk.count("events") == sum(map(len, seen))


def test_leafing_back_leads_to_what_was_left(db: Database) -> None:
    _busy(db)
    first, second = (newest_looks(db, limit=4)[at : at + 2] for at in (0, 2))
    assert next_looks(db, Wanted(), after=second[0][0].place, limit=2) == first
    assert next_looks(db, Wanted(), after=first[0][0].place, limit=2) == []


def test_events_are_chosen_by_what_they_tell(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article("The dredger sank.", *BODY))
    desk.reads(article(*BODY))
    desk.reads(article(*BODY, title="Harbour opens"))
    desk.reads(article(*BODY, title="Harbour opens", corrections=("Correction: it was no tugboat.",)))
    desk.reads(article("Nobody knows.", title="Other"), identity("other"))

    def found(text: str) -> list[str]:
        return [change.kind for change in newest(db, Wanted(text=text), limit=10)]

    assert found("dredger") == ["text_changed"]
    assert found("tugboat") == ["correction_added"]
    assert found('title: "harbour opens"') == ["correction_added", "headline_changed"]
    assert found("title: return") == ["headline_changed", "text_changed", "first_seen"]
    assert found("officials") == [], "what did not change is no matter of the event"
    assert found("dredger OR other") == ["first_seen", "text_changed"]


def test_a_headline_on_trial_weighs_nothing(db: Database) -> None:
    desk = Desk(db)
    for title in ("Ships return", "Boats come back", "Ships return"):
        desk.reads(article(title=title))
    (trial,) = newest(db, Wanted(kinds=("headline_changed",)), limit=5)
    assert (trial.variant_of, trial.weight) == (1, 0)
    assert "headline_changed" not in [each.kind for each in newest(db, Wanted(min_weight=0.1), limit=5)]
    assert not recorded_after(db, Wanted(kinds=("headline_changed",), min_weight=0.1), 0, limit=5)


@pytest.mark.parametrize(
    ("query", "finds"),
    [("東京", True), ("京都", True), ("東都", False), ("大阪 OR 東京都", True), ("title: 知事", True)],
)
def test_words_of_scripts_without_spaces_are_found_within_what_changed(db: Database, query: str, finds: bool) -> None:
    desk = Desk(db)
    desk.reads(article("彼は大阪にいた。", "Nobody was hurt.", title="知事が辞任"))
    desk.reads(article("彼は東京都にいた。", "Nobody was hurt.", title="知事が辞任"))
    assert ("text_changed" in {change.kind for change in newest(db, Wanted(text=query), limit=10)}) is finds


@given(
    kinds=st.lists(st.sampled_from(["text_changed", "first_seen", "gone", "headline_changed"]), max_size=2),
    min_weight=st.sampled_from([0.0, 0.3, 0.9]),
    source=st.sampled_from([None, "One", "Nobody"]),
    text=st.sampled_from(["", "ships", "nowhere"]),
    at=st.integers(0, 12),
)
def test_every_way_to_ask_finds_the_same_events(
    archived: Database, *, kinds: list[str], min_weight: float, source: str | None, text: str, at: int
) -> None:
    wanted = Wanted(source=source, kinds=tuple(kinds), min_weight=min_weight, text=text)
    every = list(changes(archived))
    expected = [
        change
        for change in every
        if (not kinds or change.kind in kinds)
        and change.weight >= min_weight
        and source in (None, change.source)
        and change in (list(changes(archived, Wanted(text=text))) if text else every)
    ]
    assert list(changes(archived, wanted)) == expected
    assert newest(archived, wanted, limit=100) == expected[::-1]
    place = every[at % len(every)]
    assert (
        newest(archived, wanted, before=place.place, limit=100)
        == [change for change in expected if change.place < place.place][::-1]
    )
    assert recorded_after(archived, wanted, place.id, limit=100) == [
        change for change in sorted(expected, key=lambda each: each.id) if change.id > place.id
    ]


def test_an_archive_of_before_finds_its_events_by_their_words(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        _busy(db)
        indexed = db.execute("select rowid, title, text from events_fts").fetchall()
        db.execute("drop table events_fts")
        db.execute("drop trigger events_deleted")
        event_words.create(db)
        assert db.execute("select rowid, title, text from events_fts").fetchall() == indexed
        db.execute("delete from events where id = (select max(id) from events)")
        assert db.execute("select count(*) from events_fts").fetchone()[0] == len(indexed) - 1


@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(kinds=("gone",)), Wanted(source="One", min_weight=0.9), Wanted(kinds=("gone", "moved"))]
)
def test_a_filter_looks_through_one_index_and_sorts_nothing(db: Database, wanted: Wanted) -> None:
    _busy(db)
    traced: list[str] = []
    db.conn.set_trace_callback(traced.append)
    newest(db, wanted, limit=5)
    db.conn.set_trace_callback(None)
    plan = [row[3] for row in db.execute(f"explain query plan {traced[-1]}")]
    assert "USING INDEX events_stream" in plan[0]
    assert not any("TEMP B-TREE FOR ORDER" in step for step in plan)


def _busy(db: Database) -> Desk:
    desk = Desk(db, source="One")
    for number in range(5):
        desk.reads(
            article(f"There were {number} ships.", *BODY[1:], title=f"Ships {number}"), identity(f"p-{number % 2}")
        )
    desk.finds(Outcome.GONE, identity("p-0"))
    return desk
