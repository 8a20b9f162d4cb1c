"""Pages and the URLs that lead to them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.rows import insert
from archive.times import iso

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.models import Identity

LIVE = "live"
MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Page:
    """One row of `pages`. `version` is the snapshot that stands there now, None before the first."""

    id: int
    key: str
    url: str
    source_id: int | None
    state: str
    version: int | None
    title: str | None
    published: str | None
    modified: str | None
    first_seen_at: str
    last_checked_at: str | None
    last_changed_at: str | None
    etag: str | None
    last_modified: str | None
    body_digest: str | None
    place: str | None
    checks: int
    failures: int
    watched: int
    unwatched_at: str | None


_COLUMNS = ", ".join(f"pages.{field.name}" for field in fields(Page))


def get(db: Database, page_id: int) -> Page:
    """The page of that id, which must exist."""
    row = db.execute(f"select {_COLUMNS} from pages where id = ?", [page_id]).fetchone()  # noqa: S608
    return Page(*row)


def find(db: Database, key: str) -> Page | None:
    """The page under that identity key, or under one that it had before."""
    row = db.execute(
        f"""select {_COLUMNS} from pages where key = :key
            union all
            select {_COLUMNS} from pages join aliases on aliases.page_id = pages.id where aliases.key = :key
            limit 1""",  # noqa: S608
        {"key": key},
    ).fetchone()
    return None if row is None else Page(*row)


def ensure(db: Database, identity: Identity, *, now: datetime, source: str | None = None) -> Page:
    """The page of that identity, made if need be. A page without a source takes the one given."""
    page = find(db, identity.key)
    source_id = None if source is None else ensure_source(db, source)
    if page is None:
        row = {
            "key": identity.key,
            "url": identity.url,
            "host": host_of(identity.url),
            "source_id": source_id,
            "first_seen_at": iso(now),
        }
        return get(db, insert(db, "pages", row))
    if source_id is not None and page.source_id is None:
        db.table("pages").update(page.id, {"source_id": source_id})
        return get(db, page.id)
    return page


def rename(db: Database, page: Page, identity: Identity) -> None:
    """Give the page another identity; the one it had keeps leading to it."""
    db.execute("delete from aliases where key = ?", [identity.key])
    db.table("pages").update(page.id, {"key": identity.key, "url": identity.url, "host": host_of(identity.url)})
    add_alias(db, page.key, page.id)


def absorb(db: Database, page: Page, into: Page) -> None:
    """Fold a page that never had a snapshot into another: its captures, its aliases, its place in the schedule."""
    db.execute("update captures set page_id = ? where page_id = ?", [into.id, page.id])
    db.execute("update events set page_id = ? where page_id = ?", [into.id, page.id])
    db.execute("update aliases set page_id = ? where page_id = ?", [into.id, page.id])
    if page.watched and not into.watched:
        _hand_over(db, page, into)
    db.table("pages").delete(page.id)
    add_alias(db, page.key, into.id)


def end(db: Database, page: Page, *, moved_to: Page) -> None:
    """Close a page that now redirects to another with a history of its own, which is watched in its stead."""
    db.table("pages").update(page.id, {"state": MOVED, "watched": 0})
    if page.watched and not moved_to.watched:
        _hand_over(db, page, moved_to)


def add_alias(db: Database, key: str, page_id: int) -> None:
    """Let `key` lead to the page too."""
    db.table("aliases").upsert({"key": key, "page_id": page_id}, pk="key")


def ensure_source(db: Database, name: str) -> int:
    """The id of the source of that name, made if need be."""
    row = db.execute("select id from sources where name = ?", [name]).fetchone()
    return int(row[0]) if row else insert(db, "sources", {"name": name})


def told_at(db: Database, page: Page) -> str | None:
    """When something was last learned of the page: by a look at it, or by reading again what was kept."""
    (event,) = db.execute("select max(observed_at) from events where page_id = ?", [page.id]).fetchone()
    return max(filter(None, (event, page.last_checked_at)), default=None)


def source_name(db: Database, page: Page) -> str | None:
    """The name of the page's source, None where it is of none."""
    row = db.execute("select name from sources where id = ?", [page.source_id]).fetchone()
    return None if row is None else str(row[0])


def sources(db: Database) -> list[str]:
    """The names of the sources that have pages, or had discovery."""
    return [name for (name,) in db.execute("select name from sources order by name")]


def paused_sources(db: Database) -> dict[str, str]:
    """The sources that a person lets rest, and since when."""
    return dict(db.execute("select name, paused_at from sources where paused_at is not null").fetchall())


def host_of(url: str) -> str:
    """The host without its port, as politeness counts it."""
    return urlsplit(url).hostname or ""


def _hand_over(db: Database, page: Page, to: Page) -> None:
    """Put `to` in the place that `page` has in the schedule."""
    db.execute(
        """update pages set watched = 1, next_check_at = (select next_check_at from pages where id = :page)
           where id = :to""",
        {"page": page.id, "to": to.id},
    )
