"""The database's schema, as named steps. A step that has landed is never edited: add another."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from archive import completing, event_words, schema_edits
from archive.copies import shingles
from archive.credits import contributors

migrations = Migrations("stet")


def step_names() -> frozenset[str]:
    """The names of all steps that this version of stet knows."""
    with closing(sqlite3.connect(":memory:")) as nothing:
        return frozenset(step.name for step in migrations.pending(Database(nothing)))


@migrations()
def create_tables(db: Database) -> None:
    """One table a noun of the trade; text in plain columns, times as ISO 8601 UTC."""
    db.table("sources").create(
        {
            "id": int,
            "name": str,
            "last_success_at": str,
            "last_error": str,
            # Apart from `failures`, which counts pages: what is wrong with the source's feeds and sitemaps.
            "discovery_error": str,
            "failures": int,
            "failing_since": str,
        },
        pk="id",
        not_null={"name", "failures"},
        defaults={"failures": 0},
        strict=True,
    ).create_index(["name"], unique=True)
    pages = db.table("pages").create(
        {
            "id": int,
            "key": str,
            "url": str,
            "host": str,
            "source_id": int,
            "state": str,
            "version": int,
            "title": str,
            "published": str,
            "modified": str,
            "first_seen_at": str,
            "last_checked_at": str,
            "last_changed_at": str,
            "etag": str,
            "last_modified": str,
            "body_digest": str,
            "checks": int,
            "failures": int,
            "watched": int,
            "unwatched_at": str,
            "next_check_at": str,
        },
        pk="id",
        not_null={"key", "url", "host", "state", "checks", "failures", "watched", "first_seen_at"},
        defaults={"state": "unseen", "checks": 0, "failures": 0, "watched": 0},
        foreign_keys=[("source_id", "sources", "id")],
        strict=True,
    )
    pages.create_index(["key"], unique=True)
    pages.create_index(["source_id"])
    # The frontier asks each host for its first due pages.
    db.execute("create index pages_due on pages (host, next_check_at) where watched")
    db.table("aliases").create(
        {"key": str, "page_id": int},
        pk="key",
        not_null={"page_id"},
        foreign_keys=[("page_id", "pages", "id")],
        strict=True,
    ).create_index(["page_id"])
    db.table("bodies").create(
        {"digest": str, "size": int, "zstd": bytes},
        pk="digest",
        not_null={"size", "zstd"},
        strict=True,
    )
    captures = db.table("captures").create(
        {
            "id": int,
            "page_id": int,
            "fetched_at": str,
            "status": int,
            "outcome": str,
            "version": int,
            "final_url": str,
            "headers": str,
            "body_digest": str,
            "detail": str,
        },
        pk="id",
        not_null={"page_id", "fetched_at", "outcome"},
        foreign_keys=[("page_id", "pages", "id")],
        strict=True,
    )
    captures.create_index(["page_id", "fetched_at"])
    snapshots = db.table("snapshots").create(
        {
            "id": int,
            "page_id": int,
            "version": int,
            "capture_id": int,
            "captured_at": str,
            "title": str,
            "authors": str,
            "published": str,
            "modified": str,
            "language": str,
            "text": str,
            "corrections": str,
            "credits": str,
            "words_added": int,
            "words_removed": int,
            "fingerprint": str,
            "extractor": str,
            "chain": str,
        },
        pk="id",
        not_null={"page_id", "version", "capture_id", "captured_at", "text", "fingerprint", "chain"},
        foreign_keys=[("page_id", "pages", "id"), ("capture_id", "captures", "id")],
        strict=True,
    )
    snapshots.create_index(["page_id", "version"], unique=True)
    snapshots.create_index(["page_id", "fingerprint"], unique=True)
    db.table("blocks").create(
        {"snapshot_id": int, "position": int, "role": str, "text": str, "reason": str},
        pk=("snapshot_id", "position"),
        not_null={"role", "text"},
        foreign_keys=[("snapshot_id", "snapshots", "id")],
        strict=True,
    )
    events = db.table("events").create(
        {
            "id": int,
            "page_id": int,
            "capture_id": int,
            "version": int,
            "kind": str,
            "observed_at": str,
            "details": str,
        },
        pk="id",
        not_null={"page_id", "capture_id", "kind", "observed_at", "details"},
        foreign_keys=[("page_id", "pages", "id"), ("capture_id", "captures", "id")],
        strict=True,
    )
    events.create_index(["page_id", "kind"])
    events.create_index(["observed_at"])
    events.create_index(["capture_id"])


@migrations()
def create_views(db: Database) -> None:
    """One view per question a researcher asks first."""
    db.create_view(
        "latest",
        """
        select pages.url, sources.name as source, pages.state, snapshots.version, snapshots.captured_at,
               snapshots.title, snapshots.authors, snapshots.published, snapshots.modified,
               snapshots.language, snapshots.text, snapshots.corrections
        from pages
        join snapshots on snapshots.page_id = pages.id and snapshots.version = pages.version
        left join sources on sources.id = pages.source_id
        """,
    )
    db.create_view(
        "changes",
        """
        select events.id, events.observed_at, sources.name as source, pages.url, events.kind, events.version,
               coalesce(snapshots.title, pages.title) as title, events.details
        from events
        join pages on pages.id = events.page_id
        left join snapshots on snapshots.page_id = events.page_id and snapshots.version = events.version
        left join sources on sources.id = pages.source_id
        """,
    )
    db.create_view(
        "headlines",
        """
        select url, source, version, captured_at, title from (
            select pages.url, sources.name as source, snapshots.version, snapshots.captured_at, snapshots.title,
                   lag(snapshots.title) over (
                       partition by snapshots.page_id order by snapshots.version
                   ) as before
            from snapshots
            join pages on pages.id = snapshots.page_id
            left join sources on sources.id = pages.source_id
        )
        where before is null or before is not title
        """,
    )


@migrations()
def remember_places(db: Database) -> None:
    """Where on each page its article was found last (crawler/extraction/place.py)."""
    db.table("pages").add_column("place", str)


@migrations()
def create_doubts(db: Database) -> None:
    """Texts that shrank and are not believed yet (archive/doubt.py): a page has at most one."""
    db.table("doubts").create(
        {"page_id": int, "since": str, "fingerprint": str, "last_checked_at": str},
        pk="page_id",
        not_null={"since", "fingerprint"},
        foreign_keys=[("page_id", "pages", "id")],
        strict=True,
    )


@migrations()
def create_source_lines(db: Database) -> None:
    """What a source repeats from article to article; its columns are explained in `archive/evidence.py`."""
    db.table("sources").add_column("articles_counted", int, not_null_default=0)
    db.table("source_lines").create(
        {
            "source_id": int,
            "digest": int,
            "text": str,
            "pages": int,
            "stories": int,
            "days": int,
            "first_day": str,
            "last_day": str,
            "titles": str,
            "since": int,
            "first_seen_at": str,
            "last_seen_at": str,
            "learned_at": str,
        },
        pk=("source_id", "digest"),
        not_null={
            *("text", "pages", "stories", "days", "first_day", "last_day", "titles", "since"),
            *("first_seen_at", "last_seen_at"),
        },
        foreign_keys=[("source_id", "sources", "id")],
        strict=True,
    )
    # Each batch of leases asks for what its sources have learned.
    db.execute("create index source_lines_learned on source_lines (source_id) where learned_at is not null")


@migrations()
def name_contributors(db: Database) -> None:
    """Who is named in a snapshot's credits, and what they did, beside the credits as published."""
    db.execute("alter table snapshots add column contributors text not null default '[]'")
    credited = db.execute("select id, credits, language from snapshots where credits <> '[]'").fetchall()
    for snapshot_id, said, language in credited:
        named = [asdict(each) for each in contributors(json.loads(said), language)]
        db.table("snapshots").update(snapshot_id, {"contributors": json.dumps(named, ensure_ascii=False)})


@migrations()
def note_provenance(db: Database) -> None:
    """By which settings each snapshot was read, what has read the same in it since, and which are our own doing."""
    for column, kind in (
        ("settings_digest", str),
        # A JSON list; null in rows older than this step, which were read by the default.
        ("text_roles", str),
        # The version that stood before, where this one reads otherwise because we do.
        ("reextracts", int),
        # The last extraction and settings that read the same. Outside of the chain: they are noted later.
        ("replayed_by", str),
        ("replayed_settings", str),
    ):
        db.table("snapshots").add_column(column, kind)
    db.create_view(
        "headlines",
        """
        select url, source, version, captured_at, title from (
            select pages.url, sources.name as source, snapshots.version, snapshots.captured_at, snapshots.title,
                   snapshots.reextracts,
                   lag(snapshots.title) over (
                       partition by snapshots.page_id order by snapshots.version
                   ) as before
            from snapshots
            join pages on pages.id = snapshots.page_id
            left join sources on sources.id = pages.source_id
        )
        where before is null or (before is not title and reextracts is null)
        """,
        replace=True,
    )


@migrations()
def keep_edits(db: Database) -> None:
    """What each version changed, what each event weighs, which headlines are shown in turn, and views of that."""
    schema_edits.create(db)
    completing.complete(db)


@migrations()
def create_search(db: Database) -> None:
    """The full-text index over titles and texts (archive/search), and the words that stand in it, with their counts.

    Marks belong to words (`M*`): without them vowel signs would cut Hindi, Arabic and Hebrew words apart.
    """
    db.execute(
        """create virtual table snapshots_fts using fts5(
               title, text, content = 'snapshots', content_rowid = 'id',
               tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
           )"""
    )
    insert = "insert into snapshots_fts (rowid, title, text) values (new.id, new.title, new.text);"
    delete = (
        "insert into snapshots_fts (snapshots_fts, rowid, title, text) values ('delete', old.id, old.title, old.text);"
    )
    for name, moment, statements in (
        ("snapshots_added", "insert", insert),
        ("snapshots_deleted", "delete", delete),
        # Notes on a snapshot, as on what has read the same since, leave its words alone.
        ("snapshots_rewritten", "update of title, text", delete + insert),
    ):
        db.execute(f"create trigger {name} after {moment} on snapshots begin {statements} end")
    db.execute("create virtual table snapshots_vocab using fts5vocab (snapshots_fts, row)")
    db.execute("insert into snapshots_fts (snapshots_fts) values ('rebuild')")


@migrations()
def index_copies(db: Database) -> None:
    """Samples of each snapshot's wording, and which pages carry them since which version (archive/copies)."""
    db.execute(
        """create table sketches (
               snapshot_id integer primary key references snapshots (id) on delete cascade,
               scheme text not null, shingles integer not null, ceiling integer not null, hashes blob not null
           ) strict"""
    )
    # No foreign key: without an index of its own, each page that is folded into another would cost a scan.
    db.execute(
        """create table shingles (hash integer not null, page_id integer not null, version integer not null,
                                  primary key (hash, page_id)) strict, without rowid"""
    )
    shingles.index_all(db)


@migrations()
def look_through_events(db: Database) -> None:
    """Indexes: one that filters the stream of events by itself, in its order; of the words that events tell; and of
    the edits of a capture, the heaviest first."""
    db.execute("create index events_stream on events (observed_at, id, kind, weight, page_id)")
    db.execute("drop index idx_events_observed_at")
    db.execute("create index actions_heaviest on actions (capture_id, weight desc)")
    event_words.create(db)


@migrations()
def index_health(db: Database) -> None:
    """What archive/health.py asks of the last days: fetches and edits by their time, and fetches that failed.

    A covering index, since the rows of captures hold headers and those of snapshots whole texts.
    """
    db.execute("create index captures_fetched on captures (fetched_at, page_id, outcome)")
    db.execute("create index captures_failed on captures (fetched_at) where outcome in ('error', 'blocked', 'refused')")
    db.execute(
        """create index snapshots_edited on snapshots (captured_at, page_id)
           where version > 1 and reextracts is null and variant_of is null"""
    )


@migrations()
def keep_outbox(db: Database) -> None:
    """How far each rule of notifications has looked, and the deliveries (archive/outbox.py)."""
    db.execute("create table notification_rules (name text primary key, considered integer not null) strict")
    db.execute(
        """create table deliveries (
               id integer primary key, rule text not null, target text not null, message_id text not null,
               events text not null, state text not null, attempts integer not null, created_at text not null,
               next_attempt_at text, ended_at text, last_error text
           ) strict"""
    )
    db.execute("create index deliveries_waiting on deliveries (next_attempt_at) where state = 'waiting'")


@migrations()
def steer_by_hand(db: Database) -> None:
    """Sources may be paused, and pages asked for ahead of their turn (scheduler/frontier.py)."""
    db.table("sources").add_column("paused_at", str)
    db.table("pages").add_column("asked_at", str)
    db.execute("create index pages_asked on pages (asked_at) where watched and asked_at is not null")
    # By source too: the frontier passes over one that is paused by one look, however many of its pages are due.
    db.execute("drop index pages_due")
    db.execute("create index pages_due on pages (host, coalesce(source_id, 0), next_check_at) where watched")


@migrations()
def tell_once_for_all_rules(db: Database) -> None:
    """A delivery may be for several rules, which want the same told to the same target."""
    db.execute("alter table deliveries rename column rule to rules")
    db.execute("update deliveries set rules = json_array(rules)")
