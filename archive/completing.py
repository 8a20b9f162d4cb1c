"""What the step `keep_edits` of archive/schema.py completes in an archive that is older than it.

It reads the columns that there are at that step, and no others: later steps have not been taken yet when it runs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import edits, events, returning, variants
from archive.compare.versions.diff import diff
from archive.models import TEXT_ROLES, Article, Block, EventKind, Role
from archive.pages import LIVE
from archive.progress import told
from archive.snapshots import notices
from archive.times import parse_iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

    from archive.models import Event


def complete(db: Database) -> None:
    """Tell of the versions and events that an archive holds already as recording tells of them."""
    db.execute("update events set kind = 'unpaywalled' where kind = 'returned' and details ->> 'before' = 'paywalled'")
    for kind, weight in events.WEIGHTS.items():
        db.execute("update events set weight = ? where kind = ?", [weight, kind.value])
    _complete_captures(db)
    _complete_notices(db)
    _complete_details(db)
    edited = db.execute("select page_id from snapshots group by page_id having count(*) > 1").fetchall()
    for (page_id,) in told(edited, "comparing the versions of pages", len(edited)):
        for arrival in _arrivals(db, page_id):
            _complete_edit(db, page_id, arrival)
        variants.mark(db, page_id)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A capture that showed another version than what stood there."""

    capture_id: int
    at: str
    stood: int
    version: int
    is_return: bool
    """Whether that had been shown before."""


def _complete_captures(db: Database) -> None:
    """A capture of a page whose history had ended showed another page's article. One that was renamed showed its own:
    its next move, or what it is called, begins at the address that it moved to."""
    db.execute(
        """update captures set version = null where outcome = 'moved' and id not in (
               select capture_id from (
                   select capture_id, details ->> 'after' as moved_to,
                          lead(details ->> 'before', 1, pages.url) over (partition by page_id order by events.id) as url
                   from events join pages on pages.id = page_id where kind = 'moved'
               ) where moved_to = url)"""
    )


def _complete_notices(db: Database) -> None:
    for snapshot_id, said in _some_at_a_time(db, "snapshots", "corrections", "corrections <> '[]'"):
        db.table("snapshots").update(snapshot_id, {"notices": notices(json.loads(said))})


def _complete_details(db: Database) -> None:
    """What was before and after, and when what was before was last seen."""
    for sql in (
        """update events set details = json_set(details, '$.before', null, '$.after', details ->> 'title')
           where kind = 'first_seen'""",
        """update events set details = json_set(details, '$.to_version', version, '$.from_version',
               coalesce(details ->> 'from_version',
                        (select reextracts from snapshots where snapshots.page_id = events.page_id
                         and snapshots.version = events.version)))
           where kind = 'reextracted'""",
        """update events set details = json_set(details, '$.to_version', coalesce(details ->> 'to_version', version))
           where kind in ('returned', 'unpaywalled')""",
        """update events set details = json_set(details, '$.after', 'live',
               '$.status', (select status from captures where captures.id = events.capture_id))
           where kind in ('returned', 'unpaywalled')""",
        """update events set details = json_set(details, '$.headline', json_object(
               'before', (select title from snapshots where snapshots.page_id = events.page_id
                          and snapshots.version = events.details ->> 'from_version'),
               'after', (select title from snapshots where snapshots.page_id = events.page_id
                         and snapshots.version = events.details ->> 'to_version')))
           where kind = 'returned' and details ->> 'before' = 'live'""",
        """update events set details = json_set(details, '$.after', kind,
               '$.status', (select status from captures where captures.id = events.capture_id),
               '$.before', (select iif(earlier.kind in ('gone', 'paywalled'), earlier.kind, 'live')
                            from (select 'live' as kind, 0 as id
                                  union all
                                  select kind, id from events as past
                                  where past.page_id = events.page_id and past.id < events.id
                                    and past.kind in ('gone', 'paywalled', 'returned', 'unpaywalled')
                            ) as earlier order by earlier.id desc limit 1))
           where kind in ('gone', 'paywalled')""",
        """update events set details = json_set(details, '$.last_seen_at', iif(
               details ->> 'before' in ('gone', 'paywalled')
               and kind in ('gone', 'paywalled', 'returned', 'unpaywalled'),
               (select max(fetched_at) from captures where captures.page_id = events.page_id
                and fetched_at < observed_at and outcome = details ->> 'before'),
               (select max(fetched_at) from sightings where sightings.page_id = events.page_id
                and fetched_at < observed_at)))
           where kind not in ('first_seen', 'reextracted')""",
    ):
        db.execute(sql)
    for event_id, said in _some_at_a_time(db, "events", "details", "kind = 'dates_changed'"):
        details = json.loads(said)
        dates = {name: details[name] for name in ("published", "modified") if name in details}
        sides = {side: {name: each[side] for name, each in dates.items()} for side in ("before", "after")}
        _add_details(db, event_id, sides)


def _some_at_a_time(db: Database, table: str, column: str, where: str) -> Iterator[tuple[int, str]]:
    """The id and that column of the rows, a thousand at a time: they are altered while they are read."""
    last = 0
    while rows := db.execute(
        f"select id, {column} from {table} where {where} and id > ? order by id limit 1000",  # noqa: S608
        [last],
    ).fetchall():
        yield from rows
        last = rows[-1][0]


def _arrivals(db: Database, page_id: int) -> list[_Arrival]:
    """The changes of what the page showed that were not our doing, one after the other."""
    rows = db.execute(
        """select at, version, capture_id, shows, first, is_ours from (
               select fetched_at as at, 1 as turn, captures.id, captures.version, captures.id as capture_id,
                      captures.outcome in ('new', 'changed', 'unchanged', 'moved') as shows,
                      snapshots.capture_id as first, snapshots.reextracts is not null as is_ours
               from captures
               join snapshots on snapshots.page_id = captures.page_id and snapshots.version = captures.version
               where captures.page_id = :page
               union all
               -- What is read again for a capture is read before that is compared with it.
               select observed_at, 0, id, version, null, false, null, true from events
               where page_id = :page and kind = 'reextracted' and version is not null
           ) order by at, turn, id""",
        {"page": page_id},
    ).fetchall()
    found: list[_Arrival] = []
    stood: int | None = None
    for at, version, capture_id, shows, first, is_ours in rows:
        is_return = first != capture_id
        if shows and version not in {stood, 1 if stood is None else None} and (is_return or not is_ours):
            found.append(_Arrival(capture_id, at, stood or version - 1, version, is_return))
        stood = version
    return found


def _complete_edit(db: Database, page_id: int, arrival: _Arrival) -> None:
    """The rows of `diffs` and `actions` of what a capture showed, and what its events say of it."""
    before, after = _article(db, page_id, arrival.stood), _article(db, page_id, arrival.version)
    before = replace(before, modified=_modified(db, page_id, arrival.at) or before.modified)
    news: list[Event] = []
    if arrival.is_return:
        at = parse_iso(arrival.at)
        difference = returning.difference(db, page_id, before, after, at=at)
        if difference.is_empty or returning.restless(db, page_id, arrival.stood, arrival.version, at=at):
            return
        versions = {"from_version": arrival.stood, "to_version": arrival.version}
        news = [events.went_back(LIVE, (before.title, after.title), **versions)]
    else:
        difference = diff(before, after)
    edit = edits.Edit(arrival.stood, before, after, difference)
    (seen,) = db.execute(
        "select max(fetched_at) from sightings where page_id = ? and fetched_at < ?", [page_id, arrival.at]
    ).fetchone()
    edits.store(db, page_id, arrival.capture_id, edit, to_version=arrival.version, last_seen_at=seen)
    news += events.of_edit(edit, to_version=arrival.version)
    known = dict(db.execute("select kind, id from events where capture_id = ?", [arrival.capture_id]).fetchall())
    for event in news:
        if event.kind in known and event.kind is not EventKind.RETURNED:
            _add_details(db, known[event.kind], event.details)
            if event.weight is not None:
                db.table("events").update(known[event.kind], {"weight": event.weight})
        elif arrival.is_return and not (
            event.kind is EventKind.RETURNED and known.keys() & {"returned", "unpaywalled"}
        ):
            _add_event(db, page_id, arrival, event, last_seen_at=seen)


def _add_event(db: Database, page_id: int, arrival: _Arrival, event: Event, *, last_seen_at: str | None) -> None:
    checked, status = db.execute(
        """select (select max(fetched_at) from captures as before
                   where before.page_id = own.page_id and before.fetched_at < own.fetched_at), status
           from captures as own where id = ?""",
        [arrival.capture_id],
    ).fetchone()
    details = {"last_checked_at": checked, **event.details, "last_seen_at": last_seen_at}
    db.table("events").insert(
        {
            "page_id": page_id,
            "capture_id": arrival.capture_id,
            "version": arrival.version,
            "kind": event.kind.value,
            "observed_at": arrival.at,
            "weight": events.WEIGHTS[event.kind] if event.weight is None else event.weight,
            "details": json.dumps(
                {**details, "status": status} if event.kind is EventKind.RETURNED else details, ensure_ascii=False
            ),
        }
    )


def _modified(db: Database, page_id: int, until: str) -> str | None:
    """The date of the last change that the page gave before then, also one that came between two versions."""
    row = db.execute(
        """select details ->> '$.modified.after' from events
           where page_id = ? and kind = 'dates_changed' and observed_at < ?
             and details ->> '$.modified.after' is not null order by id desc limit 1""",
        [page_id, until],
    ).fetchone()
    return None if row is None else str(row[0])


def _article(db: Database, page_id: int, version: int) -> Article:
    snapshot_id, title, authors, published, modified, language, text_roles = db.execute(
        """select id, title, authors, published, modified, language, text_roles
           from snapshots where page_id = ? and version = ?""",
        [page_id, version],
    ).fetchone()
    blocks = db.execute(
        "select role, text, reason from blocks where snapshot_id = ? order by position", [snapshot_id]
    ).fetchall()
    return Article(
        title=title,
        authors=tuple(json.loads(authors)),
        published=published,
        modified=modified,
        language=language,
        blocks=tuple(Block(Role(role), text, reason or "") for role, text, reason in blocks),
        text_roles=TEXT_ROLES if text_roles is None else frozenset(map(Role, json.loads(text_roles))),
    )


def _add_details(db: Database, event_id: int, more: Mapping[str, object]) -> None:
    (said,) = db.execute("select details from events where id = ?", [event_id]).fetchone()
    details = json.dumps({**json.loads(said), **more}, ensure_ascii=False)
    db.table("events").update(event_id, {"details": details})
