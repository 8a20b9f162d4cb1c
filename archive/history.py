"""A page's history to be listed: where it stands, and its versions without their texts, a few at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a page beside its row."""

    source: str | None
    paused_at: str | None
    """Since when a person lets its source rest."""
    next_check_at: str | None
    """None where it is watched no more, or is past the last step of the re-check policy. While it is being fetched,
    when it will be due again if what fetches it dies."""
    away_at: str | None
    """When a page that is gone, behind a paywall or moved was first seen so."""
    last_there_at: str | None
    """When it was last seen otherwise."""
    moved_to: str | None
    """Where a page that has moved is now."""
    last_version: int
    back_at: str | None
    """Where what stands there is not the last version, since when the page is back at it."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What the change to a version was, as it was kept when that was seen."""

    from_version: int
    weight: float
    """From 0 to 1."""
    kinds: tuple[str, ...]
    """The heaviest first."""
    unmarked: float
    """How much speaks for an edit that nothing on the page tells of, from 0 to 1."""
    observed_at: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A version as a list of them shows it."""

    version: int
    captured_at: str
    title: str
    words_added: int
    words_removed: int
    reextracts: int | None
    read_at: str | None
    """When we read it so, where it `reextracts` another."""
    variant_of: int | None
    events: tuple[str, ...]
    edited: Edited | None
    """None for the first one, and where nobody edited anything."""
    back: Edited | None
    """The last time that the page was back at it after it had shown another."""


@dataclass(frozen=True, slots=True)
class NoticeSeen:
    """A correction notice for as long as it was seen, by the view `corrections`."""

    notice: str
    version: int
    last_seen_without_at: str | None
    first_seen_at: str
    last_seen_at: str | None
    removed_at: str | None


def standing(db: Database, page: Page) -> Standing:
    """Where the page stands."""
    row = db.execute(
        """select sources.name, sources.paused_at, iif(watched, next_check_at, null),
                  away.observed_at, away.details ->> 'last_seen_at',
                  iif(state = 'moved', away.details ->> 'after', null),
                  last.version, iif(pages.version = last.version, null, (
                      select fetched_at from sightings
                      where page_id = :page and sightings.version = pages.version and fetched_at > (
                          select fetched_at from sightings
                          where page_id = :page and sightings.version <> pages.version
                          order by fetched_at desc limit 1)
                      order by fetched_at limit 1))
           from pages
           join (select coalesce(max(version), 0) as version from snapshots where page_id = :page) as last
           left join sources on sources.id = pages.source_id
           left join events as away on away.id = (
               select max(id) from events
               where page_id = pages.id and kind = pages.state and state in ('gone', 'paywalled', 'moved'))
           where pages.id = :page""",
        {"page": page.id},
    ).fetchone()
    return Standing(*row)


def listed(db: Database, page: Page, *, until: int, limit: int) -> list[Listed]:
    """The versions of the page up to that number, newest first."""
    rows = db.execute(
        """select version, captured_at, title, words_added, words_removed, reextracts,
                  iif(reextracts is null, null, (
                      select min(observed_at) from events
                      where events.capture_id = snapshots.capture_id and events.version = snapshots.version
                        and kind = 'reextracted')),
                  variant_of,
                  (select json_group_array(kind) from events
                   where events.capture_id = snapshots.capture_id and events.version = snapshots.version),
                  edit.from_version, edit.weight, edit.kinds, edit.unmarked, captured_at,
                  back.from_version, back.weight, back.kinds, back.unmarked,
                  (select fetched_at from captures where id = back.capture_id)
           from snapshots
           left join diffs as edit on edit.capture_id = snapshots.capture_id and edit.to_version = snapshots.version
           left join (select max(capture_id) as capture_id, to_version from diffs where page_id = :page
                      group by to_version) as last on last.to_version = snapshots.version
           left join diffs as back on back.capture_id = last.capture_id and back.capture_id <> snapshots.capture_id
           where snapshots.page_id = :page and version <= :until
           order by version desc limit :limit""",
        {"page": page.id, "until": until, "limit": limit},
    )
    return [_listed(row) for row in rows]


def times(db: Database, page: Page, *, limit: int) -> list[tuple[int, str]]:
    """The newest versions of the page, and when each was first seen."""
    rows = db.execute(
        "select version, captured_at from snapshots where page_id = ? order by version desc limit ?", [page.id, limit]
    )
    return [(version, at) for version, at in rows]


def notices(db: Database, page: Page, *, limit: int) -> list[NoticeSeen]:
    """The correction notices that were seen at the page, the newest first."""
    rows = db.execute(
        """select correction, version, last_seen_without_at, first_seen_at, last_seen_at, removed_at from corrections
           where url = ? order by first_seen_at desc limit ?""",
        [page.url, limit],
    )
    return [NoticeSeen(*row) for row in rows]


def _listed(row: Sequence[Any]) -> Listed:
    version, captured_at, title, added, removed, reextracts, read_at, variant_of, events, *edits = row
    return Listed(
        version=version,
        captured_at=captured_at,
        title=title,
        words_added=added,
        words_removed=removed,
        reextracts=reextracts,
        read_at=read_at,
        variant_of=variant_of,
        events=tuple(json.loads(events)),
        edited=_edited(edits[:5]),
        back=_edited(edits[5:]),
    )


def _edited(row: Sequence[Any]) -> Edited | None:
    from_version, weight, kinds, unmarked, observed_at = row
    return (
        None if from_version is None else Edited(from_version, weight, tuple(json.loads(kinds)), unmarked, observed_at)
    )
