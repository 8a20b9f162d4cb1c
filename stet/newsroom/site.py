"""The site as plain, frozen data: which stories stand where, and in what state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stet.newsroom.exchange import Response
    from stet.newsroom.furniture import Furniture
    from stet.newsroom.stories import Story

TICK = timedelta(minutes=7)
"""How far the newsroom's clock goes with each change."""
ROBOTS = """User-agent: *
Disallow: /private/

Sitemap: {base}/sitemap_index.xml
"""


@dataclass(frozen=True, slots=True)
class Posting:
    """A story as it stands on the site."""

    story: Story
    touched: datetime
    listed: bool = True
    status: int = 200
    paywalled: bool = False
    held: tuple[Posting, Furniture] | None = None
    """The state whose ETag and Last-Modified are given, whatever the present one is."""


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site at one moment."""

    clock: datetime
    furniture: Furniture
    furnished: datetime
    """When the furniture changed last."""
    roster: tuple[Story, ...]
    """The stories as they were at the opening, for the "read next" rails."""
    postings: Mapping[str, Posting]
    """By slug."""
    moves: Mapping[str, str] = field(default_factory=dict)
    """From a former slug to the next."""
    answers: Mapping[str, Response] = field(default_factory=dict)
    """By path, what is answered whatever stands there."""
    robots: str = ROBOTS
    out: bool = False

    @property
    def stories(self) -> tuple[Story, ...]:
        """The listed stories, newest first."""
        shown = [
            posting.story for posting in self.postings.values() if posting.listed and posting.status == HTTPStatus.OK
        ]
        return tuple(sorted(shown, key=lambda story: (story.published, story.slug), reverse=True))

    @property
    def changed(self) -> datetime:
        """When anything that a list of stories shows changed last."""
        return max(self.furnished, *(posting.touched for posting in self.postings.values()))

    def posting(self, slug: str) -> Posting:
        """The story of that slug, found under its former slugs too; raises KeyError."""
        while slug in self.moves:
            slug = self.moves[slug]
        return self.postings[slug]
