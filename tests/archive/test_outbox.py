"""The outbox: how far the rules have looked, and what became of each delivery."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from support.desk import START, Desk, article, identity

from archive import outbox
from archive.outbox import Draft, State
from archive.stream import each, last_id
from archive.wording import wording

if TYPE_CHECKING:
    from sqlite_utils import Database

LATER = START + timedelta(minutes=1)


def put(db: Database, *drafts: Draft) -> None:
    outbox.put(db, drafts, considered={"r": 9}, now=START)


def test_a_rule_starts_from_when_it_is_taken_in_and_goes_on_after_a_restart(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article())
    seen = last_id(db)
    outbox.enrol(db, {"a": ["t"]}, now=START)
    desk.reads(article(title="Other"))
    outbox.enrol(db, {"a": ["t"], "b": ["t"]}, now=START)
    assert outbox.considered(db) == {"a": seen, "b": last_id(db)}
    outbox.enrol(db, {"b": ["t"]}, now=START)
    desk.reads(article(title="Third"))
    outbox.enrol(db, {"a": ["t"], "b": ["t"]}, now=START)
    assert outbox.considered(db)["a"] == last_id(db) > outbox.considered(db)["b"]


def test_each_target_gets_what_waits_longest_first(db: Database) -> None:
    outbox.enrol(db, {"r": ["t", "u"]}, now=START)
    put(db, Draft(("r",), "t", "m1", (1, 2)), Draft(("r",), "t", "m2", (3,)), Draft(("r",), "u", "m3", (1,)))
    first, other = outbox.due(db, now=START)
    assert (first.message_id, first.events, other.message_id) == ("m1", (1, 2), "m3")
    outbox.take(db, first.id)
    assert [each.message_id for each in outbox.due(db, now=START)] == ["m2", "m3"]
    assert [each.message_id for each in outbox.interrupted(db)] == ["m1"]
    outbox.again(db, first.id, at=LATER, error="no")
    assert outbox.next_attempt_at(db, after=START) == "2026-01-01T12:01:00.000Z"
    assert [each.message_id for each in outbox.due(db, now=START)] == ["m2", "m3"]
    assert outbox.due(db, now=LATER)[0].attempts == 1


def test_what_is_not_configured_any_more_is_given_up(db: Database) -> None:
    outbox.enrol(db, {"r": ["t", 'u"\n']}, now=START)
    put(db, Draft(("r",), "t", "m1", (1,)), Draft(("r",), 'u"\n', "m2", (1,)))
    outbox.enrol(db, {"r": ['u"\n']}, now=START)
    assert [each.message_id for each in outbox.due(db, now=START)] == ["m2"]
    gone, kept = outbox.records(db)
    assert (gone.target, gone.failed, gone.last_error) == ("t", 1, "is not configured any more")
    assert (kept.failed, kept.waiting) == (0, 1)


def test_what_several_rules_want_told_is_given_up_with_the_last_of_them_and_counts_for_each(db: Database) -> None:
    outbox.enrol(db, {"r": ["t"], "s": ["t"]}, now=START)
    put(db, Draft(("r", "s"), "t", "m1", (1,)))
    outbox.enrol(db, {"s": ["t"]}, now=START)
    (delivery,) = outbox.due(db, now=START)
    assert delivery.rules == ("r", "s")
    outbox.enrol(db, {"s": ["u"]}, now=START)
    assert outbox.due(db, now=START) == []
    assert [(record.rule, record.target, record.failed) for record in outbox.records(db)] == [
        ("r", "t", 1),
        ("s", "t", 1),
    ]
    assert [(tally.rule, tally.failed) for tally in outbox.tallies(db)] == [("s", 1)]
    assert outbox.ended(db, since=START) == {("r", State.FAILED): 1, ("s", State.FAILED): 1}


def test_the_records_tell_how_a_target_does(db: Database) -> None:
    outbox.enrol(db, {"r": ["t"]}, now=START)
    put(db, *(Draft(("r",), "t", f"m{number}", (number,)) for number in range(4)))
    sent, unknown, failed, failing = 1, 2, 3, 4
    for number in (sent, unknown, failed, failing):
        outbox.take(db, number)
    outbox.end(db, sent, State.SENT, now=LATER)
    outbox.end(db, unknown, State.UNKNOWN, now=LATER, error="who knows")
    outbox.end(db, failed, State.FAILED, now=LATER, error="no")
    outbox.again(db, failing, at=LATER, error="not yet")
    (record,) = outbox.records(db)
    assert (record.sent, record.unknown, record.failed, record.waiting) == (1, 1, 1, 1)
    assert (record.last_sent_at, record.failing_since) == ("2026-01-01T12:01:00.000Z", "2026-01-01T12:00:00.000Z")
    assert record.last_error == "not yet"
    outbox.forget(db, before=LATER + timedelta(days=1))
    (record,) = outbox.records(db)
    assert (record.sent, record.waiting) == (0, 1)


def test_events_are_read_by_their_numbers_with_what_was_said(db: Database) -> None:
    desk = Desk(db)
    desk.reads(article())
    desk.reads(article("The harbour office counted 241 ships in March.", "Nobody was hurt."))
    desk.reads(article("Another."), identity("b"))
    edited = next(change for change in each(db, [*range(1, last_id(db) + 1)]) if change.kind == "text_changed")
    assert each(db, [edited.id]) == [edited]
    said = wording(db, edited.id)
    assert said.text.startswith("The harbour office counted 241 ships")
    assert {(one.before or "")[:11] for one in said.edited} == {"The harbour", "Officials s"}
    weights = [one.weight for one in said.edited]
    assert weights == sorted(weights, reverse=True)


def test_a_rule_is_told_of_as_a_whole_and_those_too_that_had_nothing_to_tell(db: Database) -> None:
    outbox.enrol(db, {"quiet": ["t"], "r": ["t", "u"]}, now=START)
    put(
        db,
        Draft(("r",), "t", "m1", (1,)),
        Draft(("r",), "t", "m2", (2,)),
        Draft(("r",), "u", "m3", (1,)),
        Draft(("r",), "u", "m4", (2,)),
    )
    sent, again, given_up, _ = (delivery for delivery in (1, 2, 3, 4))
    outbox.end(db, sent, State.SENT, now=LATER)
    outbox.take(db, again)
    outbox.again(db, again, at=LATER, error="it answered 503")
    outbox.end(db, given_up, State.FAILED, now=START, error="it answered 410")
    quiet, told = outbox.tallies(db)
    assert (quiet.rule, quiet.sent, quiet.waiting, quiet.last_sent_at, quiet.last_error) == ("quiet", 0, 0, None, None)
    assert (told.sent, told.waiting, told.failed, told.unknown) == (1, 2, 1, 0)
    assert (told.last_sent_at, told.failing_since) == ("2026-01-01T12:01:00.000Z", "2026-01-01T12:00:00.000Z")
    assert told.last_error == "it answered 410"
    assert outbox.ended(db, since=START) == {("r", State.SENT): 1, ("r", State.FAILED): 1}
    assert outbox.ended(db, since=LATER) == {("r", State.SENT): 1}
