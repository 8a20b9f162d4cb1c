"""A page that is back at a version which it had shown before: what that changed, and whether it is told.

Who takes an edit back, a correction with it, edits once more. Two things only are no news: a headline that is shown in
turn with the one that stands there (archive/variants.py), and a page that goes to and fro between two texts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from archive import variants
from archive.compare.versions.diff import diff
from archive.compare.versions.parts import without_headline
from archive.times import iso

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.compare.versions.actions import Diff
    from archive.models import Article

TURNS = 4
"""Turns from one of two versions to the other within `WITHIN` after which no further one is told."""

WITHIN = timedelta(days=1)


def difference(db: Database, page_id: int, standing: Article, known: Article, *, at: datetime) -> Diff:
    """What the return to a known version at that time changed; empty where only headlines are shown in turn."""
    return apart_from_turns(db, page_id, diff(standing, known), at=at)


def apart_from_turns(db: Database, page_id: int, found: Diff, *, at: datetime) -> Diff:
    """The diff without its headline, where that is known then for one that is shown in turn with the other."""
    if found.title is None:
        return found
    apart = without_headline(found)
    title = found.title
    is_turn = variants.in_turn(db, page_id, title.before, title.after, at=at, alone=apart.is_empty)
    return apart if is_turn else found


def restless(db: Database, page_id: int, one: int, other: int, *, at: datetime) -> bool:
    """Whether the page has gone to and fro between two versions too often of late for its next turn to be told."""
    (turns,) = db.execute(
        """select count(*) from (
               select version, lag(version) over (order by fetched_at, id) as before from sightings
               where page_id = :page and fetched_at >= :since and fetched_at < :at
           ) where (before, version) in (values (:one, :other), (:other, :one))""",
        {"page": page_id, "since": iso(at - WITHIN), "at": iso(at), "one": one, "other": other},
    ).fetchone()
    return int(turns) >= TURNS
