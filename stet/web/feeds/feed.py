"""What a feed holds, whatever format it is then written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; all addresses are absolute."""

    id: str
    """A URN that stays the same wherever the room is served."""
    url: str
    """Of the room's page."""
    original: str
    """The address of the page that it is about."""
    title: str
    content: str
    """HTML, everything from the web escaped."""
    at: str
    """ISO 8601 UTC."""
    source: str | None
    tags: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; all addresses are absolute."""

    title: str
    url: str
    """Of the feed itself."""
    page: str
    """Of the page that shows the same to people."""
    items: tuple[Item, ...]
    """The newest first."""

    @property
    def updated(self) -> str:
        """When its newest item was seen; long ago where it has none."""
        return max((item.at for item in self.items), default="1970-01-01T00:00:00Z")
