"""The health of sources: when one starts to fail and when it recovers, each told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from archive import pages
from archive.times import iso

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

PAGE_FAILURES = 3
"""Pages of a source that must fail in a row before the source counts as failing; one bad page is no outage."""

logger = structlog.stdlib.get_logger(__name__)


def succeeded(db: Database, name: str, *, now: datetime) -> None:
    """A page or a discovery of the source came through."""
    row = _row(db, name)
    if row["failing_since"] is not None:
        logger.warning("source recovered", source=name, failing_since=row["failing_since"])
    _set(db, row, {"last_success_at": iso(now), "failures": 0, "failing_since": None})


def failed(db: Database, name: str, reason: str, *, now: datetime, in_a_row: int = PAGE_FAILURES) -> None:
    """A page or a discovery of the source failed; it counts as failing from the `in_a_row`-th time on."""
    row = _row(db, name)
    failures = int(row["failures"]) + 1
    columns: dict[str, object] = {"failures": failures, "last_error": reason}
    if row["failing_since"] is None and failures >= in_a_row:
        logger.warning("source failing", source=name, reason=reason)
        columns["failing_since"] = iso(now)
    _set(db, row, columns)


def _row(db: Database, name: str) -> dict[str, Any]:
    return dict(db.table("sources").get(pages.ensure_source(db, name)))


def _set(db: Database, row: dict[str, Any], columns: dict[str, object]) -> None:
    db.table("sources").update(row["id"], columns)
