"""Following a page to where it lives now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import events, pages

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.models import Event, Home
    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Settled:
    """The page to go on with, what is to be told of its move, and whether its own history ends here."""

    page: Page
    event: Event | None = None
    ended: bool = False


def settle(db: Database, page: Page, home: Home | None) -> Settled:
    """Rename the page, or fold it into the one that is known at its new home. Most pages stay where they are."""
    if home is None or home.identity.key == page.key:
        return Settled(page)
    known = pages.find(db, home.identity.key)
    if known is None:
        return _rename(db, page, home)
    if known.id != page.id:
        return _join(db, page, known, home)
    # It had that URL before. Two doubles that each call the other canonical would have it flip for ever.
    return _rename(db, page, home) if home.by_redirect else Settled(page)


def _rename(db: Database, page: Page, home: Home) -> Settled:
    pages.rename(db, page, home.identity)
    renamed = pages.get(db, page.id)
    return Settled(renamed, None if page.version is None else events.moved(page.url, renamed.url))


def _join(db: Database, page: Page, known: Page, home: Home) -> Settled:
    if page.version is None:
        pages.absorb(db, page, into=known)
        return Settled(pages.get(db, known.id))
    if not home.by_redirect:
        # Two pages with a history each: a canonical link is not proof enough to end one of them.
        return Settled(page)
    if known.version is None and known.unwatched_at is None:
        # Discovery came upon the new address first, and nothing was read there yet: the page's history goes on.
        pages.absorb(db, known, into=page)
        return _rename(db, page, home)
    if page.state == pages.MOVED:
        return Settled(page, ended=True)
    pages.end(db, page, moved_to=known)
    return Settled(pages.get(db, page.id), events.moved(page.url, known.url), ended=True)
