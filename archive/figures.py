"""How much there is in the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Figures:
    """The archive at one moment."""

    pages: int
    watched: int
    snapshots: int
    events: int
    size: int
    """Bytes of the file; what is only in its write-ahead log is not counted."""
    last_capture_at: str | None
    """When a page was fetched last, ISO 8601 UTC; None where none was."""


def figures(db: Database) -> Figures:
    """Count it. The cost grows with the archive, by a tenth of a second for each million of rows: ask now and then."""
    # A table each, since SQLite counts the smallest index of a table that is alone.
    pages, watched, snapshots, events = (
        int(db.execute(f"select count(*) from {rows}").fetchone()[0])  # noqa: S608 - all of it is written here
        for rows in ("pages", "pages where watched", "snapshots", "events")
    )
    ((page_count,), (page_size,)) = (db.execute(f"pragma {name}").fetchone() for name in ("page_count", "page_size"))
    last = db.execute("select fetched_at from captures order by id desc limit 1").fetchone()
    return Figures(pages, watched, snapshots, events, page_count * page_size, last and last[0])
