"""Lists, page by page."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from stet.web.api.models.changes import Change
from stet.web.api.models.copies import Copy
from stet.web.api.models.history import Block, Logged, StoodHeadline
from stet.web.api.models.record import Record
from stet.web.api.models.search import Hit
from stet.web.api.models.sources import Line, SourceHealth

Item = TypeVar("Item")


class Listing(Record, Generic[Item]):
    """Some of a list."""

    items: list[Item]
    """What was found, in the list's order."""
    next: Annotated[str, Field(examples=["/api/v1/log?url=https%3A%2F%2Fnews.example%2Fharbour&before=2"])] | None
    """Where the list goes on: a path with its query; null at its end."""


class Changes(Listing[Change]):
    """Events, newest first."""


class Log(Listing[Logged]):
    """A page's snapshots, newest first."""


class Headlines(Listing[StoodHeadline]):
    """A page's headlines, newest first."""


class Blocks(Listing[Block]):
    """A snapshot's blocks, in page order."""


class Copies(Listing[Copy]):
    """The page asked about, then the others that carry its story, those that share the most first."""


class Hits(Listing[Hit]):
    """What a search finds, the best first."""


class Sources(Listing[SourceHealth]):
    """Sources, by name; the pages of no source last."""


class Lines(Listing[Line]):
    """What a source repeats: learned lines first, the most frequent first."""
