"""What a page, a feed or a program asks for, by the same parameters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, field_validator, model_validator

from archive.models import EventKind
from archive.search.query import parse
from archive.stream import Wanted
from stet.moments import parse_moment

SEARCHED_WITHIN = 4.0
"""Seconds: fewer than a reader of the archive has patience for (archive/reading.py)."""
LONGEST_URL = 8_000
"""Characters of a URL that is asked about."""

Moment = Annotated[
    datetime,
    BeforeValidator(lambda given: parse_moment(given) if isinstance(given, str) else given),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date", "description": "A day, from 0:00 UTC on."},
                {"type": "string", "format": "date-time", "description": "A time."},
                {"type": "string", "pattern": "^[1-9][0-9]{0,3}[smhdw]$", "description": "How long ago: 90m, 2d."},
            ],
            "examples": ["2026-01-31", "2026-01-31T12:00:00Z", "2d"],
        }
    ),
]


class Asked(BaseModel):
    """The parameters of a page. A form sends what was left empty too: it counts as not given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            name: [each for each in value if each != ""] if isinstance(value, list) else value
            for name, value in data.items()
            if value not in ("", [])
        }


class SearchFilter(Asked):
    """In what is searched, by a form; what is searched for each page asks in its own way."""

    removed: bool = False
    source: str | None = Field(default=None, max_length=200)
    since: Moment | None = None
    until: Moment | None = None


class EventFilter(BaseModel):
    """What events are asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str | None = Field(
        default=None, max_length=200, description="Events of that source only.", examples=["Example Daily"]
    )
    kind: tuple[EventKind, ...] = Field(
        default=(), description="Events of that kind only; may be repeated.", examples=[["text_changed"]]
    )
    min_weight: float = Field(
        default=0.0, ge=0, le=1, description="What weighs that much at least, from 0 to 1.", examples=[0.5]
    )
    since: Moment | None = Field(
        default=None, description="Observed then or later: a time, or how long ago.", examples=["2026-01-01"]
    )
    until: Moment | None = Field(
        default=None, description="Observed before: a time, or how long ago.", examples=["2026-12-31T12:00:00Z"]
    )
    text: str = Field(
        default="",
        max_length=2_000,
        description="A search query that the headline, what changed of text or byline, or a notice matches.",
        examples=["harbour"],
    )

    @field_validator("text")
    @classmethod
    def _can_be_searched_for(cls, text: str) -> str:
        # A QueryError is no ValueError and goes through, so that it is answered as that of a search is.
        if text.strip():
            parse(text)
        return text

    def wanted(self, *, page_id: int | None = None) -> Wanted:
        """As the archive is asked for it."""
        return Wanted(
            source=self.source,
            kinds=tuple(kind.value for kind in self.kind),
            min_weight=self.min_weight,
            since=self.since,
            until=self.until,
            page_id=page_id,
            text=self.text,
        )


class ChangeFilter(Asked, EventFilter):
    """The same by a form."""


Filters = Annotated[ChangeFilter, Query()]
