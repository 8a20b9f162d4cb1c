"""What the step `keep_edits` of archive/schema.py makes, and what it completes in an archive that is older than it.

It reads the columns that there are at that step, and no others: later steps have not been taken yet when it runs.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from archive import edits, events, variants
from archive.compare.versions.diff import diff
from archive.models import TEXT_ROLES, Article, Block, Role
from archive.progress import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

VIEWS = {
    "changes": """
        select events.id, events.observed_at, sources.name as source, pages.url, events.kind, events.version,
               coalesce(snapshots.title, pages.title) as title, events.details, events.weight, snapshots.variant_of
        from events
        join pages on pages.id = events.page_id
        left join snapshots on snapshots.page_id = events.page_id and snapshots.version = events.version
        left join sources on sources.id = pages.source_id
        """,
    "edits": """
        select pages.url, sources.name as source, diffs.from_version, snapshots.version as to_version,
               diffs.last_seen_at, snapshots.captured_at as observed_at, actions.position, actions.action,
               actions.shape, actions.before, actions.after, actions.similarity, actions.weight, actions.kinds,
               diffs.unmarked, snapshots.title
        from actions
        join diffs on diffs.snapshot_id = actions.snapshot_id
        join snapshots on snapshots.id = diffs.snapshot_id
        join pages on pages.id = snapshots.page_id
        left join sources on sources.id = pages.source_id
        order by actions.snapshot_id desc, actions.position
        """,
    "unmarked": """
        select pages.url, sources.name as source, diffs.from_version, snapshots.version as to_version,
               diffs.last_seen_at, snapshots.captured_at as observed_at, diffs.unmarked as score, diffs.evidence,
               diffs.weight, diffs.kinds, diffs.additions, diffs.deletions, diffs.edits, diffs.refactors,
               diffs.merges, diffs.splits, snapshots.title
        from diffs
        join snapshots on snapshots.id = diffs.snapshot_id
        join pages on pages.id = snapshots.page_id
        left join sources on sources.id = pages.source_id
        where diffs.unmarked > 0 and snapshots.variant_of is null
        order by diffs.unmarked desc, diffs.snapshot_id desc
        """,
    "headline_history": """
        select pages.url, sources.name as source, stood.version as from_version, shown.version as to_version,
               events.details ->> 'last_seen_at' as last_seen_at, events.observed_at, stood.title as before,
               shown.title as after, events.weight, events.details -> 'kinds' as kinds,
               (select json_group_array(others.title) from snapshots as others
                where others.page_id = shown.page_id and others.version <> shown.version
                  and coalesce(others.variant_of, others.version) = coalesce(shown.variant_of, shown.version)
               ) as variants
        from events
        join pages on pages.id = events.page_id
        join snapshots as shown on shown.page_id = events.page_id
             and shown.version = iif(events.kind = 'first_seen', events.version, events.details ->> 'to_version')
        left join snapshots as stood on stood.page_id = events.page_id
             and stood.version = events.details ->> 'from_version'
        left join sources on sources.id = pages.source_id
        where events.kind = 'first_seen'
           or (events.kind in ('headline_changed', 'returned', 'unpaywalled') and stood.title is not shown.title
               and coalesce(stood.variant_of, stood.version) is not coalesce(shown.variant_of, shown.version))
        """,
    "corrections": """
        select url, source, correction, version, last_seen_without_at, first_seen_at, last_seen_at,
               (select min(captures.fetched_at) from captures
                where captures.page_id = noticed.page_id and captures.fetched_at > noticed.last_seen_at
                  and captures.outcome in ('new', 'changed', 'unchanged', 'moved')) as removed_at
        from (
            select pages.url, sources.name as source, notice.value as correction, first.page_id, first.version,
                   (select diffs.last_seen_at from diffs where diffs.snapshot_id = first.id) as last_seen_without_at,
                   first.captured_at as first_seen_at,
                   (select max(captures.fetched_at) from captures
                    join snapshots as shown on shown.page_id = captures.page_id and shown.version = captures.version
                    join snapshots as reading on reading.capture_id = shown.capture_id
                    where captures.page_id = first.page_id
                      and captures.outcome in ('new', 'changed', 'unchanged', 'moved')
                      and notice.value in (select value from json_each(reading.corrections))
                      and not exists (select 1 from snapshots as later
                                      where later.capture_id = reading.capture_id and later.version > reading.version)
                   ) as last_seen_at
            from snapshots as first, json_each(first.corrections) as notice
            join pages on pages.id = first.page_id
            left join sources on sources.id = pages.source_id
            where first.corrections <> '[]'
              and not exists (select 1 from snapshots as later
                              where later.capture_id = first.capture_id and later.version > first.version)
              and not exists (select 1 from snapshots as earlier
                              where earlier.page_id = first.page_id and earlier.captured_at < first.captured_at
                                and notice.value in (select value from json_each(earlier.corrections))
                                and not exists (select 1 from snapshots as later
                                                where later.capture_id = earlier.capture_id
                                                  and later.version > earlier.version))
        ) as noticed
        """,
}


def create(db: Database) -> None:
    """The tables, columns, indexes and views."""
    db.table("events").add_column("weight", float)
    db.table("snapshots").add_column("variant_of", int)
    # A page that is asked for by its URL, and the readings of a capture.
    db.execute("create index pages_url on pages (url)")
    db.execute("create index snapshots_capture on snapshots (capture_id, version)")
    db.table("diffs").create(
        {
            "snapshot_id": int,
            "from_version": int,
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
        pk="snapshot_id",
        not_null={"from_version", "weight", "kinds", "unmarked", "evidence"},
        foreign_keys=[("snapshot_id", "snapshots", "id")],
        strict=True,
    )
    # What is edited without a word about it, the clearest first.
    db.execute("create index diffs_unmarked on diffs (unmarked)")
    db.table("actions").create(
        {
            "snapshot_id": int,
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
        pk=("snapshot_id", "position"),
        not_null={"action", "similarity", "weight", "kinds"},
        foreign_keys=[("snapshot_id", "snapshots", "id")],
        strict=True,
    )
    for name, sql in VIEWS.items():
        db.create_view(name, sql, replace=True)


def complete(db: Database) -> None:
    """Tell of the versions and events that an archive holds already as recording tells of them."""
    db.execute("update events set kind = 'unpaywalled' where kind = 'returned' and details ->> 'before' = 'paywalled'")
    for kind, weight in events.WEIGHTS.items():
        db.execute("update events set weight = ? where kind = ?", [weight, kind.value])
    _complete_details(db)
    edited = db.execute("select page_id from snapshots group by page_id having count(*) > 1").fetchall()
    for (page_id,) in told(edited, "comparing the versions of pages", len(edited)):
        _complete_edits(db, page_id)
        variants.mark(db, page_id)


def _complete_details(db: Database) -> None:
    """What was before and after, and when what was before was last seen."""
    for sql in (
        """update events set details = json_set(details, '$.before', null, '$.after', details ->> 'title')
           where kind = 'first_seen'""",
        """update events set details = json_set(details, '$.to_version', version, '$.from_version',
               coalesce(details ->> 'from_version',
                        (select reextracts from snapshots where snapshots.page_id = events.page_id
                         and snapshots.version = events.version)))
           where kind = 'reextracted'""",
        """update events set details = json_set(details, '$.after', 'live',
               '$.status', (select status from captures where captures.id = events.capture_id))
           where kind in ('returned', 'unpaywalled')""",
        """update events set details = json_set(details, '$.headline', json_object(
               'before', (select title from snapshots where snapshots.page_id = events.page_id
                          and snapshots.version = events.details ->> 'from_version'),
               'after', (select title from snapshots where snapshots.page_id = events.page_id
                         and snapshots.version = events.details ->> 'to_version')))
           where kind = 'returned' and details ->> 'before' = 'live'""",
        """update events set details = json_set(details, '$.after', kind,
               '$.status', (select status from captures where captures.id = events.capture_id),
               '$.before', (select iif(earlier.kind in ('gone', 'paywalled'), earlier.kind, 'live')
                            from (select 'live' as kind, 0 as id
                                  union all
                                  select kind, id from events as past
                                  where past.page_id = events.page_id and past.id < events.id
                                    and past.kind in ('gone', 'paywalled', 'returned', 'unpaywalled')
                            ) as earlier order by earlier.id desc limit 1))
           where kind in ('gone', 'paywalled')""",
        """update events set details = json_set(details, '$.last_seen_at', (
               select max(captures.fetched_at) from captures
               where captures.page_id = events.page_id and captures.fetched_at < events.observed_at
                 and iif(events.kind in ('gone', 'paywalled', 'returned', 'unpaywalled')
                         and events.details ->> 'before' in ('gone', 'paywalled'),
                         captures.outcome = events.details ->> 'before',
                         captures.outcome in ('new', 'changed', 'unchanged', 'moved'))))
           where kind not in ('first_seen', 'reextracted')""",
    ):
        db.execute(sql)
    for event_id, said in _dates_changed(db):
        details = json.loads(said)
        dates = {name: details[name] for name in ("published", "modified") if name in details}
        sides = {side: {name: each[side] for name, each in dates.items()} for side in ("before", "after")}
        _add_details(db, event_id, sides)


def _dates_changed(db: Database) -> Iterator[tuple[int, str]]:
    """The events of that kind with their details, some at a time: they are altered while they are read."""
    last = 0
    while rows := db.execute(
        "select id, details from events where kind = 'dates_changed' and id > ? order by id limit 1000", [last]
    ).fetchall():
        yield from rows
        last = rows[-1][0]


def _complete_edits(db: Database, page_id: int) -> None:
    """The rows of `diffs` and `actions` of a page's versions, and what its events say of them."""
    rows = db.execute(
        """select id, version, captured_at, capture_id from snapshots
           where page_id = ? and version > 1 and reextracts is null order by version""",
        [page_id],
    ).fetchall()
    for snapshot_id, version, captured_at, capture_id in rows:
        stood = _stood_before(db, page_id, capture_id, captured_at) or version - 1
        before, after = _article(db, page_id, stood), _article(db, page_id, version)
        before = replace(before, modified=_modified(db, page_id, captured_at) or before.modified)
        edit = edits.Edit(stood, before, after, diff(before, after))
        (seen,) = db.execute(
            """select max(fetched_at) from captures where page_id = ? and fetched_at < ?
               and outcome in ('new', 'changed', 'unchanged', 'moved')""",
            [page_id, captured_at],
        ).fetchone()
        edits.store(db, snapshot_id, edit, last_seen_at=seen)
        for event in events.of_edit(edit, to_version=version):
            for event_id, weight in db.execute(
                "select id, weight from events where page_id = ? and version = ? and kind = ?",
                [page_id, version, event.kind.value],
            ).fetchall():
                _add_details(db, event_id, event.details)
                db.table("events").update(event_id, {"weight": weight if event.weight is None else event.weight})


def _stood_before(db: Database, page_id: int, capture_id: int, captured_at: str) -> int | None:
    """The version that a capture was compared with: what the one before showed, or how that was read since."""
    row = db.execute(
        """select version, fetched_at from captures where page_id = ? and id < ? and version is not null
           order by fetched_at desc, id desc limit 1""",
        [page_id, capture_id],
    ).fetchone()
    if row is None:
        return None
    shown, fetched_at = row
    reread = db.execute(
        """select version from events where page_id = ? and kind = 'reextracted' and capture_id <> ?
           and observed_at > ? and observed_at <= ? order by id desc limit 1""",
        [page_id, capture_id, fetched_at, captured_at],
    ).fetchone()
    return int(shown if reread is None else reread[0])


def _modified(db: Database, page_id: int, until: str) -> str | None:
    """The date of the last change that the page gave before then, also one that came between two versions."""
    row = db.execute(
        """select details ->> '$.modified.after' from events
           where page_id = ? and kind = 'dates_changed' and observed_at < ?
             and details ->> '$.modified.after' is not null order by id desc limit 1""",
        [page_id, until],
    ).fetchone()
    return None if row is None else str(row[0])


def _article(db: Database, page_id: int, version: int) -> Article:
    snapshot_id, title, authors, published, modified, language, text_roles = db.execute(
        """select id, title, authors, published, modified, language, text_roles
           from snapshots where page_id = ? and version = ?""",
        [page_id, version],
    ).fetchone()
    blocks = db.execute(
        "select role, text, reason from blocks where snapshot_id = ? order by position", [snapshot_id]
    ).fetchall()
    return Article(
        title=title,
        authors=tuple(json.loads(authors)),
        published=published,
        modified=modified,
        language=language,
        blocks=tuple(Block(Role(role), text, reason or "") for role, text, reason in blocks),
        text_roles=TEXT_ROLES if text_roles is None else frozenset(map(Role, json.loads(text_roles))),
    )


def _add_details(db: Database, event_id: int, more: Mapping[str, object]) -> None:
    (said,) = db.execute("select details from events where id = ?", [event_id]).fetchone()
    details = json.dumps({**json.loads(said), **more}, ensure_ascii=False)
    db.table("events").update(event_id, {"details": details})
