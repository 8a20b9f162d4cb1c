"""An archive that is older than the tables of edits is completed as if they had been there all along."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from sqlite3 import connect
from typing import TYPE_CHECKING

from sqlite_utils import Database
from support.archived import assert_sound
from support.desk import BODY, Desk, article, identity

from archive.models import Finding, Home, Outcome, Replay
from archive.opening import open_for_writing, transaction
from archive.reextraction import record_replay
from archive.schema import migrations

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = "Correction: there were 241 ships, not 214."
EDITED = (BODY[0].replace("214", "241"), *BODY[1:])
ADDED = {
    *("before", "after", "from_version", "to_version", "last_seen_at", "status", "kinds", "unmarked", "headline"),
    *("merges", "splits"),
}
"""The keys of events' details that came with the tables."""


def history(desk: Desk) -> None:
    """Some of all that happens to pages."""
    trial, edited, ours, back, led = map(identity, ("trial", "edited", "ours", "back", "led"))
    for title in "ABAB":
        desk.reads(article(title=title), trial)
    desk.reads(article(*EDITED, title="B"), trial)
    desk.reads(article(modified="2026-01-01T09:00:00Z"), edited)
    desk.finds(Outcome.ERROR, edited)
    desk.reads(article(modified="2026-01-01T12:00:00Z"), edited)
    notice = article(*EDITED, title="C", authors=(), modified="2026-01-01T12:00:00Z")
    desk.reads(notice, edited)
    desk.reads(replace(notice, blocks=article(*EDITED, corrections=(NOTICE,)).blocks), edited)
    desk.finds(Outcome.GONE, edited, detail="HTTP 410 Gone")
    desk.reads(article(*EDITED), edited)
    desk.finds(Outcome.PAYWALLED, edited)
    desk.finds(Outcome.GONE, edited)
    desk.reads(article(*EDITED), edited)
    desk.reads(article(*EDITED), edited, home=Home(identity("moved"), by_redirect=True))
    for found in (article(), article(*EDITED, corrections=(NOTICE,))) * 4:
        desk.reads(found, back)
    desk.finds(Outcome.PAYWALLED, back)
    desk.now += timedelta(days=2)
    desk.reads(article(), back)
    desk.finds(Outcome.GONE, back)
    desk.reads(article(*EDITED, "The quay is 300 metres long.", corrections=(NOTICE.replace("'", "’"),)), back)
    desk.reads(article(*EDITED, corrections=(NOTICE,)), back)
    desk.reads(article(corrections=(NOTICE,)), led)
    for _ in range(2):
        desk.reads(article(), led, home=Home(back, by_redirect=True))
    page = desk.reads(article(*BODY, "Reporting by our desk."), ours).page
    assert page.version is not None
    again = Finding(Outcome.NEW, article(), extractor="test 2")
    desk.now += timedelta(minutes=1)
    with transaction(desk.db):
        record_replay(desk.db, Replay(page.id, page.version, again), now=desk.now)
    desk.record(Finding(Outcome.NEW, article(*EDITED), extractor="test 2"), ours)


def aged(today: Path, old: Path) -> None:
    """The archive as it was kept before there were tables of edits."""
    with closing(connect(old)) as connection:
        migrations.apply(Database(connection), stop_before="keep_edits")
        connection.execute("attach ? as today", [str(today)])
        for table in ("sources", "pages", "aliases", "bodies", "captures", "snapshots", "blocks", "events"):
            columns = ", ".join(name for _, name, *_ in connection.execute(f"pragma main.table_info({table})"))
            connection.execute(f"insert into main.{table} ({columns}) select {columns} from today.{table}")
        # A return was told as one, once for each two versions, and without what it undid.
        connection.execute(
            """delete from events where kind in ('headline_changed', 'text_changed', 'byline_changed',
                                                'correction_added', 'correction_removed', 'dates_changed')
               and exists (select 1 from events as back where back.capture_id = events.capture_id
                           and back.kind in ('returned', 'unpaywalled')
                           and not exists (select 1 from snapshots where snapshots.capture_id = back.capture_id))"""
        )
        connection.execute(
            """delete from events where kind = 'returned' and details ->> 'before' = 'live' and exists (
                   select 1 from events as told where told.page_id = events.page_id and told.id < events.id
                   and told.kind = 'returned' and told.details ->> 'to_version' = events.details ->> 'to_version'
                   and told.details ->> 'from_version' = events.details ->> 'from_version')"""
        )
        connection.execute(
            """update events set details = json_set(details, '$.to_version', null)
               where kind in ('returned', 'unpaywalled')
                 and capture_id in (select capture_id from snapshots)"""
        )
        # Of a page whose history had ended, its own version was noted.
        connection.execute(
            """update captures set version = (select version from pages where pages.id = page_id)
               where outcome = 'moved' and version is null"""
        )
        for event_id, kind, said in connection.execute("select id, kind, details from events").fetchall():
            connection.execute(
                "update events set kind = ?, details = ? where id = ?",
                [
                    "returned" if kind == "unpaywalled" else kind,
                    json.dumps(_as_it_was(kind, json.loads(said))),
                    event_id,
                ],
            )
        connection.commit()


def _as_it_was(kind: str, details: dict[str, object]) -> dict[str, object]:
    stays = {
        "headline_changed": {"before", "after"},
        "byline_changed": {"before", "after"},
        "moved": {"before", "after"},
        "reextracted": {"from_version"},
        "returned": {"before", "from_version", "to_version"},
        "unpaywalled": {"before", "from_version", "to_version"},
    }.get(kind, set())
    return {key: value for key, value in details.items() if key not in ADDED or key in stays}


def told(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that the step adds."""
    found = {
        table: db.execute(f"select * from {table} order by 1, 2").fetchall()
        for table in ("diffs", "actions", "edits", "unmarked", "headline_history", "corrections")
    }
    events = db.execute(
        """select page_id, capture_id, observed_at, kind, version, weight, details from events
           order by observed_at, capture_id, kind, version"""
    ).fetchall()
    found["events"] = [(*row, sorted(json.loads(details).items())) for *row, details in events]
    found["sightings"] = db.execute("select * from sightings order by id").fetchall()
    found["notices"] = db.execute("select id, notices from snapshots order by id").fetchall()
    found["variants"] = db.execute("select page_id, version, variant_of from snapshots order by 1, 2").fetchall()
    return found


def test_an_older_archive_comes_out_as_one_that_was_recorded_today(tmp_path: Path) -> None:
    today, old = tmp_path / "today.db", tmp_path / "old.db"
    with open_for_writing(today) as db:
        history(Desk(db, source="Courier"))
        recorded = told(db)
    aged(today, old)
    with open_for_writing(old) as db:
        completed = told(db)
    for subject, rows in recorded.items():
        assert rows, subject
        assert completed[subject] == rows, subject
    assert_sound(old)
