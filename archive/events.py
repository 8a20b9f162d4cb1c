"""What happened between two states of an article, as dated facts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from archive import event_words, sightings
from archive.models import Event, EventKind
from archive.rows import insert
from archive.times import iso

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.compare.weights.weight import Weight
    from archive.edits import Edit
    from archive.models import Article
    from archive.pages import Page

WEIGHTS = {
    EventKind.FIRST_SEEN: 0.0,
    EventKind.REEXTRACTED: 0.0,
    EventKind.DATES_CHANGED: 0.1,
    EventKind.MOVED: 0.1,
    EventKind.PAYWALLED: 0.5,
    EventKind.UNPAYWALLED: 0.5,
    EventKind.RETURNED: 0.5,
    EventKind.CORRECTION_ADDED: 1.0,
    EventKind.CORRECTION_REMOVED: 1.0,
    EventKind.GONE: 1.0,
}
"""What events weigh that are not weighed one by one."""

_STATES = {EventKind.GONE, EventKind.PAYWALLED, EventKind.UNPAYWALLED, EventKind.RETURNED}
_WITHOUT_BEFORE = {EventKind.FIRST_SEEN, EventKind.REEXTRACTED}


def store(db: Database, page: Page, event: Event, *, capture_id: int, version: int | None, now: datetime) -> None:
    """Keep an event of `page`, as the page stood before it, with when what was before was last seen."""
    details = {"last_checked_at": page.last_checked_at, **event.details}
    if event.kind in _STATES:
        details["last_seen_at"] = sightings.last_in_state(db, page, before=capture_id)
        (details["status"],) = db.execute("select status from captures where id = ?", [capture_id]).fetchone()
    elif event.kind not in _WITHOUT_BEFORE:
        details["last_seen_at"] = sightings.last_read(db, page, before=capture_id)
    row = {
        "page_id": page.id,
        "capture_id": capture_id,
        "version": version,
        "kind": event.kind.value,
        "observed_at": iso(now),
        "weight": WEIGHTS[event.kind] if event.weight is None else event.weight,
        "details": json.dumps(details, ensure_ascii=False),
    }
    event_words.keep(db, insert(db, "events", row))


def first_seen(article: Article) -> Event:
    """The page was read as an article for the first time."""
    return Event(EventKind.FIRST_SEEN, {"before": None, "after": article.title, "title": article.title})


def of_edit(edit: Edit, *, to_version: int | None) -> list[Event]:
    """One event for each part of the article that differs."""
    difference, events = edit.difference, []
    if difference.title:
        headline = _before_after(EventKind.HEADLINE_CHANGED, difference.title.before, difference.title.after)
        events.append(_weighed(headline, edit.weights.headline))
    if difference.changes:
        text = Event(EventKind.TEXT_CHANGED, {**edit.counts, "unmarked": edit.unmarked.score})
        events.append(_weighed(text, edit.weights.text))
    if difference.authors:
        authors = list(difference.authors.before), list(difference.authors.after)
        events.append(_weighed(_before_after(EventKind.BYLINE_CHANGED, *authors), edit.weights.byline))
    for kind, notices in (
        (EventKind.CORRECTION_ADDED, difference.corrections_added),
        (EventKind.CORRECTION_REMOVED, difference.corrections_removed),
    ):
        if notices:
            notice = _before_after(kind, list(edit.before.corrections), list(edit.after.corrections))
            events.append(_with(notice, corrections=list(notices)))
    return [_with(event, from_version=edit.from_version, to_version=to_version) for event in events]


def dates_changed(before: tuple[str | None, str | None], after: tuple[str | None, str | None]) -> list[Event]:
    """An event where the article's own (published, modified) dates differ. A date that vanished is no change."""
    names = ("published", "modified")
    each = {
        name: {"before": old, "after": new}
        for name, old, new in zip(names, before, after, strict=True)
        if new is not None and new != old
    }
    if not each:
        return []
    sides = {side: {name: dates[side] for name, dates in each.items()} for side in ("before", "after")}
    return [Event(EventKind.DATES_CHANGED, {**sides, **each})]


def moved(before: str, after: str) -> Event:
    """The page answers under another URL."""
    return _before_after(EventKind.MOVED, before, after)


def state_changed(kind: EventKind, before: str, after: str, detail: str) -> Event:
    """The page is gone, or behind a paywall."""
    return _with(_before_after(kind, before, after), detail=detail)


def back(kind: EventKind, before: str, *, from_version: int | None, to_version: int | None) -> Event:
    """The page can be read again after it was gone or behind a paywall."""
    return _with(_before_after(kind, before, "live"), from_version=from_version, to_version=to_version)


def went_back(state: str, titles: tuple[str | None, str], *, from_version: int | None, to_version: int) -> Event:
    """A page in that state is at a version again that it had shown before, with these titles before and after."""
    headline = dict(zip(("before", "after"), titles, strict=True))
    event = _before_after(EventKind.RETURNED, state, state)
    return _with(event, from_version=from_version, to_version=to_version, headline=headline)


def _before_after(kind: EventKind, before: object, after: object) -> Event:
    return Event(kind, {"before": before, "after": after})


def _weighed(event: Event, weight: Weight) -> Event:
    return replace(_with(event, kinds=[kind.value for kind in weight.kinds]), weight=weight.value)


def _with(event: Event, **details: object) -> Event:
    return replace(event, details={**event.details, **details})
