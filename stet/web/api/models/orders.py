"""Orders, and what came of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from crawler.identity.cleaning import MAX_LENGTH
from stet.web.api.models.record import Address, Record, Source


class PageOrder(Record):
    """Which page."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(max_length=MAX_LENGTH, examples=["https://news.example/harbour"])]
    """Any URL that leads to the page."""


class SourceOrder(Record):
    """Which source."""

    model_config = ConfigDict(extra="forbid")

    source: Annotated[str, Field(max_length=200, examples=["Example Daily"])]
    """Its name in the configuration."""


class OfPage(Record):
    """What came of an order for a page."""

    url: Address
    """The page's URL, as the archive has it."""


class Watched(OfPage):
    """The page is watched."""

    result: Literal["watched", "already watched"]
    """Whether the order changed anything."""


class Unwatched(OfPage):
    """The page is not watched."""

    result: Literal["unwatched", "not watched"]
    """Whether the order changed anything."""


class AskedFor(OfPage):
    """The page is fetched next, as soon as politeness lets it."""

    result: Literal["asked for", "already asked for"]
    """Whether the order changed anything."""


class OfSource(Record):
    """What came of an order for a source."""

    source: Source
    """The source, by its name."""


class Paused(OfSource):
    """The source is paused."""

    result: Literal["paused", "already paused"]
    """Whether the order changed anything."""


class Resumed(OfSource):
    """The source is not paused."""

    result: Literal["resumed", "not paused"]
    """Whether the order changed anything."""
