"""The stream of events, as every face asks for it: all of it, its newest, or what came since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.search.query import parse
from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the stream."""

    id: int
    """Counts up in the order of recording."""
    observed_at: str
    source: str | None
    url: str
    kind: str
    version: int | None
    title: str | None
    weight: float
    """From 0 to 1."""
    variant_of: int | None
    """The version that its own is a variant of (archive/variants.py)."""
    details: Mapping[str, Any]

    @property
    def place(self) -> Place:
        return Place(self.observed_at, self.id)


class Place(NamedTuple):
    """Where an event stands in the stream."""

    observed_at: str
    id: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for; what is not given lets all through."""

    source: str | None = None
    kinds: tuple[str, ...] = ()
    min_weight: float = 0.0
    since: datetime | None = None
    """Observed at that time or later."""
    until: datetime | None = None
    """Observed before that time."""
    page_id: int | None = None
    text: str = ""
    """A search query (archive/search/query.py): events of pages of which a version matches it."""


def changes(db: Database, wanted: Wanted = Wanted()) -> Iterator[Change]:
    """Events in the order in which they were observed. Raises QueryError."""
    return _read(db, wanted, "", "order by events.observed_at, events.id", {})


def newest(db: Database, wanted: Wanted = Wanted(), *, before: Place | None = None, limit: int) -> list[Change]:
    """The newest events first: those before that place, or the very newest. Raises QueryError."""
    place = before or Place("\x7f", 0)
    which = "and (events.observed_at, events.id) < (:observed_at, :id)"
    return list(
        _read(
            db,
            wanted,
            which,
            "order by events.observed_at desc, events.id desc limit :limit",
            place._asdict() | {"limit": limit},
        )
    )


def recorded_after(db: Database, wanted: Wanted, event_id: int, *, limit: int) -> list[Change]:
    """The events that were recorded after that one, in that order: none is ever passed over. Raises QueryError."""
    return list(
        _read(db, wanted, "and events.id > :id", "order by events.id limit :limit", {"id": event_id, "limit": limit})
    )


def each(db: Database, event_ids: Sequence[int]) -> list[Change]:
    """Those events, in the order of recording."""
    which = "and events.id in (select value from json_each(:ids))"
    return list(_read(db, Wanted(), which, "order by events.id", {"ids": json.dumps(event_ids)}))


def last_id(db: Database) -> int:
    """The id of the event recorded last; 0 where there is none."""
    return int(db.execute("select coalesce(max(id), 0) from events").fetchone()[0])


def _read(db: Database, wanted: Wanted, which: str, order: str, place: Mapping[str, object]) -> Iterator[Change]:
    conditions, values = _conditions(wanted)
    rows: Iterable[tuple[Any, ...]] = db.execute(
        f"""select events.id, events.observed_at, sources.name, pages.url, events.kind, events.version,
                   coalesce(snapshots.title, pages.title), events.weight, snapshots.variant_of, events.details
            from events
            join pages on pages.id = events.page_id
            left join snapshots on snapshots.page_id = events.page_id and snapshots.version = events.version
            left join sources on sources.id = pages.source_id
            where {" and ".join(conditions)} {which} {order}""",  # noqa: S608 - all of it is written here
        {**values, **place},
    )
    for event_id, observed_at, source, url, kind, version, title, weight, variant_of, details in rows:
        yield Change(event_id, observed_at, source, url, kind, version, title, weight, variant_of, json.loads(details))


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, object]]:
    conditions, values = ["true"], dict[str, object]()

    def ask(condition: str, **named: object) -> None:
        conditions.append(condition)
        values.update(named)

    if wanted.source is not None:
        ask("pages.source_id = (select id from sources where name = :source)", source=wanted.source)
    if wanted.kinds:
        ask("events.kind in (select value from json_each(:kinds))", kinds=json.dumps(wanted.kinds))
    if wanted.min_weight > 0:
        ask("events.weight >= :weight", weight=wanted.min_weight)
    if wanted.since is not None:
        ask("events.observed_at >= :since", since=iso(wanted.since))
    if wanted.until is not None:
        ask("events.observed_at < :until", until=iso(wanted.until))
    if wanted.page_id is not None:
        ask("events.page_id = :page_id", page_id=wanted.page_id)
    if wanted.text.strip():
        ask(
            """events.page_id in (select snapshots.page_id from snapshots_fts
                           join snapshots on snapshots.id = snapshots_fts.rowid where snapshots_fts match :match)""",
            match=parse(wanted.text).match,
        )
    return conditions, values
