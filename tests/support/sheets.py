"""Two articles as two versions of one page, laid out to be rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.models import Article, Snapshot
from stet.render.sheet import lay_out

if TYPE_CHECKING:
    from stet.render.sheet import Sheet

BRIDGE = "https://news.example/bridge"


def version(number: int, article: Article, *, url: str = BRIDGE, **known: int) -> Snapshot:
    """A version of a page, seen on that day of March."""
    seen = f"2026-03-{number:02}T09:00:00.000Z"
    return Snapshot(url, number, seen, "", article, (), 0, 0, "", **known)


def sheet_of(before: Article, after: Article, *, url: str = BRIDGE, **options: Any) -> Sheet:
    """Version 1 and version 2."""
    return lay_out(version(1, before, url=url), version(2, after, url=url), **options)
