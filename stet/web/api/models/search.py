"""What a search finds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stet.web.api.models.record import Address, Headline, Record, Source, State, Text, Time, Version


class Hit(Record):
    """A page of which versions match."""

    url: Address
    """The page."""
    source: Source | None
    """Its source; null where it is of none."""
    state: State
    """How the page stood when last looked at."""
    title: Headline
    """The headline of `version`."""
    versions: list[Version]
    """The versions that match; of removed text, all that had it."""
    last_version: Version
    """The highest version that the page has."""
    version: Version
    """The last of `versions`."""
    captured_at: Time
    """When that version was first seen."""
    first_seen_at: Time
    """When one of `versions` was first seen."""
    last_seen_at: Time
    """When one of `versions` was last seen."""
    removed: bool
    """Whether the text was removed."""
    gone_in: Version | None
    """The version that came without the text; null where it was not removed."""
    gone_at: Time | None
    """When that version was first seen without it; null where it was not removed."""
    snippet: Text
    """A line of `version` that matches."""
    matches: list[Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2, examples=[[4, 11]])]]
    """Where in the snippet: each a start and an end, in characters (code points) from 0, the end not included."""
