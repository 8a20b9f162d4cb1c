"""Looking into the stream for what the rules want told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from archive.outbox import Draft
from archive.stream import Wanted, each, recorded_after
from archive.wording import edited, wording
from stet.notify.parcel import Parcel, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from archive.outbox import Delivery
    from stet.notify.rules import Rule
    from stet.notify.targets import Route


AT_A_TIME = 50
"""Events; their texts may be long, and whoever reads the archive is to be done in seconds."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule wants told of the events up to `considered`."""

    events: tuple[int, ...]
    considered: int
    is_last: bool
    """Whether there was nothing more to look at."""


def look(db: Database, rule: Rule, considered: int) -> Look:
    """The rule's next look into the stream: at a few of the events after that one."""
    found = recorded_after(db, Wanted(), considered, limit=AT_A_TIME)
    wanted = tuple(change.id for change in found if rule.wants(change, partial(wording, db, change.id)))
    return Look(wanted, found[-1].id if found else considered, len(found) < AT_A_TIME)


def drafts(route: Route, events: Sequence[int]) -> Iterator[Draft]:
    """The events as each target of the rule gets them."""
    for target in route.targets:
        for start in range(0, len(events), target.most_events):
            yield Draft(target.digest, message_id(), tuple(events[start : start + target.most_events]))


def parcel(db: Database, delivery: Delivery, *, now: datetime, room: str | None) -> Parcel:
    """What a delivery holds."""
    told = tuple(Told(change, next(iter(edited(db, change.id, most=1)), None)) for change in each(db, delivery.events))
    return Parcel(delivery.rule, delivery.message_id, delivery.created_at, now, told, room)


def message_id() -> str:
    """A message's own."""
    return f"msg_{uuid4().hex}"
