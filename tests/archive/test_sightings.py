"""Events say what was before and after, and between which looks it happened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from support.desk import BODY, START, article, identity

from archive import pages, snapshots
from archive.models import EventKind, Home, Outcome
from archive.times import iso, parse_iso

if TYPE_CHECKING:
    from datetime import datetime

    from support.desk import Desk

NOTICE = "Correction: there were 241 ships, not 214."
EDITED = (BODY[0].replace("214", "241"), *BODY[1:])


def told(desk: Desk, kind: EventKind) -> dict[str, object]:
    """The details of the only event of its kind, and when it was observed."""
    ((observed_at, details),) = desk.db.execute(
        "select observed_at, details from events where kind = ?", [kind.value]
    ).fetchall()
    return {**json.loads(details), "observed_at": observed_at}


def interval(desk: Desk, kind: EventKind) -> tuple[object, object]:
    event = told(desk, kind)
    return event["last_seen_at"], event["observed_at"]


def looked(desk: Desk) -> datetime:
    """When the desk looked last."""
    return desk.now


def test_an_edit_happened_after_the_last_look_that_showed_the_old_text(desk: Desk) -> None:
    desk.reads(article())
    desk.finds(Outcome.UNCHANGED)
    seen = iso(looked(desk))
    for outcome in (Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_ARTICLE, Outcome.REFUSED):
        desk.finds(outcome)
    failed = iso(looked(desk))
    desk.reads(article(*EDITED))
    assert interval(desk, EventKind.TEXT_CHANGED) == (seen, iso(looked(desk)))
    assert told(desk, EventKind.TEXT_CHANGED)["last_checked_at"] == failed


def test_each_part_of_an_edit_has_its_before_and_after(desk: Desk) -> None:
    desk.reads(article(modified="2026-01-01T09:00:00Z"))
    desk.reads(
        article(
            *EDITED, title="Ships", authors=(), corrections=(NOTICE,), modified="2026-01-01T12:00:00Z", published=None
        )
    )
    sides = {
        kind: (told(desk, kind)["before"], told(desk, kind)["after"])
        for kind in (
            EventKind.HEADLINE_CHANGED,
            EventKind.BYLINE_CHANGED,
            EventKind.CORRECTION_ADDED,
            EventKind.DATES_CHANGED,
        )
    }
    assert sides == {
        EventKind.HEADLINE_CHANGED: ("Ships return", "Ships"),
        EventKind.BYLINE_CHANGED: (["Ada Lin"], []),
        EventKind.CORRECTION_ADDED: ([], [NOTICE]),
        EventKind.DATES_CHANGED: ({"modified": "2026-01-01T09:00:00Z"}, {"modified": "2026-01-01T12:00:00Z"}),
    }
    edit = told(desk, EventKind.TEXT_CHANGED)
    assert (edit["from_version"], edit["to_version"], edit["edits"], edit["additions"]) == (1, 2, 1, 0)
    assert edit["kinds"] == ["number"]
    assert interval(desk, EventKind.CORRECTION_ADDED)[0] == "2026-01-01T12:15:00.000Z"


def test_a_deletion_and_a_return_say_the_state_and_the_status(desk: Desk) -> None:
    desk.reads(article())
    seen = looked(desk)
    desk.finds(Outcome.ERROR)
    desk.finds(Outcome.GONE, detail="HTTP 410 Gone")
    first = looked(desk)
    desk.finds(Outcome.GONE)
    last = looked(desk)
    desk.finds(Outcome.ERROR)
    desk.reads(article())
    assert interval(desk, EventKind.GONE) == (iso(seen), iso(first))
    assert interval(desk, EventKind.RETURNED) == (iso(last), iso(looked(desk)))
    gone, returned = told(desk, EventKind.GONE), told(desk, EventKind.RETURNED)
    assert (gone["before"], gone["after"], gone["detail"]) == ("live", "gone", "HTTP 410 Gone")
    assert (returned["before"], returned["after"]) == ("gone", "live")
    assert gone["status"] == returned["status"] == 200, "what the desk's captures have"


def test_a_paywall_that_goes_is_told_apart_from_a_return(desk: Desk) -> None:
    desk.reads(article())
    desk.finds(Outcome.PAYWALLED)
    walled = looked(desk)
    desk.reads(article(*EDITED))
    assert desk.events() == ["first_seen", "paywalled", "unpaywalled", "text_changed"]
    assert interval(desk, EventKind.UNPAYWALLED) == (iso(walled), iso(looked(desk)))
    assert interval(desk, EventKind.TEXT_CHANGED) == (iso(START.replace(minute=15)), iso(looked(desk)))


def test_a_page_behind_a_paywall_that_goes_says_so(desk: Desk) -> None:
    desk.reads(article())
    desk.finds(Outcome.PAYWALLED)
    walled = looked(desk)
    desk.finds(Outcome.GONE)
    assert told(desk, EventKind.GONE)["before"] == "paywalled"
    assert interval(desk, EventKind.GONE) == (iso(walled), iso(looked(desk)))


def test_a_move_says_when_the_old_address_was_last_seen(desk: Desk) -> None:
    desk.reads(article())
    seen = looked(desk)
    desk.reads(article(), home=Home(identity("b"), by_redirect=True))
    assert interval(desk, EventKind.MOVED) == (iso(seen), iso(looked(desk)))


def test_the_first_look_and_our_own_doing_have_no_before(desk: Desk) -> None:
    desk.reads(article())
    event = told(desk, EventKind.FIRST_SEEN)
    assert (event["before"], event["after"]) == (None, "Ships return")
    assert "last_seen_at" not in event


def test_a_text_that_was_doubted_was_last_seen_whole_before_the_doubt(desk: Desk) -> None:
    whole = tuple(f"The {word} harbour office counted 214 ships in March, as it said." for word in "abcdefghijkl")
    desk.reads(article(*whole))
    seen = looked(desk)
    desk.reads(article(whole[0]))
    doubted = looked(desk)
    desk.reads(article(whole[0]))
    event = told(desk, EventKind.TEXT_CHANGED)
    assert (event["last_seen_at"], event["first_seen_at"]) == (iso(seen), iso(doubted))
    assert parse_iso(str(event["observed_at"])) == looked(desk)


def test_a_page_that_led_to_another_one_was_not_seen_then(desk: Desk) -> None:
    desk.reads(article())
    seen = looked(desk)
    desk.reads(article(title="Other"), identity("other"))
    for _ in range(2):
        desk.reads(article(title="Other"), home=Home(identity("other"), by_redirect=True))
    desk.finds(Outcome.GONE)
    assert interval(desk, EventKind.MOVED)[0] == iso(seen)
    assert [row["fetched_at"] for row in desk.db["sightings"].rows if row["page_id"] == 1] == [iso(seen)]
    page = pages.get(desk.db, 1)
    assert (page.version, snapshots.load(desk.db, page).article.title) == (1, "Ships return")


def test_a_page_that_was_renamed_was_seen_at_its_new_address(desk: Desk) -> None:
    desk.reads(article())
    desk.reads(article(), home=Home(identity("b"), by_redirect=True))
    assert [row["fetched_at"] for row in desk.db["sightings"].rows][-1] == iso(looked(desk))
