"""The outbox: how far each rule of notifications has looked into the stream, and what became of each delivery."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.stream import last_id
from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlite_utils import Database


class State(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"
    """To be sent at its `next_attempt_at`."""
    SENDING = "sending"
    """Marked before it goes out, so that after a crash it is known that it may have."""
    SENT = "sent"
    FAILED = "failed"
    """Given up."""
    UNKNOWN = "unknown"
    """It may have gone out and may not; it is not sent again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Events that the same rules want told to one target."""

    rules: tuple[str, ...]
    target: str
    """A digest of the target's address, which is kept nowhere."""
    message_id: str
    """The same at each attempt, so that who hears of it twice can tell."""
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A draft on its way."""

    id: int
    rules: tuple[str, ...]
    target: str
    message_id: str
    events: tuple[int, ...]
    state: State
    attempts: int
    created_at: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How deliveries of one rule went, to all its targets, as far back as they are kept."""

    rule: str
    sent: int = 0
    last_sent_at: str | None = None
    waiting: int = 0
    """Also what is being sent."""
    failed: int = 0
    unknown: int = 0
    failing_since: str | None = None
    """When what waits after a failed attempt was made, the oldest of it."""
    last_error: str | None = None
    """Of the last that was not taken; None where all were."""


@dataclass(frozen=True, slots=True)
class Record(Tally):
    """How deliveries of one rule to one target went, also where they were for other rules too.

    Its `last_error` is that of the delivery made last, if it is not sent.
    """

    target: str = ""


def enrol(db: Database, targets_of: Mapping[str, Collection[str]], *, now: datetime) -> None:
    """Take in the rules, by name, with the digests of their targets: one that was not known starts from now.

    What is not configured any more is forgotten, and what waited for it is given up.
    """
    rules = json.dumps(list(targets_of))
    db.execute("delete from notification_rules where name not in (select value from json_each(?))", [rules])
    db.execute(
        "insert or ignore into notification_rules (name, considered) select value, ? from json_each(?)",
        [last_id(db), rules],
    )
    db.execute(
        """update deliveries set state = 'failed', ended_at = ?, last_error = 'is not configured any more'
           where state in ('waiting', 'sending')
             and not exists (select 1 from json_each(deliveries.rules) as its, json_each(?) as kept
                             where kept.value ->> 0 = its.value and kept.value ->> 1 = target)""",
        [iso(now), json.dumps([(name, target) for name, targets in targets_of.items() for target in targets])],
    )


def considered(db: Database) -> dict[str, int]:
    """The event up to which each rule has looked."""
    return dict(db.execute("select name, considered from notification_rules"))


def put(db: Database, drafts: Sequence[Draft], *, considered: Mapping[str, int], now: datetime) -> None:
    """Keep what the rules want told of the events up to the one that each of them has `considered`."""
    for rule, event in considered.items():
        db.execute("update notification_rules set considered = ? where name = ?", [event, rule])
    db.table("deliveries").insert_all(
        {
            "rules": json.dumps(draft.rules),
            "target": draft.target,
            "message_id": draft.message_id,
            "events": json.dumps(draft.events),
            "state": State.WAITING.value,
            "attempts": 0,
            "created_at": iso(now),
            "next_attempt_at": iso(now),
        }
        for draft in drafts
    )


def due(db: Database, *, now: datetime) -> list[Delivery]:
    """What is to be sent now: the oldest for each target."""
    return _deliveries(
        db,
        """id in (select min(id) from deliveries where state = 'waiting' and next_attempt_at <= :now group by target)
           order by id""",
        now=iso(now),
    )


def next_attempt_at(db: Database, *, after: datetime) -> str | None:
    """When the next delivery will be due."""
    sql = "select min(next_attempt_at) from deliveries where state = 'waiting' and next_attempt_at > ?"
    found: str | None = db.execute(sql, [iso(after)]).fetchone()[0]
    return found


def interrupted(db: Database) -> list[Delivery]:
    """What was being sent when the daemon ended."""
    return _deliveries(db, "state = 'sending' order by id")


def take(db: Database, delivery: int) -> None:
    """It is about to go out."""
    db.execute("update deliveries set state = 'sending', attempts = attempts + 1 where id = ?", [delivery])


def end(db: Database, delivery: int, state: State, *, now: datetime, error: str | None = None) -> None:
    """That became of it."""
    db.execute(
        "update deliveries set state = ?, ended_at = ?, last_error = ?, next_attempt_at = null where id = ?",
        [state.value, iso(now), error, delivery],
    )


def again(db: Database, delivery: int, *, at: datetime, error: str | None = None) -> None:
    """It is to be sent, or sent again, at that time."""
    db.execute(
        "update deliveries set state = 'waiting', next_attempt_at = ?, last_error = ? where id = ?",
        [iso(at), error, delivery],
    )


def forget(db: Database, *, before: datetime) -> None:
    """Drop the deliveries that ended before that time."""
    db.execute("delete from deliveries where ended_at < ?", [iso(before)])


def records(db: Database) -> list[Record]:
    """How each target of each rule does, as far back as deliveries are kept."""
    rows = db.execute(
        f"""select its.value, {_COUNTS},
                  (select last_error from deliveries as last
                   where last.target = deliveries.target
                     and exists (select 1 from json_each(last.rules) where value = its.value)
                   order by id desc limit 1), target
           from deliveries, json_each(deliveries.rules) as its
           group by its.value, target order by its.value, target"""  # noqa: S608
    )
    return [Record(*row) for row in rows]


def tallies(db: Database) -> list[Tally]:
    """How each rule does, those too that had nothing to tell yet. The cost grows with the deliveries that are kept."""
    rows = db.execute(
        f"""select known.name, {_COUNTS},
                  (select last_error from deliveries as last
                   where last_error is not null
                     and exists (select 1 from json_each(last.rules) where value = known.name)
                   order by id desc limit 1)
           from notification_rules as known
           left join (select its.value as rule, deliveries.*
                      from deliveries, json_each(deliveries.rules) as its) as told on told.rule = known.name
           group by known.name order by known.name"""  # noqa: S608
    )
    return [Tally(*row) for row in rows]


_COUNTS = """
    count(*) filter (where state = 'sent'), max(ended_at) filter (where state = 'sent'),
    count(*) filter (where state in ('waiting', 'sending')), count(*) filter (where state = 'failed'),
    count(*) filter (where state = 'unknown'), min(created_at) filter (where state = 'waiting' and attempts > 0)"""
"""What a Tally has between its rule and its last error."""


def ended(db: Database, *, since: datetime) -> dict[tuple[str, State], int]:
    """How many deliveries have ended since then, by their rule and what became of them."""
    rows = db.execute(
        """select its.value, state, count(*) from deliveries, json_each(deliveries.rules) as its
           where ended_at >= ? group by its.value, state""",
        [iso(since)],
    )
    return {(rule, State(state)): count for rule, state, count in rows}


def _deliveries(db: Database, which: str, **named: object) -> list[Delivery]:
    rows = db.execute(
        f"""select id, rules, target, message_id, events, state, attempts, created_at
            from deliveries where {which}""",  # noqa: S608 - all of it is written here
        named,
    )
    return [
        Delivery(
            key,
            tuple(json.loads(rules)),
            target,
            message_id,
            tuple(json.loads(events)),
            State(state),
            attempts,
            created_at,
        )
        for key, rules, target, message_id, events, state, attempts, created_at in rows
    ]
