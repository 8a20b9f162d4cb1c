"""Two versions of a page, read from the archive to be laid out (stet/render/sheet.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archive import snapshots
from archive.between import Between, between, pair
from archive.errors import UnknownPage

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.models import Snapshot
    from archive.pages import Page


class Two(NamedTuple):
    """What `lay_out` wants to know: the older version, the newer one, and what is known of the way between them."""

    before: Snapshot
    after: Snapshot
    known: Between


def two(db: Database, page: Page, before: int | None = None, after: int | None = None) -> Two:
    """The two versions of those numbers; where one is not given, those of the last change.

    Raises UnknownPage where there are no two.
    """
    earlier, later = pair(db, page, before, after)
    if earlier == later:
        raise UnknownPage(f"version {later} of {page.url} is to be compared with another one, not with itself")
    older, newer = snapshots.load(db, page, earlier), snapshots.load(db, page, later)
    return Two(older, newer, between(db, page, older, newer))
