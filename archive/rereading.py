"""What stands at a page is read again by what is known today, before a fresh reading is compared with it.

So no edit is told of that nobody made: a line that became known as the source's own meanwhile goes from both sides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive import boilerplate, events, snapshots
from archive.compare.versions.fingerprint import fingerprint
from archive.models import Event, EventKind
from archive.repeats import agree

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.models import Article
    from archive.pages import Page


def reread(
    db: Database, page: Page, fresh: Article, *, learns: bool, now: datetime
) -> tuple[Page, Article, tuple[Event, ...]]:
    """The page as it stands by what is known today, the fresh article as it is to be compared, and what is to be told.

    Where what stands there reads otherwise, that is a version of its own, of the capture that it was first read from.
    Nothing of that counts as a change of the page.
    """
    if page.version is None or snapshots.version_with(db, page, fingerprint(fresh)) == page.version:
        return page, fresh, ()
    standing = snapshots.load(db, page).article
    learned = boilerplate.learned(db, page.source_id) if learns else frozenset()
    today, fresh = agree(standing, fresh, learned)
    if today is standing:
        return page, fresh, ()
    version = snapshots.version_with(db, page, fingerprint(today))
    if version == page.version:
        return page, fresh, ()
    if version is None:
        version = snapshots.add_again(db, page, today)
    versions = {"from_version": page.version, "to_version": version}
    because = {"because": "lines that the source repeats", **_difference(standing, today)}
    event = Event(EventKind.REEXTRACTED, {**versions, **because})
    events.store(db, page, event, capture_id=snapshots.capture_of(db, page, version), version=version, now=now)
    db.table("pages").update(page.id, {"version": version})
    return replace(page, version=version), fresh, (event,)


def _difference(before: Article, after: Article) -> dict[str, list[str]]:
    was, became = before.text.splitlines(), after.text.splitlines()
    return {
        "set_aside": [line for line in was if line not in became],
        "restored": [line for line in became if line not in was],
    }
