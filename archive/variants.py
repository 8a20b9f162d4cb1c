"""Versions of a page that differ in nothing but a headline that the site shows in turn (A/B headlines).

They are variants of the lowest version among them. A headline on trial cannot be known for one when it is first seen:
it is told as `headline_changed`, and marked as a variant once the page goes back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise
from archive.compare.versions.alternation import Run, alternating
from archive.times import iso, parse_iso

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlite_utils import Database

LOOKED_BACK = 400
"""Changes of version that are looked back at: a live blog may have thousands."""

COMPARED = 40
"""Versions that are compared for whether they differ in nothing but the headline, the latest ones."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A version that the page showed, as it reads by its latest reading, until another was seen."""

    version: int
    headline: str
    first_seen_at: str
    last_seen_at: str
    is_same: bool
    """Whether it says the same as the one before it, but for the headline."""


def root(db: Database, page_id: int, version: int) -> int:
    """The version that this one is a variant of, or itself."""
    (found,) = db.execute(
        "select coalesce(variant_of, version) from snapshots where page_id = ? and version = ?", [page_id, version]
    ).fetchone()
    return int(found)


def in_turn(
    db: Database, page_id: int, one: str, other: str, *, at: datetime | None = None, alone: bool = False
) -> bool:
    """Whether the page is known to show these two headlines in turn.

    With a time, whether that is known then, when it shows the other one: `alone`, where nothing else was edited.
    """
    runs = _runs(_shown(db, page_id, before=at))
    if at:
        runs.append(Run(normalise(other), at, at, alone))
    both = {normalise(one), normalise(other)}
    return len(both) > 1 and any(both <= group for group in alternating(runs))


def mark(db: Database, page_id: int) -> None:
    """Mark the versions of the page that are known for variants by what its captures have shown."""
    shown = _shown(db, page_id)
    edges = list(dict.fromkeys(each for pair in pairwise(shown) for each in pair if _turns(*pair)))[-COMPARED:]
    for group in alternating(_runs(shown)):
        _mark(db, page_id, {each.version for each in edges if each.headline in group})


def _mark(db: Database, page_id: int, versions: Collection[int]) -> None:
    """Make those that say the same but for the headline variants of the lowest of them."""
    rows = db.execute(
        """select version, text, authors, corrections from snapshots
           where page_id = ? and version in (select value from json_each(?)) order by version""",
        [page_id, json.dumps(list(versions))],
    )
    same: dict[tuple[str, ...], list[int]] = {}
    for version, text, *lists in rows:
        authors, corrections = (tuple(map(normalise, json.loads(each))) for each in lists)
        same.setdefault((normalise(text), *authors, "", *sorted(corrections)), []).append(version)
    for first, *others in same.values():
        db.execute(
            """update snapshots set variant_of = :root where page_id = :page and variant_of is null
               and version in (select value from json_each(:others)) and version <> :root""",
            {"root": root(db, page_id, first), "page": page_id, "others": json.dumps(others)},
        )


def _shown(db: Database, page_id: int, *, before: datetime | None = None) -> list[_Shown]:
    """The versions that the page's captures showed, one after the other; those before a time, if one is given."""
    rows = db.execute(
        """
        with shown as (
            select version, reading, fetched_at,
                   lag(version) over captured as before, lag(fetched_at) over captured as before_at
            from sightings
            where page_id = :page and (:before is null or fetched_at < :before)
            window captured as (order by fetched_at, id)
        )
        select snapshots.version, snapshots.title, shown.fetched_at, shown.before_at,
               snapshots.text is lag(snapshots.text) over turns
               and snapshots.authors is lag(snapshots.authors) over turns
               and snapshots.corrections is lag(snapshots.corrections) over turns
        from shown
        join snapshots on snapshots.page_id = :page and snapshots.version = shown.reading
        where shown.version is not shown.before
        window turns as (order by shown.fetched_at)
        order by shown.fetched_at desc
        limit :limit
        """,
        {"page": page_id, "before": None if before is None else iso(before), "limit": LOOKED_BACK},
    ).fetchall()
    ends = [None, *(before_at for _, _, _, before_at, _ in rows)]
    return [
        _Shown(version, normalise(title), first, ends[place] or first, bool(is_same))
        for place, (version, title, first, _, is_same) in reversed(list(enumerate(rows)))
    ]


def _runs(shown: Sequence[_Shown]) -> list[Run]:
    runs: list[Run] = []
    for each in shown:
        first, last = parse_iso(each.first_seen_at), parse_iso(each.last_seen_at)
        if runs and runs[-1].headline == each.headline:
            runs[-1] = replace(runs[-1], last_seen_at=last)
        else:
            runs.append(Run(each.headline, first, last, each.is_same))
    return runs


def _turns(before: _Shown, after: _Shown) -> bool:
    return before.headline != after.headline
