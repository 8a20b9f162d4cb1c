"""Looking into the stream for what the rules want told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING
from uuid import uuid4

from archive.looks import looks
from archive.outbox import Draft
from archive.stream import Wanted, each, recorded_after
from archive.wording import wording
from stet.notify.parcel import Parcel, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from archive.outbox import Delivery
    from archive.stream import Change
    from stet.notify.targets import Route, Target


AT_A_TIME = 50
"""Events; their texts may be long, and whoever reads the archive is to be done in seconds."""


@dataclass(frozen=True, slots=True)
class Look:
    """Which rules want told which of the events up to `considered`."""

    wanted: Mapping[int, Sequence[Route]]
    considered: int
    is_last: bool
    """Whether there was nothing more to look at."""


def look(db: Database, routes: Sequence[Route], considered: Mapping[str, int]) -> Look:
    """All rules' next look into the stream: at a few of the events after those that each of them has considered."""
    after = min(considered.values())
    found = recorded_after(db, Wanted(), after, limit=AT_A_TIME)
    wanted = {change.id: _wanting(db, change, routes, considered) for change in found}
    return Look(
        {event: wanting for event, wanting in wanted.items() if wanting},
        found[-1].id if found else after,
        len(found) < AT_A_TIME,
    )


def drafts(wanted: Mapping[int, Sequence[Route]]) -> Iterator[Draft]:
    """The events as each target gets them: each once, with the others that the same rules want told to it."""
    targets: dict[str, Target] = {}
    told = defaultdict[tuple[str, tuple[str, ...]], list[int]](list)
    for event, routes in wanted.items():
        rules = defaultdict[str, list[str]](list)
        for route in routes:
            for target in route.targets:
                targets[target.digest] = target
                rules[target.digest].append(route.rule.name)
        for digest, names in rules.items():
            told[digest, tuple(names)].append(event)
    for (digest, same), events in told.items():
        most = targets[digest].most_events
        for start in range(0, len(events), most):
            yield Draft(same, digest, message_id(), tuple(events[start : start + most]))


def parcel(db: Database, delivery: Delivery, *, now: datetime, room: str | None) -> Parcel:
    """What a delivery holds."""
    changes = each(db, delivery.events)
    known = looks(db, (change.capture_id for change in changes))
    told = tuple(Told(change, known[change.capture_id].edit) for change in changes)
    return Parcel(delivery.rules, delivery.message_id, delivery.created_at, now, told, room)


def message_id() -> str:
    """A message's own."""
    return f"msg_{uuid4().hex}"


def _wanting(db: Database, change: Change, routes: Sequence[Route], considered: Mapping[str, int]) -> tuple[Route, ...]:
    said = cache(partial(wording, db, change.id))
    return tuple(
        route for route in routes if considered[route.rule.name] < change.id and route.rule.wants(change, said)
    )
