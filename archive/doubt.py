"""A text that shrank by more than half is looked at again before it is believed.

What a page shows for a minute (half of it rendered, a teaser, a cache that broke off) is no edit of its publisher's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive import snapshots
from archive.compare.text.words import count_words
from archive.compare.versions.fingerprint import fingerprint
from archive.models import Finding, Outcome
from archive.times import iso, parse_iso

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlite_utils import Database

    from archive.models import Article, Event
    from archive.pages import Page

SHRUNK = 0.5
"""The share of the standing text's words below which a text is doubted."""

STANDING = 80
"""Words of the standing text from which one that shrank is doubted: a news flash is rewritten in a line."""

APART = timedelta(minutes=2)
"""How far apart two looks must be for the second to confirm the first; broken caches and deployments take seconds."""


STALE = timedelta(days=1)
"""After this a doubt confirms nothing: between two glitches a page may have been unreadable for a week."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding as it is to be recorded."""

    finding: Finding
    doubted: bool = False
    """Whether it is put off: the page is to be looked at again soon, and whole."""
    doubt: Doubt | None = None
    """The doubt that this finding has settled: the text has shrunk indeed."""

    def dated(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """The events that come of it; those that were put off say since when, and what the look before that was."""
        if self.doubt is None:
            return tuple(events)
        told: dict[str, object] = {"last_checked_at": self.doubt.last_checked_at}
        if self.finding.article is not None and fingerprint(self.finding.article) == self.doubt.fingerprint:
            told["first_seen_at"] = self.doubt.since
        return tuple(replace(event, details={**event.details, **told}) for event in events)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is remembered of a text that was not believed."""

    since: str
    """ISO 8601 UTC."""
    fingerprint: str
    last_checked_at: str | None
    """The look before it, ISO 8601 UTC."""


def weigh(db: Database, page: Page, finding: Finding, *, now: datetime, apart: timedelta = APART) -> Weighed:
    """Believe what was found on the page, or doubt it; a doubt is remembered until a later look settles it.

    A text that shrank and asks to subscribe, as the standing one did not, is a teaser. Any other is doubted when it
    is first seen, and believed when a look at least `apart` later finds the text shrunken still.
    """
    if finding.article is None:
        if finding.outcome in {Outcome.GONE, Outcome.PAYWALLED}:
            _forget(db, page)
        return Weighed(finding)
    shrunk = _shrunk(db, page, finding.article)
    if shrunk is None:
        _forget(db, page)
        return Weighed(finding)
    if shrunk.is_teaser:
        _forget(db, page)
        detail = f"{shrunk}, and a prompt to subscribe came: only a teaser is here"
        return Weighed(Finding(Outcome.PAYWALLED, detail=detail, home=finding.home))
    doubt = _doubt(db, page)
    if doubt is not None and now - parse_iso(doubt.since) > max(STALE, apart):
        _forget(db, page)
        doubt = None
    if doubt is not None and now - parse_iso(doubt.since) >= apart:
        _forget(db, page)
        return Weighed(finding, doubt=doubt)
    if doubt is None:
        _remember(db, page, Doubt(iso(now), fingerprint(finding.article), page.last_checked_at))
    detail = f"{shrunk}: it is believed once a look at least {apart.total_seconds():g} s later finds it so still"
    return Weighed(Finding(Outcome.NOT_ARTICLE, detail=detail, home=finding.home), doubted=True)


@dataclass(frozen=True, slots=True)
class _Shrunk:
    before: int
    after: int
    is_teaser: bool

    def __str__(self) -> str:
        return f"the text shrank from {self.before} to {self.after} words"


def _shrunk(db: Database, page: Page, fresh: Article) -> _Shrunk | None:
    """By how much the text is shorter than the one that stands there; None where that is no reason to doubt it.

    A version that the page has shown before is no surprise.
    """
    if page.version is None or snapshots.version_with(db, page, fingerprint(fresh)) is not None:
        return None
    standing = snapshots.load(db, page).article
    before, after = count_words(standing.text), count_words(fresh.text)
    if before < STANDING or after >= SHRUNK * before:
        return None
    return _Shrunk(before, after, fresh.asks_to_subscribe and not standing.asks_to_subscribe)


def _doubt(db: Database, page: Page) -> Doubt | None:
    row = db.execute("select since, fingerprint, last_checked_at from doubts where page_id = ?", [page.id]).fetchone()
    return None if row is None else Doubt(*row)


def _remember(db: Database, page: Page, doubt: Doubt) -> None:
    db.table("doubts").insert({"page_id": page.id, **asdict(doubt)})


def _forget(db: Database, page: Page) -> None:
    db.execute("delete from doubts where page_id = ?", [page.id])
