"""How sources do, and what they repeat."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stet.web.api.models.record import Count, Part, Record, Source, Time


class EditsOfDay(Record):
    """How much was edited on a day."""

    day: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2026-01-31"])]
    """The day, UTC."""
    edits: Count
    """New versions of known articles on it."""


class SourceHealth(Record):
    """How a source does."""

    source: Source | None
    """Its name; null for the pages that are of no source."""
    pages: Count
    """Pages that are known."""
    watched: Count
    """Of those, how many are watched."""
    scheduled: Count
    """Of those, how many will be looked at again."""
    last_success_at: Time | None
    """When a fetch last went well; null for never."""
    failing_since: Time | None
    """Since when its fetches fail; null where they do not."""
    last_error: Annotated[str, Field(examples=["no such host"])] | None
    """What the last failure was; null where it does not fail."""
    fetches: Count
    """Fetches in the days asked for."""
    errors: Count
    """Of those, how many failed, were blocked or were refused."""
    edits: Count
    """New versions of known articles in the days asked for."""
    due: Count
    """Of the scheduled pages, how many wait to be fetched now."""
    next_due_at: Time | None
    """When the next of the others is due; null where none is."""
    discovery_error: Annotated[str, Field(examples=["the feed answered 404"])] | None
    """What is wrong with its feeds and sitemaps; null where nothing is."""
    learned_lines: Count
    """Lines that it repeats from article to article."""
    paused_at: Time | None
    """Since when a person lets it rest; null where nobody does."""
    edits_by_day: list[EditsOfDay]
    """The days that had edits, of those asked for."""
    error_rate: Part | None
    """Errors by fetch, from 0 to 1; null where nothing was fetched."""


class Line(Record):
    """A line that a source repeats from article to article."""

    source: Source
    """The source."""
    text: Annotated[str, Field(examples=["Read our standards."])]
    """The line, as it was first seen."""
    learned_at: Time | None
    """Since when it is taken for none of an article's text; null while it still counts as text."""
    pages: Count
    """Articles that had it."""
    share: Part
    """Its part of the source's articles since it was first seen, from 0 to 1."""
    days: Count
    """Days on which those came out."""
    stories: Count
    """Stories among them."""
    first_seen_at: Time
    """When it was first seen."""
    last_seen_at: Time
    """When it was last seen."""
