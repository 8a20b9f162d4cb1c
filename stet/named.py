"""What people and programs name: a page by its URL, a version of it, a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive import pages, snapshots
from archive.errors import UnknownPage, UnknownSource
from archive.precedence import SeenPage, seen_page
from crawler.identity import identity
from scheduler import sources

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.pages import Page
    from stet.config import Config


def known_page(db: Database, url: str) -> Page:
    """The page that `url` names. Raises InvalidURL or UnknownPage."""
    page = pages.find(db, identity(url))
    if page is None:
        raise UnknownPage(f"the archive knows nothing of {url}; `stet fetch {url}` fetches it")
    return page


def known_version(db: Database, name: str) -> tuple[Page, int | None]:
    """The page and the version that `URL` or `URL@N` names, None for the version that stands there.

    A page whose URL ends like that is meant where it is known. Raises InvalidURL or UnknownPage.
    """
    url, at, number = name.rpartition("@")
    if at and _VERSION.fullmatch(number) and pages.find(db, identity(name)) is None:
        return known_page(db, url), int(number)
    return known_page(db, name), None


def seen_version(db: Database, name: str) -> SeenPage:
    """The snapshot that `URL` or `URL@N` names, and when its page was seen. Raises InvalidURL or UnknownPage."""
    page, version = known_version(db, name)
    return seen_page(db, page, snapshots.load(db, page, version))


def source_names(db: Database, config: Config) -> list[str]:
    """The sources that the archive or the configuration has, in order."""
    return sources.names(db, config.sources)


def refuse_unknown_source(db: Database, config: Config, source: str | None, *, listed: str = "/sources") -> None:
    """Raises UnknownSource where neither the archive nor the configuration has the source that was asked for.

    `listed` is where the room lists those there are.
    """
    if source is not None and source not in source_names(db, config):
        raise UnknownSource(f"no source is named {source}; {listed} lists those there are")


_VERSION = re.compile("[0-9]{1,9}")
