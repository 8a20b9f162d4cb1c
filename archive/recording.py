"""One capture and what was found in it become rows: the archive's one way in.

`record` reads as the story of a page. It runs inside the caller's transaction, and the same capture recorded
twice leaves the same snapshots and events, and one more line of captures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import bodies, boilerplate, doubt, edits, events, pages, reextraction, sightings, snapshots, variants
from archive.deciding import Step, decide
from archive.models import Capture, Event, Finding, Identity, Outcome
from archive.moving import settle
from archive.pages import LIVE, MOVED
from archive.reextraction import Basis
from archive.rereading import reread
from archive.rows import insert
from archive.times import iso

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlite_utils import Database

    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one capture. `page` is as it stands after it."""

    page: Page
    outcome: Outcome
    events: tuple[Event, ...]
    detail: str = ""
    """One line of why, for outcomes that need one."""
    doubted: bool = False
    """Whether a text was found that is to be looked at again before it is believed."""


def record(
    db: Database,
    asked: Identity,
    capture: Capture,
    finding: Finding,
    *,
    source: str | None = None,
    keep_all_bodies: bool = False,
    apart: timedelta = doubt.APART,
    learns: bool = True,
) -> Recorded:
    """Store the capture of the page `asked` for, and a snapshot where its article is one never seen there.

    A body is kept where the capture brought something that the one before had not, or with `keep_all_bodies`.
    `apart` is how far apart two looks are to be before a text that shrank by more than half is believed; `learns`,
    whether it is counted, and heeded, what the page's source repeats. Raises ReplayFirst where what stands there must
    be read again before the article can be compared with it.
    """
    page = pages.ensure(db, asked, now=capture.fetched_at, source=source)
    settled = settle(db, page, finding.home)
    page = settled.page
    basis = Basis(page) if settled.ended else reextraction.basis(db, page, finding, now=capture.fetched_at)
    page, told = basis.page, basis.events
    if finding.article is not None and not settled.ended and not basis.unclear:
        page, article, learned = reread(db, page, finding.article, learns=learns, now=capture.fetched_at)
        finding, told = replace(finding, article=article), (*told, *learned)
    weighed = (
        doubt.Weighed(finding) if settled.ended else doubt.weigh(db, page, finding, now=capture.fetched_at, apart=apart)
    )
    finding = weighed.finding
    step = (
        Step(Outcome.MOVED, MOVED, page.version)
        if settled.ended
        else decide(db, page, finding, basis.unclear, now=capture.fetched_at)
    )
    if settled.event:
        outcome = Outcome.MOVED if step.outcome is Outcome.UNCHANGED else step.outcome
        step = replace(step, outcome=outcome, events=(settled.event, *step.events))
    step = replace(step, events=weighed.dated(step.events))
    digest = bodies.digest(capture.body) if capture.body else None
    keep_body = digest is not None and (keep_all_bodies or weighed.doubted or _is_news(db, page, step))
    if digest is not None and keep_body:
        bodies.keep(db, digest, capture.body)
    capture_id = _store_capture(db, page, capture, finding, step, digest=digest, keep_headers=keep_body)
    if step.edit is not None:
        seen = sightings.last_read(db, page, before=capture_id)
        edits.store(db, page.id, capture_id, step.edit, to_version=step.version, last_seen_at=seen)
    if step.article is not None:
        version = snapshots.add(
            db,
            page,
            step.article,
            capture_id=capture_id,
            captured_at=iso(capture.fetched_at),
            extractor=finding.extractor,
            settings_digest=finding.settings_digest,
            reextracts=page.version if basis.unclear else None,
            words_added=step.words_added,
            words_removed=step.words_removed,
            variant_of=step.variant_of,
        )
        if learns:
            boilerplate.count(db, page, step.article, version=version, now=iso(capture.fetched_at))
    if step.turned:
        variants.mark(db, page.id)
    _store_events(db, page, capture_id, capture, step)
    _update_page(db, page, capture, weighed, step, digest=digest)
    events_told = (*told, *step.events)
    return Recorded(pages.get(db, page.id), step.outcome, events_told, finding.detail, weighed.doubted)


def _is_news(db: Database, page: Page, step: Step) -> bool:
    """Whether the capture's body is worth its room: a version, or the first of a run of deletions, walls, errors."""
    if step.outcome in {Outcome.NEW, Outcome.CHANGED}:
        return True
    if step.outcome is Outcome.UNCHANGED:
        return False
    last = db.execute(
        "select outcome from captures where page_id = ? order by fetched_at desc, id desc limit 1", [page.id]
    ).fetchone()
    return last is None or last[0] != step.outcome


def _store_capture(
    db: Database,
    page: Page,
    capture: Capture,
    finding: Finding,
    step: Step,
    *,
    digest: str | None,
    keep_headers: bool,
) -> int:
    row = {
        "page_id": page.id,
        "fetched_at": iso(capture.fetched_at),
        "status": capture.status,
        "outcome": step.outcome.value,
        # Of a page whose history ended, another one's article was shown.
        "version": None if step.state == MOVED else step.version,
        "final_url": None if capture.final_url == page.url else capture.final_url,
        "headers": json.dumps(capture.headers) if keep_headers else None,
        "body_digest": digest,
        "detail": finding.detail or None,
    }
    return insert(db, "captures", row)


def _store_events(db: Database, page: Page, capture_id: int, capture: Capture, step: Step) -> None:
    for event in step.events:
        events.store(db, page, event, capture_id=capture_id, version=step.version, now=capture.fetched_at)


def _update_page(
    db: Database, page: Page, capture: Capture, weighed: doubt.Weighed, step: Step, *, digest: str | None
) -> None:
    finding = weighed.finding
    failed = not weighed.doubted and step.outcome in {
        Outcome.ERROR,
        Outcome.REFUSED,
        Outcome.BLOCKED,
        Outcome.NOT_ARTICLE,
    }
    columns: dict[str, object] = {
        "state": step.state,
        "version": step.version,
        "last_checked_at": iso(capture.fetched_at),
        "checks": page.checks + 1,
        "failures": page.failures + 1 if failed else 0,
    }
    if step.changed:
        columns["last_changed_at"] = iso(capture.fetched_at)
    if finding.article is not None and step.state == LIVE:
        columns |= {
            "title": finding.article.title,
            "published": finding.article.published or page.published,
            "modified": finding.article.modified or page.modified,
            "etag": capture.header("etag"),
            "last_modified": capture.header("last-modified"),
            "body_digest": digest,
            "place": finding.article.place or page.place,
        }
    elif weighed.doubted or finding.outcome in {Outcome.GONE, Outcome.PAYWALLED}:
        # The next answer must be read whole: a 304 would speak of a page that is no longer there.
        columns |= {"etag": None, "last_modified": None, "body_digest": None}
    db.table("pages").update(page.id, columns)
