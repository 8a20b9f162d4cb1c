"""The stream of events, as every face asks for it: all of it, its newest, or what came since."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from archive import event_words
from archive.models import EventKind
from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
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
    """From 0 to 1; 0 for a headline that is shown in turn with another, which is no edit."""
    variant_of: int | None
    """The version that its own is a variant of (archive/variants.py)."""
    details: Mapping[str, Any]
    capture_id: int
    """The capture that showed it; events of one capture stand together in the stream."""

    @property
    def place(self) -> Place:
        return Place(self.observed_at, self.id)

    @property
    def is_of_trial(self) -> bool:
        """Whether it tells of a headline that is shown in turn with another."""
        return self.kind == EventKind.HEADLINE_CHANGED and self.variant_of is not None

    @property
    def versions(self) -> tuple[int, int] | None:
        """The two versions between which it happened, the older one first."""
        older, newer = self.details.get("from_version"), self.details.get("to_version")
        return (older, newer) if older and newer and older != newer else None


class Place(NamedTuple):
    """Where an event stands in the stream."""

    observed_at: str
    id: int

    def __str__(self) -> str:
        """`2026-01-31T12:00:00.000Z_17`, as addresses have it."""
        return f"{self.observed_at}_{self.id}"


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
    """A search query (archive/search/query.py): events that match it by what they tell (archive/event_words.py), which
    is the page's headline then, and the one before where it changed; the sentences that changed, before and after; the
    names of a byline that changed; and the notices. Text of the article that did not change counts for nothing."""


def changes(db: Database, wanted: Wanted = Wanted()) -> Iterator[Change]:
    """Events in the order in which they were observed. Raises QueryError."""
    return _read(db, wanted, "", "order by events.observed_at, events.id", {})


def newest(db: Database, wanted: Wanted = Wanted(), *, before: Place | None = None, limit: int) -> list[Change]:
    """The newest events first: those before that place, or the very newest. Raises QueryError."""
    with closing(_backwards(db, wanted, before)) as found:
        return list(islice(found, limit))


def newest_looks(
    db: Database, wanted: Wanted = Wanted(), *, before: Place | None = None, limit: int
) -> list[tuple[Change, ...]]:
    """The same, the events of one capture together: all of those that are wanted. Raises QueryError."""
    with closing(_backwards(db, wanted, before)) as found:
        return list(islice(together(found), limit))


def next_looks(db: Database, wanted: Wanted, *, after: Place, limit: int) -> list[tuple[Change, ...]]:
    """Those that follow upon that place, the newest first. Raises QueryError."""
    found = _read(
        db,
        wanted,
        "and (events.observed_at, events.id) > (:observed_at, :id)",
        "order by events.observed_at, events.id",
        after._asdict(),
    )
    with closing(found):
        return [look[::-1] for look in islice(together(found), limit)][::-1]


def together(found: Iterable[Change]) -> Iterator[tuple[Change, ...]]:
    """Events in the order of the stream or of recording, those of one capture together."""
    for _, events in groupby(found, key=lambda change: (change.observed_at, change.capture_id)):
        yield tuple(events)


def recorded_after(db: Database, wanted: Wanted, event_id: int, *, limit: int) -> list[Change]:
    """The events that were recorded after that one, in that order: none is ever passed over. Raises QueryError."""
    found = _read(db, wanted, "and events.id > :id", "order by events.id", {"id": event_id}, by_id=True)
    with closing(found):
        return list(islice(found, limit))


def each(db: Database, event_ids: Sequence[int]) -> list[Change]:
    """Those events, in the order of recording."""
    which = "and events.id in (select value from json_each(:ids))"
    return list(_read(db, Wanted(), which, "order by events.id", {"ids": json.dumps(event_ids)}, by_id=True))


def last_id(db: Database) -> int:
    """The id of the event recorded last; 0 where there is none."""
    return int(db.execute("select coalesce(max(id), 0) from events").fetchone()[0])


def _backwards(db: Database, wanted: Wanted, before: Place | None) -> Generator[Change]:
    which = "" if before is None else "and (events.observed_at, events.id) < (:observed_at, :id)"
    place = {} if before is None else before._asdict()
    return _read(db, wanted, which, "order by events.observed_at desc, events.id desc", place)


def _read(
    db: Database, wanted: Wanted, which: str, order: str, place: Mapping[str, object], *, by_id: bool = False
) -> Generator[Change]:
    """The events one by one: who has enough stops asking, and the rest is never looked at."""
    conditions, values, few = _conditions(db, wanted)
    # A filter looks at the index alone: the rows of events, which are large, are read for what passes it.
    index = "not indexed" if by_id else "" if few else "indexed by events_stream"
    rows = db.execute(
        f"""select events.id, events.observed_at, sources.name, pages.url, events.kind, events.version,
                   coalesce(snapshots.title, pages.title), iif({_TRIAL}, 0.0, events.weight),
                   snapshots.variant_of, events.details, events.capture_id
            from events {index}
            cross join pages on pages.id = events.page_id
            left join snapshots on snapshots.page_id = events.page_id and snapshots.version = events.version
            left join sources on sources.id = pages.source_id
            where {" and ".join(conditions)} {which} {order}""",  # noqa: S608 - all of it is written here
        {**values, **place},
    )
    for event_id, at, source, url, kind, version, title, weight, variant_of, details, capture_id in rows:
        yield Change(
            event_id, at, source, url, kind, version, title, weight, variant_of, json.loads(details), capture_id
        )


_TRIAL = "events.kind = 'headline_changed' and snapshots.variant_of is not null"

_FEW = 1_000
"""So many events that match some words are sorted by time; for more, the stream is looked through."""


def _conditions(db: Database, wanted: Wanted) -> tuple[list[str], dict[str, object], bool]:
    """What is to hold, the values of its names, and whether few events are known to be left by it."""
    conditions, values, few = ["true"], dict[str, object](), False

    def ask(condition: str, **named: object) -> None:
        conditions.append(condition)
        values.update(named)

    if wanted.kinds:
        ask("events.kind in (select value from json_each(:kinds))", kinds=json.dumps(wanted.kinds))
    if wanted.min_weight > 0:
        ask(f"events.weight >= :weight and not ({_TRIAL})", weight=wanted.min_weight)
    if wanted.since is not None:
        ask("events.observed_at >= :since", since=iso(wanted.since))
    if wanted.until is not None:
        ask("events.observed_at < :until", until=iso(wanted.until))
    if wanted.page_id is not None:
        few = True
        ask("events.page_id = :page_id", page_id=wanted.page_id)
    if wanted.text.strip():
        match = event_words.match(wanted.text)
        ids = event_words.few_matching(db, match, most=_FEW)
        if ids is not None:
            few = True
            ask("events.id in (select value from json_each(:ids))", ids=json.dumps(ids))
        else:
            ask("+events.id in (select rowid from events_fts where events_fts match :match)", match=match)
    if wanted.source is not None:
        # The `+` has the events looked through in their order, and not each page's of the source.
        ask(
            "+events.page_id in (select id from pages where source_id = (select id from sources where name = :source))",
            source=wanted.source,
        )
    return conditions, values, few
