"""The health of sources: what is watched and due, what failed, what was edited."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database


# Word for word as the partial indexes of the step `index_health` have it, or they are not used.
_IS_EDIT = "snapshots.version > 1 and snapshots.reextracts is null and snapshots.variant_of is null"
_FAILED = "('error', 'blocked', 'refused')"


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source does. `source` is None for the pages that are of no source. Times are ISO 8601 UTC."""

    source: str | None
    pages: int = 0
    watched: int = 0
    scheduled: int = 0
    """Of those, how many will be looked at again: the others are past the last step of the re-check policy."""
    last_success_at: str | None = None
    failing_since: str | None = None
    last_error: str | None = None
    fetches: int = 0
    """Since the time asked for."""
    errors: int = 0
    """Of those, how many failed, were blocked or were refused."""
    edits: int = 0
    """New versions of known articles since the time asked for."""
    due: int = 0
    """Of the scheduled pages, how many wait to be fetched now."""
    next_due_at: str | None = None
    """When the next of the others is due, or will be again if what fetches it dies."""
    discovery_error: str | None = None
    """What is wrong with its feeds and sitemaps."""
    learned_lines: int = 0
    """Lines that it repeats from article to article (archive/boilerplate.py)."""
    paused_at: str | None = None
    """Since when a person lets it rest."""
    edits_by_day: Mapping[str, int] = field(default_factory=dict)
    """Edits on each day (`2026-01-31`, UTC) that had any."""

    @property
    def error_rate(self) -> float | None:
        return self.errors / self.fetches if self.fetches else None


@dataclass(frozen=True, slots=True)
class Failure:
    """A fetch that failed, was blocked or was refused."""

    at: str
    url: str
    outcome: str
    status: int | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class EditedPage:
    """A page that was edited lately."""

    url: str
    title: str | None
    edits: int
    last_edit_at: str


def source_health(
    db: Database, *, since: datetime, now: datetime, edits_since: datetime | None = None
) -> list[SourceHealth]:
    """One line for each source, and one for the pages that are of none; rates are counted from `since` on.

    Edits by day are counted from `edits_since` on, which is `since` where not given.
    """
    by_day = _edits_by_day(db, edits_since or since)
    rows = db.execute(
        f"""
        with fetched as (
            select pages.source_id, count(*) as fetches,
                   sum(captures.outcome in {_FAILED}) as errors,
                   max(case when captures.outcome not in {_FAILED} then fetched_at end) as success
            -- A cross join is taken in the order written: the index by time is half as dear as that by page.
            from captures cross join pages on pages.id = captures.page_id
            where captures.fetched_at >= :since
            group by pages.source_id
        ), edited as (
            select pages.source_id, count(*) as edits
            from snapshots join pages on pages.id = snapshots.page_id
            where {_IS_EDIT}
              and snapshots.captured_at >= :since
            group by pages.source_id
        ), counted as (
            -- All rows are read: in the order of the table, not of the index by source.
            select source_id, count(*) as pages, sum(watched) as watched,
                   sum(watched and next_check_at is not null) as scheduled,
                   sum(watched and coalesce(next_check_at <= :now, false)) as due,
                   min(case when watched and next_check_at > :now then next_check_at end) as next_due_at
            from pages group by +source_id
        ), learned as (
            select source_id, count(*) as lines from source_lines where learned_at is not null group by source_id
        ), named as (
            select id, name, last_success_at, failing_since, last_error, discovery_error, paused_at from sources
            union all
            select null, null, null, null, null, null, null where exists (select 1 from pages where source_id is null)
        )
        select named.id, named.name, coalesce(pages, 0), coalesce(watched, 0), coalesce(scheduled, 0),
               coalesce(last_success_at, success), failing_since,
               case when failing_since is null then null else last_error end,
               coalesce(fetches, 0), coalesce(errors, 0), coalesce(edits, 0), coalesce(due, 0), next_due_at,
               discovery_error, coalesce(lines, 0), paused_at
        from named
        left join counted on counted.source_id is named.id
        left join fetched on fetched.source_id is named.id
        left join edited on edited.source_id is named.id
        left join learned on learned.source_id = named.id
        order by named.name is null, named.name
        """,  # noqa: S608
        {"since": iso(since), "now": iso(now)},
    ).fetchall()
    return [replace(SourceHealth(*row), edits_by_day=by_day.get(source_id, {})) for source_id, *row in rows]


def recent_failures(db: Database, source: str, *, limit: int) -> list[Failure]:
    """The newest failures of a source, among the newest FAILURES of all."""
    rows = db.execute(
        f"""
        select failed.fetched_at, pages.url, failed.outcome, failed.status, failed.detail
        from (
            select page_id, fetched_at, outcome, status, detail from captures
            where outcome in {_FAILED} order by fetched_at desc limit :most
        ) as failed
        cross join pages on pages.id = failed.page_id
        where pages.source_id = (select id from sources where name = :source)
        order by failed.fetched_at desc limit :limit
        """,  # noqa: S608
        {"source": source, "most": FAILURES, "limit": limit},
    )
    return [Failure(*row) for row in rows]


FAILURES = 4_000
"""Looked through for those of one source; each costs a look at its page."""


def most_edited(db: Database, source: str, *, since: datetime, limit: int) -> list[EditedPage]:
    """The pages of a source that were edited most often since that time."""
    rows = db.execute(
        f"""
        select pages.url, pages.title, count(*) as edits, max(snapshots.captured_at) as last_edit_at
        from snapshots cross join pages on pages.id = snapshots.page_id
        where {_IS_EDIT}
          and snapshots.captured_at >= :since and pages.source_id = (select id from sources where name = :source)
        group by pages.id order by edits desc, last_edit_at desc limit :limit
        """,  # noqa: S608
        {"source": source, "since": iso(since), "limit": limit},
    )
    return [EditedPage(*row) for row in rows]


def _edits_by_day(db: Database, since: datetime) -> dict[int | None, dict[str, int]]:
    """How many edits each source made on each day that had any, by source id."""
    found: dict[int | None, dict[str, int]] = defaultdict(dict)
    for source_id, day, edits in db.execute(
        f"""
        select pages.source_id, substr(snapshots.captured_at, 1, 10) as day, count(*)
        from snapshots join pages on pages.id = snapshots.page_id
        where {_IS_EDIT}
          and snapshots.captured_at >= :since
        group by pages.source_id, day order by day
        """,  # noqa: S608
        {"since": iso(since)},
    ):
        found[source_id][day] = edits
    return found
