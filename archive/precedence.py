"""When a page was seen here, and which of two pages was seen first: of looking, never of writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlite_utils import Database

    from archive.models import Snapshot
    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One snapshot of a page, and when the page was seen. Times are ISO 8601 UTC."""

    snapshot: Snapshot
    first_seen_at: str
    """When the first article was read there."""
    last_seen_at: str
    """When the page was last seen with an article: a look that failed, or was led elsewhere, has not seen it."""


@dataclass(frozen=True, slots=True)
class Precedence:
    """Which of two pages was seen first."""

    first: Literal["a", "b"] | None
    """None where both were seen at the same moment."""
    apart: timedelta


def seen_page(db: Database, page: Page, snapshot: Snapshot) -> SeenPage:
    """When the page of a snapshot was seen."""
    (first,) = db.execute("select min(captured_at) from snapshots where page_id = ?", [page.id]).fetchone()
    (last,) = db.execute("select max(fetched_at) from sightings where page_id = ?", [page.id]).fetchone()
    return SeenPage(snapshot, str(first), last or snapshot.captured_at)


def precedence(a: SeenPage, b: SeenPage) -> Precedence:
    """Which page was seen first, and how long before the other."""
    apart = datetime.fromisoformat(b.first_seen_at) - datetime.fromisoformat(a.first_seen_at)
    return Precedence(None if not apart else "a" if apart.total_seconds() > 0 else "b", abs(apart))
