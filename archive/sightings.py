"""When a page was last seen as it stands: not when it was last asked for, for an answer may have shown nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.pages import Page

READ = ("new", "changed", "unchanged", "moved")
"""The outcomes of captures that showed the article."""


def last_read(db: Database, page: Page, *, before: int) -> str | None:
    """When the article that stands there was last seen (ISO 8601 UTC), by a capture other than `before`."""
    return _last(db, page, READ, before)


def last_in_state(db: Database, page: Page, *, before: int) -> str | None:
    """When the page was last seen gone, behind its paywall or readable, as it is (ISO 8601 UTC)."""
    return _last(db, page, (page.state,) if page.state in {"gone", "paywalled"} else READ, before)


def _last(db: Database, page: Page, outcomes: tuple[str, ...], before: int) -> str | None:
    row = db.execute(
        """select fetched_at from captures
           where page_id = :page and fetched_at <= (select fetched_at from captures where id = :before)
             and id <> :before and outcome in (select value from json_each(:outcomes))
           order by fetched_at desc limit 1""",
        {"page": page.id, "before": before, "outcomes": json.dumps(outcomes)},
    ).fetchone()
    return None if row is None else str(row[0])
