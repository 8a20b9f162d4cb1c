"""When a page was seen as it stands: not when it was asked for, for an answer may have shown nothing, or another page.

The view `sightings` (archive/schema_edits.py) has the captures that showed a page's own article: which version that
was, and as which it is read today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.pages import Page

AWAY = frozenset({"gone", "paywalled"})
"""The states of a page that shows no article."""


@dataclass(frozen=True, slots=True)
class Seen:
    """When something was first seen at a page: it came between one look and the next."""

    not_at: str | None
    """The last look before, which did not show it; None where nobody had looked. ISO 8601 UTC."""
    at: str


def last_read(db: Database, page: Page, *, before: int) -> str | None:
    """When the article that stands there was last seen (ISO 8601 UTC), by a capture other than `before`."""
    return _last(db, "sightings where", page, before)


def last_in_state(db: Database, page: Page, *, before: int) -> str | None:
    """When the page was last seen gone, behind its paywall or readable, as it is (ISO 8601 UTC)."""
    return _last(db, "captures where outcome = :state and" if page.state in AWAY else "sightings where", page, before)


def last_seen(db: Database, page: Page) -> str | None:
    """When what stands at the page, as it was read then or is today, was last seen standing there (ISO 8601 UTC)."""
    (at,) = db.execute(
        "select max(fetched_at) from sightings where page_id = ? and ? in (version, reading)", [page.id, page.version]
    ).fetchone()
    return None if at is None else str(at)


def first_seen(db: Database, page: Page, version: int) -> Seen:
    """When a version, which must exist, was first seen, and when the page had been read before."""
    (at,) = db.execute(
        "select captured_at from snapshots where page_id = ? and version = ?", [page.id, version]
    ).fetchone()
    (before,) = db.execute(
        "select max(fetched_at) from sightings where page_id = ? and fetched_at < ?", [page.id, at]
    ).fetchone()
    return Seen(before, at)


def _last(db: Database, looks: str, page: Page, before: int) -> str | None:
    row = db.execute(
        f"""select fetched_at from {looks} page_id = :page
            and fetched_at <= (select fetched_at from captures where id = :before) and id <> :before
            order by fetched_at desc limit 1""",  # noqa: S608
        {"page": page.id, "before": before, "state": page.state},
    ).fetchone()
    return None if row is None else str(row[0])
