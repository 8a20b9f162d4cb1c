"""Which copies of a story still carry what was corrected at one of its pages, and for how long.

A correction is a version with a notice that the one before it had not. What it corrected are the sentences that the
version altered, those of which the notice speaks if it speaks of any; where a notice comes after the fact, those of the
versions before it of which it speaks. That a copy carries one still is said of the version that stands there, and until
it was last seen standing there; the page that was corrected may be back at what it had said, too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import snapshots
from archive.compare.copies.corrected import altered, carried, lines, named
from archive.compare.versions.diff import diff
from archive.models import EventKind
from archive.pages import LIVE
from archive.sightings import first_seen
from archive.times import parse_iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta

    from sqlite_utils import Database

    from archive.compare.copies.corrected import Altered, Line
    from archive.copies.carriers import Carrier, Copies
    from archive.models import Snapshot
    from archive.pages import Page
    from archive.sightings import Seen

MOST_CORRECTIONS = 5
"""Of one page, the last ones."""

MOST_SENTENCES = 10
"""Of one correction."""

LOOK_BACK = 3
"""Versions before a notice that are looked at for what it speaks of."""


@dataclass(frozen=True, slots=True)
class Still:
    """A page that carries a sentence as it stood before its correction at another."""

    carrier: Carrier
    sentence: str
    """As it stands there."""
    likeness: float
    """To the sentence that was corrected, 0 to 1."""
    carried_for: timedelta | None
    """From when the correction was first seen until the page was last seen; None where it was not looked at since.

    Where it is back at what it had said, from when it was seen so.
    """
    is_back: bool = False
    """Whether the page is the one that was corrected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence that was corrected at one page."""

    page: Page
    version: int
    """The one that the notice came with."""
    notices: tuple[str, ...]
    seen: Seen
    """When that version was first seen."""
    before: str
    after: str | None
    """None where the sentence was taken out."""
    still: tuple[Still, ...]


def corrections(db: Database, story: Copies) -> list[Correction]:
    """What was corrected at any of the story's pages, the latest first, and which of them carry it still or again."""
    standing = [
        (carrier, lines(snapshots.load(db, carrier.page).article))
        for carrier in story.carriers
        if carrier.page.state == LIVE
    ]
    found = []
    for page in (carrier.page for carrier in story.carriers):
        for version, notices in _notices(db, page):
            seen = first_seen(db, page, version)
            corrected = lines(snapshots.load(db, page, version).article)
            others = [(by, said) for by, said in standing if by.page.id != page.id]
            own = [(by, said) for by, said in standing if by.page.id == page.id and page.version != version]
            for each in _altered(db, page, version, notices)[:MOST_SENTENCES]:
                still = [*_still(each, seen.at, others)]
                if own and carried(each, corrected) is None:
                    still += (replace(back, is_back=True) for back in _still(each, _stands_since(db, page), own))
                found.append(Correction(page, version, notices, seen, each.before, each.after, tuple(still)))
    return sorted(found, key=lambda correction: correction.seen.at, reverse=True)


def _notices(db: Database, page: Page) -> list[tuple[int, tuple[str, ...]]]:
    """The versions of a page that came with notices, the last first, and those notices."""
    # A page that went back to such a version later came with them again.
    rows = db.execute(
        """select version, details ->> 'corrections', min(observed_at) as at from events
           where page_id = ? and kind = ? and version is not null group by version order by at desc limit ?""",
        [page.id, EventKind.CORRECTION_ADDED.value, MOST_CORRECTIONS],
    )
    return [(version, tuple(json.loads(notices))) for version, notices, _ in rows]


def _altered(db: Database, page: Page, version: int, notices: Sequence[str]) -> tuple[Altered, ...]:
    after = snapshots.load(db, page, version)
    before = _before(db, page, after)
    if before is None:
        return ()
    found = altered(diff(before.article, after.article))
    if found:
        return named(found, notices) or found
    for _ in range(LOOK_BACK):
        after, before = before, _before(db, page, before)
        if before is None:
            break
        found = named(altered(diff(before.article, after.article)), notices)
        if found:
            return found
    return ()


def _before(db: Database, page: Page, snapshot: Snapshot) -> Snapshot | None:
    """What stood at the page when a version came, as it was read by then."""
    row = db.execute(
        """select before.version from snapshots
           join captures as own on own.id = snapshots.capture_id
           join captures as before on before.page_id = snapshots.page_id
            and (before.fetched_at, before.id) < (own.fetched_at, own.id)
           where snapshots.page_id = :page and snapshots.version = :version
             and before.version is not null and before.version <> :version
           order by before.fetched_at desc, before.id desc limit 1""",
        {"page": page.id, "version": snapshot.version},
    ).fetchone()
    return None if row is None else snapshots.load(db, page, _reread(db, page, int(row[0]), until=snapshot.version))


def _reread(db: Database, page: Page, version: int, *, until: int) -> int:
    """The version, or the one as which it was read anew before another came."""
    (last,) = db.execute(
        """with recursive readings (version) as (
               select :version
               union
               select snapshots.version from snapshots join readings on reextracts = readings.version
               where page_id = :page and snapshots.version < :until
           ) select max(version) from readings""",
        {"page": page.id, "version": version, "until": until},
    ).fetchone()
    return int(last)


def _stands_since(db: Database, page: Page) -> str | None:
    """When what stands at the page, as it was read then or is today, was first seen after it showed something else."""
    (at,) = db.execute(
        """select min(fetched_at) from sightings where page_id = :page and :version in (version, reading)
           and fetched_at > (select max(fetched_at) from sightings
                             where page_id = :page and :version not in (version, reading))""",
        {"page": page.id, "version": page.version},
    ).fetchone()
    return None if at is None else str(at)


def _still(was: Altered, since: str | None, standing: Sequence[tuple[Carrier, Sequence[Line]]]) -> Iterator[Still]:
    for carrier, said in standing:
        found = carried(was, said)
        if found is not None:
            yield Still(carrier, found.sentence, found.likeness, _between(since, carrier.last_seen_at))


def _between(since: str | None, until: str | None) -> timedelta | None:
    return None if since is None or until is None or until < since else parse_iso(until) - parse_iso(since)
