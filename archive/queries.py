"""The questions that every face asks: the stream of events, and the health of sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the stream."""

    observed_at: str
    source: str | None
    url: str
    kind: str
    version: int | None
    title: str | None
    weight: float
    """From 0 to 1."""
    variant_of: int | None
    """The version that its own is a variant of (archive/variants.py)."""
    details: Mapping[str, object]


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

    @property
    def error_rate(self) -> float | None:
        return self.errors / self.fetches if self.fetches else None


def changes(
    db: Database,
    *,
    since: datetime | None = None,
    source: str | None = None,
    kinds: tuple[str, ...] = (),
    min_weight: float = 0.0,
) -> Iterator[Change]:
    """Events in the order in which they were observed."""
    rows = db.execute(
        """select observed_at, source, url, kind, version, title, weight, variant_of, details from changes
           where (:since is null or observed_at >= :since)
             and (:source is null or source = :source)
             and (:kinds = '[]' or kind in (select value from json_each(:kinds)))
             and weight >= :weight
           order by observed_at, id""",
        {
            "since": None if since is None else iso(since),
            "source": source,
            "kinds": json.dumps(kinds),
            "weight": min_weight,
        },
    )
    for observed_at, of, url, kind, version, title, weight, variant_of, details in rows:
        yield Change(observed_at, of, url, kind, version, title, weight, variant_of, json.loads(details))


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
            select id, name, last_success_at, failing_since, last_error from sources
            union all
            select null, null, null, null, null where exists (select 1 from pages where source_id is null)
        )
        select named.name, coalesce(pages, 0), coalesce(watched, 0), coalesce(scheduled, 0),
               coalesce(last_success_at, success), failing_since,
               case when failing_since is null then null else last_error end,
               coalesce(fetches, 0), coalesce(errors, 0), coalesce(edits, 0)
        from named
        left join counted on counted.source_id is named.id
        left join fetched on fetched.source_id is named.id
        left join edited on edited.source_id is named.id
        order by named.name is null, named.name
        """,
        {"since": iso(since)},
    ).fetchall()
    return [SourceHealth(*row) for row in rows]
