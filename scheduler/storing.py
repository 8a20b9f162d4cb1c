"""What follows a fetch, in one transaction: it is recorded, its next check set, its source's health noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive import snapshots
from archive.models import FailureKind, Outcome
from archive.recording import Recorded, record
from archive.times import parse_iso
from scheduler import frontier, sources
from scheduler.policy import History, next_check

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.models import Capture, Finding, Identity
    from archive.pages import Page
    from scheduler.policy import RecheckPolicy

_HEALTHY = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.GONE, Outcome.MOVED, Outcome.PAYWALLED})

_UNHEALTHY = frozenset({Outcome.ERROR, Outcome.BLOCKED})
"""A page that is no article, or that robots.txt keeps to itself, says nothing of how its source does."""


def store(
    db: Database,
    asked: Identity,
    capture: Capture,
    finding: Finding,
    *,
    source: str | None,
    policy: RecheckPolicy,
    keep_all_bodies: bool = False,
    learns: bool = True,
) -> Recorded:
    """Record one fetch; the page's lease, where it has one, ends with it."""
    recorded = record(
        db,
        asked,
        capture,
        finding,
        source=source,
        keep_all_bodies=keep_all_bodies,
        apart=policy.confirm_after,
        learns=learns,
    )
    page = recorded.page
    history = History(_last_change(db, page), page.failures, recorded.outcome, recorded.doubted)
    frontier.schedule(db, page.id, next_check(history, capture.fetched_at, policy))
    if source is not None:
        if recorded.outcome in _HEALTHY:
            sources.page_succeeded(db, source, now=capture.fetched_at)
        elif recorded.outcome in _UNHEALTHY:
            sources.page_failed(db, source, finding.detail, now=capture.fetched_at)
    return recorded


def is_held(capture: Capture) -> bool:
    """Nothing was fetched, since the host wants a pause or we are stopping: there is nothing to record.

    The answer that asked for the pause was an exchange, and is recorded.
    """
    return capture.status is None and capture.failure is not None and capture.failure.kind is FailureKind.HELD


def _last_change(db: Database, page: Page) -> datetime:
    """When the article last changed. Of a page seen in one state only, found by discovery, its own dates tell:
    what a feed or section lists as old is not looked at as if it were fresh."""
    changed = parse_iso(page.last_changed_at or page.first_seen_at)
    if page.source_id is None or page.version is None or (page.version != 1 and snapshots.is_edited(db, page)):
        return changed
    own = [date for date in (_date(page.published), _date(page.modified)) if date is not None and date <= changed]
    return max(own, default=changed)


def _date(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_iso(text)
    except ValueError:
        return None
