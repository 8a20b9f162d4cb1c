"""When a page was last seen as it stands: not when it was last asked for, for an answer may have shown nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.pages import Page

AWAY = frozenset({"gone", "paywalled"})
"""The states of a page that shows no article."""


def last_read(db: Database, page: Page, *, before: int) -> str | None:
    """When the article that stands there was last seen (ISO 8601 UTC), by a capture other than `before`."""
    return _last(db, "sightings where", page, before)


def last_in_state(db: Database, page: Page, *, before: int) -> str | None:
    """When the page was last seen gone, behind its paywall or readable, as it is (ISO 8601 UTC)."""
    return _last(db, "captures where outcome = :state and" if page.state in AWAY else "sightings where", page, before)


def _last(db: Database, looks: str, page: Page, before: int) -> str | None:
    row = db.execute(
        f"""select fetched_at from {looks} page_id = :page
            and fetched_at <= (select fetched_at from captures where id = :before) and id <> :before
            order by fetched_at desc limit 1""",  # noqa: S608
        {"page": page.id, "before": before, "state": page.state},
    ).fetchone()
    return None if row is None else str(row[0])
