"""What the archive knows of two snapshots: what stood before, with which dates, and what was kept of the edit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.desk import BODY, article

from archive import history, pages, snapshots
from archive.between import Between, Dates, between, pair
from archive.compare.versions.diff import diff
from archive.compare.weights.unmarked import unmarked
from archive.errors import UnknownPage
from archive.models import Finding, Outcome, Replay
from archive.opening import transaction
from archive.reextraction import record_replay
from archive.returning import TURNS
from stet.render.sheet import lay_out, notes

if TYPE_CHECKING:
    from support.desk import Desk

    from archive.models import Article

EDITED = (BODY[0].replace("214", "241"), *BODY[1:])
AGAIN = (BODY[0].replace("214", "412"), *BODY[1:])
DAWN, MORNING, NOON = (f"2026-01-01T{hour}:00:00Z" for hour in ("05", "09", "12"))


def known(desk: Desk, before: int, after: int) -> Between:
    page = pages.get(desk.db, 1)
    older, newer = (snapshots.load(desk.db, page, version) for version in (before, after))
    return between(desk.db, page, older, newer)


def test_before_a_version_stood_what_the_page_showed_then_and_not_the_one_numbered_before(desk: Desk) -> None:
    for title in "ABA":
        desk.reads(article(title=title))
    desk.reads(article(*EDITED, title="A"))
    page = pages.get(desk.db, 1)
    assert [pair(desk.db, page, None, version) for version in (2, 3, None)] == [(1, 2), (1, 3), (1, 3)]
    assert pair(desk.db, page, 2, None) == (2, 3)
    assert pair(desk.db, page, 3, 1) == (3, 1)
    with pytest.raises(UnknownPage, match=r"nothing was seen at .* after version 3"):
        pair(desk.db, page, 3, None)
    with pytest.raises(UnknownPage, match=r"nothing was seen at .* before version 1"):
        pair(desk.db, page, None, 1)


def test_a_return_is_the_last_change_of_a_page_that_went_back(desk: Desk) -> None:
    for body in (BODY, EDITED, BODY):
        desk.reads(article(*body))
    page = pages.get(desk.db, 1)
    assert pair(desk.db, page, None, None) == pair(desk.db, page, 2, None) == pair(desk.db, page, None, 1) == (2, 1)
    desk.reads(article(*AGAIN))
    assert pair(desk.db, page, None, None) == (1, 3)


def test_a_trial_that_is_over_is_the_last_change_though_no_edit(desk: Desk) -> None:
    for title in "AABABAA":
        desk.reads(article(title=title))
    page = pages.get(desk.db, 1)
    assert pair(desk.db, page, None, None) == (2, 1)
    assert history.standing(desk.db, page).back_at == "2026-01-01T13:30:00.000Z"
    desk.reads(article(title="B"))
    page = pages.get(desk.db, 1)
    assert pair(desk.db, page, None, None) == (1, 2)
    assert history.standing(desk.db, page).back_at is None


def test_of_a_page_that_falls_silent_the_last_turn_is_compared(desk: Desk) -> None:
    for place in range(3 * TURNS):
        desk.reads(article(*(BODY, EDITED)[place % 2]))
        page = pages.get(desk.db, 1)
        if place:
            assert pair(desk.db, page, None, None) == ((2, 1), (1, 2))[place % 2]


def test_how_we_read_is_not_the_last_change_where_the_publisher_made_one(desk: Desk) -> None:
    def read_anew(found: Article, extractor: str) -> None:
        page = pages.get(desk.db, 1)
        assert page.version is not None
        again = Finding(Outcome.NEW, found, extractor=extractor)
        with transaction(desk.db):
            record_replay(desk.db, Replay(page.id, page.version, again), now=desk.now)

    desk.reads(article())
    read_anew(article(*BODY, "Follow us."), "test 2")
    assert pair(desk.db, pages.get(desk.db, 1), None, None) == (1, 2)
    desk.record(Finding(Outcome.NEW, article(*EDITED, "Follow us."), extractor="test 2"))
    assert pair(desk.db, pages.get(desk.db, 1), None, None) == (2, 3)
    for extractor, line in (("test 3", "Follow them."), ("test 4", "Follow her.")):
        read_anew(article(*EDITED, line), extractor)
        assert pair(desk.db, pages.get(desk.db, 1), None, None) == (2, 3)


def test_headlines_are_in_turn_over_texts_that_differ_too(desk: Desk) -> None:
    for title in "ABA":
        desk.reads(article(title=title))
    desk.reads(article(*EDITED, title="A"))
    assert known(desk, 2, 3).in_turn
    assert not known(desk, 1, 3).in_turn
    desk.reads(article(*EDITED, title="C"))
    assert not known(desk, 3, 4).in_turn


def test_what_was_kept_of_an_edit_is_known_of_the_two_that_it_is_of(desk: Desk) -> None:
    desk.reads(article(modified=MORNING))
    desk.reads(article(*EDITED, modified=MORNING))
    desk.reads(article(*AGAIN, modified=MORNING))
    recorded = known(desk, 1, 2).recorded
    assert recorded is not None
    (row,) = desk.db.execute("select score, weight, kinds, evidence from unmarked where to_version = 2").fetchall()
    assert (recorded.unmarked, recorded.weight) == row[:2]
    assert [list(recorded.kinds), list(recorded.evidence)] == [json.loads(each) for each in row[2:]]
    assert known(desk, 1, 3).recorded is None
    assert known(desk, 2, 1).recorded is None


def test_of_a_page_that_goes_back_what_was_kept_is_known_too(desk: Desk) -> None:
    for body in (BODY, EDITED, BODY):
        desk.reads(article(*body, modified=MORNING))
    back = known(desk, 2, 1).recorded
    assert back is not None
    assert back.evidence[0] == "the number 241 became 214"
    page = pages.get(desk.db, 1)
    older, newer = (snapshots.load(desk.db, page, version) for version in (2, 1))
    sheet = lay_out(older, newer, between(desk.db, page, older, newer))
    assert notes(sheet) == ("The page went back: version 1 stood there again after version 2.",)
    assert (sheet.unmarked.score, sheet.unmarked.evidence) == (back.unmarked, back.evidence)


def test_the_dates_are_those_last_seen_before_the_text_was_edited(desk: Desk) -> None:
    desk.reads(article(modified=DAWN))
    for modified in (MORNING, NOON):
        # Told of once a version, and seen twice.
        desk.reads(article(modified=modified))
    desk.reads(article(*EDITED, modified=NOON))
    desk.reads(article(*AGAIN, modified="2026-01-01T15:00:00Z"))
    published = "2026-01-01T08:00:00Z"
    assert known(desk, 1, 2).last_dates == known(desk, 1, 3).last_dates == Dates(published, NOON)
    assert known(desk, 2, 3).last_dates == Dates(published, NOON)
    assert known(desk, 3, 1).last_dates is None


def test_a_date_that_came_with_the_edit_was_not_seen_before(desk: Desk) -> None:
    desk.reads(article())
    desk.reads(article(*EDITED, modified=NOON))
    desk.reads(article(*AGAIN))
    published = "2026-01-01T08:00:00Z"
    assert known(desk, 1, 2).last_dates == Dates(published, None)
    assert known(desk, 2, 3).last_dates == Dates(published, NOON)


def test_what_is_observed_by_the_dates_known_is_what_was_kept(desk: Desk) -> None:
    """Else one edit had two scores, one in the view and one in the diff."""
    desk.reads(article(modified=DAWN))
    desk.reads(article(modified=NOON))
    desk.reads(article(*EDITED, modified=NOON))
    seen = known(desk, 1, 2)
    assert seen.recorded is not None
    assert seen.last_dates is not None
    found = unmarked(
        diff(article(), article(*EDITED)), article(modified=seen.last_dates.modified), article(*EDITED, modified=NOON)
    )
    assert (found.score, found.evidence) == (seen.recorded.unmarked, seen.recorded.evidence)
