"""Versions of a page that differ in nothing but a headline that the site shows in turn (A/B headlines).

They are variants of the lowest version among them. A headline on trial cannot be known for one when it is first seen:
it is told as `headline_changed`, and marked as a variant once the page goes back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from archive import snapshots
from archive.compare.alternation import Run, alternating
from archive.compare.fingerprint import essence
from archive.compare.normalise import normalise
from archive.times import parse_iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from archive.compare.fingerprint import Essence
    from archive.pages import Page

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


def root(db: Database, page: Page, version: int) -> int:
    """The version that this one is a variant of, or itself."""
    (found,) = db.execute(
        "select coalesce(variant_of, version) from snapshots where page_id = ? and version = ?", [page.id, version]
    ).fetchone()
    return int(found)


def in_turn(db: Database, page: Page, headline: str) -> bool:
    """Whether the page is known to show this headline in turn with the one that stands there."""
    runs = _runs(_shown(db, page))
    if not runs:
        return False
    both = {runs[-1].headline, normalise(headline)}
    return any(both <= group for group in alternating(runs))


def mark(db: Database, page: Page) -> None:
    """Mark what has become known for variants by the headline that the page's latest capture went back to."""
    shown = _shown(db, page)
    runs = _runs(shown)
    group = next((group for group in alternating(runs) if runs[-1].headline in group), None)
    if group is None:
        return
    since = max((run.last_seen_at for run in runs[:-1] if run.headline == runs[-1].headline), default=None)
    recent = [each for each in shown if since is None or parse_iso(each.last_seen_at) >= since]
    versions = {each.version: None for each in reversed(_edges(recent)) if each.headline in group}
    _mark(db, page, list(versions)[:COMPARED])


def _mark(db: Database, page: Page, versions: Iterable[int]) -> None:
    """Make those that say the same but for the headline variants of the lowest of them."""
    same: dict[Essence, list[int]] = {}
    for version in sorted(versions):
        said = essence(snapshots.load(db, page, version).article)._replace(title="")
        same.setdefault(said, []).append(version)
    for first, *others in same.values():
        db.execute(
            """update snapshots set variant_of = :root where page_id = :page and variant_of is null
               and version in (select value from json_each(:others)) and version <> :root""",
            {"root": root(db, page, first), "page": page.id, "others": json.dumps(others)},
        )


def _shown(db: Database, page: Page) -> list[_Shown]:
    """The versions that the page's captures showed, one after the other."""
    rows = db.execute(
        """
        with readings as (
            select capture_id, max(version) as version, title from snapshots where page_id = :page group by capture_id
        ), shown as (
            select version, fetched_at, lag(version) over captured as before, lag(fetched_at) over captured as before_at
            from captures
            where page_id = :page and version is not null and outcome in ('new', 'changed', 'unchanged', 'moved')
            window captured as (order by fetched_at, id)
        )
        select readings.version, readings.title, shown.fetched_at, shown.before_at
        from shown
        join snapshots on snapshots.page_id = :page and snapshots.version = shown.version
        join readings on readings.capture_id = snapshots.capture_id
        where shown.version is not shown.before
        order by shown.fetched_at desc
        limit :limit
        """,
        {"page": page.id, "limit": LOOKED_BACK},
    ).fetchall()
    ends = [None, *(before_at for _, _, _, before_at in rows)]
    return [
        _Shown(version, normalise(title), first, ends[place] or first)
        for place, (version, title, first, _) in reversed(list(enumerate(rows)))
    ]


def _runs(shown: Sequence[_Shown]) -> list[Run]:
    runs: list[Run] = []
    for each in shown:
        first, last = parse_iso(each.first_seen_at), parse_iso(each.last_seen_at)
        if runs and runs[-1].headline == each.headline:
            runs[-1] = Run(each.headline, runs[-1].first_seen_at, last)
        else:
            runs.append(Run(each.headline, first, last))
    return runs


def _edges(shown: Sequence[_Shown]) -> list[_Shown]:
    """The versions at which one headline followed another."""
    found = [each for pair in pairwise(shown) for each in pair if pair[0].headline != pair[1].headline]
    return list(dict.fromkeys(found))
