"""What happened between two states of an article, as dated facts."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.models import Event, EventKind
from archive.rows import insert
from archive.times import iso

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.compare.actions import Diff
    from archive.pages import Page


def store(db: Database, page: Page, event: Event, *, capture_id: int, version: int | None, now: datetime) -> None:
    """Keep an event of `page`, as the page stood before it."""
    row = {
        "page_id": page.id,
        "capture_id": capture_id,
        "version": version,
        "kind": event.kind.value,
        "observed_at": iso(now),
        "details": json.dumps({"last_checked_at": page.last_checked_at, **event.details}, ensure_ascii=False),
    }
    insert(db, "events", row)


def from_diff(difference: Diff) -> list[Event]:
    """One event for each part of the article that differs."""
    events = []
    if difference.title:
        events.append(_before_after(EventKind.HEADLINE_CHANGED, difference.title.before, difference.title.after))
    if difference.changes:
        events.append(Event(EventKind.TEXT_CHANGED, asdict(difference.counts)))
    if difference.authors:
        events.append(
            _before_after(EventKind.BYLINE_CHANGED, list(difference.authors.before), list(difference.authors.after))
        )
    if difference.corrections_added:
        events.append(Event(EventKind.CORRECTION_ADDED, {"corrections": list(difference.corrections_added)}))
    if difference.corrections_removed:
        events.append(Event(EventKind.CORRECTION_REMOVED, {"corrections": list(difference.corrections_removed)}))
    return events


def dates_changed(before: tuple[str | None, str | None], after: tuple[str | None, str | None]) -> list[Event]:
    """An event where the article's own (published, modified) dates differ. A date that vanished is no change."""
    details = {
        name: {"before": old, "after": new}
        for name, old, new in zip(("published", "modified"), before, after, strict=True)
        if new is not None and new != old
    }
    return [Event(EventKind.DATES_CHANGED, details)] if details else []


def moved(before: str, after: str) -> Event:
    """The page answers under another URL."""
    return _before_after(EventKind.MOVED, before, after)


def returned(before: str, *, from_version: int | None, to_version: int | None) -> Event:
    """The page is back: after it was gone or behind a paywall, or at a version it had shown before."""
    return Event(EventKind.RETURNED, {"before": before, "from_version": from_version, "to_version": to_version})


def _before_after(kind: EventKind, before: object, after: object) -> Event:
    return Event(kind, {"before": before, "after": after})
