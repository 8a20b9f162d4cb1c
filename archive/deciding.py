"""What one capture means for its page, before a word of it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import events, provenance, reextraction, returning, snapshots, variants
from archive.compare.versions.diff import diff
from archive.compare.versions.fingerprint import fingerprint
from archive.edits import Edit
from archive.models import Event, EventKind, Outcome
from archive.pages import LIVE

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.models import Article, Finding
    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Step:
    """What one capture means for its page."""

    outcome: Outcome
    state: str
    version: int | None
    """The version that the page shows with this capture."""
    events: tuple[Event, ...] = ()
    article: Article | None = None
    """The article to store as that version; None where it is no new one."""
    words_added: int = 0
    words_removed: int = 0
    changed: bool = False
    """Whether the article differs from what stood there, as the re-check policy counts it."""
    edit: Edit | None = None
    """What the version changed that the page shows; None where its publisher changed nothing, as far as we know."""
    variant_of: int | None = None
    """The version that the article to store is a variant of."""
    turned: bool = False
    """Whether that has another headline than what stood there, of which it is not known that the two are in turn."""


def decide(db: Database, page: Page, finding: Finding, unclear: str, *, now: datetime) -> Step:
    """What a finding means for the page. `unclear` is why nobody can tell the publisher's change from ours, if so."""
    if finding.outcome is Outcome.NEW:
        if finding.article is None:
            raise ValueError("a finding with the outcome `new` needs its article")
        return _compare(db, page, finding, finding.article, unclear, now=now)
    if finding.outcome is Outcome.UNCHANGED:
        return Step(Outcome.UNCHANGED, LIVE, page.version, _back(page, page.version))
    if finding.outcome is Outcome.GONE:
        known = page.state in {LIVE, "paywalled"}
        gone = (events.state_changed(EventKind.GONE, page.state, "gone", finding.detail),) if known else ()
        return Step(Outcome.GONE, "gone", page.version, gone, changed=known)
    if finding.outcome is Outcome.PAYWALLED:
        fresh = page.state != "paywalled"
        told = events.state_changed(EventKind.PAYWALLED, page.state, "paywalled", finding.detail)
        return Step(Outcome.PAYWALLED, "paywalled", page.version, (told,) if fresh else (), changed=fresh)
    return Step(finding.outcome, page.state, page.version)


def _compare(db: Database, page: Page, finding: Finding, article: Article, unclear: str, *, now: datetime) -> Step:
    """Is this article the one that stands there, one that stood there before, or a new one?

    Where it is `unclear` whether we or the publisher changed it, no edit is told.
    """
    if page.version is None:
        words = len(article.text.split())
        return Step(Outcome.NEW, LIVE, 1, (events.first_seen(article),), article, words_added=words, changed=True)
    dates = events.dates_changed((page.published, page.modified), (article.published, article.modified))
    dates = [] if unclear else dates
    known = snapshots.version_with(db, page, fingerprint(article))
    if known is not None:
        provenance.confirm(db, page, known, provenance.of_finding(finding))
    if known == page.version:
        noted = (*_back(page, known), *_once_a_version(db, page, dates))
        return Step(Outcome.UNCHANGED, LIVE, known, noted)
    if known is not None and not unclear:
        return _return(db, page, article, stood=page.version, version=known, dates=dates, now=now)
    standing = _standing(db, page)
    difference = diff(standing, article)
    version = known or snapshots.last_version(db, page) + 1
    step = Step(
        Outcome.CHANGED,
        LIVE,
        version,
        _back(page, version),
        None if known else article,
        words_added=difference.words_added,
        words_removed=difference.words_removed,
    )
    if unclear:
        event = reextraction.unclear_event(db, page, finding, difference, unclear, to_version=step.version)
        return replace(step, events=(*step.events, event))
    difference = returning.apart_from_turns(db, page.id, difference, at=now)
    if difference.is_empty:
        variant_of = variants.root(db, page.id, page.version)
        return replace(step, events=(*step.events, *_once_a_version(db, page, dates)), variant_of=variant_of)
    edit = Edit(page.version, standing, article, difference)
    told = (*step.events, *events.of_edit(edit, to_version=step.version), *dates)
    return replace(step, events=told, changed=True, edit=edit, turned=difference.title is not None)


def _return(
    db: Database, page: Page, article: Article, *, stood: int, version: int, dates: list[Event], now: datetime
) -> Step:
    """The page is back at a version that it has shown before: an edit, but where it is known to go to and fro."""
    back = _back(page, version)
    in_turn = variants.root(db, page.id, version) == variants.root(db, page.id, stood)
    if in_turn or returning.restless(db, page.id, stood, version, at=now):
        return Step(Outcome.CHANGED if back else Outcome.UNCHANGED, LIVE, version, back, changed=bool(back))
    standing = _standing(db, page)
    difference = returning.difference(db, page.id, standing, article, at=now)
    if difference.is_empty:
        told = back or _first_return(db, page, article, version)
        outcome = Outcome.CHANGED if told else Outcome.UNCHANGED
        return Step(outcome, LIVE, version, told, changed=bool(told), turned=True)
    edit = Edit(stood, standing, article, difference)
    told = (*(back or (_went_back(page, article, version),)), *events.of_edit(edit, to_version=version), *dates)
    return Step(Outcome.CHANGED, LIVE, version, told, changed=True, edit=edit, turned=difference.title is not None)


def _standing(db: Database, page: Page) -> Article:
    """The article that stands there, with the dates that the page last gave."""
    return replace(snapshots.load(db, page).article, published=page.published, modified=page.modified)


def _back(page: Page, version: int | None) -> tuple[Event, ...]:
    """The page is readable again after it was gone or behind a paywall."""
    if page.version is None or page.state not in {"gone", "paywalled"}:
        return ()
    kind = EventKind.UNPAYWALLED if page.state == "paywalled" else EventKind.RETURNED
    return (events.back(kind, page.state, from_version=page.version, to_version=version),)


def _first_return(db: Database, page: Page, article: Article, version: int) -> tuple[Event, ...]:
    """A return to another headline in turn is told once for each pair, so that a page that flips falls silent."""
    seen = db.execute(
        """select 1 from events where page_id = ? and kind = ? and details ->> 'from_version' = ?
           and details ->> 'to_version' = ?""",
        [page.id, EventKind.RETURNED.value, page.version, version],
    ).fetchone()
    return () if seen else (_went_back(page, article, version),)


def _went_back(page: Page, article: Article, version: int) -> Event:
    return events.went_back(page.state, (page.title, article.title), from_version=page.version, to_version=version)


def _once_a_version(db: Database, page: Page, dates: list[Event]) -> list[Event]:
    """Some sites put the time of the request as `modified`: with an unchanged article it is told once a version."""
    if not dates:
        return []
    seen = db.execute(
        "select 1 from events where page_id = ? and kind = ? and version = ?",
        [page.id, EventKind.DATES_CHANGED.value, page.version],
    ).fetchone()
    return [] if seen else dates
