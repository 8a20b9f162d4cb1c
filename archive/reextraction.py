"""What stands at a page, read again from its stored body: where it reads otherwise, that is our doing.

Only the version that stands at a page is read again: it is what the next capture is compared with. Those before it
stay as they were read and told. Versions count in the order in which things came to be known, so that a new reading
of the second of five would have to come after the fifth, where nobody would look for it.

A new reading is of the same capture as the old one: it has its time, its headers and its body, and no row of
`captures` that no exchange with a site stands behind.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive import bodies, events, pages, provenance, snapshots
from archive.compare.versions.diff import diff
from archive.compare.versions.fingerprint import fingerprint
from archive.errors import ArchiveUnusable, BodyMissing
from archive.models import Capture, Event, EventKind
from archive.times import parse_iso

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from archive.compare.versions.actions import Diff
    from archive.models import Article, Finding, Replay
    from archive.pages import Page


class ReplayFirst(Exception):
    """A fresh article cannot be compared yet: what stands at its page was read by another extraction."""

    def __init__(self, page_id: int, version: int) -> None:
        super().__init__(f"version {version} of page {page_id} must be read again")
        self.page_id = page_id
        self.version = version


@dataclass(frozen=True, slots=True)
class Basis:
    """The page as a fresh article is to be compared with it, and what was told to get there."""

    page: Page
    events: tuple[Event, ...] = ()
    unclear: str = ""
    """Why what stands there could not be read again, so that nobody can tell the publisher's change from ours."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """What a new reading of the standing version came to."""

    version: int
    """The version that stands there with it."""
    event: Event | None = None
    """None where it reads the same."""
    words_added: int = 0
    words_removed: int = 0


def stored_capture(db: Database, page: Page, version: int) -> Capture:
    """The capture that a version was read from, as it came. Raises BodyMissing."""
    fetched_at, final_url, headers, digest = db.execute(
        """select captures.fetched_at, final_url, headers, body_digest
           from snapshots join captures on captures.id = snapshots.capture_id
           where snapshots.page_id = ? and snapshots.version = ?""",
        [page.id, version],
    ).fetchone()
    try:
        body = None if digest is None else bodies.load(db, digest)
    except ArchiveUnusable as damaged:
        raise BodyMissing(str(damaged)) from damaged
    if body is None:
        raise BodyMissing(f"the raw body of version {version} was not kept")
    kept = tuple((name, value) for name, value in json.loads(headers or "[]"))
    return Capture(page.url, parse_iso(fetched_at), final_url or page.url, HTTPStatus.OK, kept, body)


def basis(db: Database, page: Page, finding: Finding, *, now: datetime) -> Basis:
    """What to compare a finding with: the page, once what stands there has been read by the finding's extraction.

    Raises ReplayFirst where the finding needs its `replay`. It does not where it says what stands there anyway.
    """
    if finding.article is None or page.version is None:
        return Basis(page)
    if provenance.of_version(db, page, page.version) == provenance.of_finding(finding):
        return Basis(page)
    if _says_the_same(db, page, finding.article):
        return Basis(page)
    replay = finding.replay
    if replay is None or (replay.page_id, replay.version) != (page.id, page.version):
        raise ReplayFirst(page.id, page.version)
    if replay.finding.article is None:
        return Basis(page, unclear=replay.finding.detail)
    reread = record_replay(db, replay, now=now)
    return Basis(pages.get(db, page.id), (reread.event,) if reread and reread.event else ())


def record_replay(db: Database, replay: Replay, *, now: datetime) -> Rereading | None:
    """Note that today's extraction reads the standing version the same, or store how it reads it.

    That is no change of the article's, as the re-check policy counts them. None, and nothing is done, where another
    version stands there by now.
    """
    page = pages.get(db, replay.page_id)
    article = replay.finding.article
    if page.version != replay.version or article is None:
        return None
    standing = snapshots.load(db, page)
    reread = read_again(db, page, replay.finding)
    by = provenance.of_finding(replay.finding)
    if reread.event is not None:
        capture_id = snapshots.capture_of(db, page, standing.version)
        if reread.version > snapshots.last_version(db, page):
            snapshots.add(
                db,
                page,
                article,
                capture_id=capture_id,
                captured_at=standing.captured_at,
                extractor=by.extractor,
                settings_digest=by.settings_digest,
                words_added=reread.words_added,
                words_removed=reread.words_removed,
                reextracts=page.version,
            )
        events.store(db, page, reread.event, capture_id=capture_id, version=reread.version, now=now)
    provenance.confirm(db, page, reread.version, by)
    db.table("pages").update(
        page.id, {"version": reread.version, "title": article.title, **_dates(page, standing.article, article)}
    )
    return reread


def read_again(db: Database, page: Page, finding: Finding) -> Rereading:
    """What the new reading of the standing version comes to, without a word written."""
    article, standing = finding.article, snapshots.load(db, page)
    if article is None:
        raise ValueError("a reading needs its article")
    mark = fingerprint(article)
    if mark == standing.fingerprint:
        return Rereading(standing.version)
    difference = diff(standing.article, article)
    # Settings may go to and fro: a state that was kept before is not kept twice.
    version = snapshots.version_with(db, page, mark) or snapshots.last_version(db, page) + 1
    event = _event(db, page, finding, difference, to_version=version)
    return Rereading(version, event, difference.words_added, difference.words_removed)


def unclear_event(
    db: Database, page: Page, finding: Finding, difference: Diff, reason: str, *, to_version: int | None
) -> Event:
    """The fresh article reads otherwise than what stands there, which cannot be read again for that `reason`."""
    detail = f"{reason}: what of it the publisher changed cannot be told apart"
    return _event(db, page, finding, difference, to_version=to_version, detail=detail)


def _event(db: Database, page: Page, finding: Finding, difference: Diff, **details: object) -> Event:
    was = provenance.of_version(db, page, page.version)
    return Event(
        EventKind.REEXTRACTED,
        {
            "from_version": page.version,
            "extractor": {"before": was.extractor, "after": finding.extractor},
            "settings": {"before": was.settings_digest, "after": finding.settings_digest},
            "words_added": difference.words_added,
            "words_removed": difference.words_removed,
            **details,
        },
    )


def _says_the_same(db: Database, page: Page, article: Article) -> bool:
    return snapshots.version_with(db, page, fingerprint(article)) == page.version and not events.dates_changed(
        (page.published, page.modified), (article.published, article.modified)
    )


def _dates(page: Page, was: Article, article: Article) -> Mapping[str, str | None]:
    """The page's own dates, where they are those of the standing version: read otherwise, they have not changed."""
    return {
        "published": article.published or page.published if page.published == was.published else page.published,
        "modified": article.modified or page.modified if page.modified == was.modified else page.modified,
    }
