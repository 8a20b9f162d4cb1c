"""Who takes an edit back edits once more: the return to an earlier version is told like any other change."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.desk import BODY, article

from archive.models import EventKind, Outcome
from archive.returning import TURNS
from archive.times import iso

if TYPE_CHECKING:
    from support.desk import Desk

NOTICE = "Correction: the office counted 241 ships, not 214."
EDITED = (BODY[0].replace("214", "241"), *BODY[1:])
WAS = article(modified="2026-01-01T09:00:00Z")
CORRECTED = article(*EDITED, corrections=(NOTICE,), modified="2026-01-01T09:00:00Z")
REVERTED = ["returned", "text_changed", "correction_removed"]


def last_told(desk: Desk) -> dict[str, dict[str, object]]:
    """What was told of the last capture, by kind."""
    rows = desk.db.execute(
        "select kind, details from events where capture_id = (select max(id) from captures) order by id"
    )
    return {kind: json.loads(details) for kind, details in rows}


def test_a_silent_revert_is_told_with_all_that_it_undid(desk: Desk) -> None:
    desk.reads(WAS)
    desk.reads(CORRECTED)
    seen = iso(desk.now)
    recorded = desk.reads(WAS)
    assert (recorded.outcome, recorded.page.version) == (Outcome.CHANGED, 1)
    assert [event.kind for event in recorded.events] == REVERTED
    assert max(event.weight or 0 for event in recorded.events) > 0.5
    told = last_told(desk)
    assert {(event["from_version"], event["to_version"]) for event in told.values()} == {(2, 1)}
    assert {event["last_seen_at"] for event in told.values()} == {seen}
    assert told["correction_removed"]["corrections"] == [NOTICE]


def test_a_revert_is_an_edit_with_rows_of_its_own(desk: Desk) -> None:
    desk.reads(WAS)
    desk.reads(CORRECTED)
    seen = iso(desk.now)
    desk.reads(WAS)
    edits = list(desk.db["edits"].rows)
    assert [(row["from_version"], row["to_version"], row["before"], row["after"]) for row in edits] == [
        (2, 1, EDITED[0], BODY[0]),
        (1, 2, BODY[0], EDITED[0]),
    ]
    assert (edits[0]["last_seen_at"], edits[0]["observed_at"]) == (seen, iso(desk.now))
    unmarked = {(row["from_version"], row["to_version"]): row["score"] for row in desk.db["unmarked"].rows}
    assert unmarked[2, 1] > 0.5
    assert unmarked[2, 1] > unmarked.get((1, 2), 0)


def test_each_revert_is_told_anew(desk: Desk) -> None:
    desk.reads(WAS)
    for _ in range(3):
        again = desk.reads(CORRECTED)
        assert {"text_changed", "correction_added"} <= {event.kind for event in again.events}
        desk.now += timedelta(days=2)
        assert [event.kind for event in desk.reads(WAS).events] == REVERTED
        desk.now += timedelta(days=2)
    assert desk.count("diffs") == 6


@pytest.mark.parametrize(
    ("away", "back"), [(Outcome.GONE, EventKind.RETURNED), (Outcome.PAYWALLED, EventKind.UNPAYWALLED)]
)
def test_a_page_that_comes_back_as_it_was_before_an_edit_is_told_of_that_too(
    desk: Desk, away: Outcome, back: EventKind
) -> None:
    desk.reads(WAS)
    desk.reads(CORRECTED)
    desk.finds(away)
    recorded = desk.reads(WAS)
    assert [event.kind for event in recorded.events] == [back, "text_changed", "correction_removed"]
    assert {(event["from_version"], event["to_version"]) for event in last_told(desk).values()} == {(2, 1)}


@pytest.mark.parametrize("away", [Outcome.GONE, Outcome.PAYWALLED])
def test_a_page_that_comes_back_as_it_never_was_says_as_which_version(desk: Desk, away: Outcome) -> None:
    desk.reads(WAS)
    desk.finds(away)
    desk.reads(CORRECTED)
    assert {(event["from_version"], event["to_version"]) for event in last_told(desk).values()} == {(1, 2)}


def test_a_page_that_goes_to_and_fro_with_each_request_falls_silent(desk: Desk) -> None:
    told = [len(desk.reads((WAS, CORRECTED)[place % 2]).events) for place in range(40)]
    assert all(told[: TURNS + 1])
    assert not any(told[TURNS + 1 :])
    assert desk.count("diffs") == TURNS
    assert [version for (version,) in desk.db.execute("select version from captures order by id")] == [1, 2] * 20


def test_a_page_that_has_calmed_down_is_told_of_again(desk: Desk) -> None:
    for place in range(2 * TURNS):
        desk.reads((WAS, CORRECTED)[place % 2])
    desk.now += timedelta(days=2)
    assert [event.kind for event in desk.reads(WAS).events] == REVERTED


def test_an_edit_of_a_restless_page_is_told(desk: Desk) -> None:
    for place in range(2 * TURNS):
        desk.reads((WAS, CORRECTED)[place % 2])
    recorded = desk.reads(article(*EDITED, "The quay is 300 metres long.", corrections=(NOTICE,)))
    assert [event.kind for event in recorded.events] == ["text_changed"]


def test_a_headline_in_turn_has_no_rows_of_its_own(desk: Desk) -> None:
    for title in "ABABAB":
        desk.reads(article(title=title))
    assert desk.events() == ["first_seen", "headline_changed", "returned"]
    assert [row["to_version"] for row in desk.db["diffs"].rows] == [2]


def test_a_headline_restored_after_days_is_told(desk: Desk) -> None:
    for title in "ABA":
        desk.reads(article(title=title))
        desk.now += timedelta(days=3)
    told = last_told(desk)
    assert list(told) == ["returned", "headline_changed"]
    assert (told["headline_changed"]["before"], told["headline_changed"]["after"]) == ("B", "A")


def test_the_return_to_an_edit_from_a_headline_in_turn_is_the_edit_alone(desk: Desk) -> None:
    for title in "ABA":
        desk.reads(article(title=title))
    desk.reads(article(*EDITED, title="B"))
    assert list(last_told(desk)) == ["text_changed"]
    desk.reads(article(title="A"))
    assert list(last_told(desk)) == ["returned", "text_changed"]
