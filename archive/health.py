"""The health of sources: what is watched, what failed, what was edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.times import iso

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source does. `source` is None for the pages that are of no source."""

    source: str | None
    pages: int
    watched: int
    scheduled: int
    """Of those, how many will be looked at again: the others are past the last step of the re-check policy."""
    last_success_at: str | None
    failing_since: str | None
    last_error: str | None
    fetches: int
    """Since the time asked for."""
    errors: int
    """Of those, how many failed, were blocked or were refused."""
    edits: int
    """New versions of known articles since the time asked for."""
    paused_at: str | None = None
    """Since when a person lets it rest."""

    @property
    def error_rate(self) -> float | None:
        return self.errors / self.fetches if self.fetches else None


def source_health(db: Database, *, since: datetime) -> list[SourceHealth]:
    """One line for each source, and one for the pages that are of none; rates are counted from `since` on."""
    rows = db.execute(
        """
        with fetched as (
            select pages.source_id, count(*) as fetches,
                   sum(captures.outcome in ('error', 'blocked', 'refused')) as errors,
                   max(case when captures.outcome not in ('error', 'blocked', 'refused') then fetched_at end) as success
            from captures join pages on pages.id = captures.page_id
            where captures.fetched_at >= :since
            group by pages.source_id
        ), edited as (
            select pages.source_id, count(*) as edits
            from snapshots join pages on pages.id = snapshots.page_id
            where snapshots.version > 1 and snapshots.reextracts is null and snapshots.variant_of is null
              and snapshots.captured_at >= :since
            group by pages.source_id
        ), counted as (
            select source_id, count(*) as pages, sum(watched) as watched,
                   sum(watched and next_check_at is not null) as scheduled
            from pages group by source_id
        ), named as (
            select id, name, last_success_at, failing_since, last_error, paused_at from sources
            union all
            select null, null, null, null, null, null where exists (select 1 from pages where source_id is null)
        )
        select named.name, coalesce(pages, 0), coalesce(watched, 0), coalesce(scheduled, 0),
               coalesce(last_success_at, success), failing_since,
               case when failing_since is null then null else last_error end,
               coalesce(fetches, 0), coalesce(errors, 0), coalesce(edits, 0), paused_at
        from named
        left join counted on counted.source_id is named.id
        left join fetched on fetched.source_id is named.id
        left join edited on edited.source_id is named.id
        order by named.name is null, named.name
        """,
        {"since": iso(since)},
    ).fetchall()
    return [SourceHealth(*row) for row in rows]
