"""The stream of changes, and what a search finds, as items of a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from stet.paths import page_path
from stet.render.plain import plain
from stet.web.addresses import absolute
from stet.web.feeds.feed import Item
from stet.web.rendering import render

if TYPE_CHECKING:
    from fastapi import Request

    from archive.search.hits import Hit
    from stet.web.entries import Entry

_OURS = UUID("5d8c1d4e-51f6-4c0f-9d3c-0c9a2f6b7e11")
"""The namespace of the ids (RFC 9562, version 5)."""


def of_entry(request: Request, entry: Entry) -> Item:
    """One look that brought something."""
    return Item(
        id=uuid5(_OURS, f"event {entry.id} {entry.observed_at}").urn,
        url=absolute(request, page_path(entry.url, entry.versions)),
        original=entry.url,
        title=f"{', '.join(entry.labels)}: {plain(entry.title)}",
        content=render(request, "feed_entry.html", entry=entry),
        at=entry.observed_at,
        source=plain(entry.source) if entry.source else None,
        tags=(*entry.labels, *entry.kinds),
        language=entry.language,
    )


def of_hit(request: Request, hit: Hit) -> Item:
    """A page that a search finds: another item once another version of it matches, or none does any more."""
    at = hit.gone_at or hit.captured_at
    return Item(
        id=uuid5(_OURS, f"hit {hit.url} {hit.version} {hit.gone_at}").urn,
        url=absolute(request, page_path(hit.url, None if hit.gone_in is None else (hit.version, hit.gone_in))),
        original=hit.url,
        title=plain(hit.title) or hit.url,
        content=render(request, "feed_hit.html", hit=hit),
        at=at,
        source=plain(hit.source) if hit.source else None,
        tags=(),
        language=None,
    )
