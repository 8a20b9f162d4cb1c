"""The queue of pages by when they are due, in the table `pages`.

A lease is `next_check_at` pushed forward: it runs out by itself after a crash.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive import boilerplate, pages
from archive.models import Identity, Memory
from archive.times import iso, parse_iso

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime, timedelta

    from sqlite_utils import Database

UNCONDITIONAL_EVERY = 10
"""Every tenth check asks for the page whole: some servers keep an ETag while the body changes."""


_QUEUES = """with recursive queues (host, source) as (
    select '', -1
    union all
    select next.host, coalesce(next.source_id, 0)
    from queues join pages as next on next.id = coalesce(
        (
            select id from pages as beside
            where watched and beside.host = queues.host and coalesce(source_id, 0) > queues.source
            order by coalesce(source_id, 0) limit 1
        ),
        (
            select id from pages as after
            where watched and after.host > queues.host
            order by after.host, coalesce(source_id, 0) limit 1
        )
    )
), paused (source) as (
    select id from sources where paused_at is not null
)"""
"""Each host's pages by source, found by one look into the index each; and the sources that are paused."""


@dataclass(frozen=True, slots=True)
class Lease:
    """One page to fetch. `etag` and `last_modified` are None where it is to be asked for whole."""

    page_id: int | None
    """None for a page that the archive does not know yet."""
    identity: Identity
    host: str
    source: str | None
    etag: str | None
    last_modified: str | None
    memory: Memory = Memory()


def lease(
    db: Database,
    *,
    now: datetime,
    duration: timedelta,
    limit: int,
    per_host: int,
    other_hosts: Mapping[str, int] | None = None,
    busy_hosts: Collection[str] = (),
) -> dict[int, Lease]:
    """Claim up to `limit` due pages for `duration`, at most `per_host` of one host, hosts taking turns.

    Pages that were asked for come first; those of a paused source not at all. `other_hosts` gives hosts a number of
    their own; `busy_hosts` get nothing. Returns them by page id, in the order in which to fetch them. The cost grows
    with the number of hosts, and of sources at each (one look into the index each), not with that of pages.
    """
    rows = db.execute(
        f"""
        {_QUEUES}, found (id) as (
            select due_now.id
            from queues join pages as due_now on due_now.id in (
                select id from pages as due
                where watched and due.host = queues.host and coalesce(source_id, 0) = queues.source
                  and next_check_at <= :now
                order by next_check_at
                limit :most
            )
            where queues.source not in paused
            union
            select id from pages as asked
            where watched and asked_at > '' and next_check_at <= :now
              and coalesce(source_id, 0) not in paused
        ), queued as (
            select pages.*,
                   row_number() over (
                       partition by pages.host order by asked_at is null, next_check_at, pages.id
                   ) as turn
            from found join pages on pages.id = found.id
            where pages.host not in (select value from json_each(:busy))
        )
        select queued.id, queued.key, queued.url, queued.host, sources.name, queued.etag, queued.last_modified,
               queued.body_digest, queued.place, queued.checks, queued.source_id
        from queued left join sources on sources.id = queued.source_id
        where turn <= coalesce((select value from json_each(:others) where key = queued.host), :per_host)
        order by asked_at is null, turn, next_check_at, queued.id
        limit :limit
        """,  # noqa: S608
        {
            "now": iso(now),
            "busy": json.dumps(list(busy_hosts)),
            "others": json.dumps(dict(other_hosts or {})),
            "most": max(per_host, *(other_hosts or {}).values(), 0),
            "per_host": per_host,
            "limit": limit,
        },
    ).fetchall()
    claimed = iso(now + duration)
    db.conn.executemany(
        "update pages set next_check_at = ?, asked_at = null where id = ?", [(claimed, row[0]) for row in rows]
    )
    repeated = boilerplate.learned_by(db, {row[-1] for row in rows if row[-1] is not None})
    return {row[0]: _lease(row, repeated) for row in rows}


@dataclass(frozen=True, slots=True)
class Queue:
    """The pages that wait to be fetched. Those that are leased do not wait."""

    due: int
    is_more: bool
    """Whether `due` are not all: counting ended there."""
    oldest_due_at: str | None
    """Since when the one that waits longest is due, ISO 8601 UTC; None where none is."""

    def lag(self, now: datetime) -> float:
        """Seconds by which the queue is behind."""
        return 0.0 if self.oldest_due_at is None else max(0.0, (now - parse_iso(self.oldest_due_at)).total_seconds())


def queue(db: Database, *, now: datetime, at_most: int = 10_000) -> Queue:
    """What is due of sources that are not paused, counted up to `at_most`.

    The cost is that of `lease`, and of what is counted.
    """
    due, oldest = db.execute(
        f"""
        {_QUEUES}
        select (select count(*) from (
                    select 1 from queues
                    cross join pages on pages.host = queues.host and coalesce(pages.source_id, 0) = queues.source
                    where watched and next_check_at <= :now and queues.source not in paused limit :limit)),
               (select min((select next_check_at from pages
                            where watched and host = queues.host and coalesce(source_id, 0) = queues.source
                              and next_check_at <= :now
                            order by next_check_at limit 1))
                from queues where queues.source not in paused)
        """,  # noqa: S608
        {"now": iso(now), "limit": at_most + 1},
    ).fetchone()
    return Queue(min(due, at_most), due > at_most, oldest)


def on_demand(db: Database, identity: Identity) -> Lease:
    """The page of that identity, to be fetched now whether it is due or not. Claims nothing."""
    page = pages.find(db, identity.key)
    if page is None:
        return Lease(None, identity, pages.host_of(identity.url), None, None, None)
    known = Identity(page.key, page.url)
    host = pages.host_of(page.url)
    etag, last_modified = _validators(page.checks, page.etag, page.last_modified)
    memory = Memory(page.body_digest, page.place, boilerplate.learned(db, page.source_id))
    return Lease(page.id, known, host, pages.source_name(db, page), etag, last_modified, memory)


def schedule(db: Database, page_id: int, at: datetime | None) -> None:
    """Set when a watched page is due next; None leaves it alone for good."""
    db.execute(
        "update pages set next_check_at = ? where id = ? and watched", [None if at is None else iso(at), page_id]
    )


def release(db: Database, page_ids: Iterable[int], at: datetime) -> None:
    """Give leases back unused; the pages are due at `at`."""
    db.conn.executemany(
        "update pages set next_check_at = ? where id = ? and watched", [(iso(at), page_id) for page_id in page_ids]
    )


def watch(db: Database, identity: Identity, *, now: datetime, source: str | None = None) -> bool:
    """Put a page under the schedule, due now. False if it was already watched (its turn stays as it is)."""
    page = pages.ensure(db, identity, now=now, source=source)
    if page.watched:
        return False
    db.table("pages").update(page.id, {"watched": 1, "unwatched_at": None, "next_check_at": iso(now)})
    return True


def is_wanted(db: Database, key: str) -> bool:
    """Whether a page that discovery came upon is to be watched from now on.

    One that a person took out of the schedule, or that has moved away, does not come back through its feed.
    """
    page = pages.find(db, key)
    return page is None or not (page.watched or page.unwatched_at is not None or page.state == pages.MOVED)


def discovered(db: Database, identity: Identity, *, now: datetime, source: str) -> bool:
    """Watch a page that discovery found, if it is wanted; False if nothing came of it."""
    return is_wanted(db, identity.key) and watch(db, identity, now=now, source=source)


def unwatch(db: Database, key: str, *, now: datetime) -> bool:
    """Take a page out of the schedule; what was kept stays. False if it was not in it."""
    page = pages.find(db, key)
    if page is None or not page.watched:
        return False
    left = {"watched": 0, "unwatched_at": iso(now), "next_check_at": None, "asked_at": None}
    db.table("pages").update(page.id, left)
    return True


def ask(db: Database, page_id: int, *, now: datetime) -> bool:
    """Have a watched page fetched next, ahead of the others of its host. False if that was asked for already."""
    asked = db.execute(
        "update pages set asked_at = :now, next_check_at = :now where id = :id and watched and asked_at is null",
        {"now": iso(now), "id": page_id},
    )
    return asked.rowcount > 0


def _lease(row: tuple[Any, ...], repeated: Mapping[int, frozenset[int]]) -> Lease:
    page_id, key, url, host, source, etag, last_modified, body_digest, place, checks, source_id = row
    etag, last_modified = _validators(checks, etag, last_modified)
    memory = Memory(body_digest, place, repeated.get(source_id, frozenset()))
    return Lease(page_id, Identity(key, url), host, source, etag, last_modified, memory)


def _validators(checks: int, etag: str | None, last_modified: str | None) -> tuple[str | None, str | None]:
    """What makes the page's next check conditional, unless it is one of those that ask for the page whole."""
    return (None, None) if (checks + 1) % UNCONDITIONAL_EVERY == 0 else (etag, last_modified)
