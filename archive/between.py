"""What the archive knows of two snapshots of a page that the two do not say themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import snapshots, variants
from archive.errors import UnknownPage, UnknownVersion

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.models import Snapshot
    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was kept of an edit when it was seen (archive/edits.py)."""

    weight: float
    kinds: tuple[str, ...]
    unmarked: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that an article gave, as far as was seen."""

    published: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Between:
    """What is known of the way from one snapshot of a page to another."""

    readings: tuple[int, ...] = ()
    """The versions on the way that read otherwise because extraction does."""
    in_turn: bool = False
    """Whether the page shows the headlines of the two in turn."""
    last_dates: Dates | None = None
    """Those of the older one when it was last seen: they may advance while it stands. None where nobody noted them."""
    recorded: Recorded | None = None
    """Of the first time that the one was seen in place of the other; None where it never was."""


def pair(db: Database, page: Page, before: int | None, after: int | None) -> tuple[int, int]:
    """The two versions to compare where one or none was named: by default the last change that was seen.

    The versions that were named are the caller's to check. Raises UnknownPage where nothing was seen in place of the
    one, or the one in place of nothing.
    """
    if before is not None and after is not None:
        return before, after
    last = snapshots.last_version(db, page)
    if last <= 1:
        only = snapshots.load(db, page).version
        raise UnknownPage(f"{page.url} has no other version to compare version {only} with")
    if before is not None:
        return before, _came_after(db, page, before, last)
    if after is None:
        found = _last_edit(db, page) or _last_turn(db, page)
        if found is not None:
            return found
        after = last
    return _stood_before(db, page, after), after


def _came_after(db: Database, page: Page, version: int, last: int) -> int:
    """The last version; after that one, the version that the page went back to."""
    if version != last:
        return last
    row = db.execute(
        "select to_version from diffs where page_id = ? and from_version = ? order by capture_id desc limit 1",
        [page.id, version],
    ).fetchone()
    if row is None:
        raise UnknownVersion(page.url, f"nothing was seen at {page.url} after version {version}")
    return int(row[0])


def _last_edit(db: Database, page: Page) -> tuple[int, int] | None:
    """The versions of the last edit, if its outcome stands there, be it as it was read then or as it is read today."""
    row = db.execute(
        "select from_version, to_version from diffs where page_id = ? order by capture_id desc limit 1", [page.id]
    ).fetchone()
    return (int(row[0]), int(row[1])) if row and row[1] in _readings(db, page) else None


def _last_turn(db: Database, page: Page) -> tuple[int, int] | None:
    """What the page showed last before the version that stands there, and that version, where no edit is told of it.

    So it is where headlines are shown in turn, and where a page goes to and fro.
    """
    readings = _readings(db, page)
    row = db.execute(
        """select version from sightings
           where page_id = ? and version not in (select value from json_each(?))
           order by fetched_at desc, id desc limit 1""",
        [page.id, json.dumps(readings)],
    ).fetchone()
    return (int(row[0]), readings[-1]) if row else None


def _readings(db: Database, page: Page) -> list[int]:
    """The version that stands there, and those that it is another reading of, back to the first one."""
    rows = db.execute(
        """with recursive readings (version) as (
               select version from pages where id = :page
               union
               select snapshots.reextracts from readings
               join snapshots on snapshots.page_id = :page and snapshots.version = readings.version
               where snapshots.reextracts is not null
           ) select version from readings where version is not null""",
        {"page": page.id},
    )
    return [int(version) for (version,) in rows]


def _stood_before(db: Database, page: Page, version: int) -> int:
    """The version that stood there before this one was first seen; of the first, before it was seen again."""
    row = db.execute(
        """select coalesce(diffs.from_version, snapshots.reextracts, returns.from_version)
           from snapshots
           left join diffs on diffs.capture_id = snapshots.capture_id and diffs.to_version = snapshots.version
           left join diffs as returns on returns.page_id = snapshots.page_id and returns.to_version = snapshots.version
                and snapshots.version = 1
           where snapshots.page_id = ? and snapshots.version = ?
           order by returns.capture_id desc limit 1""",
        [page.id, version],
    ).fetchone()
    if row is not None and row[0] is not None:
        return int(row[0])
    if version == 1:
        raise UnknownVersion(page.url, f"nothing was seen at {page.url} before version 1")
    return version - 1


def between(db: Database, page: Page, before: Snapshot, after: Snapshot) -> Between:
    """What is known of the way from `before` to `after`, in whichever order they came."""
    return Between(
        readings=snapshots.readings_between(db, page, before.version, after.version),
        in_turn=variants.in_turn(db, page.id, before.article.title, after.article.title),
        last_dates=_last_dates(db, page, before.version, after.version),
        recorded=_recorded(db, page, before.version, after.version),
    )


def _recorded(db: Database, page: Page, before: int, after: int) -> Recorded | None:
    row = db.execute(
        """select weight, kinds, unmarked, evidence from diffs
           where page_id = ? and from_version = ? and to_version = ? order by capture_id limit 1""",
        [page.id, before, after],
    ).fetchone()
    if row is None:
        return None
    weight, kinds, unmarked, evidence = row
    return Recorded(weight, tuple(json.loads(kinds)), unmarked, tuple(json.loads(evidence)))


def _last_dates(db: Database, page: Page, before: int, after: int) -> Dates | None:
    """The dates as last seen before the first edit after `before`, `after` at the latest."""
    row = db.execute(
        """select snapshots.version, snapshots.published, snapshots.modified, events.details
           from snapshots
           join diffs on diffs.capture_id = snapshots.capture_id and diffs.to_version = snapshots.version
           left join events on events.capture_id = snapshots.capture_id and events.version = snapshots.version
                and events.kind = 'dates_changed'
           where snapshots.page_id = ? and snapshots.version > ? and snapshots.version <= ?
           order by snapshots.version limit 1""",
        [page.id, before, after],
    ).fetchone()
    if row is None:
        return None
    version, published, modified, details = row
    changed = json.loads(details or "{}")
    return Dates(
        changed["published"]["before"]
        if "published" in changed
        else published or _given(db, page, "published", version),
        changed["modified"]["before"] if "modified" in changed else modified or _given(db, page, "modified", version),
    )


def _given(db: Database, page: Page, date: str, before: int) -> str | None:
    """The date that was the last to be given before a version that gives none."""
    row = db.execute(
        """select given from (
               select details ->> ('$.' || :date || '.after') as given, observed_at from events
               where page_id = :page and kind = 'dates_changed'
               union all
               select iif(:date = 'modified', modified, published), captured_at from snapshots where page_id = :page
           ) where given is not null
               and observed_at < (select captured_at from snapshots where page_id = :page and version = :before)
           order by observed_at desc limit 1""",
        {"page": page.id, "date": date, "before": before},
    ).fetchone()
    return None if row is None else str(row[0])
