"""What the step `keep_edits` of archive/schema.py makes: tables of edits, and the views for researchers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


VIEWS = {
    "sightings": """
        select captures.id, captures.page_id, captures.fetched_at, captures.version,
               (select max(again.version) from snapshots as again
                where again.capture_id = shown.capture_id) as reading
        from captures
        -- A cross join is taken in the order written: looks are asked for by their time.
        cross join snapshots as shown on shown.page_id = captures.page_id and shown.version = captures.version
        where captures.outcome in ('new', 'changed', 'unchanged', 'moved')
        """,
    "changes": """
        select events.id, events.observed_at, sources.name as source, pages.url, events.kind, events.version,
               coalesce(snapshots.title, pages.title) as title, events.details, events.weight, snapshots.variant_of
        from events
        join pages on pages.id = events.page_id
        left join snapshots on snapshots.page_id = events.page_id and snapshots.version = events.version
        left join sources on sources.id = pages.source_id
        """,
    "edits": """
        select pages.url, sources.name as source, diffs.from_version, diffs.to_version, diffs.last_seen_at,
               captures.fetched_at as observed_at, actions.position, actions.action, actions.shape, actions.before,
               actions.after, actions.similarity, actions.weight, actions.kinds, diffs.unmarked, snapshots.title
        from actions
        join diffs on diffs.capture_id = actions.capture_id
        join captures on captures.id = diffs.capture_id
        join snapshots on snapshots.page_id = diffs.page_id and snapshots.version = diffs.to_version
        join pages on pages.id = diffs.page_id
        left join sources on sources.id = pages.source_id
        order by actions.capture_id desc, actions.position
        """,
    "unmarked": """
        select pages.url, sources.name as source, diffs.from_version, diffs.to_version, diffs.last_seen_at,
               captures.fetched_at as observed_at, diffs.unmarked as score, diffs.evidence, diffs.weight, diffs.kinds,
               diffs.additions, diffs.deletions, diffs.edits, diffs.refactors, diffs.merges, diffs.splits, shown.title
        from diffs
        join captures on captures.id = diffs.capture_id
        join snapshots as stood on stood.page_id = diffs.page_id and stood.version = diffs.from_version
        join snapshots as shown on shown.page_id = diffs.page_id and shown.version = diffs.to_version
        join pages on pages.id = diffs.page_id
        left join sources on sources.id = pages.source_id
        where diffs.unmarked > 0
          and coalesce(stood.variant_of, stood.version) <> coalesce(shown.variant_of, shown.version)
        order by diffs.unmarked desc, diffs.capture_id desc
        """,
    "headline_history": """
        select pages.url, sources.name as source, stood.version as from_version, shown.version as to_version,
               events.details ->> 'last_seen_at' as last_seen_at, events.observed_at, stood.title as before,
               shown.title as after, events.weight, events.details -> 'kinds' as kinds,
               (select json_group_array(others.title) from snapshots as others
                where others.page_id = shown.page_id and others.version <> shown.version
                  and coalesce(others.variant_of, others.version) = coalesce(shown.variant_of, shown.version)
               ) as variants,
               events.capture_id
        from events
        join pages on pages.id = events.page_id
        join snapshots as shown on shown.page_id = events.page_id and shown.version = events.version
        left join snapshots as stood on stood.page_id = events.page_id
             and stood.version = events.details ->> 'from_version'
        left join sources on sources.id = pages.source_id
        where events.kind = 'first_seen'
           or (events.kind = 'headline_changed'
               and coalesce(stood.variant_of, stood.version) is not coalesce(shown.variant_of, shown.version))
        order by events.observed_at, events.id
        """,
    "headlines": """
        select url, source, to_version as version, observed_at as captured_at, after as title from headline_history
        """,
    "corrections": """
        select url, source, correction, version, last_seen_without_at, first_seen_at,
               -- `~` is later than any time. As a bound of the index, `removed_at` is reckoned once for each row.
               (select fetched_at from sightings
                where sightings.page_id = run.page_id and fetched_at < coalesce(removed_at, '~')
                order by fetched_at desc limit 1) as last_seen_at,
               removed_at
        from (
            select pages.url, sources.name as source, notice.value as correction, look.version, look.page_id,
                   (select before.fetched_at from sightings as before
                    where before.page_id = look.page_id and before.fetched_at < look.fetched_at
                    order by before.fetched_at desc limit 1) as last_seen_without_at,
                   look.fetched_at as first_seen_at,
                   (select after.fetched_at from sightings as after
                    join snapshots as read on read.page_id = after.page_id and read.version = after.reading
                    where after.page_id = look.page_id and after.fetched_at > look.fetched_at
                      and not exists (select 1 from json_each(read.notices) where key = notice.key)
                    order by after.fetched_at limit 1) as removed_at
            from pages
            join sightings as look on look.page_id = pages.id
            join snapshots as reading on reading.page_id = look.page_id and reading.version = look.reading
            join json_each(reading.notices) as notice
            left join sources on sources.id = pages.source_id
            where exists (select 1 from snapshots as any
                          where any.page_id = pages.id and any.notices <> '{}')
              and not exists (
                  select 1 from snapshots as stood, json_each(stood.notices) as was
                  where was.key = notice.key and stood.page_id = look.page_id and stood.version = (
                      select before.reading from sightings as before
                      where before.page_id = look.page_id
                        and (before.fetched_at, before.id) < (look.fetched_at, look.id)
                      order by before.fetched_at desc, before.id desc limit 1))
        ) as run
        """,
}


def create(db: Database) -> None:
    """The tables, columns, indexes and views."""
    db.table("events").add_column("weight", float)
    db.table("snapshots").add_column("variant_of", int)
    # Correction notices, each by its normal form.
    db.execute("alter table snapshots add column notices text not null default '{}'")
    db.execute("create index snapshots_noticed on snapshots (page_id) where notices <> '{}'")
    # A page that is asked for by its URL, and the readings of a capture.
    db.execute("create index pages_url on pages (url)")
    db.execute("create index snapshots_capture on snapshots (capture_id, version)")
    db.table("diffs").create(
        {
            "capture_id": int,
            "page_id": int,
            "from_version": int,
            "to_version": int,
            "last_seen_at": str,
            "weight": float,
            "kinds": str,
            "unmarked": float,
            "evidence": str,
            "additions": int,
            "deletions": int,
            "edits": int,
            "refactors": int,
            "merges": int,
            "splits": int,
        },
        pk="capture_id",
        not_null={"page_id", "from_version", "to_version", "weight", "kinds", "unmarked", "evidence"},
        foreign_keys=[("capture_id", "captures", "id"), ("page_id", "pages", "id")],
        strict=True,
    ).create_index(["page_id"])
    # What is edited without a word about it, the clearest first.
    db.execute("create index diffs_unmarked on diffs (unmarked)")
    db.table("actions").create(
        {
            "capture_id": int,
            "position": int,
            "action": str,
            "shape": str,
            "before": str,
            "after": str,
            "before_index": int,
            "after_index": int,
            "similarity": float,
            "weight": float,
            "kinds": str,
        },
        pk=("capture_id", "position"),
        not_null={"action", "similarity", "weight", "kinds"},
        foreign_keys=[("capture_id", "captures", "id")],
        strict=True,
    )
    for name, sql in VIEWS.items():
        db.create_view(name, sql, replace=True)
