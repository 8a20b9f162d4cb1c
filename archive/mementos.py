"""Mementos (RFC 7089): the captures of a page that can be shown as they came.

A memento is a capture that showed the page, whether readable, behind its paywall or gone, and whose raw body is kept:
by itself or, where the same bytes came again, by an earlier one. What walled us off or failed is no state of the page.
Times are to the second, as URLs have them; of two captures in one second the first is the memento, for ever.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING

from archive import bodies
from archive.errors import ArchiveUnusable, BodyMissing
from archive.times import iso, parse_iso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlite_utils import Database

    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Memento:
    """One capture that can be shown as it came."""

    capture_id: int
    page_id: int
    fetched_at: str
    """ISO 8601 UTC."""
    status: int
    body_digest: str

    @property
    def second(self) -> str:
        """`2026-01-31T12:00:00`."""
        return self.fetched_at[:_SECOND]

    @property
    def at(self) -> datetime:
        """When, to the second."""
        return parse_iso(self.second)


@dataclass(frozen=True, slots=True)
class Around:
    """The mementos among which one stands."""

    first: Memento
    prev: Memento | None
    next: Memento | None
    last: Memento


@dataclass(frozen=True, slots=True)
class Content:
    """What a memento brought."""

    body: bytes
    """After content decoding."""
    headers: tuple[tuple[str, str], ...]
    """As they came with these bytes: with that capture, or with the one that brought the same before it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of a page's mementos in the order of their times, and how the listing goes on."""

    mementos: tuple[Memento, ...]
    before: Memento | None
    """The first of those that a listing just before this one has; None where this begins with the first."""
    after: Memento | None
    """The one that the next listing begins with."""


def nearest(db: Database, page: Page, moment: datetime) -> Memento | None:
    """The memento nearest in time to `moment`, the earlier of two as near; None where the page has none."""
    second = _second_of(moment)
    before = _last(db, page, f"{second}{_AFTER}")
    after = _first(db, page, f"{second}{_AFTER}")
    if before is None or after is None:
        return before or after
    return before if moment - before.at <= after.at - moment else after


def newest(db: Database, page: Page) -> Memento | None:
    """The last memento; None where the page has none."""
    return _last(db, page, _AFTER)


def oldest(db: Database, page: Page) -> Memento | None:
    """The first memento; None where the page has none."""
    return _first(db, page, "")


def around(db: Database, page: Page, memento: Memento) -> Around:
    """What stands before and after it."""
    return Around(
        first=oldest(db, page) or memento,
        prev=_last(db, page, memento.second),
        next=_first(db, page, f"{memento.second}{_AFTER}"),
        last=newest(db, page) or memento,
    )


def listing(db: Database, page: Page, *, since: datetime | None = None, limit: int) -> Listing:
    """Up to `limit` mementos, the first ones or those at `since` and later."""
    begin = "" if since is None else _second_of(since)
    found = list(islice(_distinct(_captures(db, page, "fetched_at >= :bound", "", begin)), limit + 1))
    earlier = list(islice(_distinct(_captures(db, page, "fetched_at < :bound", "desc", begin)), limit))
    return Listing(
        mementos=tuple(found[:limit]),
        before=earlier[-1] if earlier else None,
        after=found[limit] if len(found) > limit else None,
    )


def content(db: Database, memento: Memento) -> Content:
    """The bytes of a memento, and their headers. Raises BodyMissing where they are damaged, or there no longer."""
    try:
        body = bodies.load(db, memento.body_digest)
    except ArchiveUnusable as error:
        raise BodyMissing(str(error)) from error
    if body is None:
        raise BodyMissing(f"the body that was fetched at {memento.fetched_at} is not kept")
    row = db.execute(
        """select headers from captures where page_id = :page and body_digest = :digest and headers is not null
           order by id = :capture desc, fetched_at limit 1""",
        {"page": memento.page_id, "digest": memento.body_digest, "capture": memento.capture_id},
    ).fetchone()
    return Content(body, tuple((name, value) for name, value in json.loads(row[0])) if row else ())


_SECOND = len("2026-01-31T12:00:00")
_AFTER = "~"
"""Sorts after all that a time can go on with."""

_SHOWS = """
    page_id = :page and status is not null
    and (outcome in ('new', 'changed', 'unchanged', 'paywalled', 'gone') or (outcome = 'moved' and version is not null))
    and exists (select 1 from bodies where digest = captures.body_digest)
"""


def _captures(db: Database, page: Page, bound: str, direction: str, value: str) -> Iterator[Memento]:
    rows = db.execute(
        f"""select id, page_id, fetched_at, status, body_digest from captures where {_SHOWS} and {bound}
            order by fetched_at {direction}, id {direction}""",  # noqa: S608
        {"page": page.id, "bound": value},
    )
    return (Memento(*row) for row in rows)


def _first(db: Database, page: Page, since: str) -> Memento | None:
    return next(_captures(db, page, "fetched_at >= :bound", "", since), None)


def _last(db: Database, page: Page, before: str) -> Memento | None:
    return next(_distinct(_captures(db, page, "fetched_at < :bound", "desc", before)), None)


def _distinct(captures: Iterator[Memento]) -> Iterator[Memento]:
    """One of each second: the first in time, in whichever order they come."""
    for _, same in groupby(captures, key=attrgetter("second")):
        yield min(same, key=lambda each: (each.fetched_at, each.capture_id))


def _second_of(moment: datetime) -> str:
    return iso(moment - timedelta(microseconds=moment.microsecond))[:_SECOND]
