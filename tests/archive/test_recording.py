"""What a capture means for its page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from support.desk import BODY, Desk, article, identity

from archive import bodies, chain, pages, snapshots
from archive.models import EventKind, Finding, Home, Outcome


def test_a_first_reading_is_version_one(desk: Desk) -> None:
    recorded = desk.reads(article())
    assert (recorded.outcome, recorded.page.version) == (Outcome.NEW, 1)
    assert [event.kind for event in recorded.events] == [EventKind.FIRST_SEEN]
    stored = snapshots.load(desk.db, recorded.page)
    assert stored.article == article()
    assert stored.words_added == sum(len(line.split()) for line in BODY)


def test_furniture_alone_makes_no_version_and_no_event(desk: Desk) -> None:
    desk.reads(article(aside=("12 shares", "Sign up for our newsletter")))
    recorded = desk.reads(article(aside=("3,481 shares",)))
    assert (recorded.outcome, recorded.events) == (Outcome.UNCHANGED, ())
    assert desk.count("snapshots") == 1
    assert desk.count("captures") == 2


def test_a_silent_change_of_a_number_is_a_version(desk: Desk) -> None:
    desk.reads(article())
    recorded = desk.reads(article(BODY[0].replace("214", "241"), *BODY[1:]))
    assert (recorded.outcome, recorded.page.version) == (Outcome.CHANGED, 2)
    assert [event.kind for event in recorded.events] == [EventKind.TEXT_CHANGED]
    assert recorded.events[0].details["edits"] == 1


def test_a_correction_notice_makes_one_event_with_its_sentence(desk: Desk) -> None:
    desk.reads(article())
    notice = "Correction: there were 241 ships, not 214."
    recorded = desk.reads(article(BODY[0].replace("214", "241"), *BODY[1:], corrections=(notice,)))
    told = {event.kind: event.details for event in recorded.events}
    added = told[EventKind.CORRECTION_ADDED]
    assert (added["before"], added["after"], added["corrections"]) == ([], [notice], [notice])
    assert snapshots.load(desk.db, recorded.page).article.corrections == (notice,)
    removed = desk.reads(article(BODY[0].replace("214", "241"), *BODY[1:]))
    assert [event.kind for event in removed.events] == [EventKind.CORRECTION_REMOVED]


def test_who_did_what_is_stored_beside_the_credits_as_published(desk: Desk) -> None:
    desk.reads(article(credits=("Reporting by Ada Lin; Editing by Bo Marsh",)))
    (published, named) = desk.db.execute("select credits, contributors from snapshots").fetchone()
    assert json.loads(published) == ["Reporting by Ada Lin; Editing by Bo Marsh"]
    assert json.loads(named) == [{"name": "Ada Lin", "did": "reporting"}, {"name": "Bo Marsh", "did": "editing"}]


def test_headline_and_byline_are_told_apart_from_the_text(desk: Desk) -> None:
    desk.reads(article())
    recorded = desk.reads(article(title="Ships are back", authors=("Ada Lin", "Bo Marsh")))
    assert {event.kind: (event.details["before"], event.details["after"]) for event in recorded.events} == {
        EventKind.HEADLINE_CHANGED: ("Ships return", "Ships are back"),
        EventKind.BYLINE_CHANGED: (["Ada Lin"], ["Ada Lin", "Bo Marsh"]),
    }


def test_new_dates_come_with_the_version_that_has_them(desk: Desk) -> None:
    desk.reads(article(modified="2026-01-01T08:00:00Z"))
    recorded = desk.reads(article("All is new.", modified="2026-01-01T13:00:00Z"))
    assert [event.kind for event in recorded.events] == [EventKind.TEXT_CHANGED, EventKind.DATES_CHANGED]
    assert recorded.page.modified == "2026-01-01T13:00:00Z"


def test_a_site_that_dates_each_answer_anew_is_told_of_once_a_version(desk: Desk) -> None:
    for minute in range(5):
        desk.reads(article(modified=f"2026-01-01T13:0{minute}:00Z"))
    assert desk.events() == ["first_seen", "dates_changed"]
    assert desk.count("snapshots") == 1


def test_a_headline_that_flips_makes_two_versions_and_falls_silent(desk: Desk) -> None:
    outcomes = [desk.reads(article(title=title)).outcome for title in ["A", "B", "A", "B", "A", "B"]]
    assert desk.count("snapshots") == 2
    assert desk.events() == ["first_seen", "headline_changed", "returned"]
    assert outcomes[3:] == [Outcome.UNCHANGED] * 3
    page = pages.find(desk.db, identity().key)
    assert page is not None
    assert snapshots.load(desk.db, page).article.title == "B"
    shown = [version for (version,) in desk.db.execute("select version from captures order by id")]
    assert shown == [1, 2, 1, 2, 1, 2]


def test_an_edit_after_a_return_is_compared_with_what_stood_there(desk: Desk) -> None:
    desk.reads(article(title="A"))
    desk.reads(article(title="B"))
    desk.reads(article(title="A"))
    recorded = desk.reads(article(title="C"))
    assert recorded.page.version == 3
    assert recorded.events[0].details["before"] == "A"


def test_a_deleted_page_is_told_of_once_and_its_return_once(desk: Desk) -> None:
    desk.reads(article())
    for _ in range(3):
        assert desk.finds(Outcome.GONE, detail="HTTP 410 Gone").outcome is Outcome.GONE
    assert desk.reads(article()).outcome is Outcome.UNCHANGED
    assert desk.events() == ["first_seen", "gone", "returned"]
    assert desk.count("snapshots") == 1


def test_a_page_that_comes_back_changed_is_returned_and_changed(desk: Desk) -> None:
    desk.reads(article())
    desk.finds(Outcome.GONE)
    recorded = desk.reads(article("Something else entirely stands here."))
    assert [event.kind for event in recorded.events] == [EventKind.RETURNED, EventKind.TEXT_CHANGED]


def test_a_page_never_read_is_gone_without_an_event(desk: Desk) -> None:
    recorded = desk.finds(Outcome.GONE, detail="HTTP 404 Not Found")
    assert (recorded.outcome, recorded.events, recorded.page.version) == (Outcome.GONE, (), None)


def test_a_paywall_is_no_edit(desk: Desk) -> None:
    desk.reads(article())
    recorded = desk.finds(Outcome.PAYWALLED)
    assert [event.kind for event in recorded.events] == [EventKind.PAYWALLED]
    assert recorded.page.version == 1
    assert desk.count("snapshots") == 1


@pytest.mark.parametrize("outcome", [Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_ARTICLE, Outcome.REFUSED])
def test_a_failure_changes_nothing_and_is_counted(desk: Desk, outcome: Outcome) -> None:
    desk.reads(article())
    for failures in (1, 2):
        recorded = desk.finds(outcome, detail="HTTP 500 Internal Server Error")
        assert (recorded.page.failures, recorded.page.version, recorded.events) == (failures, 1, ())
    assert desk.finds(Outcome.UNCHANGED).page.failures == 0


def test_a_moved_page_keeps_its_history_under_both_urls(desk: Desk) -> None:
    desk.reads(article())
    recorded = desk.reads(article(), home=Home(identity("b"), by_redirect=True))
    assert recorded.outcome is Outcome.MOVED
    assert recorded.page.url == "https://news.example/b"
    changed = desk.reads(article("All new."), identity("b"))
    assert changed.page.version == 2
    found = pages.find(desk.db, identity("a").key)
    assert found is not None
    assert found.id == changed.page.id
    assert desk.events() == ["first_seen", "moved", "text_changed"]


def test_a_page_that_moves_onto_another_with_a_history_ends_once(desk: Desk) -> None:
    desk.reads(article(), identity("a"))
    desk.reads(article(title="The other"), identity("b"))
    home = Home(identity("b"), by_redirect=True)
    for _ in range(2):
        recorded = desk.reads(article(title="The other"), identity("a"), home=home)
        assert (recorded.outcome, recorded.page.state) == (Outcome.MOVED, "moved")
    assert desk.events() == ["first_seen", "first_seen", "moved"]
    assert desk.count("snapshots") == 2


def test_a_canonical_link_cannot_end_a_page_with_a_history(desk: Desk) -> None:
    desk.reads(article(), identity("a"))
    desk.reads(article(title="The other"), identity("b"))
    recorded = desk.reads(article(), identity("a"), home=Home(identity("b"), by_redirect=False))
    assert (recorded.outcome, recorded.page.url) == (Outcome.UNCHANGED, identity("a").url)


def test_two_doubles_that_call_each_other_canonical_settle(desk: Desk) -> None:
    desk.reads(article(), identity("a"))
    desk.reads(article(), identity("a"), home=Home(identity("b"), by_redirect=False))
    for _ in range(3):
        recorded = desk.reads(article(), identity("b"), home=Home(identity("a"), by_redirect=False))
        assert (recorded.outcome, recorded.page.url) == (Outcome.UNCHANGED, identity("b").url)
    assert desk.events() == ["first_seen", "moved"]


def test_a_page_that_moves_there_and_back_by_redirects_is_followed(desk: Desk) -> None:
    desk.reads(article(), identity("a"))
    desk.reads(article(), identity("a"), home=Home(identity("b"), by_redirect=True))
    recorded = desk.reads(article(), identity("b"), home=Home(identity("a"), by_redirect=True))
    assert recorded.page.url == identity("a").url
    assert desk.events() == ["first_seen", "moved", "moved"]


def test_a_page_that_ended_keeps_its_own_headline(desk: Desk) -> None:
    desk.reads(article(title="Ours"), identity("a"))
    desk.reads(article(title="The other"), identity("b"))
    moved = Home(identity("b"), by_redirect=True)
    assert desk.reads(article(title="The other"), identity("a"), home=moved).page.title == "Ours"


def test_a_return_from_a_deletion_to_an_earlier_version_is_one_event(desk: Desk) -> None:
    desk.reads(article(title="A"))
    desk.reads(article(title="B"))
    desk.finds(Outcome.GONE)
    recorded = desk.reads(article(title="A"))
    assert [event.kind for event in recorded.events] == [EventKind.RETURNED]
    assert recorded.events[0].details == {"before": "gone", "after": "live", "from_version": 2, "to_version": 1}


def test_a_run_of_deletions_keeps_one_body(desk: Desk) -> None:
    desk.reads(article())
    for _ in range(5):
        desk.finds(Outcome.GONE)
    desk.finds(Outcome.ERROR)
    assert desk.count("bodies") == 3


def test_a_page_first_seen_under_a_double_is_one_page(desk: Desk) -> None:
    home = Home(identity("a"), by_redirect=False)
    first = desk.reads(article(), identity("a-amp"), home=home)
    second = desk.reads(article(), identity("a"))
    third = desk.reads(article(), identity("a-amp"), home=home)
    assert first.page.id == second.page.id == third.page.id
    assert desk.count("pages") == 1
    assert desk.events() == ["first_seen"]


def test_a_double_found_later_is_folded_into_the_page(desk: Desk) -> None:
    page = desk.reads(article(), identity("a")).page
    desk.finds(Outcome.ERROR, identity("a-amp"))
    recorded = desk.reads(article(), identity("a-amp"), home=Home(identity("a"), by_redirect=False))
    assert (recorded.page.id, recorded.outcome) == (page.id, Outcome.UNCHANGED)
    assert desk.count("pages") == 1
    assert desk.count("captures") == 3


def test_the_same_capture_recorded_twice_leaves_the_same_archive(desk: Desk) -> None:
    finding = Finding(Outcome.NEW, article(), extractor="test 1")
    desk.record(finding, body=b"<html>1</html>")
    before = (desk.count("snapshots"), desk.events(), desk.count("bodies"))
    desk.record(finding, body=b"<html>1</html>")
    assert (desk.count("snapshots"), desk.events(), desk.count("bodies")) == before


def test_bodies_are_kept_once_and_only_where_something_was_new(desk: Desk) -> None:
    body = b"<html>" + b"x" * 10_000 + b"</html>"
    desk.reads(article(), body=body)
    desk.reads(article(), body=body + b"<!-- 2 -->")
    desk.record(Finding(Outcome.NEW, article()), body=body, keep_all_bodies=True)
    assert desk.count("bodies") == 1
    desk.record(Finding(Outcome.NEW, article()), body=body + b"<!-- 3 -->", keep_all_bodies=True)
    assert desk.count("bodies") == 2
    assert bodies.load(desk.db, bodies.digest(body)) == body


def test_the_chain_can_be_computed_again_from_the_rows_and_breaks_where_they_are_altered(desk: Desk) -> None:
    page = desk.reads(replace(article(title="A"), canonical="https://news.example/a")).page
    desk.reads(article(title="B", aside=("Register here.",)))
    desk.reads(article(title="C"))

    def broken() -> list[int]:
        previous, wrong = "", []
        for snapshot in reversed(snapshots.history(desk.db, page)):
            again = chain.link(
                previous,
                version=snapshot.version,
                captured_at=snapshot.captured_at,
                article=snapshot.article,
                extractor="test 1",
            )
            if again != snapshot.chain:
                wrong.append(snapshot.version)
            previous = again
        return wrong

    assert broken() == []
    desk.db.execute("update blocks set text = 'Register there.' where role = 'promo'")
    assert broken() == [2, 3]


def test_an_event_of_the_past_keeps_the_headline_of_its_day(desk: Desk) -> None:
    for title in ("A", "B", "A"):
        desk.reads(article(title=title))
    told = [(row["kind"], row["version"], row["title"]) for row in desk.db["changes"].rows]
    assert told == [("first_seen", 1, "A"), ("headline_changed", 2, "B"), ("returned", 1, "A")]


def test_the_views_answer_a_researchers_first_questions(desk: Desk) -> None:
    desk.reads(article(title="A"))
    desk.reads(article(title="B"))
    desk.reads(article("All is new.", title="B"))
    assert [row["title"] for row in desk.db["headlines"].rows] == ["A", "B"]
    assert [(row["version"], row["text"]) for row in desk.db["latest"].rows] == [(3, "All is new.")]
    changes = list(desk.db["changes"].rows)
    assert [row["kind"] for row in changes] == ["first_seen", "headline_changed", "text_changed"]
    assert json.loads(changes[1]["details"])["last_checked_at"] == "2026-01-01T12:15:00.000Z"


def test_a_page_keeps_its_history_where_its_new_address_was_discovered_first(desk: Desk) -> None:
    desk.reads(article(), identity("a"))
    pages.ensure(desk.db, identity("b"), now=desk.now)
    recorded = desk.reads(article(), identity("a"), home=Home(identity("b"), by_redirect=True))
    assert (recorded.outcome, recorded.page.url, recorded.page.version) == (Outcome.MOVED, identity("b").url, 1)
    # Its own fetch was under way all the while.
    assert desk.reads(article(), identity("b")).outcome is Outcome.UNCHANGED
    assert desk.reads(article(), identity("a")).page.id == recorded.page.id
    assert desk.count("pages") == 1
    assert desk.events() == ["first_seen", "moved"]
