"""Looking into the stream for what the rules want told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING
from uuid import uuid4

from archive.outbox import Draft
from archive.stream import Wanted, each, recorded_after
from archive.wording import wording
from stet.notify.parcel import Parcel, Told
from stet.notify.targets import MOST_EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from archive.outbox import Delivery
    from stet.notify.targets import Route


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule wants told of the events up to `considered`."""

    rule: str
    considered: int
    drafts: tuple[Draft, ...]
    is_last: bool
    """Whether there was nothing more to look at."""


def look(db: Database, routes: Iterable[Route], considered: Mapping[str, int]) -> list[Look]:
    """What is new to each rule; no entry where nothing is."""
    said = cache(partial(wording, db))
    looks = []
    for route in routes:
        events = recorded_after(db, Wanted(), considered[route.rule.name], limit=MOST_EVENTS)
        if not events:
            continue
        wanted = [change.id for change in events if route.rule.wants(change, partial(said, change.id))]
        drafts = tuple(_drafts(route, wanted))
        looks.append(Look(route.rule.name, events[-1].id, drafts, len(events) < MOST_EVENTS))
    return looks


def parcel(db: Database, delivery: Delivery, *, now: datetime, room: str | None) -> Parcel:
    """What a delivery holds."""
    told = tuple(Told(change, wording(db, change.id)) for change in each(db, delivery.events))
    return Parcel(delivery.rule, delivery.message_id, delivery.created_at, now, told, room)


def message_id() -> str:
    """A message's own."""
    return f"msg_{uuid4().hex}"


def _drafts(route: Route, events: list[int]) -> Iterator[Draft]:
    for target in route.targets:
        for start in range(0, len(events), target.most_events):
            yield Draft(target.digest, message_id(), tuple(events[start : start + target.most_events]))
