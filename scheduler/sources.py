"""The health of sources: when one starts to fail and when it recovers, each told once; and which are paused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from archive import pages
from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from scheduler.settings import SourceSettings

PAGE_FAILURES = 3
"""Pages of a source that must fail in a row before the source counts as failing; one bad page is no outage."""

logger = structlog.stdlib.get_logger(__name__)


def page_succeeded(db: Database, name: str, *, now: datetime) -> None:
    """A page of the source came through."""
    _note(db, name, now, {"failures": 0, "last_success_at": iso(now)})


def page_failed(db: Database, name: str, reason: str, *, now: datetime) -> None:
    """A page of the source failed."""
    row = _row(db, name)
    _note(db, name, now, {"failures": row["failures"] + 1, "last_error": row["discovery_error"] or reason})


def discovered(db: Database, name: str, problems: Sequence[str], *, now: datetime) -> None:
    """The source's feeds, sitemaps and sections were read, with these problems.

    The first problem counts: a feed is read far more seldom than pages are. While it lasts, pages that come
    through do not make the source well, nor does a feed that answers while all pages fail.
    """
    if problems:
        reason = "; ".join(problems)
        _note(db, name, now, {"discovery_error": reason, "last_error": reason})
    else:
        _note(db, name, now, {"discovery_error": None, "last_success_at": iso(now)})


def names(db: Database, configured: Iterable[SourceSettings]) -> list[str]:
    """The sources that the archive or the configuration has, in order."""
    return sorted({*pages.sources(db), *(each.name for each in configured)})


def pause(db: Database, name: str, *, now: datetime) -> bool:
    """Leave the source's sites alone until it is resumed. False if it was paused already."""
    row = _row(db, name)
    if row["paused_at"] is None:
        db.table("sources").update(row["id"], {"paused_at": iso(now)})
    return row["paused_at"] is None


def resume(db: Database, name: str) -> bool:
    """End the source's pause; what fell due meanwhile is due now. False if it was not paused."""
    row = _row(db, name)
    db.table("sources").update(row["id"], {"paused_at": None})
    return row["paused_at"] is not None


def is_paused(db: Database, name: str | None) -> bool:
    """Whether that source is paused; what is of none never is."""
    row = db.execute("select paused_at from sources where name = ?", [name]).fetchone()
    return row is not None and row[0] is not None


def _note(db: Database, name: str, now: datetime, changes: dict[str, object]) -> None:
    before = _row(db, name)
    after = before | changes
    failing = after["failures"] >= PAGE_FAILURES or after["discovery_error"] is not None
    if failing and before["failing_since"] is None:
        logger.warning("source failing", source=name, reason=after["last_error"])
        changes["failing_since"] = iso(now)
    elif not failing and before["failing_since"] is not None:
        logger.warning("source recovered", source=name, failing_since=before["failing_since"])
        changes["failing_since"] = None
    db.table("sources").update(before["id"], changes)


def _row(db: Database, name: str) -> dict[str, Any]:
    return dict(db.table("sources").get(pages.ensure_source(db, name)))
